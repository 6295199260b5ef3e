/*
 * What a server tells of itself and of a credential, apart from posts: pure, as all of an adapter
 * is. Nothing of it costs, and none of it is evidence: the requests that carry a credential are
 * marked secret.
 */
#ifndef ARCHIVE_SOURCE_STANDING_H
#define ARCHIVE_SOURCE_STANDING_H

#include "archive/source/source.h"

/* To whom a Mastodon server shows the posts of a hashtag. */
enum openness { OPENNESS_UNTOLD, OPENNESS_EVERYBODY, OPENNESS_ACCOUNTS, OPENNESS_NOBODY };

struct feeds {
	enum openness own, foreign; /* posts of its own people, and those from elsewhere */
};

/* GET /api/v2/instance, without a credential (apis.md 2.1; Mastodon 4.5 and later tell). */
void standing_ask_instance(const struct source *source, struct http_request *out);
MUST_CHECK bool standing_read_instance(const struct source *source,
				       const struct http_answer *answer, struct feeds *feeds,
				       struct err *err);

/* GET /api/v1/accounts/verify_credentials: whose token it is. A token that may read posts alone
 * (403) is good all the same; name is added to, or left when that is not told. */
void standing_ask_account(const struct source *source, struct http_request *out);
MUST_CHECK bool standing_read_account(const struct source *source, const struct http_answer *answer,
				      struct str *name, struct err *err);

/* GET /2/usage/credits: what is left of the money at X (apis.md 1.6), and whether the token is
 * accepted; free. Not every account has it (403, 404): then neither is told. */
struct credit {
	bool told;
	int64_t micros; /* millionths of a USD */
};

void standing_ask_credit(const struct source *source, struct http_request *out);
MUST_CHECK bool standing_read_credit(const struct source *source, const struct http_answer *answer,
				     struct credit *credit, struct err *err);

#endif
