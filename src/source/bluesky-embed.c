#include "archive/source/bluesky.h"

#include "archive/base/mem.h"
#include "archive/source/intake.h"

#define MAX_EMBEDS 4  /* of a quoted post; there is one as a rule */
#define MIN_PIXELS 64 /* aspectRatio may be "16 to 9", too, which is no size */
#define EMBED	   "app.bsky.embed."
#define RECORD	   EMBED "record#view"
#define WITH_MEDIA EMBED "recordWithMedia#view"

/* ---- pictures and film ---- */

static void read_shape(const struct jnode *node, struct media *out)
{
	const struct jnode *shape = jnode_get(node, "aspectRatio");
	int width = intake_pixels_of(shape, "width"), height = intake_pixels_of(shape, "height");

	if (width < MIN_PIXELS || height < MIN_PIXELS)
		return;
	out->width = width;
	out->height = height;
}

static void read_pictures(struct arena *arena, const struct jnode *list, const char *preview,
			  struct post *post)
{
	size_t len = jnode_len(list);
	struct media *media;

	if (len > INTAKE_MAX_PARTS)
		len = INTAKE_MAX_PARTS;
	if (!len || post->media)
		return;
	media = arena_array(arena, len, sizeof(*media));
	for (size_t i = 0; i < len; i++) {
		const struct jnode *node = jnode_at(list, i);
		struct media *out = &media[post->media_count];

		out->kind = MEDIA_IMAGE;
		out->url = intake_url_of(arena, node, "fullsize");
		out->preview = intake_url_of(arena, node, preview);
		out->alt = intake_text_of(arena, node, "alt");
		read_shape(node, out);
		post->media_count += out->url || out->preview;
	}
	post->media = post->media_count ? media : NULL;
}

static void read_images(struct arena *arena, const struct jnode *embed, struct post *post)
{
	read_pictures(arena, jnode_get(embed, "images"), "thumb", post);
}

static void read_gallery(struct arena *arena, const struct jnode *embed, struct post *post)
{
	read_pictures(arena, jnode_get(embed, "items"), "thumbnail", post);
}

static void read_video(struct arena *arena, const struct jnode *embed, struct post *post)
{
	struct media *media;

	if (post->media)
		return;
	media = arena_alloc(arena, sizeof(*media));
	media->kind = str_same(jnode_string(embed, "presentation"), "gif") ? MEDIA_GIFV
									   : MEDIA_VIDEO;
	media->url = intake_url_of(arena, embed, "playlist");
	media->preview = intake_url_of(arena, embed, "thumbnail");
	media->alt = intake_text_of(arena, embed, "alt");
	read_shape(embed, media);
	if (!media->url && !media->preview)
		return;
	post->media = media;
	post->media_count = 1;
}

static void read_external(struct arena *arena, const struct jnode *embed, struct post *post)
{
	const struct jnode *node = jnode_get(embed, "external");
	const char *url = intake_url_of(arena, node, "uri");
	struct card *card;

	if (!url || post->card)
		return;
	card = arena_alloc(arena, sizeof(*card));
	card->url = url;
	card->title = intake_line_of(arena, node, "title");
	card->description = intake_line_of(arena, node, "description");
	card->image = intake_url_of(arena, node, "thumb");
	post->card = card;
}

static void read_embed(struct arena *arena, const struct jnode *embed, struct post *post)
{
	static const struct {
		const char *type;
		void (*read)(struct arena *arena, const struct jnode *embed, struct post *post);
	} kinds[] = {
		{ EMBED "images#view", read_images },
		{ EMBED "gallery#view", read_gallery },
		{ EMBED "video#view", read_video },
		{ EMBED "external#view", read_external },
	};
	const char *type = jnode_string(embed, "$type");

	if (str_same(type, WITH_MEDIA)) {
		embed = jnode_get(embed, "media");
		type = jnode_string(embed, "$type");
	}
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_same(type, kinds[i].type))
			kinds[i].read(arena, embed, post);
}

void bluesky_embeds(struct arena *arena, const struct jnode *view, struct post *post)
{
	const struct jnode *list = jnode_get(view, "embeds");

	read_embed(arena, jnode_get(view, "embed"), post);
	for (size_t i = 0; i < jnode_len(list) && i < MAX_EMBEDS; i++)
		read_embed(arena, jnode_at(list, i), post);
}

/* ---- what is quoted ---- */

/* What stands in the place of a quoted post, whole or not. */
static const struct jnode *held_by(const struct jnode *embed)
{
	const char *type = jnode_string(embed, "$type");

	if (str_same(type, RECORD))
		return jnode_get(embed, "record");
	return str_same(type, WITH_MEDIA) ? jnode_path(embed, "record.record") : NULL;
}

static bool is_kind(const struct jnode *held, const char *kind)
{
	const char *type = jnode_string(held, "$type");

	return type && str_starts(type, EMBED "record#") &&
	       str_same(type + sizeof(EMBED "record#") - 1, kind);
}

static bool add_part(const struct jnode *embed, const char *const paths[2],
		     struct reading_part *part)
{
	const struct jnode *held = held_by(embed);

	if (!is_kind(held, "viewRecord"))
		return false;
	*part = (struct reading_part){ .node = held, .quoted = true };
	part->path = paths[str_same(jnode_string(embed, "$type"), WITH_MEDIA)];
	return true;
}

size_t bluesky_parts(const struct jnode *view, struct reading_part *parts)
{
	static const char *const own[2] = { "embed.record", "embed.record.record" };
	static const char *const inner[MAX_EMBEDS][2] = {
		{ "embeds.0.record", "embeds.0.record.record" },
		{ "embeds.1.record", "embeds.1.record.record" },
		{ "embeds.2.record", "embeds.2.record.record" },
		{ "embeds.3.record", "embeds.3.record.record" },
	};
	const struct jnode *list = jnode_get(view, "embeds");
	size_t count = 0;

	count += add_part(jnode_get(view, "embed"), own, &parts[count]);
	for (size_t i = 0; i < jnode_len(list) && i < MAX_EMBEDS; i++)
		if (count < READING_MAX_PARTS)
			count += add_part(jnode_at(list, i), inner[i], &parts[count]);
	return count;
}

const char *bluesky_quote_uri(struct arena *arena, const struct jnode *view)
{
	const struct jnode *embed = jnode_get(view, "embed");
	const struct jnode *held = held_by(embed ? embed : jnode_at(jnode_get(view, "embeds"), 0));
	const struct jnode *named = jnode_path(bluesky_record(view), "embed.record");

	if (is_kind(held, "viewDetached"))
		return NULL;
	if (jnode_string(held, "uri"))
		return bluesky_uri(arena, jnode_string(held, "uri"));
	if (jnode_get(named, "record"))
		named = jnode_get(named, "record");
	return bluesky_uri(arena, jnode_string(named, "uri"));
}
