#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/found.h"
#include "archive/markup/markup.h"
#include "archive/source/intake.h"
#include "archive/source/x.h"
#include "archive/text/link.h"

/* ---- links ---- */

/* Where a link leads, when its href is only a shortened form of that. */
static const char *target_of(struct arena *arena, const struct node *link)
{
	static const char *const attrs[] = { "data-origin-url", "data-expanded-url",
					     "data-full-url", "data-url", "href" };

	for (size_t i = 0; i < ARRAY_LEN(attrs); i++) {
		const char *value = node_attr(link, attrs[i]);
		const char *url = value ? intake_url(arena, value) : NULL;

		if (url)
			return url;
	}
	return NULL;
}

/* A page leads to its own pages of hashtags and people; a post leads to those of its network. */
static void settle_word(struct grove *g, struct node *link, const char *words, bool on_x)
{
	bool tag = str_starts(words, "#") || str_starts(words, "\xEF\xBC\x83");
	struct str url = STR_INIT;

	if (on_x && tag) {
		str_add(&url, X_TAG_URL);
		link_add_escaped(&url, words + (words[0] == '#' ? 1 : 3));
	} else if (on_x) {
		str_add(&url, X_PAGE_URL);
		link_add_escaped(&url, words + 1);
	}
	node_set_attr(g, link, "class", tag ? "hashtag" : "mention");
	if (on_x)
		node_set_attr(g, link, "href", arena_strdup(&g->arena, url.buf));
	str_release(&url);
}

static bool is_picture_link(const char *words)
{
	return str_starts(words, "pic.twitter.com/") || str_starts(words, "pic.x.com/");
}

static void drop(struct node *node)
{
	node->first = node->last = NULL;
	node->attr_count = 0;
	node->name = "wbr";
}

static void settle_link(struct grove *g, struct node *link, struct arena *arena,
			const struct post *post)
{
	struct str words = STR_INIT;
	const char *target = target_of(arena, link);

	node_add_text(link, &words);
	if (is_picture_link(words.buf) && post->media_count > 0)
		drop(link);
	else if (words.buf[0] == '#' || words.buf[0] == '@' ||
		 str_starts(words.buf, "\xEF\xBC\x83"))
		settle_word(g, link, words.buf, post->network == NETWORK_X);
	else if (target)
		node_set_attr(g, link, "href", arena_strdup(&g->arena, target));
	str_release(&words);
}

/* ---- text ---- */

static void add_tags(struct arena *arena, struct post *post)
{
	const char *text = post->text ? post->text : "";
	size_t len = strlen(text), from = 0;
	const char **tags = arena_array(arena, INTAKE_MAX_TAGS, sizeof(*tags));
	struct link_span span;

	while (post->tag_count < INTAKE_MAX_TAGS && link_next(text, len, from, &span)) {
		if (span.kind == LINK_TAG)
			intake_add_tag(
				arena, tags, &post->tag_count,
				arena_strndup(arena, text + span.start, span.end - span.start));
		from = span.end;
	}
	post->tags = tags;
}

void found_text(struct grove *g, struct node *node, struct arena *arena, struct post *post)
{
	struct str inner = STR_INIT, html = STR_INIT, text = STR_INIT;
	struct node *link = node;

	while ((link = node_find_next(node, link, "a")))
		settle_link(g, link, arena, post);
	node_add_inner(node, &inner);
	markup_from_html(inner.buf, inner.len, false, &html, &text);
	post->html = intake_made(arena, &html);
	post->text = intake_made(arena, &text);
	add_tags(arena, post);
	str_release(&inner);
	str_release(&html);
	str_release(&text);
}

/* ---- pictures ---- */

static const char *web_address(struct arena *arena, const char *value)
{
	if (!value || !*value)
		return NULL;
	if (str_starts(value, "//"))
		value = arena_printf(arena, "https:%s", value);
	return link_safe_web(value) || str_starts(value, "http") ? intake_url(arena, value) : NULL;
}

const char *found_picture(struct arena *arena, const struct node *img)
{
	static const char *const attrs[] = { "data-original", "data-lazy-src",	 "data-src",
					     "data-lazy",     "data-image",	 "data-img-url",
					     "data-url",      "data-origin-url", "src" };

	for (size_t i = 0; i < ARRAY_LEN(attrs); i++) {
		const char *url = web_address(arena, node_attr(img, attrs[i]));

		if (url)
			return url;
	}
	return NULL;
}

static bool is_picture(const char *url)
{
	return url && !strstr(url, "/profile_images/") && !strstr(url, "/emoji/");
}

static bool is_there(const struct media *media, size_t count, const char *url)
{
	for (size_t i = 0; i < count; i++)
		if (str_same(media[i].url, url))
			return true;
	return false;
}

/* Of a browser's copy the picture itself is a local file; then the link around it tells. */
static const char *address_of(struct arena *arena, const struct node *img, const struct node *root)
{
	const char *url = found_picture(arena, img);

	for (; !url && img != root; img = img->parent) {
		const char *href = web_address(arena, node_attr(img->parent, "href"));
		const char *data = web_address(arena, node_attr(img->parent, "data-origin-url"));

		if (href && (strstr(href, "pbs.twimg.com") || strstr(href, "/media")))
			url = href;
		else if (data && strstr(data, "pbs.twimg.com"))
			url = data;
	}
	return url;
}

void found_pictures(const struct node *root, const char *selector, struct arena *arena,
		    struct post *post)
{
	struct media *media = arena_array(arena, INTAKE_MAX_PARTS, sizeof(*media));
	const struct node *img = root;

	while (post->media_count < 16 && (img = node_find_next(root, img, selector))) {
		const char *url = address_of(arena, img, root);

		if (!is_picture(url) || is_there(media, post->media_count, url))
			continue;
		media[post->media_count++] = (struct media){
			.kind = strstr(url, "video_thumb") ? MEDIA_VIDEO : MEDIA_IMAGE,
			.url = strstr(url, "video_thumb") ? NULL : url,
			.preview = url,
			.alt = intake_text(arena, node_attr(img, "alt")),
		};
	}
	post->media = media;
}
