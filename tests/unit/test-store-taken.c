#include "in-thread.h"

#include "archive/store/known.h"
#include "archive/store/origins.h"

#define PAGE_URL "https://matome.example/li/1"
#define X_ID	 "880000000000000001"

/* A post of X as its network tells it, or as a page showed it. */
static void put_x(struct store *store, const char *text, const char *taken, int64_t fetched)
{
	struct page page = PAGE_INIT;
	struct post *post = page_add(&page);

	post->network = NETWORK_X;
	post->host = "x.com";
	post->network_id = X_ID;
	post->uri = "https://x.com/i/status/" X_ID;
	post->url = "https://x.com/hana/status/" X_ID;
	post->created = NOON;
	post->fetched = fetched;
	post->text = text;
	post->html = arena_printf(&page.arena, "<p>%s</p>", text);
	post->taken = taken;
	post->author.network = NETWORK_X;
	post->author.uri = taken ? NULL : "https://x.com/i/user/7";
	post->author.url = "https://x.com/hana";
	post->author.handle = "@hana";
	post->author.name = taken ? "むかしのはな" : "はな";
	put_page(store, &page, NOON + 5);
	page_release(&page);
}

static bool text_is(const char *text, bool taken)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		 "SELECT count(*) FROM post WHERE text = '%s' AND (taken IS NOT NULL) = %d", text,
		 taken);
	return ask("db", sql) == 1;
}

static void the_network_wins_over_a_page_whenever_it_was_read(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_x(store, "写し", PAGE_URL, NOON + 100);
	assert_true(text_is("写し", true));
	put_x(store, "本物", NULL, NOON + 1);
	assert_true(text_is("本物", false));
	assert_int_equal(ask("db", "SELECT fetched FROM post"), NOON + 1);
	put_x(store, "写し", PAGE_URL, NOON + 200);
	assert_true(text_is("本物", false));
	assert_int_equal(ask("db", "SELECT fetched FROM post"), NOON + 1);
	assert_int_equal(ask("db", "SELECT count(*) FROM author WHERE name = 'はな'"), 1);
	assert_int_equal(ask("db", "SELECT count(*) FROM author"), 1);
	store_close(store);
}

static void a_page_changes_nothing_of_a_post_that_is_gone(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	int64_t id = 0;

	(void)state;
	put_x(store, "本物", NULL, NOON);
	assert_done(store_find_post(store, "https://x.com/i/status/" X_ID, &id, why));
	assert_done(known_mark_gone(store, id, NOON + 3, why));
	put_x(store, "写し", PAGE_URL, NOON + 200);
	assert_true(text_is("本物", false));
	assert_int_equal(ask("db", "SELECT gone FROM post"), NOON + 3);
	store_close(store);
}

static void of_two_pages_the_first_counts(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_x(store, "写し", PAGE_URL, NOON);
	put_x(store, "別の写し", "https://other.example/2", NOON + 9);
	assert_true(text_is("写し", true));
	store_close(store);
}

static void a_part_finds_its_place_between_the_others(void **state)
{
	const struct origin_part one = { PAGE_URL, 1 }, two = { PAGE_URL, 2 },
				 three = { PAGE_URL, 3 };
	struct store *store = with_posts(3);
	struct thread thread = created(store, "t");
	const struct op first = { .kind = OP_CHOOSE, .post = post_id(store, 1) };
	const struct op third = { .kind = OP_CHOOSE, .post = post_id(store, 3) };
	struct op_report report = { 0 };
	struct origin_place place;
	struct step step;
	struct arena arena = ARENA_INIT;
	int64_t found = 0, items[2];

	(void)state;
	assert_done(origin_set_thread(store, thread.id, PAGE_URL, why));
	assert_done(origin_thread(store, PAGE_URL, &found, why));
	assert_int_equal(found, thread.id);
	assert_done(store_do(store, thread.id, "import", &first, 1, &report, why));
	assert_done(origin_note(store, thread.id, report.step, &one, why));
	items[0] = report.item;
	assert_done(store_do(store, thread.id, "import", &third, 1, &report, why));
	assert_done(origin_note(store, thread.id, report.step, &three, why));
	items[1] = report.item;
	assert_done(origin_find(store, thread.id, &two, &place, why));
	assert_int_equal(place.there, 0);
	assert_int_equal(place.before, items[0]);
	assert_int_equal(place.behind, items[1]);
	/* what was undone is not there; done again it is */
	assert_done(thread_undo(store, thread.id, &arena, &step, why));
	assert_done(origin_find(store, thread.id, &three, &place, why));
	assert_int_equal(place.there, 0);
	assert_done(thread_redo(store, thread.id, &arena, &step, why));
	assert_done(origin_find(store, thread.id, &three, &place, why));
	assert_int_equal(place.there, items[1]);
	arena_release(&arena);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(the_network_wins_over_a_page_whenever_it_was_read),
		IN_FOLDER(a_page_changes_nothing_of_a_post_that_is_gone),
		IN_FOLDER(of_two_pages_the_first_counts),
		IN_FOLDER(a_part_finds_its_place_between_the_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
