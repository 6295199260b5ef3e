/*
 * What a screen shows of a thread and its candidates: a window of light rows at a time, found by
 * key, never by counting. Nothing here looks at more rows than it was allowed to: where a filter
 * lets few through, a read ends early and says how far it came, and the caller goes on when nobody
 * is waiting. Reads only. All strings are the arena's.
 */
#ifndef ARCHIVE_STORE_VIEW_H
#define ARCHIVE_STORE_VIEW_H

#include "archive/base/arena.h"
#include "archive/model/thread.h"
#include "archive/store/store.h"

enum verdict { VERDICT_NONE, VERDICT_CHOSEN, VERDICT_DROPPED };

/* A candidate or an item, as far as one line of a list needs it. */
struct row {
	int64_t post;	  /* 0 = a heading, note or link */
	int64_t item;	  /* 0 = no item (yet) */
	int64_t position; /* of the item: its order in the thread */
	enum item_kind kind;
	enum verdict verdict;
	int64_t time; /* of the post; of a heading: starts */
	enum network network;
	int64_t author;			     /* the author's row in the store; 0 = none */
	const char *name, *handle, *profile; /* of the author; NULL allowed */
	const char *url;		     /* the post's page; of a heading or link its url */
	const char *text; /* one line, at most VIEW_TEXT_MAX bytes of it: the post's text (its
			     content warning in front), a title, a note, a label */
	const char *key, *speaker; /* of a heading */
	const char
		*conversation; /* what groups a post with its answers: the root's uri, the network's
				  conversation, or its own uri; never NULL for a post */
	int64_t likes, reposts; /* -1 = not told */
	int media;		/* pictures and films */
	bool reply, unlisted, fixed, joined;
	bool gone; /* at its source, or its author opted out: an item that no export shows */
	bool cut;  /* text is a beginning */
	struct item_style style;
};
#define VIEW_TEXT_MAX 512

struct view_filter {
	int network;	/* enum network, -1 = any */
	int64_t author; /* row in the store, 0 = any */
	bool media;	/* only with pictures or films */
	bool undecided; /* neither chosen nor dropped; else the dropped are not shown either */
	bool dropped;	/* only the dropped */
	bool questions; /* only with a question mark of any script in their text */
	int64_t likes;	/* at least so many; 0 = any */
	const struct search_query *query; /* NULL = any; its order is not looked at */
};

struct view_span {
	int64_t from;  /* the first id (of a post) or position (of an item) that may be given */
	bool back;     /* from there downwards, else upwards */
	size_t limit;  /* rows at most */
	size_t budget; /* rows looked at at most, about; 0 = limit * 64 */
};

struct view_page {
	struct row *rows; /* always in ascending order, also of a span that goes back */
	size_t count;
	int64_t reached; /* where to go on: the from of the next span in the same direction */
	bool end;	 /* there is nothing beyond; false only says that nobody looked so far */
};

/* Of the thread's candidates (design section 5): its chosen posts among them, whatever their tag
 * and time, gone ones, too; so are the dropped when they are asked for. Errors as of
 * store_posts(). */
MUST_CHECK bool view_candidates(struct store *store, const struct thread *thread,
				const struct view_filter *filter, const struct view_span *span,
				struct arena *arena, struct view_page *out, struct err *err);
/* Of its items; a joined post is a row by itself. */
MUST_CHECK bool view_items(struct store *store, int64_t thread, const struct view_span *span,
			   struct arena *arena, struct view_page *out, struct err *err);
/* One row again, after a step changed it: of the post (and its item in the thread, if any). false
 * with ERR_NOT_FOUND when it is no more. */
MUST_CHECK bool view_post_row(struct store *store, int64_t thread, int64_t post,
			      struct arena *arena, struct row *out, struct err *err);
/* The heading that an item at the position stands under (itself, when it is one), and its number;
 * 0 when it stands under none. */
MUST_CHECK bool view_section(struct store *store, int64_t thread, int64_t position,
			     struct arena *arena, struct row *out, int64_t *number,
			     struct err *err);
/* All headings, in order. */
MUST_CHECK bool view_headings(struct store *store, int64_t thread, struct arena *arena,
			      struct row **rows, size_t *count, struct err *err);

/* A whole post for the preview, with what it quotes when that is stored (quote->id 0 when not), the
 * short id of what it answers ("" when that is not stored), and the pages that its text links to,
 * VIEW_LINKS_MAX at most. */
#define VIEW_LINKS_MAX 32
struct view_detail {
	struct post post, quote;
	char answers[9];
	const char *answers_name; /* the author of what it answers; NULL = not known */
	const char *const *links;
	size_t link_count;
};
MUST_CHECK bool view_detail(struct store *store, int64_t post, struct arena *arena,
			    struct view_detail *out, struct err *err);

/* The times (UTC ms) of the earliest and the latest post of its tags and window, whatever became of
 * them; 0 and 0 when there is none. */
MUST_CHECK bool view_range(struct store *store, const struct thread *thread, int64_t *first,
			   int64_t *last, struct err *err);
/* Such posts in [since, until), counted by index; at most cap. */
MUST_CHECK bool view_count(struct store *store, const struct thread *thread, int64_t since,
			   int64_t until, int64_t cap, int64_t *count, struct err *err);
struct view_totals {
	int64_t chosen, dropped; /* posts */
};
MUST_CHECK bool view_totals(struct store *store, int64_t thread, struct view_totals *out,
			    struct err *err);
/* A number that changes whenever another connection has written (PRAGMA data_version). */
MUST_CHECK bool view_version(struct store *store, int64_t *version, struct err *err);

#endif
