#include "archive/picker/state.h"

#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/curate/crosspost.h"

#define MOST_FOLDS 256

static bool is_folded_in(const struct picker *picker, size_t at, const struct row *row)
{
	const struct fold *fold = &picker->folds[at];

	return fold->conversation && str_same(fold->conversation, row->conversation);
}

static bool stands_alone(const struct picker *picker, int64_t post)
{
	for (size_t i = 0; i < picker->fold_count; i++)
		if (!picker->folds[i].conversation && picker->folds[i].post == post)
			return true;
	return false;
}

static void take_fold(struct picker *picker, size_t at)
{
	free(picker->folds[at].conversation);
	picker->folds[at] = picker->folds[--picker->fold_count];
}

void fold_release(struct picker *picker)
{
	while (picker->fold_count > 0)
		take_fold(picker, picker->fold_count - 1);
	free(picker->folds);
	picker->folds = NULL;
}

static void hide(struct list *list, size_t index, size_t leader)
{
	list->rows[index].hidden = true;
	list->rows[index].leader = leader;
}

static void fold_crossposts(struct picker *picker, struct list *list)
{
	struct crosspost *posts = xcalloc(list->count, sizeof(*posts));
	size_t *first = xcalloc(list->count, sizeof(*first));

	for (size_t i = 0; i < list->count; i++) {
		const struct row *row = &list->rows[i].row;

		posts[i] = (struct crosspost){
			.network = row->network,
			.author = row->author,
			.name = row->name,
			.handle = row->handle,
			.profile = row->profile,
			.text = row->text,
			.cut = row->cut,
			.time = row->time,
		};
	}
	crosspost_fold(posts, list->count, first);
	for (size_t i = 0; i < list->count; i++) {
		if (first[i] == i || stands_alone(picker, list->rows[first[i]].row.post))
			continue;
		hide(list, i, first[i]);
		list->rows[first[i]].also++;
	}
	free(posts);
	free(first);
}

static void fold_conversation(struct list *list, const struct fold *fold)
{
	size_t leader = list_find(list, fold->post);

	if (leader == LIST_NOTHING || list->rows[leader].hidden)
		return;
	for (size_t i = 0; i < list->count; i++) {
		struct list_row *row = &list->rows[i];

		if (i == leader || !str_same(row->row.conversation, fold->conversation))
			continue;
		if (!row->hidden)
			list->rows[leader].folded++;
		row->hidden = true;
	}
}

void fold_update(struct picker *picker)
{
	struct list *list = &picker->lists[PANE_CANDIDATES];

	for (size_t i = 0; i < list->count; i++) {
		struct list_row *row = &list->rows[i];

		*row = (struct list_row){ .row = row->row, .leader = i };
	}
	if (list->count == 0)
		return;
	fold_crossposts(picker, list);
	for (size_t i = 0; i < picker->fold_count; i++)
		if (picker->folds[i].conversation)
			fold_conversation(list, &picker->folds[i]);
	if (list->rows[list->cursor].hidden) {
		size_t leader = list->rows[list->cursor].leader;

		if (list->rows[leader].hidden)
			leader = list_next(list, list->cursor, SIDE_BACK);
		if (leader == LIST_NOTHING)
			leader = list_next(list, list->cursor, SIDE_ON);
		list->cursor = leader == LIST_NOTHING ? 0 : leader;
	}
}

static void add_fold(struct picker *picker, const char *conversation, int64_t post)
{
	if (picker->fold_count == MOST_FOLDS)
		take_fold(picker, 0);
	picker->folds = xreallocarray(picker->folds, picker->fold_count + 1,
				      sizeof(*picker->folds));
	picker->folds[picker->fold_count++] = (struct fold){
		.conversation = conversation ? xstrdup(conversation) : NULL, .post = post
	};
}

static bool unfold(struct picker *picker, const struct list_row *row)
{
	for (size_t i = 0; i < picker->fold_count; i++) {
		bool alone = !picker->folds[i].conversation &&
			     picker->folds[i].post == row->row.post;

		if (!alone && !is_folded_in(picker, i, &row->row))
			continue;
		take_fold(picker, i);
		return true;
	}
	return false;
}

static size_t first_of_conversation(const struct list *list, const char *conversation)
{
	for (size_t i = 0; i < list->count; i++)
		if (!list->rows[i].hidden && str_same(list->rows[i].row.conversation, conversation))
			return i;
	return LIST_NOTHING;
}

void fold_toggle(struct picker *picker, struct want *want)
{
	struct list *list = &picker->lists[PANE_CANDIDATES];
	struct list_row *row = list_at(list);
	size_t first;

	(void)want;
	if (picker->pane != PANE_CANDIDATES || !row) {
		picker_tell(picker, false, "conversations are folded among the candidates");
		return;
	}
	if (unfold(picker, row)) {
		fold_update(picker);
		return;
	}
	if (row->also > 0) {
		add_fold(picker, NULL, row->row.post);
		fold_update(picker);
		return;
	}
	first = first_of_conversation(list, row->row.conversation);
	if (first == LIST_NOTHING)
		return;
	add_fold(picker, list->rows[first].row.conversation, list->rows[first].row.post);
	list_put_cursor(list, first);
	fold_update(picker);
	if (list->rows[list->cursor].folded == 0) {
		take_fold(picker, picker->fold_count - 1);
		picker_tell(picker, false, "nobody here answers this post");
	}
}
