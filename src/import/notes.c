#include "archive/import/notes.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/json/read.h"
#include "archive/markup/markup.h"
#include "archive/source/span.h"

#define MOST_BYTES   ((size_t)256 << 10) /* of a core */
#define LEAST_PREFIX 8			 /* bytes that have to be alike */

void notes_release(struct notes *notes)
{
	if (notes->file)
		fclose(notes->file);
	free(notes->entries);
	*notes = (struct notes){ 0 };
}

static bool read_second(const char *bytes, size_t len, int64_t *second)
{
	struct span_member created;
	struct str text = STR_INIT;
	int64_t ms = 0;
	bool ok = span_path(bytes, len, 0, "noteTweet.createdAt", &created) &&
		  created.value.to - created.value.from > 2;

	if (ok)
		str_add_n(&text, bytes + created.value.from + 1,
			  created.value.to - created.value.from - 2);
	ok = ok && clock_parse_rfc3339(text.buf, &ms);
	*second = ms / 1000;
	str_release(&text);
	return ok;
}

void notes_add(struct notes *notes, const char *bytes, size_t len)
{
	struct span_member core;
	struct note_entry entry = { 0 };

	if (!read_second(bytes, len, &entry.second) ||
	    !span_path(bytes, len, 0, "noteTweet.core", &core) || notes->count == NOTES_MOST)
		return;
	entry.len = core.value.to - core.value.from;
	if (!notes->file)
		notes->file = tmpfile();
	if (!notes->file || entry.len > MOST_BYTES || (entry.at = ftello(notes->file)) < 0 ||
	    fwrite(bytes + core.value.from, 1, entry.len, notes->file) != entry.len)
		return;
	if (notes->count == notes->room) {
		notes->room = notes->room ? 2 * notes->room : 64;
		notes->entries = xreallocarray(notes->entries, notes->room,
					       sizeof(*notes->entries));
	}
	notes->entries[notes->count++] = entry;
	notes->sorted = false;
}

static int by_second(const void *a, const void *b)
{
	const struct note_entry *left = a, *right = b;

	return (left->second > right->second) - (left->second < right->second);
}

/* The text up to where it was cut: "… https://t.co/x" at its end, or a link, which may be spelled
 * otherwise in the long one. */
static size_t prefix_len(const char *text)
{
	const char *link = strstr(text, "https://");
	const char *dots = strstr(text, "\xE2\x80\xA6"); /* … */
	size_t len = link ? (size_t)(link - text) : strlen(text);

	if (dots && (size_t)(dots - text) < len)
		len = (size_t)(dots - text);
	while (len > 0 && strchr(" \n\r\t", text[len - 1]))
		len--;
	return len;
}

static bool begins_alike(const char *text, const char *longer)
{
	struct str a = STR_INIT, b = STR_INIT;
	size_t len;
	bool alike;

	if (!text || !longer)
		return false;
	markup_unescape(&a, text, strlen(text));
	markup_unescape(&b, longer, strlen(longer));
	len = prefix_len(a.buf);
	alike = len >= LEAST_PREFIX && len <= b.len && !memcmp(a.buf, b.buf, len);
	str_release(&a);
	str_release(&b);
	return alike;
}

static bool read_core(const struct notes *notes, const struct note_entry *entry, struct str *out)
{
	str_clear(out);
	str_reserve(out, entry->len + 1);
	if (fseeko(notes->file, entry->at, SEEK_SET) != 0 ||
	    fread(out->buf, 1, entry->len, notes->file) != entry->len)
		return false;
	out->len = entry->len;
	out->buf[out->len] = '\0';
	return true;
}

static bool is_of(const struct str *core, const char *text)
{
	struct err why = { 0 };
	struct jnode *node = jnode_parse(core->buf, core->len, &why);
	bool found = begins_alike(text, jnode_string(node, "text"));

	jnode_free(node);
	return found;
}

bool notes_find(struct notes *notes, const char *time, const char *text, struct str *out)
{
	int64_t ms = 0;
	size_t low = 0, high = notes->count;

	if (notes->count == 0 || !clock_parse_rfc3339(time, &ms))
		return false;
	if (!notes->sorted)
		qsort(notes->entries, notes->count, sizeof(*notes->entries), by_second);
	notes->sorted = true;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (notes->entries[middle].second < ms / 1000)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < notes->count && notes->entries[low].second == ms / 1000; low++)
		if (read_core(notes, &notes->entries[low], out) && is_of(out, text))
			return true;
	return false;
}
