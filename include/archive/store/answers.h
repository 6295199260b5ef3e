/*
 * Kept answers, read again one after the other, and what is later cut out of them.
 */
#ifndef ARCHIVE_STORE_ANSWERS_H
#define ARCHIVE_STORE_ANSWERS_H

#include "archive/base/str.h"
#include "archive/store/store.h"

struct kept_answer {
	int64_t id;
	struct str source, url; /* url is empty for files */
	struct str body;	/* as it came, but for what was cut out */
	int64_t fetched;
	int status;
	bool redacted;
	const char *damage; /* what is wrong with it ("cannot be unpacked"); NULL = nothing */
};

#define KEPT_ANSWER_INIT                                              \
	{                                                             \
		.source = STR_INIT, .url = STR_INIT, .body = STR_INIT \
	}

void kept_answer_release(struct kept_answer *answer);

/* The next answer behind that id (0 = the first); replaces what out holds. 1 = an answer, 0 = the
 * end, -1 = failed: ERR_MALFORMED when its body cannot be unpacked. */
int store_answer_behind(struct store *store, int64_t id, struct kept_answer *out, struct err *err);
/* The same, but a damaged one is handed out, as such. Then its hash is looked at, too. */
int store_answer_look(struct store *store, int64_t id, struct kept_answer *out, struct err *err);
/* Keeps the answer without these stretches (ascending), marked redacted. Where that makes it equal
 * to another answer, the two become one. */
MUST_CHECK bool store_cut_answer(struct store *store, const struct kept_answer *answer,
				 const struct page_cut *cuts, size_t cut_count, struct err *err);
/* Takes the address away, which names what was asked for. */
MUST_CHECK bool store_hide_answer_url(struct store *store, int64_t id, struct err *err);

#endif
