#include "archive/cli/config-edit.h"

#include <string.h>
#include <unistd.h>

#include "archive/base/io.h"
#include "archive/cli/config.h"
#include "archive/source/source.h"

#define BLANKS	       " \t\r"
#define SOURCE_SECTION "source "

/* A line of the text, by bytes; next is behind its line end. */
struct line {
	size_t from, to, next;
};

/* Where a section stands: its head, and the end of its last key (of the head when it has none). */
struct place {
	size_t head, behind;
	size_t key_from, key_next; /* the wanted key's line; equal when it is not there */
};

static bool line_at(const struct str *text, size_t at, struct line *line)
{
	const char *end;

	if (at >= text->len)
		return false;
	end = memchr(text->buf + at, '\n', text->len - at);
	line->from = at;
	line->to = end ? (size_t)(end - text->buf) : text->len;
	line->next = end ? line->to + 1 : text->len;
	while (line->from < line->to && strchr(BLANKS, text->buf[line->from]))
		line->from++;
	while (line->to > line->from && strchr(BLANKS, text->buf[line->to - 1]))
		line->to--;
	return true;
}

static bool same_source(const char *one, const char *other)
{
	struct source a = SOURCE_INIT, b = SOURCE_INIT;
	struct err ignored = { 0 };
	bool same = source_parse(&a, one, &ignored) && source_parse(&b, other, &ignored) &&
		    str_same(a.name.buf, b.name.buf);

	source_release(&a);
	source_release(&b);
	return same;
}

static bool same_section(const char *one, const char *other)
{
	size_t len = strlen(SOURCE_SECTION);

	if (str_starts(one, SOURCE_SECTION) && str_starts(other, SOURCE_SECTION))
		return same_source(one + len, other + len);
	return str_same(one, other);
}

static bool is_head(const struct str *text, const struct line *line)
{
	return line->to > line->from && text->buf[line->from] == '[';
}

static bool is_key(const struct str *text, const struct line *line)
{
	return line->to > line->from && !strchr("[#;", text->buf[line->from]);
}

static bool is_head_of(const struct str *text, const struct line *line, const char *section)
{
	struct str name = STR_INIT;
	bool same;

	if (!is_head(text, line) || text->buf[line->to - 1] != ']')
		return false;
	str_add_n(&name, text->buf + line->from + 1, line->to - line->from - 2);
	same = same_section(name.buf, section);
	str_release(&name);
	return same;
}

static bool has_key(const struct str *text, const struct line *line, const char *key)
{
	size_t len = strlen(key);
	size_t at = line->from + len;

	if (line->to - line->from <= len || strncmp(text->buf + line->from, key, len) != 0)
		return false;
	while (at < line->to && strchr(BLANKS, text->buf[at]))
		at++;
	return at < line->to && strchr("=:", text->buf[at]);
}

/* The first section so named at or behind byte from that has the key; key NULL: any. */
static bool find(const struct str *text, size_t from, const char *section, const char *key,
		 struct place *place)
{
	struct line line;
	bool inside = false;

	for (size_t at = from; line_at(text, at, &line); at = line.next) {
		if (is_head(text, &line)) {
			if (inside && (!key || place->key_next > place->key_from))
				return true;
			inside = is_head_of(text, &line, section);
			*place = (struct place){ .head = at, .behind = line.next };
		} else if (inside && is_key(text, &line)) {
			place->behind = line.next;
			if (key && has_key(text, &line, key)) {
				place->key_from = at;
				place->key_next = line.next;
			}
		}
	}
	return inside && (!key || place->key_next > place->key_from);
}

static void splice(struct str *text, size_t from, size_t to, const char *put)
{
	struct str out = STR_INIT;

	str_add_n(&out, text->buf, from);
	str_add(&out, put);
	str_add_n(&out, text->buf + to, text->len - to);
	explicit_bzero(text->buf, text->len);
	str_release(text);
	*text = out;
}

static void end_line(struct str *text)
{
	if (text->len > 0 && text->buf[text->len - 1] != '\n')
		str_add_char(text, '\n');
}

void config_edit_set(struct str *text, const char *section, const char *key, const char *value)
{
	struct place place;
	struct str line = STR_INIT;

	end_line(text);
	if (key)
		str_addf(&line, "%s = %s\n", key, value);
	if (key && find(text, 0, section, key, &place)) {
		splice(text, place.key_from, place.key_next, line.buf);
	} else if (find(text, 0, section, NULL, &place)) {
		splice(text, place.behind, place.behind, line.buf);
	} else {
		str_addf(text, "%s[%s]\n%s", text->len > 0 ? "\n" : "", section, line.buf);
	}
	explicit_bzero(line.buf, line.len);
	str_release(&line);
}

bool config_edit_unset(struct str *text, const char *section, const char *key)
{
	struct place place;

	if (!find(text, 0, section, key, &place))
		return false;
	splice(text, place.key_from, place.key_next, "");
	return true;
}

bool config_edit_drop(struct str *text, const char *section)
{
	struct place place;
	bool found = false;

	while (find(text, 0, section, NULL, &place)) {
		size_t from = place.head;

		/* of the empty lines around it one is enough */
		if (from > 1 && text->buf[from - 1] == '\n' && text->buf[from - 2] == '\n' &&
		    (place.behind == text->len || text->buf[place.behind] == '\n'))
			from--;
		splice(text, from, place.behind, "");
		found = true;
	}
	return found;
}

/* The value without that server; false when it is not in it. */
static bool without(const char *value, size_t len, const char *network, const char *name,
		    struct str *out)
{
	struct str spec = STR_INIT;
	bool found = false;

	for (size_t at = 0; at < len;) {
		size_t part = 0;

		while (at + part < len && !strchr(", \t\r", value[at + part]))
			part++;
		str_clear(&spec);
		str_addf(&spec, "%s:%.*s", network, (int)part, value + at);
		if (part > 0 && same_source(spec.buf, name))
			found = true;
		else if (part > 0)
			str_addf(out, "%s%.*s", out->len > 0 ? ", " : "", (int)part, value + at);
		at += part + 1;
	}
	str_release(&spec);
	return found;
}

static bool drop_from_line(struct str *text, const struct line *line, const char *network,
			   const char *name)
{
	size_t value = line->from;
	struct str rest = STR_INIT;
	struct str put = STR_INIT;
	bool found;

	while (!strchr("=:", text->buf[value]))
		value++;
	value++;
	found = without(text->buf + value, line->to - value, network, name, &rest);
	if (found && rest.len > 0)
		str_addf(&put, "instances = %s\n", rest.buf);
	if (found)
		splice(text, line->from, line->next, put.buf);
	str_release(&rest);
	str_release(&put);
	return found;
}

bool config_edit_drop_instance(struct str *text, const char *network, const char *name)
{
	struct line line;
	bool inside = false;

	for (size_t at = 0; line_at(text, at, &line); at = line.next) {
		if (is_head(text, &line))
			inside = is_head_of(text, &line, network);
		else if (inside && has_key(text, &line, "instances") &&
			 drop_from_line(text, &line, network, name))
			return true;
	}
	return false;
}

bool config_edit_read(const char *path, struct str *text, struct err *err)
{
	struct err why = { 0 };

	if (io_read_file(path, CONFIG_MAX_BYTES, text, &why) || why.code == ERR_NOT_FOUND)
		return true;
	*err = why;
	return false;
}

bool config_edit_write(const char *path, const struct str *text, struct err *err)
{
	struct config config = { 0 };
	bool secret;
	bool ok;

	ok = config_parse(&config, path, text->buf, text->len, err);
	secret = config.secret_line != 0 || access(path, F_OK) != 0;
	config_release(&config);
	if (!ok || !io_make_parent(path, err))
		return false;
	return secret ? io_write_private(path, text->buf, text->len, err)
		      : io_write_file(path, text->buf, text->len, err);
}
