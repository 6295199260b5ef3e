#include "in-thread.h"

#include "archive/store/db.h"
#include "archive/store/ledger.h"
#include "archive/text/words.h"

/* What a store of version 1 may hold, as that version wrote it. */
static const char rows[] =
	"INSERT INTO answer VALUES (1, 'mastodon:social.example', NULL, 200, 5, 0, 1, x'00', "
	"x'01');"
	"INSERT INTO author (id, uri, fetched, fingerprint, optout, network, host, handle, name, "
	"folded) VALUES (1, 'https://social.example/users/a1', 5, 7, 0, 'mastodon', "
	"'social.example', '@a1@social.example', 'はな', 'a1@social.example' || char(10) || "
	"'はな');"
	"INSERT INTO post (id, uri, short, fetched, fingerprint, network, visibility, author, "
	"network_id, html, text, tags) VALUES "
	"(1498813200000 << 20, 'https://social.example/users/a1/statuses/1', 'aaaaaaaa', 5, 7, "
	"'mastodon', 'public', 1, '1', '<p>一</p>', '一', 'ssmjp'), "
	"(1498813200000 << 20 | 1, 'https://social.example/users/a1/statuses/2', 'bbbbbbbb', 5, 7, "
	"'mastodon', 'public', 1, '2', '<p>two</p>', 'two', 'ssmjp');"
	"INSERT INTO tag SELECT 'ssmjp', id FROM post;"
	"INSERT INTO sighting SELECT id, 'mastodon:social.example', 'ssmjp', 5, 5, 1 FROM post;"
	"INSERT INTO search (rowid, words) SELECT id, text FROM post;"
	"INSERT INTO run (source, auth, tag, started, outcome) VALUES "
	"('mastodon:social.example', 'anonymous', 'ssmjp', 5, 'done');"
	"INSERT INTO span (source, auth, tag, top_id, bottom_id, top_time, bottom_time, closed, "
	"floor, updated) VALUES ('mastodon:social.example', 'anonymous', 'ssmjp', '2', '1', 20, "
	"10, "
	"1, 0, 5);"
	"INSERT INTO thread VALUES (1, 'june', '六月', 'ja', 'Asia/Tokyo', 0, 0, 5);"
	"INSERT INTO thread_tag VALUES (1, 0, 'ssmjp');"
	"INSERT INTO item (thread, position, kind, post) SELECT 1, 1048576, 'post', min(id) FROM "
	"post;"
	"INSERT INTO edit (thread, step, at, op, item) VALUES (1, 1, 5, 'choose', 1);";

static void run(sqlite3 *db, const char *sql)
{
	char *said = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
		fail_msg("%s", said);
}

static void make_version_1(void)
{
	sqlite3 *db = NULL;
	char version[80];

	assert_int_equal(sqlite3_open(in_folder("db"), &db), SQLITE_OK);
	run(db, "PRAGMA journal_mode = WAL");
	run(db, data_schema_sql);
	run(db, rows);
	snprintf(version, sizeof(version), "INSERT INTO meta VALUES ('words', '%d')",
		 WORDS_VERSION);
	run(db, version);
	sqlite3_close(db);
	assert_int_equal(ask("db", "PRAGMA user_version"), 1);
}

static void a_store_of_version_1_is_brought_up_with_nothing_lost(void **state)
{
	static const struct ledger_key key = { SOURCE, "anonymous", "ssmjp" };
	struct arena arena = ARENA_INIT;
	struct span *spans = NULL;
	struct store *store;
	size_t count = 0;

	(void)state;
	make_version_1();
	store = opened("db", STORE_WRITE);
	assert_int_equal(ask("db", "PRAGMA user_version"), 5);
	assert_string_equal(listed(store, &(struct post_filter){ 0 }), "2 1");
	assert_string_equal(listed(store, &(struct post_filter){ .query = looked("two") }), "2");
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("from:\"はな\"") }), "2 1");
	assert_string_equal(items(store, 1), "1");
	assert_done(ledger_spans(store, &key, &arena, &spans, &count, why));
	assert_int_equal(count, 1);
	assert_string_equal(spans[0].top_id, "2");
	assert_true(spans[0].closed);
	assert_null(spans[0].anchor_id);
	put_text(store, 3, "三", NOON);
	store_close(store);
	assert_int_equal(ask("db", "SELECT (SELECT count(*) FROM answer) + (SELECT count(*) FROM "
				   "run) + (SELECT count(*) FROM sighting) + (SELECT count(*) "
				   "FROM thread_tag)"),
			 1 + 1 + 3 + 1);
	assert_int_equal(ask("db", "SELECT (SELECT count(*) FROM forgotten) + (SELECT count(*) "
				   "FROM reply) + (SELECT count(*) FROM target)"),
			 0);
	assert_int_equal(ask("db", "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	arena_release(&arena);
}

static void a_store_of_version_1_is_not_read_before_that(void **state)
{
	struct err err = { 0 };

	(void)state;
	make_version_1();
	assert_null(store_open(in_folder("db"), STORE_READ, &err));
	assert_int_equal(err.code, ERR_MALFORMED);
	assert_non_null(strstr(err.msg, "db is of an older version (1, this program's is 5): "
					"archive fetch brings it up to date"));
	assert_int_equal(ask("db", "PRAGMA user_version"), 1);
}

/* As version 2 would have left it: more of an item, a target, what was forgotten. */
static void a_store_of_version_2_keeps_all_but_its_journal(void **state)
{
	struct store *store;
	struct thread thread = { .id = 1 };
	int64_t count = 0;
	sqlite3 *db = NULL;

	(void)state;
	make_version_1();
	assert_int_equal(sqlite3_open(in_folder("db"), &db), SQLITE_OK);
	run(db, data_schema_2_sql);
	run(db, "INSERT INTO item (id, thread, position, kind, key, text, url, style) VALUES "
		"(7, 1, 5, 'heading', 'k3f', '題', 'https://s.example/', 'large');"
		"INSERT INTO target VALUES (1, '/srv/post.md', 'fragment', 5);"
		"INSERT INTO forgotten VALUES (x'00', 'post', 5);");
	sqlite3_close(db);
	store = opened("db", STORE_WRITE);
	assert_int_equal(ask("db", "PRAGMA user_version"), 5);
	assert_string_equal(items(store, 1), "heading:題 1");
	assert_done(thread_choose_all(store, &thread, false, &count, why));
	assert_int_equal(count, 1);
	assert_string_equal(items(store, 1), "heading:題 1 2");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM item WHERE id = 7 AND key = 'k3f' AND url "
				   "= 'https://s.example/' AND style = 'large' AND position = 5"),
			 1);
	assert_true(ask("db", "SELECT max(id) FROM item") > 7);
	assert_int_equal(ask("db", "SELECT (SELECT count(*) FROM target) + "
				   "(SELECT count(*) FROM forgotten WHERE sha256 = x'00')"),
			 2);
	assert_int_equal(ask("db", "SELECT max(step) FROM edit"), 1);
	assert_int_equal(ask("db", "SELECT done FROM thread"), 1);
	assert_int_equal(ask("db", "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_store_of_version_1_is_brought_up_with_nothing_lost),
		IN_FOLDER(a_store_of_version_1_is_not_read_before_that),
		IN_FOLDER(a_store_of_version_2_keeps_all_but_its_journal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
