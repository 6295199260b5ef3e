/*
 * What the readers of pages share: a post's names out of an address, its text, pictures and time
 * out of a piece of hypertext. Strings are the arena's.
 */
#ifndef ARCHIVE_IMPORT_FOUND_H
#define ARCHIVE_IMPORT_FOUND_H

#include "archive/import/import.h"
#include "archive/import/node.h"

/* Where a fact stands on a page: the text of the first node of the selector that has some, or one
 * of its attributes. Lists of them are tried in their order, which is that of the ages of the
 * markup; they end with a selector NULL. */
struct fact {
	const char *selector;
	const char *attr; /* NULL = its text */
};

/* The first that the facts tell, one line; NULL = none does. */
const char *found_fact(struct arena *arena, const struct node *root, const struct fact *facts);

/* The names of the post whose page this is, in any spelling of the four networks: network, host,
 * network_id, url, and as far as they tell uri, author.url and author.handle. false when it is the
 * page of no post. */
bool found_names(struct arena *arena, const char *url, struct post *out);
/* The same by uri alone: NULL when the page does not tell it (a handle on Bluesky, somebody else's
 * server). */
const char *found_uri(struct arena *arena, const char *url);
/* Is it an at-uri, or the page of a post? */
bool found_is_post(struct arena *arena, const char *url);

/* html, text and tags of what the node holds. Addresses that the page shows shortened are put right
 * by data-origin-url and the like. The node is changed. */
void found_text(struct grove *g, struct node *node, struct arena *arena, struct post *post);
/* Pictures below root, each once, by whichever attribute holds a real address. */
void found_pictures(const struct node *root, const char *selector, struct arena *arena,
		    struct post *post);
/* The address of a picture; NULL when the page holds only a local one. */
const char *found_picture(struct arena *arena, const struct node *img);

/* "2011-03-11 14:46:18", "2011/3/11 14:46", "2011年3月11日 14:46", RFC 3339, anywhere in the text;
 * in Japan's time when it tells no other. 0 = there is none. */
int64_t found_time(const char *text);
/* "Sat, 01 Jun 2024 10:00:00 +0900" (RFC 822, as feeds have it), or RFC 3339. 0 = neither. */
int64_t found_moment(const char *text);
/* The day alone, its first moment in Japan's time. */
int64_t found_day(const char *text);
/* The moment that an id of X holds, whole seconds as X tells them; 0 = none. */
int64_t found_id_time(const char *id);

/* Emphasis and colour by style, classes and old elements, of the text node and what is around it
 * up to root. */
struct item_style found_style(const struct node *root, const struct node *text);

/* "2" of "…?page=2"; 0 when there is none. */
int found_part(const char *url);
/* Without query and fragment. NULL when it is no web address. */
const char *found_origin(struct arena *arena, const char *url);

#endif
