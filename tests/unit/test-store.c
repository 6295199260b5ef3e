#include "in-store.h"

#include <zstd.h>

#include "archive/store/db.h"

static void refused(const char *name, enum store_mode mode, enum err_code code, const char *part)
{
	struct err err = { 0 };

	assert_null(store_open(in_folder(name), mode, &err));
	assert_int_equal(err.code, code);
	if (!strstr(err.msg, part))
		fail_msg("\"%s\" does not say \"%s\"", err.msg, part);
}

static struct str bytes_of(const char *name)
{
	struct str bytes = STR_INIT;

	assert_done(io_read_file(in_folder(name), 1 << 28, &bytes, why));
	return bytes;
}

/* ---- the file ---- */

static void a_store_is_made_with_its_folders(void **state)
{
	(void)state;
	store_close(opened("deep/er/archive.db", STORE_WRITE));
	assert_int_equal(ask("deep/er/archive.db", "PRAGMA application_id"), STORE_APPLICATION_ID);
	assert_int_equal(ask("deep/er/archive.db", "PRAGMA user_version"), 5);
	assert_int_equal(ask("deep/er/archive.db", "SELECT count(*) FROM pragma_journal_mode WHERE "
						   "journal_mode = 'wal'"),
			 1);
	store_close(opened("deep/er/archive.db", STORE_WRITE));
	store_close(opened("deep/er/archive.db", STORE_READ));
}

static void every_table_is_strict(void **state)
{
	(void)state;
	store_close(opened("db", STORE_WRITE));
	assert_int_equal(
		ask("db",
		    "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND "
		    "NOT strict AND name NOT LIKE 'sqlite_%' AND name != 'sqlar' AND name NOT LIKE "
		    "'search%'"),
		0);
	assert_true(ask("db", "SELECT count(*) FROM pragma_table_list WHERE strict") > 15);
}

static void reading_makes_nothing(void **state)
{
	(void)state;
	refused("none.db", STORE_READ, ERR_NOT_FOUND, "archive fetch makes it");
	refused("no/folder.db", STORE_READ, ERR_NOT_FOUND, "no store at");
	assert_int_equal(entries(), 0);
}

static void an_empty_file_becomes_a_store(void **state)
{
	(void)state;
	put(in_folder("db"), "");
	refused("db", STORE_READ, ERR_NOT_FOUND, "archive fetch makes it");
	assert_file(in_folder("db"), "");
	store_close(opened("db", STORE_WRITE));
	assert_int_equal(ask("db", "PRAGMA user_version"), 5);
}

static void a_name_of_sqlite_is_a_file_like_others(void **state)
{
	char here[4096];
	struct err err = { 0 };
	struct store *store;

	(void)state;
	assert_non_null(getcwd(here, sizeof(here)));
	assert_int_equal(chdir(folder), 0);
	store = store_open(":memory:", STORE_WRITE, &err);
	assert_non_null(store);
	store_close(store);
	store = store_open("file:a?mode=memory", STORE_WRITE, &err);
	assert_non_null(store);
	store_close(store);
	assert_int_equal(chdir(here), 0);
	assert_int_equal(entries(), 2);
}

static void a_newer_store_is_refused_and_left_alone(void **state)
{
	struct str before, after;
	struct err err = { 0 };

	(void)state;
	store_close(opened("db", STORE_WRITE));
	ask("db", "PRAGMA user_version = 7");
	before = bytes_of("db");
	refused("db", STORE_READ, ERR_MALFORMED, "install the newer one");
	assert_null(store_open(in_folder("db"), STORE_WRITE, &err));
	assert_non_null(strstr(err.msg,
			       "db was made by a newer archive (store version 7, this program "
			       "knows 5): install the newer one"));
	after = bytes_of("db");
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.buf, after.buf, before.len);
	str_release(&before);
	str_release(&after);
}

static void an_older_store_is_not_read_before_it_is_brought_up(void **state)
{
	(void)state;
	store_close(opened("db", STORE_WRITE));
	ask("db", "PRAGMA user_version = 0");
	refused("db", STORE_READ, ERR_MALFORMED, "archive fetch brings it up to date");
}

static void what_is_no_store_is_refused_and_left_alone(void **state)
{
	static const char text[] = "dear diary,\ntoday there were three talks\n";
	struct str before, after;

	(void)state;
	put(in_folder("diary"), text);
	refused("diary", STORE_READ, ERR_MALFORMED, "not an archive store");
	refused("diary", STORE_WRITE, ERR_MALFORMED, "not an archive store");
	assert_file(in_folder("diary"), text);
	ask("other.db", "CREATE TABLE t (x)");
	before = bytes_of("other.db");
	refused("other.db", STORE_READ, ERR_MALFORMED, "belongs to another program");
	refused("other.db", STORE_WRITE, ERR_MALFORMED, "belongs to another program");
	after = bytes_of("other.db");
	assert_memory_equal(before.buf, after.buf, before.len);
	str_release(&before);
	str_release(&after);
	assert_int_equal(mkdir(in_folder("folder"), 0777), 0);
	refused("folder", STORE_READ, ERR_IO, "is a folder");
	refused("folder", STORE_WRITE, ERR_IO, "is a folder");
}

/* ---- transactions ---- */

static void what_was_rolled_back_is_not_there(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_text(store, 1, "残る", NOON);
	assert_done(store_begin(store, why));
	put_text(store, 2, "消える", NOON);
	store_rollback(store);
	store_rollback(store);
	assert_done(store_begin(store, why));
	put_text(store, 3, "これも残る", NOON);
	assert_done(store_commit(store, why));
	assert_done(store_begin(store, why));
	put_text(store, 4, "閉じれば消える", NOON);
	store_close(store);
	store = opened("db", STORE_READ);
	assert_string_equal(listed(store, &(struct post_filter){ 0 }), "3 1");
	store_close(store);
}

static void one_transaction_stands_in_no_other(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct err err = { 0 };

	(void)state;
	assert_done(store_begin(store, why));
	assert_false(store_begin(store, &err));
	assert_int_equal(err.code, ERR_IO);
	store_close(store);
}

/* ---- answers ---- */

static struct str kept_body(int64_t id)
{
	struct str body = STR_INIT;
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;

	assert_int_equal(sqlite3_open(in_folder("db"), &db), SQLITE_OK);
	sqlite3_prepare_v2(db, "SELECT body, size FROM answer WHERE id = ?", -1, &stmt, NULL);
	sqlite3_bind_int64(stmt, 1, id);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	str_reserve(&body, (size_t)sqlite3_column_int64(stmt, 1));
	body.len = ZSTD_decompress(body.buf, (size_t)sqlite3_column_int64(stmt, 1),
				   sqlite3_column_blob(stmt, 0),
				   (size_t)sqlite3_column_bytes(stmt, 0));
	assert_false(ZSTD_isError(body.len));
	assert_int_equal(body.len, sqlite3_column_int64(stmt, 1));
	body.buf[body.len] = '\0';
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return body;
}

static int64_t put_answer(struct store *store, const char *bytes, size_t len,
			  const struct page_cut *cuts, size_t cut_count)
{
	const struct evidence evidence = {
		.source = SOURCE,
		.url = "https://social.example/api/v1/timelines/tag/ssmjp",
		.status = 200,
		.fetched = NOON,
		.bytes = bytes,
		.len = len,
		.cuts = cuts,
		.cut_count = cut_count,
	};
	int64_t id = 0;

	assert_done(store_put_answer(store, &evidence, &id, why));
	assert_true(id > 0);
	return id;
}

static void an_answer_is_kept_once_to_the_byte(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct str bytes = STR_INIT;
	struct str body;
	int64_t id;

	(void)state;
	for (int i = 0; i < 100000; i++)
		str_addf(&bytes, "{\"id\":\"%d\"}%c", i * 7919, i % 97 ? ',' : '\0');
	id = put_answer(store, bytes.buf, bytes.len, NULL, 0);
	assert_int_equal(put_answer(store, bytes.buf, bytes.len, NULL, 0), id);
	assert_int_not_equal(put_answer(store, bytes.buf, bytes.len - 1, NULL, 0), id);
	assert_true(put_answer(store, "", 0, NULL, 0) > 0);
	store_close(store);
	body = kept_body(id);
	assert_int_equal(body.len, bytes.len);
	assert_memory_equal(body.buf, bytes.buf, bytes.len);
	assert_int_equal(ask("db", "SELECT count(*) FROM answer WHERE redacted = 0"), 3);
	assert_true(ask("db", "SELECT max(length(body)) FROM answer") < (int64_t)bytes.len / 3);
	str_release(&body);
	str_release(&bytes);
}

static void what_may_not_be_kept_is_cut_out(void **state)
{
	static const struct {
		struct page_cut cuts[2];
		size_t count;
		const char *left;
	} cases[] = {
		{ { { 1, 4 } }, 1, "0456789" },
		{ { { 0, 2 }, { 8, 10 } }, 2, "234567" },
		{ { { 0, 10 } }, 1, "" },
		{ { { 5, 99 } }, 1, "01234" },
		{ { { 40, 99 } }, 1, "0123456789" },
		{ { { 4, 6 }, { 2, 5 } }, 2, "01236789" },
		{ { { 6, 3 } }, 1, "0123456789" },
	};
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t id = put_answer(store, "0123456789", 10, cases[i].cuts, cases[i].count);
		struct str body = kept_body(id);

		assert_string_equal(body.buf, cases[i].left);
		str_release(&body);
	}
	assert_int_equal(ask("db", "SELECT count(*) FROM answer WHERE redacted = 0"), 0);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_store_is_made_with_its_folders),
		IN_FOLDER(every_table_is_strict),
		IN_FOLDER(reading_makes_nothing),
		IN_FOLDER(an_empty_file_becomes_a_store),
		IN_FOLDER(a_name_of_sqlite_is_a_file_like_others),
		IN_FOLDER(a_newer_store_is_refused_and_left_alone),
		IN_FOLDER(an_older_store_is_not_read_before_it_is_brought_up),
		IN_FOLDER(what_is_no_store_is_refused_and_left_alone),
		IN_FOLDER(what_was_rolled_back_is_not_there),
		IN_FOLDER(one_transaction_stands_in_no_other),
		IN_FOLDER(an_answer_is_kept_once_to_the_byte),
		IN_FOLDER(what_may_not_be_kept_is_cut_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
