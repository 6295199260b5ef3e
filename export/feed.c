#include "archive/export/feed.h"

#include <string.h>

#include "archive/base/hash.h"
#include "archive/base/zone.h"
#include "archive/export/entry.h"
#include "archive/export/parts.h"
#include "archive/export/pictures.h"
#include "archive/export/teller.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

#define TITLE_POINTS 60 /* of a post's text in its entry's title */

struct feed {
	struct teller teller;
	struct str buf, line;
	struct str heading;
	const struct fragment_options *options;
};

/* ---- XML ---- */

/* U+FFFE or U+FFFF, which XML 1.0 does not let through; controls were left out before. */
static bool is_no_character(const char *text, size_t len)
{
	return len >= 3 &&
	       (memcmp(text, "\xEF\xBF\xBE", 3) == 0 || memcmp(text, "\xEF\xBF\xBF", 3) == 0);
}

static void add_xml(struct str *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (is_no_character(text + i, len - i)) {
			i += 2;
			continue;
		}
		switch (text[i]) {
		case '&':
			str_add(out, "&amp;");
			break;
		case '<':
			str_add(out, "&lt;");
			break;
		case '>':
			str_add(out, "&gt;");
			break;
		case '"':
			str_add(out, "&quot;");
			break;
		default:
			str_add_char(out, text[i]);
		}
	}
}

static void add_plain(struct str *out, const char *text)
{
	struct str plain = STR_INIT;

	tell_line(&plain, text);
	add_xml(out, plain.buf, plain.len);
	str_release(&plain);
}

static void add_element(struct str *out, const char *name, const char *text)
{
	if (!part_has_text(text))
		return;
	str_addf(out, "<%s>", name);
	add_plain(out, text);
	str_addf(out, "</%s>\n", name);
}

static void add_link(struct str *out, const char *rel, const char *url)
{
	struct str clean = STR_INIT;

	if (url && link_add_clean(&clean, url)) {
		str_addf(out, "<link rel=\"%s\" href=\"", rel);
		add_xml(out, clean.buf, clean.len);
		str_add(out, "\"/>\n");
	}
	str_release(&clean);
}

static void add_time(const struct feed *f, const char *name, int64_t ms, struct str *out)
{
	char iso[ZONE_ISO_SIZE];

	zone_format_iso(f->teller.zone, ms, iso);
	str_addf(out, "<%s>%s</%s>\n", name, iso, name);
}

/* ---- entries ---- */

/* "はな：" and the beginning of the text. */
static void add_title(struct feed *f, const struct post *post)
{
	const char *text = part_has_text(post->spoiler) ? post->spoiler : post->text;
	struct str plain = STR_INIT;
	size_t end;

	tell_line(&plain, text ? text : "");
	end = utf8_offset(plain.buf, plain.len, TITLE_POINTS);
	str_clear(&f->line);
	str_addf(&f->line, "%s: ", tell_name(&post->author));
	str_add_n(&f->line, plain.buf, end);
	str_add(&f->line, end < plain.len ? "…" : "");
	add_element(&f->buf, "title", f->line.buf);
	str_release(&plain);
}

static void add_author(struct feed *f, const struct author *author)
{
	struct str clean = STR_INIT;

	str_add(&f->buf, "<author>\n");
	add_element(&f->buf, "name", tell_name(author));
	if (author->url && link_add_clean(&clean, author->url))
		add_element(&f->buf, "uri", clean.buf);
	str_add(&f->buf, "</author>\n");
	str_release(&clean);
}

/* A reader of feeds knows no path: a picture is shown where its file has an address of the web. */
static bool find_shown(const struct feed *f, const struct media *media, struct picture *out)
{
	const char *base = f->options->media_base ? f->options->media_base : "";
	bool still = media->kind == MEDIA_IMAGE || media->kind == MEDIA_UNKNOWN;

	return (str_starts(base, "https://") || str_starts(base, "http://")) && still &&
	       (pictures_shown(f->options, media->url, out) ||
		pictures_shown(f->options, media->preview, out));
}

/* f->line: what it is. */
static void add_medium(struct feed *f, struct str *html, const struct media *media)
{
	const char *url = media->url ? media->url : media->preview;
	struct str clean = STR_INIT, words = STR_INIT;
	struct picture picture;
	bool linked = f->options->media != MEDIA_NONE && url && link_add_clean(&clean, url);

	tell_line(&words, f->line.buf);
	str_add(html, "<p>");
	if (linked) {
		str_add(html, "<a href=\"");
		add_xml(html, clean.buf, clean.len);
		str_add(html, "\">");
	}
	if (find_shown(f, media, &picture)) {
		str_add(html, "<img src=\"");
		pictures_add_src(html, f->options, &picture);
		str_add(html, "\" alt=\"");
		add_xml(html, words.buf, words.len);
		str_add(html, "\">");
	} else {
		add_xml(html, words.buf, words.len);
	}
	str_add(html, linked ? "</a></p>" : "</p>");
	str_release(&clean);
	str_release(&words);
}

static void add_enclosures(struct feed *f, const struct post *post)
{
	struct picture picture;

	for (size_t i = 0; i < post->media_count; i++) {
		if (!find_shown(f, &post->media[i], &picture))
			continue;
		str_addf(&f->buf, "<link rel=\"enclosure\" type=\"%s\" ",
			 picture_mime(picture.type));
		if (picture.bytes > 0)
			str_addf(&f->buf, "length=\"%lld\" ", (long long)picture.bytes);
		str_add(&f->buf, "href=\"");
		pictures_add_src(&f->buf, f->options, &picture);
		str_add(&f->buf, "\"/>\n");
	}
}

static void add_html(struct str *out, const char *element, const char *text)
{
	str_addf(out, "<%s>", element);
	add_plain(out, text);
	str_addf(out, "</%s>", element);
}

static void add_card(struct str *html, const struct card *card)
{
	struct str clean = STR_INIT, facts = STR_INIT;

	if (card && card->url && link_add_clean(&clean, card->url)) {
		str_add(html, "<p><a href=\"");
		add_xml(html, clean.buf, clean.len);
		str_add(html, "\">");
		add_plain(html, part_has_text(card->title) ? card->title : card->url);
		str_add(html, "</a>");
		tell_card(&facts, card);
		str_add(html, facts.len > 0 ? " — " : "");
		add_plain(html, facts.buf);
		str_add(html, "</p>");
	}
	str_release(&clean);
	str_release(&facts);
}

/* HTML in a string that is escaped once more into XML. */
static void add_body(struct feed *f, struct str *html, const struct post *post,
		     const struct item *item)
{
	struct str own = STR_INIT;

	if (part_has_text(post->spoiler)) {
		str_clear(&f->line);
		language_fill(&f->line, f->teller.language->warning, post->spoiler, NULL);
		add_html(html, "p", f->line.buf);
	}
	utf8_add_plain(html, post->html ? post->html : "", strlen(post->html ? post->html : ""),
		       false);
	for (size_t i = 0; i < post->media_count; i++) {
		str_clear(&f->line);
		tell_medium(&f->teller, &f->line, &post->media[i],
			    item ? tell_own_words(item, i, &own) : NULL);
		add_medium(f, html, &post->media[i]);
	}
	for (size_t i = 0; post->poll && i < post->poll->option_count; i++) {
		str_clear(&f->line);
		tell_option(&f->teller, &f->line, post->poll, i);
		add_html(html, "p", f->line.buf);
	}
	add_card(html, post->card);
	str_release(&own);
}

static void add_content(struct feed *f, const struct item *item)
{
	struct str html = STR_INIT;

	add_body(f, &html, item->post, item);
	if (item->post->taken)
		add_html(&html, "p", f->teller.language->taken);
	if (entry_may_show(item->quote)) {
		str_add(&html, "<blockquote>");
		add_html(&html, "p", tell_name(&item->quote->author));
		add_body(f, &html, item->quote, NULL);
		str_add(&html, "</blockquote>");
	}
	str_add(&f->buf, "<content type=\"html\">");
	add_xml(&f->buf, html.buf, html.len);
	str_add(&f->buf, "</content>\n");
	str_release(&html);
}

/* An id that is a UUID of these bytes (RFC 9562, version 8: its bits are of a hash). */
static void add_uuid(struct str *out, const struct str *bytes)
{
	uint8_t h[HASH_SIZE];

	hash_sha256(bytes->buf, bytes->len, h);
	h[6] = (uint8_t)((h[6] & 0x0F) | 0x80);
	h[8] = (uint8_t)((h[8] & 0x3F) | 0x80);
	str_add(out, "<id>urn:uuid:");
	for (int i = 0; i < 16; i++)
		str_addf(out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", h[i]);
	str_add(out, "</id>\n");
}

/* RFC 3987 as far as it takes: a scheme, and nothing that no IRI holds. */
static bool is_iri(const char *text)
{
	size_t scheme = strspn(text, "abcdefghijklmnopqrstuvwxyz");

	return scheme > 0 && text[scheme] == ':' && !strpbrk(text, " \t\r\n<>\"{}|\\^`");
}

static void add_entry_id(struct feed *f, const struct post *post)
{
	struct str uri = STR_INIT;

	if (is_iri(post->uri)) {
		add_element(&f->buf, "id", post->uri);
		return;
	}
	str_add(&uri, post->uri);
	add_uuid(&f->buf, &uri);
	str_release(&uri);
}

static void add_entry(struct feed *f, const struct item *item)
{
	const struct post *post = item->post;

	if (!entry_may_show(post))
		return;
	str_add(&f->buf, "<entry>\n");
	add_entry_id(f, post);
	add_title(f, post);
	add_time(f, "published", post->created, &f->buf);
	add_time(f, "updated", post->edited ? post->edited : post->created, &f->buf);
	add_author(f, &post->author);
	add_link(&f->buf, "alternate", post->url);
	if (post->taken && link_safe_web(post->taken))
		add_link(&f->buf, "via", post->taken);
	add_enclosures(f, post);
	if (f->heading.len > 0) {
		str_add(&f->buf, "<category term=\"");
		add_plain(&f->buf, f->heading.buf);
		str_add(&f->buf, "\"/>\n");
	}
	add_content(f, item);
	str_add(&f->buf, "</entry>\n");
}

static void add_item(struct feed *f, const struct item *item)
{
	if (item->kind == ITEM_POST)
		add_entry(f, item);
	if (item->kind != ITEM_HEADING)
		return;
	str_clear(&f->heading);
	str_add(&f->heading, part_has_text(item->text) ? item->text : "");
}

/* ---- the feed ---- */

/* Of the thread's names. */
static void add_id(struct feed *f)
{
	const struct thread *thread = f->teller.thread;
	struct str names = STR_INIT;

	str_add(&names, thread->slug);
	for (size_t i = 0; i < thread->tag_count; i++)
		str_addf(&names, "\n%s", thread->tags[i]);
	add_uuid(&f->buf, &names);
	str_release(&names);
}

static void add_head(struct feed *f, const struct fragment_facts *facts)
{
	const char *lang = f->teller.language->code;

	str_addf(&f->buf,
		 "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		 "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n",
		 lang);
	add_id(f);
	add_element(&f->buf, "title", tell_title(&f->teller));
	str_clear(&f->line);
	if (part_has_text(f->teller.thread->description))
		str_addf(&f->line, "%s · ", f->teller.thread->description);
	tell_facts(&f->teller, &f->line, facts);
	str_add(&f->line, " · ");
	tell_curator(&f->teller, &f->line);
	tell_footer(&f->teller, &f->line, facts);
	add_element(&f->buf, "subtitle", f->line.buf);
	add_time(f, "updated", facts->collected ? facts->collected : facts->last, &f->buf);
}

bool feed_write(FILE *out, const struct thread *thread, const struct fragment_facts *facts,
		struct item_iter *items, const struct fragment_options *options, struct err *err)
{
	struct feed f = {
		.teller = teller_of(thread, facts),
		.buf = STR_INIT,
		.line = STR_INIT,
		.heading = STR_INIT,
		.options = options,
	};
	struct item item = { 0 };
	bool ok = false;
	int rc;

	add_head(&f, facts);
	while ((rc = items->next(items, &item, err)) > 0) {
		add_item(&f, &item);
		if (!tell_out(out, &f.buf, err))
			goto out;
		item = (struct item){ 0 };
	}
	str_add(&f.buf, "</feed>\n");
	ok = rc == 0 && tell_out(out, &f.buf, err);
out:
	str_release(&f.buf);
	str_release(&f.line);
	str_release(&f.heading);
	return ok;
}
