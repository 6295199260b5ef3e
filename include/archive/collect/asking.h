/*
 * One request at a time to one source, outside of a walk: what is asked, the answer, the page it
 * gave, what it cost, and what is asked once more when it fails in a way that heals. Internal to
 * collect, for lookup.h and talk.h.
 */
#ifndef ARCHIVE_COLLECT_ASKING_H
#define ARCHIVE_COLLECT_ASKING_H

#include "archive/collect/price.h"
#include "archive/http/loop.h"
#include "archive/source/source.h"
#include "archive/store/ledger.h"

struct asking {
	const struct source *source;
	const struct price *price;
	struct http_request request;
	struct http_exchange exchange;
	struct page page;
	int64_t not_before;  /* the server's limit: the next request waits until then */
	int waits, failures; /* in a row */
	bool busy;
	struct run
		run; /* of a source that sells by the piece: what was spent stands in the ledger */
};

void asking_init(struct asking *asking, const struct source *source, const struct price *price);
void asking_release(struct asking *asking, struct http_loop *loop);

/* Sends the request that stands in asking->request. One that cannot be sent is an exchange that
 * failed. */
void asking_start(struct asking *asking, struct http_loop *loop);
/* Is the answer there? Then it is not busy any more, and the page is empty for it. */
bool asking_take(struct asking *asking);
/* Asks the same once more, later, when that may help; false: it does not, or was tried. */
bool asking_again(struct asking *asking, struct http_loop *loop, const struct err *failure);

/* What is kept of an answer, in one transaction. */
struct asking_keep {
	struct store *store;
	const char *url;	 /* of the request */
	const char *const *tags; /* the page's posts are candidates of these hashtags */
	size_t tag_count;
	struct put_report *put;
};
/* Adds what the page cost to *spent, in any case: it is paid for. */
MUST_CHECK bool asking_keep(struct asking *asking, const struct asking_keep *keep, int64_t *spent,
			    struct err *err);
/* Closes the line in the ledger when there is one. */
MUST_CHECK bool asking_end(struct asking *asking, struct store *store, struct err *err);

#endif
