#include "archive/markup/shown.h"

#include <string.h>
#include <strings.h>

#define ELLIPSIS "\xE2\x80\xA6"

static const char *skip_prefix(const char *text, const char *end, const char *prefix)
{
	size_t len = strlen(prefix);

	return (size_t)(end - text) >= len && strncasecmp(text, prefix, len) == 0 ? text + len
										  : text;
}

static const char *skip_scheme(const char *url, const char *end)
{
	url = skip_prefix(skip_prefix(url, end, "http://"), end, "https://");
	return skip_prefix(url, end, "www.");
}

bool shown_is_shortened(const char *words, size_t len, const char *href)
{
	const char *end = words + len;
	size_t ascii = 0;

	if (len < strlen(ELLIPSIS) ||
	    memcmp(end - strlen(ELLIPSIS), ELLIPSIS, strlen(ELLIPSIS)) != 0)
		return false;
	end -= strlen(ELLIPSIS);
	words = skip_scheme(words, end);
	href = skip_scheme(href, href + strlen(href));
	while (words + ascii < end && (unsigned char)words[ascii] < 0x80)
		ascii++;
	return ascii > 0 && strncasecmp(words, href, ascii) == 0;
}
