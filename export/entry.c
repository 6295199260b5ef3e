#include "archive/export/entry.h"

#include <string.h>

#include "archive/base/hash.h"
#include "archive/base/zone.h"
#include "archive/export/content.h"
#include "archive/export/media.h"
#include "archive/export/safe.h"

bool entry_may_show(const struct post *post)
{
	return post && !post->gone && !post->optout && !post->author.optout && !post->repost;
}

static const char *name_of(const struct author *author)
{
	if (part_has_text(author->name))
		return author->name;
	return author->handle ? author->handle : "?";
}

static void write_name(struct writer *w, const struct author *author)
{
	part_begin(w, PART_NAME);
	part_attr(w, "dir", "auto"); /* a name from right to left turns nothing round but itself */
	part_end(w);
	part_text(w, name_of(author));
	part_close(w, PART_NAME);
}

static void write_author(struct writer *w, enum part part, const struct author *author)
{
	bool linked;

	part_open(w, part);
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

	if (len < 2 || len > 35 ||
	    len != strspn(lang, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"))
		return false;
	if (strcmp(lang, "und") == 0 || strcmp(lang, "zxx") == 0 || (len == 3 && lang[0] == 'q'))
		return false;
	return !str_same_ascii(lang, w->thread->lang);
}

static void write_content(struct writer *w, const struct post *post)
{
	size_t mark = w->buf.len;
	size_t start;

	part_begin(w, PART_CONTENT);
	part_url(w, "cite", post->url);
	if (is_foreign(w, post->lang))
		part_attr(w, "lang", post->lang);
	part_attr(w, "dir", "auto");
	part_end(w);
	start = w->buf.len;
	content_write(w, post->html ? post->html : "");
	if (w->buf.len == start) {
		str_truncate(&w->buf, mark);
		return;
	}
	part_close(w, PART_CONTENT);
	part_line(w);
}

/* Opens a time, whose ISO form is left in iso. */
static void open_time(struct writer *w, enum part part, int64_t ms, char iso[ZONE_ISO_SIZE])
{
	zone_format_iso(w->zone, ms, iso);
	part_begin(w, part);
	str_add(&w->buf, " title=\"");
	str_add(&w->buf, iso); /* as it is: no engine takes the colons of a time for an emoji's */
	str_add(&w->buf, "\">");
}

static void write_created(struct writer *w, int64_t created)
{
	char iso[ZONE_ISO_SIZE];

	if (created == 0) {
		str_add(&w->buf, w->language->original);
		return;
	}
	open_time(w, PART_TIME, created, iso);
	part_moment(w, &w->buf, iso);
	part_close(w, PART_TIME);
}

static void write_edited(struct writer *w, int64_t edited)
{
	char iso[ZONE_ISO_SIZE];

	open_time(w, PART_EDITED, edited, iso);
	str_add(&w->buf, w->language->edited);
	part_close(w, PART_EDITED);
}

static void write_permalink(struct writer *w, const struct post *post)
{
	bool linked = part_link(w, PART_TIME_LINK, post->url, NULL);

	write_created(w, post->created);
	if (linked)
		part_close(w, PART_TIME_LINK);
}

static void write_meta(struct writer *w, const struct post *post)
{
	part_open(w, PART_META);
	write_permalink(w, post);
	str_add(&w->buf, " · ");
	part_text(w, network_label(post->network));
	if (post->reply_uri || post->reply_id) {
		str_add(&w->buf, " · ");
		str_add(&w->buf, w->language->reply);
	}
	if (post->edited) {
		str_add(&w->buf, " · ");
		write_edited(w, post->edited);
	}
	part_close(w, PART_META);
	part_line(w);
}

/* Media that their author did not want to be seen at once, though nothing was said of why. */
static void write_media(struct writer *w, const struct post *post)
{
	bool hidden = post->sensitive && !part_has_text(post->spoiler) && post->media_count > 0;

	if (!hidden) {
		media_write(w, post);
		return;
	}
	part_open(w, PART_WARNING);
	part_open(w, PART_SUMMARY_PLAIN);
	str_add(&w->buf, w->language->sensitive);
	part_close(w, PART_SUMMARY_PLAIN);
	w->nested++;
	media_write(w, post);
	w->nested--;
	part_close(w, PART_WARNING);
	part_line(w);
}

static void write_body(struct writer *w, const struct post *post)
{
	write_content(w, post);
	write_media(w, post);
	media_poll(w, post->poll);
	media_card(w, post->card);
}

static void open_warning(struct writer *w, const char *spoiler)
{
	struct str text = STR_INIT;

	safe_add_text(&text, spoiler, strlen(spoiler));
	part_open(w, PART_WARNING);
	part_open(w, PART_SUMMARY);
	language_fill(&w->buf, w->language->warning, text.buf, NULL);
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

static void write_warned_body(struct writer *w, const struct post *post)
{
	bool warned = part_has_text(post->spoiler);

	if (warned)
		open_warning(w, post->spoiler);
	write_body(w, post);
	if (warned)
		close_warning(w);
}

static void write_quote(struct writer *w, const struct post *quote)
{
	part_begin(w, PART_QUOTE);
	part_url(w, "cite", quote->url);
	part_end(w);
	w->nested++;
	write_author(w, PART_QUOTE_AUTHOR, &quote->author);
	write_warned_body(w, quote);
	write_meta(w, quote);
	w->nested--;
	part_close(w, PART_QUOTE);
	part_line(w);
}

static void open_post(struct writer *w, const struct post *post)
{
	struct str id = STR_INIT;
	char made[HASH_SHORT_LEN + 1] = "";

	if (!post->short_id[0] && post->uri)
		hash_short_id(post->uri, made);
	str_add(&id, w->thread->slug);
	str_add_char(&id, '-');
	str_add(&id, post->short_id[0] ? post->short_id : made);
	part_begin(w, PART_POST);
	part_attr(w, "id", id.buf);
	part_end(w);
	part_line(w);
	str_release(&id);
}

void entry_write(struct writer *w, const struct post *post, const struct post *quote)
{
	if (!entry_may_show(post))
		return;
	open_post(w, post);
	write_author(w, PART_AUTHOR, &post->author);
	write_warned_body(w, post);
	if (entry_may_show(quote))
		write_quote(w, quote);
	write_meta(w, post);
	part_close(w, PART_POST);
	part_line(w);
}
