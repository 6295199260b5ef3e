#include "archive/cli/plan-report.h"

#include <string.h>

#include "archive/cli/print.h"

#define NAME_WIDTH 22
#define MINUTE_MS  60000
#define HEAD	   "posts  in store  to read  pages  minutes     USD  at most"

static int64_t left_of(const struct plan_view *view)
{
	return view->posts > view->there ? view->posts - view->there : 0;
}

static void add_sum(struct str *line, int64_t micros, int width)
{
	struct str sum = STR_INIT;

	price_add(&sum, (micros + 9999) / 10000 * 10000); /* whole cents, upwards */
	str_addf(line, "%*s", width, sum.buf);
	str_release(&sum);
}

/* Columns as in HEAD. */
static void add_figures(struct str *line, const struct plan_view *view)
{
	bool paid = view->state == PLAN_COUNTED;

	str_addf(line, "%5lld%10lld%9lld", (long long)view->posts, (long long)view->there,
		 (long long)left_of(view));
	if (paid) {
		str_addf(line, "%7s%9s", "-", "-");
		add_sum(line, view->about, 8);
		add_sum(line, view->most, 9);
		return;
	}
	str_addf(line, "%7lld%9lld%8s", (long long)view->pages,
		 (long long)((view->wait_ms + MINUTE_MS - 1) / MINUTE_MS), "free");
}

static const char *remark_of(const struct plan_view *view)
{
	if (view->why)
		return view->why;
	if (view->state == PLAN_ENDLESS)
		return "how far its posts go back is not known: the most that one run reads";
	if (view->state == PLAN_UNPAID)
		return "counting its posts costs, too: --yes allows it";
	return NULL;
}

static void print_view(const struct plan_view *view)
{
	struct str line = STR_INIT;
	const char *name = view->source->name.buf;
	const char *remark = remark_of(view);

	str_addf(&line, "  %-*s", NAME_WIDTH - 2, name);
	if (view->posts >= 0 && strlen(name) > NAME_WIDTH - 3) {
		print_safe(stdout, line.buf, 80);
		putchar('\n');
		str_clear(&line);
		str_addf(&line, "%*s", NAME_WIDTH, "");
	}
	if (view->posts >= 0)
		add_figures(&line, view);
	print_safe(stdout, line.buf, 80);
	putchar('\n');
	if (remark) {
		fputs("      ", stdout);
		print_safe(stdout, remark, 1000);
		putchar('\n');
	}
	str_release(&line);
}

static void print_last(const struct plan_result *result)
{
	struct str line = STR_INIT;
	bool counted = false;

	for (size_t i = 0; i < result->count; i++)
		counted = counted || result->views[i].state == PLAN_COUNTED;
	if (counted)
		str_add(&line, "USD is an estimate, quoted posts and new authors among it; at most "
			       "is not,\nand a fetch keeps to its --budget.\n");
	if (result->spent > 0) {
		str_add(&line, "Counting cost ");
		price_add(&line, result->spent);
		str_add(&line, " USD.\n");
	}
	fputs(line.buf, stdout);
	str_release(&line);
}

void plan_report(const struct cli *cli, const struct plan_options *options,
		 const struct plan_result *result)
{
	const char *tag = NULL;

	(void)options;
	for (size_t i = 0; i < result->count; i++) {
		const struct plan_view *view = &result->views[i];

		if (view->tag != tag) {
			struct str head = STR_INIT;

			tag = view->tag;
			str_addf(&head, "#%s", tag);
			print_safe(stdout, head.buf, NAME_WIDTH - 1);
			printf("%*s" HEAD "\n",
			       head.len < NAME_WIDTH - 1 ? (int)(NAME_WIDTH - head.len) : 1, "");
			str_release(&head);
		}
		print_view(view);
	}
	if (!cli->quiet)
		print_last(result);
}

static void view_json(struct jwrite *w, const struct plan_view *view)
{
	static const char *const states[] = {
		[PLAN_COUNTED] = "counted", [PLAN_GUESSED] = "guessed",
		[PLAN_ENDLESS] = "endless", [PLAN_UNPAID] = "not counted",
		[PLAN_REFUSED] = "refused", [PLAN_FAILED] = "failed",
	};
	bool counted = view->state == PLAN_COUNTED;

	jwrite_open_object(w, NULL);
	jwrite_text(w, "source", view->source->name.buf);
	jwrite_text(w, "tag", view->tag);
	jwrite_text(w, "state", states[view->state]);
	jwrite_told(w, "posts", view->posts >= 0, view->posts);
	jwrite_int(w, "in_store", view->there);
	jwrite_told(w, "to_read", view->posts >= 0, left_of(view));
	jwrite_told(w, "pages", view->pages >= 0, view->pages);
	jwrite_told(w, "seconds", view->wait_ms >= 0, view->wait_ms / 1000);
	jwrite_told(w, "authors", counted, view->authors);
	jwrite_told(w, "about_micro_usd", counted, view->about);
	jwrite_told(w, "most_micro_usd", counted, view->most);
	jwrite_text(w, "why", view->why);
	jwrite_close_object(w);
}

void plan_report_json(const struct plan_options *options, const struct plan_result *result)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_time(&w, "since", options->since);
	jwrite_time(&w, "until", options->until);
	jwrite_int(&w, "spent_micro_usd", result->spent);
	jwrite_open_array(&w, "sources");
	for (size_t i = 0; i < result->count; i++)
		view_json(&w, &result->views[i]);
	jwrite_close_array(&w);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}
