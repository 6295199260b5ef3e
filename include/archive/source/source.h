/*
 * A network as a table of pure functions: a query and a position in, a request out; an answer in,
 * posts out. No socket, no clock, no global: a test is a string and a fuzzer is free. What a
 * network is like to walk stands in flags.
 */
#ifndef ARCHIVE_SOURCE_SOURCE_H
#define ARCHIVE_SOURCE_SOURCE_H

#include "archive/http/message.h"
#include "archive/model/page.h"
#include "archive/model/query.h"

enum source_flags {
	SOURCE_NEEDS_TOKEN = 1 << 0,  /* never answers without a credential */
	SOURCE_IS_PAID = 1 << 1,      /* every element read costs */
	SOURCE_TOKENS_PAGE = 1 << 2,  /* pages go on by an opaque token, not by an id */
	SOURCE_IDS_BY_SIZE = 1 << 3,  /* ids compare by (length, bytes); else they do not compare */
	SOURCE_CLIMBS = 1 << 4,	      /* can be asked for the posts next above an id */
	SOURCE_GOES_BY_TIME = 1 << 5, /* a walk that was cut off goes on by time, not by an id */
};

struct source;
struct author_ops;
struct count_ops;
struct session_ops;
struct lookup_ops;

struct source_ops {
	enum network network;
	unsigned flags;
	const char *default_url; /* "https://api.x.com"; NULL: the specification names a host */
	int max_page;
	int64_t reach_ms; /* how far back it can be asked; 0 = to its beginning */
	/* The request of the next page. The position's page_size 0 means max_page. */
	bool (*request)(const struct source *source, const struct query *query,
			const struct position *position, struct http_request *out, struct err *err);
	/* Posts out of an answer of that request. A status other than 200, or a body that is not
	 * what it should be, is an err whose sentence names the cure: ERR_AUTH, ERR_PAYMENT,
	 * ERR_RATE (with retry_at), ERR_NETWORK, ERR_NOT_FOUND, ERR_MALFORMED. One broken element
	 * is counted, not an error. */
	bool (*parse)(const struct source *source, const struct http_answer *answer,
		      struct page *out, struct err *err);
	/* Posts out of a stored or imported body of unknown request; the base url is what the
	 * elements themselves say. */
	bool (*parse_body)(const struct source *source, const char *bytes, size_t len,
			   struct page *out, struct err *err);
	const struct session_ops *session; /* how one signs in with a name and a password; NULL =
					      by a token alone */
	const struct count_ops *counts; /* how posts are counted before they are read; NULL = not */
	const struct author_ops *authors; /* how authors are looked up; NULL = they come along with
					     their posts */
	const struct lookup_ops *lookup;  /* single posts and conversations (lookup.h) */
};

/* A network at an address: what "mastodon:social.example" or "x" names. */
struct source {
	const struct source_ops *ops;
	/* Canonical spelling, the ledger's key: "mastodon:social.example", "x",
	 * "x:https://api.x.example". */
	struct str name;
	struct str base;	     /* "https://social.example", without a slash at the end */
	struct str host;	     /* "social.example", with a port when there is one */
	struct str token;	     /* credential; empty = anonymous. Never written anywhere. */
	struct str login, password;  /* of a network that wants a session; then token is the
					session's own */
	int64_t pace_ms, overlap_ms; /* how often it is polled, how far it is read again; 0 = the
					usual */
	int64_t budget_micros; /* most that a run may cost, millionths of a USD; 0 = not told */
	bool named;	       /* the user asked for this one */
};

#define SOURCE_INIT                                                                      \
	{                                                                                \
		.name = STR_INIT, .base = STR_INIT, .host = STR_INIT, .token = STR_INIT, \
		.login = STR_INIT, .password = STR_INIT                                  \
	}

extern const struct source_ops source_mastodon;
extern const struct source_ops source_misskey;
extern const struct source_ops source_bluesky;
extern const struct source_ops source_x;

/* NULL when no adapter of this build speaks it. */
const struct source_ops *source_ops_for(enum network network);
/* Reads "mastodon:HOST", "mastodon:URL", "misskey:HOST", "misskey:URL", "bluesky", "bluesky:URL",
 * "x", "x:URL". ERR_USAGE names what was wrong and what would be right. */
MUST_CHECK bool source_parse(struct source *source, const char *spec, struct err *err);
void source_release(struct source *source);
/* Adds the name of the environment variable that holds this source's token: "ARCHIVE_X_TOKEN",
 * "ARCHIVE_MASTODON_TOKEN_SOCIAL_EXAMPLE"; of a network that gives sessions, its password. */
void source_token_name(const struct source *source, struct str *out);

/* What every adapter says about a status it has no own word for; always false, err filled. */
bool source_refused(const struct source *source, const struct http_answer *answer, struct err *err);

#endif
