/* Plain text with links in it: what is found lies in order inside the text, and what becomes an
 * address is safe. */
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

/* Cleaning succeeds for whatever is not too long, once and again the same. */
static void check_url(const char *text, const struct link_span *span)
{
	struct str url = STR_INIT, clean = STR_INIT, again = STR_INIT, host = STR_INIT;

	if (span->bare)
		str_add(&url, "https://");
	str_add_n(&url, text + span->start, span->end - span->start);
	if (url.len <= 1024) {
		demand(link_add_clean(&clean, url.buf) && link_safe_web(clean.buf));
		demand(link_add_clean(&again, clean.buf) && str_same(clean.buf, again.buf));
		demand(link_host(clean.buf, &host) && host.len > 0);
	}
	str_release(&url);
	str_release(&clean);
	str_release(&again);
	str_release(&host);
}

/* Any bytes at all as an address. */
static void check_clean(const char *typed)
{
	struct str clean = STR_INIT;

	if (link_add_clean(&clean, typed))
		demand(link_safe(clean.buf) && !strpbrk(clean.buf, " \"'<>`\\\n"));
	else
		demand(clean.len == 0);
	str_release(&clean);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const char *text = (const char *)bytes;
	char *typed = xstrndup(text, len);
	struct link_span span;
	size_t from = 0;

	while (link_next(text, len, from, &span)) {
		demand(span.start >= from && span.end > span.start && span.end <= len);
		demand(utf8_valid(text + span.start, span.end - span.start));
		if (span.kind == LINK_URL)
			check_url(text, &span);
		from = span.end;
	}
	check_clean(typed);
	free(typed);
	return 0;
}
