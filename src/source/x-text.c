#include "archive/source/x.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/markup/markup.h"
#include "archive/source/intake.h"
#include "archive/source/x-entity.h"
#include "archive/text/link.h"

#define MAX_VERSIONS 16 /* X allows five edits */

static const struct markup_bases bases = { .tag = X_TAG_URL, .mention = X_PAGE_URL };

const struct jnode *x_long_form(const struct jnode *node)
{
	const struct jnode *note = jnode_get(node, "note_tweet");

	if (!note)
		note = jnode_get(node, "note_post");
	return jnode_string(note, "text") ? note : node;
}

bool x_leads_to(const char *url, const char *id)
{
	const char *status = url ? strstr(url, "/status/") : NULL;
	size_t len = id ? strlen(id) : 0;
	struct str host = STR_INIT;
	bool ours;

	if (!status || !len)
		return false;
	status += strlen("/status/");
	if (strncmp(status, id, len) != 0 || (status[len] && !strchr("/?#", status[len])))
		return false;
	ours = link_host(url, &host) &&
	       (str_same(host.buf, X_HOST) || str_ends(host.buf, ".x.com") ||
		str_same(host.buf, "twitter.com") || str_ends(host.buf, ".twitter.com"));
	str_release(&host);
	return ours;
}

/* A link to the post's own pictures, or to what it quotes: both are shown anyway. */
static bool is_shown_anyway(const struct jnode *node, const struct jnode *entity,
			    const char *quoted_id, const struct post *post)
{
	const char *url = jnode_string(entity, "expanded_url");
	const struct jnode *versions = x_versions(node);

	if (x_leads_to(url, quoted_id))
		return true;
	if (!post->media_count)
		return false;
	if (jnode_string(entity, "media_key"))
		return true;
	if (!url || (!strstr(url, "/photo/") && !strstr(url, "/video/")))
		return false;
	for (size_t i = 0; i < jnode_len(versions) && i < MAX_VERSIONS; i++)
		if (x_leads_to(url, jnode_text(jnode_at(versions, i))))
			return true;
	return x_leads_to(url, post->network_id);
}

/* The t.co link itself, as it stands in the text, is where it leads when X tells nothing better. */
static void describe_link(struct arena *arena, const struct jnode *node, const struct x_map *map,
			  struct x_entity *out)
{
	const char *shown = intake_line_of(arena, node, "display_url");
	const char *words = arena_strndup(arena, map->plain.buf + out->entity.start,
					  out->entity.end - out->entity.start);

	out->entity.url = intake_url_of(arena, node, "expanded_url");
	if (!out->entity.url)
		out->entity.url = intake_url_of(arena, node, "unwound_url");
	if (!out->entity.url)
		out->entity.url = intake_url(arena, words);
	if (!shown && jnode_string(node, "expanded_url"))
		shown = out->entity.url;
	out->entity.text = shown;
}

static void describe_word(struct arena *arena, const char *base, struct x_entity *out)
{
	struct str url = STR_INIT;

	str_add(&url, base);
	link_add_escaped(&url, out->word);
	out->entity.url = intake_made(arena, &url);
	str_release(&url);
}

/* Where one kind of entity stands in an answer. */
struct kind {
	enum entity_kind kind;
	const char *list, *word, *base;
};

static const struct kind kinds[] = {
	{ ENTITY_LINK, "urls", "url", NULL },
	{ ENTITY_TAG, "hashtags", "tag", X_TAG_URL },
	{ ENTITY_MENTION, "mentions", "username", X_PAGE_URL },
};

/* What the entities are read for. */
struct job {
	struct arena *arena;
	const struct jnode *node;
	const char *quoted_id;
	const struct post *post;
	struct x_entity *found;
	size_t count, room;
};

static void read_entity(struct job *job, struct x_map *map, const struct kind *kind,
			const struct jnode *node)
{
	struct x_entity *out = &job->found[job->count];
	int64_t hint = jnode_int(node, "start", 0);

	*out = (struct x_entity){ .entity.kind = kind->kind,
				  .word = jnode_string(node, kind->word) };
	if (!out->word || !x_map_find(map, hint, job->found, job->count, out))
		return;
	if (kind->kind == ENTITY_LINK) {
		describe_link(job->arena, node, map, out);
		out->may_go = is_shown_anyway(job->node, node, job->quoted_id, job->post);
	} else {
		describe_word(job->arena, kind->base, out);
	}
	job->count++;
}

static void read_entities(struct job *job, struct x_map *map, const struct jnode *entities)
{
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
		job->room += jnode_len(jnode_get(entities, kinds[k].list));
	if (job->room > X_MAX_ENTITIES)
		job->room = X_MAX_ENTITIES;
	if (!job->room)
		return;
	job->found = arena_array(job->arena, job->room, sizeof(*job->found));
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		const struct jnode *list = jnode_get(entities, kinds[k].list);

		for (size_t i = 0; i < jnode_len(list) && job->count < job->room; i++)
			read_entity(job, map, &kinds[k], jnode_at(list, i));
	}
}

static void write_text(const struct x_map *map, const struct x_entity *found, size_t count,
		       struct arena *arena, struct post *post)
{
	struct str html = STR_INIT, text = STR_INIT;
	struct entity *entities = count ? arena_array(arena, count, sizeof(*entities)) : NULL;

	for (size_t i = 0; i < count; i++)
		entities[i] = found[i].entity;
	markup_from_text(map->plain.buf, map->plain.len, entities, count, &bases, &html, &text);
	post->html = intake_made(arena, &html);
	post->text = intake_made(arena, &text);
	str_release(&html);
	str_release(&text);
}

void x_text(const struct x_answer *answer, const struct jnode *node, const char *quoted_id,
	    struct post *post)
{
	const struct jnode *form = x_long_form(node);
	const struct jnode *entities = jnode_get(form, "entities");
	struct job job = {
		.arena = &answer->page->arena, .node = node, .quoted_id = quoted_id, .post = post
	};
	struct x_map map;

	x_map_open(&map, jnode_string(form, "text"));
	read_entities(&job, &map, entities ? entities : jnode_get(node, "entities"));
	x_entities_settle(&map, job.found, job.count);
	write_text(&map, job.found, job.count, job.arena, post);
	x_map_close(&map);
}
