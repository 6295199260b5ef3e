/*
 * What the picker knows between two presses, and what its files do for each other. This room's own
 * header, for no other room.
 */
#ifndef ARCHIVE_PICKER_STATE_H
#define ARCHIVE_PICKER_STATE_H

#include "archive/picker/list.h"
#include "archive/picker/picker.h"
#include "archive/picker/prompt.h"
#include "archive/store/ops.h"

enum pane { PANE_CANDIDATES, PANE_THREAD, PANE_COUNT };

enum mode {
	MODE_LISTS,
	MODE_PROMPT,
	MODE_FILTER, /* a letter says which */
	MODE_COLOUR,
	MODE_AUTHOR, /* all by one author: what becomes of them */
	MODE_HELP,
	MODE_PREVIEW,
};

enum asking { ASK_SEARCH, ASK_HEADING, ASK_NOTE, ASK_LINK };

#define HISTOGRAM_BUCKETS 240

/* Candidates over the evening. Counted bucket by bucket when nobody is waiting; what is shown
 * meanwhile is the count before. */
struct histogram {
	int64_t since, until; /* of what is shown; equal: nothing to show */
	int64_t counts[HISTOGRAM_BUCKETS];
	int64_t total; /* -1 = not counted yet */
	bool more;     /* there are more than were counted */
	struct {
		int64_t since, until, total;
		int64_t counts[HISTOGRAM_BUCKETS];
		int at; /* the bucket to count next; HISTOGRAM_BUCKETS = all done */
		bool more;
		bool again; /* the store changed meanwhile: counted anew afterwards */
	} next;
};

struct fold {
	char *conversation; /* NULL: the post's cross-posts are shown by themselves */
	int64_t post;	    /* that stands for it */
};

/* The candidates of one author, found bit by bit. */
struct author_job {
	int64_t author;
	struct str name;
	int64_t *posts;
	size_t count, room;
	int64_t reached;
	bool end;
};

struct picker {
	struct store *store;
	struct arena arena; /* of the thread */
	struct thread thread;
	char zone[64]; /* the user's */
	bool wide_ambiguous;

	enum mode mode;
	enum pane pane;
	struct list lists[PANE_COUNT];
	int64_t range; /* where it begins: a post or an item, by the pane; 0 = none */

	struct view_filter filter; /* query: the one below */
	struct str words;	   /* as they were typed */
	struct search_query query;
	struct arena query_arena;
	bool open_end; /* their last '*' is ours */
	char *author;  /* name of the filter's */
	struct fold *folds;
	size_t fold_count;

	enum asking asking;
	struct prompt prompt;
	struct str former;  /* words of the search before */
	struct item edited; /* what a prompt or the editor edits; id 0 = something new */
	struct arena edited_arena;
	struct author_job job;

	struct arena headings_arena;
	struct row *headings;
	size_t heading_count;
	int64_t *starts; /* of the talks, ascending; in the headings' arena */
	size_t start_count;
	struct view_totals totals;
	struct histogram histogram;
	int64_t known; /* candidates when the list was last read; -1 = not counted yet */
	int64_t fresh; /* that came since */

	struct arena detail_arena;
	int64_t detail_post; /* 0 = none */
	struct view_detail detail;

	int64_t version, looked; /* of the store, and when it was looked at */
	size_t stale;		 /* candidates whose verdicts are to be read again */
	size_t stale_of;	 /* of so many */
	bool unread;		 /* the candidates could not be read: tried again when idle */

	struct str message;
	bool warning;
	struct str wanted; /* a want's text */

	int columns, lines; /* as last drawn */
	struct {
		int line, column, columns, lines;
	} places[PANE_COUNT], chart;
	int read_top, read_lines, read_height; /* help and preview */
};

/* ---- picker.c ---- */
void picker_tell(struct picker *picker, bool warning, const char *format, ...) PRINTF_LIKE(3, 4);
/* The sentence of err; empties it. */
void picker_fail(struct picker *picker, struct err *err);
/* After any change of the thread: items, headings and counts as they are now, the cursor of the
 * thread on that item (0 = where it was). */
void picker_read_thread(struct picker *picker, int64_t item);
/* The list at the cursor's pane. */
struct list *picker_list(struct picker *picker);
/* The row that a key acts on; NULL when there is none. */
struct list_row *picker_row(struct picker *picker);
/* Rows of an own heading or post as an item; NULL when it is none. */
void picker_read_detail(struct picker *picker);
/* The thread's zone, or the user's. */
const char *picker_zone(const struct picker *picker);

/* ---- command.c ---- */
typedef void command_fn(struct picker *picker, struct want *want);
void command_run(struct picker *picker, enum command command, struct want *want);

/* ---- candidates.c, items.c: the two lists ---- */
list_read_fn candidates_read, items_read;
/* The rows of these posts, as they are now. */
void candidates_refresh(struct picker *picker, const int64_t *posts, size_t count);
/* Of those on the screen at once, of the others when idle. */
void candidates_refresh_all(struct picker *picker);
bool candidates_idle(struct picker *picker, bool *changed);
/* Anew around the cursor, or around a key. */
void candidates_reload(struct picker *picker);
void candidates_seek(struct picker *picker, int64_t key);
void items_reload(struct picker *picker, int64_t item);
void items_seek(struct picker *picker, int64_t key);
/* Rows around the cursor are there, as far as one go reads. */
void list_fill(struct picker *picker, enum pane pane);

/* ---- fold.c ---- */
/* Which candidates stand for which others; called whenever rows came or went. */
void fold_update(struct picker *picker);
void fold_toggle(struct picker *picker, struct want *want);
void fold_release(struct picker *picker);

/* ---- motion.c ---- */
command_fn motion_down, motion_up, motion_half_down, motion_half_up, motion_page_down,
	motion_page_up, motion_top, motion_end, motion_section, motion_other_pane, motion_left_pane,
	motion_right_pane, motion_wheel_down, motion_wheel_up, motion_range, motion_peak_back,
	motion_peak_next;
void motion_click(struct picker *picker, const struct press *press);

/* ---- deed.c ---- */
struct deeds {
	struct op *ops;
	size_t count, room;
};
void deeds_release(struct deeds *deeds);
struct op *deeds_add(struct deeds *deeds, enum op_kind kind);
/* Does them; false when it failed (and was said) or changed nothing. */
bool deeds_do(struct picker *picker, const char *name, const struct deeds *deeds, int64_t *item);
/* The rows that a key acts on: of the range, else at the cursor. from and to: indexes, to
 * exclusive; false when there are none. */
bool deed_rows(struct picker *picker, size_t *from, size_t *to);
void deed_end_range(struct picker *picker);
/* 0 when it is in the thread no more. */
int64_t deed_item_of(struct picker *picker, int64_t post);
command_fn deed_choose, deed_drop, deed_undecide, deed_undo, deed_redo;

/* ---- author.c ---- */
command_fn author_begin, author_choose, author_drop, author_undecide, author_leave;
/* true: there is more to find. */
bool author_idle(struct picker *picker);
void author_release(struct picker *picker);

/* ---- order.c ---- */
command_fn order_down, order_up, order_push_back, order_push_next, order_sort, order_larger,
	order_smaller;
void order_colour(struct picker *picker, enum colour colour);

/* ---- write.c: headings, notes, links ---- */
command_fn write_heading, write_note, write_link, write_edit;
/* What was typed into a prompt. */
void write_accept(struct picker *picker);
void write_edited(struct picker *picker, const char *text);

/* ---- filter.c: filters and search ---- */
command_fn filter_search;
void filter_key(struct picker *picker, enum command command);
void filter_typed(struct picker *picker);
void filter_accept(struct picker *picker);
void filter_leave_search(struct picker *picker);
/* Esc in the lists: the search, else the filter; false when there is neither. */
bool filter_leave(struct picker *picker);
/* "M, questions, /words": what is shown of the candidates; nothing when all of them are. */
void filter_add_title(const struct picker *picker, struct str *out);
bool filter_passes(const struct picker *picker, const struct row *row);

/* ---- match.c: what search_highlight() marks, on the screen ---- */
/* The byte from which on a text is shown, so that the first match can be seen in so many
 * columns; 0 when it can from the beginning on, and where nothing is marked. */
size_t match_begin(const char *text, const char *marks, int columns, bool wide_ambiguous);
/* frame_put() in the place's ink, what is marked in INK_MATCH. */
int match_put(struct frame *frame, const struct piece *place, int max, const char *text, size_t len,
	      const char *marks);

/* ---- histogram.c ---- */
void histogram_begin(struct picker *picker);
/* true: there is more to count. changed: what is shown is another. */
bool histogram_idle(struct picker *picker, bool *changed);
/* The time of the peak before or behind this one; 0 = none. */
int64_t histogram_peak(const struct histogram *histogram, int64_t from, enum list_side side);

/* ---- layout ---- */
#define LAYOUT_MIN_COLUMNS 40
#define LAYOUT_MIN_LINES   12
#define LAYOUT_TWO_PANES   100

struct area {
	int line, column, columns, lines;
};
void layout_head(struct picker *picker, struct frame *frame, int lines);
void layout_pane(struct picker *picker, struct frame *frame, enum pane pane,
		 const struct area *area);
/* The lines at the foot of the screen, from that one on: a message, a prompt, or the keys. */
#define LAYOUT_FOOT_MOST 4
int layout_foot_lines(struct picker *picker, int columns);
void layout_foot(struct picker *picker, struct frame *frame, int line);
/* Lines of text, wrapped: of the preview or the help, from top on; gives how many there are. */
int preview_draw(struct picker *picker, struct frame *frame, const struct area *area, int top);
int help_draw(struct picker *picker, struct frame *frame, const struct area *area, int top);
/* One line at a time of text that is wrapped to columns: the bytes it takes; 0 at the end. */
size_t wrap_next(const char *text, int columns, bool wide_ambiguous);
/* "19:03" or "19:03:41", in the picker's zone; as many spaces for no time. */
void clock_text(const struct picker *picker, int64_t time, bool seconds, char out[16]);

#endif
