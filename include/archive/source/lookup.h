/*
 * Looking up single posts by their ids, and what hangs on a post: one table of pure functions a
 * network, beside the one that walks a hashtag (source.h). An id is the one that the asked server
 * gives: a number, a word, on Bluesky the at-uri. What is read goes into a page like any other;
 * beside it stands what became of each id.
 */
#ifndef ARCHIVE_SOURCE_LOOKUP_H
#define ARCHIVE_SOURCE_LOOKUP_H

#include "archive/http/message.h"
#include "archive/model/page.h"
#include "archive/source/source.h"

#define LOOKUP_MAX_IDS 100 /* of any request */

enum lookup_state {
	LOOKUP_NOT_TOLD,  /* the answer says nothing of it, or could not be read */
	LOOKUP_FOUND,	  /* it is in the page */
	LOOKUP_OPTED_OUT, /* the author asked not to be archived; its address is in the page */
	LOOKUP_GONE,	  /* deleted, or never there */
	LOOKUP_HIDDEN,	  /* there, but not public */
	LOOKUP_REFUSED,	  /* whoever asks is not shown it */
};

struct lookup_hit {
	enum lookup_state state;
	const char *uri;   /* of one that is in the page, or that was left out of it; the page's
			      arena */
	const char *newer; /* the id of a newer version of it, to be asked for instead; NULL */
};

struct jnode;

struct lookup_ask {
	const char *const *ids;
	size_t count; /* 1 to the network's most */
};

/* Where the reading of a conversation stands. */
struct conversation {
	const char *id;	   /* of a post in it */
	const char *root;  /* what the network calls the conversation; NULL = not told */
	int step;	   /* 0 to the network's steps, exclusive */
	const char *token; /* page of this step; NULL = the first */
	int page_size;	   /* 0 = the network's maximum */
};

struct lookup_ops {
	size_t most; /* ids a request */
	bool (*request)(const struct source *source, const struct lookup_ask *ask,
			struct http_request *out, struct err *err);
	/* hits has a zeroed element for each id. ERR_NOT_FOUND: this server does not know such a
	 * request; several ids may be asked one by one then. Otherwise as source_ops.parse(). */
	bool (*parse)(const struct source *source, const struct lookup_ask *ask,
		      const struct http_answer *answer, struct lookup_hit *hits, struct page *out,
		      struct err *err);

	/* Who the owner of a handle is, where ids are made of that; NULL: they are not. The answer
	 * is an object with the member "did". */
	void (*resolve)(const struct source *source, const char *handle, struct http_request *out);

	int steps;     /* requests that a conversation takes at least */
	bool by_level; /* a step gives the answers to one post alone: those that have answers
			  themselves are asked for theirs, with the last step */
	bool (*conversation)(const struct source *source, const struct conversation *what,
			     struct http_request *out, struct err *err);
	/* page->next is the token of the same step's next page. A conversation that is not there
	 * is an empty page. */
	bool (*parse_conversation)(const struct source *source, const struct conversation *what,
				   const struct http_answer *answer, struct page *out,
				   struct err *err);
};

extern const struct lookup_ops lookup_mastodon, lookup_misskey, lookup_bluesky, lookup_x;

/* How an element of an answer is called. */
struct lookup_names {
	const char *id;
	const char *uri;   /* that of the post it becomes; NULL = not told */
	const char *newer; /* as in the hit */
};

typedef void lookup_names_fn(const struct source *source, struct arena *arena,
			     const struct jnode *node, struct lookup_names *out);

/* What became of each id, by the elements of the array at that path of the body (jelements_begin):
 * those that are in the page were found, those that are not may not be kept. Ids without an element
 * stay as they are. */
void lookup_mark(const struct source *source, const struct lookup_ask *ask, const char *bytes,
		 size_t len, const char *path, lookup_names_fn *names, struct lookup_hit *hits,
		 struct page *page);
/* The same of one element. */
void lookup_mark_one(const struct lookup_ask *ask, const struct lookup_names *names,
		     struct lookup_hit *hits, const struct page *page);

#endif
