#include "archive/store/view-row.h"

#include <string.h>

#include "archive/base/hash.h"
#include "archive/text/utf8.h"

#define ROOT_STEPS 16 /* posts that are gone up at most */
#define TEXT_READ  ((size_t)8 * VIEW_TEXT_MAX)

/* In the order of VIEW_COLUMNS. */
enum column {
	COLUMN_POST,
	COLUMN_ITEM,
	COLUMN_POSITION,
	COLUMN_KIND,
	COLUMN_DROPPED,
	COLUMN_TIME,
	COLUMN_NETWORK,
	COLUMN_AUTHOR,
	COLUMN_NAME,
	COLUMN_HANDLE,
	COLUMN_PROFILE,
	COLUMN_URL,
	COLUMN_SPOILER,
	COLUMN_TEXT,
	COLUMN_KEY,
	COLUMN_SPEAKER,
	COLUMN_URI,
	COLUMN_CONVERSATION,
	COLUMN_PARENT,
	COLUMN_REPLY,
	COLUMN_LIKES,
	COLUMN_REPOSTS,
	COLUMN_MEDIA,
	COLUMN_GONE,
	COLUMN_VISIBILITY,
	COLUMN_FIXED,
	COLUMN_JOINED,
	COLUMN_STYLE,
};

/* ---- one line of text ---- */

/* The greatest length within max that cuts no character. */
static size_t whole_characters(const char *text, size_t max)
{
	while (max > 0 && ((unsigned char)text[max] & 0xC0) == 0x80)
		max--;
	return max;
}

static bool add_line(struct str *out, const char *text)
{
	size_t len = strnlen(text, TEXT_READ + 1);
	bool whole = len <= TEXT_READ;

	utf8_add_plain(out, text, whole ? len : whole_characters(text, TEXT_READ), true);
	return whole;
}

static const char *read_text(struct query *q, struct arena *arena, bool *cut)
{
	const char *spoiler = db_column(q, COLUMN_SPOILER);
	const char *text = db_column(q, COLUMN_TEXT);
	struct str *line = &q->store->words;
	bool whole = true;

	if (!text && !spoiler)
		return NULL;
	str_clear(line);
	if (spoiler) {
		str_add_char(line, '[');
		whole = add_line(line, spoiler);
		str_add(line, "] ");
	}
	whole = (!text || add_line(line, text)) && whole;
	*cut = !whole || line->len > VIEW_TEXT_MAX;
	if (line->len > VIEW_TEXT_MAX)
		str_truncate(line, whole_characters(line->buf, VIEW_TEXT_MAX));
	return arena_strndup(arena, line->buf, line->len);
}

/* ---- a row ---- */

static const char *copy(struct query *q, struct arena *arena, enum column column)
{
	return arena_strdup(arena, db_column(q, column));
}

static bool read_post(struct query *q, struct arena *arena, struct row *out)
{
	const char *network = db_column(q, COLUMN_NETWORK);
	const char *conversation = db_column(q, COLUMN_CONVERSATION);

	out->author = db_column_int(q, COLUMN_AUTHOR);
	out->name = copy(q, arena, COLUMN_NAME);
	out->handle = copy(q, arena, COLUMN_HANDLE);
	out->profile = copy(q, arena, COLUMN_PROFILE);
	if (!conversation)
		conversation = db_column(q, COLUMN_PARENT);
	if (!conversation)
		conversation = db_column(q, COLUMN_URI);
	out->conversation = arena_strdup(arena, conversation);
	out->likes = db_column_count(q, COLUMN_LIKES);
	out->reposts = db_column_count(q, COLUMN_REPOSTS);
	out->media = (int)db_column_int(q, COLUMN_MEDIA);
	out->reply = db_column_int(q, COLUMN_REPLY) != 0;
	out->gone = db_column_int(q, COLUMN_GONE) != 0;
	out->unlisted = str_same(db_column(q, COLUMN_VISIBILITY),
				 visibility_name(VISIBILITY_UNLISTED));
	return network && network_parse(network, &out->network);
}

static void read_item(struct query *q, struct arena *arena, struct row *out)
{
	out->key = copy(q, arena, COLUMN_KEY);
	out->speaker = copy(q, arena, COLUMN_SPEAKER);
	out->fixed = db_column_int(q, COLUMN_FIXED) != 0;
	out->joined = db_column_int(q, COLUMN_JOINED) != 0;
	if (!item_style_parse(db_column(q, COLUMN_STYLE), &out->style))
		out->style = (struct item_style){ 0 };
}

static enum verdict verdict_of(const struct query *q, const struct row *row)
{
	if (row->post && row->item)
		return VERDICT_CHOSEN;
	return db_column_int(q, COLUMN_DROPPED) ? VERDICT_DROPPED : VERDICT_NONE;
}

bool view_read_row(struct query *q, struct arena *arena, struct row *out, struct err *err)
{
	const char *kind = db_column(q, COLUMN_KIND);
	bool sound;

	*out = (struct row){
		.post = db_column_int(q, COLUMN_POST),
		.item = db_column_int(q, COLUMN_ITEM),
		.position = db_column_int(q, COLUMN_POSITION),
		.time = db_column_int(q, COLUMN_TIME),
		.likes = -1,
		.reposts = -1,
	};
	out->verdict = verdict_of(q, out);
	out->url = copy(q, arena, COLUMN_URL);
	out->text = read_text(q, arena, &out->cut);
	read_item(q, arena, out);
	sound = !kind || item_kind_parse(kind, &out->kind);
	if (sound && out->kind == ITEM_POST)
		sound = out->post && read_post(q, arena, out);
	return sound || err_set(err, ERR_MALFORMED,
				"%s: the store is damaged: post %lld or item %lld cannot be read; "
				"bring back a backup",
				q->store->path, (long long)out->post, (long long)out->item);
}

/* ---- questions ---- */

static bool is_question_mark(uint32_t c)
{
	static const uint32_t marks[] = { '?',	  0x37E,  0x55E,  0x61F,  0x1367, 0x1945, 0x203D,
					  0x2047, 0x2048, 0x2049, 0x2753, 0x2754, 0x2CFA, 0x2CFB,
					  0x2E2E, 0xA60F, 0xA6F7, 0xFE16, 0xFE56, 0xFF1F };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i] == c)
			return true;
	return false;
}

/* "?a=1" is of an address. */
static bool begins_query(uint32_t mark, const char *behind)
{
	return mark == '?' &&
	       ((*behind >= 'a' && *behind <= 'z') || (*behind >= 'A' && *behind <= 'Z') ||
		(*behind >= '0' && *behind <= '9'));
}

static bool asks(const char *text)
{
	const char *p = text, *end = text ? text + strlen(text) : NULL;

	while (p < end) {
		uint32_t c = utf8_next(&p, end);

		if (is_question_mark(c) && !begins_query(c, p))
			return true;
	}
	return false;
}

bool view_row_asks(const struct query *q)
{
	return asks(db_column(q, COLUMN_TEXT)) || asks(db_column(q, COLUMN_SPOILER));
}

/* ---- conversations ---- */

/* The parent's conversation; else what it answers itself, and more: again. */
static bool go_up(struct store *store, struct arena *arena, struct row *row, bool *more,
		  struct err *err)
{
	char short_id[HASH_SHORT_LEN + 1];
	struct query q = db_query(store, SQL_VIEW_PARENT);
	const char *conversation, *above;
	int rc;

	hash_short_id(row->conversation, short_id);
	db_text(&q, short_id);
	db_text(&q, row->conversation);
	rc = db_step(&q, err);
	*more = false;
	if (rc > 0) {
		conversation = db_column(&q, 0);
		above = db_column(&q, 1);
		*more = !conversation && above;
		if (conversation || above)
			row->conversation = arena_strdup(arena,
							 conversation ? conversation : above);
	}
	db_end(&q);
	return rc >= 0;
}

bool view_find_root(struct store *store, struct arena *arena, struct row *row, struct err *err)
{
	bool more = row->reply && row->post;

	for (int i = 0; more && i < ROOT_STEPS; i++)
		if (!go_up(store, arena, row, &more, err))
			return false;
	return true;
}
