#include "in-thread.h"

#include "archive/base/mem.h"

/* ---- threads ---- */

static void a_thread_comes_back_as_it_was_made(void **state)
{
	static const char *const tags[] = { "運用", "ssmjp" };
	const struct thread thread = { .slug = "SSMJP 2017-06",
				       .title = "六月",
				       .lang = "ja",
				       .zone = "Asia/Tokyo",
				       .since = NOON,
				       .until = NOON + 5,
				       .tags = tags,
				       .tag_count = 2 };
	struct store *store = opened("db", STORE_WRITE);
	struct arena arena = ARENA_INIT;
	struct thread got = { 0 };
	int64_t id = 0;

	(void)state;
	assert_done(thread_create(store, &thread, &id, why));
	assert_done(thread_load(store, "Ssmjp-2017-06", &arena, &got, why));
	assert_int_equal(got.id, id);
	assert_string_equal(got.slug, "ssmjp-2017-06");
	assert_string_equal(got.title, "六月");
	assert_string_equal(got.zone, "Asia/Tokyo");
	assert_string_equal(got.lang, "ja");
	assert_int_equal(got.since, NOON);
	assert_int_equal(got.until, NOON + 5);
	assert_int_equal(got.tag_count, 2);
	assert_string_equal(got.tags[0], "運用");
	assert_string_equal(got.tags[1], "ssmjp");
	assert_done(thread_load(store, NULL, &arena, &got, why));
	assert_int_equal(got.id, id);
	arena_release(&arena);
	store_close(store);
}

static void a_thread_that_cannot_be_made_leaves_nothing(void **state)
{
	static const struct {
		struct thread thread;
		const char *says;
	} cases[] = {
		{ { .slug = "taken", .tags = ssmjp, .tag_count = 1 },
		  "there is a thread 'taken' already" },
		{ { .slug = "TAKEN", .tags = ssmjp, .tag_count = 1 },
		  "there is a thread 'taken' already" },
		{ { .slug = "empty" }, "needs a hashtag or a window" },
		{ { .slug = "/", .tags = ssmjp, .tag_count = 1 }, "" },
	};
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	created(store, "taken");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };
		int64_t id = 0;

		assert_false(thread_create(store, &cases[i].thread, &id, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_non_null(strstr(err.msg, cases[i].says));
	}
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM thread"), 1);
	assert_int_equal(ask("db", "SELECT count(*) FROM thread_tag"), 1);
}

static void a_thread_that_is_not_there_names_what_is(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct arena arena = ARENA_INIT;
	struct thread got;
	struct err err = { 0 };

	(void)state;
	assert_false(thread_load(store, NULL, &arena, &got, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.msg, "archive thread new"));
	created(store, "june");
	assert_false(thread_load(store, "july", &arena, &got, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.msg, "june"));
	created(store, "may");
	assert_false(thread_load(store, NULL, &arena, &got, &err));
	assert_non_null(strstr(err.msg, "june"));
	assert_non_null(strstr(err.msg, "may"));
	arena_release(&arena);
	store_close(store);
}

static void a_thread_is_found_by_its_id_and_by_being_the_newest(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct arena arena = ARENA_INIT;
	struct thread got = { 0 };
	struct err err = { 0 };
	bool found = true;
	struct thread first;

	(void)state;
	assert_done(thread_load_newest(store, &arena, &got, &found, why));
	assert_false(found);
	assert_false(thread_load_id(store, 1, &arena, &got, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	first = created(store, "first");
	created(store, "second");
	assert_done(thread_load_newest(store, &arena, &got, &found, why));
	assert_true(found);
	assert_string_equal(got.slug, "second");
	assert_string_equal(got.tags[0], "ssmjp");
	assert_done(thread_load_id(store, first.id, &arena, &got, why));
	assert_string_equal(got.slug, "first");
	arena_release(&arena);
	store_close(store);
}

static void threads_are_listed_with_their_counts(void **state)
{
	struct store *store = with_posts(5);
	struct thread a = created(store, "a");
	struct thread window = { .slug = "b", .since = NOON + 2000, .until = NOON + 4000 };
	struct arena arena = ARENA_INIT;
	struct thread_row *rows = NULL;
	size_t count = 0;

	(void)state;
	assert_done(thread_create(store, &window, &window.id, why));
	did(store, OP_CHOOSE, a.id, 3);
	assert_done(thread_list(store, &arena, &rows, &count, why));
	assert_int_equal(count, 2);
	for (size_t i = 0; i < 2; i++) {
		bool is_a = rows[i].thread.id == a.id;

		assert_int_equal(rows[i].items, is_a ? 1 : 0);
		assert_int_equal(rows[i].candidates, is_a ? 5 : 2);
		assert_int_equal(rows[i].thread.tag_count, is_a ? 1 : 0);
		assert_true(rows[i].changed > 0);
	}
	arena_release(&arena);
	store_close(store);
}

/* ---- operations ---- */

/* The years beyond those that an id can hold. */
static void a_window_in_a_far_year_holds_no_post(void **state)
{
	struct store *store = with_posts(5);
	struct thread far = { .slug = "far", .since = POST_MAX_TIME * 2 };
	struct thread wide = { .slug = "wide", .since = 1, .until = POST_MAX_TIME * 2 };
	struct arena arena = ARENA_INIT;
	struct thread_row *rows = NULL;
	size_t listed = 0;
	int64_t count = 1;

	(void)state;
	assert_done(thread_create(store, &far, &far.id, why));
	assert_done(thread_create(store, &wide, &wide.id, why));
	assert_done(thread_list(store, &arena, &rows, &listed, why));
	for (size_t i = 0; i < listed; i++)
		assert_int_equal(rows[i].candidates, rows[i].thread.id == far.id ? 0 : 5);
	assert_done(thread_choose_all(store, &far, true, &count, why));
	assert_int_equal(count, 0);
	assert_done(thread_choose_all(store, &wide, true, &count, why));
	assert_int_equal(count, 5);
	arena_release(&arena);
	store_close(store);
}

static void chosen_posts_stand_in_order_of_time(void **state)
{
	struct store *store = with_posts(9);
	struct thread thread = created(store, "a");

	(void)state;
	for (int i = 0; i < 9; i++)
		assert_true(did(store, OP_CHOOSE, thread.id, i * 4 % 9 + 1));
	assert_string_equal(items(store, thread.id), "1 2 3 4 5 6 7 8 9");
	assert_false(did(store, OP_CHOOSE, thread.id, 5));
	assert_true(did(store, OP_UNDECIDE, thread.id, 5));
	assert_false(did(store, OP_UNDECIDE, thread.id, 5));
	assert_string_equal(items(store, thread.id), "1 2 3 4 6 7 8 9");
	assert_true(did(store, OP_CHOOSE, thread.id, 5));
	assert_string_equal(items(store, thread.id), "1 2 3 4 5 6 7 8 9");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(DISTINCT step) FROM edit"), 11);
}

/* A post comes behind the one before it in time, wherever a person has put that one. */
static void an_order_that_a_person_made_stays(void **state)
{
	struct store *store = with_posts(9);
	struct thread thread = created(store, "a");

	(void)state;
	did(store, OP_CHOOSE, thread.id, 2);
	did(store, OP_CHOOSE, thread.id, 8);
	ask("db", "UPDATE item SET position = (SELECT min(position) FROM item) - 100 "
		  "WHERE post = (SELECT max(post) FROM item)");
	ask("db", "INSERT INTO item (thread, position, kind, text) "
		  "SELECT 1, max(position) + 1000000, 'heading', '二部' FROM item");
	assert_string_equal(items(store, thread.id), "8 2 heading:二部");
	did(store, OP_CHOOSE, thread.id, 9);
	did(store, OP_CHOOSE, thread.id, 5);
	did(store, OP_CHOOSE, thread.id, 1);
	assert_string_equal(items(store, thread.id), "8 9 1 2 5 heading:二部");
	store_close(store);
}

/* Always between the same two: the gap is used up again and again. */
static void places_do_not_run_out(void **state)
{
	struct store *store = with_posts(200);
	struct thread thread = created(store, "a");
	char expected[1024] = "1";
	size_t len = 1;

	(void)state;
	did(store, OP_CHOOSE, thread.id, 1);
	for (int i = 200; i > 1; i--)
		did(store, OP_CHOOSE, thread.id, i);
	for (int i = 2; i <= 200; i++)
		len += (size_t)snprintf(expected + len, sizeof(expected) - len, " %d", i);
	assert_string_equal(items(store, thread.id), expected);
	store_close(store);
	assert_true(ask("db", "SELECT max(position) FROM item") < INT64_C(1) << 40);
}

static void what_cannot_be_chosen_is_refused(void **state)
{
	struct store *store = with_posts(2);
	struct thread thread = created(store, "a");
	struct page page = PAGE_INIT;
	struct op op = { .kind = OP_CHOOSE };
	struct op_report report = { 0 };
	struct err err = { 0 };

	(void)state;
	add_post(&page, 3, "")->optout = true;
	put_page(store, &page, NOON);
	page_release(&page);
	op.post = post_id(store, 3);
	assert_false(store_do(store, thread.id, NULL, &op, 1, &report, &err));
	assert_int_equal(err.code, ERR_USAGE);
	op.post = 12345; /* it may have been forgotten meanwhile */
	assert_done(store_do(store, thread.id, NULL, &op, 1, &report, why));
	assert_int_equal(report.changed, 0);
	op.post = post_id(store, 1);
	assert_false(store_do(store, 999, NULL, &op, 1, &report, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_string_equal(items(store, thread.id), "");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM edit"), 0);
}

/* What the journal holds is enough to take each operation back. */
static void the_journal_tells_what_was_there(void **state)
{
	struct store *store = with_posts(3);
	struct thread thread = created(store, "a");
	int64_t count;

	(void)state;
	assert_done(thread_choose_all(store, &thread, false, &count, why));
	assert_int_equal(ask("db", "SELECT count(*) FROM edit WHERE step = 1 AND kind IS NULL"), 3);
	did(store, OP_UNDECIDE, thread.id, 2);
	store_close(store);
	assert_int_equal(ask("db",
			     "SELECT count(*) FROM edit e JOIN post p ON p.id = e.post JOIN step s "
			     "ON s.number = e.step WHERE e.step = 2 AND "
			     "s.op = 'undecide' AND e.kind = 'post' AND p.network_id = '2' "
			     "AND e.position > 0 AND "
			     "e.item IN (SELECT item FROM edit WHERE step = 1)"),
			 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_thread_comes_back_as_it_was_made),
		IN_FOLDER(a_thread_that_cannot_be_made_leaves_nothing),
		IN_FOLDER(a_thread_that_is_not_there_names_what_is),
		IN_FOLDER(a_thread_is_found_by_its_id_and_by_being_the_newest),
		IN_FOLDER(threads_are_listed_with_their_counts),
		IN_FOLDER(a_window_in_a_far_year_holds_no_post),
		IN_FOLDER(chosen_posts_stand_in_order_of_time),
		IN_FOLDER(an_order_that_a_person_made_stays),
		IN_FOLDER(places_do_not_run_out),
		IN_FOLDER(what_cannot_be_chosen_is_refused),
		IN_FOLDER(the_journal_tells_what_was_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
