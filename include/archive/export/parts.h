/*
 * The parts of a fragment, and what each looks like. Whoever writes names the part; one table
 * says its element, its class and, for STYLE_INLINE, its style. So both styles have the same
 * structure, and the look stands in one place.
 *
 * A style uses only properties that WordPress's kses keeps (no display, position, opacity,
 * overflow-wrap, rgba()), text takes the page's own colour, and lines and tints are
 * half-transparent greys, so that it sits on a light and on a dark page.
 */
#ifndef ARCHIVE_EXPORT_PARTS_H
#define ARCHIVE_EXPORT_PARTS_H

#include "archive/base/zone.h"
#include "archive/export/fragment.h"
#include "archive/export/teller.h"

enum part {
	/* the thread */
	PART_ROOT,
	PART_TITLE,
	PART_FACTS,
	PART_TAG,
	PART_ACTIVITY,
	PART_HEADING,
	PART_TALK,
	PART_TALK_TIME,
	PART_ABOUT,
	PART_NOTE,
	PART_LINK,
	PART_PEOPLE,
	PART_PEOPLE_LIST,
	PART_PERSON,
	PART_PERSON_TEXT,
	PART_FOOT,
	PART_CURATOR,
	PART_CURATOR_NAME,
	/* a post */
	PART_POST,
	PART_AUTHOR,
	PART_AUTHOR_LINK,
	PART_NAME,
	PART_HANDLE,
	PART_REPLY,
	PART_REPLY_LINK,
	PART_WARNING,
	PART_SUMMARY,
	PART_SUMMARY_PLAIN,
	PART_CONTENT,
	PART_CONTENT_P, /* of one paragraph */
	PART_QUOTE,
	PART_QUOTE_AUTHOR,
	PART_META,
	PART_TIME_LINK,
	PART_TIME,
	PART_EDITED,
	PART_TAKEN,
	PART_ALSO,
	PART_MEDIA,
	PART_MEDIA_ITEM,
	PART_MEDIA_TEXT,
	PART_PHOTO,
	PART_VIDEO,
	PART_AUDIO,
	PART_FILE,
	PART_PICTURES,
	PART_CELL,
	PART_CELL_LINK,
	PART_CELL_FILM,
	PART_SHOWN,
	PART_STILL,
	PART_FILM,
	PART_AVATAR,
	PART_EMOJI,
	PART_POLL,
	PART_OPTION,
	PART_OPTION_TEXT,
	PART_SHARE,
	PART_POLL_FACTS,
	PART_CARD,
	PART_CARD_LINK,
	PART_CARD_IMAGE,
	PART_CARD_SITE,
	PART_CARD_TEXT,
	/* inside a post's content */
	PART_P,
	PART_P_MORE,
	PART_CITED,
	PART_UL,
	PART_OL,
	PART_LI,
	PART_PRE,
	PART_PRE_CODE,
	PART_CODE,
	PART_STRONG,
	PART_EM,
	PART_S,
	PART_RUBY,
	PART_RT,
	PART_A,
	PART_A_TAG,
	PART_A_MENTION,
	PART_COUNT,
};

/* What is being written, and how. */
struct writer {
	struct str buf;	    /* the item so far; emptied when it goes out */
	struct str scratch; /* for one function at a time */
	struct str blocks;  /* a post's content, until what stands around it is known */
	enum fragment_style style;
	bool counts;				/* numbers that change by the hour are wanted */
	int level;				/* of the title's heading */
	const struct fragment_options *options; /* NULL = the plainest */
	const struct emoji *emojis;		/* that the text being written may name */
	size_t emoji_count;
	struct teller teller;
	bool first; /* directly under a heading */
	int nested; /* inside a block that has to stay on one line */
};

/* <element class="…" style="…"> */
void part_open(struct writer *w, enum part part);
/* The same without its '>', so that attributes can follow; part_end() writes it. */
void part_begin(struct writer *w, enum part part);
/* The same with one more class, for STYLE_CLASS, or more declarations, for STYLE_INLINE: what
 * depends on a value; "" is nothing. The part must have a class and a style of its own. */
void part_begin_with(struct writer *w, enum part part, const char *class, const char *style);
/* " name="value"" of foreign text. */
void part_attr(struct writer *w, const char *name, const char *value);
/* The same with a URL; false, writing nothing, when it may not be linked. */
bool part_url(struct writer *w, const char *name, const char *url);
void part_end(struct writer *w);
/* " />" of an element that holds nothing. */
void part_end_empty(struct writer *w);
/* The attributes of a kept picture: its address and, where known, its size. */
void part_picture(struct writer *w, const struct picture *picture);
/* part_open() of a link; rel may be NULL. false, writing nothing, when the URL may not be
 * linked. */
bool part_link(struct writer *w, enum part part, const char *url, const char *rel);
void part_close(struct writer *w, enum part part);
/* Opens a time, which says itself in full, as its title; its ISO form is left in iso. */
void part_time(struct writer *w, enum part part, int64_t ms, char iso[ZONE_ISO_SIZE]);
/* Would a reader see anything of it? NULL is nothing. */
bool part_has_text(const char *text);
/* Foreign text inside the part that is open; NULL is nothing. */
void part_text(struct writer *w, const char *text);
/* Is anything in it written from right to left? */
bool part_turns(const char *text);
/* Adds foreign text as a value for a template: written from right to left it turns nothing round
 * but itself. */
void part_add_value(struct str *out, const char *text);
/* The attribute that lets a part find its own direction, for a text that is written from right to
 * left: the root goes from left to right. */
void part_direction(struct writer *w, const char *text);
/* Parts one thing on a line from the next. */
void part_dot(struct writer *w);
/* A whole part that holds text. */
void part_whole(struct writer *w, enum part part, const char *text);
/* The end of a block: a new line, but not inside a block that has to stay on one. */
void part_line(struct writer *w);

/* "2026-06-26", "19:05", "2026-06-26 19:05" of a time as zone_format_iso() gives it; a moment is
 * a clock where the thread is of one day. */
void part_date(struct str *out, const char *iso);
void part_clock(struct str *out, const char *iso);
void part_date_and_clock(struct str *out, const char *iso);
void part_moment(const struct writer *w, struct str *out, const char *iso);

#endif
