#include "archive/markup/mfm-scan.h"

#include <string.h>

#include "archive/base/mem.h"

static const char *const needles[] = {
	[NEEDLE_PLAIN] = "</plain>",
	[NEEDLE_FORMULA] = "\\)",
	[NEEDLE_BLOCK] = "\\]",
	[NEEDLE_LINE] = "\n",
};

struct mfm_token *mfm_add_token(struct mfm_scan *s, enum mfm_kind kind, size_t len)
{
	struct mfm_tokens *tokens = s->tokens;
	struct mfm_token *token;

	if (tokens->count == tokens->room) {
		tokens->room = tokens->room ? tokens->room * 2 : 16;
		tokens->items = xreallocarray(tokens->items, tokens->room, sizeof(*tokens->items));
	}
	token = &tokens->items[tokens->count];
	*token = (struct mfm_token){
		.kind = kind, .start = s->pos, .end = s->pos + len, .partner = tokens->count++
	};
	s->pos += len;
	return token;
}

bool mfm_has(const struct mfm_scan *s, const char *word)
{
	size_t len = strlen(word);

	return s->len - s->pos >= len && memcmp(s->text + s->pos, word, len) == 0;
}

static size_t find(struct mfm_scan *s, enum mfm_needle needle, size_t from)
{
	const char *at;

	if (s->searched[needle] && s->found[needle] >= from)
		return s->found[needle];
	at = memmem(s->text + from, s->len - from, needles[needle], strlen(needles[needle]));
	s->searched[needle] = true;
	s->found[needle] = at ? (size_t)(at - s->text) : s->len;
	return s->found[needle];
}

bool mfm_is_alnum(char c)
{
	return c && strchr(MFM_ALNUM, c);
}

char mfm_before(const struct mfm_scan *s)
{
	return (char)(s->pos ? s->text[s->pos - 1] : '\0');
}

bool mfm_is_web(const char *url)
{
	return str_starts(url, "https://") || str_starts(url, "http://");
}

static bool add_stretch(struct mfm_scan *s, enum mfm_kind kind, size_t end, size_t inner,
			size_t inner_end)
{
	struct mfm_token *token = mfm_add_token(s, kind, end - s->pos);

	token->inner = inner;
	token->inner_end = inner_end;
	return true;
}

bool mfm_scan_code(struct mfm_scan *s)
{
	size_t from = s->pos + 1;
	size_t len = strcspn(s->text + from, "`\n");

	return s->text[from + len] == '`' && len > 0 &&
	       add_stretch(s, MFM_CODE, from + len + 1, from, from + len);
}

/* A formula is shown as it was written. */
bool mfm_scan_formula(struct mfm_scan *s)
{
	bool block = s->text[s->pos + 1] == '[';
	size_t from = s->pos + 2, end;

	if (!block && s->text[s->pos + 1] != '(')
		return false;
	if (block && s->pos && mfm_before(s) != '\n')
		return false;
	end = find(s, block ? NEEDLE_BLOCK : NEEDLE_FORMULA, from);
	if (end == s->len || (!block && find(s, NEEDLE_LINE, from) < end))
		return false;
	return add_stretch(s, MFM_VERBATIM, end + 2, s->pos, end + 2);
}

bool mfm_scan_plain(struct mfm_scan *s)
{
	size_t from = s->pos + strlen("<plain>");
	size_t end;

	if (!mfm_has(s, "<plain>"))
		return false;
	end = find(s, NEEDLE_PLAIN, from);
	return end < s->len && add_stretch(s, MFM_VERBATIM, end + strlen("</plain>"), from, end);
}

/* "<https://…>" */
bool mfm_scan_embraced_url(struct mfm_scan *s)
{
	size_t from = s->pos + 1;
	size_t len;

	if (!mfm_is_web(s->text + from))
		return false;
	len = strcspn(s->text + from, "<>" MFM_BLANK);
	return s->text[from + len] == '>' &&
	       add_stretch(s, MFM_URL, from + len + 1, from, from + len);
}

bool mfm_scan_emoji(struct mfm_scan *s)
{
	size_t from = s->pos + 1;
	size_t len = strspn(s->text + from, MFM_ALNUM "_+-");

	return len > 0 && s->text[from + len] == ':' && !mfm_is_alnum(mfm_before(s)) &&
	       !mfm_is_alnum(s->text[from + len + 1]) &&
	       add_stretch(s, MFM_EMOJI, from + len + 1, from, from + len);
}

/* Makes span the next one at or behind pos. */
static bool look_for_span(struct mfm_scan *s)
{
	if (s->no_span || (s->has_span && s->span.start >= s->pos))
		return s->has_span;
	s->has_span = link_next(s->text, s->len, s->pos, &s->span);
	s->no_span = !s->has_span;
	return s->has_span;
}

/* Misskey takes no domain without a scheme for a link, and no full-width sign for a mention. */
bool mfm_scan_span(struct mfm_scan *s)
{
	static const enum mfm_kind kinds[] = {
		[LINK_URL] = MFM_URL,
		[LINK_TAG] = MFM_HASHTAG,
		[LINK_MENTION] = MFM_MENTION,
	};
	const struct link_span *span = &s->span;

	if (!look_for_span(s) || span->start != s->pos || span->bare ||
	    (span->kind == LINK_MENTION && s->text[s->pos] != '@'))
		return false;
	return add_stretch(s, kinds[span->kind], span->end, span->start, span->end);
}
