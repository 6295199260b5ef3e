/*
 * What adapters share when they turn an answer's values into a post's: strings are cleaned where
 * they come in, so that no control character, bidi control or foreign URL scheme ever stands in a
 * post. Everything handed out lies in the arena; NULL is "not there".
 */
#ifndef ARCHIVE_SOURCE_INTAKE_H
#define ARCHIVE_SOURCE_INTAKE_H

#include "archive/base/arena.h"
#include "archive/http/message.h"
#include "archive/json/read.h"
#include "archive/model/page.h"
#include "archive/source/source.h"

#define INTAKE_MAX_TAGS	 256   /* of a post; what follows is left out */
#define INTAKE_MAX_URI	 4096  /* bytes */
#define INTAKE_MAX_LINE	 4096  /* bytes of a name, a title, a handle */
#define INTAKE_MAX_TEXT	 65536 /* bytes of an alternative text, a content warning */
#define INTAKE_MAX_PARTS 256   /* media, poll options or emojis of a post */

/* One line of text, blanks at both ends taken off. */
const char *intake_line(struct arena *arena, const char *text);
/* Text that keeps its lines. */
const char *intake_text(struct arena *arena, const char *text);
/* The same of a member. */
const char *intake_line_of(struct arena *arena, const struct jnode *node, const char *key);
const char *intake_text_of(struct arena *arena, const struct jnode *node, const char *key);
/* Markup that is made already; NULL when empty. */
const char *intake_made(struct arena *arena, const struct str *made);
/* A link_safe_web() URL, percent-encoded where that makes it one. */
const char *intake_url(struct arena *arena, const char *url);
const char *intake_url_of(struct arena *arena, const struct jnode *node, const char *key);
/* An identity: opaque, without blanks and control characters, at most INTAKE_MAX_URI bytes. */
const char *intake_uri(struct arena *arena, const char *uri);
/* A network's id: as intake_uri(). */
const char *intake_id_of(struct arena *arena, const struct jnode *node, const char *key);
/* A language tag (BCP 47) in its outer form; NULL for undetermined, no linguistic content and
 * private codes. */
const char *intake_lang(struct arena *arena, const char *lang);
const char *intake_lang_of(struct arena *arena, const struct jnode *node, const char *key);
/* RFC 3339 to UTC ms, clamped to 1 .. POST_MAX_TIME; 0 when it is not there or not a time. */
int64_t intake_time_of(const struct jnode *node, const char *key);
/* A count; -1 when not told. */
int64_t intake_count_of(const struct jnode *node, const char *key);
/* Pixels; 0 when not told or absurd. */
int intake_pixels_of(const struct jnode *node, const char *key);

/* The post's tags: key's string of each element of the list (NULL: the element itself), folded,
 * without duplicates. */
void intake_tags(struct arena *arena, struct post *post, const struct jnode *list, const char *key);
/* Adds one to an array that has room for it, folded, unless it is there or is no hashtag. */
void intake_add_tag(struct arena *arena, const char **tags, size_t *count, const char *name);
/* Does this text (a profile's, plain) say #noarchive, #nobot, #nobots or #noindex? */
bool intake_says_no(const char *text);

/* Where the element of the answer that was just read stands in the order of times. */
void intake_note_time(struct page *page, int64_t created);
/* Makes the post one that opted out: uri, time, network and host stay, all else goes. own_word: it
 * is the author's own server that says so; then the author's uri stays as well, and the store
 * empties what it has of that author. Another server's word is good for its own answer only. */
void intake_empty(struct post *post, bool own_word);

/* What the page's judge makes of a post that could be kept; an opted-out one is emptied. */
enum fate intake_judge(const struct page *page, struct post *post, enum fate fate);

/* Takes the limit's state out of the headers: remaining, limit_ends, and wait_until when nothing
 * remains. */
void intake_limits(const struct http_answer *answer, const char *remaining, const char *reset,
		   struct page *page);
/* When the server wants to be asked again: its reset header (RFC 3339, or epoch seconds), else
 * Retry-After; 0 = not told, or not believed: more than a day ahead. */
int64_t intake_retry_at(const struct http_answer *answer, const char *reset);

/* The refusal's own words, cleaned and cut; NULL when the body has none. keys are paths, the first
 * that is there counts; the list ends with NULL. */
const char *intake_message(struct arena *arena, const struct http_answer *answer,
			   const char *const *paths);

#endif
