#include "archive/text/words.h"

#include <string.h>

#include "archive/text/letter.h"
#include "archive/text/utf8.h"

/* The words as they are written. Which form a run of CJK takes at its end depends on what it is
 * for. */
struct writer {
	struct str *out;
	size_t start;	      /* of out */
	struct letter before; /* the last one of the run that is open; LETTER_GAP when none is */
	size_t run;	      /* letters of the run, when CJK */
	bool gap;	      /* seen since */
};

static void separate(struct writer *w)
{
	if (w->out->len > w->start)
		str_add_char(w->out, ' ');
}

static void add_word(struct writer *w, const struct letter *letter)
{
	separate(w);
	str_add_n(w->out, letter->bytes, letter->len);
}

/* Two letters in one go, for here the time goes. */
static void add_bigram(struct writer *w, const struct letter *first, const struct letter *second)
{
	char bytes[4 + 4];

	separate(w);
	memcpy(bytes, first->bytes, first->len);
	memcpy(bytes + first->len, second->bytes, second->len);
	str_add_n(w->out, bytes, first->len + second->len);
}

/* The last letter alone. Not where a query ends: there the text's run may go on; but one letter has
 * no bigram. */
static void end_run(struct writer *w, bool open_end)
{
	if (w->before.kind == LETTER_CJK && (!open_end || w->run == 1))
		add_word(w, &w->before);
}

static void add_letter(struct writer *w, const struct letter *letter)
{
	bool joins = !w->gap && letter->kind == w->before.kind && letter->kind != LETTER_SINGLE;

	if (!joins) {
		end_run(w, false);
		w->run = 0;
	}
	if (letter->kind == LETTER_CJK) {
		if (joins)
			add_bigram(w, &w->before, letter);
		w->run++;
	} else if (joins) {
		str_add_n(w->out, letter->bytes, letter->len);
	} else {
		add_word(w, letter);
	}
	w->before = *letter;
	w->gap = false;
}

static void prepare(struct writer *w, const struct str *folded, bool open_end)
{
	const char *p = folded->buf, *end = p + folded->len;

	str_reserve(w->out, folded->len * 2);
	while (p < end) {
		struct letter letter = letter_next(&p, end);

		if (letter.kind == LETTER_GAP)
			w->gap = true;
		else if (letter.kind != LETTER_NOTHING)
			add_letter(w, &letter);
	}
	end_run(w, open_end);
}

void words_prepare(struct str *out, const char *text, size_t len)
{
	struct writer w = { .out = out, .start = out->len };
	struct str folded = STR_INIT;

	utf8_add_folded(&folded, text, len);
	prepare(&w, &folded, false);
	str_release(&folded);
}

bool words_add_phrase(struct str *out, const char *text, size_t len, bool beginning)
{
	struct writer w = { .out = out, .start = out->len + 1 };
	struct str folded = STR_INIT;
	enum letter_kind last;

	str_add_char(out, '"');
	utf8_add_folded(&folded, text, len);
	prepare(&w, &folded, true);
	str_release(&folded);
	last = w.before.kind;
	if (last == LETTER_GAP) {
		str_truncate(out, w.start - 1);
		return false;
	}
	str_add_char(out, '"');
	if ((beginning && last == LETTER_WORD) || (last == LETTER_CJK && w.run == 1))
		str_add_char(out, '*');
	return true;
}
