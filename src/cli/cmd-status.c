#include "archive/cli/args.h"
#include "archive/cli/check-report.h"
#include "archive/cli/coverage.h"
#include "archive/cli/print.h"
#include "archive/cli/spent-report.h"
#include "archive/cli/status-files.h"
#include "archive/store/ledger.h"

#define MOST_TAGS 20

/* Everything that a status shows, read at once. */
struct status {
	int64_t since, until; /* of its picture */
	struct arena arena;
	struct store_totals totals;
	struct store_row *posts;
	size_t post_count;
	struct ledger_row *ledger;
	size_t ledger_count;
	struct file_row *files;
	size_t file_count;
};

static bool read_status(struct store *store, struct status *status, struct err *err)
{
	return store_status_totals(store, &status->totals, err) &&
	       store_status_posts(store, &status->arena, &status->posts, &status->post_count,
				  err) &&
	       store_status_ledger(store, &status->arena, &status->ledger, &status->ledger_count,
				   err) &&
	       store_files(store, &status->arena, &status->files, &status->file_count, err);
}

static void print_posts(const struct cli *cli, const struct store_row *row)
{
	struct str line = STR_INIT;

	str_addf(&line, "  %s%s, %s: ", row->tag ? "#" : "",
		 row->tag ? row->tag : "without hashtag", network_label(row->network));
	print_count(&line, row->posts, "post", "posts");
	str_add(&line, " by ");
	print_count(&line, row->authors, "person, ", "people, ");
	print_range(&line, cli->zone, row->oldest, row->newest);
	print_safe(stdout, line.buf, 1000);
	putchar('\n');
	str_release(&line);
}

/* People write many hashtags; those with the most posts come first. */
static void print_tags(const struct cli *cli, const struct status *status)
{
	size_t shown = cli->verbose || status->post_count <= MOST_TAGS ? status->post_count
								       : MOST_TAGS;

	for (size_t i = 0; i < shown; i++)
		print_posts(cli, &status->posts[i]);
	if (shown < status->post_count)
		printf("  and %zu more hashtags: --verbose lists them\n",
		       status->post_count - shown);
}

static void add_coverage(struct str *line, const struct cli *cli, const struct ledger_row *row)
{
	char when[PRINT_TIME_SIZE];

	print_time(cli->zone, row->missing_to, when);
	if (row->span_count == 0) {
		str_add(line, "nothing read");
	} else if (row->whole) {
		str_add(line, "nothing is missing");
	} else if (row->missing_from) {
		str_add(line, "not read: ");
		print_range(line, cli->zone, row->missing_from, row->missing_to);
	} else if (row->missing_to) {
		str_addf(line, "what is older than %s was not read", when);
	} else {
		str_add(line, "older posts were not read");
	}
}

static void print_ledger(const struct cli *cli, const struct ledger_row *row)
{
	char when[PRINT_TIME_SIZE];
	struct str line = STR_INIT;

	print_time(cli->zone, row->last.ended ? row->last.ended : row->last.started, when);
	str_addf(&line, "  #%s from %s, last asked %s: ", row->tag, row->source, when);
	add_coverage(&line, cli, row);
	if (row->last.why)
		str_addf(&line, " (%s)", row->last.why);
	print_safe(stdout, line.buf, 2000);
	putchar('\n');
	str_release(&line);
}

static bool print_text(const struct cli *cli, const struct status *status, struct err *err)
{
	const struct coverage coverage = {
		.rows = status->ledger,
		.count = status->ledger_count,
		.since = status->since,
		.until = status->until,
	};
	const struct store_totals *totals = &status->totals;
	struct str line = STR_INIT;

	print_count(&line, totals->posts, "post, ", "posts, ");
	print_count(&line, totals->authors, "author, ", "authors, ");
	print_count(&line, totals->answers, "answer kept, ", "answers kept, ");
	print_count(&line, totals->threads, "thread, ", "threads, ");
	str_addf(&line, "%.1f MB in %s", (double)totals->bytes / 1e6, store_path(cli->store));
	print_safe(stdout, line.buf, 2000);
	putchar('\n');
	if (totals->optouts > 0)
		printf("%lld %s by people who asked not to be archived: only the address is kept\n",
		       (long long)totals->optouts, totals->optouts == 1 ? "post" : "posts");
	str_release(&line);
	print_tags(cli, status);
	if (!coverage_print(cli, &coverage, err))
		return false;
	for (size_t i = 0; i < status->ledger_count; i++)
		print_ledger(cli, &status->ledger[i]);
	status_files_text(cli, status->files, status->file_count);
	return true;
}

static void posts_json(struct jwrite *w, const struct store_row *row)
{
	jwrite_open_object(w, NULL);
	jwrite_text(w, "network", network_name(row->network));
	jwrite_text(w, "tag", row->tag);
	jwrite_int(w, "posts", row->posts);
	jwrite_int(w, "authors", row->authors);
	jwrite_time(w, "oldest", row->oldest);
	jwrite_time(w, "newest", row->newest);
	jwrite_close_object(w);
}

static void span_json(struct jwrite *w, const struct span *span)
{
	jwrite_open_object(w, NULL);
	jwrite_time(w, "newest", span->top_time);
	jwrite_time(w, "oldest", span->bottom_time);
	jwrite_bool(w, "closed", span->closed);
	jwrite_time(w, "floor", span->floor);
	jwrite_time(w, "read", span->updated);
	jwrite_close_object(w);
}

static void ledger_json(struct jwrite *w, const struct ledger_row *row)
{
	jwrite_open_object(w, NULL);
	jwrite_text(w, "source", row->source);
	jwrite_text(w, "signed_in", row->auth);
	jwrite_text(w, "tag", row->tag);
	jwrite_time(w, "asked", row->last.started);
	jwrite_text(w, "why", row->last.why);
	jwrite_bool(w, "whole", row->whole);
	jwrite_time(w, "oldest", row->oldest);
	jwrite_time(w, "newest", row->newest);
	jwrite_time(w, "missing_from", row->missing_from);
	jwrite_time(w, "missing_to", row->missing_to);
	jwrite_open_array(w, "spans");
	for (size_t i = 0; i < row->span_count; i++)
		span_json(w, &row->spans[i]);
	jwrite_close_array(w);
	jwrite_close_object(w);
}

static void print_json(const struct cli *cli, const struct status *status)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "store", store_path(cli->store));
	jwrite_int(&w, "posts", status->totals.posts);
	jwrite_int(&w, "opted_out", status->totals.optouts);
	jwrite_int(&w, "authors", status->totals.authors);
	jwrite_int(&w, "answers", status->totals.answers);
	jwrite_int(&w, "threads", status->totals.threads);
	jwrite_int(&w, "bytes", status->totals.bytes);
	jwrite_open_array(&w, "by_network_and_tag");
	for (size_t i = 0; i < status->post_count; i++)
		posts_json(&w, &status->posts[i]);
	jwrite_close_array(&w);
	jwrite_open_array(&w, "ledger");
	for (size_t i = 0; i < status->ledger_count; i++)
		ledger_json(&w, &status->ledger[i]);
	jwrite_close_array(&w);
	status_files_json(&w, status->files, status->file_count);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

static int run(struct cli *cli, const char *since, const char *until, struct err *err)
{
	struct status status = { .arena = ARENA_INIT };
	int result = CLI_FAILED;

	if (!args_window(since, until, cli->zone, &status.since, &status.until, err) ||
	    !cli_open_store(cli, STORE_READ, err) || !read_status(cli->store, &status, err))
		goto out;
	if (cli->json)
		print_json(cli, &status);
	else if (!print_text(cli, &status, err))
		goto out;
	result = CLI_DONE;
out:
	arena_release(&status.arena);
	return result;
}

static int run_spent(struct cli *cli, struct err *err)
{
	return cli_open_store(cli, STORE_READ, err) && spent_report(cli, err) ? CLI_DONE
									      : CLI_FAILED;
}

int cmd_status(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct arg_list operands = { 0 };
	const char *since = NULL;
	const char *until = NULL;
	bool spent = false;
	bool check = false;
	const struct arg table[] = {
		{ "since", 0, ARG_TEXT, &since },
		{ "until", 0, ARG_TEXT, &until },
		{ "spent", 0, ARG_FLAG, &spent },
		{ "check", 0, ARG_FLAG, &check },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (!args_parse(cli, argc, argv, table, &operands, err) ||
	    !args_at_most(cli, &operands, 0, err))
		goto out;
	if (cli->help)
		status = cli_help(cli, err);
	else if (check)
		status = check_report(cli, err);
	else
		status = spent ? run_spent(cli, err) : run(cli, since, until, err);
out:
	arg_list_release(&operands);
	return status;
}
