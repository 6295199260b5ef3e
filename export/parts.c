#include "archive/export/parts.h"

#include <string.h>

#include "archive/base/zone.h"
#include "archive/export/safe.h"

/* Themes dress blockquotes and lists: these take it off again. */
#define BARE "border:0;background:none;font:inherit;color:inherit"
#define LINE "#8884"
#define TINT "#8881"

static const struct look {
	const char *element; /* NULL: a heading, of the writer's level and… */
	int deeper;	     /* …so much below it */
	const char *class;
	const char *style;
} looks[PART_COUNT] = {
	[PART_ROOT] = { "section", 0, "archive h-feed",
			"max-width:42em;margin:1.6em 0;padding:0.3em min(1.3em,4.5%) 0.9em;border:1px solid #8886;"
			"border-radius:14px;line-height:1.75" },
	[PART_TITLE] = { NULL, 0, "archive-title p-name", "margin:0.8em 0 0.2em;font-size:1.3em;line-height:1.45" },
	[PART_FACTS] = { "p", 0, "archive-facts", "margin:0 0 0.8em;font-size:0.85em;line-height:1.6" },
	[PART_TAG] = { "span", 0, "p-category", NULL },
	[PART_HEADING] = { NULL, 1, "archive-heading",
			   "margin:1.7em 0 0.7em;padding:0.1em 0 0.1em 0.65em;border-left:5px solid #888a;font-size:1.12em;"
			   "line-height:1.5" },
	[PART_NOTE] = { "section", 0, "archive-note",
			"margin:0 0 0.9em;padding:0.6em 0.9em;border-radius:10px;background:#8882;font-size:0.95em" },
	[PART_LINK] = { "p", 0, "archive-link", "margin:0;padding:0.8em 0;border-top:1px solid " LINE },
	[PART_FOOT] = { "p", 0, "archive-foot",
			"margin:0;padding:0.9em 0 0;border-top:1px solid #8886;font-size:0.8em;line-height:1.6" },

	[PART_POST] = { "article", 0, "archive-post h-cite",
			"margin:0 -4px;padding:0.9em 4px 0.85em;border-top:1px solid " LINE ";overflow:auto" },
	[PART_AUTHOR] = { "p", 0, "archive-author p-author h-card", "margin:0 0 0.25em;line-height:1.5" },
	[PART_AUTHOR_LINK] = { "a", 0, "u-url", "color:inherit;text-decoration:none" },
	[PART_NAME] = { "strong", 0, "p-name", NULL },
	[PART_HANDLE] = { "span", 0, "archive-handle p-nickname", "font-size:0.82em" },
	[PART_WARNING] = { "details", 0, "archive-warning",
			   "margin:0.3em 0 0;padding:0.4em 0.8em;border:1px solid " LINE ";border-radius:10px" },
	[PART_SUMMARY] = { "summary", 0, "p-summary", "cursor:pointer" },
	[PART_SUMMARY_PLAIN] = { "summary", 0, NULL, "cursor:pointer" },
	[PART_CONTENT] = { "blockquote", 0, "archive-content e-content", "margin:0;padding:0;" BARE },
	[PART_QUOTE] = { "blockquote", 0, "archive-quote u-quotation-of h-cite",
			 "margin:0.6em 0 0.2em;padding:0.6em 0.9em 0.55em;border:1px solid " LINE
			 ";border-radius:10px;background:" TINT ";font:inherit;color:inherit" },
	[PART_QUOTE_AUTHOR] = { "p", 0, "archive-author p-author h-card", "margin:0 0 0.1em;font-size:0.9em;line-height:1.5" },
	[PART_META] = { "p", 0, "archive-meta", "margin:0.35em 0 0;font-size:0.8em;line-height:1.5" },
	[PART_TIME_LINK] = { "a", 0, "u-url", "color:inherit" },
	[PART_TIME] = { "abbr", 0, "dt-published", "text-decoration:none" },
	[PART_EDITED] = { "abbr", 0, "dt-updated", "text-decoration:none" },
	[PART_MEDIA] = { "ul", 0, "archive-media", "margin:0.5em 0 0;padding:0;list-style-type:none" },
	[PART_MEDIA_ITEM] = { "li", 0, NULL,
			      "margin:0.3em 0 0;padding:0.45em 0.8em;border:1px solid " LINE ";border-radius:10px" },
	[PART_MEDIA_TEXT] = { "p", 0, NULL, "margin:0;font-size:0.9em;line-height:1.6" },
	[PART_PHOTO] = { "a", 0, "u-photo", "color:inherit" },
	[PART_VIDEO] = { "a", 0, "u-video", "color:inherit" },
	[PART_AUDIO] = { "a", 0, "u-audio", "color:inherit" },
	[PART_FILE] = { "a", 0, NULL, "color:inherit" },
	[PART_POLL] = { "ul", 0, "archive-poll", "margin:0.5em 0 0;padding:0;list-style-type:none" },
	[PART_OPTION] = { "li", 0, "archive-option",
			  "margin:0.3em 0 0;padding:0.25em 0.8em;border:1px solid " LINE ";border-radius:8px" },
	[PART_OPTION_TEXT] = { "p", 0, NULL, "margin:0;font-size:0.95em;line-height:1.6;overflow:hidden" },
	[PART_SHARE] = { "span", 0, "archive-share", "float:right;padding:0 0 0 1em;font-size:0.9em" },
	[PART_POLL_FACTS] = { "p", 0, "archive-poll-facts", "margin:0.3em 0 0;font-size:0.8em;line-height:1.5" },
	[PART_CARD] = { "p", 0, "archive-card",
			"margin:0.6em 0 0.2em;padding:0.5em 0.8em;border:1px solid " LINE
			";border-radius:10px;font-size:0.9em;line-height:1.6" },
	[PART_CARD_LINK] = { "a", 0, NULL, NULL },
	[PART_CARD_SITE] = { "span", 0, "archive-card-site", "font-size:0.88em" },

	[PART_P] = { "p", 0, NULL, "margin:0" },
	[PART_P_MORE] = { "p", 0, NULL, "margin:0.7em 0 0" },
	[PART_CITED] = { "blockquote", 0, NULL,
			 "margin:0.5em 0;padding:0 0 0 0.8em;border:0;border-left:3px solid #8886;background:none;font:inherit;"
			 "color:inherit" },
	[PART_UL] = { "ul", 0, NULL, "margin:0.4em 0;padding:0 0 0 1.4em" },
	[PART_OL] = { "ol", 0, NULL, "margin:0.4em 0;padding:0 0 0 1.8em" },
	[PART_LI] = { "li", 0, NULL, "margin:0" },
	[PART_PRE] = { "pre", 0, NULL,
		       "margin:0.5em 0;padding:0.6em 0.8em;border:0;border-radius:8px;background:" TINT
		       ";color:inherit;font-size:0.88em;line-height:1.55;overflow:auto" },
	[PART_CODE] = { "code", 0, NULL, "padding:0.1em 0.3em;border-radius:4px;background:" TINT ";color:inherit" },
	[PART_PRE_CODE] = { "code", 0, NULL, "padding:0;background:none;font-size:1em;color:inherit" },
	[PART_STRONG] = { "strong", 0, NULL, NULL },
	[PART_EM] = { "em", 0, NULL, NULL },
	[PART_S] = { "s", 0, NULL, NULL },
	[PART_RUBY] = { "ruby", 0, NULL, NULL },
	[PART_RT] = { "rt", 0, NULL, NULL },
	[PART_A] = { "a", 0, NULL, NULL },
	[PART_A_TAG] = { "a", 0, "p-category", NULL },
	[PART_A_MENTION] = { "a", 0, "archive-mention", NULL },
};

static void add_name(struct writer *w, const struct look *look)
{
	if (look->element) {
		str_add(&w->buf, look->element);
		return;
	}
	str_add_char(&w->buf, 'h');
	str_add_char(&w->buf, (char)('0' + w->level + look->deeper));
}

static void add_own(struct writer *w, const char *name, const char *own, char joint, const char *more)
{
	if (!own)
		return;
	str_add_char(&w->buf, ' ');
	str_add(&w->buf, name);
	str_add(&w->buf, "=\"");
	str_add(&w->buf, own);
	if (more) {
		str_add_char(&w->buf, joint);
		str_add(&w->buf, more);
	}
	str_add_char(&w->buf, '"');
}

void part_begin_with(struct writer *w, enum part part, const char *class, const char *style)
{
	const struct look *look = &looks[part];

	str_add_char(&w->buf, '<');
	add_name(w, look);
	add_own(w, "class", look->class, ' ', w->style == STYLE_CLASS ? class : NULL);
	if (w->style == STYLE_INLINE)
		add_own(w, "style", look->style, ';', style);
}

void part_begin(struct writer *w, enum part part)
{
	part_begin_with(w, part, NULL, NULL);
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

void part_end(struct writer *w)
{
	str_add_char(&w->buf, '>');
}

void part_open(struct writer *w, enum part part)
{
	part_begin(w, part);
	part_end(w);
}

void part_close(struct writer *w, enum part part)
{
	str_add_n(&w->buf, "</", 2);
	add_name(w, &looks[part]);
	str_add_char(&w->buf, '>');
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

void part_date(const struct writer *w, struct str *out, int64_t ms)
{
	struct civil c;

	zone_civil(w->zone, ms, &c);
	str_addf(out, "%04d-%02d-%02d", c.year, c.month, c.day);
}

void part_clock(const struct writer *w, struct str *out, int64_t ms)
{
	struct civil c;

	zone_civil(w->zone, ms, &c);
	str_addf(out, "%02d:%02d", c.hour, c.minute);
}

void part_date_and_clock(const struct writer *w, struct str *out, int64_t ms)
{
	part_date(w, out, ms);
	str_add_char(out, ' ');
	part_clock(w, out, ms);
}

void part_moment(const struct writer *w, struct str *out, int64_t ms)
{
	if (w->many_days)
		part_date_and_clock(w, out, ms);
	else
		part_clock(w, out, ms);
}
