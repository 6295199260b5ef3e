#include "archive/source/activity.h"

#include <string.h>

#include "archive/source/activity-parts.h"
#include "archive/source/intake.h"
#include "archive/source/mastodon.h"
#include "archive/text/link.h"

static const char *host_of(struct arena *arena, const char *url)
{
	struct str host = STR_INIT;
	const char *made = link_host(url, &host) ? intake_line(arena, host.buf) : NULL;

	str_release(&host);
	return made;
}

/* The last part of ".../users/hana" or ".../@hana". */
static const char *last_part(struct arena *arena, const char *url)
{
	size_t len = strcspn(url, "?#");
	size_t from;

	while (len > 0 && url[len - 1] == '/')
		len--;
	from = len;
	while (from > 0 && url[from - 1] != '/' && url[from - 1] != '@')
		from--;
	return intake_line(arena, arena_strndup(arena, url + from, len - from));
}

static const char *picture_of(struct arena *arena, const struct jnode *actor)
{
	const struct jnode *icon = jnode_get(actor, "icon");

	return intake_url_of(arena, jnode_len(icon) > 0 ? jnode_at(icon, 0) : icon, "url");
}

void activity_author(struct arena *arena, const struct jnode *actor, const char *uri,
		     struct author *author)
{
	const char *name = intake_line_of(arena, actor, "preferredUsername");
	struct post emojis = { 0 };

	if (!name || strpbrk(name, " @"))
		name = last_part(arena, uri);
	author->host = host_of(arena, uri);
	author->uri = uri;
	author->handle = arena_printf(arena, "@%s@%s", name ? name : "", author->host);
	author->name = intake_line_of(arena, actor, "name");
	if (!author->name)
		author->name = author->handle;
	author->url = intake_url_of(arena, actor, "url");
	if (!activity_same_host(author->url, uri))
		author->url = uri;
	author->avatar = picture_of(arena, actor);
	activity_tags(arena, jnode_get(actor, "tag"), &emojis);
	author->emojis = emojis.emojis;
	author->emoji_count = emojis.emoji_count;
	author->bot = str_same(jnode_string(actor, "type"), "Service") ||
		      str_same(jnode_string(actor, "type"), "Application");
	author->optout = mastodon_note_says_no(jnode_string(actor, "summary"));
}

/* What the author forbids for all posts. */
bool activity_is_withdrawn(const struct jnode *actor)
{
	return jnode_bool(actor, "suspended", false) ||
	       jnode_bool(actor, "_misskey_requireSigninToViewContents", false);
}

static struct jnode *parse_actor(const struct http_answer *answer, const char *uri)
{
	struct err ignored = { 0 };
	struct jnode *actor = NULL;

	if (answer && answer->status == 200 && http_answer_is_json(answer) &&
	    answer->body.len <= ACTIVITY_MAX_BYTES)
		actor = jnode_parse(answer->body.buf, answer->body.len, &ignored);
	if (str_same(jnode_string(actor, "id"), uri))
		return actor;
	jnode_free(actor);
	return NULL;
}

void activity_sign(const struct http_answer *answer, struct activity *activity, struct page *page)
{
	struct jnode *actor = parse_actor(answer, activity->author);
	struct post *post = &page->posts[0];
	enum fate fate = FATE_KEPT;

	if (!actor) {
		page->malformed++;
		page->count = 0;
		activity->state = LOOKUP_NOT_TOLD;
		return;
	}
	post->author.network = post->network;
	activity_author(&page->arena, actor, activity->author, &post->author);
	post->host = post->author.host;
	if (activity_is_withdrawn(actor))
		fate = FATE_DROPPED;
	else if (post->author.optout)
		fate = FATE_OPTED_OUT;
	jnode_free(actor);
	if (fate == FATE_OPTED_OUT)
		intake_empty(post, true);
	fate = intake_judge(page, post, fate);
	if (fate == FATE_DROPPED) {
		page->dropped++;
		page->count = 0;
		activity->state = LOOKUP_HIDDEN;
	} else if (fate == FATE_OPTED_OUT) {
		activity->state = LOOKUP_OPTED_OUT;
	}
}
