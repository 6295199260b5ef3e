/*
 * A post as an entry of the fragment: who, to whom, what, the quoted post, media, poll, card, when
 * and where from. What is gone, opted out or a bare repost is not written, neither alone nor as a
 * quote nor as a link to another network.
 */
#ifndef ARCHIVE_EXPORT_ENTRY_H
#define ARCHIVE_EXPORT_ENTRY_H

#include "archive/export/parts.h"
#include "archive/export/reply.h"

/* NULL may not. */
bool entry_may_show(const struct post *post);
/* The block that says who: name and handle, linked to the profile. */
void entry_author(struct writer *w, enum part part, const struct author *author);
/* Of an item whose post may be shown. */
void entry_write(struct writer *w, const struct item *item, struct branch *branch);

#endif
