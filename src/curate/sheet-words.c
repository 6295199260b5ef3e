#include "archive/curate/sheet-reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "archive/curate/sheet-text.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

bool sheet_mistaken(struct sheet_reader *r, const char *format, ...)
{
	char text[sizeof(r->mistake->why.msg)];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	r->mistake->line = r->number;
	return err_set(&r->mistake->why, ERR_USAGE, "%s", text);
}

const char *sheet_shown(struct sheet_reader *r, const char *text)
{
	struct str shown = STR_INIT;
	const char *copy;

	utf8_add_quoted(&shown, text);
	copy = arena_strdup(r->arena, shown.buf);
	str_release(&shown);
	return copy;
}

char *sheet_skip_gap(char *text)
{
	if (str_starts(text, SHEET_WIDE_BLANK))
		return text + strlen(SHEET_WIDE_BLANK);
	return text + strspn(text, SHEET_BLANKS);
}

char *sheet_take_word(char **text)
{
	char *word = *text;
	char *end = word + strcspn(word, SHEET_BLANKS);
	char *wide = strstr(word, SHEET_WIDE_BLANK);

	if (wide && wide < end)
		end = wide;
	*text = sheet_skip_gap(end);
	*end = '\0';
	return word;
}

const char *sheet_unescaped(struct sheet_reader *r, const char *text)
{
	struct str plain = STR_INIT;
	const char *copy;

	sheet_add_unescaped(&plain, text, strlen(text));
	copy = plain.len > 0 ? arena_strdup(r->arena, plain.buf) : NULL;
	str_release(&plain);
	return copy;
}

bool sheet_take_url(struct sheet_reader *r, char **text, const char **url)
{
	const char *word = sheet_take_word(text);
	struct str clean = STR_INIT;
	bool ok = link_add_clean(&clean, word);

	if (ok)
		*url = arena_strdup(r->arena, clean.buf);
	else if (*word)
		sheet_mistaken(r, "%s is no address: it begins with https://, http:// or mailto:",
			       sheet_shown(r, word));
	else
		sheet_mistaken(r, "a link wants an address: link https://slides.example/deck "
				  "Slides");
	str_release(&clean);
	return ok;
}
