#include <stdlib.h>
#include <string.h>

#include "archive/base/clock.h"
#include "archive/cli/print.h"
#include "archive/cli/thread-print.h"
#include "archive/cli/thread-words.h"
#include "archive/store/view.h"
#include "archive/text/utf8.h"

#define HALF_A_DAY (INT64_C(12) * 3600 * 1000)

/* ---- which thread ---- */

/* Could the word be a thread's name? Folding would make one of an address or a key, too. */
static bool like_slug(const char *word)
{
	return !strpbrk(word, "#:/");
}

static bool find_named(struct thread_job *job, const char *word, bool *found, struct err *err)
{
	struct err why = { 0 };

	*found = like_slug(word) &&
		 thread_load(job->cli->store, word, &job->arena, &job->thread, &why);
	if (*found || !why.code || why.code == ERR_NOT_FOUND || why.code == ERR_USAGE)
		return true;
	*err = why;
	return false;
}

static bool too_many(const struct thread_job *job, size_t most, struct err *err)
{
	const char *word = job->operands[most];

	if (job->implied)
		return err_set(err, ERR_USAGE,
			       "'%s' is a word too many, or '%s' should name a thread: there is %s",
			       word, job->operands[0], job->thread.slug);
	return err_set(err, ERR_USAGE,
		       "'%s' is a word too many: archive help thread shows how it is used", word);
}

bool thread_job_find(struct thread_job *job, size_t most, struct err *err)
{
	const struct arg_list *words = &job->words->operands;
	const char *first = words->count > 1 ? words->items[1] : NULL;
	bool found = false;

	job->operands = words->items + 1;
	job->count = words->count - 1;
	if (first && most > 0 && !find_named(job, first, &found, err))
		return false;
	if (!found &&
	    !thread_load(job->cli->store, most == 0 ? first : NULL, &job->arena, &job->thread, err))
		return false;
	if (found || (first && most == 0)) {
		job->operands++;
		job->count--;
	}
	job->implied = !found && job->count > 0;
	return job->count <= most || too_many(job, most, err);
}

bool thread_job_outline(struct thread_job *job, struct err *err)
{
	if (!job->read)
		job->read = thread_outline(job->cli->store, job->thread.id, &job->arena,
					   &job->items, &job->item_count, err);
	return job->read;
}

/* ---- doing ---- */

struct op *thread_job_add(struct thread_job *job, enum op_kind kind)
{
	struct op *longer;

	if (job->op_count == job->op_room) {
		job->op_room = job->op_room ? job->op_room * 2 : 32;
		longer = arena_array(&job->arena, job->op_room, sizeof(*longer));
		if (job->op_count > 0)
			memcpy(longer, job->ops, job->op_count * sizeof(*longer));
		job->ops = longer;
	}
	job->ops[job->op_count] = (struct op){ .kind = kind };
	return &job->ops[job->op_count++];
}

bool thread_job_do(struct thread_job *job, const char *name, struct err *err)
{
	if (job->op_count == 0)
		return true;
	return store_do(job->cli->store, job->thread.id, name, job->ops, job->op_count,
			&job->report, err);
}

/* ---- saying ---- */

struct ids {
	int64_t *items;
	size_t count;
};

static int compare_ids(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static bool has_id(const struct ids *ids, int64_t id)
{
	return id != 0 && bsearch(&id, ids->items, ids->count, sizeof(id), compare_ids);
}

/* What the ops were about; a post and an item may have the same number. */
static void collect(struct thread_job *job, struct ids *posts, struct ids *items)
{
	posts->items = arena_array(&job->arena, job->op_count + 1, sizeof(int64_t));
	items->items = arena_array(&job->arena, job->op_count + 1, sizeof(int64_t));
	items->items[items->count++] = job->report.item;
	for (size_t i = 0; i < job->op_count; i++) {
		if (job->ops[i].post)
			posts->items[posts->count++] = job->ops[i].post;
		if (job->ops[i].item)
			items->items[items->count++] = job->ops[i].item;
	}
	qsort(posts->items, posts->count, sizeof(int64_t), compare_ids);
	qsort(items->items, items->count, sizeof(int64_t), compare_ids);
}

static void say_items(struct thread_job *job, struct jwrite *w)
{
	struct ids posts = { 0 }, items = { 0 };

	collect(job, &posts, &items);
	jwrite_open_array(w, "items");
	for (size_t i = 0; i < job->item_count; i++) {
		const struct item *item = &job->items[i];

		if (has_id(&items, item->id) || (item->post && has_id(&posts, item->post->id)))
			thread_name_json(w, item);
	}
	jwrite_close_array(w);
}

static bool say_json(struct thread_job *job, struct err *err)
{
	const struct op_report *report = &job->report;
	struct jwrite w;

	job->read = false;
	if (!thread_job_outline(job, err))
		return false;
	jwrite_begin(&w, &job->out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "slug", job->thread.slug);
	jwrite_text(&w, "did", job->name);
	jwrite_int(&w, "changed", (int64_t)report->changed);
	jwrite_told(&w, "step", report->step > 0, report->step);
	say_items(job, &w);
	jwrite_close_object(&w);
	str_add_char(&job->out, '\n');
	return true;
}

bool thread_job_say(struct thread_job *job, const struct thread_said *said, struct err *err)
{
	if (job->cli->json)
		return say_json(job, err);
	if (job->cli->quiet)
		return true;
	if (job->report.changed == 0) {
		str_addf(&job->out, "nothing to do: %s\n", said->nothing);
		return true;
	}
	if (said->one)
		print_count(&job->out, said->count ? said->count : (int64_t)job->report.changed,
			    said->one, said->many);
	str_addf(&job->out, "%s%s\n", said->one ? " " : "", said->done);
	return true;
}

/* ---- times ---- */

/* The moment before which a bare time is looked for. */
static bool read_evening(struct thread_job *job, int64_t *now, struct err *err)
{
	int64_t first = 0, last = job->thread.until;

	*now = clock_now();
	if (last == 0 && !view_range(job->cli->store, &job->thread, &first, &last, err))
		return false;
	if (last > 0)
		*now = last + HALF_A_DAY;
	return true;
}

bool thread_job_time(struct thread_job *job, const char *text, enum when_side side, int64_t *ms,
		     struct err *err)
{
	int64_t now = clock_now();

	if (strspn(text, "0123456789:") == strlen(text) && !read_evening(job, &now, err))
		return false;
	return when_parse(text, side, now, job->thread.zone, ms, err);
}

const char *thread_plain(struct thread_job *job, const char *typed, bool one_line)
{
	struct str plain = STR_INIT;
	const char *begin, *result;

	utf8_add_plain(&plain, typed, strlen(typed), one_line);
	while (plain.len > 0 && strchr(" \n", plain.buf[plain.len - 1]))
		str_truncate(&plain, plain.len - 1);
	begin = plain.buf + strspn(plain.buf, " \n");
	result = arena_strdup(&job->arena, begin);
	str_release(&plain);
	return result;
}
