#include "in-store.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "archive/store/db.h"
#include "archive/store/ledger.h"
#include "archive/store/threads.h"

/* Waits for a child and says how it ended: its status, or minus the signal. */
static int ended(pid_t child)
{
	int status = 0;

	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static bool put_quietly(struct store *store, int number, struct err *err)
{
	struct page page = PAGE_INIT;
	struct put_report report = { 0 };
	bool ok;

	add_tag(&page, add_post(&page, number, "東京で運用の話を聞いています"), "ssmjp");
	ok = store_put_page(store, &page, SOURCE, "ssmjp", 0, NOON, &report, err);
	page_release(&page);
	return ok;
}

static void several_programs_make_it_at_once(void **state)
{
	pid_t children[8];

	(void)state;
	for (int i = 0; i < 8; i++) {
		children[i] = fork();
		if (children[i] == 0) {
			struct err err = { 0 };
			struct store *store = store_open(in_folder("db"), STORE_WRITE, &err);
			bool ok = store && put_quietly(store, i, &err);

			if (!ok)
				fprintf(stderr, "%s\n", err.msg);
			_exit(ok ? 0 : 1);
		}
	}
	for (int i = 0; i < 8; i++)
		assert_int_equal(ended(children[i]), 0);
	assert_int_equal(ask("db", "SELECT count(*) FROM post"), 8);
}

/* ---- permissions ---- */

static const char *as_who = "db";

/* Runs as nobody, for whom permissions count. */
static int as_nobody(int (*run)(void))
{
	pid_t child = fork();

	if (child == 0)
		_exit(geteuid() == 0 && setuid(65534) != 0 ? 99 : run());
	return ended(child);
}

static int count_posts(void)
{
	struct err err = { 0 };
	struct store *store = store_open(in_folder(as_who), STORE_READ, &err);
	struct store_totals totals = { 0 };
	bool ok = store && store_status_totals(store, &totals, &err);

	store_close(store);
	return ok ? (int)totals.posts : 50 + (int)err.code;
}

static int refused_to_write(void)
{
	struct err err = { 0 };
	struct store *store = store_open(in_folder(as_who), STORE_WRITE, &err);

	return !store && err.code == ERR_IO && strstr(err.msg, "may not be written") ? 0 : 1;
}

static void a_read_only_store_is_read(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	as_who = "db";
	put_text(store, 1, "読むだけ", NOON);
	store_close(store);
	assert_int_equal(chmod(in_folder("db"), 0444), 0);
	assert_int_equal(chmod(folder, 0555), 0);
	assert_int_equal(as_nobody(count_posts), 1);
	assert_int_equal(as_nobody(refused_to_write), 0);
	assert_int_equal(chmod(folder, 0755), 0);
	assert_int_equal(entries(), 1);
}

static void copy(const char *from, const char *to)
{
	struct str bytes = STR_INIT;

	assert_done(io_read_file(in_folder(from), 1 << 28, &bytes, why));
	assert_done(io_make_parent(in_folder(to), why));
	assert_done(io_write_file(in_folder(to), bytes.buf, bytes.len, why));
	str_release(&bytes);
}

/* Posts that are still in the -wal file are missing then: silence about them would be worse than a
 * refusal. */
static void a_part_that_cannot_be_read_is_not_passed_over(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	as_who = "copy/db";
	put_text(store, 1, "途中", NOON);
	copy("db", "copy/db");
	copy("db-wal", "copy/db-wal");
	store_close(store);
	assert_int_equal(chmod(in_folder("copy"), 0555), 0);
	assert_int_equal(chmod(folder, 0755), 0);
	assert_int_equal(as_nobody(count_posts), 50 + ERR_IO);
	assert_int_equal(chmod(in_folder("copy"), 0777), 0);
	assert_int_equal(as_nobody(count_posts), 1);
}

/* ---- cut off ---- */

/* Says each post that it stored through the pipe, and is killed in the middle of another. */
static void store_until_killed(int out)
{
	struct err err = { 0 };
	struct store *store = store_open(in_folder("db"), STORE_WRITE, &err);

	for (int i = 0; store && i < 20; i++) {
		char reported = (char)i;

		if (!put_quietly(store, i, &err) || write(out, &reported, 1) != 1)
			_exit(1);
	}
	if (!store || !store_begin(store, &err) || !put_quietly(store, 100, &err))
		_exit(1);
	raise(SIGKILL);
}

static void what_was_reported_survives_a_kill(void **state)
{
	struct store *store;
	struct err err = { 0 };
	int ends[2];
	pid_t child;
	char said[32];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0)
		store_until_killed(ends[1]);
	close(ends[1]);
	assert_int_equal(ended(child), -SIGKILL);
	assert_int_equal(read(ends[0], said, sizeof(said)), 20);
	close(ends[0]);
	store = store_open(in_folder("db"), STORE_READ, &err);
	assert_non_null(store);
	assert_string_equal(listed(store, &(struct post_filter){ .query = looked("運用") }),
			    "19 18 17 16 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0");
	store_close(store);
	assert_int_equal(
		ask("db",
		    "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
		1);
}

/* A file may grow to this size and no further, as on a full disk. Ends with the number of posts
 * that it stored. */
static int store_until_full(rlim_t size)
{
	const struct rlimit limit = { size, size };
	struct err err = { 0 };
	struct store *store;
	int stored = 0;

	signal(SIGXFSZ, SIG_IGN);
	store = store_open(in_folder("db"), STORE_WRITE, &err);
	if (!store || setrlimit(RLIMIT_FSIZE, &limit) != 0)
		return 251;
	while (stored < 250 && put_quietly(store, stored, &err))
		stored++;
	if (err.code != ERR_IO || !strstr(err.msg, "disk"))
		return 252;
	store_close(store);
	return stored;
}

static void a_full_disk_is_said_and_nothing_is_lost(void **state)
{
	static const rlim_t sizes[] = { 500000, 600001, 900003 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		pid_t child = fork();
		int stored;

		if (child == 0)
			_exit(store_until_full(sizes[i]));
		stored = ended(child);
		assert_in_range(stored, 1, 250);
		store_close(opened("db", STORE_WRITE));
		assert_int_equal(ask("db", "SELECT count(*) FROM post"), stored);
		assert_int_equal(ask("db", "SELECT count(*) FROM pragma_integrity_check WHERE "
					   "integrity_check = 'ok'"),
				 1);
		unlink(in_folder("db"));
	}
}

static void a_full_store_takes_posts_again_when_there_is_room(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct err err = { 0 };
	int64_t pages = ask("db", "SELECT page_count + 6 FROM pragma_page_count");
	char pragma[64];
	int stored = 0;

	(void)state;
	snprintf(pragma, sizeof(pragma), "PRAGMA max_page_count = %d", (int)pages);
	assert_int_equal(sqlite3_exec(store->db, pragma, NULL, NULL, NULL), SQLITE_OK);
	while (stored < 1000 && put_quietly(store, stored, &err))
		stored++;
	assert_in_range(stored, 1, 999);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, "the disk is full: make room"));
	assert_int_equal(
		sqlite3_exec(store->db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL),
		SQLITE_OK);
	assert_done(put_quietly(store, stored, why));
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM post"), stored + 1);
}

static void a_locked_store_is_waited_for_and_then_said(void **state)
{
	struct store *holder = opened("db", STORE_WRITE);
	struct store *store = opened("db", STORE_WRITE);
	struct err err = { 0 };

	(void)state;
	sqlite3_busy_timeout(store->db, 20);
	assert_done(store_begin(holder, why));
	assert_false(store_begin(store, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, "another program has kept it locked for 10 seconds"));
	assert_false(put_quietly(store, 1, &err));
	put_text(holder, 2, "先に", NOON);
	assert_done(store_commit(holder, why));
	assert_done(put_quietly(store, 1, why));
	assert_string_equal(listed(holder, &(struct post_filter){ 0 }), "2 1");
	store_close(holder);
	store_close(store);
}

/* ---- damaged ---- */

static void fill(void)
{
	struct store *store = opened("db", STORE_WRITE);
	const char *const tags[] = { "ssmjp" };
	const struct thread thread = { .slug = "a", .tags = tags, .tag_count = 1 };
	struct thread made = thread;
	int64_t count;

	for (int i = 0; i < 20; i++)
		put_text(store, i, "東京で運用の話を聞いています", NOON);
	assert_done(thread_create(store, &thread, &made.id, why));
	assert_done(thread_choose_all(store, &made, false, &count, why));
	store_close(store);
}

static void walk(struct store *store, const struct post_filter *filter)
{
	struct post_cursor *cursor = NULL;
	struct err err = { 0 };
	struct post post;

	if (!store_posts(store, filter, &cursor, &err))
		return;
	while (post_cursor_next(cursor, &post, &err) > 0)
		;
	post_cursor_free(cursor);
}

/* Everything that reads, then something that writes: it may fail, with a sentence, and never more
 * than that. */
static void use(enum store_mode mode)
{
	const char *const tags[] = { "ssmjp" };
	struct err err = { 0 };
	struct store *store = store_open(in_folder("damaged"), mode, &err);
	struct arena arena = ARENA_INIT;
	struct thread_items *items = NULL;
	struct item_iter iter = { 0 };
	struct item item;
	struct thread_row *rows;
	size_t count;
	int64_t id;

	if (!store) {
		assert_int_not_equal(err.code, ERR_NONE);
		assert_true(err.msg[0] != '\0');
		return;
	}
	walk(store, &(struct post_filter){ 0 });
	walk(store, &(struct post_filter){ .query = looked("運用") });
	walk(store, &(struct post_filter){ .tags = tags, .tag_count = 1 });
	if (!store_find_post(store, "https://social.example/@a3/3", &id, &err) ||
	    !thread_list(store, &arena, &rows, &count, &err))
		err = (struct err){ 0 };
	if (thread_items(store, 1, &(struct items_options){ .hidden = true }, &items, &iter, &err))
		while (iter.next(&iter, &item, &err) > 0)
			;
	thread_items_free(items);
	if (mode == STORE_WRITE && !put_quietly(store, 15, &err))
		assert_true(err.msg[0] != '\0');
	arena_release(&arena);
	store_close(store);
}

static void write_damaged(const struct str *bytes)
{
	FILE *out = fopen(in_folder("damaged"), "wb");

	assert_non_null(out);
	assert_int_equal(fwrite(bytes->buf, 1, bytes->len, out), bytes->len);
	fclose(out);
	unlink(in_folder("damaged-wal"));
	unlink(in_folder("damaged-shm"));
}

static void a_damaged_store_never_crashes(void **state)
{
	struct str bytes = STR_INIT;

	(void)state;
	fill();
	assert_done(io_read_file(in_folder("db"), 1 << 24, &bytes, why));
	for (size_t at = 0; at + 8 < bytes.len; at += 97) {
		char was = bytes.buf[at];

		if (memcmp(bytes.buf + at, "\0\0\0\0\0\0\0", 8) == 0)
			continue; /* most of a page is empty */
		bytes.buf[at] = (char)(was ^ (at % 2 ? 0xFF : 0x11));
		write_damaged(&bytes);
		use(at % 7 ? STORE_READ : STORE_WRITE);
		bytes.buf[at] = was;
	}
	str_release(&bytes);
}

static void a_store_that_ends_too_early_never_crashes(void **state)
{
	struct str bytes = STR_INIT;

	(void)state;
	fill();
	assert_done(io_read_file(in_folder("db"), 1 << 24, &bytes, why));
	while (bytes.len > 0) {
		str_truncate(&bytes, bytes.len - (bytes.len > 4099 ? 4099
						  : bytes.len > 97 ? 97
								   : 1));
		write_damaged(&bytes);
		use(STORE_READ);
		use(STORE_WRITE);
	}
	str_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(several_programs_make_it_at_once),
		IN_FOLDER(a_read_only_store_is_read),
		IN_FOLDER(a_part_that_cannot_be_read_is_not_passed_over),
		IN_FOLDER(what_was_reported_survives_a_kill),
		IN_FOLDER(a_full_disk_is_said_and_nothing_is_lost),
		IN_FOLDER(a_full_store_takes_posts_again_when_there_is_room),
		IN_FOLDER(a_locked_store_is_waited_for_and_then_said),
		IN_FOLDER(a_damaged_store_never_crashes),
		IN_FOLDER(a_store_that_ends_too_early_never_crashes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
