#include <stdlib.h>
#include <string.h>

#include "archive/base/zone.h"
#include "archive/collect/merge-parts.h"
#include "archive/store/known.h"

#define LONGEST_LAG (INT64_C(24) * 60 * 60 * 1000) /* ms */

/* A version on its way out of a store. */
struct reading {
	struct merge *merge;
	struct store *store;
	struct arena *arena;
	struct version *version;
	struct str text; /* all that is compared */
	bool leaderless; /* the first of a group of cross-posts is left out */
};

static void add_text(struct str *out, const char *text)
{
	str_addf(out, "%zu:", text ? strlen(text) : 0);
	str_add(out, text ? text : "-");
	str_add_char(out, '\n');
}

/* ---- settings ---- */

static bool is_slug(const char *slug)
{
	struct str folded = STR_INIT;
	struct err ignored = { 0 };
	bool ok = slug && slug_fold(&folded, slug, &ignored) && str_same(folded.buf, slug);

	str_release(&folded);
	return ok;
}

static void clean_settings(struct arena *arena, const struct thread *thread, struct thread *out)
{
	const char **tags = arena_array(arena, thread->tag_count, sizeof(*tags));

	*out = (struct thread){
		.slug = thread->slug,
		.title = clean_line(arena, thread->title),
		.lang = clean_line(arena, thread->lang),
		.zone = thread->zone && zone_known(thread->zone) ? thread->zone : NULL,
		.since = thread->since < 0 ? 0 : thread->since,
		.until = thread->until < 0 ? 0 : thread->until,
		.lag = thread->lag < 0 || thread->lag > LONGEST_LAG ? 0 : thread->lag,
		.curator = clean_line(arena, thread->curator),
		.description = clean_text(arena, thread->description),
		.tags = tags,
	};
	for (size_t i = 0; i < thread->tag_count; i++)
		if (clean_tag(thread->tags[i]))
			tags[out->tag_count++] = thread->tags[i];
}

static bool read_settings(struct reading *r, int64_t id, struct err *err)
{
	struct version *version = r->version;
	struct thread thread;
	const struct thread *settings = &version->settings;

	if (!thread_load_id(r->store, id, r->arena, &thread, err))
		return false;
	clean_settings(r->arena, &thread, &version->settings);
	add_text(&r->text, settings->title);
	add_text(&r->text, settings->lang);
	add_text(&r->text, settings->zone);
	add_text(&r->text, settings->curator);
	add_text(&r->text, settings->description);
	add_text(&r->text, version->origin);
	str_addf(&r->text, "%lld %lld %lld\n", (long long)settings->since,
		 (long long)settings->until, (long long)settings->lag);
	for (size_t i = 0; i < settings->tag_count; i++)
		add_text(&r->text, settings->tags[i]);
	return true;
}

/* ---- items ---- */

/* 0 when the post is not in this store. */
static bool find_here(struct reading *r, const char *uri, int64_t *id, bool *optout,
		      struct err *err)
{
	struct known_post known;
	struct err why = { 0 };

	*id = 0;
	if (!uri)
		return true;
	if (!store_find_post(r->merge->into, uri, id, &why)) {
		*id = 0;
		if (why.code == ERR_NOT_FOUND || why.code == ERR_USAGE)
			return true;
		*err = why;
		return false;
	}
	if (!known_load(r->merge->into, *id, r->arena, &known, err))
		return false;
	*optout = known.optout;
	if (!str_same(known.uri, uri))
		*id = 0;
	return true;
}

static void compare_item(struct str *text, const struct version_item *item, const char *uri)
{
	const struct item *words = &item->op.words;

	add_text(text, item_kind_name(words->kind));
	add_text(text, uri);
	add_text(text, words->key);
	add_text(text, words->text);
	add_text(text, words->url);
	add_text(text, words->speaker);
	add_text(text, words->label);
	add_text(text, item->origin);
	str_addf(text, "%lld ", (long long)words->starts);
	item_style_add(text, &words->style);
	str_addf(text, " %d %d %lld\n", words->fixed, words->joined, (long long)item->part);
}

static void clean_words(struct arena *arena, const struct item *item, struct item *out)
{
	*out = *item;
	out->id = 0;
	out->post = NULL;
	out->key = clean_line(arena, item->key);
	out->text = clean_text(arena, item->text);
	out->url = item->kind == ITEM_POST ? NULL : clean_url(item->url);
	out->speaker = clean_line(arena, item->speaker);
	out->label = clean_line(arena, item->label);
	if (out->starts < 0)
		out->starts = 0;
}

/* Of a group whose first post is left out the next one leads. */
static void lead(struct reading *r, const struct item *item, bool here, struct item *words)
{
	if (item->kind != ITEM_POST || !item->joined)
		r->leaderless = item->kind == ITEM_POST && !here;
	else if (here && r->leaderless)
		words->joined = r->leaderless = false;
}

static bool read_item(struct reading *r, const struct item *item, struct err *err)
{
	struct version_item *out = &r->version->items[r->version->item_count];
	const char *uri = item->post ? item->post->uri : NULL;
	struct item words;
	bool optout = false;
	int64_t post = 0;

	if (!find_here(r, uri, &post, &optout, err) ||
	    !merge_item_part(r->store, item->id, r->arena, &out->origin, &out->part, err))
		return false;
	clean_words(r->arena, item, &words);
	lead(r, item, post != 0, &words);
	if (optout)
		words.text = NULL;
	if (item->kind == ITEM_POST ? !post : !words.text && !words.url)
		return true;
	out->origin = clean_line(r->arena, out->origin);
	out->op = (struct op){ .kind = post ? OP_CHOOSE : OP_INSERT,
			       .post = post,
			       .again = true,
			       .spot = { .kind = SPOT_END },
			       .words = words };
	compare_item(&r->text, out, uri);
	r->version->item_count++;
	return true;
}

static bool read_items(struct reading *r, int64_t id, struct err *err)
{
	struct item *items = NULL;
	size_t count = 0;

	if (!thread_outline(r->store, id, r->arena, &items, &count, err))
		return false;
	r->version->items = arena_array(r->arena, count, sizeof(*r->version->items));
	for (size_t i = 0; i < count; i++)
		if (!read_item(r, &items[i], err))
			return false;
	return true;
}

/* ---- what was dropped ---- */

static int by_uri(const void *a, const void *b)
{
	return strcmp(((const struct version_drop *)a)->uri, ((const struct version_drop *)b)->uri);
}

static bool read_dropped(struct reading *r, int64_t id, struct err *err)
{
	struct version *version = r->version;
	struct post *posts = NULL;
	size_t count = 0;
	bool optout;

	if (!thread_dropped(r->store, id, r->arena, &posts, &count, err))
		return false;
	version->dropped = arena_array(r->arena, count, sizeof(*version->dropped));
	for (size_t i = 0; i < count; i++) {
		struct version_drop *drop = &version->dropped[version->dropped_count];

		drop->uri = posts[i].uri;
		if (!find_here(r, drop->uri, &drop->post, &optout, err))
			return false;
		version->dropped_count += drop->post != 0;
	}
	if (version->dropped_count > 1)
		qsort(version->dropped, version->dropped_count, sizeof(*version->dropped), by_uri);
	for (size_t i = 0; i < version->dropped_count; i++)
		add_text(&r->text, version->dropped[i].uri);
	return true;
}

/* ---- all of it ---- */

bool version_read(struct merge *merge, struct store *store, const struct merge_thread *thread,
		  struct arena *arena, struct version *out, struct err *err)
{
	struct reading r = {
		.merge = merge, .store = store, .arena = arena, .version = out, .text = STR_INIT
	};
	bool ok = true;

	*out = (struct version){ .changed = thread->changed,
				 .origin = clean_line(arena, thread->origin) };
	out->fit = is_slug(thread->slug) && out->changed >= 0 &&
		   out->changed <= merge_latest(merge);
	if (out->fit)
		ok = read_settings(&r, thread->id, err) && read_items(&r, thread->id, err) &&
		     read_dropped(&r, thread->id, err);
	hash_sha256(r.text.buf, r.text.len, out->hash);
	str_release(&r.text);
	return ok;
}

bool version_wins(const struct version *a, const struct version *b)
{
	if (a->changed != b->changed)
		return a->changed > b->changed;
	return memcmp(a->hash, b->hash, sizeof(a->hash)) > 0;
}
