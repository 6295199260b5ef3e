/*
 * Has the pictures of posts: what is wanted and not kept, several at once, each from the address
 * that its network serves in the size asked for. What was had is stored at once, so that a run may
 * be cut off anywhere and the next one asks for the rest alone. The type is told by the bytes. What
 * could not be had is noted with a sentence: where asking again would not help (it is gone, it is
 * no picture, it leads into a private network) it is left alone for PICTURES_REST_MS. A server that
 * answers nothing several times in a row is not asked any more in the same run. Prints nothing.
 */
#ifndef ARCHIVE_COLLECT_PICTURES_H
#define ARCHIVE_COLLECT_PICTURES_H

#include "archive/http/loop.h"
#include "archive/store/pictures.h"

#define PICTURES_REST_MS (INT64_C(7) * 24 * 3600000)
#define PICTURES_AT_ONCE 4     /* each may be PICTURE_MAX_BYTES large */
#define PICTURES_MOST	 10000 /* in a run */
#define PICTURES_TRIES	 3     /* of one picture */
#define PICTURES_GIVE_UP 3     /* failures of one server in a row */

/* How the loop has to be made for it. */
void pictures_http(struct http_options *options);

struct pictures_view {
	size_t over, count; /* pictures */
	size_t kept;
	int64_t bytes;
	int64_t wait_until; /* UTC ms; 0 = nothing waits */
};

typedef void pictures_watch_fn(void *owner, const struct pictures_view *view);

struct pictures_options {
	struct picture_scope scope;
	enum picture_size size;
	bool again; /* also what was left alone */
	size_t max; /* 0 = PICTURES_MOST */
	pictures_watch_fn *watch;
	void *owner;
};

struct picture_miss {
	const char *short_id; /* of the first post that shows it */
	const char *url;      /* as the post gives it */
	const char *host;     /* of that */
	const char *why;
	enum picture_use use;
	bool lasting;
};

struct pictures_result {
	size_t kept; /* in this run */
	int64_t bytes;
	const struct picture_miss *misses; /* in this run; valid until pictures_free() */
	size_t miss_count;
	struct picture_counts counts; /* of all that the posts show, behind it */
	bool more;		      /* is wanted than a run asks for */
	bool cancelled;
};

struct pictures;

/* Options must outlive it; their strings, too. */
struct pictures *pictures_new(struct store *store, struct http_loop *loop,
			      const struct pictures_options *options);
/* Runs to the end or until pictures_stop(). false only for what ends everything: the store, or a
 * tape that cannot be written. */
MUST_CHECK bool pictures_run(struct pictures *run, struct pictures_result *result, struct err *err);
/* Async-signal-safe. */
void pictures_stop(struct pictures *run);
void pictures_free(struct pictures *run);

#endif
