#include "archive/picker/state.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/store/threads.h"

#define LOOK_MS 500 /* between two looks at what others did */

void picker_tell(struct picker *picker, bool warning, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	str_clear(&picker->message);
	str_add(&picker->message, text);
	picker->warning = warning;
}

void picker_fail(struct picker *picker, struct err *err)
{
	picker_tell(picker, true, "%s", err->msg);
	*err = (struct err){ 0 };
}

struct list *picker_list(struct picker *picker)
{
	return &picker->lists[picker->pane];
}

struct list_row *picker_row(struct picker *picker)
{
	return list_at(picker_list(picker));
}

const char *picker_zone(const struct picker *picker)
{
	return picker->thread.zone ? picker->thread.zone : picker->zone;
}

/* ---- the thread ---- */

static bool same_candidates(const struct thread *a, const struct thread *b)
{
	if (a->since != b->since || a->until != b->until || a->tag_count != b->tag_count)
		return false;
	for (size_t i = 0; i < a->tag_count; i++)
		if (!str_same(a->tags[i], b->tags[i]))
			return false;
	return true;
}

static bool load_thread(struct picker *picker, bool *others, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct thread thread = { 0 };

	if (!thread_load_id(picker->store, picker->thread.id, &arena, &thread, err)) {
		arena_release(&arena);
		return false;
	}
	*others = !same_candidates(&picker->thread, &thread);
	arena_release(&picker->arena);
	picker->arena = arena;
	picker->thread = thread;
	return true;
}

/* A range is held whole: what a new window lacks of it is read. */
static void reach_range(struct picker *picker)
{
	struct list *list = &picker->lists[PANE_THREAD];
	struct err err = { 0 };
	bool grown = true;

	if (!picker->range || picker->pane != PANE_THREAD)
		return;
	for (int side = SIDE_BACK; side <= SIDE_ON; side++)
		while (list->count < LIST_RANGE && !list->sides[side].end &&
		       list_find(list, picker->range) == LIST_NOTHING)
			if (!list_grow(list, (enum list_side)side, &grown, &err))
				break;
	if (err.code != ERR_NONE)
		picker_fail(picker, &err);
	if (list_find(list, picker->range) == LIST_NOTHING)
		deed_end_range(picker);
}

static int by_time(const void *a, const void *b)
{
	const int64_t *one = a, *two = b;

	return (*one > *two) - (*one < *two);
}

static void keep_starts(struct picker *picker)
{
	picker->start_count = 0;
	picker->starts = arena_array(&picker->headings_arena, picker->heading_count + 1,
				     sizeof(*picker->starts));
	for (size_t i = 0; i < picker->heading_count; i++)
		if (picker->headings[i].time)
			picker->starts[picker->start_count++] = picker->headings[i].time;
	qsort(picker->starts, picker->start_count, sizeof(*picker->starts), by_time);
}

void picker_read_thread(struct picker *picker, int64_t item)
{
	struct arena arena = ARENA_INIT;
	struct row *headings = NULL;
	size_t count = 0;
	struct err err = { 0 };

	items_reload(picker, item);
	reach_range(picker);
	list_fill(picker, PANE_THREAD);
	if (!view_headings(picker->store, picker->thread.id, &arena, &headings, &count, &err)) {
		arena_release(&arena);
		picker_fail(picker, &err);
		return;
	}
	arena_release(&picker->headings_arena);
	picker->headings_arena = arena;
	picker->headings = headings;
	picker->heading_count = count;
	keep_starts(picker);
	if (!view_totals(picker->store, picker->thread.id, &picker->totals, &err))
		picker_fail(picker, &err);
}

void picker_read_detail(struct picker *picker)
{
	const struct list_row *row = picker_row(picker);
	int64_t post = row ? row->row.post : 0;
	struct err err = { 0 };

	if (post == picker->detail_post)
		return;
	arena_clear(&picker->detail_arena);
	picker->detail_post = 0;
	picker->detail = (struct view_detail){ 0 };
	if (post == 0)
		return;
	if (view_detail(picker->store, post, &picker->detail_arena, &picker->detail, &err))
		picker->detail_post = post;
	else if (err.code != ERR_NOT_FOUND)
		picker_fail(picker, &err);
}

struct picker *picker_new(struct store *store, int64_t thread, const struct picker_options *options,
			  struct err *err)
{
	struct picker *picker = xcalloc(1, sizeof(*picker));
	bool others;

	picker->store = store;
	picker->thread.id = thread;
	picker->filter.network = -1;
	picker->wide_ambiguous = options->wide_ambiguous;
	picker->words = picker->former = picker->message = picker->wanted = (struct str)STR_INIT;
	picker->prompt = (struct prompt)PROMPT_INIT;
	picker->job.name = (struct str)STR_INIT;
	picker->known = -1;
	snprintf(picker->zone, sizeof(picker->zone), "%s", options->zone ? options->zone : "UTC");
	picker->lists[PANE_CANDIDATES] = (struct list){ .read = candidates_read, .owner = picker };
	picker->lists[PANE_THREAD] =
		(struct list){ .read = items_read, .owner = picker, .items = true };
	if (!load_thread(picker, &others, err) || !view_version(store, &picker->version, err) ||
	    !list_seek(&picker->lists[PANE_CANDIDATES], LIST_FIRST, err)) {
		picker_free(picker);
		return NULL;
	}
	picker_read_thread(picker, 0);
	fold_update(picker);
	list_fill(picker, PANE_CANDIDATES);
	histogram_begin(picker);
	picker_read_detail(picker);
	return picker;
}

void picker_free(struct picker *picker)
{
	if (!picker)
		return;
	for (int pane = 0; pane < PANE_COUNT; pane++)
		list_release(&picker->lists[pane]);
	fold_release(picker);
	author_release(picker);
	prompt_release(&picker->prompt);
	str_release(&picker->words);
	arena_release(&picker->query_arena);
	str_release(&picker->former);
	str_release(&picker->message);
	str_release(&picker->wanted);
	arena_release(&picker->arena);
	arena_release(&picker->edited_arena);
	arena_release(&picker->headings_arena);
	arena_release(&picker->detail_arena);
	free(picker->author);
	free(picker);
}

/* ---- presses ---- */

static const enum key_mode key_modes[] = {
	[MODE_LISTS] = KEYS_LISTS,     [MODE_PROMPT] = KEYS_PROMPT, [MODE_FILTER] = KEYS_FILTER,
	[MODE_COLOUR] = KEYS_COLOUR,   [MODE_AUTHOR] = KEYS_AUTHOR, [MODE_HELP] = KEYS_READING,
	[MODE_PREVIEW] = KEYS_READING,
};

static void type(struct picker *picker, enum command command, uint32_t c)
{
	if (prompt_edit(&picker->prompt, command, c) && picker->asking == ASK_SEARCH)
		filter_typed(picker);
}

static bool is_mouse(const struct press *press)
{
	return press->kind >= PRESS_CLICK && press->kind <= PRESS_WHEEL_DOWN;
}

static void say_no_key(struct picker *picker, const struct press *press)
{
	struct str name = STR_INIT;

	key_add_press(&name, press);
	picker_tell(picker, false, "%s does nothing here: ? shows all keys", name.buf);
	str_release(&name);
}

struct want picker_press(struct picker *picker, const struct press *press)
{
	struct want want = { .kind = WANT_NOTHING };
	enum command command = key_command(key_modes[picker->mode], press);

	if (picker->mode != MODE_AUTHOR || command != COMMAND_NONE) {
		str_clear(&picker->message);
		picker->warning = false;
	}
	if (picker->mode == MODE_LISTS && is_mouse(press))
		motion_click(picker, press);
	if (picker->mode == MODE_PROMPT && command >= COMMAND_TYPE && command <= COMMAND_TYPE_UP)
		type(picker, command, press->c);
	if (command == COMMAND_NONE && picker->mode == MODE_LISTS)
		say_no_key(picker, press);
	command_run(picker, command, &want);
	picker_read_detail(picker);
	return want;
}

void picker_edited(struct picker *picker, const char *text)
{
	write_edited(picker, text);
	picker_read_detail(picker);
}

void picker_end(struct picker *picker)
{
	if (picker->mode == MODE_PROMPT && picker->asking != ASK_SEARCH)
		write_accept(picker);
}

void picker_say(struct picker *picker, const char *sentence)
{
	picker_tell(picker, false, "%s", sentence);
}

void picker_reload(struct picker *picker)
{
	struct err err = { 0 };
	bool others = false;

	if (!load_thread(picker, &others, &err)) {
		picker_fail(picker, &err);
		return;
	}
	picker_read_thread(picker, 0);
	if (others)
		picker->known = -1;
	if (others || picker->unread)
		candidates_reload(picker);
	else
		candidates_refresh_all(picker);
	histogram_begin(picker);
	picker->detail_post = 0;
	picker_read_detail(picker);
}

/* ---- when no key is waiting ---- */

static bool look_around(struct picker *picker, int64_t now)
{
	struct err err = { 0 };
	int64_t version = picker->version;

	if (picker->looked && now >= picker->looked && now - picker->looked < LOOK_MS)
		return false;
	picker->looked = now ? now : 1;
	if (!view_version(picker->store, &version, &err)) {
		picker_fail(picker, &err);
		return true;
	}
	if (version == picker->version && !picker->unread)
		return false;
	picker->version = version;
	picker_reload(picker);
	return true;
}

static bool read_on(struct picker *picker, bool *changed)
{
	bool more = false;

	for (int pane = 0; pane < PANE_COUNT; pane++) {
		struct list *list = &picker->lists[pane];
		size_t before = list->count;

		if (!list_wants(list, SIDE_BACK) && !list_wants(list, SIDE_ON))
			continue;
		list_fill(picker, (enum pane)pane);
		*changed = *changed || list->count != before;
		more = more || list_wants(list, SIDE_BACK) || list_wants(list, SIDE_ON);
	}
	return more && !picker->warning;
}

bool picker_idle(struct picker *picker, int64_t now, bool *changed)
{
	bool more, jobs;

	*changed = look_around(picker, now);
	more = read_on(picker, changed);
	if (!more)
		more = candidates_idle(picker, changed);
	if (!more)
		more = histogram_idle(picker, changed);
	jobs = picker->mode == MODE_AUTHOR && !picker->job.end;
	*changed = *changed || jobs;
	more = author_idle(picker) || more;
	picker_read_detail(picker);
	return more;
}
