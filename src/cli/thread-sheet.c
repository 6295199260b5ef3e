#include "archive/cli/thread-sheet.h"

#include <stdlib.h>
#include <string.h>

#include "archive/curate/change.h"
#include "archive/store/known.h"

bool thread_sheet_read(struct store *store, const struct thread *thread, struct arena *arena,
		       struct sheet *out, struct err *err)
{
	struct item *items = NULL;
	struct post *dropped = NULL;
	size_t item_count, dropped_count;

	if (!thread_outline(store, thread->id, arena, &items, &item_count, err) ||
	    !thread_dropped(store, thread->id, arena, &dropped, &dropped_count, err))
		return false;
	sheet_of(arena, thread, items, item_count, dropped, dropped_count, out);
	return true;
}

/* ---- posts by their names ---- */

struct name {
	const char *name;
	int64_t post;
};

static int by_name(const void *a, const void *b)
{
	const struct name *one = a, *other = b;

	return strcmp(one->name, other->name);
}

static size_t list_names(struct arena *arena, const struct sheet *base, struct name **out)
{
	struct name *names = arena_array(arena, base->count, sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < base->count; i++)
		if (base->lines[i].name)
			names[count++] = (struct name){ base->lines[i].name, base->lines[i].post };
	if (count > 1)
		qsort(names, count, sizeof(*names), by_name);
	*out = names;
	return count;
}

static bool look_up(struct store *store, struct arena *arena, struct sheet_line *line,
		    struct sheet_mistake *mistake, struct err *err)
{
	struct known_post known;
	struct err why = { 0 };

	if (store_find_post(store, line->name, &line->post, &why)) {
		if (!known_load(store, line->post, arena, &known, err))
			return false;
		line->post = known.optout ? 0 : line->post;
		return true;
	}
	line->post = 0;
	if (why.code == ERR_NOT_FOUND)
		return true;
	mistake->line = line->number;
	mistake->why = why;
	if (why.code != ERR_USAGE)
		*err = why;
	return false;
}

bool thread_sheet_find(struct store *store, struct arena *arena, const struct sheet *base,
		       struct sheet *text, struct sheet_mistake *mistake, struct err *err)
{
	struct name *names;
	size_t count = list_names(arena, base, &names);

	for (size_t i = 0; i < text->count; i++) {
		struct sheet_line *line = &text->lines[i];
		const struct name wanted = { .name = line->name };
		const struct name *found = NULL;

		if (!line->name || line->post)
			continue;
		if (count > 0)
			found = bsearch(&wanted, names, count, sizeof(*names), by_name);
		if (found)
			line->post = found->post;
		else if (!look_up(store, arena, line, mistake, err))
			return false;
	}
	return true;
}

/* ---- what it makes of the thread ---- */

static bool apply(struct store *store, const struct thread *thread, struct arena *arena,
		  const struct sheet *base, struct sheet *text, const struct thread_sheet_way *way,
		  struct thread_sheet_result *out, struct err *err)
{
	struct op_report report = { 0 };
	struct sheet now, merged;
	struct op *ops;
	size_t count;

	if (!thread_sheet_read(store, thread, arena, &now, err))
		return false;
	base = base ? base : &now;
	sheet_match(arena, base, text);
	sheet_merge(arena, base, &now, text, &merged, &out->both);
	sheet_change(arena, &now, &merged, way->by_hand, &ops, &count);
	if (count > 0 && !store_do(store, thread->id, way->step, ops, count, &report, err))
		return false;
	out->changed = report.changed;
	out->step = report.step;
	return true;
}

bool thread_sheet_apply(struct store *store, int64_t id, struct arena *arena,
			const struct sheet *base, struct sheet *text,
			const struct thread_sheet_way *way, struct thread_sheet_result *out,
			struct err *err)
{
	struct thread thread;

	*out = (struct thread_sheet_result){ 0 };
	if (!store_begin(store, err))
		return false;
	if ((id || thread_create(store, &text->thread, &id, err)) &&
	    thread_load_id(store, id, arena, &thread, err) &&
	    apply(store, &thread, arena, base, text, way, out, err) && store_commit(store, err))
		return true;
	store_rollback(store);
	return false;
}
