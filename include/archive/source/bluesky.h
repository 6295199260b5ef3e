/*
 * The parts of the Bluesky adapter (AT Protocol, apis.md 3): a view of a post becomes a post.
 *
 * Names: a post's uri is its at-uri, "at://DID/app.bsky.feed.post/RKEY", and so is its network_id;
 * an author's uri and network_id are the DID. Handles change, so pages are addressed by the DID.
 *
 * Times: createdAt is what the author's client claims, and may lie years off; indexedAt is when the
 * server saw the post. A post's created is the earlier of the two, which is what Bluesky's search
 * goes by (sortAt): a post may claim to be old, never to be of the future.
 *
 * Tags are those of the facets and the hidden ones of the record; a "#word" without a facet is no
 * hashtag on Bluesky. Facets that do not fit the text lose their link, never their words.
 */
#ifndef ARCHIVE_SOURCE_BLUESKY_H
#define ARCHIVE_SOURCE_BLUESKY_H

#include "archive/json/read.h"
#include "archive/model/page.h"
#include "archive/source/reading.h"
#include "archive/source/source.h"

#define BLUESKY_MAX_PAGE   100
#define BLUESKY_HOST	   "bsky.app"
#define BLUESKY_PAGE_URL   "https://bsky.app/profile/"
#define BLUESKY_TAG_URL	   "https://bsky.app/hashtag/"
#define BLUESKY_COLLECTION "/app.bsky.feed.post/"
/* Where one signs in when no other server is named: it hands on to the search. */
#define BLUESKY_ENTRY "https://bsky.social"

/* Fills the post from a postView (searchPosts, getPosts, a thread's post) or a viewRecord (what a
 * post quotes), all but what it quotes. Dropped: hidden or taken down by a moderator's label. Opted
 * out: an author with the label !no-unauthenticated; it is the author's own word when the author's
 * DID set it. source is NULL for a body of unknown origin. */
enum fate bluesky_post(const struct source *source, struct arena *arena, const struct jnode *view,
		       struct post *post);
/* Does the post carry this folded tag? */
bool bluesky_carries(const struct jnode *view, const char *tag);
/* The time that the search goes by; 0 when the post has none. */
int64_t bluesky_time(const struct jnode *view);
/* What the post holds: record of a postView, value of a viewRecord. */
const struct jnode *bluesky_record(const struct jnode *view);

/* ---- names ---- */

bool bluesky_is_did(const char *text);
/* The at-uri of a post, its authority a DID; NULL for anything else. */
const char *bluesky_uri(struct arena *arena, const char *uri);
/* The page of the post with this bluesky_uri(). */
const char *bluesky_page(struct arena *arena, const char *uri);
/* false when it names nobody. */
bool bluesky_author(struct arena *arena, const struct jnode *node, struct author *author);

/* ---- parts ---- */

void bluesky_tags(struct arena *arena, const struct jnode *record, struct post *post);
void bluesky_text(struct arena *arena, const struct jnode *record, struct post *post);
/* Pictures, film, the card of a page; unknown kinds are skipped. */
void bluesky_embeds(struct arena *arena, const struct jnode *view, struct post *post);
/* The posts that a view quotes and that came along (viewRecords): one, as a rule. */
size_t bluesky_parts(const struct jnode *view, struct reading_part *parts);
/* The uri of what is quoted, also when it did not come along; NULL when nothing is, or when its
 * author has taken it out of the quote. */
const char *bluesky_quote_uri(struct arena *arena, const struct jnode *view);

/* ---- refusals ---- */

/* Behind "put": what a sentence names as the cure. */
#define BLUESKY_CREDENTIALS                                            \
	"ARCHIVE_BLUESKY_HANDLE and ARCHIVE_BLUESKY_PASSWORD (an app " \
	"password) in the environment"

/* A status that is not 200, or a body that is no list of posts, as a sentence; always false. */
bool bluesky_deny(const struct source *source, const struct http_answer *answer, struct err *err);
/* Is this the error, or the status, of an account that is closed? The sentence is in err then. */
bool bluesky_account_is_closed(const char *name, const char *status, struct err *err);
/* The server's name for what went wrong ("ExpiredToken"), and its words, quoted; "" when none. */
const char *bluesky_error(struct arena *arena, const struct http_answer *answer);
const char *bluesky_message(struct arena *arena, const struct http_answer *answer);

extern const struct session_ops bluesky_session;

#endif
