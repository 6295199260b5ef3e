#include "archive/cli/edit-load.h"

#include <string.h>

#include "archive/base/io.h"
#include "archive/cli/add-report.h"
#include "archive/cli/allowance.h"
#include "archive/cli/edit-thread.h"
#include "archive/cli/look.h"
#include "archive/cli/print.h"
#include "archive/curate/change.h"
#include "archive/store/forget.h"

#define READ_BYTES   65536
#define LONGEST_NAME 200 /* columns */

struct loading {
	struct cli *cli;
	const struct edit_load_options *options;
	struct arena arena;
	struct str bytes;
	struct thread thread; /* as it is; id 0 = not there yet */
	struct sheet base, text;
	const char **missing; /* names */
	size_t missing_count;
	struct thread_sheet_result result;
};

/* ---- the file ---- */

static bool read_stdin(struct str *out, struct err *err)
{
	char buffer[READ_BYTES];
	size_t len;

	while ((len = fread(buffer, 1, sizeof(buffer), stdin)) > 0) {
		str_add_n(out, buffer, len);
		if (out->len > SHEET_MAX_BYTES)
			return err_set(err, ERR_MALFORMED,
				       "standard input: more than %d MB are no thread",
				       SHEET_MAX_BYTES >> 20);
	}
	return !ferror(stdin) || err_set(err, ERR_IO, "standard input cannot be read");
}

static bool mistaken(const struct loading *l, const struct sheet_mistake *mistake, struct err *err)
{
	bool piped = str_same(l->options->path, "-");

	return err_set(err, ERR_MALFORMED, "%s, line %zu: %s",
		       piped ? "standard input" : l->options->path, mistake->line,
		       mistake->why.msg);
}

static bool read_sheet(struct loading *l, const struct thread *usual, struct err *err)
{
	struct sheet_mistake mistake = { 0 };

	return sheet_read(&l->arena, l->bytes.buf, l->bytes.len, usual, &l->text, &mistake) ||
	       mistaken(l, &mistake, err);
}

static bool check_slug(const struct loading *l, struct err *err)
{
	struct str slug = STR_INIT;
	bool ok = true;

	if (l->options->slug)
		ok = slug_fold(&slug, l->options->slug, err) &&
		     (str_same(slug.buf, l->text.thread.slug) ||
		      err_set(err, ERR_USAGE, "the file is the thread %s, not %s",
			      l->text.thread.slug, slug.buf));
	str_release(&slug);
	return ok;
}

/* What is there of the thread that the file names; then the file again, with what is usual there.
 */
static bool find_thread(struct loading *l, struct err *err)
{
	const struct thread usual = { .lang = l->cli->lang, .zone = l->cli->zone };
	struct err why = { 0 };

	if (!read_sheet(l, &usual, err) || !check_slug(l, err) ||
	    !cli_open_store(l->cli, STORE_WRITE, err))
		return false;
	if (thread_load(l->cli->store, l->text.thread.slug, &l->arena, &l->thread, &why))
		return thread_sheet_read(l->cli->store, &l->thread, &l->arena, &l->base, err) &&
		       read_sheet(l, &l->base.thread, err);
	l->thread = (struct thread){ 0 };
	l->base.thread = l->text.thread;
	if (why.code == ERR_NOT_FOUND)
		return true;
	*err = why;
	return false;
}

/* ---- its posts ---- */

static bool find_posts(struct loading *l, struct err *err)
{
	struct sheet_mistake mistake = { 0 };

	if (!thread_sheet_find(l->cli->store, &l->arena, &l->base, &l->text, &mistake, err))
		return err->code != ERR_NONE ? false : mistaken(l, &mistake, err);
	l->missing = arena_array(&l->arena, l->text.count, sizeof(*l->missing));
	l->missing_count = 0;
	for (size_t i = 0; i < l->text.count; i++)
		if (l->text.lines[i].name && !l->text.lines[i].post)
			l->missing[l->missing_count++] = l->text.lines[i].name;
	return sheet_check_posts(&l->arena, &l->text, &mistake) || mistaken(l, &mistake, err);
}

/* The rows are the missing ones in their order. A post may answer to an address that does not tell
 * its uri: by its short id it is found in any case. */
static bool take_fetched(struct loading *l, const struct add_result *result, struct err *err)
{
	size_t row = 0;

	for (size_t i = 0; i < l->text.count && row < result->count; i++) {
		struct sheet_line *line = &l->text.lines[i];
		const struct add_row *fetched = &result->rows[row];

		if (!line->name || line->post)
			continue;
		row++;
		if (fetched->state <= ADD_KNOWN &&
		    !store_find_post(l->cli->store, fetched->short_id, &line->post, err))
			return false;
	}
	return true;
}

static bool run_add(struct loading *l, struct look *look, struct add *add, struct err *err)
{
	const struct price price = allowance_price(l->cli);
	struct add_result result;
	struct str what = STR_INIT;
	size_t paid = add_paid(add);
	int64_t budget = 0;
	bool ok;

	print_count(&what, (int64_t)paid, "post", "posts");
	if (paid > 0)
		budget = look_settle(look, l->options->budget, what.buf,
				     price_at_worst(&price, paid));
	str_release(&what);
	ok = add_run(add, budget, &result, err);
	look_end(look);
	ok = ok && take_fetched(l, &result, err);
	if (ok && !l->cli->json)
		add_report(l->cli, &result, false);
	return ok;
}

/* As archive add does it. */
static bool fetch(struct loading *l, struct err *err)
{
	struct look look = { 0 };
	const struct add_options options = {
		.source = look_source,
		.watch = look_watch,
		.owner = &look,
		.judge = store_judge,
		.judge_owner = l->cli->store,
		.price = allowance_price(l->cli),
	};
	struct add *add = NULL;
	bool ok = false;

	if (!look_open(&look, l->cli, NULL, 0, err))
		goto out;
	add = add_new(l->cli->store, look.loop, &options, l->missing, l->missing_count, err);
	ok = add && run_add(l, &look, add, err);
out:
	add_free(add);
	look_release(&look);
	return ok;
}

/* ---- what came of it ---- */

static void report_json(const struct loading *l, bool created)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "slug", l->text.thread.slug);
	jwrite_bool(&w, "created", created);
	jwrite_int(&w, "changed", (int64_t)l->result.changed);
	jwrite_int(&w, "step", l->result.step);
	jwrite_texts(&w, "missing", l->missing, l->missing_count);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

static void report(const struct loading *l, bool created)
{
	struct str line = STR_INIT;

	str_addf(&line, "%s%s", l->text.thread.slug, created ? " is made" : "");
	str_add(&line, created && l->result.changed == 0 ? ", with nothing in it" : ": ");
	if (!created || l->result.changed > 0)
		edit_say_result(&line, &l->result);
	if (!l->cli->quiet)
		puts(line.buf);
	str_clear(&line);
	for (size_t i = 0; i < l->missing_count; i++) {
		fputs("missing: ", stderr);
		print_safe(stderr, l->missing[i], LONGEST_NAME);
		fputc('\n', stderr);
	}
	if (l->missing_count > 0) {
		print_count(&line, (int64_t)l->missing_count, "post is", "posts are");
		fprintf(stderr,
			"%s not in the store, and not in the thread; the file still names "
			"them%s\n",
			line.buf, l->options->fetch ? "" : ": --fetch looks for them");
	}
	str_release(&line);
}

int edit_load(struct cli *cli, const struct edit_load_options *options, struct err *err)
{
	struct loading l = { .cli = cli, .options = options, .bytes = STR_INIT };
	const struct thread_sheet_way way = { .step = "load" };
	int status = CLI_FAILED;
	bool created;

	if (!(str_same(options->path, "-")
		      ? read_stdin(&l.bytes, err)
		      : io_read_file(options->path, SHEET_MAX_BYTES, &l.bytes, err)) ||
	    !find_thread(&l, err) || !find_posts(&l, err))
		goto out;
	if (options->fetch && l.missing_count > 0 && (!fetch(&l, err) || !find_posts(&l, err)))
		goto out;
	sheet_leave_missing(&l.text);
	created = l.thread.id == 0;
	if (!thread_sheet_apply(cli->store, l.thread.id, &l.arena, created ? NULL : &l.base,
				&l.text, &way, &l.result, err))
		goto out;
	status = l.missing_count > 0 ? CLI_PART : CLI_DONE;
	if (cli->json)
		report_json(&l, created);
	else
		report(&l, created);
out:
	str_release(&l.bytes);
	arena_release(&l.arena);
	return status;
}
