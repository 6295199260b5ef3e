/*
 * The store, looked over: is the file whole, does every row fit the others, does the search find
 * every post by its words, are kept pictures what their names say? Nothing is changed. What only
 * the adapters can tell, whether the evidence tells of the posts what is stored, is
 * collect/rebuild.h.
 */
#ifndef ARCHIVE_STORE_AUDIT_H
#define ARCHIVE_STORE_AUDIT_H

#include "archive/base/str.h"
#include "archive/base/watch.h"
#include "archive/store/store.h"

/* What helps. */
enum cure {
	CURE_BACKUP,  /* to go back to a backup */
	CURE_REBUILD, /* archive rebuild */
	CURE_FORGET,  /* archive forget, once more */
	CURE_MEDIA,   /* archive media, once more */
	CURE_COUNT
};

/* Whoever wants to know. */
struct audit {
	/* One thing that is wrong, in a line without a full stop. */
	void (*tell)(void *owner, enum cure cure, const char *line);
	void *owner;
	const struct watch *watch;
	int64_t found; /* things that are wrong; of one kind each is counted, and the first few told
			*/
};

#define AUDIT_TOLD 5 /* of one kind */

/* One more of a kind, of which so many were counted; tells it while they are few. */
void audit_add(struct audit *audit, int64_t *kind, enum cure cure, const char *format, ...)
	PRINTF_LIKE(4, 5);
/* Tells how many more there were of it. what is what they are, as in "3 more of it: WHAT". */
void audit_close(struct audit *audit, int64_t kind, enum cure cure, const char *what);

/* The file by SQLite's own means, and rows that refer to others. Where the file itself is damaged
 * whole is false, and there is no use in looking further. */
MUST_CHECK bool audit_file(struct store *store, struct audit *audit, bool *whole, struct err *err);
/* What belongs to posts; threads and their journals. */
MUST_CHECK bool audit_rows(struct store *store, struct audit *audit, struct err *err);
MUST_CHECK bool audit_pictures(struct store *store, struct audit *audit, struct err *err);
/* Can every post be read, is its short id that of its uri, is anything left of what was forgotten?
 */
MUST_CHECK bool audit_posts(struct store *store, struct audit *audit, struct err *err);
/* Every post's words against those of the search index. */
MUST_CHECK bool audit_words(struct store *store, struct audit *audit, struct err *err);
/* What a post is called: replaces what out holds. */
void audit_name(struct store *store, int64_t id, struct str *out);

#endif
