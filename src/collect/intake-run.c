#include "archive/collect/intake-parts.h"

#include <string.h>

#include "archive/base/clock.h"
#include "archive/store/files.h"

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

static struct kept_file file_of(const struct intake *intake, int64_t done)
{
	return (struct kept_file){
		.source = intake->source.buf,
		.name = last_part(intake->name),
		.form = import_form_name(intake->report->form),
		.bytes = intake->size,
		.began = intake->now,
		.done = done,
	};
}

bool intake_was_taken(struct intake *intake, bool *taken, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct kept_file file = { 0 };
	bool found = false;
	bool ok = !intake->store ||
		  store_file_find(intake->store, intake->source.buf, &arena, &file, &found, err);

	*taken = ok && found && file.done != 0 &&
		 str_same(file.form, import_form_name(intake->report->form));
	if (*taken)
		intake->report->before = file.done;
	arena_release(&arena);
	return ok;
}

bool intake_run_begin(struct intake *intake, struct err *err)
{
	const struct ledger_key key = { .source = intake->source.buf, .auth = "", .tag = "" };
	struct kept_file file = file_of(intake, 0);
	struct kept_file before;
	struct arena arena = ARENA_INIT;
	bool found = false;
	bool ok = store_file_find(intake->store, file.source, &arena, &before, &found, err);

	if (found && before.done && str_same(before.form, file.form))
		file.done = before.done; /* whole once is whole */
	ok = ok && store_begin(intake->store, err);
	if (ok && !(store_file_put(intake->store, &file, err) &&
		    ledger_run_begin(intake->store, &key, intake->now, &intake->run.id, err) &&
		    store_commit(intake->store, err))) {
		store_rollback(intake->store);
		ok = false;
	}
	arena_release(&arena);
	return ok;
}

bool intake_run_note(struct intake *intake, struct err *err)
{
	const struct intake_report *report = intake->report;

	intake->run.pages++;
	intake->run.fresh = (int64_t)report->put.fresh;
	intake->run.known = (int64_t)report->put.known;
	intake->run.dropped = (int64_t)report->read.dropped;
	return ledger_run_put(intake->store, &intake->run, err);
}

static bool is_damaged(const struct import_report *read)
{
	return read->malformed + read->unknown > 0 || read->bad_place[0];
}

bool intake_run_end(struct intake *intake, bool ok, const struct err *why, struct err *err)
{
	const struct import_report *read = &intake->report->read;
	int64_t done = clock_now();
	struct kept_file file = file_of(intake, done);

	intake->run.ended = done;
	intake->run.outcome = !ok ? RUN_FAILED : is_damaged(read) ? RUN_PART : RUN_DONE;
	intake->run.why = ok ? NULL : why->msg;
	if (ok && read->bad_place[0])
		intake->run.why = read->bad_place;
	if (!store_begin(intake->store, err))
		return false;
	if (intake_run_note(intake, err) &&
	    (!ok || intake_is_choosy(intake->order) || is_damaged(read) ||
	     store_file_put(intake->store, &file, err)) &&
	    store_commit(intake->store, err))
		return true;
	store_rollback(intake->store);
	return false;
}
