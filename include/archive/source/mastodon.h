/*
 * The parts of the Mastodon adapter: an element of an answer becomes a post. For servers that speak
 * Mastodon's API: Mastodon, GoToSocial, Akkoma and Pleroma, snac and others (apis.md 2.6); ids are
 * opaque strings everywhere.
 */
#ifndef ARCHIVE_SOURCE_MASTODON_H
#define ARCHIVE_SOURCE_MASTODON_H

#include "archive/json/read.h"
#include "archive/model/page.h"
#include "archive/source/source.h"

#define MASTODON_MAX_PAGE 40

/* Fills the post from a Status entity (dropped: not public, a repost, or by somebody who is
 * suspended), all but what it quotes. source is NULL for a body of unknown origin: the host is then
 * what the status itself says. */
enum fate mastodon_status(const struct source *source, struct arena *arena,
			  const struct jnode *status, struct post *post);
/* The Status that this one quotes when it came along, the path of keys where it stands, and whether
 * its author agreed to being quoted; NULL otherwise. */
const struct jnode *mastodon_quoted(const struct jnode *status, const char **path, bool *accepted);
/* Is anything quoted at all? */
bool mastodon_has_quote(const struct jnode *status);

void mastodon_author(const struct source *source, struct arena *arena, const struct jnode *account,
		     struct author *author);
/* Does a profile's note, which is HTML, say that its author does not want to be archived? NULL: no.
 */
bool mastodon_note_says_no(const char *note);
void mastodon_media(struct arena *arena, const struct jnode *array, struct post *post);
const struct poll *mastodon_poll(struct arena *arena, const struct jnode *node);
const struct card *mastodon_card(struct arena *arena, const struct jnode *node);
const struct emoji *mastodon_emojis(struct arena *arena, const struct jnode *array, size_t *count);

/* A status that is not 200, or a body that is no list of posts, as a sentence; always false. */
bool mastodon_deny(const struct source *source, const struct http_answer *answer, struct err *err);

#endif
