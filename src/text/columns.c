#include <limits.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

#define DECOMPOSE      (UTF8PROC_STABLE | UTF8PROC_DECOMPOSE)
#define COMPOSE	       (UTF8PROC_STABLE | UTF8PROC_COMPOSE)

#define MAX_MARKS      2
#define MAX_POINTS     8  /* of a cluster that are looked at: more than a letter and its marks */
#define MAX_DECOMPOSED 32 /* of those: four each */

/* What is written, and how much of the line it has taken. A line that is only measured has
 * no out. */
struct line {
	struct str *out;
	struct str part; /* of the cluster at hand */
	int used, max;
	bool wide; /* what is ambiguous takes two columns */
	bool gap;  /* ends in a space that stands for tabs and line ends */
};

static void put(struct line *line, uint32_t c)
{
	if (line->out)
		utf8_put(line->out, c);
}

static bool fits(const struct line *line, int columns)
{
	return columns <= line->max - line->used;
}

static bool is_regional(uint32_t c)
{
	return c >= 0x1F1E6 && c <= 0x1F1FF;
}

/* From here on the terminals disagree about a cluster: joiner, selector, skin tone, keycap, tags of
 * a flag. */
static bool ends_undisputed(uint32_t c)
{
	return c == 0x200D || utf8_is_variation(c) || (c >= 0x1F3FB && c <= 0x1F3FF) ||
	       (c >= 0xE0020 && c <= 0xE007F) || (c >= 0x20DD && c <= 0x20E4);
}

static bool is_blank(uint32_t c)
{
	return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool is_left_out(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || utf8_is_format(c);
}

/* The code points of the cluster's undisputed first part, in NFC. */
static size_t undisputed(struct line *line, const char *cluster, size_t len,
			 utf8proc_int32_t points[MAX_DECOMPOSED])
{
	const char *p = cluster, *end = cluster + len;
	struct str *part = &line->part;
	utf8proc_ssize_t count;

	str_clear(part);
	for (int i = 0; i < MAX_POINTS && p < end; i++) {
		uint32_t c = utf8_next(&p, end);

		if (i > 0 && ends_undisputed(c))
			break;
		utf8_put(part, c);
	}
	count = utf8proc_decompose((const utf8proc_uint8_t *)part->buf, (utf8proc_ssize_t)part->len,
				   points, MAX_DECOMPOSED, DECOMPOSE);
	if (count > 0 && count <= MAX_DECOMPOSED)
		count = utf8proc_normalize_utf32(points, count, COMPOSE);
	return count > 0 && count <= MAX_DECOMPOSED ? (size_t)count : 0;
}

/* Columns of a character that no terminal disputes, -1 of any other. */
static int width_of(uint32_t c)
{
	int width = wcwidth((wchar_t)c);

	return width == utf8proc_charwidth((utf8proc_int32_t)c) ? width : -1;
}

static int question_marks(uint32_t c)
{
	int width = utf8proc_charwidth((utf8proc_int32_t)c);

	return width > 1 ? width : 1;
}

/* One character of a cluster; false when the line is full. */
static bool add_point(struct line *line, uint32_t c, int *marks)
{
	int width = width_of(c), repeat = 1;

	if (is_left_out(c) || (width == 0 && ++*marks > MAX_MARKS))
		return true;
	if (width < 0) {
		repeat = question_marks(c);
		width = repeat;
		c = '?';
	}
	if (line->wide && width == 1 && utf8_is_ambiguous(c))
		width = 2;
	if (!fits(line, width))
		return false;
	for (; repeat > 0; repeat--)
		put(line, c);
	line->used += width;
	return true;
}

/* A flag is two letters to every terminal that draws no flags, and to every other one when they are
 * ASCII. */
static bool add_flag(struct line *line, const char *cluster, size_t len)
{
	const char *p = cluster, *end = cluster + len;
	char letters[2];
	int count = 0;

	while (p < end && count < 2) {
		uint32_t c = utf8_next(&p, end);

		if (is_regional(c))
			letters[count++] = (char)('A' + (c - 0x1F1E6));
	}
	if (!fits(line, count))
		return false;
	for (int i = 0; i < count; i++)
		put(line, (unsigned char)letters[i]);
	line->used += count;
	return true;
}

static bool add_blank(struct line *line)
{
	if (line->gap)
		return true;
	if (!fits(line, 1))
		return false;
	put(line, ' ');
	line->used++;
	line->gap = true;
	return true;
}

static bool add_cluster(struct line *line, const char *cluster, size_t len)
{
	utf8proc_int32_t points[MAX_DECOMPOSED];
	const char *p = cluster;
	uint32_t first = utf8_next(&p, cluster + len);
	size_t count;
	int marks = 0;

	if (is_blank(first))
		return add_blank(line);
	if (is_left_out(first) && p == cluster + len)
		return true;
	line->gap = false;
	if (is_regional(first))
		return add_flag(line, cluster, len);
	count = undisputed(line, cluster, len, points);
	for (size_t i = 0; i < count; i++)
		if (!add_point(line, (uint32_t)points[i], &marks))
			return false;
	return true;
}

/* Printable ASCII is a cluster of its own unless something else but ASCII follows. */
static size_t plain_length(const char *text, const char *end)
{
	const char *p = text;

	while (p < end && *p >= 0x20 && *p < 0x7F)
		p++;
	if (p < end && p > text && (unsigned char)*p >= 0x80)
		p--;
	return (size_t)(p - text);
}

static bool add_ascii(struct line *line, const char *text, size_t len)
{
	size_t room = (size_t)(line->max - line->used);
	bool whole = len <= room;
	size_t taken = whole ? len : room;

	if (line->out)
		str_add_n(line->out, text, taken);
	line->used += (int)taken;
	line->gap = false;
	return whole;
}

static int add_line(struct str *out, const char *text, int max_columns, bool wide)
{
	struct line line = { .out = out, .part = STR_INIT, .max = max_columns, .wide = wide };
	const char *end = text + strlen(text);
	bool more = max_columns > 0;

	while (text < end && more) {
		size_t len = plain_length(text, end);

		if (len > 0) {
			more = add_ascii(&line, text, len);
		} else {
			len = utf8_cluster(text, (size_t)(end - text));
			more = add_cluster(&line, text, len);
		}
		text += len;
	}
	str_release(&line.part);
	return line.used;
}

int utf8_add_terminal(struct str *out, const char *text, int max_columns)
{
	return add_line(out, text, max_columns, false);
}

int utf8_columns(const char *text)
{
	return add_line(NULL, text, INT_MAX, false);
}

int utf8_add_terminal_wide(struct str *out, const char *text, int max_columns)
{
	return add_line(out, text, max_columns, true);
}

int utf8_columns_wide(const char *text)
{
	return add_line(NULL, text, INT_MAX, true);
}

int utf8_cluster_columns(const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	int columns = 0;

	while (p < end) {
		uint32_t c = utf8_next(&p, end);

		if (is_regional(c) || (c == 0xFE0F && columns == 1))
			return 2;
		if (columns > 0 && ends_undisputed(c))
			break;
		if (!is_left_out(c))
			columns += utf8proc_charwidth((utf8proc_int32_t)c);
	}
	return columns;
}
