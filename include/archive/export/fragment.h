/*
 * A thread as an HTML fragment that passes WordPress, Hugo and other engines unharmed (the
 * contract: design section 6). The bytes are a function of the thread and its posts and of
 * nothing else. Posts come from an iterator and are written one by one: memory does not grow
 * with the thread.
 */
#ifndef ARCHIVE_EXPORT_FRAGMENT_H
#define ARCHIVE_EXPORT_FRAGMENT_H

#include <stdio.h>

#include "archive/export/activity.h"
#include "archive/model/picture.h"
#include "archive/model/thread.h"

enum fragment_style {
	STYLE_INLINE, /* theme-neutral style attributes: for a blog */
	STYLE_CLASS,  /* classes alone: for a page that brings the style sheet */
};

/* What becomes of pictures. What is not kept is a link in every way but MEDIA_NONE. */
enum media_way {
	MEDIA_LINK,   /* a link that carries its description: nothing is shown */
	MEDIA_FILES,  /* shown: an <img> of the file of its name behind media_base */
	MEDIA_INSIDE, /* shown out of the document itself; of a page alone */
	MEDIA_NONE,   /* the description alone: neither shown nor linked */
};

/* What the head and the foot say; counted by the caller. */
struct fragment_facts {
	int64_t posts, authors;
	int64_t candidates;  /* said only with counts; 0 = not told */
	int64_t first, last; /* times of the shown posts, 0 = none */
	int64_t collected;   /* UTC ms of the newest reading; only its date is printed */
	bool networks[NETWORK_COUNT];
	struct activity activity;
};

#define LEVEL_LEAST 1 /* of a title: a page of its own */
#define LEVEL_MOST  5 /* the headings of sections stand one below */

struct fragment_options {
	enum fragment_style style;
	int heading_level;	    /* of the title, LEVEL_LEAST to LEVEL_MOST; 0 = 3 */
	bool counts;		    /* likes, reposts, and of how many posts these were chosen */
	struct people_iter *people; /* who is quoted, listed at the end; NULL = no list */
	/* The title of the one section that is written: under a heading of the page itself, so that
	 * it has none of its own. NULL = the whole thread. */
	const char *section;
	enum media_way media;
	const struct picture_shelf *shelf; /* NULL = none is kept */
	/* Stands in front of a picture's name in its address: "", "SLUG.media/", "/SLUG.media/",
	 * "https://media.example/". NULL = "". pictures_base_is_good() */
	const char *media_base;
	bool avatars; /* kept ones, beside the names */
	/* Told the name of a kept picture whenever one is shown by its file; NULL = nobody asks. */
	void (*used)(void *owner, const char *name);
	void *used_owner;
};

MUST_CHECK bool fragment_write(FILE *out, const struct thread *thread,
			       const struct fragment_facts *facts, struct item_iter *items,
			       const struct fragment_options *opts, struct err *err);

#endif
