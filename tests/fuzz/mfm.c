/*
 * Any MFM gives the canonical form, which HTML's reader gives back unchanged with the same plain
 * text; names of emojis hold nothing but what a name holds.
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
	struct str emojis = STR_INIT;

	markup_from_mfm((const char *)bytes, len, "https://misskey.example", &html, &text, &emojis);
	require(strlen(html.buf) == html.len && strlen(text.buf) == text.len);
	require(canonical_html(html.buf));
	markup_from_html(html.buf, html.len, false, &html_again, &text_again);
	require(strcmp(html.buf, html_again.buf) == 0);
	require(strcmp(text.buf, text_again.buf) == 0);
	require(strpbrk(emojis.buf, " :<>&\"/") == NULL);
	str_release(&html);
	str_release(&text);
	str_release(&html_again);
	str_release(&text_again);
	str_release(&emojis);
	return 0;
}
