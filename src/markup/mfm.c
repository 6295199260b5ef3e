#include "archive/markup/mfm.h"

#include <string.h>

#include "archive/markup/intake.h"

#define MAX_LEVEL 24 /* quotes in quotes; what stands deeper keeps its marks as text */
#define FENCE	  "```"

/* A line of the text: its quote marks taken off. */
struct line {
	const char *start;	/* with its marks */
	const char *text, *end; /* without the line end */
	const char *next;	/* where the next line begins */
	int level;
};

struct blocks {
	struct build build;
	const struct mfm_context *context;
	const char *end;
	struct str stretch;		     /* lines of one level that are not written yet */
	int level;			     /* of the stretch */
	const char *no_fence[MAX_LEVEL + 1]; /* up to here no code block of that level ends */
};

/* Takes off up to most quote marks, each with the blank behind it. */
static void take_marks(struct line *line, int most)
{
	for (; line->level < most && line->text < line->end && *line->text == '>'; line->level++) {
		line->text++;
		if (line->text < line->end && *line->text == ' ')
			line->text++;
	}
}

static struct line line_at(const struct blocks *b, const char *from, int most)
{
	const char *end = memchr(from, '\n', (size_t)(b->end - from));
	struct line line = { .start = from, .text = from, .end = end ? end : b->end };

	line.next = end ? end + 1 : b->end;
	take_marks(&line, most);
	return line;
}

static void write_stretch(struct blocks *b)
{
	if (b->stretch.len)
		mfm_write(&b->build, b->stretch.buf, b->stretch.len, b->context);
	str_clear(&b->stretch);
}

static void enter_level(struct blocks *b, int level)
{
	if (level != b->level)
		write_stretch(b);
	for (; b->level > level; b->level--)
		build_close_block(&b->build, BLOCK_QUOTE);
	for (; b->level < level; b->level++)
		build_open_block(&b->build, BLOCK_QUOTE);
}

static bool is_fence(const struct line *line)
{
	size_t len = strlen(FENCE);

	return (size_t)(line->end - line->text) >= len && memcmp(line->text, FENCE, len) == 0;
}

static bool ends_code(const struct line *line)
{
	const char *p = line->text + strlen(FENCE);

	if (!is_fence(line))
		return false;
	while (p < line->end && *p == ' ')
		p++;
	return p == line->end;
}

/* The line that ends the code block whose first line that is; false when it is none. */
static bool find_fence(struct blocks *b, const struct line *first, struct line *out)
{
	const char *at = first->next;

	if (!is_fence(first) || memchr(first->text + strlen(FENCE), '`',
				       (size_t)(first->end - first->text) - strlen(FENCE)))
		return false;
	if (b->no_fence[first->level] && first->text < b->no_fence[first->level])
		return false;
	while (at < b->end) {
		*out = line_at(b, at, first->level);
		if (out->level < first->level)
			break;
		if (ends_code(out))
			return true;
		at = out->next;
	}
	b->no_fence[first->level] = at;
	return false;
}

/* Returns where it goes on. */
static const char *write_code(struct blocks *b, const struct line *first, const struct line *last)
{
	struct str code = STR_INIT;
	struct line line;
	bool in_block, in_span;

	enter_level(b, first->level);
	write_stretch(b);
	for (const char *at = first->next; at < last->start; at = line.next) {
		line = line_at(b, at, first->level);
		str_add_n(&code, line.text, (size_t)(line.end - line.text));
		str_add_char(&code, '\n');
	}
	in_block = build_open_block(&b->build, BLOCK_PRE);
	in_span = build_open_span(&b->build, SPAN_CODE);
	build_text(&b->build, code.buf, code.len);
	if (in_span)
		build_close_span(&b->build, SPAN_CODE);
	if (in_block)
		build_close_block(&b->build, BLOCK_PRE);
	str_release(&code);
	return last->next;
}

/* A lone line of marks with nothing behind them quotes nothing. */
static bool quotes_nothing(const struct blocks *b, const struct line *line)
{
	struct line next = line_at(b, line->next, 1);

	return line->level > 0 && line->text == line->end && b->level == 0 && next.level == 0;
}

static const char *read_line(struct blocks *b, const char *at)
{
	struct line line = line_at(b, at, MAX_LEVEL);
	struct line last;

	if (quotes_nothing(b, &line))
		line = line_at(b, at, 0);
	if (find_fence(b, &line, &last))
		return write_code(b, &line, &last);
	enter_level(b, line.level);
	str_add_n(&b->stretch, line.text, (size_t)(line.end - line.text));
	str_add_char(&b->stretch, '\n');
	return line.next;
}

/* Every line end becomes LF. */
static void add_lines(struct str *out, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		const char *cr = memchr(text, '\r', (size_t)(end - text));

		str_add_n(out, text, (size_t)((cr ? cr : end) - text));
		if (!cr)
			return;
		text = cr + 1;
		if (text == end || *text != '\n')
			str_add_char(out, '\n');
	}
}

void markup_from_mfm(const char *text, size_t len, const char *base, struct str *html,
		     struct str *plain, struct str *emojis)
{
	const struct mfm_context context = { base, emojis };
	struct blocks b = { .context = &context, .stretch = STR_INIT };
	struct str clean = STR_INIT, ready = STR_INIT;
	const char *at;

	intake_add(&clean, text, intake_len(text, len));
	add_lines(&ready, clean.buf, clean.len);
	build_begin(&b.build, html, plain);
	at = ready.buf;
	b.end = ready.buf + ready.len;
	while (at < b.end)
		at = read_line(&b, at);
	enter_level(&b, 0);
	write_stretch(&b);
	build_end(&b.build);
	str_release(&b.stretch);
	str_release(&ready);
	str_release(&clean);
}
