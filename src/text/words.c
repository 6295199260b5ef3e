#include "archive/text/words.h"

#include "archive/text/utf8.h"

/* What a character is to the index. */
enum kind {
	KIND_GAP,     /* ends a word */
	KIND_NOTHING, /* as if it were not there */
	KIND_CJK,     /* runs become bigrams */
	KIND_SINGLE,  /* a word of its own: emoji and symbols */
	KIND_WORD,
};

/* U+166D changed its class after the Unicode of SQLite's tokenizer, U+20E3 makes a keycap of a digit. */
static enum kind kind_of(uint32_t c)
{
	if (c < 0x80 && (utf8_is_letter(c) || utf8_is_digit(c)))
		return KIND_WORD;
	if (utf8_is_cjk(c))
		return KIND_CJK;
	if (utf8_is_variation(c) || c == 0x20E3 || (utf8_is_format(c) && c != 0x200B))
		return KIND_NOTHING;
	if (c == 0x166D || !utf8_is_word(c))
		return KIND_GAP;
	return utf8_is_symbol(c) ? KIND_SINGLE : KIND_WORD;
}

/* The words as they are written. Which form a run of CJK takes at its end depends on what it is for. */
struct writer {
	struct str *out;
	size_t start;	   /* of out */
	enum kind last;	   /* of the run that is open, KIND_GAP when none is */
	uint32_t previous; /* the run's last character, when CJK */
	size_t run;	   /* its characters, when CJK */
	bool gap;	   /* seen since the run's last character */
};

static void begin_word(struct writer *w)
{
	if (w->out->len > w->start)
		str_add_char(w->out, ' ');
}

/* The last character alone. Not where a query ends: there the text's run may go on; but one character has no bigram. */
static void end_run(struct writer *w, bool open_end)
{
	if (w->last == KIND_CJK && (!open_end || w->run == 1)) {
		begin_word(w);
		utf8_put(w->out, w->previous);
	}
}

static void add_cjk(struct writer *w, uint32_t c)
{
	if (w->last != KIND_CJK)
		w->run = 0;
	if (w->run++ > 0) {
		begin_word(w);
		utf8_put(w->out, w->previous);
		utf8_put(w->out, c);
	}
	w->previous = c;
}

static void add_character(struct writer *w, uint32_t c)
{
	enum kind kind = kind_of(c);

	if (kind == KIND_NOTHING)
		return;
	if (kind == KIND_GAP) {
		w->gap = true;
		return;
	}
	if (w->gap || kind != w->last || kind == KIND_SINGLE) {
		end_run(w, false);
		w->last = KIND_GAP;
	}
	if (kind == KIND_CJK) {
		add_cjk(w, c);
	} else {
		if (w->last == KIND_GAP)
			begin_word(w);
		utf8_put(w->out, c);
	}
	w->last = kind;
	w->gap = false;
}

static struct writer prepare(struct str *out, const char *text, size_t len, bool open_end)
{
	struct writer w = { .out = out, .start = out->len, .last = KIND_GAP };
	struct str folded = STR_INIT;
	const char *p, *end;

	utf8_add_folded(&folded, text, len);
	str_reserve(out, folded.len * 2);
	p = folded.buf;
	end = p + folded.len;
	while (p < end)
		add_character(&w, utf8_next(&p, end));
	end_run(&w, open_end);
	str_release(&folded);
	return w;
}

void words_prepare(struct str *out, const char *text, size_t len)
{
	prepare(out, text, len, false);
}

bool words_add_phrase(struct str *out, const char *text, size_t len, bool beginning)
{
	size_t start = out->len;
	struct writer w;

	str_add_char(out, '"');
	w = prepare(out, text, len, true);
	if (w.last == KIND_GAP) {
		str_truncate(out, start);
		return false;
	}
	str_add_char(out, '"');
	if ((beginning && w.last == KIND_WORD) || (w.last == KIND_CJK && w.run == 1))
		str_add_char(out, '*');
	return true;
}
