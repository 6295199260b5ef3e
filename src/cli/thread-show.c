#include <stdlib.h>
#include <unistd.h>

#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/cli/print.h"
#include "archive/cli/thread-print.h"
#include "archive/cli/thread-text.h"
#include "archive/cli/thread-words.h"
#include "archive/store/view.h"

#define BORDER_MS (INT64_C(3) * 60 * 1000)

/* ---- what is told of an item by those around it ---- */

/* When the talks begin, the first one first. */
struct starts {
	int64_t *times;
	size_t count;
	int64_t lag;
};

static int by_time(const void *a, const void *b)
{
	const int64_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

static void find_starts(const struct thread_job *job, struct starts *out)
{
	*out = (struct starts){
		.times = xcalloc(job->item_count, sizeof(*out->times)),
		.lag = job->thread.lag,
	};
	for (size_t i = 0; i < job->item_count; i++)
		if (job->items[i].starts)
			out->times[out->count++] = job->items[i].starts;
	if (out->count > 1)
		qsort(out->times, out->count, sizeof(*out->times), by_time);
}

/* Did a talk begin about then? */
static bool is_at_border(const struct starts *starts, const struct item *post)
{
	int64_t time = post->post->created - starts->lag;
	size_t low = 0;
	size_t high = starts->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (starts->times[middle] < time - BORDER_MS)
			low = middle + 1;
		else
			high = middle;
	}
	return low < starts->count && starts->times[low] <= time + BORDER_MS;
}

static struct section_span span_of(const struct thread_job *job, const struct item *heading)
{
	const struct item *last = thread_section_last(job, heading);
	struct section_span span = { 0 };

	for (const struct item *item = heading + 1; item <= last; item++) {
		int64_t time = item->post ? item->post->created : 0;

		if (!item->post)
			continue;
		span.first = span.posts == 0 || time < span.first ? time : span.first;
		span.last = time > span.last ? time : span.last;
		span.posts++;
	}
	return span;
}

/* ---- as JSON ---- */

static bool show_json(struct thread_job *job, const struct view_totals *totals, int64_t left,
		      struct err *err)
{
	struct arena arena = ARENA_INIT;
	const char *section = NULL;
	struct view_detail detail;
	struct starts starts;
	struct jwrite w;
	bool ok = true;

	find_starts(job, &starts);
	jwrite_begin(&w, &job->out);
	jwrite_open_object(&w, NULL);
	thread_json(&w, &job->thread);
	jwrite_int(&w, "chosen", totals->chosen);
	jwrite_int(&w, "undecided", left);
	jwrite_int(&w, "dropped", totals->dropped);
	jwrite_open_array(&w, "items");
	for (size_t i = 0; ok && i < job->item_count; i++) {
		const struct item *item = &job->items[i];

		arena_clear(&arena);
		section = item->kind == ITEM_HEADING ? item->key : section;
		ok = !item->post ||
		     view_detail(job->cli->store, item->post->id, &arena, &detail, err);
		if (ok)
			thread_item_json(&w, item, item->post ? &detail.post : NULL, section,
					 item->post && is_at_border(&starts, item));
		fputs(job->out.buf, stdout); /* what is written needs not be held */
		str_clear(&job->out);
	}
	jwrite_close_array(&w);
	jwrite_close_object(&w);
	str_add_char(&job->out, '\n');
	free(starts.times);
	arena_release(&arena);
	return ok;
}

/* ---- as text ---- */

static bool show_items(struct thread_job *job, struct thread_text *text, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct view_detail detail;
	struct section_span span;
	struct starts starts;
	bool ok = true;

	find_starts(job, &starts);
	for (size_t i = 0; ok && i < job->item_count; i++) {
		const struct item *item = &job->items[i];

		arena_clear(&arena);
		if (item->post) {
			ok = view_detail(job->cli->store, item->post->id, &arena, &detail, err);
			if (ok)
				thread_text_post(text, item, &detail.post,
						 is_at_border(&starts, item));
			continue;
		}
		span = span_of(job, item);
		thread_text_item(text, item, &span);
	}
	free(starts.times);
	arena_release(&arena);
	return ok;
}

static void print_counts(const struct thread_text *text, const struct thread_job *job,
			 const struct view_totals *totals, int64_t left)
{
	const struct wrap wrap = { .columns = text->wrap.columns };
	struct str line = STR_INIT;
	int64_t sections = 0;

	for (size_t i = 0; i < job->item_count; i++)
		sections += job->items[i].kind == ITEM_HEADING;
	print_count(&line, totals->chosen, "post", "posts");
	if (sections) {
		str_add(&line, " in ");
		print_count(&line, sections, "section", "sections");
	}
	str_addf(&line, "; %lld undecided, %lld dropped", (long long)left,
		 (long long)totals->dropped);
	fputc('\n', text->out);
	wrap_print(text->out, line.buf, &wrap);
	str_release(&line);
}

static bool show_text(struct thread_job *job, const struct view_totals *totals, int64_t left,
		      struct err *err)
{
	const struct thread *thread = &job->thread;
	struct thread_text text = {
		.wrap = cli_wrap(job->cli),
		.zone = zone_known(thread->zone) ? thread->zone : job->cli->zone,
	};
	bool ok;

	text.out = print_open_pager(true);
	thread_text_head(&text, thread);
	ok = show_items(job, &text, err);
	if (ok)
		print_counts(&text, job, totals, left);
	ok = print_close_pager(text.out, ok, err);
	if (ok && job->item_count == 0 && !job->cli->quiet)
		fprintf(stderr,
			"no post is chosen yet: archive thread add %s --all chooses every "
			"candidate\n",
			thread->slug);
	return ok;
}

bool thread_show(struct thread_job *job, struct err *err)
{
	struct store *store = job->cli->store;
	struct view_totals totals;
	int64_t left;

	if (!thread_job_outline(job, err) || !view_totals(store, job->thread.id, &totals, err) ||
	    !thread_left(store, &job->thread, &left, err))
		return false;
	return job->cli->json ? show_json(job, &totals, left, err)
			      : show_text(job, &totals, left, err);
}

/* ---- the list of threads ---- */

static void list_text(struct thread_job *job, const struct thread_line *lines, size_t count)
{
	if (count == 0 && !job->cli->quiet)
		fputs("there is no thread yet: archive thread new SLUG --tag TAG makes one\n",
		      stderr);
	for (size_t i = 0; i < count; i++)
		thread_line_print(stdout, job->cli->zone, &lines[i], cli_columns(STDOUT_FILENO));
}

static void list_json(struct thread_job *job, const struct thread_line *lines, size_t count)
{
	struct jwrite w;

	jwrite_begin(&w, &job->out);
	jwrite_open_array(&w, NULL);
	for (size_t i = 0; i < count; i++)
		thread_line_json(&w, &lines[i]);
	jwrite_close_array(&w);
	str_add_char(&job->out, '\n');
}

bool thread_threads(struct thread_job *job, struct err *err)
{
	struct thread_row *rows = NULL;
	struct thread_line *lines;
	struct view_totals totals;
	size_t count = 0;

	if (!cli_open_store(job->cli, STORE_READ, err) ||
	    !thread_list(job->cli->store, &job->arena, &rows, &count, err))
		return false;
	lines = arena_array(&job->arena, count, sizeof(*lines));
	for (size_t i = 0; i < count; i++) {
		if (!view_totals(job->cli->store, rows[i].thread.id, &totals, err))
			return false;
		lines[i] = (struct thread_line){ .row = rows[i],
						 .chosen = totals.chosen,
						 .dropped = totals.dropped };
	}
	if (job->cli->json)
		list_json(job, lines, count);
	else
		list_text(job, lines, count);
	return true;
}
