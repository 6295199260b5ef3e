#include "archive/source/mastodon.h"

#include <string.h>

#include "archive/source/intake.h"

#define MAX_SECONDS (INT64_C(1) << 30)

static void read_medium(struct arena *arena, const struct jnode *node, struct media *out)
{
	const struct jnode *meta = jnode_get(node, "meta");
	const struct jnode *original = jnode_get(meta, "original");
	const char *kind = jnode_string(node, "type");
	const char *hash = intake_line_of(arena, node, "blurhash");
	int64_t seconds = jnode_int(original, "duration", jnode_int(meta, "duration", 0));

	if (!kind || !media_kind_parse(kind, &out->kind))
		out->kind = MEDIA_UNKNOWN;
	out->url = intake_url_of(arena, node, "url");
	if (!out->url)
		out->url = intake_url_of(arena, node, "remote_url");
	out->preview = intake_url_of(arena, node, "preview_url");
	out->alt = intake_text_of(arena, node, "description");
	out->width = intake_pixels_of(original, "width");
	out->height = intake_pixels_of(original, "height");
	out->duration_ms = seconds > 0 && seconds < MAX_SECONDS ? seconds * 1000 : 0;
	out->blurhash = hash && strlen(hash) <= 128 && !strchr(hash, ' ') ? hash : NULL;
}

void mastodon_media(struct arena *arena, const struct jnode *array, struct post *post)
{
	size_t len = jnode_len(array);
	struct media *media;

	if (len > INTAKE_MAX_PARTS)
		len = INTAKE_MAX_PARTS;
	if (!len)
		return;
	media = arena_array(arena, len, sizeof(*media));
	for (size_t i = 0; i < len; i++)
		if (jnode_is_object(jnode_at(array, i)))
			read_medium(arena, jnode_at(array, i), &media[post->media_count++]);
	post->media = post->media_count ? media : NULL;
}

static const struct poll_option *read_options(struct arena *arena, const struct jnode *array,
					      size_t *count)
{
	size_t len = jnode_len(array);
	struct poll_option *options;

	if (len > INTAKE_MAX_PARTS)
		len = INTAKE_MAX_PARTS;
	options = arena_array(arena, len ? len : 1, sizeof(*options));
	for (size_t i = 0; i < len; i++) {
		const struct jnode *node = jnode_at(array, i);
		const char *title = intake_line_of(arena, node, "title");

		if (title)
			options[(*count)++] =
				(struct poll_option){ title, intake_count_of(node, "votes_count") };
	}
	return options;
}

const struct poll *mastodon_poll(struct arena *arena, const struct jnode *node)
{
	struct poll *poll;

	if (!jnode_is_object(node))
		return NULL;
	poll = arena_alloc(arena, sizeof(*poll));
	poll->options = read_options(arena, jnode_get(node, "options"), &poll->option_count);
	poll->ends = intake_time_of(node, "expires_at");
	poll->multiple = jnode_bool(node, "multiple", false);
	poll->closed = jnode_bool(node, "expired", false);
	poll->voters = intake_count_of(node, "voters_count");
	if (poll->voters < 0 && !poll->multiple)
		poll->voters = intake_count_of(node, "votes_count");
	return poll->option_count ? poll : NULL;
}

const struct card *mastodon_card(struct arena *arena, const struct jnode *node)
{
	const char *url = intake_url_of(arena, node, "url");
	struct card *card;

	if (!url)
		return NULL;
	card = arena_alloc(arena, sizeof(*card));
	card->url = url;
	card->title = intake_line_of(arena, node, "title");
	card->description = intake_line_of(arena, node, "description");
	card->image = intake_url_of(arena, node, "image");
	card->site = intake_line_of(arena, node, "provider_name");
	return card;
}
