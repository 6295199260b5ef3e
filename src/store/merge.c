#include "archive/store/merge.h"

#include "archive/store/find.h"
#include "archive/store/put.h"
#include "archive/store/stored.h"

/* ---- people ---- */

/* What wins, compared one after the other. */
#define RANKS 6
struct standing {
	int64_t rank[RANKS];
};

static bool is_higher(const struct standing *a, const struct standing *b)
{
	for (size_t i = 0; i < RANKS; i++)
		if (a->rank[i] != b->rank[i])
			return a->rank[i] > b->rank[i];
	return false;
}

static struct standing standing_of_author(struct arena *arena, const struct author *author,
					  int64_t fetched)
{
	return (struct standing){ {
		author->optout || author->handle, /* more is known than the uri */
		fetched,
		author->optout,
		author->optout ? 0 : content_of_author(arena, author),
	} };
}

static bool load_author(struct store *store, const struct stored_author *stored,
			struct standing *standing, struct err *err)
{
	struct query q = db_query(store, SQL_AUTHOR_GET);
	struct arena arena = ARENA_INIT;
	struct author row = { 0 };
	bool ok = false;

	db_int(&q, stored->id);
	if (db_step(&q, err) > 0 && row_read_author(&q, &arena, &row, err)) {
		*standing = standing_of_author(&arena, &row, stored->fetched);
		ok = true;
	}
	db_end(&q);
	arena_release(&arena);
	return ok;
}

static bool put_author(struct store *into, const struct author *author, int64_t fetched,
		       struct err *err)
{
	const struct author bare = { .network = author->network,
				     .uri = author_identity(author),
				     .url = author->url };
	struct put_author put;

	if (fetched == 0 && !author->optout)
		return author_put_taken(into, author, &put, err);
	if (author->optout && !author_put(into, &bare, 0, &put, err))
		return false;
	return author_put(into, author, fetched, &put, err);
}

bool merge_author(struct store *into, const struct author *author, int64_t fetched, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct standing ours = { 0 }, theirs;
	struct stored_author stored;
	bool forgotten = false;

	if (!author_identity(author))
		return true;
	if (!forgotten_author(into, author, &forgotten, err))
		return false;
	if (forgotten)
		return true;
	if (!stored_author(into, author_identity(author), &stored, err))
		return false;
	if (!stored.id)
		return put_author(into, author, fetched, err);
	if (!load_author(into, &stored, &ours, err))
		return false;
	theirs = standing_of_author(&arena, author, fetched);
	arena_release(&arena);
	if (!is_higher(&theirs, &ours))
		return true;
	if (!author->optout)
		return author_renew(into, author, fetched, err);
	return put_author(into, author, fetched < stored.fetched ? stored.fetched : fetched, err);
}

/* ---- posts ---- */

/* A note of Misskey comes without its author's wishes: that it is there takes no opt-out back. */
static struct standing standing_of(struct arena *arena, const struct post *post)
{
	bool own = post->optout || !post->taken;

	return (struct standing){ {
		post->optout && post->network == NETWORK_MISSKEY,
		own,
		own ? post->fetched : -post->fetched,
		post->optout,
		post->optout ? 0 : post->edited,
		post->optout ? 0 : content_of_post(arena, post),
	} };
}

static bool load_post(struct store *store, int64_t id, struct arena *arena,
		      struct standing *standing, struct err *err)
{
	struct query q = db_query(store, SQL_POST_GET);
	struct post row;
	int rc = row_find_post(&q, id, arena, &row, err);

	if (rc > 0)
		*standing = standing_of(arena, &row);
	db_end(&q);
	return rc > 0;
}

/* When its author is known to have opted out, that is when the post did. */
static bool note_optout(struct store *into, struct post *post, struct err *err)
{
	struct stored_author author;

	if (post->optout || !author_identity(&post->author))
		return true;
	if (!stored_author(into, author_identity(&post->author), &author, err))
		return false;
	post->optout = author.optout;
	if (author.optout && author.fetched > post->fetched)
		post->fetched = author.fetched;
	return true;
}

/* As far as posts alone tell; who saw it later is looked at when the sightings are there. */
static bool put_gone(struct store *into, const struct stored_post *now, int64_t gone,
		     struct err *err)
{
	struct query q;

	if (now->optout)
		gone = 0;
	if (gone == now->gone)
		return true;
	q = db_query(into, SQL_GONE_AGAIN);
	db_int(&q, now->id);
	db_int(&q, gone);
	return db_done(&q, err);
}

static bool note_author(struct store *into, const struct author *author, struct idset *idle,
			struct err *err)
{
	struct stored_author stored;

	if (!author_identity(author))
		return true;
	if (!stored_author(into, author_identity(author), &stored, err))
		return false;
	if (stored.id)
		idset_add(idle, stored.id);
	return true;
}

static bool put_post(struct store *into, struct post *post, struct arena *arena,
		     enum merged *merged, struct idset *idle, struct err *err)
{
	struct put_report ignored = { 0 };
	struct stored_post former, now;
	struct standing ours = { 0 }, theirs;
	int64_t gone = post->gone, author = 0;
	bool bare = post->optout;

	if (!stored_post(into, post->uri, &former, err) || !note_optout(into, post, err))
		return false;
	if (former.id && (!load_post(into, former.id, arena, &ours, err) ||
			  !author_of_post(into, former.id, &author, err)))
		return false;
	if (former.gone > gone)
		gone = former.gone;
	theirs = standing_of(arena, post);
	*merged = former.id ? MERGED_KNOWN : MERGED_NEW;
	if (!former.id || is_higher(&theirs, &ours)) {
		if (former.id)
			*merged = MERGED_CHANGED;
		if (!post_put_forced(into, post, &ignored, err))
			return false;
	} else if (former.optout && post->fetched > former.fetched &&
		   !post_touch(into, former.id, post->fetched, err)) {
		return false;
	}
	if (!stored_post(into, post->uri, &now, err))
		return false;
	/* what the other store keeps of its pictures is not to stay */
	into->pictures_stale = into->pictures_stale || (now.optout && !bare);
	if (now.optout && author)
		idset_add(idle, author);
	if (now.optout && !note_author(into, &post->author, idle, err))
		return false;
	return !now.id || put_gone(into, &now, gone, err);
}

/* Somebody of whom nothing but what was forgotten came is not to stay. */
bool merge_idle_author(struct store *into, int64_t author, struct err *err)
{
	return author_remove_idle(into, author, err);
}

bool merge_post(struct store *into, const struct post *post, enum merged *merged,
		struct idset *idle, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct post copy = *post;
	bool forgotten = false;
	bool ok;

	*merged = MERGED_LEFT_OUT;
	/* of people as merge_author() left them nothing is to be changed by a post of theirs */
	copy.author = (struct author){ .network = post->author.network,
				       .uri = post->author.uri,
				       .url = post->author.url };
	ok = (post->optout ? forgotten_prefix(into, post->uri, &forgotten, err)
			   : forgotten_post(into, post, &forgotten, err)) &&
	     (forgotten ? note_author(into, &post->author, idle, err)
			: put_post(into, &copy, &arena, merged, idle, err));
	into->pictures_stale = into->pictures_stale || forgotten;
	arena_release(&arena);
	return ok;
}

bool merge_has_post(struct store *into, const char *uri, bool *has, struct err *err)
{
	int64_t id = 0;

	if (!find_by_uri(into, uri, &id, err))
		return false;
	*has = id != 0;
	return true;
}
