#include "archive/picker/state.h"

#include <stdlib.h>

#include "archive/base/mem.h"

#define MOST_POSTS 5000

void author_release(struct picker *picker)
{
	struct author_job *job = &picker->job;

	str_release(&job->name);
	free(job->posts);
	*job = (struct author_job){ .name = STR_INIT };
}

static void take(struct author_job *job, const struct view_page *page)
{
	for (size_t i = 0; i < page->count && job->count < MOST_POSTS; i++) {
		if (job->count == job->room) {
			job->room = job->room ? job->room * 2 : 64;
			job->posts = xreallocarray(job->posts, job->room, sizeof(*job->posts));
		}
		job->posts[job->count++] = page->rows[i].post;
	}
	job->reached = page->reached;
	job->end = page->end || job->count == MOST_POSTS;
}

static void tell(struct picker *picker)
{
	const struct author_job *job = &picker->job;

	picker_tell(picker, false, "%zu%s by %s", job->count,
		    !job->end		       ? " so far"
		    : job->count == MOST_POSTS ? " (no more at once)"
					       : "",
		    job->name.buf);
}

bool author_idle(struct picker *picker)
{
	struct author_job *job = &picker->job;
	const struct view_filter filter = { .network = -1, .author = job->author };
	const struct view_span span = { .from = job->reached,
					.limit = LIST_READ,
					.budget = LIST_BUDGET };
	struct arena arena = ARENA_INIT;
	struct view_page page = { 0 };
	struct err err = { 0 };

	if (picker->mode != MODE_AUTHOR || job->end)
		return false;
	if (view_candidates(picker->store, &picker->thread, &filter, &span, &arena, &page, &err)) {
		take(job, &page);
		tell(picker);
	} else {
		picker->mode = MODE_LISTS;
		picker_fail(picker, &err);
	}
	arena_release(&arena);
	return picker->mode == MODE_AUTHOR && !job->end;
}

void author_begin(struct picker *picker, struct want *want)
{
	const struct list_row *row = picker_row(picker);

	(void)want;
	if (!row || row->row.author == 0) {
		picker_tell(picker, false, "the author of this is not known");
		return;
	}
	author_release(picker);
	picker->job.author = row->row.author;
	str_add(&picker->job.name, row->row.name ? row->row.name : "?");
	picker->job.reached = LIST_FIRST;
	picker->mode = MODE_AUTHOR;
	author_idle(picker);
}

void author_leave(struct picker *picker, struct want *want)
{
	(void)want;
	picker->mode = MODE_LISTS;
	author_release(picker);
}

static void decide_all(struct picker *picker, enum op_kind kind, const char *name, const char *did)
{
	const struct list *thread = &picker->lists[PANE_THREAD];
	struct author_job *job = &picker->job;
	struct deeds deeds = { 0 };

	if (!job->end) {
		picker_tell(picker, false, "still looking for posts by %s: a moment",
			    job->name.buf);
		return;
	}
	for (size_t i = job->count; i > 0; i--) {
		struct op *op = deeds_add(&deeds, kind);

		op->post = job->posts[i - 1];
		op->spot.kind = SPOT_TIME;
		op->spot.item = thread->count > 0 ? list_id(thread, thread->cursor) : 0;
	}
	picker->mode = MODE_LISTS;
	if (deeds_do(picker, name, &deeds, NULL)) {
		picker_tell(picker, false, "%zu by %s %s: u undoes it", deeds.count, job->name.buf,
			    did);
		deed_end_range(picker);
		picker_read_thread(picker,
				   kind == OP_CHOOSE ? deed_item_of(picker, deeds.ops[0].post) : 0);
		candidates_refresh_all(picker);
	}
	deeds_release(&deeds);
	author_release(picker);
}

void author_choose(struct picker *picker, struct want *want)
{
	(void)want;
	decide_all(picker, OP_CHOOSE, "choose-author", "chosen");
}

void author_drop(struct picker *picker, struct want *want)
{
	(void)want;
	decide_all(picker, OP_DROP, "drop-author", "dropped");
}

void author_undecide(struct picker *picker, struct want *want)
{
	(void)want;
	decide_all(picker, OP_UNDECIDE, "undecide-author", "undecided again");
}
