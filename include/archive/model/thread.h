/*
 * A thread: chosen posts, headings, notes and links in an order, with what the export needs to
 * know. Values. What gives the items one by one is an iterator that the store implements, so that
 * an export never holds a whole thread.
 */
#ifndef ARCHIVE_MODEL_THREAD_H
#define ARCHIVE_MODEL_THREAD_H

#include "archive/base/str.h"
#include "archive/model/post.h"

#define SLUG_MAX_BYTES 64

struct thread {
	int64_t id;
	const char *slug;
	const char *title;    /* text */
	const char *lang;     /* "ja", "en": language of the fragment's own words */
	const char *zone;     /* IANA name */
	int64_t since, until; /* the window of its candidates, 0 = open */
	int64_t lag;	      /* ms: posts of a talk come so much later than the timetable says */
	const char *const *tags; /* folded */
	size_t tag_count;
	const char *curator;	 /* text: by whom it was put together, NULL = not told */
	const char *description; /* text, lines: what it is about, NULL = not told */
};

enum item_kind { ITEM_POST, ITEM_HEADING, ITEM_NOTE, ITEM_LINK };
const char *item_kind_name(enum item_kind kind);
bool item_kind_parse(const char *name, enum item_kind *out);

enum emphasis { EMPHASIS_NORMAL, EMPHASIS_LARGE, EMPHASIS_SMALL, EMPHASIS_COUNT };
enum colour {
	COLOUR_NONE,
	COLOUR_RED,
	COLOUR_ORANGE,
	COLOUR_GREEN,
	COLOUR_BLUE,
	COLOUR_PURPLE,
	COLOUR_GREY,
	COLOUR_COUNT
};

struct item_style {
	enum emphasis emphasis;
	enum colour colour;
};

/* Adds "large red", "small", "" for a plain one: as stored and as typed. */
void item_style_add(struct str *out, const struct item_style *style);
/* Words in any order, each kind once; NULL and "" are plain. false when a word is none. */
bool item_style_parse(const char *words, struct item_style *out);

/* What a post answers, as far as a thread may name it. */
struct answered {
	const char *name, *handle; /* of its author; NULL allowed */
	const char *url;	   /* its page */
	char short_id[9];
	bool shown; /* an item of the thread itself: it has an element of its own in an export */
};

struct item {
	int64_t id;
	enum item_kind kind;
	/* of a heading: stays when it moves or is renamed */
	const char *key;
	/* a heading's title; a note (lines); the label of a link; of a post the curator's words for
	 * its pictures that have none: line n for picture n */
	const char *text;
	const char *url;     /* of a link; of a heading its slides */
	const char *speaker; /* of a heading */
	const char *label;   /* of a heading: the text of its url */
	int64_t starts;	     /* of a heading: when its talk began by the timetable, 0 = not told */
	struct item_style style; /* of a post or note */
	bool fixed;		 /* moved by hand: no timetable moves it */
	bool joined; /* a cross-post of the post item above it: shown on the same card */
	const struct post *post;	/* of a post; NULL otherwise */
	const struct post *quote;	/* the quoted post when it is stored and may be shown */
	const struct answered *answers; /* the same of what the post answers */
	/* the posts joined to it: the iterator gives them only so */
	const struct post *const *also;
	size_t also_count;
};

/* Hands out items in order; the item and all it points to hold until the next call.
 * 1 = an item, 0 = the end, -1 = failed. */
struct item_iter {
	int (*next)(struct item_iter *iter, struct item *out, struct err *err);
	void *state;
};

/* Somebody whose posts a thread shows. */
struct person {
	const char *name, *handle, *url; /* NULL allowed */
	int64_t posts;
	const char *avatar; /* its address; NULL = none */
};

/* Hands out people in the order of their first posts in the thread, as item_iter does items. */
struct people_iter {
	int (*next)(struct people_iter *iter, struct person *out, struct err *err);
	void *state;
};

/* A slug is letters and digits of any script, NFKC lower-case, single '-' between, at most
 * SLUG_MAX_BYTES. Folds what was typed; ERR_USAGE when it cannot become one. */
MUST_CHECK bool slug_fold(struct str *out, const char *typed, struct err *err);

#endif
