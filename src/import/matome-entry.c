#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/import/matome.h"
#include "archive/markup/markup.h"
#include "archive/source/intake.h"
#include "archive/source/x.h"
#include "archive/text/link.h"

#define DAY_MS	    INT64_C(86400000)
#define MAX_HEADING 300 /* bytes; what is longer is a note */

/* An entry of the list: Togetter 2024, Togetter before, min.t, posfie; Twilog before and now. */
#define ENTRIES \
	".list_box,li.list_item,.tl-tweet,article.tweet,.tweet_item,blockquote.twitter-tweet"
/* The list itself; what its service shows below it looks the same. */
#define BOXES ".tweet_box,.tl-tweets"

/* The address of a post's page. */
static const struct fact addresses[] = {
	{ "span.status a.link[href*=/status]", "href" }, /* 2024 */
	{ "a.timestamp[href]", "href" },		 /* before */
	{ "a.timestamp[data-origin-url]", "data-origin-url" },
	{ ".status a[href*=/status]", "href" },
	{ ".tl-posted a[href*=/status]", "href" }, /* Twilog */
	{ ".tl-time a[href*=/status]", "href" },
	{ "a.link[href]", "href" },
	{ "time a[href]", "href" },
	{ "[data-bluesky-uri]", "data-bluesky-uri" }, /* embeds of other networks */
	{ "[data-embed-url]", "data-embed-url" },
	{ "iframe[src*=/embed]", "src" },
	{ "[data-tweet-url]", "data-tweet-url" },
	{ "a[href*=/status/]", "href" },
	{ "a[href*=/statuses/]", "href" },
	{ "a[href*=/post/]", "href" },
	{ "a[href*=/notes/]", "href" },
	{ "a[href*=/@]", "href" },
	{ NULL, NULL },
};

/* Epoch seconds. */
static const struct fact seconds[] = {
	{ "a.timestamp[data-timestamp]", "data-timestamp" },
	{ "[data-timestamp]", "data-timestamp" },
	{ "[data-time]", "data-time" },
	{ NULL, NULL },
};

static const struct fact instants[] = {
	{ "time[datetime]", "datetime" },
	{ NULL, NULL },
};

/* As shown to a reader in Japan. */
static const struct fact moments[] = {
	{ "span.status a.link", NULL },
	{ "a.timestamp", NULL },
	{ ".tl-posted a", NULL },
	{ ".tl-posted", NULL },
	{ ".tl-time", NULL },
	{ ".status", NULL },
	{ ".date", NULL },
	{ NULL, NULL },
};

static const struct fact names[] = {
	{ "a.user_link strong", NULL },
	{ ".user_link .name", NULL },
	{ "a.user strong", NULL },
	{ ".user_name", NULL },
	{ ".tl-name strong", NULL },
	{ ".tl-name a", NULL },
	{ "a.user_link", NULL },
	{ ".name", NULL },
	{ NULL, NULL },
};

static const struct fact handles[] = {
	{ ".status_name", NULL }, { ".screen_name", NULL }, { ".tl-name .screen-name", NULL },
	{ ".user_id", NULL },	  { ".acct", NULL },	    { NULL, NULL },
};

static const char *const avatars = "a.user_link img,img.icon_48,img.icon,.icon img,.tl-icon img,"
				   ".avatar img,.user_icon img,.profile img";

/* What somebody said. */
static const char *const texts[] = {
	"p.tweet", "div.tweet", ".tweet.emj", ".tl-text", ".tweet_text", ".emj", ".text", "p",
};

static const char *const pictures = ".list_photo img,.list_photo a[href*=pbs.twimg.com],"
				    ".tweet_photo img,.photo img,figure img,.media img,"
				    ".list_media img,.tl-image img,.tl-media img,.image img";

/* What the curator wrote between the posts. */
static const char *const words[] = {
	".list_text", ".text_box", ".type_text .text", "h2", "h3", "h4", ".heading", ".text", "p",
};

#define HEADINGS "h1,h2,h3,h4,h5,.heading,.type_heading,.type_title,.headline,.midashi"
#define ADVERTS                                                                          \
	".ad,.ads,.adsense,.type_ad,.type_pr,.pr,.banner,.ad_box,.recommend,.sponsored," \
	".list_ad,.more_tweet_box"

bool entry_begins(const struct node *element)
{
	return node_is(element, element, ENTRIES);
}

bool entry_is_box(const struct node *element)
{
	return node_is(element, element, BOXES);
}

bool entry_is_comments(const struct node *element)
{
	return node_is(element, element,
		       ".comment_box,.comments,.comment_list,[id=comment_box],[id=comments],"
		       ".related_box,.recommend_box,.sidebar,aside");
}

static const struct node *first_of(const struct node *root, const char *const *selectors,
				   size_t count)
{
	struct str text = STR_INIT;
	const struct node *found = NULL;

	for (size_t i = 0; i < count && !found; i++) {
		found = node_find(root, selectors[i]);
		str_clear(&text);
		if (found)
			node_add_text(found, &text);
		if (found && !text.len && !node_find(found, "img"))
			found = NULL;
	}
	str_release(&text);
	return found;
}

/* ---- a post ---- */

/* The first address that is one of a post's page. */
static bool read_names(struct arena *arena, const struct node *root, struct post *post)
{
	for (const struct fact *fact = addresses; fact->selector; fact++) {
		const struct node *node = node_find(root, fact->selector);

		for (; node; node = node_find_next(root, node, fact->selector)) {
			const char *value = node_attr(node, fact->attr);

			if (value && found_names(arena, value, post))
				return true;
		}
	}
	return false;
}

static int64_t read_time(struct arena *arena, const struct node *root, const char *id, int64_t day)
{
	const char *text = found_fact(arena, root, seconds);
	int64_t value = 0, in_day;

	if (text && str_to_int(text, 1, POST_MAX_TIME / 1000, &value))
		return value * 1000;
	text = found_fact(arena, root, instants);
	if (text && clock_parse_rfc3339(text, &value) && value > 0)
		return value;
	value = found_id_time(id);
	if (value)
		return value;
	for (const struct fact *fact = moments; fact->selector; fact++) {
		const struct fact one[] = { *fact, { NULL, NULL } };

		text = found_fact(arena, root, one);
		value = text ? found_time(text) : 0;
		if (value)
			return value;
		in_day = text && day ? found_time(arena_printf(arena, "2006-01-01 %s",
							       text + strcspn(text, "0123456789")))
				     : 0;
		if (in_day)
			return day + (in_day - found_day("2006-01-01"));
	}
	return 0;
}

static void read_author(struct arena *arena, const struct node *root, struct post *post)
{
	struct author *author = &post->author;
	const char *handle = found_fact(arena, root, handles);
	const struct node *img = node_find(root, avatars);

	if (handle && handle[0] == '@' && handle[1] && !strpbrk(handle, " /") && !author->handle)
		author->handle = handle;
	author->name = found_fact(arena, root, names);
	if (!author->name)
		author->name = author->handle;
	if (post->network == NETWORK_X && author->handle && !author->url) {
		author->url = arena_printf(arena, X_PAGE_URL "%s", author->handle + 1);
		author->url = intake_url(arena, author->url);
		author->uri = author->url;
		if (author->url)
			post->url = arena_printf(arena, "%s/status/%s", author->url,
						 post->network_id);
	}
	if (img)
		author->avatar = found_picture(arena, img);
}

static enum entry_kind read_post(struct grove *g, int64_t day, struct page *page,
				 const struct post *named, struct found_item *item)
{
	struct arena *arena = &page->arena;
	struct post *post = page_add(page);
	const struct node *found = first_of(g->root, texts, ARRAY_LEN(texts));
	struct node *text = g->root;

	*post = *named;
	item->kind = ITEM_POST;
	item->post = post->uri ? post->uri : post->url;
	post->created = read_time(arena, g->root,
				  post->network == NETWORK_X ? post->network_id : NULL, day);
	if (!post->uri || !post->created || !found) {
		page->count--;
		return ENTRY_MENTION;
	}
	read_author(arena, g->root, post);
	found_pictures(g->root, pictures, arena, post);
	item->style = found_style(g->root, found);
	while (text && text != found)
		text = node_after(text, g->root);
	found_text(g, text, arena, post);
	if (!post->author.handle || !post->author.uri || (!post->text && !post->media_count)) {
		page->count--;
		return ENTRY_MENTION;
	}
	return ENTRY_POST;
}

/* ---- the curator's words ---- */

/* A single link, and nothing beside it. */
static bool read_link(struct arena *arena, const struct node *root, const char *text,
		      struct found_item *item)
{
	const struct node *link = node_find(root, "a[href]");
	struct str label = STR_INIT;
	const char *url = link ? intake_url(arena, node_attr(link, "href")) : NULL;

	if (url && !node_find_next(root, link, "a[href]"))
		node_add_text(link, &label);
	if (url && label.len && str_same(label.buf, text)) {
		item->kind = ITEM_LINK;
		item->url = url;
	}
	str_release(&label);
	return item->kind == ITEM_LINK;
}

static enum entry_kind read_words(struct grove *g, struct arena *arena, struct found_item *item)
{
	const struct node *node = first_of(g->root, words, ARRAY_LEN(words));
	struct str html = STR_INIT, text = STR_INIT;

	if (!node)
		node = g->root;
	item->style = found_style(g->root, node);
	node_add_inner(node, &html);
	markup_from_html(html.buf, html.len, false, NULL, &text);
	item->text = intake_text(arena, text.buf);
	str_release(&html);
	str_release(&text);
	if (!item->text)
		return ENTRY_NOTHING;
	item->kind = ITEM_NOTE;
	if (read_link(arena, node, item->text, item))
		return ENTRY_WORDS;
	if (strlen(item->text) <= MAX_HEADING && !strchr(item->text, '\n') &&
	    (item->style.emphasis == EMPHASIS_LARGE || node_find(g->root, HEADINGS)))
		item->kind = ITEM_HEADING;
	return ENTRY_WORDS;
}

enum entry_kind entry_read(struct grove *g, int64_t day, struct page *page, struct found_item *item)
{
	struct post named;

	*item = (struct found_item){ 0 };
	if (node_is(g->root, g->root, ADVERTS))
		return ENTRY_NOTHING;
	if (read_names(&page->arena, g->root, &named))
		return read_post(g, day, page, &named, item);
	return read_words(g, &page->arena, item);
}
