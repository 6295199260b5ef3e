#include "archive/http/tape-index.h"

#include <stdlib.h>

#include "archive/base/clock.h"
#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/http/line.h"

#define MAX_INDEX  65536
#define FIRST_LINE "archive-tape 1"

void tape_index_release(struct tape_index *index)
{
	for (size_t i = 0; i < index->count; i++)
		free(index->sources[i]);
	free(index->sources);
	*index = (struct tape_index){ 0 };
}

void tape_index_add(struct tape_index *index, const char *source)
{
	for (size_t i = 0; i < index->count; i++)
		if (str_same(index->sources[i], source))
			return;
	index->sources = xreallocarray(index->sources, index->count + 1, sizeof(*index->sources));
	index->sources[index->count++] = xstrdup(source);
}

/* One line behind the first; the text is the line's own copy. */
static bool read_line(struct tape_index *index, const char *text)
{
	if (*text == '\0')
		return true;
	if (str_starts(text, "source ") && text[7] != '\0') {
		tape_index_add(index, text + 7);
		return true;
	}
	return str_starts(text, "time ") && clock_parse_rfc3339(text + 5, &index->time);
}

static bool read_lines(struct tape_index *index, const struct str *bytes, struct err *err)
{
	const char *rest = bytes->buf;
	struct str text = STR_INIT;
	struct span line;
	int number = 0;
	bool ok = true;

	while (ok && line_next(&rest, bytes->buf + bytes->len, &line)) {
		str_clear(&text);
		str_add_n(&text, line.at, line.len);
		number++;
		if (number == 1 && !str_same(text.buf, FIRST_LINE))
			ok = err_set(
				err, ERR_MALFORMED,
				"it does not begin with \"%s\": not a tape, or a newer one than "
				"this program can read",
				FIRST_LINE);
		else if (number > 1 && !read_line(index, text.buf))
			ok = err_set(err, ERR_MALFORMED,
				     "line %d is neither \"time YYYY-MM-DDTHH:MM:SSZ\" nor "
				     "\"source SPEC\"",
				     number);
	}
	if (ok && index->time == 0)
		ok = err_set(err, ERR_MALFORMED,
			     "it does not say when the tape was made: a line \"time "
			     "YYYY-MM-DDTHH:MM:SSZ\" is wanted");
	str_release(&text);
	return ok;
}

static void index_path(struct str *path, const char *folder)
{
	str_addf(path, "%s/index", folder);
}

bool tape_index_read(struct tape_index *index, const char *folder, struct err *err)
{
	struct str path = STR_INIT;
	struct str bytes = STR_INIT;
	bool ok;

	index_path(&path, folder);
	ok = io_read_file(path.buf, MAX_INDEX, &bytes, err);
	if (!ok && err->code == ERR_NOT_FOUND)
		err_set(err, ERR_NOT_FOUND,
			"%s: no tape is there (a tape is a folder that holds a file \"index\")",
			folder);
	if (ok && !read_lines(index, &bytes, err))
		ok = err_wrap(err, "%s", path.buf);
	if (!ok)
		tape_index_release(index);
	str_release(&bytes);
	str_release(&path);
	return ok;
}

bool tape_index_write(const struct tape_index *index, const char *folder, struct err *err)
{
	char time[CLOCK_ISO_SIZE];
	struct str path = STR_INIT;
	struct str text = STR_INIT;
	bool ok;

	index_path(&path, folder);
	clock_format_utc(index->time, false, time);
	str_addf(&text, FIRST_LINE "\ntime %s\n", time);
	for (size_t i = 0; i < index->count; i++)
		str_addf(&text, "source %s\n", index->sources[i]);
	ok = io_write_file(path.buf, text.buf, text.len, err);
	str_release(&text);
	str_release(&path);
	return ok;
}
