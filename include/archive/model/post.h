/*
 * A post and what hangs on it: values that point into an arena (or into a store's row until the
 * next step); nobody frees a part. Times are UTC milliseconds, 0 = none. A string that is not there
 * is NULL, never "" unless said. Fields named html are safe canonical HTML (markup.h), text is
 * plain UTF-8, url is link_safe_web(), uri is opaque. Counts are -1 when the network did not tell.
 */
#ifndef ARCHIVE_MODEL_POST_H
#define ARCHIVE_MODEL_POST_H

#include <stddef.h>
#include <stdint.h>

#include "archive/base/err.h"

enum network { NETWORK_X, NETWORK_MASTODON, NETWORK_BLUESKY, NETWORK_MISSKEY, NETWORK_COUNT };

/* "x", "mastodon", "bluesky", "misskey": as stored, typed and printed in JSON. */
const char *network_name(enum network network);
/* "X", "Mastodon", …: for people. */
const char *network_label(enum network network);
bool network_parse(const char *name, enum network *out);

enum visibility { VISIBILITY_PUBLIC, VISIBILITY_UNLISTED };
const char *visibility_name(enum visibility visibility);

struct emoji {
	const char *code; /* without colons */
	const char *url;  /* picture */
};

struct author {
	enum network network;
	const char *host;	/* the author's home: "social.example", "x.com" */
	const char *network_id; /* opaque, on the server that answered; NULL allowed */
	const char *uri;	/* global identity: actor uri, or "https://x.com/i/user/ID" */
	const char *handle; /* "@hana@social.example", "@hana" on X: never without '@'; NULL when
			       the post came without its author */
	const char *name;   /* text; the handle where the author gave none */
	const char *url;    /* profile page */
	const char *avatar; /* url */
	const struct emoji *emojis;
	size_t emoji_count;
	bool bot;
	bool optout; /* asked not to be archived (design section 3, "Visibility") */
};

enum media_kind { MEDIA_IMAGE, MEDIA_GIFV, MEDIA_VIDEO, MEDIA_AUDIO, MEDIA_UNKNOWN };
const char *media_kind_name(enum media_kind kind);
bool media_kind_parse(const char *name, enum media_kind *out);

struct media {
	enum media_kind kind;
	const char *url;     /* the thing itself; NULL when the network gives none */
	const char *preview; /* a still */
	const char *alt;     /* text */
	int width, height;   /* pixels, 0 = not told */
	int64_t duration_ms; /* 0 = not told */
	const char *blurhash;
};

struct poll_option {
	const char *title; /* text */
	int64_t votes;
};

struct poll {
	const struct poll_option *options;
	size_t option_count;
	int64_t ends; /* 0 = never or not told */
	int64_t voters;
	bool multiple, closed;
};

/* The preview of a page that the post links to. */
struct card {
	const char *url, *title, *description, *image, *site;
};

/* The uri, else the page: what an author is known by; NULL = by nothing. */
const char *author_identity(const struct author *author);

struct counts {
	int64_t replies, reposts, likes, quotes;
};

struct post {
	int64_t id;	  /* in the store: created_ms << 20 | n; 0 outside of it */
	char short_id[9]; /* "" outside of a store */
	enum network network;
	const char *host;	/* the server the post lives on */
	const char *network_id; /* opaque id on the server that answered */
	const char *uri;	/* global identity, unique */
	const char *url;	/* the page */
	struct author author;
	int64_t created, edited, fetched, gone;
	const char *lang; /* BCP 47, NULL = not told */
	const char *html, *text;
	const char *spoiler; /* content warning, text */
	bool sensitive;
	enum visibility visibility;
	/* Stored as uri and time only. Everything else is empty, but the author's uri where it is
	 * the author's own server that says so: then all posts of that author are emptied. */
	bool optout;
	bool repost;  /* a bare repost of somebody's post: never stored */
	bool context; /* came along as a quoted or replied-to post, not as an answer to the query */
	const char *reply_uri; /* what it answers, when known */
	const char *reply_id;  /* the same as an id of that server, when only that is known */
	const char *quote_uri;
	const char *quote_url;
	const char *conversation;
	const char *const *tags; /* folded, without '#', no duplicates */
	size_t tag_count;
	const struct media *media;
	size_t media_count;
	const struct emoji *emojis;
	size_t emoji_count;
	const struct poll *poll; /* NULL = none */
	const struct card *card; /* NULL = none */
	struct counts counts;
	/* A page that showed the post, where neither its network nor an archive of its author's
	 * told of it: any other reading wins over this one. NULL = first hand. */
	const char *taken;
	/* where in a file it stood: "line 12"; NULL = in no file. Not read back */
	const char *place;
};

/* ms; later and negative times are clamped: an id holds 43 bits */
#define POST_MAX_TIME ((INT64_C(1) << 43) - 1)

#endif
