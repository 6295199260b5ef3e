#include <string.h>

#include "archive/markup/mfm.h"
#include "archive/text/link.h"

struct writer {
	struct build *build;
	const char *text;
	const struct mfm_context *context;
	struct mfm_tokens tokens;
	struct str href, opened; /* opened: a byte a token, whether the build opened something */
	size_t reading_at;	 /* where the reading of the open ruby begins; 0 = there is none */
};

static void write_lines(struct writer *w, size_t from, size_t to)
{
	const char *p = w->text + from, *end = w->text + to;

	while (p < end) {
		const char *line = memchr(p, '\n', (size_t)(end - p));

		build_text(w->build, p, (size_t)((line ? line : end) - p));
		if (!line)
			return;
		build_line(w->build);
		p = line + 1;
	}
}

/* The blank before the reading parts it from its base and is no text. */
static void write_plain(struct writer *w, size_t from, size_t to)
{
	if (w->reading_at && from <= w->reading_at && w->reading_at < to) {
		write_lines(w, from, w->reading_at);
		from = w->reading_at + 1;
		build_open_span(w->build, SPAN_RT);
	}
	write_lines(w, from, to);
}

static void write_link(struct writer *w, const char *href, enum link_role role,
		       const struct mfm_token *token)
{
	bool linked = href && build_open_link(w->build, href, role);

	build_text(w->build, w->text + token->inner, token->inner_end - token->inner);
	if (linked)
		build_close_span(w->build, SPAN_A);
}

/* The stretch as a string; it stands in w->href. */
static const char *copy(struct writer *w, size_t from, size_t to)
{
	str_clear(&w->href);
	str_add_n(&w->href, w->text + from, to - from);
	return w->href.buf;
}

/* "BASE/tags/tag" */
static void write_hashtag(struct writer *w, const struct mfm_token *token)
{
	struct str tag = STR_INIT;
	const char *sign = w->text + token->start;

	str_add_n(&tag, sign + (*sign == '#' ? 1 : 3),
		  token->end - token->start - (*sign == '#' ? 1 : 3));
	str_clear(&w->href);
	if (w->context->base) {
		str_addf(&w->href, "%s/tags/", w->context->base);
		link_add_escaped(&w->href, tag.buf);
	}
	write_link(w, w->href.len ? w->href.buf : NULL, ROLE_TAG, token);
	str_release(&tag);
}

/* Does the base name this host? Then its scheme is the base's. */
static bool is_home(const char *base, const char *host)
{
	const char *own = base ? strstr(base, "//") : NULL;

	return own && str_same_ascii(own + 2, host);
}

/* "@name" lives on the server of the post, "@name@host" on that host. */
static void write_mention(struct writer *w, const struct mfm_token *token)
{
	const char *base = w->context->base;
	struct str name = STR_INIT;
	const char *at;

	str_add_n(&name, w->text + token->start, token->end - token->start);
	at = strchr(name.buf + 1, '@');
	str_clear(&w->href);
	if (at && !is_home(base, at + 1))
		str_addf(&w->href, "https://%s/%.*s", at + 1, (int)(at - name.buf), name.buf);
	else if (base)
		str_addf(&w->href, "%s/%.*s", base, at ? (int)(at - name.buf) : (int)name.len,
			 name.buf);
	write_link(w, w->href.len ? w->href.buf : NULL, ROLE_MENTION, token);
	str_release(&name);
}

static void write_code(struct writer *w, const struct mfm_token *token)
{
	bool opened = build_open_span(w->build, SPAN_CODE);

	write_lines(w, token->inner, token->inner_end);
	if (opened)
		build_close_span(w->build, SPAN_CODE);
}

static void write_emoji(struct writer *w, const struct mfm_token *token)
{
	build_text(w->build, w->text + token->start, token->end - token->start);
	if (!w->context->emojis)
		return;
	str_add_n(w->context->emojis, w->text + token->inner, token->inner_end - token->inner);
	str_add_char(w->context->emojis, '\n');
}

static void write_alone(struct writer *w, const struct mfm_token *token)
{
	switch (token->kind) {
	case MFM_CODE:
		write_code(w, token);
		break;
	case MFM_URL:
		write_link(w, copy(w, token->inner, token->inner_end), ROLE_NONE, token);
		break;
	case MFM_HASHTAG:
		write_hashtag(w, token);
		break;
	case MFM_MENTION:
		write_mention(w, token);
		break;
	case MFM_EMOJI:
		write_emoji(w, token);
		break;
	default:
		write_lines(w, token->inner, token->inner_end);
	}
}

/* "base reading": the first blank behind the last element of the base; 0 when there is nothing on
 * one of its sides. */
static size_t find_reading(const struct writer *w, size_t index)
{
	const struct mfm_token *begin = &w->tokens.items[index];
	const struct mfm_token *end = &w->tokens.items[begin->partner];
	const char *from = w->text + begin->end, *to = w->text + end->start, *blank;

	for (size_t i = begin->partner - 1; i > index; i--) {
		const struct mfm_token *token = &w->tokens.items[i];

		if (token->kind < MFM_PAIRS && token->partner == i)
			continue;
		from = w->text + token->end;
		break;
	}
	blank = memchr(from, ' ', (size_t)(to - from));
	if (!blank || blank + strspn(blank, " \n") >= to ||
	    w->text + begin->end + strspn(w->text + begin->end, " \n") >= blank)
		return 0;
	return (size_t)(blank - w->text);
}

static bool open_ruby(struct writer *w, size_t index)
{
	size_t at = w->reading_at ? 0 : find_reading(w, index);

	if (!at || !build_open_span(w->build, SPAN_RUBY))
		return false;
	w->reading_at = at;
	return true;
}

static void close_ruby(struct writer *w)
{
	w->reading_at = 0;
	build_close_span(w->build, SPAN_RUBY);
}

static const enum span spans[MFM_PAIRS] = {
	[MFM_STRONG] = SPAN_STRONG, [MFM_BIG] = SPAN_STRONG, [MFM_TAG_STRONG] = SPAN_STRONG,
	[MFM_EM] = SPAN_EM,	    [MFM_TAG_EM] = SPAN_EM,  [MFM_S] = SPAN_S,
	[MFM_TAG_S] = SPAN_S,	    [MFM_LINK] = SPAN_A,     [MFM_RUBY] = SPAN_RUBY,
};

static bool open_pair(struct writer *w, size_t index)
{
	const struct mfm_token *token = &w->tokens.items[index];
	const struct mfm_token *end = &w->tokens.items[token->partner];

	switch (token->kind) {
	case MFM_LINK:
		return build_open_link(w->build, copy(w, end->inner, end->inner_end), ROLE_NONE);
	case MFM_RUBY:
		return open_ruby(w, index);
	case MFM_CENTER:
		build_paragraph(w->build);
		return false;
	case MFM_SMALL:
	case MFM_FUNCTION:
		return false;
	default:
		return build_open_span(w->build, spans[token->kind]);
	}
}

/* A link that shows nothing shows its address. */
static void close_pair(struct writer *w, const struct mfm_token *token)
{
	if (token->kind == MFM_CENTER)
		build_paragraph(w->build);
	if (!w->opened.buf[token->partner])
		return;
	if (token->kind == MFM_LINK && !w->build->link_filled)
		build_text(w->build, w->text + token->inner, token->inner_end - token->inner);
	if (token->kind == MFM_RUBY)
		close_ruby(w);
	else
		build_close_span(w->build, spans[token->kind]);
}

static void write_token(struct writer *w, size_t index)
{
	const struct mfm_token *token = &w->tokens.items[index];

	if (token->kind >= MFM_PAIRS)
		write_alone(w, token);
	else if (token->ends)
		close_pair(w, token);
	else
		w->opened.buf[index] = (char)open_pair(w, index);
}

void mfm_write(struct build *build, const char *text, size_t len, const struct mfm_context *context)
{
	struct writer w = { .build = build,
			    .text = text,
			    .context = context,
			    .href = STR_INIT,
			    .opened = STR_INIT };
	size_t at = 0;

	mfm_scan(text, len, &w.tokens);
	str_reserve(&w.opened, w.tokens.count);
	memset(w.opened.buf, 0, w.tokens.count);
	for (size_t i = 0; i < w.tokens.count; i++) {
		const struct mfm_token *token = &w.tokens.items[i];

		if (token->kind < MFM_PAIRS && token->partner == i)
			continue;
		write_plain(&w, at, token->start);
		write_token(&w, i);
		at = token->end;
	}
	write_plain(&w, at, len);
	mfm_tokens_release(&w.tokens);
	str_release(&w.href);
	str_release(&w.opened);
}
