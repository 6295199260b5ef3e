#include "archive/source/bluesky.h"

#include <stdlib.h>
#include <string.h>

#include "archive/markup/markup.h"
#include "archive/source/intake.h"
#include "archive/text/link.h"
#include "archive/text/tag.h"

#define MAX_FACETS   512
#define MAX_FEATURES 16 /* of a facet */
#define FACET	     "app.bsky.richtext.facet"

/* ---- tags ---- */

static const char *tag_of(const struct jnode *feature)
{
	if (!str_same(jnode_string(feature, "$type"), FACET "#tag"))
		return NULL;
	return jnode_string(feature, "tag");
}

/* Hands out the record's tags one by one, wherever its facets stand. */
struct tag_walk {
	const struct jnode *facets, *hidden;
	size_t facet, feature, next;
};

static const char *next_tag(struct tag_walk *walk)
{
	while (walk->facet < jnode_len(walk->facets) && walk->facet < MAX_FACETS) {
		const struct jnode *features = jnode_get(jnode_at(walk->facets, walk->facet),
							 "features");

		while (walk->feature < jnode_len(features) && walk->feature < MAX_FEATURES) {
			const char *tag = tag_of(jnode_at(features, walk->feature++));

			if (tag)
				return tag;
		}
		walk->facet++;
		walk->feature = 0;
	}
	while (walk->next < jnode_len(walk->hidden) && walk->next < INTAKE_MAX_TAGS) {
		const char *tag = jnode_text(jnode_at(walk->hidden, walk->next++));

		if (tag)
			return tag;
	}
	return NULL;
}

static struct tag_walk tags_of(const struct jnode *record)
{
	return (struct tag_walk){ .facets = jnode_get(record, "facets"),
				  .hidden = jnode_get(record, "tags") };
}

void bluesky_tags(struct arena *arena, const struct jnode *record, struct post *post)
{
	struct tag_walk walk = tags_of(record);
	const char **tags = NULL;
	const char *name;

	while (post->tag_count < INTAKE_MAX_TAGS && (name = next_tag(&walk))) {
		if (!tags)
			tags = arena_array(arena, INTAKE_MAX_TAGS, sizeof(*tags));
		intake_add_tag(arena, tags, &post->tag_count, name);
	}
	post->tags = tags;
}

bool bluesky_carries(const struct jnode *view, const char *tag)
{
	struct tag_walk walk = tags_of(bluesky_record(view));
	struct str folded = STR_INIT;
	const char *name;
	bool found = false;

	while (!found && (name = next_tag(&walk))) {
		str_clear(&folded);
		found = tag_fold_quiet(&folded, name, strlen(name)) && str_same(folded.buf, tag);
	}
	str_release(&folded);
	return found;
}

/* ---- text ---- */

/* A text and what stands in it, by place and without overlaps. */
struct faceted {
	struct arena *arena;
	const char *text;
	size_t len;
	struct entity *entities;
	size_t count;
};

static bool at_character(const struct faceted *r, size_t at)
{
	return at == r->len || ((unsigned char)r->text[at] & 0xC0) != 0x80;
}

static bool read_place(const struct faceted *r, const struct jnode *index, struct entity *out)
{
	int64_t start = jnode_int(index, "byteStart", -1);
	int64_t end = jnode_int(index, "byteEnd", -1);

	if (start < 0 || end <= start || (uint64_t)end > r->len)
		return false;
	out->start = (size_t)start;
	out->end = (size_t)end;
	return at_character(r, out->start) && at_character(r, out->end);
}

/* Clients shorten an address to "blog.example/2026/11...": told by markup's own sign, the plain
 * text has the whole one. */
static const char *shortened(const struct faceted *r, const struct entity *e)
{
	size_t len = e->end - e->start;

	if (len <= 3 || memcmp(r->text + e->end - 3, "...", 3) != 0)
		return NULL;
	return arena_printf(r->arena, "%.*s…", (int)(len - 3), r->text + e->start);
}

static const char *tag_page(struct arena *arena, const char *tag)
{
	struct str url = STR_INIT;
	const char *made;

	str_add(&url, BLUESKY_TAG_URL);
	link_add_escaped(&url, tag);
	made = intake_url(arena, url.buf);
	str_release(&url);
	return made;
}

static bool read_feature(const struct faceted *r, const struct jnode *feature, struct entity *out)
{
	const char *type = jnode_string(feature, "$type");
	const char *did = jnode_string(feature, "did");

	if (str_same(type, FACET "#link")) {
		out->kind = ENTITY_LINK;
		out->url = intake_url_of(r->arena, feature, "uri");
		out->text = shortened(r, out);
	} else if (tag_of(feature)) {
		out->kind = ENTITY_TAG;
		out->url = tag_page(r->arena, tag_of(feature));
	} else if (str_same(type, FACET "#mention") && bluesky_is_did(did)) {
		out->kind = ENTITY_MENTION;
		out->url = arena_printf(r->arena, BLUESKY_PAGE_URL "%s", did);
	}
	return out->url != NULL;
}

static bool read_facet(const struct faceted *r, const struct jnode *facet, struct entity *out)
{
	const struct jnode *features = jnode_get(facet, "features");

	*out = (struct entity){ 0 };
	if (!read_place(r, jnode_get(facet, "index"), out))
		return false;
	for (size_t i = 0; i < jnode_len(features) && i < MAX_FEATURES; i++)
		if (read_feature(r, jnode_at(features, i), out))
			return true;
	return false;
}

static int by_start(const void *a, const void *b)
{
	const struct entity *left = a, *right = b;

	if (left->start != right->start)
		return left->start < right->start ? -1 : 1;
	return (left->end > right->end) - (left->end < right->end);
}

static void read_facets(struct faceted *r, const struct jnode *facets)
{
	size_t len = jnode_len(facets), kept = 0, end = 0;

	for (size_t i = 0; i < len && i < MAX_FACETS; i++)
		r->count += read_facet(r, jnode_at(facets, i), &r->entities[r->count]);
	if (r->count > 1)
		qsort(r->entities, r->count, sizeof(*r->entities), by_start);
	for (size_t i = 0; i < r->count; i++) {
		if (r->entities[i].start < end)
			continue;
		end = r->entities[i].end;
		r->entities[kept++] = r->entities[i];
	}
	r->count = kept;
}

static bool next_url(const struct faceted *r, size_t from, struct link_span *out)
{
	while (link_next(r->text, r->len, from, out)) {
		if (out->kind == LINK_URL)
			return true;
		from = out->end;
	}
	return false;
}

static size_t count_urls(const struct faceted *r)
{
	struct link_span span;
	size_t count = 0;

	for (size_t at = 0; next_url(r, at, &span); at = span.end)
		count++;
	return count;
}

/* An address that has no facet is one all the same. */
static void add_urls(struct faceted *r)
{
	size_t facets = r->count, facet = 0;
	struct link_span span;

	for (size_t at = 0; next_url(r, at, &span); at = span.end) {
		const char *words = arena_printf(r->arena, "%s%.*s", span.bare ? "https://" : "",
						 (int)(span.end - span.start),
						 r->text + span.start);

		while (facet < facets && r->entities[facet].end <= span.start)
			facet++;
		if (facet < facets && r->entities[facet].start < span.end)
			continue;
		r->entities[r->count++] = (struct entity){ .kind = ENTITY_LINK,
							   .start = span.start,
							   .end = span.end,
							   .url = intake_url(r->arena, words) };
	}
}

void bluesky_text(struct arena *arena, const struct jnode *record, struct post *post)
{
	const struct jnode *facets = jnode_get(record, "facets");
	const char *text = jnode_string(record, "text");
	struct faceted r = { .arena = arena, .text = text };
	struct str html = STR_INIT, plain = STR_INIT;
	size_t room = jnode_len(facets) < MAX_FACETS ? jnode_len(facets) : MAX_FACETS;

	if (!text)
		return;
	r.len = strnlen(text, MARKUP_MAX_BYTES);
	r.entities = arena_array(arena, room + count_urls(&r) + 1, sizeof(*r.entities));
	read_facets(&r, facets);
	add_urls(&r);
	markup_from_text(text, r.len, r.entities, r.count, NULL, &html, &plain);
	post->html = intake_made(arena, &html);
	post->text = intake_made(arena, &plain);
	str_release(&html);
	str_release(&plain);
}
