#include <string.h>

#include "archive/base/hash.h"
#include "archive/collect/merge-parts.h"
#include "archive/markup/markup.h"
#include "archive/source/source.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

#define MAX_URI	 4096 /* bytes, as at the adapters */
#define MAX_LINE 4096
#define MAX_LANG 64

static const char *clean(struct arena *arena, const char *text, bool one_line)
{
	struct str plain = STR_INIT;
	const char *out = text;

	if (!text)
		return NULL;
	utf8_add_plain(&plain, text, strlen(text), one_line);
	if (!str_same(plain.buf, text))
		out = arena_strndup(arena, plain.buf, plain.len);
	str_release(&plain);
	return out;
}

const char *clean_text(struct arena *arena, const char *text)
{
	return text && strlen(text) > MARKUP_MAX_BYTES ? NULL : clean(arena, text, false);
}

const char *clean_line(struct arena *arena, const char *text)
{
	return text && strlen(text) > MAX_LINE ? NULL : clean(arena, text, true);
}

const char *clean_url(const char *url)
{
	return url && link_safe_web(url) ? url : NULL;
}

/* An identity: without blanks and control characters. */
static const char *clean_uri(struct arena *arena, const char *uri)
{
	if (!uri || !*uri || strlen(uri) > MAX_URI || strpbrk(uri, " \t\r\n\"<>"))
		return NULL;
	return str_same(clean(arena, uri, true), uri) ? uri : NULL;
}

bool clean_source(const char *source)
{
	static const char hex[] = "0123456789abcdef";
	struct source known = SOURCE_INIT;
	struct err ignored = { 0 };
	bool ok;

	if (!source)
		return false;
	if (str_starts(source, "file:"))
		return strlen(source) == 5 + HASH_HEX_SIZE - 1 &&
		       strspn(source + 5, hex) == HASH_HEX_SIZE - 1;
	ok = source_parse(&known, source, &ignored) && str_same(known.name.buf, source);
	source_release(&known);
	return ok;
}

bool clean_tag(const char *tag)
{
	return tag && strlen(tag) <= MAX_LINE && !strpbrk(tag, " \"\\#\t\r\n") &&
	       utf8_valid(tag, strlen(tag));
}

static size_t clean_emojis(struct arena *arena, const struct emoji *emojis, size_t count,
			   const struct emoji **out)
{
	struct emoji *list = arena_array(arena, count, sizeof(*list));
	size_t left = 0;

	for (size_t i = 0; i < count; i++) {
		list[left].code = clean_line(arena, emojis[i].code);
		list[left].url = clean_url(emojis[i].url);
		left += list[left].code && list[left].url;
	}
	*out = list;
	return left;
}

bool clean_author(struct arena *arena, const struct author *author, struct author *out)
{
	*out = (struct author){
		.network = author->network,
		.host = clean_line(arena, author->host),
		.network_id = clean_uri(arena, author->network_id),
		.uri = clean_uri(arena, author->uri),
		.handle = clean_line(arena, author->handle),
		.name = clean_line(arena, author->name),
		.url = clean_url(author->url),
		.avatar = clean_url(author->avatar),
		.bot = author->bot,
		.optout = author->optout,
	};
	out->emoji_count = clean_emojis(arena, author->emojis, author->emoji_count, &out->emojis);
	if (out->handle && out->handle[0] != '@')
		out->handle = NULL;
	return out->uri != NULL;
}

/* Markup that is not in the canonical form is made so, and its text with it. */
static void clean_markup(struct arena *arena, const struct post *post, struct post *out)
{
	struct str html = STR_INIT, text = STR_INIT;

	out->text = clean_text(arena, post->text);
	out->html = post->html;
	if (post->html) {
		markup_from_html(post->html, strlen(post->html), false, &html, &text);
		if (!str_same(html.buf, post->html)) {
			out->html = arena_strndup(arena, html.buf, html.len);
			out->text = arena_strndup(arena, text.buf, text.len);
		}
	}
	str_release(&html);
	str_release(&text);
}

static void clean_media(struct arena *arena, const struct post *post, struct post *out)
{
	struct media *list = arena_array(arena, post->media_count, sizeof(*list));

	for (size_t i = 0; i < post->media_count; i++) {
		list[i] = post->media[i];
		list[i].url = clean_url(list[i].url);
		list[i].preview = clean_url(list[i].preview);
		list[i].alt = clean_text(arena, list[i].alt);
		list[i].blurhash = clean_line(arena, list[i].blurhash);
		if (list[i].width < 0 || list[i].height < 0)
			list[i].width = list[i].height = 0;
	}
	out->media = list;
	out->media_count = post->media_count;
}

static void clean_poll(struct arena *arena, const struct post *post, struct post *out)
{
	struct poll *poll = arena_alloc(arena, sizeof(*poll));
	struct poll_option *list;

	if (!post->poll)
		return;
	list = arena_array(arena, post->poll->option_count, sizeof(*list));
	*poll = *post->poll;
	for (size_t i = 0; i < poll->option_count; i++) {
		list[i] = post->poll->options[i];
		list[i].title = clean_line(arena, list[i].title);
		if (!list[i].title)
			list[i].title = "";
	}
	poll->options = list;
	out->poll = poll;
}

static void clean_card(struct arena *arena, const struct post *post, struct post *out)
{
	struct card *card = arena_alloc(arena, sizeof(*card));

	if (!post->card)
		return;
	*card = (struct card){
		.url = clean_url(post->card->url),
		.title = clean_line(arena, post->card->title),
		.description = clean_text(arena, post->card->description),
		.image = clean_url(post->card->image),
		.site = clean_line(arena, post->card->site),
	};
	out->card = card;
}

static void clean_tags(struct arena *arena, const struct post *post, struct post *out)
{
	const char **list = arena_array(arena, post->tag_count, sizeof(*list));

	for (size_t i = 0; i < post->tag_count; i++)
		if (clean_tag(post->tags[i]))
			list[out->tag_count++] = post->tags[i];
	out->tags = list;
}

static int64_t clean_time(int64_t time, int64_t latest)
{
	return time < 0 ? 0 : time > latest ? latest : time;
}

static void clean_parts(struct arena *arena, const struct post *post, struct post *out)
{
	clean_markup(arena, post, out);
	clean_media(arena, post, out);
	clean_poll(arena, post, out);
	clean_card(arena, post, out);
	clean_tags(arena, post, out);
	out->emoji_count = clean_emojis(arena, post->emojis, post->emoji_count, &out->emojis);
	out->lang = post->lang && strlen(post->lang) <= MAX_LANG ? clean_line(arena, post->lang)
								 : NULL;
	out->spoiler = clean_text(arena, post->spoiler);
	out->reply_uri = clean_uri(arena, post->reply_uri);
	out->reply_id = clean_uri(arena, post->reply_id);
	out->quote_uri = clean_uri(arena, post->quote_uri);
	out->quote_url = clean_url(post->quote_url);
	out->conversation = clean_uri(arena, post->conversation);
	/* the name of a file, where the page has no address: the mark of a second hand stays */
	out->taken = clean_line(arena, post->taken);
}

static bool is_too_long(const struct post *post)
{
	return (post->html && strlen(post->html) > MARKUP_MAX_BYTES) ||
	       (post->text && strlen(post->text) > MARKUP_MAX_BYTES);
}

bool clean_post(struct arena *arena, const struct post *post, int64_t latest, struct post *out)
{
	*out = (struct post){
		.network = post->network,
		.uri = clean_uri(arena, post->uri),
		.created = post->created,
		.edited = clean_time(post->edited, POST_MAX_TIME),
		.fetched = clean_time(post->fetched, latest),
		.gone = clean_time(post->gone, latest),
		.sensitive = post->sensitive,
		.visibility = post->visibility,
		.optout = post->optout,
		.counts = post->counts,
	};
	if (!out->uri || post->created < 1 || post->created > POST_MAX_TIME || out->fetched == 0 ||
	    is_too_long(post))
		return false;
	if (post->optout)
		return true;
	out->host = clean_line(arena, post->host);
	out->network_id = clean_uri(arena, post->network_id);
	out->url = clean_url(post->url);
	clean_parts(arena, post, out);
	return !post->taken == !out->taken &&
	       (!post->author.uri || clean_author(arena, &post->author, &out->author));
}
