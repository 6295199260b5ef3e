#include "archive/source/lookup.h"

#include "archive/source/intake.h"

static const struct post *find_in(const struct page *page, const struct lookup_names *names)
{
	for (size_t i = 0; i < page->count; i++) {
		const struct post *post = &page->posts[i];

		if (post->context)
			continue;
		if (str_same(post->network_id, names->id) ||
		    (names->uri && str_same(post->uri, names->uri)))
			return post;
	}
	return NULL;
}

void lookup_mark_one(const struct lookup_ask *ask, const struct lookup_names *names,
		     struct lookup_hit *hits, const struct page *page)
{
	const struct post *post = find_in(page, names);
	struct lookup_hit hit = { .uri = post ? post->uri : names->uri, .newer = names->newer };

	if (post)
		hit.state = post->optout ? LOOKUP_OPTED_OUT : LOOKUP_FOUND;
	else if (page->malformed == 0)
		hit.state = LOOKUP_HIDDEN;
	for (size_t i = 0; names->id && i < ask->count; i++)
		if (str_same(ask->ids[i], names->id))
			hits[i] = hit;
}

void lookup_mark(const struct source *source, const struct lookup_ask *ask, const char *bytes,
		 size_t len, const char *path, lookup_names_fn *names, struct lookup_hit *hits,
		 struct page *page)
{
	struct jelements reader;
	struct err why = { 0 };
	struct jnode *node;
	int rc;

	if (!jelements_begin(&reader, bytes, len, path))
		return;
	while ((rc = jelements_next(&reader, &node, &why)) != 0) {
		struct lookup_names found = { 0 };

		if (rc < 0)
			continue;
		names(source, &page->arena, node, &found);
		lookup_mark_one(ask, &found, hits, page);
		jnode_free(node);
	}
}
