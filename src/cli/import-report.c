#include "archive/cli/import-report.h"

#include <string.h>
#include <unistd.h>

#include "archive/base/clock.h"
#include "archive/cli/import-leads.h"
#include "archive/cli/print.h"
#include "archive/cli/status-files.h"

#define QUIET_MS  1000
#define REDRAW_MS 200

/* ---- on the way ---- */

static void clear_line(struct import_report_sum *sum)
{
	if (sum->drawn)
		fputs("\r\033[K", stderr);
	sum->drawn = false;
	fflush(stderr);
}

static bool watch(void *owner, const struct intake_report *report, int64_t done, int64_t size)
{
	struct import_report_sum *sum = owner;
	int64_t now = clock_steady();
	struct str line = STR_INIT;

	if (!sum->shown || now - sum->started < QUIET_MS || now - sum->last < REDRAW_MS)
		return watch_tell(&sum->task.watch, NULL, done, size);
	sum->last = now;
	sum->drawn = true;
	if (size > 0)
		str_addf(&line, "%3d %%  ", (int)(done >= size ? 100 : done * 100 / size));
	print_count(&line, (int64_t)(report->put.fresh + report->put.known), "post", "posts");
	if (report->pictures.kept > 0) {
		str_add(&line, ", ");
		print_count(&line, (int64_t)report->pictures.kept, "picture", "pictures");
	}
	str_add(&line, " so far");
	fputs("\r\033[K", stderr);
	print_safe(stderr, line.buf, cli_columns(STDERR_FILENO) - 1);
	fflush(stderr);
	str_release(&line);
	return watch_tell(&sum->task.watch, NULL, done, size);
}

void import_report_begin(struct import_report_sum *sum, const struct cli *cli,
			 struct intake_order *order, size_t files)
{
	*sum = (struct import_report_sum){
		.cli = cli,
		.order = order,
		.files = files,
		.shown = !cli->quiet && isatty(STDERR_FILENO) && !clock_is_frozen(),
		.started = clock_steady(),
	};
	task_begin(&sum->task, cli);
	sum->task.shown = false; /* the line says how many posts there are */
	order->watch = watch;
	order->watcher = sum;
}

/* ---- what came out ---- */

static size_t unreadable(const struct import_report *read)
{
	size_t count = read->malformed + read->unknown;

	return count == 0 && read->bad_place[0] ? 1 : count;
}

/* Where it began, and what is wrong there if that is known. */
static void add_place(struct str *line, const char *place, bool counted)
{
	const char *why = strstr(place, ": ");
	int len = why ? (int)(why - place) : (int)strlen(place);

	if (counted)
		str_addf(line, " (from %.*s on%s)", len, place, why ? why : "");
	else
		str_addf(line, "; broken off at %s", place);
}

static void add_left_out(struct str *line, const struct intake_report *report)
{
	const struct import_report *read = &report->read;
	size_t bad = read->malformed + read->unknown;

	if (read->dropped > 0)
		str_addf(line, "; %zu not public, left out", read->dropped);
	if (read->reposts > 0)
		str_addf(line, "; %zu %s of other people's posts, left out", read->reposts,
			 read->reposts == 1 ? "repost" : "reposts");
	if (read->unwanted > 0)
		str_addf(line, "; %zu not asked for, left out", read->unwanted);
	if (bad > 0)
		str_addf(line, "; %zu not understood, left out", bad);
	if (read->bad_place[0])
		add_place(line, read->bad_place, bad > 0);
}

static void add_pictures(struct str *line, const struct import_report_sum *sum,
			 const struct intake_pictures *pictures)
{
	if (pictures->kept > 0) {
		str_add(line, "; ");
		print_count(line, (int64_t)pictures->kept, "picture ", "pictures ");
		str_add(line, sum->order->dry_run ? "would be kept" : "kept");
	}
	if (pictures->refused == 0)
		return;
	str_add(line, "; ");
	print_count(line, (int64_t)pictures->refused, "picture", "pictures");
	str_addf(line, " not kept%s%s", pictures->refused > 1 ? ", the first: " : ": ",
		 pictures->bad);
}

static void add_found(struct str *line, const struct import_report_sum *sum,
		      const struct intake_report *report)
{
	if (sum->order->dry_run) {
		print_count(line, (int64_t)report->put.fresh, "post would be new, ",
			    "posts would be new, ");
		str_addf(line, "%zu %s there already", report->put.known,
			 report->put.known == 1 ? "is" : "are");
	} else {
		print_count(line, (int64_t)report->put.fresh, "post new, ", "posts new, ");
		str_addf(line, "%zu seen before", report->put.known);
	}
	if (report->oldest) {
		str_add(line, ", ");
		print_range(line, sum->cli->zone, report->oldest, report->newest);
	}
	/* of a page with posts the addresses are theirs, mostly */
	if (report->known_mentions > 0 && report->put.fresh + report->put.known == 0) {
		str_add(line, "; ");
		print_count(line, (int64_t)report->known_mentions,
			    "address of a post that is in the store",
			    "addresses of posts that are in the store");
	}
	add_pictures(line, sum, &report->pictures);
	add_left_out(line, report);
}

static void add_before(struct str *line, const struct import_report_sum *sum, const char *name,
		       const struct intake_report *report)
{
	char when[PRINT_TIME_SIZE];

	print_time(sum->cli->zone, report->before, when);
	str_addf(line,
		 "%s was taken in as a whole on %s: nothing to do; --again reads it once more",
		 name, when);
}

static void print_line(const struct str *line)
{
	print_safe(stdout, line->buf, 4000);
	putchar('\n');
}

static void file_text(const struct import_report_sum *sum, const char *name,
		      const struct intake_report *report)
{
	struct str line = STR_INIT;

	if (report->before) {
		add_before(&line, sum, name, report);
	} else {
		if (sum->files > 1)
			str_addf(&line, "%s, %s: ", name,
				 status_form_words(import_form_name(report->form)));
		else if (report->form != IMPORT_ANSWERS)
			str_addf(&line, "%s: ", status_form_words(import_form_name(report->form)));
		add_found(&line, sum, report);
	}
	print_line(&line);
	import_thread_text(report, sum->order->dry_run);
	str_release(&line);
}

static void file_json(const struct import_report_sum *sum, const char *name,
		      const struct intake_report *report)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "file", name);
	jwrite_text(&w, "form", import_form_name(report->form));
	jwrite_bool(&w, "dry_run", sum->order->dry_run);
	jwrite_int(&w, "new", (int64_t)report->put.fresh);
	jwrite_int(&w, "seen_before", (int64_t)report->put.known);
	jwrite_int(&w, "not_public", (int64_t)report->read.dropped);
	jwrite_int(&w, "reposts", (int64_t)report->read.reposts);
	jwrite_int(&w, "not_asked_for", (int64_t)report->read.unwanted);
	jwrite_int(&w, "unreadable", (int64_t)(report->read.malformed + report->read.unknown));
	jwrite_text(&w, "bad_place", report->read.bad_place[0] ? report->read.bad_place : NULL);
	jwrite_int(&w, "pictures", (int64_t)report->pictures.kept);
	jwrite_int(&w, "pictures_seen_before", (int64_t)report->pictures.known);
	jwrite_int(&w, "pictures_not_kept", (int64_t)report->pictures.refused);
	jwrite_text(&w, "bad_picture", report->pictures.bad[0] ? report->pictures.bad : NULL);
	jwrite_time(&w, "taken_before", report->before);
	jwrite_time(&w, "oldest", report->oldest);
	jwrite_time(&w, "newest", report->newest);
	import_thread_json(&w, report);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

static void add_up(struct intake_report *total, const struct intake_report *report)
{
	total->read.dropped += report->read.dropped;
	total->read.reposts += report->read.reposts;
	total->read.unwanted += report->read.unwanted;
	total->read.malformed += report->read.malformed;
	total->read.unknown += report->read.unknown;
	total->known_mentions += report->known_mentions;
	total->pictures.kept += report->pictures.kept;
	total->pictures.known += report->pictures.known;
	total->pictures.refused += report->pictures.refused;
	if (!total->pictures.bad[0])
		memcpy(total->pictures.bad, report->pictures.bad, sizeof(total->pictures.bad));
	total->put.fresh += report->put.fresh;
	total->put.known += report->put.known;
	if (report->oldest && (!total->oldest || report->oldest < total->oldest))
		total->oldest = report->oldest;
	if (report->newest > total->newest)
		total->newest = report->newest;
}

void import_report_file(struct import_report_sum *sum, const char *name,
			const struct intake_report *report, bool ok)
{
	bool stored = report->put.fresh + report->put.known + report->pictures.kept > 0;

	clear_line(sum);
	sum->any = sum->any || stored;
	sum->damaged = sum->damaged || unreadable(&report->read) + report->pictures.refused > 0;
	add_up(&sum->total, report);
	if (sum->cli->json)
		file_json(sum, name, report);
	else if (!sum->cli->quiet && (ok || stored))
		file_text(sum, str_same(name, "-") ? "standard input" : name, report);
	fflush(stdout);
}

void import_report_end(struct import_report_sum *sum)
{
	struct str line = STR_INIT;

	clear_line(sum);
	if (sum->files < 2 || sum->cli->json || sum->cli->quiet)
		return;
	str_add(&line, "together: ");
	add_found(&line, sum, &sum->total);
	print_line(&line);
	str_release(&line);
}
