/*
 * Any bytes as a thread's text: read, or refused with a clean sentence about a line that is there.
 * What was read is written in a form that reads the same, and is then written the same. Marks of
 * mistakes come and go without a trace.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../sheets.h"
#include "archive/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool condition)
{
	if (!condition)
		abort();
}

static void check_mistake(const char *bytes, size_t len, const struct sheet_mistake *mistake)
{
	struct str marked = STR_INIT, once = STR_INIT, again = STR_INIT;

	require(mistake->why.msg[0] && utf8_valid(mistake->why.msg, strlen(mistake->why.msg)));
	require(mistake->line > 0 && mistake->line <= len + 1);
	sheet_add_marked(&marked, bytes, len, mistake);
	require(strstr(marked.buf, mistake->why.msg) != NULL);
	sheet_add_unmarked(&once, bytes, len);
	sheet_add_unmarked(&again, marked.buf, marked.len);
	if (once.len > 0 && once.buf[once.len - 1] != '\n' && again.len > once.len)
		str_add_char(&once, '\n');
	require(strcmp(once.buf, again.buf) == 0);
	str_release(&marked);
	str_release(&once);
	str_release(&again);
}

static void check_sheet(struct arena *arena, const struct sheet *sheet)
{
	struct str text = STR_INIT, again = STR_INIT;
	struct sheet_mistake mistake;
	struct sheet same;

	sheet_write(&text, sheet);
	require(sheet_read(arena, text.buf, text.len, &sheets_usual, &same, &mistake));
	require(sheets_same(sheet, &same));
	sheet_write(&again, &same);
	require(strcmp(text.buf, again.buf) == 0);
	str_release(&text);
	str_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena arena = ARENA_INIT;
	struct sheet_mistake mistake = { 0 };
	struct sheet sheet;

	if (sheet_read(&arena, (const char *)bytes, len, &sheets_usual, &sheet, &mistake))
		check_sheet(&arena, &sheet);
	else
		check_mistake((const char *)bytes, len, &mistake);
	arena_release(&arena);
	return 0;
}
