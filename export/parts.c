#include "archive/export/parts.h"

#include <string.h>

#include "archive/export/safe.h"

/* Themes dress blockquotes and lists: these take it off again. */
#define BARE "margin:0;padding:0;border:0;background:none;font:inherit;color:inherit"
#define ROWS "margin:0.5em 0 0;padding:0;list-style-type:none"
#define LINE "#8884"
#define TINT "#8881"

/* What a part begins and ends with, ready to be written: most of a fragment's bytes come from
 * here. */
#define PIECE(text)                    \
	{                              \
		text, sizeof(text) - 1 \
	}
#define LOOK(element, class, style)                                                                \
	{                                                                                          \
		PIECE("<" element class style), PIECE("<" element class), PIECE("</" element ">"), \
			-1                                                                         \
	}
#define BOTH(element, class, style) LOOK(element, " class=\"" class "\"", " style=\"" style "\"")
#define CLASS(element, class)	    LOOK(element, " class=\"" class "\"", "")
#define STYLE(element, style)	    LOOK(element, "", " style=\"" style "\"")
#define PLAIN(element)		    LOOK(element, "", "")
/* A heading, so much below the title: its number is written between the h and the rest. */
#define HEADING(deeper, class, style)                                                             \
	{                                                                                         \
		PIECE(" class=\"" class "\" style=\"" style "\""), PIECE(" class=\"" class "\""), \
			PIECE(">"), deeper                                                        \
	}

static const struct look {
	struct {
		const char *text;
		size_t len;
	} inline_open, class_open, close;
	int deeper; /* -1: not a heading */
} looks[PART_COUNT] = {
	[PART_ROOT] = BOTH("section", "archive h-feed",
			   "max-width:42em;margin:1.6em 0;padding:0.3em min(1.3em,4.5%) "
			   "0.9em;border:1px solid #8886;"
			   "border-radius:14px;line-height:1.75"),
	[PART_TITLE] = HEADING(0, "archive-title p-name",
			       "margin:0.8em 0 0.2em;font-size:1.3em;line-height:1.45"),
	[PART_FACTS] = BOTH("p", "archive-facts",
			    "margin:0 0 0.8em;font-size:0.85em;line-height:1.6"),
	[PART_TAG] = CLASS("span", "p-category"),
	[PART_HEADING] = HEADING(1, "archive-heading",
				 "margin:1.7em 0 0.7em;padding:0.1em 0 0.1em "
				 "0.65em;border-left:5px solid #888a;font-size:1.12em;"
				 "line-height:1.5"),
	[PART_NOTE] = BOTH("section", "archive-note",
			   "margin:0 0 0.9em;padding:0.6em "
			   "0.9em;border-radius:10px;background:#8882;font-size:0.95em"),
	[PART_LINK] = BOTH("p", "archive-link",
			   "margin:0;padding:0.8em 0;border-top:1px solid " LINE),
	[PART_FOOT] = BOTH("p", "archive-foot",
			   "margin:0;padding:0.9em 0 0;border-top:1px solid "
			   "#8886;font-size:0.8em;line-height:1.6"),
	[PART_POST] = BOTH("article", "archive-post h-cite",
			   "margin:0 -4px;padding:0.9em 4px 0.85em;border-top:1px solid " LINE
			   ";overflow:auto"),
	[PART_AUTHOR] = BOTH("p", "archive-author p-author h-card",
			     "margin:0 0 0.25em;line-height:1.5"),
	[PART_AUTHOR_LINK] = BOTH("a", "u-url", "color:inherit;text-decoration:none"),
	[PART_NAME] = CLASS("strong", "p-name"),
	[PART_HANDLE] = BOTH("span", "archive-handle p-nickname", "font-size:0.82em"),
	[PART_WARNING] = BOTH("details", "archive-warning",
			      "margin:0.3em 0 0;padding:0.4em 0.8em;border:1px solid " LINE
			      ";border-radius:10px"),
	[PART_SUMMARY] = BOTH("summary", "p-summary", "cursor:pointer"),
	[PART_SUMMARY_PLAIN] = STYLE("summary", "cursor:pointer"),
	[PART_CONTENT] = BOTH("blockquote", "archive-content e-content", BARE),
	[PART_QUOTE] = BOTH("blockquote", "archive-quote u-quotation-of h-cite",
			    "margin:0.6em 0 0.2em;padding:0.6em 0.9em 0.55em;border:1px solid " LINE
			    ";border-radius:10px;background:" TINT ";font:inherit;color:inherit"),
	[PART_QUOTE_AUTHOR] = BOTH("p", "archive-author p-author h-card",
				   "margin:0 0 0.1em;font-size:0.9em;line-height:1.5"),
	[PART_META] = BOTH("p", "archive-meta", "margin:0.3em 0 0;font-size:0.8em;line-height:1.5"),
	[PART_TIME_LINK] = BOTH("a", "u-url", "color:inherit"),
	[PART_TIME] = BOTH("abbr", "dt-published", "text-decoration:none"),
	[PART_EDITED] = BOTH("abbr", "dt-updated", "text-decoration:none"),
	[PART_MEDIA] = BOTH("ul", "archive-media", ROWS),
	[PART_MEDIA_ITEM] = STYLE("li",
				  "margin:0.3em 0 0;padding:0.45em 0.8em;border:1px solid " LINE
				  ";border-radius:10px"),
	[PART_MEDIA_TEXT] = STYLE("p", "margin:0;font-size:0.9em;line-height:1.6"),
	[PART_PHOTO] = BOTH("a", "u-photo", "color:inherit"),
	[PART_VIDEO] = BOTH("a", "u-video", "color:inherit"),
	[PART_AUDIO] = BOTH("a", "u-audio", "color:inherit"),
	[PART_FILE] = STYLE("a", "color:inherit"),
	[PART_POLL] = BOTH("ul", "archive-poll", ROWS),
	[PART_OPTION] = BOTH("li", "archive-option",
			     "margin:0.3em 0 0;padding:0.25em 0.8em;border:1px solid " LINE
			     ";border-radius:8px"),
	[PART_OPTION_TEXT] = STYLE("p",
				   "margin:0;font-size:0.95em;line-height:1.6;overflow:hidden"),
	[PART_SHARE] = BOTH("span", "archive-share",
			    "float:right;padding:0 0 0 0.6em;font-size:0.9em"),
	[PART_POLL_FACTS] = BOTH("p", "archive-poll-facts",
				 "margin:0.3em 0 0;font-size:0.8em;line-height:1.5"),
	[PART_CARD] = BOTH("p", "archive-card",
			   "margin:0.6em 0 0.2em;padding:0.5em 0.8em;border:1px solid " LINE
			   ";border-radius:10px;font-size:0.9em;line-height:1.6"),
	[PART_CARD_LINK] = PLAIN("a"),
	[PART_CARD_SITE] = BOTH("span", "archive-card-site", "font-size:0.88em"),
	[PART_P] = STYLE("p", "margin:0"),
	[PART_P_MORE] = STYLE("p", "margin:0.7em 0 0"),
	[PART_CITED] = STYLE("blockquote",
			     "margin:0.5em 0;padding:0 0 0 0.8em;border:0;border-left:3px solid "
			     "#8886;background:none;font:inherit;"
			     "color:inherit"),
	[PART_UL] = STYLE("ul", "margin:0.4em 0;padding:0 0 0 1.4em"),
	[PART_OL] = STYLE("ol", "margin:0.4em 0;padding:0 0 0 1.8em"),
	[PART_LI] = STYLE("li", "margin:0"),
	[PART_PRE] = STYLE(
		"pre",
		"margin:0.5em 0;padding:0.6em 0.8em;border:0;border-radius:8px;background:" TINT
		";color:inherit;font-size:0.88em;line-height:1.55;overflow:auto"),
	[PART_CODE] = STYLE("code", "padding:0.1em 0.3em;border-radius:4px;background:" TINT
				    ";color:inherit"),
	[PART_PRE_CODE] = STYLE("code", "padding:0;background:none;font-size:1em;color:inherit"),
	[PART_STRONG] = PLAIN("strong"),
	[PART_EM] = PLAIN("em"),
	[PART_S] = PLAIN("s"),
	[PART_RUBY] = PLAIN("ruby"),
	[PART_RT] = PLAIN("rt"),
	[PART_A] = PLAIN("a"),
	[PART_A_TAG] = CLASS("a", "p-category"),
	[PART_A_MENTION] = CLASS("a", "archive-mention"),
};

static void add_heading(struct writer *w, const char *begin, const struct look *look)
{
	str_add(&w->buf, begin);
	str_add_char(&w->buf, (char)('0' + w->level + look->deeper));
}

void part_begin(struct writer *w, enum part part)
{
	const struct look *look = &looks[part];

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
	str_truncate(&w->buf, w->buf.len - 1); /* the quote that ends the value */
	str_add_char(&w->buf, is_inline ? ';' : ' ');
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
	const struct look *look = &looks[part];

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
	if (w->many_days)
		part_date_and_clock(out, iso);
	else
		part_clock(out, iso);
}
