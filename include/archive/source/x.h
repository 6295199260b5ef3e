/*
 * The parts of the adapter for X's API v2: the request's bounds, an answer with what it includes,
 * an element that becomes a post. Both vocabularies are read, tweets and posts (apis.md 1.1).
 */
#ifndef ARCHIVE_SOURCE_X_H
#define ARCHIVE_SOURCE_X_H

#include "archive/json/read.h"
#include "archive/model/page.h"
#include "archive/source/authors.h"
#include "archive/source/source.h"

#define X_MIN_PAGE 10
#define X_MAX_PAGE 100
/* Seven days of search/recent (apis.md 1.2), less a minute: the clock there is not ours. */
#define X_REACH_MS    (INT64_C(7) * 24 * 3600 * 1000 - 60000)
#define X_HOST	      "x.com"
#define X_PAGE_URL    "https://x.com/"
#define X_POST_URI    "https://x.com/i/status/"
#define X_USER_URI    "https://x.com/i/user/"
#define X_TAG_URL     "https://x.com/hashtag/"
#define X_LIMIT_LEFT  "x-rate-limit-remaining"
#define X_LIMIT_RESET "x-rate-limit-reset"

/* ---- ids ---- */

/* Digits, as many as a 64-bit number has at most. */
bool x_is_id(const char *id);
/* Order of two ids: by length, then by bytes. */
int x_id_compare(const char *a, const char *b);
/* The time that the id holds, UTC ms; 0 when it holds none (simulators count from 1). */
int64_t x_id_time(const char *id);
/* What a post refers to, in either vocabulary; NULL when to nothing. */
const struct jnode *x_references(const struct jnode *post);
/* A reference's type is this word ("retweeted") or that of the other vocabulary. */
const struct jnode *x_reference(const struct jnode *post, const char *type);

/* ---- an answer ---- */

/* An object that came along beside the data. */
struct x_item {
	const char *id;
	struct jnode *node;
	size_t from, to; /* its bytes */
	bool wanted;	 /* a post that is kept quotes or answers it */
	bool seen;	 /* it stands in the data, too */
	bool kept;	 /* a post that is kept has it: pictures and polls */
	bool refused;	 /* one that may not be kept has it */
};

struct x_list {
	struct x_item *items; /* by id */
	size_t count, room;
};

struct x_answer {
	struct page *page;
	const char *bytes;
	size_t len;
	struct x_list users, posts, media, polls;
	struct page_cut *cuts;
	size_t cut_count, cut_room;
};

/* Reads what is included. */
void x_answer_open(struct x_answer *answer, struct page *page, const char *bytes, size_t len);
/* Frees it and hands the cuts to the page, ascending. */
void x_answer_close(struct x_answer *answer);
void x_answer_cut(struct x_answer *answer, size_t from, size_t to);
struct x_item *x_list_find(const struct x_list *list, const char *id);

/* ---- an element ---- */

/* Dropped: protected, withheld, a repost, or what the page's judge says. */
enum fate x_post(const struct x_answer *answer, const struct jnode *node, struct post *post);
/* The ids of a post's versions, the first one first, in either vocabulary; NULL when not told. */
const struct jnode *x_versions(const struct jnode *node);
/* The first version's id: what names a post for good; the arena's. */
const char *x_first_id(struct arena *arena, const struct jnode *node);
/* The User of a post, inline or included; NULL when it did not come along. */
const struct jnode *x_user_of(const struct x_answer *answer, const struct jnode *node);
/* May what this user wrote be kept at all; and did the user ask not to be archived? */
bool x_user_is_protected(const struct jnode *user);
bool x_user_says_no(const struct jnode *user);
/* Of a post. Without handle and name when the User did not come along. */
void x_author(const struct x_answer *answer, const struct jnode *node, struct author *author);
/* Of a User, which may be NULL; id is the author's where it is known otherwise. */
void x_user(struct arena *arena, const struct jnode *user, const char *id, struct author *author);
void x_media(const struct x_answer *answer, const struct jnode *node, struct post *post);
const struct poll *x_poll(const struct x_answer *answer, const struct jnode *node);
const struct card *x_card(const struct x_answer *answer, const struct jnode *node,
			  const char *quoted_id);
/* Does the URL lead to this post itself, or to a picture of it? */
bool x_leads_to(const char *url, const char *id);
/* Long posts carry their text beside the short one (note_tweet, note_post): the object that has
 * text and entities. */
const struct jnode *x_long_form(const struct jnode *node);
/* html and text; the post's media must be read already. */
void x_text(const struct x_answer *answer, const struct jnode *node, const char *quoted_id,
	    struct post *post);

bool x_request(const struct source *source, const struct query *query,
	       const struct position *position, struct http_request *out, struct err *err);
/* The answer refuses a since_id that is too old: the smallest one that it would take, the arena's;
 * NULL when it says something else. */
const char *x_usable_id(struct arena *arena, const struct http_answer *answer);
extern const struct author_ops x_authors;
extern const struct count_ops x_counts;
/* Adds start_time and end_time, as far as they can be asked for. */
void x_add_window(struct http_request *out, const struct query *query);
/* A status that is not 200, or a body that is no list of posts, as a sentence; always false. */
bool x_deny(const struct source *source, const struct http_answer *answer, struct err *err);

#endif
