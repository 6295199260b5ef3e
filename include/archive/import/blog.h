/*
 * Pages of one's own: HTML, Markdown with HTML in it, WordPress blocks, Hugo's shortcodes. Embedded
 * posts are taken where the embed holds their words; of the others, of links to saved threads, and
 * of headings under which a thread's embed is lost, the reader tells. And any text with addresses.
 */
#ifndef ARCHIVE_IMPORT_BLOG_H
#define ARCHIVE_IMPORT_BLOG_H

#include "archive/import/found.h"

/* An import_read_fn: the evidence of a post is its embed, in a page of nothing else. */
MUST_CHECK bool import_blog(FILE *in, const char *name, int64_t now,
			    const struct import_client *client, struct import_report *report,
			    struct err *err);
/* An import_read_fn that hands out mentions alone. */
MUST_CHECK bool import_text(FILE *in, const char *name, int64_t now,
			    const struct import_client *client, struct import_report *report,
			    struct err *err);

/* ---- only for blog*.c ---- */

/* Looks through text line by line for what leads on. */
struct sniffer {
	const struct import_client *client;
	struct err *err;
	bool failed;   /* the client does not go on */
	bool headings; /* are told where nothing is left under them */
	struct str line, heading;
	int64_t number, heading_line; /* from 1; 0 = no heading waits */
	struct arena arena;	      /* of the line */
	size_t found;
};
void sniffer_add(struct sniffer *s, const char *bytes, size_t len);
void sniffer_end(struct sniffer *s);

/* Is the element an embed of a post that may hold its words? */
bool embed_begins(const struct node *element);
/* Makes the post of it; false when the embed does not tell enough. The tree is changed. */
bool embed_read(struct grove *g, struct arena *arena, struct post *post);

#endif
