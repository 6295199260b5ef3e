/*
 * Any HTML gives the canonical form; that form given again comes back unchanged, with the same
 * plain text. The first byte says whether quotes are dropped.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../canonical.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool condition)
{
	if (!condition)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct str html = STR_INIT, text = STR_INIT, html_again = STR_INIT, text_again = STR_INIT;

	if (!len)
		return 0;
	markup_from_html((const char *)bytes + 1, len - 1, bytes[0] & 1, &html, &text);
	require(strlen(html.buf) == html.len && strlen(text.buf) == text.len);
	require(canonical_html(html.buf));
	markup_from_html(html.buf, html.len, bytes[0] & 1, &html_again, &text_again);
	require(strcmp(html.buf, html_again.buf) == 0);
	require(strcmp(text.buf, text_again.buf) == 0);
	str_release(&html);
	str_release(&text);
	str_release(&html_again);
	str_release(&text_again);
	return 0;
}
