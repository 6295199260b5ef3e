#include <stdio.h>
#include <unistd.h>

#include "archive/base/clock.h"
#include "archive/base/io.h"
#include "archive/base/zone.h"
#include "archive/cli/section-slides.h"
#include "archive/cli/sections-report.h"
#include "archive/cli/thread-words.h"
#include "archive/store/threads.h"
#include "archive/store/view.h"

#define WHICH_TIMETABLE                                                                   \
	"which timetable? A thread's name, then a file (- is a pipe) with lines such as " \
	"19:00 title / speaker"

struct sections_words {
	const char *slug, *file; /* NULL allowed, both */
	int64_t lag;		 /* -1 = the thread's */
	bool dry_run, slides, best;
};

struct sections_run {
	struct cli *cli;
	struct sections_words words;
	struct arena arena;
	struct thread thread;
	const char *zone;
	struct timetable timetable;
	struct sections plan;
	struct item *after;
	size_t after_count;
	int64_t step;
	struct slide_offers offers;
};

/* ---- words ---- */

static bool read_words(const struct thread_words *typed, struct sections_words *out,
		       struct err *err)
{
	const struct arg_list *operands = &typed->operands; /* the subcommand first */
	const char *first = operands->count > 1 ? operands->items[1] : NULL;
	const char *second = operands->count > 2 ? operands->items[2] : NULL;

	*out = (struct sections_words){
		.slug = second || typed->slides ? first : NULL,
		.file = second || typed->slides ? second : first,
		.lag = -1,
		.dry_run = typed->dry_run,
		.slides = typed->slides,
		.best = typed->yes,
	};
	if (!out->file && !out->slides)
		return err_set(err, ERR_USAGE, WHICH_TIMETABLE);
	if (typed->yes && !typed->slides)
		return err_set(err, ERR_USAGE, "--yes is for --slides: say both");
	if (typed->lag && !out->file)
		return err_set(err, ERR_USAGE, "--lag is for a timetable: name its file");
	return thread_read_lag(typed->lag, &out->lag, err);
}

/* ---- the timetable ---- */

static bool read_pipe(struct str *out, struct err *err)
{
	char part[8192];
	size_t len;

	while (out->len <= TIMETABLE_MAX_BYTES && (len = fread(part, 1, sizeof(part), stdin)) > 0)
		str_add_n(out, part, len);
	return !ferror(stdin) || err_set(err, ERR_IO, "the pipe could not be read");
}

static int64_t first_post(const struct item *items, size_t count)
{
	int64_t first = 0;

	for (size_t i = 0; i < count; i++)
		if (items[i].post && (!first || items[i].post->created < first))
			first = items[i].post->created;
	return first;
}

static int64_t last_post(const struct item *items, size_t count)
{
	int64_t last = 0;

	for (size_t i = 0; i < count; i++)
		if (items[i].post && items[i].post->created > last)
			last = items[i].post->created;
	return last;
}

/* The window's, else the chosen posts', else the candidates', else today. */
static bool find_days(struct sections_run *run, const struct item *items, size_t count,
		      struct timetable_days *days, struct err *err)
{
	int64_t first = first_post(items, count), last = last_post(items, count);

	if (!first && !view_range(run->cli->store, &run->thread, &first, &last, err))
		return false;
	if (run->thread.since)
		first = run->thread.since;
	if (run->thread.until)
		last = run->thread.until - 1;
	if (!first)
		first = last ? last : clock_now();
	*days = (struct timetable_days){ run->zone, first, last > first ? last : first };
	return true;
}

static bool read_timetable(struct sections_run *run, const struct item *items, size_t count,
			   struct err *err)
{
	const char *file = run->words.file;
	const bool pipe = str_same(file, "-");
	struct timetable_days days;
	struct str bytes = STR_INIT;
	bool ok;

	ok = pipe ? read_pipe(&bytes, err) : io_read_file(file, TIMETABLE_MAX_BYTES, &bytes, err);
	if (ok && find_days(run, items, count, &days, err)) {
		ok = timetable_read(&run->timetable, bytes.buf, bytes.len, &days, err) ||
		     err_wrap(err, "%s", pipe ? "the pipe" : file);
	} else {
		ok = false;
	}
	str_release(&bytes);
	return ok;
}

/* ---- cutting ---- */

static bool plan_and_do(struct sections_run *run, struct err *err)
{
	struct store *store = run->cli->store;
	struct op_report report = { 0 };
	struct item *items;
	size_t count;

	if (!thread_outline(store, run->thread.id, &run->arena, &items, &count, err) ||
	    !read_timetable(run, items, count, err))
		return false;
	if (run->words.lag < 0)
		run->words.lag = run->thread.lag;
	sections_plan(&run->plan, &run->arena, &run->thread, items, count, run->timetable.talks,
		      run->timetable.count, run->words.lag);
	if (!run->words.dry_run && run->plan.op_count > 0 &&
	    !store_do(store, run->thread.id, "sections", run->plan.ops, run->plan.op_count, &report,
		      err))
		return false;
	run->step = report.step;
	return thread_outline(store, run->thread.id, &run->arena, &run->after, &run->after_count,
			      err);
}

/* Looking and doing are one transaction: nobody changes the thread between them. */
static bool cut(struct sections_run *run, struct err *err)
{
	struct store *store = run->cli->store;

	if (run->words.dry_run)
		return plan_and_do(run, err);
	if (!store_begin(store, err))
		return false;
	if (plan_and_do(run, err) && store_commit(store, err))
		return true;
	store_rollback(store);
	return false;
}

/* ---- what is said ---- */

static struct sections_report report_of(const struct sections_run *run)
{
	return (struct sections_report){
		.thread = &run->thread,
		.zone = run->zone,
		.timetable = &run->timetable,
		.lag = run->words.lag,
		.plan = &run->plan,
		.after = run->after,
		.after_count = run->after_count,
		.dry_run = run->words.dry_run,
		.step = run->step,
	};
}

static void print_json(const struct sections_run *run)
{
	const struct sections_report report = report_of(run);
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "slug", run->thread.slug);
	if (run->words.file)
		sections_report_json(&w, &report);
	if (run->words.slides)
		slide_offers_json(&w, &run->offers);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

/* A single word is a file: a thread's name alone has none. */
static bool is_no_thread(struct sections_run *run, struct err *err)
{
	const struct sections_words *words = &run->words;
	struct thread thread;
	struct err ignored = { 0 };

	if (words->slug || !words->file || access(words->file, F_OK) == 0 ||
	    !thread_load(run->cli->store, words->file, &run->arena, &thread, &ignored))
		return true;
	return err_set(err, ERR_USAGE, WHICH_TIMETABLE);
}

static bool run_all(struct sections_run *run, struct err *err)
{
	const struct sections_words *words = &run->words;
	struct cli *cli = run->cli;
	struct sections_report report;

	if (!cli_open_store(cli, words->dry_run ? STORE_READ : STORE_WRITE, err) ||
	    !is_no_thread(run, err) ||
	    !thread_load(cli->store, words->slug, &run->arena, &run->thread, err))
		return false;
	run->zone = zone_known(run->thread.zone) ? run->thread.zone : cli->zone;
	if (words->file) {
		if (!cut(run, err))
			return false;
		report = report_of(run);
		if (!cli->json)
			sections_report_print(cli, &report);
	}
	if (!words->slides)
		return true;
	if (!slide_offers_find(cli, &run->thread, &run->offers, err))
		return false;
	slide_offers_choose(cli, &run->offers, words->best && !words->dry_run);
	return words->dry_run || slide_offers_set(cli, &run->thread, &run->offers, err);
}

bool thread_sections(struct thread_job *job, struct err *err)
{
	struct sections_run run = { .cli = job->cli };
	bool ok = read_words(job->words, &run.words, err) && run_all(&run, err);

	if (ok && job->cli->json)
		print_json(&run);
	slide_offers_release(&run.offers);
	timetable_release(&run.timetable);
	arena_release(&run.arena);
	return ok;
}
