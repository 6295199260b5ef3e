#include "archive/export/embed.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/export/embed-heading.h"
#include "archive/text/utf8.h"

#define NAMED_HEADINGS 5 /* in a sentence that says what there is */

enum embed_form embed_form_of(const char *path)
{
	size_t len = strlen(path);

	for (const char *const *ending = (const char *const[]){ ".html", ".htm", NULL }; *ending;
	     ending++)
		if (len > strlen(*ending) && strcasecmp(path + len - strlen(*ending), *ending) == 0)
			return EMBED_HTML;
	return EMBED_MARKDOWN;
}

/* What one pass over the file finds. */
struct finding {
	const struct embed_place *place;
	struct heading_reader headings;
	struct str wanted, folded; /* the heading that is looked for, the one at hand */
	struct line begin, end;	   /* our pair; number 0 = not seen */
	struct line open;	   /* a begin of any name that waits for its end; number 0 = none */
	const char *behind;	   /* the heading that was found: where its markup ends */
	size_t heading, second_heading; /* lines, 0 = none */
	struct str names;		/* of the headings that there are, for a sentence */
	size_t name_count;
	bool blocks;	     /* WordPress's block markup */
	const char *newline; /* the file's line end */
};

static bool is_ours(const struct finding *f, const struct line *line)
{
	return strlen(f->place->name) == line->name_len &&
	       memcmp(f->place->name, line->name, line->name_len) == 0;
}

/* ---- pairs ---- */

static bool not_whole(const struct line *line, struct err *err)
{
	return err_set(err, ERR_USAGE,
		       "line %zu: this marker stands alone: <!-- archive:%s %.*s --> is missing",
		       line->number, line->kind == LINE_BEGIN ? "end" : "begin",
		       (int)line->name_len, line->name);
}

static bool take_begin(struct finding *f, const struct line *line, struct err *err)
{
	if (f->open.number != 0)
		return not_whole(&f->open, err);
	f->open = *line;
	if (!is_ours(f, line))
		return true;
	if (f->begin.number != 0)
		return err_set(err, ERR_USAGE,
			       "line %zu: the markers of %s are there twice, the first in line "
			       "%zu: take one pair away",
			       line->number, f->place->name, f->begin.number);
	f->begin = *line;
	return true;
}

static bool take_end(struct finding *f, const struct line *line, struct err *err)
{
	if (f->open.number == 0)
		return not_whole(line, err);
	if (f->open.name_len != line->name_len ||
	    memcmp(f->open.name, line->name, line->name_len) != 0)
		return not_whole(&f->open, err);
	f->open.number = 0;
	if (is_ours(f, line))
		f->end = *line;
	return true;
}

/* ---- headings ---- */

static void name_heading(struct finding *f)
{
	if (f->name_count++ >= NAMED_HEADINGS)
		return;
	str_add(&f->names, f->names.len > 0 ? ", " : "");
	utf8_add_quoted(&f->names, f->folded.buf);
}

static void take_heading(struct finding *f, const struct line *line, const char *behind)
{
	str_clear(&f->folded);
	heading_fold(&f->folded, f->headings.text.buf, f->headings.text.len);
	name_heading(f);
	if (!str_same(f->folded.buf, f->wanted.buf))
		return;
	if (f->heading != 0) {
		f->second_heading = line->number;
		return;
	}
	f->heading = line->number;
	f->behind = behind;
}

/* A line of HTML may hold several headings. */
static void take_text(struct finding *f, const struct line *line)
{
	struct line rest = *line;
	const char *behind = NULL;

	while (f->place->under && heading_line(&f->headings, &rest, &behind)) {
		take_heading(f, line, behind);
		rest.len -= (size_t)(behind - rest.start);
		rest.start = behind;
		rest.fresh = false;
	}
}

static bool take_line(struct finding *f, const struct line *line, struct err *err)
{
	bool markdown = f->place->form == EMBED_MARKDOWN;

	if (str_starts(line->start, "<!-- wp:") && (line->kind == LINE_TEXT || !markdown))
		f->blocks = true;
	if (line->kind == LINE_TEXT) {
		take_text(f, line);
		return true;
	}
	if (line->kind != LINE_HIDDEN || markdown)
		heading_break(&f->headings);
	if (line->kind == LINE_BEGIN)
		return take_begin(f, line, err);
	return line->kind != LINE_END || take_end(f, line, err);
}

static bool look_through(struct finding *f, const char *file, size_t len, struct err *err)
{
	const char *first = memchr(file, '\n', len);
	const char *ending = first ? first : file + len;
	struct embed_scan scan;
	struct line line;

	if (ending > file && ending[-1] == '\r')
		f->newline = "\r\n";
	embed_scan_begin(&scan, file, len, f->place->form == EMBED_MARKDOWN);
	while (embed_scan_next(&scan, &line)) {
		if (!take_line(f, &line, err))
			return false;
	}
	return f->open.number == 0 || not_whole(&f->open, err);
}

static bool is_placed(const struct finding *f, struct err *err)
{
	const char *name = f->place->name;

	if (f->begin.number != 0 || (f->heading != 0 && f->second_heading == 0))
		return true;
	if (f->heading != 0)
		return err_set(err, ERR_USAGE,
			       "line %zu: the heading '%s' is there twice, the first in line %zu: "
			       "put the markers where they belong by hand",
			       f->second_heading, f->place->under, f->heading);
	if (!f->place->under)
		return err_set(err, ERR_USAGE,
			       "there is no place for the thread: put <!-- archive:begin %s --> "
			       "and <!-- archive:end %s --> on lines of their own, or name a "
			       "heading by --under",
			       name, name);
	if (f->name_count == 0)
		return err_set(err, ERR_USAGE, "there is no heading '%s', nor any other",
			       f->place->under);
	return err_set(err, ERR_USAGE, "there is no heading '%s': there %s %s%s", f->place->under,
		       f->name_count == 1 ? "is" : "are", f->names.buf,
		       f->name_count > NAMED_HEADINGS ? ", and more" : "");
}

/* ---- writing ---- */

static void add_lines(const struct finding *f, struct str *out, const char *text)
{
	for (size_t len; *text; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		str_add_n(out, text, len);
		str_add(out, f->newline);
	}
}

static void replace(const struct finding *f, struct str *out, const char *file, size_t len,
		    const char *fragment)
{
	const char *from = f->begin.start + f->begin.whole;

	str_add_n(out, file, (size_t)(from - file));
	add_lines(f, out, fragment);
	str_add_n(out, f->end.start, (size_t)(file + len - f->end.start));
}

static bool blank_follows(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
		p++;
	return p >= end || *p == '\n';
}

/* Behind the comment that closes the heading's block; in Markdown only where its line ends there:
 * what follows on it may go on below. */
static const char *behind_block(const struct finding *f, const char *p, const char *end)
{
	static const char close[] = "<!-- /wp:heading -->";
	const char *at = p;

	while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
		at++;
	if ((size_t)(end - at) < strlen(close) || memcmp(at, close, strlen(close)) != 0)
		return p;
	at += strlen(close);
	return f->place->form == EMBED_MARKDOWN && !blank_follows(at, end) ? p : at;
}

/* Behind the line that p stands in; in HTML p itself when the line goes on. */
static const char *behind_line(const struct finding *f, const char *p, const char *end)
{
	const char *at = p;

	if (f->place->form == EMBED_MARKDOWN) {
		at = memchr(p, '\n', (size_t)(end - p));
		return at ? at + 1 : end;
	}
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
		at++;
	return at < end && *at == '\n' ? at + 1 : p;
}

static void insert(const struct finding *f, struct str *out, const char *file, size_t len,
		   const char *fragment)
{
	const char *end = file + len;
	const char *heading = f->behind ? f->behind : end; /* there is one, or nobody inserts */
	const char *from = behind_line(f, behind_block(f, heading, end), end);
	struct str pair = STR_INIT;

	str_addf(&pair, "%s\n%s<!-- archive:begin %s -->\n", from[-1] == '\n' ? "" : "\n",
		 f->blocks ? "<!-- wp:html -->\n" : "", f->place->name);
	str_add(&pair, fragment);
	str_addf(&pair, "<!-- archive:end %s -->\n%s%s", f->place->name,
		 f->blocks ? "<!-- /wp:html -->\n" : "", blank_follows(from, end) ? "" : "\n");
	str_add_n(out, file, (size_t)(from - file));
	add_lines(f, out, pair.buf);
	str_add_n(out, from, (size_t)(end - from));
	str_release(&pair);
}

bool embed_put(struct str *out, const struct str *file, const struct embed_place *place,
	       const char *fragment, struct err *err)
{
	struct finding f = {
		.place = place,
		.headings = { .markdown = place->form == EMBED_MARKDOWN, .text = STR_INIT },
		.wanted = STR_INIT,
		.folded = STR_INIT,
		.names = STR_INIT,
		.newline = "\n",
		.blocks = place->blocks,
	};
	bool ok = false;

	str_clear(out);
	if (memchr(file->buf, '\0', file->len)) {
		err_set(err, ERR_USAGE, "this is no text: it holds zero bytes");
		goto out;
	}
	if (place->under)
		heading_fold(&f.wanted, place->under, strlen(place->under));
	if (!look_through(&f, file->buf, file->len, err) || !is_placed(&f, err))
		goto out;
	if (f.begin.number != 0)
		replace(&f, out, file->buf, file->len, fragment);
	else
		insert(&f, out, file->buf, file->len, fragment);
	ok = true;
out:
	str_release(&f.headings.text);
	str_release(&f.wanted);
	str_release(&f.folded);
	str_release(&f.names);
	return ok;
}
