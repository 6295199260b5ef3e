#include "archive/export/entry.h"

#include <string.h>

#include "archive/base/hash.h"
#include "archive/export/content.h"
#include "archive/export/emoji.h"
#include "archive/export/manner.h"
#include "archive/export/media.h"
#include "archive/export/pictures.h"

bool entry_may_show(const struct post *post)
{
	return post && !post->gone && !post->optout && !post->author.optout && !post->repost;
}

static void write_name(struct writer *w, const struct author *author)
{
	const char *name = tell_name(author);

	part_begin(w, PART_NAME);
	part_direction(w, name);
	part_end(w);
	emoji_of(w, author->emojis, author->emoji_count);
	emoji_text(w, name, strlen(name));
	emoji_of(w, NULL, 0);
	part_close(w, PART_NAME);
}

/* The name beside it says whose it is. */
static void write_avatar(struct writer *w, const struct picture *picture)
{
	part_begin(w, PART_AVATAR);
	part_picture(w, picture);
	str_add(&w->buf, " alt=\"\"");
	part_end_empty(w);
}

void entry_author(struct writer *w, enum part part, const struct author *author)
{
	struct picture avatar;
	bool faced = w->options && w->options->avatars &&
		     pictures_shown(w->options, author->avatar, &avatar);
	bool linked;

	part_begin_with(w, part, faced ? "archive-faced" : "",
			faced ? "padding:.3em 0 0;line-height:1.5;overflow:hidden" : "");
	part_end(w);
	if (faced)
		write_avatar(w, &avatar);
	linked = part_link(w, PART_AUTHOR_LINK, author->url, NULL);
	write_name(w, author);
	if (linked)
		part_close(w, PART_AUTHOR_LINK);
	if (author->handle) {
		str_add_char(&w->buf, ' ');
		part_whole(w, PART_HANDLE, author->handle);
	}
	part_close(w, part);
	part_line(w);
}

/* A language that a reader's browser can use, and not the thread's own; X names things like
 * "qme" and "und". */
static bool is_foreign(const struct writer *w, const char *lang)
{
	size_t len = lang ? strlen(lang) : 0;

	if (str_same_ascii(lang, w->teller.thread->lang))
		return false;
	if (len < 2 || len > 35 ||
	    len != strspn(lang, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"))
		return false;
	return strcmp(lang, "und") != 0 && strcmp(lang, "zxx") != 0 && (len != 3 || lang[0] != 'q');
}

static void open_content(struct writer *w, enum part part, const struct post *post,
			 const struct manner *manner)
{
	part_begin_with(w, part, manner->class.buf, manner->style.buf);
	if (is_foreign(w, post->lang))
		part_attr(w, "lang", post->lang);
	part_direction(w, post->html);
	part_end(w);
}

/* Most posts are of one paragraph, which then needs nothing around it. */
static void write_content(struct writer *w, const struct post *post, const struct manner *manner)
{
	struct str *blocks = &w->blocks;
	size_t mark = w->buf.len;
	const char *text;
	size_t len;

	content_write(w, post->html ? post->html : "");
	str_clear(blocks);
	str_add_n(blocks, w->buf.buf + mark, w->buf.len - mark);
	str_truncate(&w->buf, mark);
	if (content_is_one_paragraph(w, blocks, &text, &len)) {
		open_content(w, PART_CONTENT_P, post, manner);
		str_add_n(&w->buf, text, len);
		part_close(w, PART_CONTENT_P);
	} else if (blocks->len > 0) {
		open_content(w, PART_CONTENT, post, manner);
		str_add_n(&w->buf, blocks->buf, blocks->len);
		part_close(w, PART_CONTENT);
	}
	if (blocks->len > 0)
		part_line(w);
}

static void write_created(struct writer *w, int64_t created)
{
	char iso[ZONE_ISO_SIZE];

	if (created == 0) {
		str_add(&w->buf, w->teller.language->original);
		return;
	}
	part_time(w, PART_TIME, created, iso);
	part_moment(w, &w->buf, iso);
	part_close(w, PART_TIME);
}

static void write_edited(struct writer *w, int64_t edited)
{
	char iso[ZONE_ISO_SIZE];

	part_time(w, PART_EDITED, edited, iso);
	str_add(&w->buf, w->teller.language->edited);
	part_close(w, PART_EDITED);
}

static void write_permalink(struct writer *w, const struct post *post)
{
	bool linked = part_link(w, PART_TIME_LINK, post->url, NULL);

	write_created(w, post->created);
	if (linked)
		part_close(w, PART_TIME_LINK);
}

/* The same post on other networks. */
static void write_also(struct writer *w, const struct item *item)
{
	struct str links = STR_INIT;
	size_t mark = w->buf.len;

	for (size_t i = 0; i < item->also_count; i++) {
		const struct post *post = item->also[i];

		if (!entry_may_show(post) || !part_link(w, PART_ALSO, post->url, NULL))
			continue;
		part_text(w, network_label(post->network));
		part_close(w, PART_ALSO);
		str_add(&links, links.len > 0 ? w->teller.language->separator : "");
		str_add(&links, w->buf.buf + mark);
		str_truncate(&w->buf, mark);
	}
	if (links.len > 0) {
		part_dot(w);
		language_fill(&w->buf, w->teller.language->also, links.buf, NULL);
	}
	str_release(&links);
}

static void add_count(int64_t *sum, int64_t count)
{
	if (count > 0 && __builtin_add_overflow(*sum, count, sum))
		*sum = INT64_MAX;
}

/* Of all networks that it was posted on. */
static void write_counts(struct writer *w, const struct item *item)
{
	int64_t likes = 0;
	int64_t reposts = 0;

	add_count(&likes, item->post->counts.likes);
	add_count(&reposts, item->post->counts.reposts);
	for (size_t i = 0; i < item->also_count; i++) {
		if (!entry_may_show(item->also[i]))
			continue;
		add_count(&likes, item->also[i]->counts.likes);
		add_count(&reposts, item->also[i]->counts.reposts);
	}
	if (likes > 0) {
		part_dot(w);
		language_count(&w->buf, &w->teller.language->likes, likes);
	}
	if (reposts > 0) {
		part_dot(w);
		language_count(&w->buf, &w->teller.language->reposts, reposts);
	}
}

/* What the page shows is not what the network said. */
static void write_taken(struct writer *w, const char *taken)
{
	bool linked;

	part_dot(w);
	linked = part_link(w, PART_TAKEN, taken, NULL);
	str_add(&w->buf, w->teller.language->taken);
	if (linked)
		part_close(w, PART_TAKEN);
}

static void write_meta(struct writer *w, const struct item *item, bool nameless)
{
	const struct post *post = item->post;

	part_open(w, PART_META);
	write_permalink(w, post);
	part_dot(w);
	part_text(w, network_label(post->network));
	write_also(w, item);
	if (nameless) {
		part_dot(w);
		str_add(&w->buf, w->teller.language->reply);
	}
	if (post->edited) {
		part_dot(w);
		write_edited(w, post->edited);
	}
	if (post->taken)
		write_taken(w, post->taken);
	if (w->counts)
		write_counts(w, item);
	part_close(w, PART_META);
	part_line(w);
}

/* Media that their author did not want to be seen at once, though nothing was said of why. */
static void write_media(struct writer *w, const struct post *post, const char *words)
{
	bool hidden = post->sensitive && !part_has_text(post->spoiler) && post->media_count > 0;

	if (!hidden) {
		media_write(w, post, words);
		return;
	}
	part_open(w, PART_WARNING);
	part_open(w, PART_SUMMARY_PLAIN);
	str_add(&w->buf, w->teller.language->sensitive);
	part_close(w, PART_SUMMARY_PLAIN);
	w->nested++;
	media_write(w, post, words);
	w->nested--;
	part_close(w, PART_WARNING);
	part_line(w);
}

static void open_warning(struct writer *w, const char *spoiler)
{
	struct str text = STR_INIT;
	size_t mark = w->buf.len;

	emoji_value(w, spoiler);
	str_add(&text, w->buf.buf + mark);
	str_truncate(&w->buf, mark);
	part_open(w, PART_WARNING);
	part_open(w, PART_SUMMARY);
	language_fill(&w->buf, w->teller.language->warning, text.buf, NULL);
	part_close(w, PART_SUMMARY);
	w->nested++;
	str_release(&text);
}

static void close_warning(struct writer *w)
{
	w->nested--;
	part_close(w, PART_WARNING);
	part_line(w);
}

static void write_body(struct writer *w, const struct item *item)
{
	const struct post *post = item->post;
	bool warned = part_has_text(post->spoiler);
	struct manner manner = MANNER_INIT;

	manner_add_size(&manner, &item->style);
	emoji_of(w, post->emojis, post->emoji_count);
	if (warned)
		open_warning(w, post->spoiler);
	write_content(w, post, &manner);
	write_media(w, post, item->text);
	media_poll(w, post->poll);
	media_card(w, post->card);
	if (warned)
		close_warning(w);
	emoji_of(w, NULL, 0);
	manner_release(&manner);
}

static void write_quote(struct writer *w, const struct post *quote)
{
	const struct item plain = { .kind = ITEM_POST, .post = quote };

	part_begin(w, PART_QUOTE);
	part_url(w, "cite", quote->url);
	part_end(w);
	w->nested++;
	entry_author(w, PART_QUOTE_AUTHOR, &quote->author);
	write_body(w, &plain);
	write_meta(w, &plain, quote->reply_uri || quote->reply_id);
	w->nested--;
	part_close(w, PART_QUOTE);
	part_line(w);
}

static void open_post(struct writer *w, const struct item *item, const char *short_id, size_t depth)
{
	struct manner manner = MANNER_INIT;
	struct str id = STR_INIT;

	if (w->first)
		manner_add_first(&manner);
	manner_add_indent(&manner, depth);
	manner_add_colour(&manner, &item->style);
	str_add(&id, w->teller.thread->slug);
	str_add_char(&id, '-');
	str_add(&id, short_id);
	part_begin_with(w, PART_POST, manner.class.buf, manner.style.buf);
	part_attr(w, "id", id.buf);
	part_end(w);
	part_line(w);
	str_release(&id);
	manner_release(&manner);
}

void entry_write(struct writer *w, const struct item *item, struct branch *branch)
{
	const struct post *post = item->post;
	char made[HASH_SHORT_LEN + 1] = "";
	const char *short_id = post->short_id[0] ? post->short_id : made;
	size_t depth;
	bool named;

	if (!post->short_id[0] && post->uri)
		hash_short_id(post->uri, made);
	depth = branch_take(branch, post, short_id, tell_name(&post->author));
	open_post(w, item, short_id, depth);
	entry_author(w, PART_AUTHOR, &post->author);
	named = reply_write(w, item, branch, depth);
	write_body(w, item);
	if (entry_may_show(item->quote))
		write_quote(w, item->quote);
	write_meta(w, item, !named && (post->reply_uri || post->reply_id));
	part_close(w, PART_POST);
	part_line(w);
}
