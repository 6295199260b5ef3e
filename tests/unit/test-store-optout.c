#include "in-store.h"

#include "archive/store/forget.h"

#define ALL (&(struct post_filter){ .unlisted = true, .gone = true })

/* What an adapter hands over of a post whose author opted out. */
static void add_optout(struct page *page, int number, bool with_author)
{
	struct post *full = add_post(page, number, "");
	struct post bare = {
		.network = full->network,
		.uri = full->uri,
		.created = full->created,
		.optout = true,
		.counts = { -1, -1, -1, -1 },
	};

	if (with_author)
		bare.author = (struct author){ .network = full->network,
					       .uri = full->author.uri,
					       .optout = true };
	*full = bare;
}

static struct put_report put_optout(struct store *store, int number, bool with_author,
				    int64_t fetched)
{
	struct page page = PAGE_INIT;
	struct put_report report;

	add_optout(&page, number, with_author);
	report = put_page(store, &page, fetched);
	page_release(&page);
	return report;
}

/* Every column but those that may be there is NULL or 0. */
static void assert_empty(void)
{
	assert_int_equal(
		ask("db",
		    "SELECT count(*) FROM post WHERE optout = 1 AND (coalesce(visibility, author, "
		    "host, "
		    "network_id, url, lang, html, text, spoiler, reply_uri, reply_id, quote_uri, "
		    "quote_url, conversation, tags, replies, reposts, likes, quotes) IS NOT NULL "
		    "OR "
		    "fingerprint OR gone OR edited OR sensitive OR media OR emojis OR options OR "
		    "card OR "
		    "odd_url)"),
		0);
	assert_int_equal(ask("db", "SELECT count(*) FROM post p WHERE optout = 1 AND (EXISTS "
				   "(SELECT 1 FROM media m "
				   "WHERE m.post = p.id) OR EXISTS (SELECT 1 FROM tag t WHERE "
				   "t.post = p.id) OR EXISTS "
				   "(SELECT 1 FROM link l WHERE l.post = p.id) OR EXISTS (SELECT 1 "
				   "FROM sighting s WHERE "
				   "s.post = p.id))"),
			 0);
}

static void an_opted_out_post_is_uri_and_time(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct put_report report = put_optout(store, 1, true, NOON);

	(void)state;
	assert_int_equal(report.optouts, 1);
	assert_int_equal(report.fresh + report.known, 0);
	put_optout(store, 2, false, NOON);
	assert_string_equal(listed(store, ALL), "");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM post WHERE optout"), 2);
	assert_int_equal(ask("db", "SELECT created FROM post ORDER BY id"), NOON + 1000);
	assert_int_equal(ask("db", "SELECT count(*) FROM author"), 0);
	assert_empty();
}

static void put_secret(struct store *store, int number, int64_t fetched)
{
	static const struct media media[] = { { MEDIA_IMAGE,
						"https://files.example/secretpicture.png", NULL,
						"secretalt", 0, 0, 0, NULL } };
	struct page page = PAGE_INIT;
	struct post *post = add_post(&page, number, "secretword");

	post->html = "<p><a href=\"https://secretpage.example/\">x</a></p>";
	post->media = media;
	post->media_count = 1;
	add_tag(&page, post, "secrettag");
	put_page(store, &page, fetched);
	page_release(&page);
}

/* The other posts keep the words that they share with it. */
static void a_stored_post_that_opts_out_leaves_no_byte(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	for (int i = 2; i < 40; i++)
		put_text(store, i, i % 2 ? "sharedword one" : "sharedword two", NOON);
	put_secret(store, 1, NOON);
	store_close(store);
	assert_true(file_holds("db", "secretword"));
	store = opened("db", STORE_WRITE);
	assert_int_equal(put_optout(store, 1, false, NOON + 1).optouts, 1);
	assert_string_equal(listed(store, &(struct post_filter){ .query = looked("secretword") }),
			    "");
	store_close(store);
	assert_empty();
	assert_false(file_holds("db", "secretword"));
	assert_false(file_holds("db", "secretalt"));
	assert_false(file_holds("db", "secretpicture"));
	assert_false(file_holds("db", "secretpage"));
	assert_false(file_holds("db", "secrettag"));
	store = opened("db", STORE_READ);
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("sharedword"), .limit = 3 }),
		"39 38 37");
	store_close(store);
}

static void an_author_who_opts_out_takes_all_posts_along(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_secret(store, 1, NOON);
	put_secret(store, 11, NOON);
	put_text(store, 2, "他人", NOON);
	put_optout(store, 21, true, NOON + 1);
	assert_string_equal(listed(store, ALL), "2");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM post WHERE optout"), 3);
	assert_int_equal(ask("db", "SELECT count(*) FROM author WHERE optout AND coalesce(host, "
				   "network_id, handle, "
				   "name, folded, url, avatar) IS NULL"),
			 1);
	assert_false(file_holds("db", "secretword"));
	assert_empty();
}

static void an_opt_out_is_remembered_against_older_readings(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_text(store, 1, "前", NOON);
	put_optout(store, 1, true, NOON + 10);
	put_text(store, 11, "古い答え", NOON + 5);
	put_text(store, 1, "古い答え", NOON + 5);
	assert_string_equal(listed(store, ALL), "");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM post WHERE optout"), 2);
	assert_empty();
}

static void an_opt_out_that_was_withdrawn_is_over(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_text(store, 1, "前", NOON);
	put_optout(store, 1, true, NOON + 10);
	put_text(store, 1, "また公開", NOON + 20);
	assert_string_equal(listed(store, ALL), "1");
	assert_string_equal(listed(store, &(struct post_filter){ .query = looked("公開") }), "1");
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("from:\"はな 1\"") }), "1");
	put_optout(store, 1, false, NOON + 15);
	assert_string_equal(listed(store, ALL), "1");
	store_close(store);
}

/* Misskey shows the same post, under another name of its author, and never tells what that one
 * wants. */
static void a_network_that_tells_no_wishes_takes_no_opt_out_back(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct post *post = add_post(&page, 1, "secretword");

	(void)state;
	post->network = post->author.network = NETWORK_MISSKEY;
	post->author.uri = "https://social.example/@a1";
	assert_int_equal(store_judge(store, post), FATE_KEPT);
	put_optout(store, 1, true, NOON);
	assert_int_equal(store_judge(store, post), FATE_OPTED_OUT);
	put_page(store, &page, NOON + 10);
	assert_string_equal(listed(store, ALL), "");
	post->uri = "https://social.example/users/a1/statuses/2";
	assert_int_equal(store_judge(store, post), FATE_KEPT);
	page_release(&page);
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM post WHERE optout"), 1);
	assert_false(file_holds("db", "secretword"));
	assert_empty();
}

/* The program may end before the index was rewritten; the next one does it. */
static void a_removal_that_was_cut_off_is_finished_later(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	for (int i = 2; i < 30; i++)
		put_text(store, i, "sharedword", NOON);
	put_secret(store, 1, NOON);
	put_optout(store, 1, false, NOON + 1);
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM meta WHERE name = 'scrub'"), 0);
	ask("db", "INSERT INTO meta (name, value) VALUES ('scrub', '1')");
	store_close(opened("db", STORE_READ));
	assert_int_equal(ask("db", "SELECT count(*) FROM meta WHERE name = 'scrub'"), 1);
	store_close(opened("db", STORE_WRITE));
	assert_int_equal(ask("db", "SELECT count(*) FROM meta WHERE name = 'scrub'"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(an_opted_out_post_is_uri_and_time),
		IN_FOLDER(a_stored_post_that_opts_out_leaves_no_byte),
		IN_FOLDER(an_author_who_opts_out_takes_all_posts_along),
		IN_FOLDER(an_opt_out_is_remembered_against_older_readings),
		IN_FOLDER(an_opt_out_that_was_withdrawn_is_over),
		IN_FOLDER(a_network_that_tells_no_wishes_takes_no_opt_out_back),
		IN_FOLDER(a_removal_that_was_cut_off_is_finished_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
