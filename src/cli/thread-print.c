#include "archive/cli/thread-print.h"

#include <unistd.h>

#include "archive/base/zone.h"
#include "archive/cli/print.h"

static void thread_json(struct jwrite *w, const struct thread *thread)
{
	jwrite_text(w, "slug", thread->slug);
	jwrite_text(w, "title", thread->title);
	jwrite_open_array(w, "tags");
	for (size_t i = 0; i < thread->tag_count; i++)
		jwrite_text(w, NULL, thread->tags[i]);
	jwrite_close_array(w);
	jwrite_text(w, "lang", thread->lang);
	jwrite_text(w, "zone", thread->zone);
	jwrite_open_object(w, "window");
	jwrite_time(w, "since", thread->since);
	jwrite_time(w, "until", thread->until);
	jwrite_close_object(w);
}

static void item_json(struct jwrite *w, const struct item *item)
{
	jwrite_open_object(w, NULL);
	jwrite_text(w, "kind", item_kind_name(item->kind));
	if (item->kind == ITEM_POST) {
		print_post_json(w, "post", item->post);
	} else {
		jwrite_text(w, "key", item->key);
		jwrite_text(w, "text", item->text);
		jwrite_text(w, "url", item->url);
	}
	jwrite_close_object(w);
}

static bool print_json(const struct thread *thread, struct item_iter *iter, struct err *err)
{
	struct str out = STR_INIT;
	struct jwrite w;
	struct item item;
	int rc;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	thread_json(&w, thread);
	jwrite_open_array(&w, "items");
	while ((rc = iter->next(iter, &item, err)) > 0) {
		item_json(&w, &item);
		fputs(out.buf, stdout); /* what is written needs not be held */
		str_clear(&out);
	}
	jwrite_close_array(&w);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
	return rc == 0;
}

static void print_item(FILE *out, const struct cli *cli, const char *zone, const struct item *item)
{
	const struct wrap wrap = cli_wrap(cli);
	const char *words = item->text ? item->text : item->url;
	static const char *const before[] = {
		[ITEM_HEADING] = "## ", [ITEM_NOTE] = "-- ", [ITEM_LINK] = "-> "
	};

	if (item->kind == ITEM_POST) {
		print_post(out, item->post, zone, &wrap);
		return;
	}
	fputs(before[item->kind], out);
	print_safe(out, words ? words : "", wrap.columns - 3);
	fputc('\n', out);
}

bool thread_print(const struct cli *cli, const struct thread *thread, struct item_iter *iter,
		  struct err *err)
{
	const char *zone = zone_known(thread->zone) ? thread->zone : cli->zone;
	struct item item;
	size_t count = 0;
	FILE *out;
	int rc;

	if (cli->json)
		return print_json(thread, iter, err);
	out = print_open_pager();
	print_safe(out, thread->title ? thread->title : thread->slug, cli_columns(STDOUT_FILENO));
	fputc('\n', out);
	while ((rc = iter->next(iter, &item, err)) > 0) {
		print_item(out, cli, zone, &item);
		count++;
	}
	rc = print_close_pager(out, rc == 0, err) ? 0 : -1;
	if (rc == 0 && count == 0 && !cli->quiet)
		fprintf(stderr,
			"no post is chosen yet: archive thread add %s --all chooses every "
			"candidate\n",
			thread->slug);
	return rc == 0;
}

void thread_print_change(const char *slug, const char *what, int64_t count)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "slug", slug);
	jwrite_int(&w, what, count);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

static void row_json(struct jwrite *w, const struct thread_row *row)
{
	jwrite_open_object(w, NULL);
	thread_json(w, &row->thread);
	jwrite_int(w, "items", row->items);
	jwrite_int(w, "candidates", row->candidates);
	jwrite_time(w, "changed", row->changed);
	jwrite_close_object(w);
}

static void print_list_json(const struct thread_row *rows, size_t count)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_array(&w, NULL);
	for (size_t i = 0; i < count; i++)
		row_json(&w, &rows[i]);
	jwrite_close_array(&w);
	puts(out.buf);
	str_release(&out);
}

static void print_row(const struct thread_row *row)
{
	struct str line = STR_INIT;

	str_addf(&line, "%s  %lld of %lld chosen  %s", row->thread.slug, (long long)row->items,
		 (long long)row->candidates, row->thread.title);
	print_safe(stdout, line.buf, cli_columns(STDOUT_FILENO));
	putchar('\n');
	str_release(&line);
}

void thread_print_list(const struct cli *cli, const struct thread_row *rows, size_t count)
{
	if (cli->json) {
		print_list_json(rows, count);
		return;
	}
	if (count == 0 && !cli->quiet)
		fputs("there is no thread yet: archive thread new SLUG --tag TAG makes one\n",
		      stderr);
	for (size_t i = 0; i < count; i++)
		print_row(&rows[i]);
}
