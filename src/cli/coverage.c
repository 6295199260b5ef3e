#include "archive/cli/coverage.h"

#include <string.h>
#include <unistd.h>

#include "archive/cli/chart.h"
#include "archive/cli/evening.h"
#include "archive/cli/print.h"
#include "archive/source/source.h"
#include "archive/text/utf8.h"

#define INDENT	      2
#define GAP	      2
#define LEAST_COLUMNS 30 /* of a picture that has its name before it, not above it */
#define EARLIER_MS    (INT64_C(15) * 60000)
#define POSTS_LABEL   "posts"

struct picture {
	const struct cli *cli;
	const struct coverage *coverage;
	struct arena arena;
	const char **tags; /* each once */
	size_t tag_count;
	struct minute *minutes;
	size_t minute_count;
	struct chart chart;
	int label_width; /* 0: names stand above their pictures */
	bool seen[128];	 /* marks that occur */
};

static void collect_tags(struct picture *picture)
{
	const struct coverage *coverage = picture->coverage;

	picture->tags = arena_array(&picture->arena, coverage->count, sizeof(*picture->tags));
	for (size_t i = 0; i < coverage->count; i++) { /* rows stand by tag */
		const char *tag = coverage->rows[i].tag;

		if (i == 0 || !str_same(tag, coverage->rows[i - 1].tag))
			picture->tags[picture->tag_count++] = tag;
	}
}

/* The time of the newest post that can be believed; 0 = there is none. */
static bool find_newest(struct picture *picture, int64_t *newest, struct err *err)
{
	const struct post_filter filter = {
		.tags = picture->tags,
		.tag_count = picture->tag_count,
		.until = evening_latest(),
		.limit = 1,
		.unlisted = true,
		.gone = true,
	};
	struct post_cursor *cursor = NULL;
	struct post post;
	int rc;

	if (!store_posts(picture->cli->store, &filter, &cursor, err))
		return false;
	rc = post_cursor_next(cursor, &post, err);
	*newest = rc > 0 ? post.created : 0;
	post_cursor_free(cursor);
	return rc >= 0;
}

static bool read_minutes(struct picture *picture, int64_t from, int64_t to, struct err *err)
{
	return store_minutes(picture->cli->store, picture->tags, picture->tag_count, from, to,
			     &picture->arena, &picture->minutes, &picture->minute_count, err);
}

/* The posts that were not read are not there to be counted: so where some are missing before the
 * first ones, the evening began earlier than they say. */
static int64_t begin_earlier(const struct coverage *coverage, int64_t day, int64_t from, int64_t to)
{
	int64_t earlier = from - (to - from) / 4 - EARLIER_MS;

	for (size_t i = 0; i < coverage->count; i++) {
		const struct ledger_row *row = &coverage->rows[i];

		if (row->missing_to > day && row->missing_to <= to && row->missing_from < from)
			return earlier > day ? earlier : day;
	}
	return from;
}

/* From when to when; false in *there when there is nothing to show. */
static bool find_window(struct picture *picture, int64_t *from, int64_t *to, bool *there,
			struct err *err)
{
	const struct coverage *coverage = picture->coverage;
	int64_t newest = 0;
	int64_t day;

	*there = false;
	if (!find_newest(picture, &newest, err))
		return false;
	evening_day(picture->cli->zone, newest, from, to);
	day = *from;
	if (coverage->since)
		*from = coverage->since;
	if (coverage->until)
		*to = coverage->until;
	else if (coverage->since)
		*to = newest + 1;
	if (newest == 0 || *from >= *to)
		return true;
	if (!read_minutes(picture, *from, *to, err))
		return false;
	*there = picture->minute_count > 0 || (coverage->since && coverage->until);
	if (!coverage->until && picture->minute_count > 0)
		*to = picture->minutes[picture->minute_count - 1].time + MINUTE_MS;
	if (!coverage->since && picture->minute_count > 0)
		*from = begin_earlier(coverage, day, picture->minutes[0].time, *to);
	return true;
}

static void add_label(const struct picture *picture, const struct ledger_row *row, struct str *out)
{
	struct str name = STR_INIT;

	str_add(&name, row->source);
	if (picture->tag_count > 1)
		str_addf(&name, " #%s", row->tag);
	utf8_add_terminal(out, name.buf, 1000);
	str_release(&name);
}

static void lay_out(struct picture *picture, int64_t from, int64_t to)
{
	int columns = cli_columns(STDOUT_FILENO);
	int widest = (int)strlen(POSTS_LABEL);
	struct str label = STR_INIT;

	for (size_t i = 0; i < picture->coverage->count; i++) {
		int width;

		str_clear(&label);
		add_label(picture, &picture->coverage->rows[i], &label);
		width = utf8_columns(label.buf);
		widest = width > widest ? width : widest;
	}
	str_release(&label);
	picture->label_width = INDENT + widest + GAP + LEAST_COLUMNS <= columns ? widest + GAP : 0;
	picture->chart = chart_of(from, to - 1, columns - INDENT - picture->label_width);
}

/* The picture behind its name, or below it. */
static void print_line(const struct picture *picture, const char *label, const char *line)
{
	struct str out = STR_INIT;

	if (picture->label_width == 0 && *label) {
		str_addf(&out, "%*s", INDENT, "");
		utf8_add_terminal(&out, label, cli_columns(STDOUT_FILENO) - INDENT);
		str_add_char(&out, '\n');
	}
	str_addf(&out, "%*s", INDENT, "");
	if (picture->label_width > 0)
		str_addf(&out, "%s%*s", label, picture->label_width - utf8_columns(label), "");
	str_add(&out, line);
	while (out.len > 0 && out.buf[out.len - 1] == ' ')
		str_truncate(&out, out.len - 1);
	puts(out.buf);
	str_release(&out);
}

/* What is older than this cannot be asked for. */
static int64_t reach_of(const struct ledger_row *row, int64_t asked)
{
	struct source source = SOURCE_INIT;
	struct err ignored = { 0 };
	int64_t reach = 0;

	if (source_parse(&source, row->source, &ignored) && source.ops->reach_ms)
		reach = asked - source.ops->reach_ms;
	source_release(&source);
	return reach;
}

static int64_t last_asked(const struct ledger_row *row)
{
	int64_t asked = row->last.started;

	for (size_t i = 0; i < row->span_count; i++)
		asked = row->spans[i].updated > asked ? row->spans[i].updated : asked;
	return asked;
}

static void print_row(struct picture *picture, const struct ledger_row *row)
{
	int64_t asked = last_asked(row);
	const struct chart_source source = {
		.spans = row->spans,
		.count = row->span_count,
		.failing = row->last.outcome == RUN_FAILED,
		.reach = reach_of(row, asked),
		.asked = asked,
	};
	struct str label = STR_INIT;
	struct str line = STR_INIT;

	add_label(picture, row, &label);
	chart_coverage(&line, &picture->chart, &source);
	for (size_t i = 0; i < line.len; i++)
		picture->seen[line.buf[i] & 0x7F] = true;
	print_line(picture, label.buf, line.buf);
	str_release(&label);
	str_release(&line);
}

static void print_legend(const struct picture *picture)
{
	static const struct {
		char mark;
		const char *meaning;
	} marks[] = { { CHART_READ, "read" },
		      { CHART_PART, "read in part" },
		      { CHART_UNREAD, "not read" },
		      { CHART_REFUSED, "cannot be read" } };
	struct str line = STR_INIT;

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (picture->seen[(int)marks[i].mark])
			str_addf(&line, "%s%c %s", line.len ? "   " : "", marks[i].mark,
				 marks[i].meaning);
	print_line(picture, "", line.buf);
	str_release(&line);
}

static void print_picture(struct picture *picture)
{
	const struct chart *chart = &picture->chart;
	struct str line = STR_INIT;

	print_range(&line, picture->cli->zone, chart->from, chart->to);
	printf("%s:\n", line.buf);
	str_clear(&line);
	chart_histogram(&line, chart, picture->minutes, picture->minute_count);
	print_line(picture, POSTS_LABEL, line.buf);
	for (size_t i = 0; i < picture->coverage->count; i++)
		print_row(picture, &picture->coverage->rows[i]);
	str_clear(&line);
	chart_hours(&line, chart, picture->cli->zone);
	if (line.len > 0)
		print_line(picture, "", line.buf);
	print_legend(picture);
	str_release(&line);
}

bool coverage_print(const struct cli *cli, const struct coverage *coverage, struct err *err)
{
	struct picture picture = { .cli = cli, .coverage = coverage, .arena = ARENA_INIT };
	int64_t from = 0;
	int64_t to = 0;
	bool there = false;
	bool ok = true;

	if (coverage->count == 0)
		return true;
	collect_tags(&picture);
	ok = find_window(&picture, &from, &to, &there, err);
	if (ok && there) {
		lay_out(&picture, from, to);
		print_picture(&picture);
	}
	arena_release(&picture.arena);
	return ok;
}
