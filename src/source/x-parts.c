#include "archive/source/x.h"

#include <string.h>

#include "archive/source/intake.h"
#include "archive/text/link.h"

#define MAX_DURATION_MS (INT64_C(1) << 40)

const struct jnode *x_user_of(const struct x_answer *answer, const struct jnode *node)
{
	const struct jnode *user = jnode_get(node, "author");
	const struct x_item *item;

	if (jnode_is_object(user))
		return user;
	item = x_list_find(&answer->users, jnode_id(node, "author_id", &answer->page->arena));
	return item ? item->node : NULL;
}

bool x_user_is_protected(const struct jnode *user)
{
	return jnode_bool(user, "protected", false);
}

bool x_user_says_no(const struct jnode *user)
{
	return intake_says_no(jnode_string(user, "description"));
}

/* The profile's page; NULL for what is no name. */
static const char *profile_of(struct arena *arena, const char *name)
{
	struct str url = STR_INIT;
	const char *made;

	if (!name || strchr(name, ' '))
		return NULL;
	str_add(&url, X_PAGE_URL);
	link_add_escaped(&url, name);
	made = intake_url(arena, url.buf);
	str_release(&url);
	return made;
}

static void read_user(struct arena *arena, const struct jnode *user, const char *id,
		      const char *name, struct author *author)
{
	*author = (struct author){ .network = NETWORK_X, .host = X_HOST, .network_id = id };
	author->uri = arena_printf(arena, X_USER_URI "%s", id ? id : "unknown");
	author->url = profile_of(arena, name);
	if (author->url)
		author->handle = arena_printf(arena, "@%s", name);
	author->name = intake_line_of(arena, user, "name");
	if (!author->name)
		author->name = author->handle;
	author->avatar = intake_url_of(arena, user, "profile_image_url");
}

void x_user(struct arena *arena, const struct jnode *user, const char *id, struct author *author)
{
	read_user(arena, user, id, intake_line_of(arena, user, "username"), author);
}

void x_author(const struct x_answer *answer, const struct jnode *node, struct author *author)
{
	struct arena *arena = &answer->page->arena;
	const struct jnode *user = x_user_of(answer, node);
	const char *name = intake_line_of(arena, user, "username");
	const char *id = intake_id_of(arena, node, "author_id");

	if (!name)
		name = intake_line_of(arena, node, "username");
	if (!id)
		id = intake_id_of(arena, user, "id");
	read_user(arena, user, id, name, author);
}

/* The best of a video's variants that plays without a player of its own. */
static const char *best_variant(struct arena *arena, const struct jnode *variants)
{
	const struct jnode *best = NULL;
	int64_t best_rate = -1;

	for (size_t i = 0; i < jnode_len(variants); i++) {
		const struct jnode *variant = jnode_at(variants, i);
		int64_t rate = jnode_int(variant, "bit_rate", 0);

		if (rate > best_rate &&
		    str_same(jnode_string(variant, "content_type"), "video/mp4")) {
			best = variant;
			best_rate = rate;
		}
	}
	return intake_url_of(arena, best, "url");
}

static enum media_kind kind_of(const struct jnode *node)
{
	const char *type = jnode_string(node, "type");

	if (str_same(type, "photo"))
		return MEDIA_IMAGE;
	if (str_same(type, "animated_gif"))
		return MEDIA_GIFV;
	return str_same(type, "video") ? MEDIA_VIDEO : MEDIA_UNKNOWN;
}

static void read_medium(struct arena *arena, const struct jnode *node, struct media *out)
{
	int64_t duration = jnode_int(node, "duration_ms", 0);

	out->kind = kind_of(node);
	out->url = best_variant(arena, jnode_get(node, "variants"));
	if (!out->url)
		out->url = intake_url_of(arena, node, "url");
	out->preview = intake_url_of(arena, node, "preview_image_url");
	out->alt = intake_text_of(arena, node, "alt_text");
	out->width = intake_pixels_of(node, "width");
	out->height = intake_pixels_of(node, "height");
	out->duration_ms = duration > 0 && duration < MAX_DURATION_MS ? duration : 0;
}

/* By key among the included, or inline in a flattened post. */
static const struct jnode *medium_at(const struct x_answer *answer, const struct jnode *keys,
				     size_t i)
{
	const struct jnode *node = jnode_at(keys, i);
	const struct x_item *item;

	if (jnode_is_object(node))
		return node;
	item = x_list_find(&answer->media, jnode_text(node));
	return item ? item->node : NULL;
}

void x_media(const struct x_answer *answer, const struct jnode *node, struct post *post)
{
	const struct jnode *keys = jnode_path(node, "attachments.media");
	struct media *media;
	size_t len;

	if (!keys)
		keys = jnode_path(node, "attachments.media_keys");
	len = jnode_len(keys);
	if (len > INTAKE_MAX_PARTS)
		len = INTAKE_MAX_PARTS;
	if (!len)
		return;
	media = arena_array(&answer->page->arena, len, sizeof(*media));
	for (size_t i = 0; i < len; i++) {
		const struct jnode *medium = medium_at(answer, keys, i);

		if (medium)
			read_medium(&answer->page->arena, medium, &media[post->media_count++]);
	}
	post->media = post->media_count ? media : NULL;
}

static const struct jnode *poll_of(const struct x_answer *answer, const struct jnode *node)
{
	const struct jnode *inline_poll = jnode_path(node, "attachments.poll");
	const struct x_item *item;

	if (jnode_is_object(inline_poll))
		return inline_poll;
	item = x_list_find(&answer->polls,
			   jnode_text(jnode_at(jnode_path(node, "attachments.poll_ids"), 0)));
	return item ? item->node : NULL;
}

/* One voice each: who voted is the sum. */
static void read_options(struct arena *arena, const struct jnode *array, struct poll *poll)
{
	size_t len = jnode_len(array);
	struct poll_option *options;

	if (len > INTAKE_MAX_PARTS)
		len = INTAKE_MAX_PARTS;
	options = arena_array(arena, len ? len : 1, sizeof(*options));
	for (size_t i = 0; i < len; i++) {
		const char *title = intake_line_of(arena, jnode_at(array, i), "label");
		int64_t votes = intake_count_of(jnode_at(array, i), "votes");

		if (!title)
			continue;
		options[poll->option_count++] = (struct poll_option){ title, votes };
		poll->voters = votes < 0 || poll->voters < 0 ? -1 : poll->voters + votes;
	}
	poll->options = options;
}

const struct poll *x_poll(const struct x_answer *answer, const struct jnode *node)
{
	struct arena *arena = &answer->page->arena;
	const struct jnode *found = poll_of(answer, node);
	struct poll *poll;

	if (!found)
		return NULL;
	poll = arena_alloc(arena, sizeof(*poll));
	read_options(arena, jnode_get(found, "options"), poll);
	poll->ends = intake_time_of(found, "end_datetime");
	poll->closed = str_same(jnode_string(found, "voting_status"), "closed");
	return poll->option_count ? poll : NULL;
}

static const struct card *card_of(struct arena *arena, const struct jnode *node, const char *url)
{
	struct card *card = arena_alloc(arena, sizeof(*card));
	struct str host = STR_INIT;

	card->url = url;
	card->title = intake_line_of(arena, node, "title");
	card->description = intake_line_of(arena, node, "description");
	card->image = intake_url_of(arena, jnode_at(jnode_get(node, "images"), 0), "url");
	if (link_host(url, &host))
		card->site = intake_line(arena, host.buf);
	str_release(&host);
	return card->title ? card : NULL;
}

const struct card *x_card(const struct x_answer *answer, const struct jnode *node,
			  const char *quoted_id)
{
	struct arena *arena = &answer->page->arena;
	const struct jnode *urls = jnode_path(x_long_form(node), "entities.urls");
	const struct card *card = NULL;

	if (!urls)
		urls = jnode_path(node, "entities.urls");
	for (size_t i = 0; i < jnode_len(urls) && !card; i++) {
		const struct jnode *entity = jnode_at(urls, i);
		const char *url = intake_url_of(arena, entity, "expanded_url");

		if (!jnode_string(entity, "title"))
			continue;
		if (!url)
			url = intake_url_of(arena, entity, "unwound_url");
		if (url && !x_leads_to(url, quoted_id))
			card = card_of(arena, entity, url);
	}
	return card;
}
