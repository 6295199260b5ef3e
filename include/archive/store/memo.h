/*
 * The authors that were read lately: an evening has many posts and few people, so that most are
 * asked for again and again. This room's own header. Memory is bounded, whoever and how many they
 * are.
 */
#ifndef ARCHIVE_STORE_MEMO_H
#define ARCHIVE_STORE_MEMO_H

#include "archive/store/db.h"

#define MEMO_AUTHORS 1024
#define MEMO_BYTES   ((size_t)512 << 10) /* all are forgotten when their strings are more */

/* Begins with its store and zero, ends with memo_release(). */
struct memo {
	struct store *store;
	struct arena arena;
	size_t bytes;		     /* of the strings in it */
	struct memo_author *authors; /* each at its id modulo MEMO_AUTHORS; NULL at first */
};

/* The author of an id; 0 and one who is not there are nobody. Strings hold until the next call. */
MUST_CHECK bool memo_author(struct memo *memo, int64_t id, struct author *out, struct err *err);
void memo_release(struct memo *memo);

#endif
