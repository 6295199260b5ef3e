/*
 * The authors of a page whom the network does not bring along because each costs: those whom the
 * store does not know yet are looked up, as many at once as a request may hold, and stored; then
 * they are known for good. What the lookup says of them, a judge says of their posts.
 */
#ifndef ARCHIVE_COLLECT_PEOPLE_H
#define ARCHIVE_COLLECT_PEOPLE_H

#include "archive/collect/batch.h"
#include "archive/source/authors.h"

struct people {
	struct arena arena;  /* of the ids */
	const char **ids;    /* not asked for yet, from asked on */
	const char **barred; /* protected or gone: their posts may not be kept */
	size_t count, asked, asking, barred_count;
	struct page page; /* of the answer: cuts, limits, what was billed */
};

#define PEOPLE_INIT                \
	{                          \
		.page = PAGE_INIT, \
	}

/* Forgets those of the page before and notes those of this one that the store does not know. */
MUST_CHECK bool people_collect(struct people *people, struct store *store,
			       const struct source *source, const struct page *page,
			       struct err *err);
void people_release(struct people *people);
size_t people_left(const struct people *people);
/* The request for the next ones, at most so many. */
MUST_CHECK bool people_request(struct people *people, const struct source *source, size_t most,
			       struct http_request *out, struct err *err);
/* Reads its answer: ERR_… as an adapter says, and ERR_MALFORMED when it tells of nobody; of whom it
 * does not tell stay to be asked for. page then tells what it cost, also when it failed. */
MUST_CHECK bool people_read(struct people *people, const struct source *source,
			    const struct http_answer *answer, struct err *failure);
/* Keeps what was read, with its evidence (its cuts are put in): in the transaction that is open. */
MUST_CHECK bool people_keep(struct people *people, struct store *store, struct evidence *evidence,
			    struct err *err);
/* FATE_DROPPED for a post whose author may not be shown. */
enum fate people_judge(const struct people *people, const struct post *post);

#endif
