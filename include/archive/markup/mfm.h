/*
 * The inline part of MFM, Misskey's markup, in two passes, neither of which recurses: what stands
 * where is told first, pairs and all, and written afterwards. Only for this room.
 */
#ifndef ARCHIVE_MARKUP_MFM_H
#define ARCHIVE_MARKUP_MFM_H

#include <stddef.h>

#include "archive/markup/build.h"

enum mfm_kind {
	MFM_STRONG, /* "**", "__", <b> */
	MFM_BIG,    /* "***": strong, too */
	MFM_TAG_STRONG,
	MFM_EM,
	MFM_TAG_EM,
	MFM_S,
	MFM_TAG_S,
	MFM_SMALL,
	MFM_CENTER,
	MFM_LINK, /* "[", "?[" up to "](url)" */
	MFM_FUNCTION,
	MFM_RUBY,
	MFM_PAIRS, /* kinds below have a beginning and an end, from here on they stand alone */
	MFM_CODE = MFM_PAIRS,
	MFM_VERBATIM, /* <plain>, formulas: nothing in it means anything */
	MFM_URL,
	MFM_HASHTAG,
	MFM_MENTION,
	MFM_EMOJI, /* ":name:" */
};

/* A mark that is not shown, or a stretch that stands alone. */
struct mfm_token {
	enum mfm_kind kind;
	size_t start, end; /* bytes, all of it */
	size_t inner,
		inner_end; /* what is shown of it, or where its end leads (a link's address) */
	size_t partner;	   /* index of the mark at the other end; its own when there is none */
	bool ends;	   /* the second one of a pair */
};

struct mfm_tokens {
	struct mfm_token *items; /* in the order of the text; marks without a partner are text */
	size_t count, room;
};

/* text is UTF-8 and ends in NUL. Linear. */
void mfm_scan(const char *text, size_t len, struct mfm_tokens *out);
void mfm_tokens_release(struct mfm_tokens *tokens);

/* What the words of a text lead to, and who wants to know of them. */
struct mfm_context {
	const char *base;   /* "https://misskey.example", for mentions and hashtags; NULL = none */
	struct str *emojis; /* names of custom emojis are added, a line each; NULL = nobody asks */
};

/* Writes a stretch without blocks; lines end in LF. */
void mfm_write(struct build *build, const char *text, size_t len,
	       const struct mfm_context *context);

#endif
