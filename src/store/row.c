#include "archive/store/row.h"

#include <string.h>

#include "archive/base/mem.h"

int64_t row_first_id(int64_t since)
{
	if (since <= 0)
		return 0;
	return since > POST_MAX_TIME ? INT64_MAX : since << 20;
}

int64_t row_end_id(int64_t until)
{
	return until ? row_first_id(until) : INT64_MAX;
}

static void add_quoted(struct str *out, const char *text)
{
	str_add_char(out, '"');
	for (; *text; text++) {
		if ((unsigned char)*text < 0x20)
			str_addf(out, "\\u%04x", (unsigned char)*text);
		else if (*text == '"' || *text == '\\')
			str_addf(out, "\\%c", *text);
		else
			str_add_char(out, *text);
	}
	str_add_char(out, '"');
}

void row_add_list(struct str *out, const char *const *texts, size_t count)
{
	str_add_char(out, '[');
	for (size_t i = 0; i < count; i++) {
		str_add(out, i == 0 ? "" : ",");
		add_quoted(out, texts[i]);
	}
	str_add_char(out, ']');
}

/* The columns one after the other. */
struct reader {
	struct query *q;
	int column;
};

static const char *text(struct reader *r)
{
	return db_column(r->q, r->column++);
}

static int64_t integer(struct reader *r)
{
	return db_column_int(r->q, r->column++);
}

static int64_t count(struct reader *r)
{
	return db_column_count(r->q, r->column++);
}

static bool read_network(struct reader *r, enum network *out)
{
	const char *name = text(r);

	return name && network_parse(name, out);
}

static enum visibility read_visibility(struct reader *r)
{
	bool unlisted = str_same(text(r), visibility_name(VISIBILITY_UNLISTED));

	return unlisted ? VISIBILITY_UNLISTED : VISIBILITY_PUBLIC;
}

static size_t count_spaces(const char *text)
{
	size_t spaces = 0;

	for (; *text; text++)
		spaces += *text == ' ';
	return spaces;
}

/* "a b c" into its words. */
static void split_tags(struct arena *arena, const char *tags, struct post *out)
{
	const char **list;

	if (!tags)
		return;
	list = arena_array(arena, count_spaces(tags) + 1, sizeof(*list));
	while (*tags) {
		size_t len = strcspn(tags, " ");

		if (len > 0)
			list[out->tag_count++] = arena_strndup(arena, tags, len);
		tags += len + (tags[len] == ' ');
	}
	out->tags = list;
}

/* In the order of POST_COLUMNS. */
static bool read_own(struct reader *r, struct arena *arena, struct post *out, struct parts *parts)
{
	const char *id;

	out->id = integer(r);
	out->created = out->id >> 20;
	out->uri = text(r);
	id = text(r);
	if (!out->uri || !id || !read_network(r, &out->network))
		return false;
	memcpy(out->short_id, id, strnlen(id, sizeof(out->short_id) - 1));
	out->optout = integer(r) != 0;
	out->gone = integer(r);
	out->visibility = read_visibility(r);
	out->fetched = integer(r);
	out->edited = integer(r);
	out->host = text(r);
	out->network_id = text(r);
	out->url = text(r);
	out->lang = text(r);
	out->html = text(r);
	out->text = text(r);
	out->spoiler = text(r);
	out->sensitive = integer(r) != 0;
	out->reply_uri = text(r);
	out->reply_id = text(r);
	out->quote_uri = text(r);
	out->quote_url = text(r);
	out->conversation = text(r);
	split_tags(arena, text(r), out);
	out->counts.replies = count(r);
	out->counts.reposts = count(r);
	out->counts.likes = count(r);
	out->counts.quotes = count(r);
	parts->media = integer(r);
	parts->emojis = integer(r);
	parts->options = integer(r);
	parts->card = integer(r);
	out->taken = text(r);
	return true;
}

/* A post without author (it opted out) has none of these. */
static bool read_author(struct reader *r, struct author *out, int64_t *id, int64_t *emojis)
{
	*id = integer(r);
	out->uri = text(r);
	if (!out->uri)
		return true;
	if (!read_network(r, &out->network))
		return false;
	out->host = text(r);
	out->network_id = text(r);
	out->handle = text(r);
	out->name = text(r);
	out->url = text(r);
	out->avatar = text(r);
	out->bot = integer(r) != 0;
	out->optout = integer(r) != 0;
	*emojis = integer(r);
	return true;
}

static bool damaged(const struct query *q, const struct post *post, struct err *err)
{
	return err_set(err, ERR_MALFORMED,
		       "%s: the store is damaged: post %lld cannot be read; bring back a backup",
		       q->store->path, (long long)post->id);
}

bool row_read_post_alone(struct query *q, int first, struct arena *arena, struct post *out,
			 int64_t *author, struct err *err)
{
	struct reader r = { q, first };
	struct parts parts = { 0 };

	*out = (struct post){ 0 };
	if (!read_own(&r, arena, out, &parts))
		return damaged(q, out, err);
	*author = integer(&r);
	return parts_read(q->store, arena, &parts, out, err);
}

bool row_read_post(struct query *q, int first, struct arena *arena, struct post *out,
		   struct err *err)
{
	struct reader r = { q, first };
	struct parts parts = { 0 };
	int64_t author = 0;
	int64_t emojis = 0;

	*out = (struct post){ 0 };
	if (!read_own(&r, arena, out, &parts) || !read_author(&r, &out->author, &author, &emojis))
		return damaged(q, out, err);
	return author_emojis_read(q->store, arena, author, emojis, &out->author, err) &&
	       parts_read(q->store, arena, &parts, out, err);
}

size_t row_keep_author(struct arena *arena, struct author *author)
{
	const char **texts[] = {
		&author->uri,  &author->host, &author->network_id, &author->handle,
		&author->name, &author->url,  &author->avatar,
	};

	size_t bytes = 0;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		bytes += *texts[i] ? strlen(*texts[i]) : 0;
		*texts[i] = arena_strdup(arena, *texts[i]);
	}
	return bytes;
}

bool row_read_author(struct query *q, struct arena *arena, struct author *out, struct err *err)
{
	struct reader r = { q, 0 };
	int64_t id = 0, emojis = 0;

	*out = (struct author){ 0 };
	if (!read_author(&r, out, &id, &emojis))
		return err_set(err, ERR_MALFORMED,
			       "%s: the store is damaged: author %lld cannot be read; bring back a "
			       "backup",
			       q->store->path, (long long)id);
	return author_emojis_read(q->store, arena, id, emojis, out, err);
}

int row_find_post(struct query *q, int64_t id, struct arena *arena, struct post *out,
		  struct err *err)
{
	int rc;

	db_end(q);
	q->next = 0;
	db_int(q, id);
	rc = db_step(q, err);
	if (rc > 0 && !row_read_post(q, 0, arena, out, err))
		rc = -1;
	return rc;
}
