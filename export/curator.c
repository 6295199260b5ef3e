#include "archive/export/curator.h"

#include <string.h>

#include "archive/export/manner.h"
#include "archive/export/safe.h"
#include "archive/text/link.h"

static void write_title(struct writer *w, const struct item *item)
{
	struct str id = STR_INIT;

	part_begin(w, PART_HEADING);
	if (item->key) {
		str_addf(&id, "%s-%s", w->teller.thread->slug, item->key);
		part_attr(w, "id", id.buf);
	}
	part_direction(w, item->text);
	part_end(w);
	part_text(w, item->text);
	part_close(w, PART_HEADING);
	part_line(w);
	str_release(&id);
}

/* Parts what follows from what stands before it on the line that begins at start. */
static void part_from(struct writer *w, size_t start)
{
	if (w->buf.len > start)
		part_dot(w);
}

static void write_slides(struct writer *w, const struct item *item, size_t start)
{
	size_t mark = w->buf.len;

	part_from(w, start);
	if (!part_link(w, PART_A, item->url, NULL)) {
		str_truncate(&w->buf, mark);
		return;
	}
	part_text(w, part_has_text(item->label) ? item->label : w->teller.language->slides);
	part_close(w, PART_A);
}

/* When, who, the slides: whatever of it is known. */
static void write_talk(struct writer *w, const struct item *item)
{
	size_t mark = w->buf.len;
	char iso[ZONE_ISO_SIZE];
	size_t start;

	part_open(w, PART_TALK);
	start = w->buf.len;
	if (item->starts) {
		part_time(w, PART_TALK_TIME, item->starts, iso);
		part_moment(w, &w->buf, iso);
		part_close(w, PART_TALK_TIME);
	}
	if (part_has_text(item->speaker)) {
		part_from(w, start);
		part_add_value(&w->buf, item->speaker);
	}
	write_slides(w, item, start);
	if (w->buf.len == start) {
		str_truncate(&w->buf, mark);
		return;
	}
	part_close(w, PART_TALK);
	part_line(w);
}

void curator_heading(struct writer *w, const struct item *item)
{
	write_title(w, item);
	write_talk(w, item);
}

/* A line of a curator's own words, its URLs linked. */
static void write_words(struct writer *w, const char *text, size_t len)
{
	struct link_span span;
	struct str url = STR_INIT;
	size_t from = 0;

	for (size_t look = 0; link_next(text, len, look, &span); look = span.end) {
		if (span.kind != LINK_URL)
			continue;
		str_clear(&url);
		str_add(&url, span.bare ? "https://" : "");
		str_add_n(&url, text + span.start, span.end - span.start);
		safe_add_text(&w->buf, text + from, span.start - from);
		from = span.start;
		if (part_link(w, PART_A, url.buf, NULL)) {
			safe_add_text(&w->buf, text + span.start, span.end - span.start);
			part_close(w, PART_A);
			from = span.end;
		}
	}
	safe_add_text(&w->buf, text + from, len - from);
	str_release(&url);
}

/* Lines become br, empty lines part paragraphs. */
static void write_paragraphs(struct writer *w, const char *text)
{
	enum part part = PART_P;
	bool open = false;

	for (size_t len; *text; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		if (safe_has_text(text, len)) {
			if (open)
				str_add(&w->buf, "<br />");
			else
				part_open(w, part);
			open = true;
			write_words(w, text, len);
		} else if (open) {
			part_close(w, part);
			part = PART_P_MORE;
			open = false;
		}
	}
	if (open)
		part_close(w, part);
}

void curator_note(struct writer *w, const struct item *item)
{
	struct manner manner = MANNER_INIT;

	if (!part_has_text(item->text))
		return;
	manner_add_size(&manner, &item->style);
	manner_add_colour(&manner, &item->style);
	part_begin_with(w, PART_NOTE, manner.class.buf, manner.style.buf);
	part_direction(w, item->text);
	part_end(w);
	write_paragraphs(w, item->text);
	part_close(w, PART_NOTE);
	part_line(w);
	manner_release(&manner);
}

void curator_about(struct writer *w, const char *text)
{
	if (!part_has_text(text))
		return;
	part_begin(w, PART_ABOUT);
	part_direction(w, text);
	part_end(w);
	write_paragraphs(w, text);
	part_close(w, PART_ABOUT);
	part_line(w);
}

void curator_link(struct writer *w, const struct item *item)
{
	const char *label = part_has_text(item->text) ? item->text : item->url;
	struct manner manner = MANNER_INIT;
	bool linked;

	if (!label)
		return;
	if (w->first)
		manner_add_first(&manner);
	part_begin_with(w, PART_LINK, manner.class.buf, manner.style.buf);
	part_end(w);
	manner_release(&manner);
	linked = part_link(w, PART_A, item->url, NULL);
	part_text(w, label);
	if (linked)
		part_close(w, PART_A);
	part_close(w, PART_LINK);
	part_line(w);
}
