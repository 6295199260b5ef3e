#include "archive/picker/state.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/text/utf8.h"

static const int64_t likes[] = { 0, 5, 10, 20, 50, 100, 200, 500, 1000 };

static void begin_anew(struct picker *picker)
{
	struct list *list = &picker->lists[PANE_CANDIDATES];
	int64_t key = list->count > 0 ? list_key(list, list->cursor) : LIST_FIRST;

	picker->pane = PANE_CANDIDATES;
	candidates_seek(picker, key);
}

static void toggle_network(struct view_filter *filter, enum network network)
{
	filter->network = filter->network == (int)network ? -1 : (int)network;
}

static void toggle_author(struct picker *picker)
{
	const struct list_row *row = picker_row(picker);

	if (picker->filter.author) {
		picker->filter.author = 0;
		return;
	}
	if (!row || row->row.author == 0) {
		picker_tell(picker, false, "the author of this is not known");
		return;
	}
	picker->filter.author = row->row.author;
	free(picker->author);
	picker->author = xstrdup(row->row.name ? row->row.name : "?");
}

static void more_likes(struct view_filter *filter)
{
	size_t at = 0;

	while (at < ARRAY_LEN(likes) && likes[at] != filter->likes)
		at++;
	filter->likes = at + 1 < ARRAY_LEN(likes) ? likes[at + 1] : 0;
}

static void no_filter(struct picker *picker)
{
	picker->filter = (struct view_filter){ .network = -1, .query = picker->filter.query };
}

void filter_key(struct picker *picker, enum command command)
{
	struct view_filter *filter = &picker->filter;

	picker->mode = MODE_LISTS;
	switch (command) {
	case COMMAND_FILTER_X:
	case COMMAND_FILTER_MASTODON:
	case COMMAND_FILTER_BLUESKY:
	case COMMAND_FILTER_MISSKEY:
		toggle_network(filter, (enum network)(command - COMMAND_FILTER_X));
		break;
	case COMMAND_FILTER_AUTHOR:
		toggle_author(picker);
		break;
	case COMMAND_FILTER_MEDIA:
		filter->media = !filter->media;
		break;
	case COMMAND_FILTER_UNDECIDED:
		filter->undecided = !filter->undecided;
		filter->dropped = false;
		break;
	case COMMAND_FILTER_DROPPED:
		filter->dropped = !filter->dropped;
		filter->undecided = false;
		break;
	case COMMAND_FILTER_QUESTIONS:
		filter->questions = !filter->questions;
		break;
	case COMMAND_FILTER_LIKED:
		more_likes(filter);
		break;
	default:
		no_filter(picker);
	}
	begin_anew(picker);
}

/* What a change of its verdict does to a row that passed. */
bool filter_passes(const struct picker *picker, const struct row *row)
{
	if (picker->filter.undecided)
		return row->verdict == VERDICT_NONE;
	if (picker->filter.dropped)
		return row->verdict == VERDICT_DROPPED;
	return row->verdict != VERDICT_DROPPED;
}

bool filter_leave(struct picker *picker)
{
	const struct view_filter *filter = &picker->filter;

	if (filter->query)
		picker->filter.query = NULL;
	else if (filter->network >= 0 || filter->author || filter->media || filter->undecided ||
		 filter->dropped || filter->questions || filter->likes)
		no_filter(picker);
	else
		return false;
	begin_anew(picker);
	return true;
}

static void add_part(struct str *out, bool active, const char *text)
{
	if (!active)
		return;
	str_add(out, out->len > 0 ? ", " : "");
	str_add(out, text);
}

void filter_add_title(const struct picker *picker, struct str *out)
{
	const struct view_filter *filter = &picker->filter;
	struct str part = STR_INIT;

	add_part(out, filter->undecided, "undecided");
	add_part(out, filter->dropped, "dropped");
	if (filter->network >= 0)
		add_part(out, true, network_label((enum network)filter->network));
	add_part(out, filter->author != 0, picker->author);
	add_part(out, filter->media, "pictures");
	add_part(out, filter->questions, "questions");
	str_addf(&part, "%lld likes", (long long)filter->likes);
	add_part(out, filter->likes > 0, part.buf);
	str_clear(&part);
	str_addf(&part, "/%s", picker->words.buf);
	if (picker->open_end && str_ends(part.buf, "*"))
		str_truncate(&part, part.len - 1);
	add_part(out, filter->query != NULL, part.buf);
	str_release(&part);
}

/* ---- search ---- */

/* What is typed is a beginning until a blank or a quote ends it. */
static void set_words(struct picker *picker, const char *typed)
{
	picker->open_end = search_open_end(typed);
	str_clear(&picker->words);
	str_add(&picker->words, typed);
	if (picker->open_end)
		str_add_char(&picker->words, '*');
}

/* false: what cannot be looked for; the query is the one before then. */
static bool read_query(struct picker *picker, struct err *err)
{
	const char *words = picker->words.buf;
	struct arena arena = ARENA_INIT;
	struct search_reading reading = { &arena, clock_now(), picker_zone(picker) };
	struct search_query query = { 0 };

	if (!search_parse(&reading, words, &query, err)) {
		arena_release(&arena);
		return false;
	}
	arena_release(&picker->query_arena);
	picker->query_arena = arena;
	picker->query = query;
	picker->filter.query = words[strspn(words, " ")] ? &picker->query : NULL;
	return true;
}

/* What was looked for before, again. */
static void read_former(struct picker *picker, const char *words, bool any)
{
	struct err ignored = { 0 };

	str_clear(&picker->words);
	str_add(&picker->words, words);
	if (!read_query(picker, &ignored) || !any)
		picker->filter.query = NULL;
}

/* false: what cannot be looked for; all that was found before stays. */
static bool look_for(struct picker *picker, const char *typed, struct err *err)
{
	struct list *list = &picker->lists[PANE_CANDIDATES];
	struct str before = STR_INIT;
	bool any = picker->filter.query != NULL, open = picker->open_end, ok;
	int64_t key = list->count > 0 ? list_key(list, list->cursor) : LIST_FIRST;

	str_add(&before, picker->words.buf);
	set_words(picker, typed);
	ok = read_query(picker, err) && list_seek(list, key, err);
	if (!ok) {
		read_former(picker, before.buf, any);
		picker->open_end = open;
	}
	fold_update(picker);
	list_fill(picker, PANE_CANDIDATES);
	str_release(&before);
	return ok;
}

void filter_search(struct picker *picker, struct want *want)
{
	(void)want;
	deed_end_range(picker);
	picker->pane = PANE_CANDIDATES;
	str_clear(&picker->former);
	if (picker->filter.query)
		str_add(&picker->former, picker->words.buf);
	picker->mode = MODE_PROMPT;
	picker->asking = ASK_SEARCH;
	prompt_begin(&picker->prompt, "");
}

void filter_typed(struct picker *picker)
{
	struct err err = { 0 };

	if (!look_for(picker, picker->prompt.text.buf, &err) && err.code != ERR_USAGE)
		picker_fail(picker, &err);
}

void filter_accept(struct picker *picker)
{
	struct err err = { 0 };

	picker->mode = MODE_LISTS;
	if (!look_for(picker, picker->prompt.text.buf, &err))
		picker_fail(picker, &err);
}

void filter_leave_search(struct picker *picker)
{
	struct err err = { 0 };

	picker->mode = MODE_LISTS;
	if (!look_for(picker, picker->former.buf, &err))
		picker_fail(picker, &err);
}
