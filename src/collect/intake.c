#include "archive/collect/intake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/base/clock.h"
#include "archive/base/hash.h"
#include "archive/base/mem.h"
#include "archive/collect/intake-parts.h"
#include "archive/import/decode.h"
#include "archive/store/forget.h"

/* ---- what a reader hands out ---- */

static bool keep_page(struct intake *intake, const struct page *page, const char *bytes, size_t len,
		      struct err *err)
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
			      &intake->report->put, err) &&
	       intake_run_note(intake, err);
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

bool intake_show(const struct intake *intake, struct err *err)
{
	off_t at = intake->in ? lseek(fileno(intake->in), 0, SEEK_CUR) : 0;

	return !intake->order->watch ||
	       intake->order->watch(intake->order->watcher, intake->report, at > 0 ? at : 0,
				    intake->size) ||
	       err_set(err, ERR_IO,
		       "%s: ended before all of it was read: what came before is kept, and the "
		       "same command goes on",
		       intake->name);
}

/* Only what would be new is counted. */
static void count_page(struct intake *intake, const struct page *page)
{
	struct put_report *put = &intake->report->put;

	for (size_t i = 0; i < page->count; i++) {
		const struct post *post = &page->posts[i];
		struct err why = { 0 };
		int64_t id;

		if (post->optout) {
			put->optouts++;
			continue;
		}
		if (post->context)
			continue;
		if (intake->store && store_find_post(intake->store, post->uri, &id, &why))
			put->known++;
		else
			put->fresh++;
	}
}

static bool store_page(struct intake *intake, const struct page *page, const char *bytes,
		       size_t len, struct err *err)
{
	const struct put_report before = intake->report->put;

	if (!store_begin(intake->store, err))
		return false;
	if (keep_page(intake, page, bytes, len, err) && intake_choose_page(intake, page, err) &&
	    store_commit(intake->store, err))
		return true;
	store_rollback(intake->store);
	intake->report->put = before; /* what was taken back is not reported */
	return false;
}

static bool take_page(void *owner, struct page *page, const char *bytes, size_t len,
		      struct err *err)
{
	struct intake *intake = owner;

	intake_filter(intake, page, len);
	if (page->count > 0) {
		if (intake->order->dry_run)
			count_page(intake, page);
		else if (!store_page(intake, page, bytes, len, err))
			return false;
		note_times(intake->report, page);
	}
	return intake_show(intake, err);
}

static enum fate judge(void *owner, const struct post *post)
{
	struct intake *intake = owner;

	return intake->store ? store_judge(intake->store, post) : FATE_KEPT;
}

/* Each of a page's hundreds of posts is looked for among those who opted out. Where that cannot be
 * done as of one moment, each look is one by itself. */
static void judging(void *owner, bool begins)
{
	struct intake *intake = owner;
	struct err ignored = { 0 };

	if (begins)
		intake->looking = intake->store && store_look(intake->store, &ignored);
	else if (intake->looking)
		store_looked(intake->store);
}

/* ---- the file ---- */

/* A pipe can be read only once, and its hash is wanted before its posts. */
static FILE *spool_input(struct err *err)
{
	FILE *copy = tmpfile();
	char chunk[65536];
	size_t got;

	while (copy && (got = fread(chunk, 1, sizeof(chunk), stdin)) > 0)
		if (fwrite(chunk, 1, got, copy) != got)
			break;
	if (copy && !ferror(copy) && !ferror(stdin) && fflush(copy) == 0) {
		rewind(copy);
		return copy;
	}
	err_set(err, ERR_IO, "standard input could not be kept while it is read: %s",
		strerror(errno));
	if (copy)
		fclose(copy);
	return NULL;
}

/* Is path a file, or a folder (then in stays NULL)? */
static bool open_file(const char *path, FILE **in, struct err *err)
{
	struct stat st;

	if (strcmp(path, "-") == 0)
		return (*in = spool_input(err)) != NULL;
	if (stat(path, &st) != 0)
		return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: %s", path,
			       strerror(errno));
	if (S_ISDIR(st.st_mode))
		return true;
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_USAGE,
			       "%s is no file: a pipe or a device is read from standard input "
			       "(archive import - < %s)",
			       path, path);
	*in = fopen(path, "rb");
	return *in || err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
}

static bool measure(struct intake *intake, struct err *err)
{
	char hash[HASH_HEX_SIZE];

	if (!intake->in && !import_archive_hash(&intake->archive, hash, &intake->size, err))
		return false;
	if (intake->in && !hash_stream(intake->in, hash))
		return err_set(err, ERR_IO, "%s: %s", intake->name, strerror(errno));
	if (intake->in) {
		intake->size = ftello(intake->in);
		rewind(intake->in);
	}
	str_addf(&intake->source, "file:%s", hash);
	return true;
}

/* In UTF-16, as some programs save whatever they print. */
static bool look_at_head(struct intake *intake)
{
	struct str head = STR_INIT;
	bool wide;

	str_reserve(&head, IMPORT_HEAD);
	head.len = fread(head.buf, 1, IMPORT_HEAD, intake->in);
	intake->report->form = import_form_of(head.buf, head.len, intake->name);
	intake->packed = import_is_packed(head.buf, head.len);
	wide = head.len >= 2 &&
	       (!memcmp(head.buf, "\xFF\xFE", 2) || !memcmp(head.buf, "\xFE\xFF", 2));
	str_release(&head);
	rewind(intake->in);
	return wide;
}

/* All readers take UTF-8, which a mark says to those who look for another word. */
static bool make_narrow(struct intake *intake, struct err *err)
{
	struct decode *decode = xcalloc(1, sizeof(*decode));
	struct str text = STR_INIT;
	FILE *copy = tmpfile();
	bool ok = copy && fputs("\xEF\xBB\xBF", copy) >= 0;

	decode_begin(decode, intake->in);
	while (ok && decode_next(decode, &text))
		ok = fwrite(text.buf, 1, text.len, copy) == text.len;
	ok = ok && !ferror(intake->in) && fflush(copy) == 0;
	if (!ok)
		err_set(err, ERR_IO, "%s could not be brought into UTF-8: %s", intake->name,
			strerror(errno));
	decode_end(decode);
	free(decode);
	str_release(&text);
	if (copy) {
		fclose(intake->in);
		intake->in = copy;
		rewind(copy);
	}
	return ok;
}

/* The hash first: who unpacks the file reads it past the stream, which then stands anywhere. */
static bool tell_form(struct intake *intake, struct err *err)
{
	bool wide = intake->in && look_at_head(intake);

	if (!measure(intake, err) || (wide && !make_narrow(intake, err)))
		return false;
	if (wide)
		look_at_head(intake);
	return (intake->in && !intake->packed) ||
	       import_archive_form(&intake->archive, &intake->report->form, err);
}

/* Is it something that is read, or is there a better way? */
static bool can_be_read(const struct intake *intake, struct err *err)
{
	switch (intake->report->form) {
	case IMPORT_STORE:
		return err_set(err, ERR_USAGE,
			       "%s is a store of this program: archive merge %s takes in what it "
			       "holds, and archive --store %s works with it",
			       intake->name, intake->name, intake->name);
	case IMPORT_X_ARCHIVE:
		return !intake->in || intake->packed ||
		       err_set(err, ERR_USAGE,
			       "%s is a part of an archive of X, which does not say whose it is: "
			       "name the whole archive, zip or folder",
			       intake->name);
	case IMPORT_NOTHING:
		if (!intake->in)
			return err_set(err, ERR_USAGE,
				       "%s is a folder, but no archive of X or Mastodon: name the "
				       "files in it (%s/*)",
				       intake->name, intake->name);
		return true;
	default:
		return true;
	}
}

static bool read_stream(struct intake *intake, const struct import_client *client, struct err *err)
{
	struct import_report *report = &intake->report->read;
	import_read_fn *read = import_reader(intake->report->form);

	if (intake->packed || !intake->in)
		return import_archive_read(&intake->archive, intake->report->form, intake->now,
					   client, report, err);
	/* who finds nothing in it says where nothing was found */
	if (!read)
		read = import_reader(IMPORT_ANSWERS);
	return read(intake->in, intake->name, intake->now, client, report, err);
}

static bool read_file(struct intake *intake, struct err *err)
{
	const struct import_client client = { .take = take_page,
					      .thread = intake_take_thread,
					      .mention = intake_take_mention,
					      .picture = intake_take_picture,
					      .judge = judge,
					      .judging = judging,
					      .owner = intake };
	bool taken = false;
	struct err ended = { 0 };
	bool ok;

	if (!can_be_read(intake, err) || !intake_was_taken(intake, &taken, err))
		return false;
	if (taken && !intake->order->again && !intake->order->into_thread &&
	    !intake_is_choosy(intake->order))
		return true;
	intake->report->before = 0;
	if (!intake->order->dry_run && !intake_run_begin(intake, err))
		return false;
	ok = read_stream(intake, &client, err);
	if (intake->order->dry_run)
		return ok;
	ok = ok && intake_choose_all(intake, err);
	return intake_run_end(intake, ok, err, ok ? err : &ended) && ok;
}

bool intake_file(struct store *store, const char *path, const struct intake_order *order,
		 struct intake_report *report, struct err *err)
{
	struct intake intake = {
		.store = store,
		.order = order,
		.report = report,
		.source = STR_INIT,
		.name = strcmp(path, "-") == 0 ? "standard input" : path,
		.now = clock_now(),
	};
	bool ok = false;

	*report = (struct intake_report){ .form = IMPORT_NOTHING };
	if (!open_file(path, &intake.in, err))
		return false;
	intake.archive = (struct import_archive){ intake.in, path, intake.name };
	ok = tell_form(&intake, err) && read_file(&intake, err);
	str_release(&intake.source);
	free(intake.chosen);
	if (intake.in)
		fclose(intake.in);
	return ok;
}
