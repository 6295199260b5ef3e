#include "archive/cli/spent-report.h"

#include "archive/cli/print.h"
#include "archive/collect/price.h"
#include "archive/store/spent.h"

static struct spent_row sum_of(const struct spent_row *rows, size_t count)
{
	struct spent_row sum = { 0 };

	for (size_t i = 0; i < count; i++) {
		sum.posts += rows[i].posts;
		sum.authors += rows[i].authors;
		sum.micros += rows[i].micros;
	}
	return sum;
}

static void print_row(const struct spent_row *row, const char *begin)
{
	struct str line = STR_INIT;

	str_addf(&line, "%s: ", begin);
	print_count(&line, row->posts, "post", "posts");
	str_add(&line, " and ");
	print_count(&line, row->authors, "author", "authors");
	str_add(&line, ", ");
	price_add(&line, row->micros);
	str_add(&line, " USD");
	print_safe(stdout, line.buf, 1000);
	putchar('\n');
	str_release(&line);
}

static void print_text(const struct spent_row *rows, size_t count)
{
	const struct spent_row sum = sum_of(rows, count);
	struct str begin = STR_INIT;
	char day[PRINT_TIME_SIZE];

	for (size_t i = 0; i < count; i++) {
		print_time("UTC", rows[i].day, day);
		str_clear(&begin);
		str_addf(&begin, "%.10s %s", day, rows[i].source);
		print_row(&rows[i], begin.buf);
	}
	if (count > 0)
		print_row(&sum, "in all");
	else
		puts("nothing was spent");
	str_release(&begin);
}

static void row_json(struct jwrite *w, const struct spent_row *row)
{
	jwrite_int(w, "posts", row->posts);
	jwrite_int(w, "authors", row->authors);
	jwrite_int(w, "spent_micro_usd", row->micros);
}

static void print_json(const struct spent_row *rows, size_t count)
{
	const struct spent_row sum = sum_of(rows, count);
	struct str out = STR_INIT;
	char day[PRINT_TIME_SIZE];
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	row_json(&w, &sum);
	jwrite_open_array(&w, "days");
	for (size_t i = 0; i < count; i++) {
		print_time("UTC", rows[i].day, day);
		day[10] = '\0';
		jwrite_open_object(&w, NULL);
		jwrite_text(&w, "day", day);
		jwrite_text(&w, "source", rows[i].source);
		row_json(&w, &rows[i]);
		jwrite_close_object(&w);
	}
	jwrite_close_array(&w);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

bool spent_report(const struct cli *cli, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct spent_row *rows = NULL;
	size_t count = 0;
	bool ok = store_spent(cli->store, &arena, &rows, &count, err);

	if (ok && cli->json)
		print_json(rows, count);
	else if (ok)
		print_text(rows, count);
	arena_release(&arena);
	return ok;
}
