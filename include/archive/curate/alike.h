/*
 * How much two short texts are alike: by the letters that are left when everything that networks
 * and people put around them is gone, two at a time. Pure.
 */
#ifndef ARCHIVE_CURATE_ALIKE_H
#define ARCHIVE_CURATE_ALIKE_H

#include "archive/base/arena.h"

#define ALIKE_MAX 2000 /* letters; what is beyond is not looked at */

struct alike {
	const uint32_t *letters;
	size_t len;
	bool cut; /* it ends in "…" */
};

/* Letters, digits and symbols, folded (NFKC, case), without links, hashtags, mentions, :codes:,
 * quoted lines ("> …", "RE: link") and what stands behind an ellipsis near the end. In the arena.
 */
void alike_read(struct alike *out, struct arena *arena, const char *text);
/* The same of somebody's name, and without symbols: people change their emoji. */
void alike_read_name(struct alike *out, struct arena *arena, const char *name);
/* The same letters? */
bool alike_same(const struct alike *a, const struct alike *b);
/* 100 = the same letters; 0 = no pair in common, or nothing to compare. */
int alike_hundredths(const struct alike *a, const struct alike *b);

#endif
