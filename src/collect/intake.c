#include "archive/collect/intake.h"

#include <errno.h>
#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/hash.h"
#include "archive/store/forget.h"

struct intake {
	struct store *store;
	struct intake_report *report;
	struct str source; /* "file:SHA256" */
	int64_t now;
};

static bool keep_page(struct intake *intake, const struct page *page, const char *bytes, size_t len,
		      struct put_report *put, struct err *err)
{
	int64_t answer_id = 0;
	const struct evidence evidence = {
		.source = intake->source.buf,
		.fetched = intake->now,
		.bytes = bytes,
		.len = len,
		.cuts = page->cuts,
		.cut_count = page->cut_count,
	};

	return store_put_answer(intake->store, &evidence, &answer_id, err) &&
	       store_put_page(intake->store, page, intake->source.buf, NULL, answer_id, intake->now,
			      put, err);
}

/* Of what was kept; what only came along with a post (a quoted one) may be years older. */
static void note_times(struct intake_report *report, const struct page *page)
{
	for (size_t i = 0; i < page->count; i++) {
		int64_t created = page->posts[i].created;

		if (page->posts[i].context || created == 0)
			continue;
		if (created > report->newest)
			report->newest = created;
		if (!report->oldest || created < report->oldest)
			report->oldest = created;
	}
}

static bool take_page(void *owner, struct page *page, const char *bytes, size_t len,
		      struct err *err)
{
	struct intake *intake = owner;
	struct put_report put = intake->report->put;

	if (!store_begin(intake->store, err))
		return false;
	if (!keep_page(intake, page, bytes, len, &put, err) || !store_commit(intake->store, err)) {
		store_rollback(intake->store);
		return false;
	}
	intake->report->put = put; /* what was taken back is not reported */
	note_times(intake->report, page);
	return true;
}

static enum fate judge(void *owner, const struct post *post)
{
	struct intake *intake = owner;

	return store_judge(intake->store, post);
}

/* A pipe can be read only once, and its hash is wanted before its posts. */
static FILE *open_seekable(const char *path, struct err *err)
{
	FILE *copy;
	char chunk[65536];
	size_t got;

	if (strcmp(path, "-") != 0) {
		copy = fopen(path, "rb");
		if (!copy)
			err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: %s", path,
				strerror(errno));
		return copy;
	}
	copy = tmpfile();
	while (copy && (got = fread(chunk, 1, sizeof(chunk), stdin)) > 0)
		if (fwrite(chunk, 1, got, copy) != got)
			break;
	if (!copy || ferror(copy) || ferror(stdin) || fflush(copy) != 0) {
		err_set(err, ERR_IO, "standard input could not be kept while it is read: %s",
			strerror(errno));
		if (copy)
			fclose(copy);
		return NULL;
	}
	rewind(copy);
	return copy;
}

static void add_report(struct import_report *sum, const struct import_report *file)
{
	sum->elements += file->elements;
	sum->posts += file->posts;
	sum->dropped += file->dropped;
	sum->unwanted += file->unwanted;
	sum->malformed += file->malformed;
	sum->unknown += file->unknown;
}

bool intake_file(struct store *store, const char *path, struct intake_report *report,
		 struct err *err)
{
	struct intake intake = {
		.store = store, .report = report, .source = STR_INIT, .now = clock_now()
	};
	const struct import_client client = { .take = take_page, .judge = judge, .owner = &intake };
	const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
	FILE *in = open_seekable(path, err);
	char hash[HASH_HEX_SIZE];
	struct import_report read = { 0 };
	bool ok = false;

	if (!in)
		return false;
	if (!hash_stream(in, hash)) {
		err_set(err, ERR_IO, "%s: %s", name, strerror(errno));
		goto out;
	}
	rewind(in);
	str_addf(&intake.source, "file:%s", hash);
	ok = import_answers(in, name, intake.now, &client, &read, err);
	add_report(&report->read, &read);
out:
	str_release(&intake.source);
	fclose(in);
	return ok;
}
