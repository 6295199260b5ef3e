#include "archive/cli/config.h"

#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/cli/config-keys.h"
#include "archive/text/utf8.h"

#define MAX_SECTION 49 /* bytes that the parser keeps of a section's name */
#define BLANKS	    " \t\r"

/* The parser is given one line at a time, and only those that it can read whole: it would cut a
 * long one, take what stands behind a blank and a semicolon for a remark, and an indented line for
 * more of the value before. */
struct reading {
	struct config *config;
	const char *name;
	const char *p, *end; /* what is left */
	int line;	     /* the number of the line that was given last */
	struct str text;     /* that line, without blanks at both ends */
	struct err *err;
	bool failed;
};

/* The first complaint counts. */
static bool complain(struct reading *r, const char *sentence)
{
	if (!r->failed)
		err_set(r->err, ERR_USAGE, "%s, line %d: %s", r->name, r->line, sentence);
	r->failed = true;
	return false;
}

/* Takes the next line; false at the end. */
static bool next_line(struct reading *r)
{
	const char *newline;
	const char *stop;

	if (r->p >= r->end)
		return false;
	newline = memchr(r->p, '\n', (size_t)(r->end - r->p));
	stop = newline ? newline : r->end;
	r->line++;
	while (r->p < stop && memchr(BLANKS, *r->p, sizeof(BLANKS) - 1))
		r->p++;
	str_clear(&r->text);
	str_add_n(&r->text, r->p, (size_t)(stop - r->p));
	while (r->text.len > 0 && memchr(BLANKS, r->text.buf[r->text.len - 1], sizeof(BLANKS) - 1))
		str_truncate(&r->text, r->text.len - 1);
	r->p = newline ? newline + 1 : r->end;
	return true;
}

static bool is_clean(const struct str *text)
{
	for (size_t i = 0; i < text->len; i++) {
		unsigned char c = (unsigned char)text->buf[i];

		if ((c < ' ' && c != '\t') || c == 0x7F)
			return false;
	}
	return utf8_valid(text->buf, text->len);
}

/* " ;" anywhere: the parser would leave out what stands behind it. */
static bool holds_remark(const char *text)
{
	for (const char *p = strchr(text, ';'); p; p = strchr(p + 1, ';'))
		if (p > text && strchr(BLANKS, p[-1]))
			return true;
	return false;
}

static bool check_section(struct reading *r)
{
	const char *close = strchr(r->text.buf, ']');
	struct str name = STR_INIT;
	struct err why = { 0 };
	bool ok;

	if (!close || close[1])
		return complain(r, "a section stands alone in its line, in brackets");
	if (close - r->text.buf - 1 > MAX_SECTION)
		return complain(r, "the name of this section is too long: it has room for 49 "
				   "bytes; list the server under instances, and put its token "
				   "into the environment");
	str_add_n(&name, r->text.buf + 1, (size_t)(close - r->text.buf - 1));
	ok = config_enter(r->config, name.buf, r->line, &why) || complain(r, why.msg);
	str_release(&name);
	return ok;
}

/* room: bytes for the line, its end and a NUL. */
static bool check_line(struct reading *r, size_t room)
{
	struct str sentence = STR_INIT;

	if (!is_clean(&r->text))
		return complain(r, "a configuration is UTF-8 text without control characters");
	if (r->text.len == 0 || strchr("#;", r->text.buf[0])) {
		str_clear(&r->text);
		return true;
	}
	if (r->text.buf[0] == '[')
		return check_section(r);
	if (!strpbrk(r->text.buf, "=:") || strchr("=:", r->text.buf[0]))
		return complain(r, "this is neither [section], 'key = value' nor a # remark");
	if (holds_remark(r->text.buf))
		return complain(r, "a remark stands in a line of its own, and no value holds a "
				   "semicolon behind a blank");
	if (r->text.len + 2 < room)
		return true;
	str_addf(&sentence,
		 "a line has room for %zu bytes: what is longer goes into the environment, or "
		 "into a script for token-command",
		 room - 3);
	complain(r, sentence.buf);
	str_release(&sentence);
	return false;
}

static char *give_line(char *out, int room, void *stream)
{
	struct reading *r = stream;

	if (r->failed || room < 4 || !next_line(r) || !check_line(r, (size_t)room))
		return NULL;
	memcpy(out, r->text.buf, r->text.len);
	out[r->text.len] = '\n';
	out[r->text.len + 1] = '\0';
	return out;
}

static int take_pair(void *user, const char *section, const char *key, const char *value)
{
	struct reading *r = user;
	struct err why = { 0 };

	if (r->failed)
		return 0;
	if (!*section)
		return complain(r, "a key stands under a section, such as [archive]");
	return config_take(r->config, section, key, value ? value : "", r->line, &why) ||
	       complain(r, why.msg);
}

bool config_parse(struct config *config, const char *name, const char *bytes, size_t len,
		  struct err *err)
{
	static const char mark[] = "\xEF\xBB\xBF";
	struct reading reading = {
		.config = config,
		.name = name,
		.p = bytes,
		.end = bytes + len,
		.text = STR_INIT,
		.err = err,
	};

	if (len >= 3 && memcmp(bytes, mark, 3) == 0)
		reading.p += 3;
	if (ini_parse_stream(give_line, &reading, take_pair, &reading) != 0)
		complain(&reading, "this is not understood");
	str_release(&reading.text);
	return !reading.failed;
}

/* Who may see a secret is the owner of its file alone. */
static bool check_mode(const struct config *config, const char *path, struct err *err)
{
	struct stat st;

	if (!config->secret_line)
		return true;
	if (stat(path, &st) != 0)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	if (S_ISREG(st.st_mode) && st.st_uid != geteuid())
		return err_set(err, ERR_USAGE,
			       "%s, line %d: a secret in a file that belongs to somebody else: "
			       "keep a copy of your own",
			       path, config->secret_line);
	if (S_ISREG(st.st_mode) && (st.st_mode & 077) != 0)
		return err_set(err, ERR_USAGE,
			       "%s, line %d: a secret that others can read or write: chmod 600 %s",
			       path, config->secret_line, path);
	return true;
}

bool config_load(struct config *config, const char *path, struct err *err)
{
	struct str bytes = STR_INIT;
	struct err why = { 0 };
	bool ok = false;

	config->path = arena_strdup(&config->arena, path);
	config->there = io_read_file(path, CONFIG_MAX_BYTES, &bytes, &why);
	if (config->there)
		ok = config_parse(config, path, bytes.buf, bytes.len, err) &&
		     check_mode(config, path, err);
	else if (why.code == ERR_NOT_FOUND)
		ok = true;
	else
		*err = why;
	str_release(&bytes);
	return ok;
}

bool config_path(const char *given, struct str *out, struct err *err)
{
	const char *variable = getenv("ARCHIVE_CONFIG");

	if (!given && variable && *variable)
		given = variable;
	if (given) {
		str_add(out, given);
		return true;
	}
	if (!io_xdg("XDG_CONFIG_HOME", ".config", out, err))
		return false;
	str_add(out, "/archive/config.ini");
	return true;
}

const struct config_source *config_find(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->count; i++)
		if (str_same(config->sources[i].name, name))
			return &config->sources[i];
	return NULL;
}

void config_release(struct config *config)
{
	arena_release(&config->arena);
	free(config->sources);
	*config = (struct config){ 0 };
}
