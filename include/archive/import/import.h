/*
 * Files of every kind that people have, told apart by content and read in flat memory. A reader is
 * pure: a stream in, what was found out, to a client that keeps it. No reader knows the store, the
 * clock or another file.
 *
 * The evidence of a post, as a reader hands it out, is such that the same reader makes the same
 * post of it again: that is how a store is rebuilt (collect/rebuild.h) and how what is forgotten is
 * found.
 */
#ifndef ARCHIVE_IMPORT_IMPORT_H
#define ARCHIVE_IMPORT_IMPORT_H

#include <stdio.h>

#include "archive/model/page.h"
#include "archive/model/picture.h"
#include "archive/model/thread.h"

enum import_form {
	IMPORT_ANSWERS,		 /* JSON: API answers of the four networks, twarc, X v1.1 */
	IMPORT_X_ARCHIVE,	 /* one's own archive of X: zip or folder */
	IMPORT_MASTODON_ARCHIVE, /* one's own archive of Mastodon: zip, tar.gz or folder */
	IMPORT_THREAD,		 /* our own json export */
	IMPORT_FEED,		 /* RSS, Atom */
	IMPORT_MATOME,		 /* a saved page of Togetter, min.t, posfie, Twilog */
	IMPORT_BLOG,		 /* HTML or Markdown that holds embedded posts, or lost them */
	IMPORT_TEXT,		 /* anything with addresses of posts in it */
	IMPORT_STORE,		 /* another store: archive merge takes it in */
	IMPORT_NOTHING,		 /* empty, or nothing that is known */
	IMPORT_FORM_COUNT
};

/* "answers", "x-archive", "mastodon-archive", "thread", "feed", "matome", "blog", "text", "store":
 * as kept and printed in JSON. */
const char *import_form_name(enum import_form form);
bool import_form_parse(const char *name, enum import_form *out);

/* Called for every stretch that was read. The page's posts are ready to store: network, place
 * (where in the file) and, from a page that showed them, taken are set. bytes is the evidence.
 * false stops the import with that error. */
typedef bool import_page_fn(void *owner, struct page *page, const char *bytes, size_t len,
			    struct err *err);

/* A part of a saved thread. */
struct found_item {
	enum item_kind kind;
	const char *post; /* of a post: its uri or address; it was handed out before, or is not in
			     the file */
	const char *text, *url, *speaker, *label, *key; /* as in struct item */
	int64_t starts;
	struct item_style style;
	bool joined, fixed;
};

/* A saved thread, or one page of it. Strings hold during the call. */
struct found_thread {
	const char *origin; /* the address of its first page, by which its parts are put together;
			       NULL = not told */
	int part;	    /* of a thread of several pages, from 1 */
	const char *slug;   /* NULL = made of the title or the origin */
	const char *title, *description, *curator, *lang, *zone; /* NULL = not told */
	int64_t since, until, lag;
	const char *const *tags;
	size_t tag_count;
	const struct found_item *items;
	size_t item_count;
};

/* Something in a file that leads on. */
enum mention_kind {
	MENTION_POST,	/* the address of a post whose content the file does not hold */
	MENTION_THREAD, /* the address of a thread at a service (Togetter and so on) */
	MENTION_EMPTY,	/* a heading of a thread under which nothing is left; text is the heading */
};
struct mention {
	enum mention_kind kind;
	const char *url;   /* NULL for MENTION_EMPTY */
	const char *text;  /* NULL allowed */
	const char *place; /* "line 40" */
};

struct container;

/* A picture that lies in an archive: of a post that was handed out and is left in its page, or of
 * who wrote it. Strings hold during the call. */
struct found_picture {
	const char *url;    /* as the post, or the author, gives it */
	const char *post;   /* uri of the post that shows it; NULL = it is a portrait */
	const char *author; /* uri of whose portrait it is; else NULL */
	const char *place;  /* where in the archive: "data/tweets_media/12-a.jpg" */
	enum picture_size size;
	FILE *in; /* for import_picture_read(), as the container */
	struct container *container;
};

/* Reads it, once: replaces what bytes holds and says what they are. What is not kept is
 * ERR_MALFORMED with a sentence that goes on behind its place: damaged, too large, no picture. */
MUST_CHECK bool import_picture_read(const struct found_picture *found, struct str *bytes,
				    struct picture *out, struct err *err);

/* Whom an import works for. */
struct import_client {
	import_page_fn *take;
	bool (*thread)(void *owner, const struct found_thread *thread, struct err *err);
	bool (*mention)(void *owner, const struct mention *mention, struct err *err);
	/* Called behind all posts, for those that take() left in their pages; NULL = pictures stay
	 * in the archive */
	bool (*picture)(void *owner, const struct found_picture *picture, struct err *err);
	page_judge_fn *judge; /* what is known against a post; NULL = nothing */
	/* The posts of a page are about to be judged, or have been; NULL = nobody wants to know */
	void (*judging)(void *owner, bool begins);
	void *owner; /* of all */
};

struct import_report {
	size_t elements, posts, dropped, malformed;
	size_t reposts;	 /* others' posts that were passed on: left out */
	size_t unknown;	 /* values that are no network's */
	size_t unwanted; /* left out because they were not asked for */
	/* the first place that was not understood, or where the file is damaged; "" = none */
	char bad_place[96];
};

/* Reads a stream to its end; it can be read once only. name is for sentences, now is when it is
 * read. ERR_MALFORMED when nothing in it could be read, naming the first place that was not
 * understood; when part of it could, that is told by the report alone. */
typedef bool import_read_fn(FILE *in, const char *name, int64_t now,
			    const struct import_client *client, struct import_report *report,
			    struct err *err);

/* The reader of a single stream; NULL for archives (archives.h) and stores. */
import_read_fn *import_reader(enum import_form form);
/* The reader that makes the same posts again of evidence that was kept of a file of that form. */
import_read_fn *import_evidence_reader(enum import_form form);

#endif
