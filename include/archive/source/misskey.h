/*
 * The parts of the Misskey adapter: an element of an answer becomes a post. For servers that speak
 * Misskey's API: Misskey, Sharkey, CherryPick, Firefish, Iceshrimp (apis.md 4). Ids are opaque
 * strings that sort by their bytes within one server. What a note does not say of where it lives is
 * where the answer came from.
 */
#ifndef ARCHIVE_SOURCE_MISSKEY_H
#define ARCHIVE_SOURCE_MISSKEY_H

#include "archive/json/read.h"
#include "archive/model/page.h"
#include "archive/source/source.h"

#define MISSKEY_MAX_PAGE 100

/* Fills the post from a Note entity, all but what it quotes and the uri of what it answers.
 * Dropped: what is neither public nor home, a pure renote, a note that the server shows without its
 * content (isHidden). Home, and what does not leave its server (localOnly), is unlisted. An author
 * who wants to be seen by those signed in alone has opted out. source is NULL for a body of unknown
 * origin: the host is then what the note itself says. */
enum fate misskey_note(const struct source *source, struct arena *arena, const struct jnode *note,
		       struct post *post);

/* The server that the note's answer came from; NULL when nothing tells. */
const char *misskey_server(const struct source *source, struct arena *arena,
			   const struct jnode *user);
/* server: the one that answered; NULL when nothing tells. */
void misskey_author(struct arena *arena, const struct jnode *user, const char *server,
		    struct author *author);
/* Media, and sensitive when one of them is so. */
void misskey_files(struct arena *arena, const struct jnode *array, struct post *post);
const struct poll *misskey_poll(struct arena *arena, const struct jnode *node);
/* Pictures for the names (a line each), as the map of a remote note says them; those of a local one
 * (server is its own) are told by their names. */
const struct emoji *misskey_emojis(struct arena *arena, const char *names, const struct jnode *map,
				   const char *server, size_t *count);

bool misskey_request(const struct source *source, const struct query *query,
		     const struct position *position, struct http_request *out, struct err *err);
/* Takes the limit's state out of the headers (Sharkey: apis.md 4.5). */
void misskey_limits(const struct http_answer *answer, struct page *page);
/* A status that is not 200, or a body that is no list of notes, as a sentence; always false. */
bool misskey_deny(const struct source *source, const struct http_answer *answer, struct err *err);

#endif
