#include "archive/source/activity-parts.h"

#include <string.h>

#include "archive/source/intake.h"
#include "archive/text/tag.h"

/* A list may be left out around its only element. */
static size_t count_of(const struct jnode *list)
{
	size_t len = jnode_is_object(list) ? 1 : jnode_len(list);

	return len < INTAKE_MAX_PARTS ? len : INTAKE_MAX_PARTS;
}

static const struct jnode *at(const struct jnode *list, size_t index)
{
	return jnode_is_object(list) ? list : jnode_at(list, index);
}

static bool is_type(const struct jnode *node, const char *type)
{
	return str_same(jnode_string(node, "type"), type);
}

/* ":code:" */
static const char *emoji_code(struct arena *arena, const struct jnode *node)
{
	const char *name = intake_line_of(arena, node, "name");
	size_t len = name ? strlen(name) : 0;

	if (len > 2 && name[0] == ':' && name[len - 1] == ':')
		name = arena_strndup(arena, name + 1, len - 2);
	return name && !strpbrk(name, ": ") ? name : NULL;
}

static void add_emoji(struct arena *arena, const struct jnode *node, struct emoji *emojis,
		      size_t *count)
{
	const char *code = emoji_code(arena, node);
	const char *url = intake_url_of(arena, jnode_get(node, "icon"), "url");

	if (code && url)
		emojis[(*count)++] = (struct emoji){ code, url };
}

static bool has_tag(const struct post *post, const char *tag)
{
	for (size_t i = 0; i < post->tag_count; i++)
		if (str_same(post->tags[i], tag))
			return true;
	return false;
}

static void add_tag(struct arena *arena, const struct jnode *node, const char **tags,
		    struct post *post)
{
	const char *name = jnode_string(node, "name");
	struct str folded = STR_INIT;

	if (name && tag_fold_quiet(&folded, name, strlen(name)) && !has_tag(post, folded.buf))
		tags[post->tag_count++] = arena_strndup(arena, folded.buf, folded.len);
	str_release(&folded);
}

void activity_tags(struct arena *arena, const struct jnode *list, struct post *post)
{
	size_t count = count_of(list);
	struct emoji *emojis = arena_array(arena, count, sizeof(*emojis));
	const char **tags = arena_array(arena, count, sizeof(*tags));

	post->tags = tags;
	post->emojis = emojis;
	for (size_t i = 0; i < count; i++) {
		const struct jnode *node = at(list, i);

		if (is_type(node, "Hashtag"))
			add_tag(arena, node, tags, post);
		else if (is_type(node, "Emoji"))
			add_emoji(arena, node, emojis, &post->emoji_count);
	}
}

static enum media_kind kind_of(const struct jnode *node)
{
	const char *type = jnode_string(node, "mediaType");

	if (!type)
		return is_type(node, "Image") ? MEDIA_IMAGE : MEDIA_UNKNOWN;
	if (str_starts(type, "image/"))
		return MEDIA_IMAGE;
	if (str_starts(type, "video/"))
		return MEDIA_VIDEO;
	return str_starts(type, "audio/") ? MEDIA_AUDIO : MEDIA_UNKNOWN;
}

static bool is_medium(const struct jnode *node)
{
	return is_type(node, "Document") || is_type(node, "Image") || is_type(node, "Video") ||
	       is_type(node, "Audio");
}

/* A path in the archive that it came with, made an address of the server's. */
static const char *address_of(struct arena *arena, const struct jnode *node, const char *base)
{
	const char *url = jnode_string(node, "url");
	bool is_path = base && url && !strstr(url, "://") && !strstr(url, "..");

	if (!is_path)
		return intake_url(arena, url);
	return intake_url(arena, arena_printf(arena, "%s%s", base, url + (*url == '/')));
}

void activity_media(struct arena *arena, const struct jnode *list, const char *base,
		    struct post *post)
{
	size_t count = count_of(list);
	struct media *media = arena_array(arena, count, sizeof(*media));

	post->media = media;
	for (size_t i = 0; i < count; i++) {
		const struct jnode *node = at(list, i);
		const char *url = address_of(arena, node, base);

		if (!is_medium(node) || !url)
			continue;
		media[post->media_count++] = (struct media){
			.kind = kind_of(node),
			.url = url,
			.alt = intake_text_of(arena, node, "name"),
			.width = intake_pixels_of(node, "width"),
			.height = intake_pixels_of(node, "height"),
			.blurhash = intake_line_of(arena, node, "blurhash"),
		};
	}
}

const struct poll *activity_poll(struct arena *arena, const struct jnode *object)
{
	const struct jnode *one = jnode_get(object, "oneOf"), *any = jnode_get(object, "anyOf");
	const struct jnode *list = one ? one : any;
	size_t count = count_of(list);
	struct poll_option *options;
	struct poll *poll;

	if (count == 0)
		return NULL;
	poll = arena_alloc(arena, sizeof(*poll));
	options = arena_array(arena, count, sizeof(*options));
	for (size_t i = 0; i < count; i++) {
		const char *title = intake_line_of(arena, at(list, i), "name");

		if (title)
			options[poll->option_count++] = (struct poll_option){
				title,
				intake_count_of(jnode_get(at(list, i), "replies"), "totalItems")
			};
	}
	poll->options = options;
	poll->multiple = one == NULL;
	poll->ends = intake_time_of(object, "endTime");
	poll->closed = jnode_string(object, "closed") != NULL;
	poll->voters = intake_count_of(object, "votersCount");
	return poll->option_count > 0 ? poll : NULL;
}
