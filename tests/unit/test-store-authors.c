#include "in-store.h"

#include "archive/store/authors.h"
#include "archive/store/forget.h"

#define HANA "https://x.com/i/user/1"
#define TARO "https://x.com/i/user/2"

static const struct author hana = {
	.network = NETWORK_X,
	.host = "x.com",
	.uri = HANA,
	.handle = "@hana",
	.name = "はな",
	.url = "https://x.com/hana",
};
static const struct author hana_bare = { .network = NETWORK_X, .uri = HANA };
static const struct author hana_says_no = { .network = NETWORK_X, .uri = HANA, .optout = true };

static void put_authors(struct store *store, const struct author *author, int64_t fetched)
{
	assert_done(store_put_authors(store, author, 1, fetched, why));
}

static void put_post_of(struct store *store, const struct author *author, int number,
			int64_t fetched)
{
	struct page page = PAGE_INIT;

	add_post(&page, number, "聞いています")->author = *author;
	put_page(store, &page, fetched);
	page_release(&page);
}

static const char *handle_is(const char *handle)
{
	static char sql[256];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM author WHERE uri = '%s' AND handle IS %s",
		 HANA, handle);
	return sql;
}

static bool is_unknown(struct store *store, const char *uri)
{
	const char *const uris[] = { TARO, uri };
	bool unknown[2] = { false, false };

	assert_done(store_authors_unknown(store, uris, 2, unknown, why));
	assert_true(unknown[0]);
	return unknown[1];
}

static void an_author_is_unknown_until_looked_up(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	assert_true(is_unknown(store, HANA));
	put_post_of(store, &hana_bare, 1, NOON);
	assert_true(is_unknown(store, HANA));
	put_authors(store, &hana, NOON);
	assert_false(is_unknown(store, HANA));
	assert_done(store_authors_unknown(store, NULL, 0, NULL, why));
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("from:\"@hana\"") }), "1");
	store_close(store);
}

static void who_asked_not_to_be_archived_is_known(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_post_of(store, &hana_bare, 1, NOON);
	put_authors(store, &hana_says_no, NOON + 1);
	assert_false(is_unknown(store, HANA));
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM post WHERE optout"), 1);
}

static void who_opted_out_before_anything_was_stored_is_not_looked_up_again(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_authors(store, &hana_says_no, NOON);
	assert_false(is_unknown(store, HANA));
	put_post_of(store, &hana_bare, 1, NOON + 1);
	assert_string_equal(listed(store, &(struct post_filter){ 0 }), "");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM author WHERE optout AND coalesce(host, "
				   "network_id, handle, name, folded, url, avatar) IS NULL"),
			 1);
}

static void a_post_without_its_author_changes_nothing_of_the_author(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_post_of(store, &hana, 1, NOON);
	put_post_of(store, &hana_bare, 2, NOON + 10);
	put_post_of(store, &hana_bare, 1, NOON + 10);
	assert_int_equal(ask("db", handle_is("'@hana'")), 1);
	assert_int_equal(ask("db", "SELECT fetched FROM author"), NOON);
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("from:\"はな\"") }), "2 1");
	store_close(store);
}

/* What was looked up is told, however old: the uri alone tells nothing. */
static void any_reading_is_better_than_none(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_post_of(store, &hana_bare, 1, NOON);
	put_authors(store, &hana, NOON - 10);
	assert_int_equal(ask("db", handle_is("'@hana'")), 1);
	store_close(store);
}

static void posts_of_one_who_opted_out_are_emptied_with_and_without_the_author(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_post_of(store, &hana, 1, NOON);
	put_authors(store, &hana_says_no, NOON + 1);
	put_post_of(store, &hana_bare, 2, NOON + 10);
	put_post_of(store, &hana_bare, 1, NOON + 10);
	assert_string_equal(listed(store, &(struct post_filter){ 0 }), "");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM post WHERE optout AND text IS NULL"), 2);
	assert_int_equal(ask("db", handle_is("NULL")), 1);
}

/* ---- the judge ---- */

static enum fate judged(struct store *store, const struct author *author, int number)
{
	struct page page = PAGE_INIT;
	struct post *post = add_post(&page, number, "一");
	enum fate fate;

	post->author = *author;
	fate = store_judge(store, post);
	page_release(&page);
	return fate;
}

static void an_empty_store_knows_nothing_against_anyone(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	assert_int_equal(judged(store, &hana, 1), FATE_KEPT);
	assert_int_equal(judged(store, &(struct author){ 0 }, 1), FATE_KEPT);
	assert_int_equal(store_judge(store, &(struct post){ 0 }), FATE_KEPT);
	store_close(store);
}

static void posts_of_one_who_opted_out_are_judged_so(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_authors(store, &hana, NOON);
	assert_int_equal(judged(store, &hana_bare, 1), FATE_KEPT);
	put_authors(store, &hana_says_no, NOON + 1);
	assert_int_equal(judged(store, &hana_bare, 1), FATE_OPTED_OUT);
	assert_int_equal(judged(store, &hana, 1), FATE_OPTED_OUT);
	put_authors(store, &hana, NOON + 2);
	assert_int_equal(judged(store, &hana, 1), FATE_KEPT);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(an_author_is_unknown_until_looked_up),
		IN_FOLDER(who_asked_not_to_be_archived_is_known),
		IN_FOLDER(who_opted_out_before_anything_was_stored_is_not_looked_up_again),
		IN_FOLDER(a_post_without_its_author_changes_nothing_of_the_author),
		IN_FOLDER(any_reading_is_better_than_none),
		IN_FOLDER(posts_of_one_who_opted_out_are_emptied_with_and_without_the_author),
		IN_FOLDER(an_empty_store_knows_nothing_against_anyone),
		IN_FOLDER(posts_of_one_who_opted_out_are_judged_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
