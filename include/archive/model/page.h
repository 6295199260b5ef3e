/*
 * What one answer of a network, or one stretch of a file, gave: posts, and where to go on. A page
 * owns its arena; all of it dies at once.
 */
#ifndef ARCHIVE_MODEL_PAGE_H
#define ARCHIVE_MODEL_PAGE_H

#include "archive/base/arena.h"
#include "archive/model/post.h"

/* Elements that are read of one answer: a hundred times what the networks are asked for. */
#define PAGE_MAX_ELEMENTS 10000

/* What becomes of an element of an answer. */
enum fate {
	FATE_KEPT,
	FATE_OPTED_OUT, /* uri and time alone are kept */
	FATE_DROPPED,	/* not public, a repost, or not wanted any more: cut out of the evidence */
	FATE_MALFORMED,
};

/* What is known against a post that could be kept: FATE_KEPT, FATE_OPTED_OUT or FATE_DROPPED. */
typedef enum fate page_judge_fn(void *owner, const struct post *post);

/* A stretch of the answer's body that held something that may not be kept. */
struct page_cut {
	size_t from, to; /* bytes, to exclusive */
};

struct page {
	struct arena arena;
	struct post *posts; /* may be stored; in the answer's order; context posts too */
	/* Where the element stood that the post is of: bytes of the answer, 0 to 0 = not told. */
	struct page_cut *origins;
	size_t count, room;
	struct page_cut element; /* the adapter's: that is being read */
	struct page_cut *cuts;	 /* ascending, not overlapping */
	size_t cut_count, cut_room;
	size_t dropped;	     /* not public: left out */
	size_t reposts;	     /* of those: others' posts that were passed on, in a file */
	size_t malformed;    /* elements that could not be read: left out */
	size_t unwanted;     /* without the tag that was asked for: left out, cut out */
	size_t matched;	     /* elements the answer held, whatever became of them */
	const char *lowest;  /* id of the oldest element, dropped ones too; NULL when empty */
	const char *highest; /* id of the newest */
	int64_t oldest;	     /* time of the oldest element that has one, 0 = none */
	int64_t newest;
	const char *next;   /* page token of the next request; NULL when the network has none */
	bool last;	    /* the server says that nothing older follows */
	int64_t remaining;  /* requests left within the server's limit; -1 = not told */
	int64_t wait_until; /* not before this time (UTC ms), 0 = at once */
	int64_t limit_ends; /* when that limit begins anew (UTC ms); 0 = not told */
	size_t billed_posts, billed_authors; /* counted by a network that sells by the piece */
	const char *reaches_to; /* nothing was read: the server can be asked for what is above this
				   id, not for all that was wanted, and oldest is its time; NULL =
				   otherwise */
	bool climbed;		/* the answer to a climbing position has the shape of one */
	const char *tag;      /* the caller's: the folded tag that was asked for, where a network's
				 search finds more than it; NULL = all is wanted */
	page_judge_fn *judge; /* the caller's, asked by adapters; NULL = all is wanted */
	void *judge_owner;
};

#define PAGE_INIT               \
	{                       \
		.remaining = -1 \
	}

void page_release(struct page *page);
/* Empty for the next answer; the tag and the judge stay. */
void page_clear(struct page *page);
/* A zeroed post at the end, counts at -1; valid until the next call. */
struct post *page_add(struct page *page);
/* More than PAGE_MAX_ELEMENTS: nothing more is to be read. */
bool page_is_overfull(const struct page *page);
void page_add_cut(struct page *page, size_t from, size_t to);

#endif
