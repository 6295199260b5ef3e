/* A fragment's place: where one is found it is found again, and everything outside of it stays. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/export/embed.h"

#define FRAGMENT "<section>\n<p>x</p>\n</section>\n"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void outside_stays(const struct str *file, const struct str *out)
{
	size_t front = 0, back = 0;

	while (front < file->len && front < out->len && file->buf[front] == out->buf[front])
		front++;
	while (back < file->len - front && back < out->len - front &&
	       file->buf[file->len - 1 - back] == out->buf[out->len - 1 - back])
		back++;
	/* what differs in the file was a pair's inside: nothing at all, or behind a marker */
	demand(front + back >= file->len || strstr(file->buf, "archive:begin"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct embed_place place = { .name = "june", .under = "T" };
	struct str file = STR_INIT, once = STR_INIT, twice = STR_INIT;
	struct err err = { 0 };

	if (len == 0)
		return 0;
	place.form = bytes[0] & 1 ? EMBED_HTML : EMBED_MARKDOWN;
	str_add_n(&file, (const char *)bytes + 1, len - 1);
	if (embed_put(&once, &file, &place, FRAGMENT, &err)) {
		outside_stays(&file, &once);
		demand(embed_put(&twice, &once, &place, FRAGMENT, &err));
		demand(once.len == twice.len && memcmp(once.buf, twice.buf, once.len) == 0);
	} else {
		demand(err.code == ERR_USAGE && err.msg[0]);
	}
	str_release(&file);
	str_release(&once);
	str_release(&twice);
	return 0;
}
