#include "archive/picker/state.h"

#include <string.h>

#include "archive/curate/sections.h"

/* Where the next column of a row begins. */
struct pen {
	struct frame *frame;
	int line, column, end;
	enum tone tone;
};

static void pen_put(struct pen *pen, int columns, enum ink ink, const char *text)
{
	if (columns > pen->end - pen->column)
		columns = pen->end - pen->column;
	pen->column += frame_fill(pen->frame, pen->line, pen->column, columns, ink, pen->tone,
				  text ? text : "");
}

static void pen_rest(struct pen *pen, enum ink ink, const char *text)
{
	pen_put(pen, pen->end - pen->column, ink, text);
}

static const enum ink network_inks[] = {
	[NETWORK_X] = INK_X,
	[NETWORK_MASTODON] = INK_MASTODON,
	[NETWORK_BLUESKY] = INK_BLUESKY,
	[NETWORK_MISSKEY] = INK_MISSKEY,
};

/* As on the keys behind f. */
static const char *const network_letters[] = {
	[NETWORK_X] = "X",
	[NETWORK_MASTODON] = "M",
	[NETWORK_BLUESKY] = "B",
	[NETWORK_MISSKEY] = "K",
};

static const enum ink colour_inks[COLOUR_COUNT] = {
	[COLOUR_NONE] = INK_PLAIN,  [COLOUR_RED] = INK_RED,   [COLOUR_ORANGE] = INK_ORANGE,
	[COLOUR_GREEN] = INK_GREEN, [COLOUR_BLUE] = INK_BLUE, [COLOUR_PURPLE] = INK_PURPLE,
	[COLOUR_GREY] = INK_GREY,
};

static bool asks(const struct row *row)
{
	return row->text && (strchr(row->text, '?') || strstr(row->text, "？"));
}

/* A talk began or began to be spoken of near to this: [ and ] push it to the other side. */
static bool is_at_border(const struct picker *picker, const struct row *row)
{
	size_t neighbour;

	return section_border(row->time, picker->starts, picker->start_count, picker->thread.lag,
			      &neighbour) != SECTION_HERE;
}

/* Reply, picture, question, gone or unlisted, border of a talk; where there is little room the two
 * of them that stand last. */
static void put_flags(const struct picker *picker, struct pen *pen, const struct row *row,
		      size_t columns)
{
	const char all[] = { row->reply ? 'r' : ' ', row->media > 0 ? 'p' : ' ',
			     asks(row) ? '?' : ' ',
			     row->gone	     ? 'g'
			     : row->unlisted ? 'u'
					     : ' ',
			     is_at_border(picker, row) ? '|' : ' ' };
	char flags[sizeof(all) + 1] = "";
	size_t count = sizeof(all);

	memcpy(flags, all, sizeof(all));
	for (size_t i = 0; i < count && count > columns;) {
		if (flags[i] != ' ') {
			i++;
			continue;
		}
		memmove(flags + i, flags + i + 1, count - i);
		count--;
	}
	pen_put(pen, (int)columns, INK_DIM, count > columns ? flags + count - columns : flags);
	pen_put(pen, 1, INK_PLAIN, "");
}

static enum ink text_ink(const struct row *row)
{
	if (row->gone)
		return INK_GONE;
	if (row->verdict == VERDICT_DROPPED)
		return INK_DROPPED;
	if (row->style.colour != COLOUR_NONE)
		return colour_inks[row->style.colour];
	if (row->style.emphasis == EMPHASIS_LARGE)
		return INK_BOLD;
	return row->style.emphasis == EMPHASIS_SMALL ? INK_DIM : INK_PLAIN;
}

/* The rest of the row; among what a search found, so that the match can be seen. */
static void put_found(struct picker *picker, struct pen *pen, const struct row *row,
		      const char *text)
{
	struct piece place = {
		.line = pen->line, .column = pen->column, .ink = text_ink(row), .tone = pen->tone
	};
	struct str marks = STR_INIT;
	int room = pen->end - pen->column;
	size_t begin;

	search_highlight(&marks, picker->filter.query, text);
	begin = match_begin(text, marks.buf, room, picker->wide_ambiguous);
	if (begin > 0)
		place.column += frame_put(pen->frame, place.line, place.column, room, place.ink,
					  place.tone, "..");
	place.column += match_put(pen->frame, &place, pen->end - place.column, text + begin,
				  strlen(text + begin), marks.buf + begin);
	pen->column = place.column;
	pen_rest(pen, place.ink, "");
	str_release(&marks);
}

static void put_post(struct picker *picker, struct pen *pen, const struct list_row *shown,
		     enum pane pane, int columns)
{
	const struct row *row = &shown->row;
	struct str text = STR_INIT;
	char time[16];

	clock_text(picker, row->time, false, time);
	pen_put(pen, 6, INK_DIM, time);
	pen_put(pen,
		columns >= 76	? 16
		: columns >= 52 ? 12
				: 8,
		INK_PLAIN, row->name ? row->name : row->handle);
	pen_put(pen, 1, INK_PLAIN, "");
	pen_put(pen, 2, network_inks[row->network], network_letters[row->network]);
	put_flags(picker, pen, row, columns >= 52 ? sizeof("rp?u|") - 1 : 2);
	if (shown->folded > 0)
		str_addf(&text, "[+%d] ", shown->folded);
	str_add(&text, row->text ? row->text : "");
	if (pane == PANE_CANDIDATES && picker->filter.query)
		put_found(picker, pen, row, text.buf);
	else
		pen_rest(pen, text_ink(row), text.buf);
	str_release(&text);
}

static void draw_candidate(struct picker *picker, struct pen *pen, const struct list_row *shown,
			   int columns)
{
	enum verdict verdict = shown->row.verdict;

	pen_put(pen, 2,
		verdict == VERDICT_CHOSEN    ? INK_CHOSEN
		: verdict == VERDICT_DROPPED ? INK_DROPPED
					     : INK_PLAIN,
		verdict == VERDICT_CHOSEN    ? "*"
		: verdict == VERDICT_DROPPED ? "x"
					     : "");
	put_post(picker, pen, shown, PANE_CANDIDATES, columns);
}

static void draw_heading(struct pen *pen, const struct row *row)
{
	struct str title = STR_INIT;

	str_addf(&title, "## %s%s%s", row->text ? row->text : "", row->speaker ? " / " : "",
		 row->speaker ? row->speaker : "");
	pen_rest(pen, INK_HEADING, title.buf);
	str_release(&title);
}

static void draw_item(struct picker *picker, struct pen *pen, const struct list_row *shown,
		      int columns)
{
	const struct row *row = &shown->row;
	const char *words = row->text && *row->text ? row->text : row->url;

	pen_put(pen, 1, INK_DIM, row->fixed ? "=" : "");
	if (row->kind == ITEM_HEADING) {
		draw_heading(pen, row);
		return;
	}
	pen_put(pen, 2, INK_DIM, row->joined ? " +" : "");
	if (row->kind == ITEM_POST) {
		put_post(picker, pen, shown, PANE_THREAD, columns);
		return;
	}
	pen_put(pen, 3, INK_DIM, row->kind == ITEM_NOTE ? "-- " : "=> ");
	if (row->kind == ITEM_LINK)
		pen_rest(pen, INK_LINK, words);
	else
		pen_rest(pen, row->style.colour ? colour_inks[row->style.colour] : INK_NOTE, words);
}

static enum tone tone_of(struct picker *picker, enum pane pane, size_t index)
{
	const struct list *list = &picker->lists[pane];
	size_t from = 0, to = 0;

	if (index == list->cursor)
		return pane == picker->pane ? TONE_CURSOR : TONE_RESTING;
	if (!picker->range || pane != picker->pane || !deed_rows(picker, &from, &to))
		return TONE_NONE;
	return index >= from && index < to ? TONE_RANGE : TONE_NONE;
}

static struct pen begin_line(struct picker *picker, struct frame *frame, enum pane pane,
			     size_t index, int line, const struct area *area)
{
	return (struct pen){ .frame = frame,
			     .line = line,
			     .column = area->column,
			     .end = area->column + area->columns,
			     .tone = tone_of(picker, pane, index) };
}

static void draw_crossposts(struct picker *picker, struct frame *frame, size_t index, int line,
			    const struct area *area)
{
	const struct list *list = &picker->lists[PANE_CANDIDATES];
	struct pen pen = begin_line(picker, frame, PANE_CANDIDATES, index, line, area);
	struct str text = STR_INIT;

	str_addf(&text, "+%d cross-post%s ", list->rows[index].also,
		 list->rows[index].also == 1 ? "" : "s");
	for (size_t i = 0; i < list->count; i++)
		if (i != index && list->rows[i].leader == index)
			str_addf(&text, " %s", network_letters[list->rows[i].row.network]);
	pen_put(&pen, 8, INK_PLAIN, "");
	pen_rest(&pen, INK_DIM, text.buf);
	str_release(&text);
}

static void draw_row(struct picker *picker, struct frame *frame, enum pane pane, size_t index,
		     int line, const struct area *area)
{
	const struct list *list = &picker->lists[pane];
	struct pen pen = begin_line(picker, frame, pane, index, line, area);

	pen_put(&pen, 1, INK_BOLD,
		index == list->cursor	 ? (pane == picker->pane ? ">" : "-")
		: pen.tone == TONE_RANGE ? ":"
					 : "");
	if (pane == PANE_CANDIDATES)
		draw_candidate(picker, &pen, &list->rows[index], area->columns);
	else
		draw_item(picker, &pen, &list->rows[index], area->columns);
}

static const char *nothing(const struct picker *picker, enum pane pane)
{
	const struct list *list = &picker->lists[pane];

	if (!list->sides[SIDE_ON].end || !list->sides[SIDE_BACK].end)
		return "  looking ...";
	if (pane == PANE_THREAD)
		return "  nothing is chosen yet";
	return picker->filter.query ? "  nothing was found: Esc shows all"
				    : "  nothing is here: Esc shows all";
}

static void draw_title(struct picker *picker, struct frame *frame, enum pane pane,
		       const struct area *area)
{
	bool own = pane == picker->pane, alone = frame->columns < LAYOUT_TWO_PANES;
	int end = area->column + area->columns, column = area->column;
	struct str title = STR_INIT, filter = STR_INIT;

	if (pane == PANE_CANDIDATES || alone)
		column += frame_put(frame, area->line, column, end - column,
				    pane == PANE_CANDIDATES && own ? INK_BAR : INK_DIM, TONE_NONE,
				    " candidates ");
	str_addf(&title, " thread %lld ", (long long)picker->totals.chosen);
	if (pane == PANE_THREAD || alone)
		column += frame_put(frame, area->line, column, end - column,
				    pane == PANE_THREAD && own ? INK_BAR : INK_DIM, TONE_NONE,
				    title.buf);
	if (pane == PANE_CANDIDATES) {
		filter_add_title(picker, &filter);
		frame_put(frame, area->line, column + 1, end - column - 2, INK_MATCH, TONE_NONE,
			  filter.buf);
	}
	str_release(&title);
	str_release(&filter);
}

void layout_pane(struct picker *picker, struct frame *frame, enum pane pane,
		 const struct area *area)
{
	struct list *list = &picker->lists[pane];
	int line = area->line + 1, end = area->line + area->lines;
	size_t index = list_settle(list, area->lines - 1);

	draw_title(picker, frame, pane, area);
	if (index == LIST_NOTHING)
		frame_put(frame, line, area->column, area->columns, INK_DIM, TONE_NONE,
			  nothing(picker, pane));
	for (; index != LIST_NOTHING && line < end; index = list_next(list, index, SIDE_ON)) {
		draw_row(picker, frame, pane, index, line++, area);
		if (list->rows[index].also > 0 && line < end)
			draw_crossposts(picker, frame, index, line++, area);
	}
}
