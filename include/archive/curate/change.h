/*
 * From the thread as it is to the thread as a text wants it, as a list of what is to be done
 * (model/op.h). Pure; O(n log n). A text that wants what is there gives an empty list, one line
 * that moved one OP_MOVE.
 */
#ifndef ARCHIVE_CURATE_CHANGE_H
#define ARCHIVE_CURATE_CHANGE_H

#include "archive/curate/sheet.h"
#include "archive/model/op.h"

/* Posts of the text that no store has (post 0) are left out: returns how many; what was joined to
 * one of them stands by itself. The posts' ids must be there. */
size_t sheet_leave_missing(struct sheet *text);
/* Is each post there only once? Else tells the second line. */
MUST_CHECK bool sheet_check_posts(struct arena *arena, const struct sheet *text,
				  struct sheet_mistake *mistake);

/* Finds for each line of the text the item of base that it is (item.id): posts by themselves,
 * headings by their key, what has none by its words, then by what stands beside it. A heading
 * without key keeps the one it had. */
void sheet_match(struct arena *arena, const struct sheet *base, struct sheet *text);

/* What the text (matched with base) and somebody else (now) made of base, in one: what the text
 * left alone is as in now. both counts what both changed: there the text wins. */
void sheet_merge(struct arena *arena, const struct sheet *base, const struct sheet *now,
		 const struct sheet *text, struct sheet *out, size_t *both);

/* What makes now into wanted (matched with now). by_hand: posts that change their place count as
 * moved by hand; else as wanted says. Valid as long as both. */
void sheet_change(struct arena *arena, const struct sheet *now, const struct sheet *wanted,
		  bool by_hand, struct op **ops, size_t *count);

#endif
