#include "archive/markup/mfm-scan.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"

#define MAX_HREF     2048 /* bytes of a link's address: it is looked through once for each "](" */
#define MAX_FUNCTION 256  /* bytes of a function's name and arguments */

static void push_index(struct mfm_opened *opened, size_t index)
{
	if (opened->count == opened->room) {
		opened->room = opened->room ? opened->room * 2 : 16;
		opened->items = xreallocarray(opened->items, opened->room, sizeof(*opened->items));
	}
	opened->items[opened->count++] = index;
}

static enum mfm_kind kind_of(const struct mfm_scan *s, size_t index)
{
	return s->tokens->items[index].kind;
}

static void open_mark(struct mfm_scan *s, enum mfm_kind kind, size_t len)
{
	bool function = kind == MFM_FUNCTION || kind == MFM_RUBY;
	size_t index = s->tokens->count;

	mfm_add_token(s, kind, len);
	push_index(&s->marks, index);
	if (kind == MFM_LINK || function)
		push_index(&s->brackets, index);
	s->functions += function;
	s->waiting[kind]++;
}

/* Those inside of it have no end and are text. */
static void pop_to(struct mfm_scan *s, size_t index)
{
	size_t top;

	do {
		top = s->marks.items[--s->marks.count];
		s->waiting[s->tokens->items[top].kind]--;
	} while (top != index);
	while (s->brackets.count > 0 && s->brackets.items[s->brackets.count - 1] >= index)
		s->functions -= kind_of(s, s->brackets.items[--s->brackets.count]) != MFM_LINK;
}

/* The innermost mark of a kind of which some wait. */
static size_t innermost(const struct mfm_scan *s, enum mfm_kind kind)
{
	size_t at = s->marks.count - 1;

	while (kind_of(s, s->marks.items[at]) != kind)
		at--;
	return s->marks.items[at];
}

/* Are there only blanks behind the mark up to pos? A link with a blank still has an address. */
static bool is_empty(const struct mfm_scan *s, size_t index)
{
	const struct mfm_token *mark = &s->tokens->items[index];
	size_t len = s->pos - mark->end;

	return !len || (mark->kind != MFM_LINK && strspn(s->text + mark->end, MFM_BLANK) >= len);
}

/* Ends that mark; true when that is done. What is empty is text. */
static bool close_at(struct mfm_scan *s, size_t index, size_t len)
{
	size_t own = s->tokens->count;
	struct mfm_token *token;

	pop_to(s, index);
	if (is_empty(s, index))
		return false;
	token = mfm_add_token(s, kind_of(s, index), len);
	token->ends = true;
	token->partner = index;
	s->tokens->items[index].partner = own;
	return true;
}

static bool close_mark(struct mfm_scan *s, enum mfm_kind kind, size_t len)
{
	return s->waiting[kind] && close_at(s, innermost(s, kind), len);
}

static size_t run_of(const struct mfm_scan *s, char c)
{
	size_t len = 0;

	while (s->text[s->pos + len] == c)
		len++;
	return len;
}

static void pair(struct mfm_scan *s, enum mfm_kind kind, size_t mark, size_t inner)
{
	size_t index = s->tokens->count;

	mfm_add_token(s, kind, mark)->partner = index + 1;
	s->pos += inner;
	mfm_add_token(s, kind, mark)->partner = index;
	s->tokens->items[index + 1].ends = true;
}

/* "*word*", "_word_", "__word__": nothing but letters, digits and blanks between. */
static bool scan_word(struct mfm_scan *s, enum mfm_kind kind, size_t mark)
{
	const char *from = s->text + s->pos + mark;
	size_t len = 0, step;

	if (mfm_is_alnum(mfm_before(s)))
		return false;
	do {
		step = strspn(from + len, MFM_ALNUM " \t");
		if (strncmp(from + len + step, "\xE3\x80\x80", 3) == 0)
			step += 3;
		len += step;
	} while (step > 0);
	if (strspn(from, " \t") >= len || strncmp(from + len, s->text + s->pos, mark) != 0)
		return false;
	pair(s, kind, mark, len);
	return true;
}

static bool toggle(struct mfm_scan *s, enum mfm_kind kind, size_t len)
{
	if (close_mark(s, kind, len))
		return true;
	open_mark(s, kind, len);
	return true;
}

static bool skip(struct mfm_scan *s, size_t len)
{
	s->pos += len;
	return true;
}

/* A row of stars is a row of stars. */
static bool scan_stars(struct mfm_scan *s)
{
	size_t run = run_of(s, '*');

	if (run > 3)
		return skip(s, run);
	if (run == 1)
		return scan_word(s, MFM_EM, 1);
	if (run == 2 || (!s->waiting[MFM_BIG] && s->waiting[MFM_STRONG]))
		return toggle(s, MFM_STRONG, 2);
	return toggle(s, MFM_BIG, 3);
}

static bool scan_bars(struct mfm_scan *s)
{
	size_t run = run_of(s, '_');

	if (run > 2)
		return skip(s, run);
	return scan_word(s, run == 2 ? MFM_STRONG : MFM_EM, run);
}

/* It stays within its line. */
static bool scan_waves(struct mfm_scan *s)
{
	size_t run = run_of(s, '~');

	if (run != 2)
		return skip(s, run);
	if (s->waiting[MFM_S]) {
		size_t index = innermost(s, MFM_S);
		size_t from = s->tokens->items[index].end;

		if (memchr(s->text + from, '\n', s->pos - from))
			pop_to(s, index);
	}
	return toggle(s, MFM_S, 2);
}

static bool scan_tag(struct mfm_scan *s)
{
	static const struct {
		const char *open, *close;
		enum mfm_kind kind;
	} tags[] = {
		{ "<b>", "</b>", MFM_TAG_STRONG },
		{ "<i>", "</i>", MFM_TAG_EM },
		{ "<s>", "</s>", MFM_TAG_S },
		{ "<small>", "</small>", MFM_SMALL },
		{ "<center>", "</center>", MFM_CENTER },
	};

	for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
		if (mfm_has(s, tags[i].close))
			return close_mark(s, tags[i].kind, strlen(tags[i].close));
		if (mfm_has(s, tags[i].open)) {
			open_mark(s, tags[i].kind, strlen(tags[i].open));
			return true;
		}
	}
	return mfm_scan_plain(s) || mfm_scan_embraced_url(s);
}

/* "$[name.arguments " */
static bool scan_function(struct mfm_scan *s)
{
	const char *name = s->text + s->pos + 2;
	size_t len;

	if (s->text[s->pos + 1] != '[')
		return false;
	len = strspn(name, MFM_ALNUM "_.,=-");
	if (!len || len > MAX_FUNCTION || name[len] != ' ')
		return false;
	open_mark(s, len == 4 && memcmp(name, "ruby", 4) == 0 ? MFM_RUBY : MFM_FUNCTION, len + 3);
	return true;
}

static bool may_stand_in_address(char c)
{
	return (unsigned char)c > ' ' && c != '"' && c != '<' && c != '>';
}

/* The end of an address in which brackets come in pairs; p when it does not end in one more. */
static const char *address_end(const char *p)
{
	const char *from = p;
	size_t depth = 0;

	for (; p - from < MAX_HREF && may_stand_in_address(*p); p++) {
		depth += *p == '(';
		if (*p == ')' && depth-- == 0)
			return p;
	}
	return from;
}

/* "](address)" or "](<address>)" at pos, of which "](" is there: where the address stands and all
 * of it ends. */
static bool find_address(const struct mfm_scan *s, size_t *inner, size_t *inner_end, size_t *end)
{
	const char *from = s->text + s->pos + 2, *last;
	bool embraced;

	embraced = *from == '<';
	from += embraced;
	if (!mfm_is_web(from))
		return false;
	last = embraced ? from + strcspn(from, "<>" MFM_BLANK) : address_end(from);
	if (last == from || (embraced && (last[0] != '>' || last[1] != ')')))
		return false;
	*inner = (size_t)(from - s->text);
	*inner_end = (size_t)(last - s->text);
	*end = *inner_end + 1 + embraced;
	return true;
}

static bool end_link(struct mfm_scan *s, size_t index)
{
	size_t inner, inner_end, end, own = s->tokens->count;

	if (!find_address(s, &inner, &inner_end, &end) || !close_at(s, index, end - s->pos))
		return false;
	s->tokens->items[own].inner = inner;
	s->tokens->items[own].inner_end = inner_end;
	return true;
}

/* A bracket ends a link whose address follows, else the innermost function. */
static bool scan_bracket(struct mfm_scan *s)
{
	struct mfm_opened *brackets = &s->brackets;
	size_t top;

	if (!brackets->count)
		return false;
	top = brackets->items[brackets->count - 1];
	if (kind_of(s, top) == MFM_LINK && s->text[s->pos + 1] == '(' && end_link(s, top))
		return true;
	if (!s->functions) {
		brackets->count -= brackets->count > 0;
		return false;
	}
	while (kind_of(s, brackets->items[brackets->count - 1]) == MFM_LINK)
		brackets->count--;
	return close_at(s, brackets->items[brackets->count - 1], 1);
}

/* What begins at pos; pos is behind it then. */
static bool scan_here(struct mfm_scan *s)
{
	switch (s->text[s->pos]) {
	case '`':
		return mfm_scan_code(s);
	case '\\':
		return mfm_scan_formula(s);
	case '<':
		return scan_tag(s);
	case '*':
		return scan_stars(s);
	case '_':
		return scan_bars(s);
	case '~':
		return scan_waves(s);
	case ':':
		return mfm_scan_emoji(s);
	case '$':
		return scan_function(s);
	case ']':
		return scan_bracket(s);
	case '?':
	case '[':
		if (!mfm_has(s, "[") && !mfm_has(s, "?["))
			return false;
		open_mark(s, MFM_LINK, s->text[s->pos] == '?' ? 2 : 1);
		return true;
	default:
		return mfm_scan_span(s);
	}
}

void mfm_scan(const char *text, size_t len, struct mfm_tokens *out)
{
	struct mfm_scan s = { .text = text, .len = len, .tokens = out };

	while (s.pos < len)
		if (!scan_here(&s))
			s.pos++;
	free(s.marks.items);
	free(s.brackets.items);
}

void mfm_tokens_release(struct mfm_tokens *tokens)
{
	free(tokens->items);
	*tokens = (struct mfm_tokens){ 0 };
}
