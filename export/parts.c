#include "archive/export/parts.h"

#include <string.h>

#include "archive/export/looks.h"
#include "archive/export/pictures.h"
#include "archive/export/safe.h"

static void add_heading(struct writer *w, const char *begin, const struct look *look)
{
	str_add(&w->buf, begin);
	str_add_char(&w->buf, (char)('0' + w->level + look->deeper));
}

void part_begin(struct writer *w, enum part part)
{
	const struct look *look = &part_looks[part];

	if (look->deeper >= 0)
		add_heading(w, "<h", look);
	if (w->style == STYLE_INLINE)
		str_add_n(&w->buf, look->inline_open.text, look->inline_open.len);
	else
		str_add_n(&w->buf, look->class_open.text, look->class_open.len);
}

void part_begin_with(struct writer *w, enum part part, const char *class, const char *style)
{
	bool is_inline = w->style == STYLE_INLINE;

	part_begin(w, part);
	if (!*(is_inline ? style : class))
		return;
	if (w->buf.buf[w->buf.len - 1] == '"') {
		str_truncate(&w->buf, w->buf.len - 1);
		str_add_char(&w->buf, is_inline ? ';' : ' ');
	} else { /* the part has none of its own */
		str_add(&w->buf, is_inline ? " style=\"" : " class=\"");
	}
	str_add(&w->buf, is_inline ? style : class);
	str_add_char(&w->buf, '"');
}

void part_attr(struct writer *w, const char *name, const char *value)
{
	str_add_char(&w->buf, ' ');
	str_add(&w->buf, name);
	str_add(&w->buf, "=\"");
	safe_add_attr(&w->buf, value, strlen(value));
	str_add_char(&w->buf, '"');
}

bool part_url(struct writer *w, const char *name, const char *url)
{
	size_t mark = w->buf.len;

	str_add_char(&w->buf, ' ');
	str_add(&w->buf, name);
	str_add(&w->buf, "=\"");
	if (!safe_add_url(&w->buf, url, &w->scratch)) {
		str_truncate(&w->buf, mark);
		return false;
	}
	str_add_char(&w->buf, '"');
	return true;
}

bool part_link(struct writer *w, enum part part, const char *url, const char *rel)
{
	size_t mark = w->buf.len;

	part_begin(w, part);
	if (!part_url(w, "href", url)) {
		str_truncate(&w->buf, mark);
		return false;
	}
	if (rel)
		part_attr(w, "rel", rel);
	part_end(w);
	return true;
}

/* The ISO form stands as it is: no engine takes the colons of a time for an emoji's. */
void part_time(struct writer *w, enum part part, int64_t ms, char iso[ZONE_ISO_SIZE])
{
	zone_format_iso(w->teller.zone, ms, iso);
	part_begin(w, part);
	str_add(&w->buf, " title=\"");
	str_add(&w->buf, iso);
	str_add(&w->buf, "\">");
}

void part_end(struct writer *w)
{
	str_add_char(&w->buf, '>');
}

void part_end_empty(struct writer *w)
{
	str_add_n(&w->buf, " />", strlen(" />"));
}

/* What is inside of the document is there, and would be missing from a print if it waited. */
void part_picture(struct writer *w, const struct picture *picture)
{
	str_add(&w->buf, " src=\"");
	pictures_add_src(&w->buf, w->options, picture);
	str_add_char(&w->buf, '"');
	if (picture->width > 0 && picture->height > 0)
		str_addf(&w->buf, " width=\"%d\" height=\"%d\"", picture->width, picture->height);
	if (w->options->media == MEDIA_FILES)
		str_add(&w->buf, " loading=\"lazy\"");
}

void part_open(struct writer *w, enum part part)
{
	part_begin(w, part);
	part_end(w);
}

void part_close(struct writer *w, enum part part)
{
	const struct look *look = &part_looks[part];

	if (look->deeper >= 0)
		add_heading(w, "</h", look);
	str_add_n(&w->buf, look->close.text, look->close.len);
}

bool part_has_text(const char *text)
{
	return text && safe_has_text(text, strlen(text));
}

void part_text(struct writer *w, const char *text)
{
	if (text)
		safe_add_text(&w->buf, text, strlen(text));
}

/* Is the character that begins here written from right to left? Its first byte alone may say so. */
static bool is_right_to_left(const unsigned char *p)
{
	if (*p < 0xE0)
		return true;
	if (*p == 0xE0)
		return p[1] >= 0xA0 && p[1] <= 0xA3;
	if (*p == 0xEF)
		return p[1] >= 0xAC && p[1] <= 0xBB && p[1] != 0xB8;
	return (p[1] == 0x90 || p[1] == 0x9E) && p[2] >= 0xA0;
}

/* Is anything in it? Hebrew, Arabic and their neighbours; few texts have a byte that may be one's
 * first. */
bool part_turns(const char *text)
{
	static const char may[] = "\xD6\xD7\xD8\xD9\xDA\xDB\xDC\xDD\xDE\xDF\xE0\xEF\xF0";

	for (;; text++) {
		text += strcspn(text, may);
		if (*text == '\0')
			return false;
		if (is_right_to_left((const unsigned char *)text))
			return true;
	}
}

void part_direction(struct writer *w, const char *text)
{
	if (text && part_turns(text))
		str_add(&w->buf, " dir=\"auto\"");
}

void part_add_value(struct str *out, const char *text)
{
	bool turns = part_turns(text);

	str_add(out, turns ? "<span dir=\"auto\">" : "");
	safe_add_text(out, text, strlen(text));
	str_add(out, turns ? "</span>" : "");
}

void part_dot(struct writer *w)
{
	str_add_n(&w->buf, " · ", strlen(" · "));
}

void part_whole(struct writer *w, enum part part, const char *text)
{
	part_open(w, part);
	part_text(w, text);
	part_close(w, part);
}

void part_line(struct writer *w)
{
	if (w->nested == 0)
		str_add_char(&w->buf, '\n');
}

void part_date(struct str *out, const char *iso)
{
	str_add_n(out, iso, strlen("2026-06-26"));
}

void part_clock(struct str *out, const char *iso)
{
	str_add_n(out, iso + strlen("2026-06-26T"), strlen("19:05"));
}

void part_date_and_clock(struct str *out, const char *iso)
{
	part_date(out, iso);
	str_add_char(out, ' ');
	part_clock(out, iso);
}

void part_moment(const struct writer *w, struct str *out, const char *iso)
{
	if (w->teller.many_days)
		part_date_and_clock(out, iso);
	else
		part_clock(out, iso);
}
