/*
 * Posts as rows: this room's own header, for no other room. The columns of a post stand in one
 * order, POST_COLUMNS, in every statement that gives posts; row_read_post() alone knows it.
 */
#ifndef ARCHIVE_STORE_ROW_H
#define ARCHIVE_STORE_ROW_H

#include "archive/store/db.h"

/* Of "post p", of "author a", and of both. */
#define POST_OWN_COLUMNS                                                                         \
	"p.id, p.uri, p.short, p.network, p.optout, p.gone, p.visibility, p.fetched, p.edited, " \
	"p.host, "                                                                               \
	"p.network_id, p.url, p.lang, p.html, p.text, p.spoiler, p.sensitive, p.reply_uri, "     \
	"p.reply_id, "                                                                           \
	"p.quote_uri, p.quote_url, p.conversation, p.tags, p.replies, p.reposts, p.likes, "      \
	"p.quotes, "                                                                             \
	"p.media, p.emojis, p.options, p.card, p.taken"
#define AUTHOR_COLUMNS                                                                             \
	"a.id, a.uri, a.network, a.host, a.network_id, a.handle, a.name, a.url, a.avatar, a.bot, " \
	"a.optout, a.emojis"
#define POST_COLUMNS POST_OWN_COLUMNS ", " AUTHOR_COLUMNS
#define POST_TABLES  "post p LEFT JOIN author a ON a.id = p.author"

/* The bounds of a window as ids, the first inclusive, the end exclusive: a time is the upper bits
 * of an id (model/post.h). 0 is open; beyond POST_MAX_TIME there is no post. */
int64_t row_first_id(int64_t since);
int64_t row_end_id(int64_t until);
struct item_range;
/* Binds the positions that a section goes from and below; all for NULL. */
void row_bind_section(struct query *q, const struct item_range *section);
/* Adds the texts as a JSON list, for json_each(). */
void row_add_list(struct str *out, const char *const *texts, size_t count);
/* The post that stands in the columns from first on. Its strings are the row's and the arena's:
 * they hold until the next step of q. ERR_MALFORMED when the row is not what a post can be. */
MUST_CHECK bool row_read_post(struct query *q, int first, struct arena *arena, struct post *out,
			      struct err *err);
/* The same of a row that has POST_OWN_COLUMNS and then p.author, which goes to *author; out->author
 * is the caller's to fill. */
MUST_CHECK bool row_read_post_alone(struct query *q, int first, struct arena *arena,
				    struct post *out, int64_t *author, struct err *err);
/* The author of SQL_AUTHOR_GET, in the same way. */
MUST_CHECK bool row_read_author(struct query *q, struct arena *arena, struct author *out,
				struct err *err);
/* Moves the strings of a row into the arena; how many bytes they are. */
size_t row_keep_author(struct arena *arena, struct author *author);
/* The post of an id; strings are the row's: q is db_end()ed by the caller when they are done with.
 * 1, 0 or -1. */
int row_find_post(struct query *q, int64_t id, struct arena *arena, struct post *out,
		  struct err *err);

/* ---- what hangs on a post or an author, in tables of its own ---- */

/* As the post's row counts them; zero asks for nothing. */
struct parts {
	int64_t media, emojis, options, card;
};

struct parts parts_of(const struct post *post);
/* Reads them into the arena. */
MUST_CHECK bool parts_read(struct store *store, struct arena *arena, const struct parts *parts,
			   struct post *post, struct err *err);
MUST_CHECK bool parts_write(struct store *store, int64_t id, const struct post *post,
			    struct err *err);
MUST_CHECK bool parts_remove(struct store *store, int64_t id, const struct parts *parts,
			     struct err *err);
MUST_CHECK bool author_emojis_read(struct store *store, struct arena *arena, int64_t author,
				   int64_t count, struct author *out, struct err *err);
/* Instead of those that are there. */
MUST_CHECK bool author_emojis_write(struct store *store, int64_t id, const struct author *author,
				    struct err *err);

#endif
