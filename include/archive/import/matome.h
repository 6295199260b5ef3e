/*
 * Saved pages of Togetter and its kin (togetter.com, min.togetter.com, posfie.com) and of Twilog,
 * of every age of their markup (apis.md 5), as a browser or SingleFile saved them. Where a fact
 * stands in which age is told by tables. Only what stands in the thread itself is read, never the
 * comments below it.
 */
#ifndef ARCHIVE_IMPORT_MATOME_H
#define ARCHIVE_IMPORT_MATOME_H

#include "archive/import/found.h"

/* An import_read_fn: the evidence of a post is its own element, in a page of nothing else. */
MUST_CHECK bool import_matome(FILE *in, const char *name, int64_t now,
			      const struct import_client *client, struct import_report *report,
			      struct err *err);

/* ---- the parts of the reader; only for matome*.c ---- */

enum page_fact {
	PAGE_URL,
	PAGE_TITLE,
	PAGE_DESCRIPTION,
	PAGE_CURATOR,
	PAGE_NEXT,
	PAGE_PREVIOUS,
	PAGE_NUMBER,
	PAGE_TAKEN, /* of what the reader itself wrote as evidence */
	PAGE_FACTS
};

/* What a page says of itself: each fact by the place that is believed most. */
struct page_facts {
	struct str values[PAGE_FACTS];
	int ranks[PAGE_FACTS]; /* 0 = not told */
	int part;	       /* that its address told */
	int part_rank;
};
void page_facts_begin(struct page_facts *facts);
void page_facts_release(struct page_facts *facts);
/* Is the element one that tells something of the page? */
bool page_facts_want(const struct node *element);
void page_facts_read(struct page_facts *facts, const struct node *root);
/* A script of type ld+json. */
void page_facts_read_json(struct page_facts *facts, const char *bytes, size_t len);
/* "saved from url=(0030)https://…", "url: https://…" of SingleFile. */
void page_facts_read_comment(struct page_facts *facts, const char *text);
/* NULL = not told. */
const char *page_fact(const struct page_facts *facts, enum page_fact fact);
int page_facts_part(const struct page_facts *facts);
/* Without the name of the service behind it. */
void page_facts_title(const struct page_facts *facts, struct str *out);

enum entry_kind { ENTRY_NOTHING, ENTRY_POST, ENTRY_MENTION, ENTRY_WORDS };

/* Is the element an entry of the list, and how deep is the list? */
bool entry_begins(const struct node *element);
/* Is it the box of the list; is it one of comments? */
bool entry_is_box(const struct node *element);
bool entry_is_comments(const struct node *element);
/* Makes a post of it (added to the page), or words (item, in the page's arena). day is the first
 * moment of the day that stands above it, 0 = none. The tree is changed. */
enum entry_kind entry_read(struct grove *g, int64_t day, struct page *page,
			   struct found_item *item);

/* The HTML that stands in a script as the rest of a list: var moreTweetContent = "…". Replaces what
 * out holds; false when there is none. */
bool more_content(const char *script, size_t len, struct str *out);

#endif
