/*
 * Light rows: this room's own header, for no other room. Their columns stand in one order,
 * VIEW_COLUMNS, in every statement that gives them; view_read_row() alone knows it.
 */
#ifndef ARCHIVE_STORE_VIEW_ROW_H
#define ARCHIVE_STORE_VIEW_ROW_H

#include "archive/store/db.h"
#include "archive/store/view.h"

/* Of "post p", its "author a" and "item i"; ?1 is the thread. */
#define VIEW_COLUMNS                                                                               \
	"p.id, i.id, i.position, i.kind, "                                                         \
	"EXISTS (SELECT 1 FROM verdict v WHERE v.thread = ?1 AND v.post = p.id), "                 \
	"coalesce(p.created, i.starts), p.network, p.author, a.name, a.handle, a.url, "            \
	"coalesce(p.url, i.url), p.spoiler, iif(p.id IS NULL, i.text, p.text), i.key, i.speaker, " \
	"p.uri, p.conversation, p.reply_uri, p.reply_uri IS NOT NULL OR p.reply_id IS NOT NULL, "  \
	"p.likes, p.reposts, iif(p.media, (SELECT count(*) FROM media m WHERE m.post = p.id "      \
	"AND m.kind != 'audio'), 0), p.gone OR p.optout, p.visibility, i.fixed, i.joined, i.style"

/* Strings are copied into the arena. ERR_MALFORMED when the row is not what one can be. */
MUST_CHECK bool view_read_row(struct query *q, struct arena *arena, struct row *out,
			      struct err *err);
/* Does the row's post ask something? Its text, with a question mark of any script that belongs to
 * no address. */
bool view_row_asks(const struct query *q);
/* Of a post without a conversation that answers another: goes up as far as its posts are stored.
 * After the statement that gave the row has ended. */
MUST_CHECK bool view_find_root(struct store *store, struct arena *arena, struct row *row,
			       struct err *err);

#endif
