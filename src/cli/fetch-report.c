#include "archive/cli/fetch-report.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/cli/print.h"

static void add_tags(struct str *out, const struct fetch_options *options)
{
	for (size_t i = 0; i < options->tag_count; i++)
		str_addf(out, "%s#%s", i > 0 ? " " : "", options->tags[i]);
}

static void add_window(struct str *out, const struct cli *cli, const struct fetch_options *options)
{
	char since[PRINT_TIME_SIZE];
	char until[PRINT_TIME_SIZE];

	print_time(cli->zone, options->since, since);
	print_time(cli->zone, options->until, until);
	if (options->since && options->until)
		str_addf(out, "from %s to before %s %s", since, until, cli->zone);
	else if (options->since)
		str_addf(out, "since %s %s", since, cli->zone);
	else if (options->until)
		str_addf(out, "before %s %s", until, cli->zone);
	else
		str_add(out, "all that there is");
}

void fetch_report_begin(const struct cli *cli, const struct fetch_options *options)
{
	struct str line = STR_INIT;

	add_tags(&line, options);
	str_add(&line, ", ");
	add_window(&line, cli, options);
	str_add(&line, ", from ");
	print_count(&line, (int64_t)options->source_count, "source", "sources");
	print_safe(stdout, line.buf, 1000);
	putchar('\n');
	fflush(stdout);
	str_release(&line);
}

static void add_figures(struct str *line, const struct cli *cli, const struct walk_view *view)
{
	str_addf(line, "%lld new, %lld seen before", (long long)view->run.fresh,
		 (long long)view->run.known);
	if (view->oldest) {
		str_add(line, ", ");
		print_range(line, cli->zone, view->oldest, view->newest);
	}
	if (view->run.spent_micros > 0) {
		str_addf(line, ", %lld posts and %lld authors read for ",
			 (long long)view->run.billed_posts, (long long)view->run.billed_authors);
		price_add(line, view->run.spent_micros);
		str_add(line, " USD");
	}
	if (view->near_budget && view->state == WALK_DONE)
		str_add(line, ", more than 80 % of its budget");
	if (cli->verbose)
		str_addf(line, ", %lld pages, %lld not public", (long long)view->run.pages,
			 (long long)view->run.dropped);
}

const char *fetch_report_why(const struct walk_view *view)
{
	const struct source *source = view->source;
	const char *why = view->why;
	const char *const names[] = { source->name.buf, source->host.buf };

	for (size_t i = 0; why && i < ARRAY_LEN(names); i++) {
		const char *rest = why + strlen(names[i]);

		if (!str_starts(why, names[i]))
			continue;
		if (str_starts(rest, ": "))
			return rest + 2;
		if (*rest == ' ')
			return rest + 1;
	}
	return why;
}

static void print_view(const struct cli *cli, const struct walk_view *view, bool several_tags)
{
	struct str line = STR_INIT;

	str_addf(&line, "  %s", view->source->name.buf);
	if (several_tags)
		str_addf(&line, " #%s", view->tag);
	str_add(&line, ": ");
	if (view->state != WALK_FAILED || view->run.pages > 0)
		add_figures(&line, cli, view);
	if (view->why)
		str_addf(&line, "%s%s", line.buf[line.len - 1] == ' ' ? "" : "; ",
			 fetch_report_why(view));
	print_safe(stdout, line.buf, 2000);
	putchar('\n');
	str_release(&line);
}

/* "ssmjp-2026-10-30"; a hashtag that is too long for a slug gives its place to a word. */
static void add_slug(struct str *out, const char *tag, const char *date)
{
	struct str wish = STR_INIT;
	struct err ignored = { 0 };

	str_addf(&wish, "%s-%s", tag, date);
	if (!slug_fold(out, wish.buf, &ignored))
		str_addf(out, "event-%s", date);
	str_release(&wish);
}

static void print_next(const struct cli *cli, const struct fetch_options *options, int64_t newest)
{
	struct str line = STR_INIT;
	char date[PRINT_TIME_SIZE];

	print_time(cli->zone, newest, date);
	date[10] = '\0';
	str_add(&line, "next: archive thread new ");
	add_slug(&line, options->tags[0], date);
	for (size_t i = 0; i < options->tag_count; i++)
		str_addf(&line, " --tag %s", options->tags[i]);
	puts(line.buf);
	str_release(&line);
}

void fetch_report(const struct cli *cli, const struct fetch_options *options,
		  const struct fetch_result *result)
{
	int64_t fresh = 0;
	int64_t known = 0;
	int64_t newest = 0;
	bool incomplete = false;

	for (size_t i = 0; i < result->count; i++) {
		const struct walk_view *view = &result->views[i];

		fresh += view->run.fresh;
		known += view->run.known;
		newest = view->newest > newest ? view->newest : newest;
		incomplete = incomplete || (view->incomplete && !view->refused);
		if (!cli->quiet || view->state == WALK_FAILED)
			print_view(cli, view, options->tag_count > 1);
	}
	if (cli->quiet)
		return;
	printf("%lld %s new, %lld seen before%s\n", (long long)fresh, fresh == 1 ? "post" : "posts",
	       (long long)known, incomplete ? "; something is missing, see above" : "");
	if (fresh > 0 && newest > 0)
		print_next(cli, options, newest);
}

static const char *state_name(enum walk_state state)
{
	static const char *const names[] = {
		[WALK_READING] = "reading", [WALK_WAITING] = "waiting", [WALK_RESTING] = "resting",
		[WALK_DONE] = "done",	    [WALK_STOPPED] = "stopped", [WALK_FAILED] = "failed",
	};

	return names[state];
}

static void view_json(struct jwrite *w, const struct walk_view *view)
{
	jwrite_open_object(w, NULL);
	jwrite_text(w, "source", view->source->name.buf);
	jwrite_text(w, "tag", view->tag);
	jwrite_text(w, "state", view->refused ? "refused" : state_name(view->state));
	jwrite_int(w, "new", view->run.fresh);
	jwrite_int(w, "seen_before", view->run.known);
	jwrite_int(w, "pages", view->run.pages);
	jwrite_int(w, "not_public", view->run.dropped);
	jwrite_time(w, "oldest", view->oldest);
	jwrite_time(w, "newest", view->newest);
	jwrite_int(w, "spent_micro_usd", view->run.spent_micros);
	jwrite_int(w, "budget_micro_usd", view->source->budget_micros);
	jwrite_bool(w, "near_budget", view->near_budget);
	jwrite_text(w, "why", view->why);
	jwrite_close_object(w);
}

void fetch_report_json(const struct fetch_options *options, const struct fetch_result *result)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	if (options->follow)
		jwrite_text(&w, "event", "end");
	jwrite_time(&w, "since", options->since);
	jwrite_time(&w, "until", options->until);
	jwrite_bool(&w, "cancelled", result->cancelled);
	jwrite_open_array(&w, "sources");
	for (size_t i = 0; i < result->count; i++)
		view_json(&w, &result->views[i]);
	jwrite_close_array(&w);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}
