#include "check-post.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/str.h"
#include "archive/markup/markup.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_plain(const char *text)
{
	struct str plain = STR_INIT;

	if (!text)
		return;
	must(*text != '\0');
	utf8_add_plain(&plain, text, strlen(text), false);
	must(str_same(plain.buf, text));
	str_release(&plain);
}

static void check_url(const char *url)
{
	must(!url || link_safe_web(url));
}

/* Canonical HTML comes back from the cleaner unchanged. */
static void check_html(const char *html)
{
	struct str again = STR_INIT;

	if (!html)
		return;
	check_plain(html);
	markup_from_html(html, strlen(html), false, &again, NULL);
	must(str_same(again.buf, html));
	str_release(&again);
}

static void check_author(const struct author *author)
{
	must(author->host && author->uri);
	must(author->handle ? author->handle[0] == '@' && author->name
			    : author->network == NETWORK_X && !author->url);
	check_plain(author->host);
	check_plain(author->handle);
	check_plain(author->name);
	check_plain(author->uri);
	check_plain(author->network_id);
	check_url(author->url);
	check_url(author->avatar);
	for (size_t i = 0; i < author->emoji_count; i++) {
		check_plain(author->emojis[i].code);
		check_url(author->emojis[i].url);
	}
}

static void check_parts(const struct post *post)
{
	for (size_t i = 0; i < post->media_count; i++) {
		const struct media *media = &post->media[i];

		must(media->width >= 0 && media->height >= 0 && media->duration_ms >= 0);
		must(media->kind >= MEDIA_IMAGE && media->kind <= MEDIA_UNKNOWN);
		check_url(media->url);
		check_url(media->preview);
		check_plain(media->alt);
		check_plain(media->blurhash);
	}
	for (size_t i = 0; i < post->emoji_count; i++) {
		check_plain(post->emojis[i].code);
		check_url(post->emojis[i].url);
	}
	for (size_t i = 0; post->poll && i < post->poll->option_count; i++)
		check_plain(post->poll->options[i].title);
	if (!post->card)
		return;
	must(post->card->url != NULL);
	check_url(post->card->url);
	check_url(post->card->image);
	check_plain(post->card->title);
	check_plain(post->card->description);
	check_plain(post->card->site);
}

static void check_tags(const struct post *post)
{
	for (size_t i = 0; i < post->tag_count; i++) {
		check_plain(post->tags[i]);
		must(post->tags[i][0] != '#');
		for (size_t k = 0; k < i; k++)
			must(strcmp(post->tags[i], post->tags[k]) != 0);
	}
}

static void check_kept(const struct post *post)
{
	check_author(&post->author);
	must(!post->author.optout);
	check_html(post->html);
	check_plain(post->text);
	check_plain(post->spoiler);
	check_plain(post->lang);
	check_plain(post->network_id);
	check_plain(post->conversation);
	check_plain(post->reply_id);
	check_plain(post->reply_uri);
	check_plain(post->quote_uri);
	check_url(post->url);
	check_url(post->quote_url);
	must(post->edited >= 0 && post->edited <= POST_MAX_TIME);
	check_parts(post);
	check_tags(post);
}

static void check_opted_out(const struct post *post)
{
	must(!post->html && !post->text && !post->spoiler && !post->url && !post->network_id &&
	     !post->lang);
	must(!post->author.handle && !post->author.name && !post->author.url &&
	     !post->author.avatar);
	must(!post->author.uri || post->author.optout);
	must(!post->media_count && !post->tag_count && !post->emoji_count && !post->poll &&
	     !post->card);
	must(!post->reply_uri && !post->reply_id && !post->quote_uri && !post->quote_url &&
	     !post->conversation);
}

static void check_post(const struct post *post)
{
	must(post->uri && post->host);
	check_plain(post->uri);
	check_plain(post->host);
	must(post->created > 0 && post->created <= POST_MAX_TIME);
	must(post->visibility == VISIBILITY_PUBLIC || post->visibility == VISIBILITY_UNLISTED);
	must(!post->repost);
	if (post->optout)
		check_opted_out(post);
	else
		check_kept(post);
}

void check_found(const struct author *author, bool kept)
{
	must(author->uri != NULL);
	if (kept)
		check_author(author);
	must(!kept || (author->handle && !author->optout));
	must(kept || (!author->handle && !author->name && !author->url && !author->avatar &&
		      !author->network_id));
}

void check_page(const struct page *page, size_t len)
{
	size_t end = 0, own = 0;

	for (size_t i = 0; i < page->count; i++) {
		check_post(&page->posts[i]);
		own += !page->posts[i].context;
	}
	must(own + page->dropped + page->malformed + page->unwanted == page->matched);
	for (size_t i = 0; i < page->cut_count; i++) {
		must(page->cuts[i].from >= end && page->cuts[i].to > page->cuts[i].from);
		end = page->cuts[i].to;
	}
	must(end <= len);
	must(!page->lowest == !page->highest);
}
