/*
 * The first pass over the inline part of MFM: where it stands, and what stands alone in the text.
 * Only for mfm-scan.c and mfm-alone.c.
 */
#ifndef ARCHIVE_MARKUP_MFM_SCAN_H
#define ARCHIVE_MARKUP_MFM_SCAN_H

#include "archive/markup/mfm.h"
#include "archive/text/link.h"

#define MFM_BLANK " \t\n"
#define MFM_ALNUM "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

/* Words that end what stands verbatim; where each stands next is looked for once. */
enum mfm_needle { NEEDLE_PLAIN, NEEDLE_FORMULA, NEEDLE_BLOCK, NEEDLE_LINE, NEEDLE_COUNT };

struct mfm_opened {
	size_t *items; /* indices of tokens, ascending */
	size_t count, room;
};

struct mfm_scan {
	const char *text;
	size_t len, pos;
	struct mfm_tokens *tokens;
	struct mfm_opened marks;    /* that wait for their end */
	struct mfm_opened brackets; /* of those, links and functions */
	size_t functions;	    /* among the brackets */
	size_t waiting[MFM_PAIRS];
	size_t found[NEEDLE_COUNT]; /* not before pos; len = no more of them */
	bool searched[NEEDLE_COUNT];
	struct link_span span; /* the next one of the text room's */
	bool has_span, no_span;
};

/* Adds a token of len bytes at pos, which moves behind it. Valid until the next one. */
struct mfm_token *mfm_add_token(struct mfm_scan *s, enum mfm_kind kind, size_t len);
/* Does the text go on with this word? */
bool mfm_has(const struct mfm_scan *s, const char *word);
bool mfm_is_alnum(char c);
/* The byte before pos; NUL at the start. */
char mfm_before(const struct mfm_scan *s);
bool mfm_is_web(const char *url);

/* Each adds what begins at pos and moves behind it, or returns false and changes nothing. */
bool mfm_scan_code(struct mfm_scan *s);
bool mfm_scan_formula(struct mfm_scan *s);
bool mfm_scan_plain(struct mfm_scan *s);
bool mfm_scan_embraced_url(struct mfm_scan *s);
bool mfm_scan_emoji(struct mfm_scan *s);
/* A URL, a hashtag or a mention. */
bool mfm_scan_span(struct mfm_scan *s);

#endif
