/*
 * The way from an answer's elements to posts that networks share: each element is made a post by
 * the network's own function, judged, kept or cut out of the evidence, and what stands inside of it
 * (the post that it quotes, or answers) comes along as a post of its own.
 */
#ifndef ARCHIVE_SOURCE_READING_H
#define ARCHIVE_SOURCE_READING_H

#include "archive/json/read.h"
#include "archive/model/page.h"
#include "archive/source/source.h"

#define READING_MAX_PARTS 4 /* posts inside of one element */

/* A post that stands inside of another one. */
struct reading_part {
	const struct jnode *node;
	const char *path; /* span_path() to it: "quote.quoted_status" */
	bool quoted;	  /* else it is what the post answers */
	bool refused;	  /* its author did not agree: it is not kept */
};

/* What a network knows of its elements. */
struct reading_ops {
	/* All of the post but what stands inside of it. */
	enum fate (*post)(const struct source *source, struct arena *arena,
			  const struct jnode *node, struct post *post);
	/* The posts inside of it, at most READING_MAX_PARTS; returns how many. */
	size_t (*parts)(const struct jnode *node, struct reading_part *parts);
	/* Does the post carry the tag? For a network whose search finds more than a tag: what does
	 * not carry page.tag is counted and cut out. NULL: all do. */
	bool (*carries)(const struct jnode *node, const char *tag);
	/* Notes where the element stands, in page.lowest and highest. NULL: its member "id", in
	 * the answer's order. */
	void (*place)(struct page *page, const struct jnode *node);
	/* Keys of what no function above reads, up to NULL (json/read.h). NULL: they read all. */
	const char *const *unread;
};

/* How the ids of neighbours compare by their bytes, somewhere on the page. */
struct reading_order {
	bool rises, falls;
};

struct reading {
	const struct reading_ops *ops;
	const struct source *source; /* NULL for a body of unknown origin */
	struct page *page;
	const char *bytes;	     /* of the whole answer, in which elements are cut */
	struct reading_order *order; /* NULL = nobody asks */
};

/* One element, which stands from from to to. A part that may not be kept
 * is emptied in the evidence ("{}" is left of it), and so are the parts of a part, which nobody
 * looks at. A null stands where something was cut out, and is passed over. */
void reading_element(const struct reading *reading, const struct jnode *node, size_t from,
		     size_t to);
/* The elements of the array at the path of keys in len bytes. false when the array breaks off
 * before its end. */
bool reading_array(const struct reading *reading, size_t len, const char *path);
/* A body that is one element or an array of them. ERR_MALFORMED when it breaks off. */
MUST_CHECK bool reading_body(const struct reading_ops *ops, const char *bytes, size_t len,
			     struct page *page, struct err *err);
/* The first byte that is not blank; 0 when there is none. */
char reading_first_byte(const char *bytes, size_t len);

#endif
