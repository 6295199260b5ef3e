#include "archive/import/thread.h"

#include <string.h>

#include "archive/markup/markup.h"
#include "archive/source/intake.h"

static const struct emoji *read_emojis(struct arena *arena, const struct jnode *list, size_t *count)
{
	size_t len = jnode_len(list);
	struct emoji *emojis;

	if (len > INTAKE_MAX_PARTS)
		len = INTAKE_MAX_PARTS;
	emojis = arena_array(arena, len + 1, sizeof(*emojis));
	for (size_t i = 0; i < len; i++) {
		const char *code = intake_line_of(arena, jnode_at(list, i), "code");
		const char *url = intake_url_of(arena, jnode_at(list, i), "url");

		if (code && url)
			emojis[(*count)++] = (struct emoji){ code, url };
	}
	return emojis;
}

static bool read_network(const struct jnode *node, enum network *out)
{
	const char *name = jnode_string(node, "network");

	return name && network_parse(name, out);
}

static bool read_author(struct arena *arena, const struct jnode *node, struct author *out)
{
	out->uri = intake_uri(arena, jnode_string(node, "uri"));
	out->host = intake_line_of(arena, node, "host");
	out->network_id = intake_id_of(arena, node, "network_id");
	if (!read_network(node, &out->network) || !out->uri || !out->host)
		return false;
	out->handle = intake_line_of(arena, node, "handle");
	if (!out->handle || out->handle[0] != '@')
		return out->network == NETWORK_X && !out->handle;
	out->name = intake_line_of(arena, node, "name");
	if (!out->name)
		out->name = out->handle;
	out->url = intake_url_of(arena, node, "url");
	out->avatar = intake_url_of(arena, node, "avatar");
	out->bot = jnode_bool(node, "bot", false);
	out->emojis = read_emojis(arena, jnode_get(node, "emojis"), &out->emoji_count);
	return true;
}

static void read_media(struct arena *arena, const struct jnode *list, struct post *post)
{
	size_t len = jnode_len(list);
	struct media *media;

	if (len > INTAKE_MAX_PARTS)
		len = INTAKE_MAX_PARTS;
	media = arena_array(arena, len + 1, sizeof(*media));
	for (size_t i = 0; i < len; i++) {
		const struct jnode *node = jnode_at(list, i);
		const char *kind = jnode_string(node, "kind");
		struct media *out = &media[post->media_count];
		int64_t length = jnode_int(node, "duration_ms", 0);

		if (!kind || !media_kind_parse(kind, &out->kind))
			continue;
		out->url = intake_url_of(arena, node, "url");
		out->preview = intake_url_of(arena, node, "preview");
		out->alt = intake_text_of(arena, node, "alt");
		out->width = intake_pixels_of(node, "width");
		out->height = intake_pixels_of(node, "height");
		out->duration_ms = length > 0 && length < POST_MAX_TIME ? length : 0;
		out->blurhash = intake_uri(arena, jnode_string(node, "blurhash"));
		post->media_count++;
	}
	post->media = media;
}

static const struct poll *read_poll(struct arena *arena, const struct jnode *node)
{
	const struct jnode *list = jnode_get(node, "options");
	size_t len = jnode_len(list);
	struct poll_option *options;
	struct poll *poll;

	if (!len)
		return NULL;
	if (len > INTAKE_MAX_PARTS)
		len = INTAKE_MAX_PARTS;
	poll = arena_alloc(arena, sizeof(*poll));
	options = arena_array(arena, len, sizeof(*options));
	for (size_t i = 0; i < len; i++) {
		const char *title = intake_line_of(arena, jnode_at(list, i), "title");

		if (title)
			options[poll->option_count++] = (struct poll_option){
				title, intake_count_of(jnode_at(list, i), "votes")
			};
	}
	poll->options = options;
	poll->ends = intake_time_of(node, "ends_at");
	poll->voters = intake_count_of(node, "voters");
	poll->multiple = jnode_bool(node, "multiple", false);
	poll->closed = jnode_bool(node, "closed", false);
	return poll->option_count ? poll : NULL;
}

static const struct card *read_card(struct arena *arena, const struct jnode *node)
{
	const char *url = intake_url_of(arena, node, "url");
	struct card *card;

	if (!url)
		return NULL;
	card = arena_alloc(arena, sizeof(*card));
	card->url = url;
	card->title = intake_line_of(arena, node, "title");
	card->description = intake_text_of(arena, node, "description");
	card->image = intake_url_of(arena, node, "image");
	card->site = intake_line_of(arena, node, "site");
	return card;
}

static void read_words(struct arena *arena, const struct jnode *node, struct post *post)
{
	const char *html = jnode_string(node, "html");
	struct str made = STR_INIT;

	if (html)
		markup_from_html(html, strlen(html), false, &made, NULL);
	post->html = intake_made(arena, &made);
	post->text = intake_text_of(arena, node, "text");
	post->spoiler = intake_text_of(arena, node, "spoiler");
	post->lang = intake_lang_of(arena, node, "lang");
	post->sensitive = jnode_bool(node, "sensitive", false);
	intake_tags(arena, post, jnode_get(node, "tags"), NULL);
	str_release(&made);
}

static void read_relations(struct arena *arena, const struct jnode *node, struct post *post)
{
	const struct jnode *counts = jnode_get(node, "counts");

	post->reply_uri = intake_uri(arena, jnode_string(node, "reply_to"));
	post->reply_id = intake_id_of(arena, node, "reply_to_id");
	post->quote_uri = intake_uri(arena, jnode_string(node, "quote_of"));
	post->quote_url = intake_url_of(arena, node, "quote_url");
	post->conversation = intake_uri(arena, jnode_string(node, "conversation"));
	post->taken = intake_line_of(arena, node, "taken_from");
	post->counts = (struct counts){
		.replies = intake_count_of(counts, "replies"),
		.reposts = intake_count_of(counts, "reposts"),
		.likes = intake_count_of(counts, "likes"),
		.quotes = intake_count_of(counts, "quotes"),
	};
}

static bool read_names(struct arena *arena, const struct jnode *node, int64_t now,
		       struct post *post)
{
	post->uri = intake_uri(arena, jnode_string(node, "uri"));
	post->host = intake_line_of(arena, node, "host");
	post->created = intake_time_of(node, "created_at");
	if (!read_network(node, &post->network) || !post->uri || !post->host || !post->created)
		return false;
	post->url = intake_url_of(arena, node, "url");
	post->network_id = intake_id_of(arena, node, "network_id");
	post->edited = intake_time_of(node, "edited_at");
	post->fetched = intake_time_of(node, "fetched_at");
	if (!post->fetched || post->fetched > now)
		post->fetched = now;
	return read_author(arena, jnode_get(node, "author"), &post->author);
}

struct post *thread_post(const struct jnode *node, int64_t now, struct page *page, enum fate *fate)
{
	const char *visibility = jnode_string(node, "visibility");
	struct post *post = page_add(page);

	*fate = FATE_MALFORMED;
	if (read_names(&page->arena, node, now, post))
		*fate = FATE_KEPT;
	if (str_same(visibility, visibility_name(VISIBILITY_UNLISTED)))
		post->visibility = VISIBILITY_UNLISTED;
	else if (!str_same(visibility, visibility_name(VISIBILITY_PUBLIC)))
		*fate = FATE_DROPPED;
	if (*fate == FATE_KEPT) {
		read_words(&page->arena, node, post);
		read_relations(&page->arena, node, post);
		read_media(&page->arena, jnode_get(node, "media"), post);
		post->emojis = read_emojis(&page->arena, jnode_get(node, "emojis"),
					   &post->emoji_count);
		post->poll = read_poll(&page->arena, jnode_get(node, "poll"));
		post->card = read_card(&page->arena, jnode_get(node, "card"));
		*fate = intake_judge(page, post, FATE_KEPT);
	}
	if (*fate == FATE_KEPT || *fate == FATE_OPTED_OUT)
		return post;
	page->count--;
	return NULL;
}
