#include "archive/cli/recheck-report.h"

#include "archive/cli/print.h"

#define MICROS	     1000000.0
#define LONGEST_LINE 5000 /* columns */

struct words {
	const char *json, *text;
};

static const struct words changes[] = {
	[RECHECK_SAME] = { "same", "as it was" },
	[RECHECK_EDITED] = { "edited", "edited" },
	[RECHECK_GONE] = { "gone", "gone" },
	[RECHECK_HIDDEN] = { "not_public", "not public any more" },
	[RECHECK_OPTED_OUT] = { "opted_out", "asked not to be archived" },
	[RECHECK_BACK] = { "back", "there again" },
	[RECHECK_UNTOLD] = { "untold", "left as it is" },
};

static void print_line(struct str *line)
{
	print_safe(stdout, line->buf, LONGEST_LINE);
	putchar('\n');
	str_clear(line);
}

static size_t count_of(const struct recheck_result *result, enum recheck_change change)
{
	size_t count = 0;

	for (size_t i = 0; i < result->count; i++)
		count += result->rows[i].change == change;
	return count;
}

/* Of those that were left, each reason once, with how many it holds for. */
static void print_left(const struct recheck_result *result, size_t first, struct str *line)
{
	const char *why = result->rows[first].why;
	size_t count = 0;

	for (size_t i = 0; i < result->count; i++) {
		const struct recheck_row *row = &result->rows[i];

		if (row->change != RECHECK_UNTOLD || !str_same(row->why, why))
			continue;
		if (i < first)
			return;
		count++;
	}
	print_count(line, (int64_t)count, "post", "posts");
	str_addf(line, " left as %s: %s", count == 1 ? "it is" : "they are",
		 why ? why : "nothing was told of it");
	print_line(line);
}

static void print_rows(const struct recheck_result *result, struct str *line)
{
	for (size_t i = 0; i < result->count; i++) {
		const struct recheck_row *row = &result->rows[i];

		if (row->change == RECHECK_SAME || row->change == RECHECK_UNTOLD)
			continue;
		str_addf(line, "%-8s  %s: %s", row->short_id, row->url ? row->url : "",
			 changes[row->change].text);
		print_line(line);
	}
	for (size_t i = 0; i < result->count; i++)
		if (result->rows[i].change == RECHECK_UNTOLD)
			print_left(result, i, line);
}

static void print_sum(const struct recheck_result *result, struct str *line)
{
	print_count(line, (int64_t)result->count, "post looked up", "posts looked up");
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		size_t count = count_of(result, (enum recheck_change)i);

		if (count > 0)
			str_addf(line, ", %zu %s", count, changes[i].text);
	}
	if (result->spent > 0)
		str_addf(line, "; read on X for %.3f USD", (double)result->spent / MICROS);
	print_line(line);
}

void recheck_report(const struct cli *cli, const struct recheck_result *result)
{
	struct str line = STR_INIT;

	print_rows(result, &line);
	if (!cli->quiet)
		print_sum(result, &line);
	for (size_t i = 0; i < result->target_count; i++) {
		str_addf(&line, "to be exported anew: %s (%s)", result->targets[i].path,
			 result->targets[i].slug);
		print_line(&line);
	}
	str_release(&line);
}

static void write_row(struct jwrite *w, const struct recheck_row *row)
{
	jwrite_open_object(w, NULL);
	jwrite_text(w, "id", row->short_id);
	jwrite_text(w, "url", row->url);
	jwrite_text(w, "change", changes[row->change].json);
	jwrite_text(w, "why", row->why);
	jwrite_close_object(w);
}

void recheck_report_json(const char *slug, const struct recheck_result *result)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "thread", slug);
	jwrite_open_array(&w, "posts");
	for (size_t i = 0; i < result->count; i++)
		write_row(&w, &result->rows[i]);
	jwrite_close_array(&w);
	jwrite_open_array(&w, "export_anew");
	for (size_t i = 0; i < result->target_count; i++)
		jwrite_text(&w, NULL, result->targets[i].path);
	jwrite_close_array(&w);
	jwrite_int(&w, "spent_micro_usd", result->spent);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}
