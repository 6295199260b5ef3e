/*
 * What the store knows of a post that is looked up again: where it was seen, and how it was when it
 * was read last.
 */
#ifndef ARCHIVE_STORE_KNOWN_H
#define ARCHIVE_STORE_KNOWN_H

#include "archive/base/arena.h"
#include "archive/store/store.h"

struct known_post {
	int64_t id;
	char short_id[9];
	enum network network;
	const char *uri, *url;
	const char *host;	/* the server it lives on */
	const char *network_id; /* at the source; NULL = not known */
	const char *source;	/* that read it last, by its name; NULL: it came from a file */
	const char *conversation;
	int64_t gone, edited;
	bool optout;
	const char *html, *spoiler;
};

/* By its id; strings are the arena's. ERR_NOT_FOUND. */
MUST_CHECK bool known_load(struct store *store, int64_t id, struct arena *arena,
			   struct known_post *out, struct err *err);
/* The chosen posts of a thread, in its order. */
MUST_CHECK bool known_of_thread(struct store *store, int64_t thread, struct arena *arena,
				struct known_post **out, size_t *count, struct err *err);
/* The posts with answers, or that are answers, that this source showed for the tag since then,
 * oldest first. */
MUST_CHECK bool known_with_answers(struct store *store, const char *source, const char *tag,
				   int64_t since, struct arena *arena, struct known_post **out,
				   size_t *count, struct err *err);
/* It was not there any more at this time (UTC ms). What comes back is unmarked when it is stored
 * again. */
MUST_CHECK bool known_mark_gone(struct store *store, int64_t id, int64_t when, struct err *err);

#endif
