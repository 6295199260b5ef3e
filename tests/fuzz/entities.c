/*
 * Any text with any entities gives the canonical form, which HTML's reader gives back unchanged,
 * with the same plain text. The input begins with the number of entities and six bytes for each; 0
 * entities is text whose links are found.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../canonical.h"

#define MAX_ENTITIES 16
#define ENTITY_BYTES 6

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void require(bool condition)
{
	if (!condition)
		abort();
}

static const char *const urls[] = {
	NULL,
	"https://social.example/tags/x",
	"javascript:alert(1)",
	"https://a.example/\"onclick=",
	"mailto:a@b.example",
	"https://blog.example/2017/06/30/entry",
	"/relative",
	"",
};
static const char *const texts[] = { NULL,     "",	    "blog.example/2017\xE2\x80\xA6",
				     "<b>&\"", " a  b\nc ", "\xFF",
				     "#x",     "@y" };

static void read_entity(const uint8_t *p, struct entity *out)
{
	*out = (struct entity){
		.kind = p[0] % 4,
		.start = (size_t)(p[1] | (p[2] & 1) << 8),
		.end = (size_t)(p[3] | (p[4] & 1) << 8),
		.url = urls[p[5] % 8],
		.text = texts[p[5] / 8 % 8],
	};
}

static void compare(const char *text, size_t len, const struct entity *entities, size_t count)
{
	static const struct markup_bases bases = { "https://x.example/hashtag/",
						   "https://x.example/" };
	struct str html = STR_INIT, plain = STR_INIT, html_again = STR_INIT, plain_again = STR_INIT;

	markup_from_text(text, len, entities, count, &bases, &html, &plain);
	require(strlen(html.buf) == html.len && strlen(plain.buf) == plain.len);
	require(canonical_html(html.buf));
	markup_from_html(html.buf, html.len, false, &html_again, &plain_again);
	require(strcmp(html.buf, html_again.buf) == 0);
	require(strcmp(plain.buf, plain_again.buf) == 0);
	str_clear(&plain_again);
	markup_unescape(&plain_again, text, len);
	require(plain_again.len <= len);
	str_release(&html);
	str_release(&plain);
	str_release(&html_again);
	str_release(&plain_again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct entity entities[MAX_ENTITIES];
	size_t count, skip;

	if (!len)
		return 0;
	count = bytes[0] % MAX_ENTITIES;
	skip = 1 + count * ENTITY_BYTES;
	if (len < skip)
		return 0;
	for (size_t i = 0; i < count; i++)
		read_entity(bytes + 1 + i * ENTITY_BYTES, &entities[i]);
	compare((const char *)bytes + skip, len - skip, count ? entities : NULL, count);
	return 0;
}
