#include "archive/source/activity-kept.h"

#include <string.h>

#include "archive/source/activity-parts.h"
#include "archive/source/intake.h"
#include "archive/text/link.h"

/* Files of the archive stand in it under their path on the server. */
static const char *media_base(struct arena *arena, const char *uri)
{
	struct str host = STR_INIT;
	const char *base = link_host(uri, &host)
				   ? arena_printf(arena, "https://%s/system/", host.buf)
				   : NULL;

	str_release(&host);
	return base;
}

/* The portrait stands beside everything, under a name that many archives have: it is given an
 * address that is the author's alone. Nobody serves it there. */
static const char *portrait(struct arena *arena, const struct jnode *actor, const char *author)
{
	const char *path = jnode_string(jnode_get(actor, "icon"), "url");

	if (!path || !*path || strchr(path, '/') || strcspn(path, "?#:\\") < strlen(path))
		return NULL;
	return intake_url(arena, arena_printf(arena, "%s/%s", author, path));
}

static enum fate read_post(const struct source *source, struct arena *arena,
			   const struct jnode *node, struct post *post)
{
	const struct jnode *actor = jnode_get(node, "actor");
	const struct jnode *object = jnode_get(node, "object");
	const char *author = intake_url(arena, jnode_string(actor, "id"));

	(void)source;
	*post = (struct post){ .network = NETWORK_MASTODON, .counts = { -1, -1, -1, -1 } };
	if (!author || !activity_is_post(object) || !activity_names(arena, object, post) ||
	    !activity_same_host(author, post->uri))
		return FATE_MALFORMED;
	post->author.network = post->network;
	activity_author(arena, actor, author, &post->author);
	if (!post->author.avatar)
		post->author.avatar = portrait(arena, actor, author);
	post->host = post->author.host;
	if (!activity_visibility(object, post) || activity_is_withdrawn(actor))
		return FATE_DROPPED;
	if (post->author.optout) {
		intake_empty(post, true);
		return FATE_OPTED_OUT;
	}
	activity_rest(arena, object, media_base(arena, author), post);
	return FATE_KEPT;
}

static size_t no_parts(const struct jnode *node, struct reading_part *parts)
{
	(void)node;
	(void)parts;
	return 0;
}

const struct reading_ops activity_kept_ops = { .post = read_post, .parts = no_parts };

bool activity_kept_read(const char *bytes, size_t len, struct page *page, struct err *err)
{
	return reading_body(&activity_kept_ops, bytes, len, page, err);
}
