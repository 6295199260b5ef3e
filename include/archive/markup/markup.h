/*
 * Makes posts' text into safe canonical HTML, once, where it enters the store, and into plain text.
 *
 * The canonical form: block elements p, blockquote, ul, ol, li, pre and inline a, br, strong, em,
 * s, code, ruby, rt; all closed, lower-case, attributes in double quotes; nothing else ever. Inline
 * content stands only inside p, li or pre. a has href (link_safe) and, for a hashtag,
 * class="p-category" rel="tag"; for a mention class="u-url mention". Text is escaped by & < > "
 * only. No control character, no bidi control. Nesting is at most MARKUP_MAX_DEPTH elements and
 * flattened beyond; text is never lost by depth. Nothing is empty, no white space stands at the
 * edge of a block or of an inline element but in pre, br stands only between text; two of them are
 * a new paragraph, which in li is one br. Two inputs that mean the same give the same bytes, and
 * safe HTML given again comes back unchanged.
 *
 * The plain text beside it: an empty line between paragraphs, a line end for br, "- " before an
 * item, "(…)" for rt; a link is its words, or its address when they only shorten it and end in
 * U+2026.
 */
#ifndef ARCHIVE_MARKUP_MARKUP_H
#define ARCHIVE_MARKUP_MARKUP_H

#include <stddef.h>

#include "archive/base/str.h"

#define MARKUP_MAX_BYTES ((size_t)1 << 20) /* of one post; what is longer is cut at a character */
#define MARKUP_MAX_DEPTH 32

/* From HTML of any quality, by libxml2's SAX interface. Elements outside the form leave their text;
 * script, style and the like leave nothing; class "invisible" (Mastodon's hidden halves of a URL)
 * is dropped from the link's text while its href stays whole; "ellipsis" adds U+2026 to a link's
 * text; an element of class "quote-inline" goes with all it holds when drop_quote. html and text
 * are added to; either may be NULL. Never fails: the worst input (a tag with hundreds of attributes
 * in a long post, work without end for the parser) gives escaped text in paragraphs. */
void markup_from_html(const char *bytes, size_t len, bool drop_quote, struct str *html,
		      struct str *text);

enum entity_kind { ENTITY_LINK, ENTITY_TAG, ENTITY_MENTION, ENTITY_DROP };

/* A stretch of the text that stands for something. Offsets are bytes of the text; the caller has
 * turned code points (X) into bytes. They may come in any order, overlap, run backwards or lie
 * outside: what does not fit is skipped. */
struct entity {
	enum entity_kind kind;
	size_t start, end;
	const char *url;  /* where it leads; NULL or unsafe: the text alone */
	const char *text; /* shown instead; NULL = the stretch itself */
};

/* From plain text and entities: paragraphs at empty lines, br at line ends. Without entities (NULL)
 * URLs, hashtags and mentions are found by link.h; a hashtag then links to tag_base and the escaped
 * tag, a mention of one name to mention_base and the name (NULL: not linked). */
struct markup_bases {
	const char *tag;     /* "https://x.com/hashtag/" */
	const char *mention; /* "https://x.com/" */
};
void markup_from_text(const char *text, size_t len, const struct entity *entities, size_t count,
		      const struct markup_bases *bases, struct str *html, struct str *plain);

/* From MFM, Misskey's markup of plain text (apis.md 4.3): bold, italic, strike, inline code, code
 * blocks, quotes, labelled links, URLs with a scheme, mentions, hashtags and ruby; centred and
 * small text and functions ("$[spin …]") leave their text, formulas and searches stay as they were
 * written, custom emojis ":name:" too. base is the server that the post lives on,
 * "https://misskey.example": hashtags link to BASE/tags/, mentions without a host to BASE/@name;
 * NULL: they are not linked. html, plain and emojis (the names of the custom emojis, a line each)
 * are added to; each may be NULL. Marks that have no end are text; nothing recurses. */
void markup_from_mfm(const char *text, size_t len, const char *base, struct str *html,
		     struct str *plain, struct str *emojis);

/* Decodes character references (&amp; &#39; &hellip; …) of text that a network sent HTML-escaped.
 */
void markup_unescape(struct str *out, const char *text, size_t len);

#endif
