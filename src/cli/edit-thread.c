#include "archive/cli/edit-thread.h"

#include <string.h>
#include <unistd.h>

#include "archive/base/io.h"
#include "archive/cli/editor.h"
#include "archive/cli/print.h"
#include "archive/curate/change.h"
#include "archive/store/view.h"
#include "archive/text/utf8.h"

#define PAGE_ROWS	500
#define MOST_CANDIDATES 10000
#define MOST_KEPT	1000
#define MOST_TRIES	100

struct editing {
	struct cli *cli;
	struct arena arena;
	struct thread thread;
	struct sheet base;
	struct str given; /* what the editor was given, without marks */
	struct str typed; /* what came back, without marks */
	struct sheet_mistake mistake;
};

enum outcome { OUTCOME_FAILED, OUTCOME_DONE, OUTCOME_AGAIN };

/* ---- the text ---- */

/* In the editor the address is name enough. */
static void add_candidate(struct str *out, const struct row *row, const char *zone)
{
	const struct post post = {
		.network = row->network,
		.uri = row->url,
		.url = row->url,
		.created = row->time,
		.author = { .name = row->name, .handle = row->handle },
		.text = row->text,
	};

	if (row->url)
		sheet_add_candidate(out, &post, zone);
}

static bool add_candidates(struct editing *e, struct err *err)
{
	const struct view_filter filter = { .network = -1, .undecided = true };
	struct view_span span = { .limit = PAGE_ROWS };
	struct arena arena = ARENA_INIT;
	struct view_page page = { 0 };
	size_t count = 0;
	bool ok = true;

	while (ok && !page.end && count < MOST_CANDIDATES) {
		arena_clear(&arena);
		ok = view_candidates(e->cli->store, &e->thread, &filter, &span, &arena, &page, err);
		if (ok && page.count > 0 && count == 0)
			sheet_add_undecided(&e->given);
		for (size_t i = 0; ok && i < page.count; i++)
			add_candidate(&e->given, &page.rows[i], e->base.thread.zone);
		count += page.count;
		span.from = page.reached;
	}
	if (ok && !page.end)
		str_addf(&e->given, "# and more: only the first %zu are shown\n", count);
	arena_release(&arena);
	return ok;
}

static bool begin(struct editing *e, const char *slug, struct err *err)
{
	if (!thread_load(e->cli->store, slug, &e->arena, &e->thread, err) ||
	    !thread_sheet_read(e->cli->store, &e->thread, &e->arena, &e->base, err))
		return false;
	sheet_write(&e->given, &e->base);
	return add_candidates(e, err);
}

/* ---- keeping what was typed ---- */

static bool keep(struct editing *e, struct str *path, struct err *err)
{
	size_t len;

	if (!io_xdg("XDG_STATE_HOME", ".local/state", path, err))
		return false;
	str_addf(path, "/archive/%s", e->thread.slug);
	len = path->len;
	str_add(path, ".txt");
	for (int n = 2; access(path->buf, F_OK) == 0 && n < MOST_KEPT; n++) {
		str_truncate(path, len);
		str_addf(path, "-%d.txt", n);
	}
	return io_make_parent(path->buf, err) &&
	       io_write_private(path->buf, e->typed.buf, e->typed.len, err);
}

/* Adds where it is now, or why it is nowhere. */
static void say_kept(struct editing *e, struct str *out)
{
	struct str path = STR_INIT;
	struct err err = { 0 };

	if (keep(e, &path, &err))
		str_addf(out, "what was typed is kept in %s", path.buf);
	else
		str_addf(out, "what was typed could not be kept (%s)", err.msg);
	str_release(&path);
}

/* Nothing that was typed is lost by a failure. */
static void fail_kept(struct editing *e, struct err *err)
{
	struct err why = *err;
	struct str line = STR_INIT;

	if (e->typed.len == 0 || str_same(e->typed.buf, e->given.buf))
		return;
	say_kept(e, &line);
	err_set(err, why.code, "%s; %s", why.msg, line.buf);
	str_release(&line);
}

/* ---- what came back ---- */

static bool is_empty(const char *text)
{
	return text[strspn(text, " \t\n")] == '\0';
}

static bool missing(struct editing *e, const struct sheet *text)
{
	for (size_t i = 0; i < text->count; i++) {
		if (!text->lines[i].name || text->lines[i].post)
			continue;
		e->mistake.line = text->lines[i].number;
		err_set(&e->mistake.why, ERR_USAGE,
			"there is no such post here, or its author asked not to be archived: "
			"archive add URL takes in a post");
		return true;
	}
	return false;
}

void edit_say_result(struct str *said, const struct thread_sheet_result *result)
{
	if (result->changed > 0) {
		print_count(said, (int64_t)result->changed, "change", "changes");
		str_addf(said, ", step %lld", (long long)result->step);
	} else {
		str_add(said, "nothing was changed");
	}
	if (result->both == 0)
		return;
	str_add(said, "; ");
	print_count(said, (int64_t)result->both, "place", "places");
	str_add(said, " that was changed elsewhere meanwhile is as in the text");
}

static enum outcome use(struct editing *e, struct str *said, struct err *err)
{
	const struct thread_sheet_way way = { .step = "edit", .by_hand = true };
	struct thread_sheet_result result;
	struct sheet text;
	struct err why = { 0 };

	e->mistake = (struct sheet_mistake){ 0 };
	if (!sheet_read(&e->arena, e->typed.buf, e->typed.len, &e->base.thread, &text, &e->mistake))
		return OUTCOME_AGAIN;
	if (!thread_sheet_find(e->cli->store, &e->arena, &e->base, &text, &e->mistake, err))
		return err->code == ERR_NONE ? OUTCOME_AGAIN : OUTCOME_FAILED;
	if (missing(e, &text) || !sheet_check_posts(&e->arena, &text, &e->mistake))
		return OUTCOME_AGAIN;
	if (thread_sheet_apply(e->cli->store, e->thread.id, &e->arena, &e->base, &text, &way,
			       &result, &why)) {
		edit_say_result(said, &result);
		return OUTCOME_DONE;
	}
	e->mistake = (struct sheet_mistake){ .line = 1, .why = why };
	if (why.code == ERR_USAGE)
		return OUTCOME_AGAIN;
	*err = why;
	return OUTCOME_FAILED;
}

/* The same text came back, mistake and all: nobody mends it. */
static void give_up(struct editing *e, const struct sheet_mistake *mistake, struct str *said)
{
	str_addf(said, "nothing was changed: line %zu: %s; ", mistake->line, mistake->why.msg);
	say_kept(e, said);
}

static enum outcome edit_once(struct editing *e, struct str *text, struct str *said,
			      struct err *err)
{
	struct str name = STR_INIT, raw = STR_INIT;
	const struct sheet_mistake former = e->mistake;
	struct str before = STR_INIT;
	enum outcome outcome = OUTCOME_DONE;
	bool ok;

	str_add(&before, e->typed.len > 0 ? e->typed.buf : e->given.buf);
	str_addf(&name, "%s.txt", e->thread.slug);
	ok = editor_edit(name.buf, text->buf, &raw, err);
	if (raw.len > 0 || ok) {
		str_clear(&e->typed);
		sheet_add_unmarked(&e->typed, raw.buf, raw.len);
	}
	if (!ok)
		outcome = OUTCOME_FAILED;
	else if (is_empty(e->typed.buf))
		str_add(said, "the text was emptied: nothing was changed");
	else if (str_same(e->typed.buf, e->given.buf))
		str_add(said, "nothing was changed");
	else if (former.line > 0 && str_same(e->typed.buf, before.buf))
		give_up(e, &former, said);
	else
		outcome = use(e, said, err);
	str_release(&name);
	str_release(&raw);
	str_release(&before);
	return outcome;
}

bool edit_thread(struct cli *cli, const char *slug, struct str *said, struct err *err)
{
	struct editing e = { .cli = cli, .given = STR_INIT, .typed = STR_INIT };
	struct str text = STR_INIT;
	enum outcome outcome = OUTCOME_FAILED;

	if (!begin(&e, slug, err))
		goto out;
	str_add(&text, e.given.buf);
	for (int n = 0; n < MOST_TRIES; n++) {
		outcome = edit_once(&e, &text, said, err);
		if (outcome != OUTCOME_AGAIN)
			break;
		str_clear(&text);
		sheet_add_marked(&text, e.typed.buf, e.typed.len, &e.mistake);
	}
	if (outcome == OUTCOME_AGAIN)
		err_set(err, ERR_MALFORMED,
			"the text came back with a mistake %d times: line %zu: %s", MOST_TRIES,
			e.mistake.line, e.mistake.why.msg);
	if (outcome != OUTCOME_DONE)
		fail_kept(&e, err);
out:
	str_release(&text);
	str_release(&e.given);
	str_release(&e.typed);
	arena_release(&e.arena);
	return outcome == OUTCOME_DONE;
}
