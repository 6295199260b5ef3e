#include "archive/store/row.h"

#include "archive/base/mem.h"

/* No post has more of anything; what a damaged row claims beyond it is not read. */
#define PARTS_MAX 1000

static size_t room_for(int64_t claimed)
{
	if (claimed < 0)
		return 0;
	return claimed > PARTS_MAX ? PARTS_MAX : (size_t)claimed;
}

/* ---- reading ---- */

static bool read_media(struct query *q, struct arena *arena, size_t room, struct post *post,
		       struct err *err)
{
	struct media *list = arena_array(arena, room, sizeof(*list));
	int rc = 0;

	while (post->media_count < room && (rc = db_step(q, err)) > 0) {
		struct media *m = &list[post->media_count++];
		const char *kind = db_column(q, 0);

		if (!kind || !media_kind_parse(kind, &m->kind))
			m->kind = MEDIA_UNKNOWN;
		m->url = arena_strdup(arena, db_column(q, 1));
		m->preview = arena_strdup(arena, db_column(q, 2));
		m->alt = arena_strdup(arena, db_column(q, 3));
		m->width = (int)db_column_int(q, 4);
		m->height = (int)db_column_int(q, 5);
		m->duration_ms = db_column_int(q, 6);
		m->blurhash = arena_strdup(arena, db_column(q, 7));
	}
	post->media = list;
	return rc >= 0;
}

static bool read_emojis(struct query *q, struct arena *arena, size_t room, const struct emoji **out,
			size_t *count, struct err *err)
{
	struct emoji *list = arena_array(arena, room, sizeof(*list));
	int rc = 0;

	while (*count < room && (rc = db_step(q, err)) > 0) {
		list[*count].code = arena_strdup(arena, db_column(q, 0));
		list[*count].url = arena_strdup(arena, db_column(q, 1));
		*count += list[*count].code && list[*count].url;
	}
	*out = list;
	return rc >= 0;
}

static bool read_options(struct query *q, struct arena *arena, size_t room, struct poll *poll,
			 struct err *err)
{
	struct poll_option *list = arena_array(arena, room, sizeof(*list));
	int rc = 0;

	while (poll->option_count < room && (rc = db_step(q, err)) > 0) {
		list[poll->option_count].title = arena_strdup(arena, db_column(q, 0));
		list[poll->option_count].votes = db_column_count(q, 1);
		poll->option_count += list[poll->option_count].title != NULL;
	}
	poll->options = list;
	return rc >= 0;
}

static bool read_card(struct query *q, struct arena *arena, struct post *post, struct err *err)
{
	struct card *card = arena_alloc(arena, sizeof(*card));
	int rc = db_step(q, err);

	if (rc <= 0)
		return rc == 0;
	card->url = arena_strdup(arena, db_column(q, 0));
	card->title = arena_strdup(arena, db_column(q, 1));
	card->description = arena_strdup(arena, db_column(q, 2));
	card->image = arena_strdup(arena, db_column(q, 3));
	card->site = arena_strdup(arena, db_column(q, 4));
	post->card = card;
	return true;
}

static struct query query_of(struct store *store, enum sql sql, int64_t id)
{
	struct query q = db_query(store, sql);

	db_int(&q, id);
	return q;
}

static bool read_poll(struct store *store, struct arena *arena, size_t room, struct post *post,
		      struct err *err)
{
	struct poll *poll = arena_alloc(arena, sizeof(*poll));
	struct query q = query_of(store, SQL_POLL, post->id);
	int rc = db_step(&q, err);
	bool ok;

	if (rc > 0) {
		poll->ends = db_column_int(&q, 0);
		poll->voters = db_column_count(&q, 1);
		poll->multiple = db_column_int(&q, 2) != 0;
		poll->closed = db_column_int(&q, 3) != 0;
		post->poll = poll;
	}
	db_end(&q);
	if (rc <= 0)
		return rc == 0;
	q = query_of(store, SQL_POLL_OPTIONS, post->id);
	ok = read_options(&q, arena, room, poll, err);
	db_end(&q);
	return ok;
}

bool parts_read(struct store *store, struct arena *arena, const struct parts *parts,
		struct post *post, struct err *err)
{
	struct query q;
	bool ok = true;

	if (parts->media > 0) {
		q = query_of(store, SQL_MEDIA, post->id);
		ok = read_media(&q, arena, room_for(parts->media), post, err);
		db_end(&q);
	}
	if (ok && parts->emojis > 0) {
		q = query_of(store, SQL_POST_EMOJIS, post->id);
		ok = read_emojis(&q, arena, room_for(parts->emojis), &post->emojis,
				 &post->emoji_count, err);
		db_end(&q);
	}
	if (ok && parts->options > 0)
		ok = read_poll(store, arena, room_for(parts->options), post, err);
	if (ok && parts->card > 0) {
		q = query_of(store, SQL_CARD, post->id);
		ok = read_card(&q, arena, post, err);
		db_end(&q);
	}
	return ok;
}

bool author_emojis_read(struct store *store, struct arena *arena, int64_t author, int64_t count,
			struct author *out, struct err *err)
{
	struct query q;
	bool ok;

	if (count <= 0)
		return true;
	q = query_of(store, SQL_AUTHOR_EMOJIS, author);
	ok = read_emojis(&q, arena, room_for(count), &out->emojis, &out->emoji_count, err);
	db_end(&q);
	return ok;
}

/* ---- writing ---- */

static bool write_media(struct store *store, int64_t id, const struct post *post, struct err *err)
{
	for (size_t i = 0; i < post->media_count; i++) {
		const struct media *m = &post->media[i];
		struct query q = query_of(store, SQL_MEDIA_ADD, id);

		db_int(&q, (int64_t)i);
		db_text(&q, media_kind_name(m->kind));
		db_text(&q, m->url);
		db_text(&q, m->preview);
		db_text(&q, m->alt);
		db_int(&q, m->width);
		db_int(&q, m->height);
		db_int(&q, m->duration_ms);
		db_text(&q, m->blurhash);
		if (!db_done(&q, err))
			return false;
	}
	return true;
}

static bool write_emojis(struct store *store, enum sql sql, int64_t id, const struct emoji *emojis,
			 size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		struct query q = query_of(store, sql, id);

		db_text(&q, emojis[i].code);
		db_text(&q, emojis[i].url);
		if (!db_done(&q, err))
			return false;
	}
	return true;
}

static bool write_poll(struct store *store, int64_t id, const struct poll *poll, struct err *err)
{
	struct query q = query_of(store, SQL_POLL_ADD, id);

	db_int(&q, poll->ends);
	db_count(&q, poll->voters);
	db_int(&q, poll->multiple);
	db_int(&q, poll->closed);
	if (!db_done(&q, err))
		return false;
	for (size_t i = 0; i < poll->option_count; i++) {
		q = query_of(store, SQL_POLL_OPTION_ADD, id);
		db_int(&q, (int64_t)i);
		db_text(&q, poll->options[i].title);
		db_count(&q, poll->options[i].votes);
		if (!db_done(&q, err))
			return false;
	}
	return true;
}

static bool write_card(struct store *store, int64_t id, const struct card *card, struct err *err)
{
	struct query q = query_of(store, SQL_CARD_ADD, id);

	db_text(&q, card->url);
	db_text(&q, card->title);
	db_text(&q, card->description);
	db_text(&q, card->image);
	db_text(&q, card->site);
	return db_done(&q, err);
}

static bool has_poll(const struct post *post)
{
	return post->poll && post->poll->option_count > 0;
}

struct parts parts_of(const struct post *post)
{
	return (struct parts){
		.media = (int64_t)post->media_count,
		.emojis = (int64_t)post->emoji_count,
		.options = has_poll(post) ? (int64_t)post->poll->option_count : 0,
		.card = post->card != NULL,
	};
}

bool parts_write(struct store *store, int64_t id, const struct post *post, struct err *err)
{
	return write_media(store, id, post, err) &&
	       write_emojis(store, SQL_POST_EMOJI_ADD, id, post->emojis, post->emoji_count, err) &&
	       (!has_poll(post) || write_poll(store, id, post->poll, err)) &&
	       (!post->card || write_card(store, id, post->card, err));
}

static bool run(struct store *store, enum sql sql, int64_t id, struct err *err)
{
	struct query q = query_of(store, sql, id);

	return db_done(&q, err);
}

bool parts_remove(struct store *store, int64_t id, const struct parts *parts, struct err *err)
{
	return (parts->media <= 0 || run(store, SQL_MEDIA_REMOVE, id, err)) &&
	       (parts->emojis <= 0 || run(store, SQL_POST_EMOJIS_REMOVE, id, err)) &&
	       (parts->options <= 0 || run(store, SQL_POLL_OPTIONS_REMOVE, id, err)) &&
	       (parts->options <= 0 || run(store, SQL_POLL_REMOVE, id, err)) &&
	       (parts->card <= 0 || run(store, SQL_CARD_REMOVE, id, err));
}

bool author_emojis_write(struct store *store, int64_t id, const struct author *author,
			 struct err *err)
{
	return run(store, SQL_AUTHOR_EMOJIS_REMOVE, id, err) &&
	       write_emojis(store, SQL_AUTHOR_EMOJI_ADD, id, author->emojis, author->emoji_count,
			    err);
}
