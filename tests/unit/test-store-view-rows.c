/* What a row of a screen says, the thread's items, sections, whole posts, and how many there are.
 */
#include "in-thread.h"

#include "archive/base/hash.h"
#include "archive/base/mem.h"
#include "archive/store/replies.h"
#include "archive/store/view.h"

static const struct view_filter any = { .network = -1 };

static struct view_page candidates(struct store *store, const struct thread *thread,
				   const struct view_filter *filter, struct arena *arena)
{
	const struct view_span span = { .limit = 100 };
	struct view_page page;

	assert_done(view_candidates(store, thread, filter, &span, arena, &page, why));
	return page;
}

static struct row row_of(struct store *store, int64_t thread, int number, struct arena *arena)
{
	struct row row;

	assert_done(view_post_row(store, thread, post_id(store, number), arena, &row, why));
	return row;
}

/* ---- rows ---- */

static void a_row_says_what_a_line_needs(void **state)
{
	static const struct media media[] = { { .kind = MEDIA_IMAGE },
					      { .kind = MEDIA_AUDIO },
					      { .kind = MEDIA_VIDEO } };
	struct store *store = opened("db", STORE_WRITE);
	struct thread thread = created(store, "t");
	struct page page = PAGE_INIT;
	struct arena arena = ARENA_INIT;
	struct post *post = add_post(&page, 7, "一行目\n\n二行目\tと");
	struct row row;

	(void)state;
	add_tag(&page, post, "ssmjp");
	post->spoiler = "ネタバレ";
	post->visibility = VISIBILITY_UNLISTED;
	post->media = media;
	post->media_count = 3;
	post->counts.likes = 5;
	post->author.url = "https://social.example/@a7";
	put_page(store, &page, NOON);
	row = candidates(store, &thread, &any, &arena).rows[0];
	assert_int_equal(row.post, post_id(store, 7));
	assert_int_equal(row.item, 0);
	assert_int_equal(row.kind, ITEM_POST);
	assert_int_equal(row.verdict, VERDICT_NONE);
	assert_int_equal(row.time, NOON + 7000);
	assert_int_equal(row.network, NETWORK_MASTODON);
	assert_true(row.author > 0);
	assert_string_equal(row.name, "はな 7");
	assert_string_equal(row.handle, "@a7@social.example");
	assert_string_equal(row.profile, "https://social.example/@a7");
	assert_string_equal(row.url, "https://social.example/@a7/7");
	assert_string_equal(row.text, "[ネタバレ] 一行目 二行目 と");
	assert_int_equal(row.likes, 5);
	assert_int_equal(row.reposts, -1);
	assert_int_equal(row.media, 2);
	assert_true(row.unlisted && !row.reply && !row.gone && !row.cut);
	page_release(&page);
	arena_release(&arena);
	store_close(store);
}

static void a_long_text_is_cut_between_characters(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct thread thread = created(store, "t");
	struct arena arena = ARENA_INIT;
	char text[20001] = "x";
	struct row row;

	(void)state;
	for (size_t i = 1; i + 3 < sizeof(text); i += 3)
		memcpy(text + i, "あ", 4);
	put_text(store, 1, text, NOON);
	put_text(store, 2, text + strlen(text) - 510, NOON);
	row = row_of(store, thread.id, 1, &arena);
	assert_true(row.cut);
	assert_int_equal(strlen(row.text), 511);
	assert_memory_equal(row.text, text, 511);
	row = row_of(store, thread.id, 2, &arena);
	assert_true(!row.cut);
	arena_release(&arena);
	store_close(store);
}

/* A network without conversations tells only what a post answers. */
static void an_answer_belongs_to_the_root_that_is_known(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct thread thread = created(store, "t");
	struct page page = PAGE_INIT;
	struct arena arena = ARENA_INIT;
	struct post *post;

	(void)state;
	add_post(&page, 1, "根");
	for (int i = 2; i <= 4; i++) {
		post = add_post(&page, i, "返事");
		post->reply_uri = arena_printf(
			&page.arena, "https://social.example/users/a%d/statuses/%d", i - 1, i - 1);
	}
	add_post(&page, 5, "迷子")->reply_uri = "https://gone.example/1";
	post = add_post(&page, 6, "別の場");
	post->reply_id = "99";
	post->conversation = "c";
	put_page(store, &page, NOON);
	for (int i = 1; i <= 4; i++) {
		struct row row = row_of(store, thread.id, i, &arena);

		assert_string_equal(row.conversation, "https://social.example/users/a1/statuses/1");
		assert_int_equal(row.reply, i > 1);
	}
	assert_string_equal(row_of(store, thread.id, 5, &arena).conversation,
			    "https://gone.example/1");
	assert_string_equal(row_of(store, thread.id, 6, &arena).conversation, "c");
	assert_true(row_of(store, thread.id, 6, &arena).reply);
	page_release(&page);
	arena_release(&arena);
	store_close(store);
}

/* Two posts that answer each other, as only a broken server has them. */
static void a_circle_of_answers_ends(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct thread thread = created(store, "t");
	struct page page = PAGE_INIT;
	struct arena arena = ARENA_INIT;

	(void)state;
	add_post(&page, 1, "卵")->reply_uri = "https://social.example/users/a2/statuses/2";
	add_post(&page, 2, "鶏")->reply_uri = "https://social.example/users/a1/statuses/1";
	put_page(store, &page, NOON);
	assert_non_null(row_of(store, thread.id, 1, &arena).conversation);
	page_release(&page);
	arena_release(&arena);
	store_close(store);
}

static void a_step_shows_in_the_row(void **state)
{
	struct store *store = with_posts(3);
	struct thread thread = created(store, "t");
	struct arena arena = ARENA_INIT;
	struct view_totals totals;
	struct err err = { 0 };
	struct row row;

	(void)state;
	did(store, OP_CHOOSE, thread.id, 1);
	did(store, OP_DROP, thread.id, 2);
	row = row_of(store, thread.id, 1, &arena);
	assert_int_equal(row.verdict, VERDICT_CHOSEN);
	assert_true(row.item > 0);
	assert_int_equal(row_of(store, thread.id, 2, &arena).verdict, VERDICT_DROPPED);
	assert_int_equal(row_of(store, thread.id, 3, &arena).verdict, VERDICT_NONE);
	assert_done(view_totals(store, thread.id, &totals, why));
	assert_int_equal(totals.chosen, 1);
	assert_int_equal(totals.dropped, 1);
	did(store, OP_UNDECIDE, thread.id, 1);
	assert_int_equal(row_of(store, thread.id, 1, &arena).verdict, VERDICT_NONE);
	assert_int_equal(row_of(store, thread.id, 1, &arena).item, 0);
	assert_false(view_post_row(store, thread.id, 12345, &arena, &row, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	arena_release(&arena);
	store_close(store);
}

static void a_chosen_post_that_is_gone_is_a_row_marked_so(void **state)
{
	struct store *store = with_posts(3);
	struct thread thread = created(store, "t");
	struct arena arena = ARENA_INIT;
	struct view_page page;

	(void)state;
	did(store, OP_CHOOSE, thread.id, 1);
	ask("db", "UPDATE post SET gone = 1 WHERE network_id IN ('1', '2')");
	page = candidates(store, &thread, &any, &arena);
	assert_int_equal(page.count, 2);
	assert_true(page.rows[0].gone);
	assert_true(!page.rows[1].gone);
	arena_release(&arena);
	store_close(store);
}

static void a_search_that_cannot_be_done_is_said(void **state)
{
	const struct view_filter filter = { .network = -1, .query = looked("in:nothing") };
	const struct view_span span = { .limit = 5 };
	struct store *store = with_posts(1);
	struct thread thread = created(store, "t");
	struct arena arena = ARENA_INIT;
	struct view_page page;
	struct err err = { 0 };

	(void)state;
	assert_false(view_candidates(store, &thread, &filter, &span, &arena, &page, &err));
	assert_int_equal(err.code, ERR_USAGE);
	arena_release(&arena);
	store_close(store);
}

/* ---- items ---- */

static int64_t insert(struct store *store, int64_t thread, const struct item *words,
		      enum spot_kind spot)
{
	const struct op op = { .kind = OP_INSERT, .spot.kind = spot, .words = *words };
	struct op_report report = { 0 };

	assert_done(store_do(store, thread, NULL, &op, 1, &report, why));
	return report.item;
}

/* Heading, posts 1 to 3, heading, note: an evening. */
static struct thread with_evening(struct store *store)
{
	struct thread thread = created(store, "t");

	insert(store, thread.id,
	       &(struct item){ .kind = ITEM_HEADING,
			       .text = "監視",
			       .speaker = "はな",
			       .url = "https://slides.example/",
			       .key = "k1",
			       .starts = NOON },
	       SPOT_END);
	for (int i = 1; i <= 3; i++)
		did(store, OP_CHOOSE, thread.id, i);
	insert(store, thread.id, &(struct item){ .kind = ITEM_HEADING, .text = "懇親会" },
	       SPOT_END);
	insert(store, thread.id, &(struct item){ .kind = ITEM_NOTE, .text = "二\n行" }, SPOT_END);
	return thread;
}

static void items_come_in_windows_both_ways(void **state)
{
	struct store *store = with_posts(3);
	struct thread thread = with_evening(store);
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t limit = 1; limit <= 7; limit++)
		for (int back = 0; back < 2; back++) {
			struct view_page page = { .reached = back ? INT64_MAX : INT64_MIN };
			int64_t last = page.reached;
			size_t seen = 0;

			while (!page.end) {
				const struct view_span span = { .from = page.reached,
								.back = back,
								.limit = limit };

				assert_done(
					view_items(store, thread.id, &span, &arena, &page, why));
				for (size_t i = 0; i < page.count; i++) {
					size_t n = back ? page.count - 1 - i : i;
					int64_t at = page.rows[n].position;

					assert_true(back ? at < last : at > last);
					last = at;
					seen++;
				}
			}
			assert_int_equal(seen, 6);
		}
	arena_release(&arena);
	store_close(store);
}

static void an_item_says_what_it_is(void **state)
{
	const struct view_span all = { .from = INT64_MIN, .limit = 10 };
	struct store *store = with_posts(3);
	struct thread thread = with_evening(store);
	struct arena arena = ARENA_INIT;
	struct view_page page;

	(void)state;
	assert_done(view_items(store, thread.id, &all, &arena, &page, why));
	assert_int_equal(page.count, 6);
	assert_true(page.end);
	assert_int_equal(page.rows[0].kind, ITEM_HEADING);
	assert_int_equal(page.rows[0].post, 0);
	assert_string_equal(page.rows[0].text, "監視");
	assert_string_equal(page.rows[0].speaker, "はな");
	assert_string_equal(page.rows[0].key, "k1");
	assert_string_equal(page.rows[0].url, "https://slides.example/");
	assert_int_equal(page.rows[0].time, NOON);
	assert_int_equal(page.rows[1].kind, ITEM_POST);
	assert_int_equal(page.rows[1].post, post_id(store, 1));
	assert_int_equal(page.rows[1].verdict, VERDICT_CHOSEN);
	assert_string_equal(page.rows[1].text, "話");
	assert_int_equal(page.rows[5].kind, ITEM_NOTE);
	assert_string_equal(page.rows[5].text, "二 行");
	arena_release(&arena);
	store_close(store);
}

static void an_item_stands_under_the_heading_before_it(void **state)
{
	const struct view_span all = { .from = INT64_MIN, .limit = 10 };
	static const int64_t numbers[] = { 1, 1, 1, 1, 2, 2 };
	struct store *store = with_posts(3);
	struct thread thread = with_evening(store);
	struct arena arena = ARENA_INIT;
	struct view_page page;
	struct row row, *headings;
	int64_t number;
	size_t count;

	(void)state;
	assert_done(view_items(store, thread.id, &all, &arena, &page, why));
	for (size_t i = 0; i < page.count; i++) {
		assert_done(view_section(store, thread.id, page.rows[i].position, &arena, &row,
					 &number, why));
		assert_int_equal(number, numbers[i]);
		assert_string_equal(row.text, numbers[i] == 1 ? "監視" : "懇親会");
	}
	assert_done(view_section(store, thread.id, page.rows[0].position - 1, &arena, &row, &number,
				 why));
	assert_int_equal(number, 0);
	assert_done(view_headings(store, thread.id, &arena, &headings, &count, why));
	assert_int_equal(count, 2);
	assert_string_equal(headings[1].text, "懇親会");
	arena_release(&arena);
	store_close(store);
}

/* ---- whole posts ---- */

static void a_whole_post_comes_with_what_it_quotes_and_answers(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct arena arena = ARENA_INIT;
	struct view_detail detail;
	char short_id[HASH_SHORT_LEN + 1];
	struct err err = { 0 };
	struct post *post;

	(void)state;
	add_post(&page, 1, "引用される");
	add_post(&page, 2, "問い");
	post = add_post(&page, 3, "答え");
	post->quote_uri = "https://social.example/users/a1/statuses/1";
	post->reply_uri = "https://social.example/users/a2/statuses/2";
	post = add_post(&page, 4, "知らない人へ");
	post->quote_uri = post->reply_uri = "https://gone.example/1";
	post->html = "<p><a href=\"https://slides.example/1\">資料</a> "
		     "<a href=\"https://notes.example/\">notes</a></p>";
	put_page(store, &page, NOON);
	assert_done(view_detail(store, post_id(store, 3), &arena, &detail, why));
	page_clear(&page);
	assert_string_equal(detail.post.text, "答え");
	assert_string_equal(detail.post.author.handle, "@a3@social.example");
	assert_int_equal(detail.quote.id, post_id(store, 1));
	assert_string_equal(detail.quote.text, "引用される");
	hash_short_id("https://social.example/users/a2/statuses/2", short_id);
	assert_string_equal(detail.answers, short_id);
	assert_string_equal(detail.answers_name, "はな 2");
	assert_done(view_detail(store, post_id(store, 4), &arena, &detail, why));
	assert_int_equal(detail.quote.id, 0);
	assert_int_equal(detail.link_count, 2);
	assert_string_equal(detail.links[0], "https://notes.example/");
	assert_string_equal(detail.links[1], "https://slides.example/1");
	assert_string_equal(detail.answers, "");
	assert_null(detail.answers_name);
	ask("db", "UPDATE post SET gone = 1 WHERE network_id = '1'");
	assert_done(view_detail(store, post_id(store, 3), &arena, &detail, why));
	assert_int_equal(detail.quote.id, 0);
	assert_false(view_detail(store, 1, &arena, &detail, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	page_release(&page);
	arena_release(&arena);
	store_close(store);
}

/* ---- how many, and when ---- */

static void a_thread_s_range_and_counts_are_of_its_tags_and_window(void **state)
{
	static const char *const two[] = { "ssmjp", "other" };
	struct store *store = with_posts(40);
	struct thread thread = { .slug = "t", .tags = two, .tag_count = 2 };
	struct page page = PAGE_INIT;
	int64_t first, last, count;
	struct post *post = add_post(&page, 50, "両方");

	(void)state;
	add_tag(&page, post, "other");
	add_tag(&page, post, "ssmjp");
	add_post(&page, 60, "返事");
	put_page(store, &page, NOON);
	assert_done(store_put_reply(store, "https://social.example/users/a0/statuses/60", "ssmjp",
				    why));
	assert_done(thread_create(store, &thread, &thread.id, why));
	assert_done(view_range(store, &thread, &first, &last, why));
	assert_int_equal(first, NOON + 1000);
	assert_int_equal(last, NOON + 60000);
	assert_done(view_count(store, &thread, 0, 0, 1000, &count, why));
	assert_int_equal(count, 42);
	assert_done(view_count(store, &thread, 0, 0, 10, &count, why));
	assert_int_equal(count, 10);
	assert_done(view_count(store, &thread, NOON + 39000, NOON + 60000, 100, &count, why));
	assert_int_equal(count, 3);
	thread.since = NOON + 5000;
	thread.until = NOON + 9000;
	assert_done(view_range(store, &thread, &first, &last, why));
	assert_int_equal(first, NOON + 5000);
	assert_int_equal(last, NOON + 8000);
	assert_done(view_count(store, &thread, 0, NOON + 8000, 100, &count, why));
	assert_int_equal(count, 3);
	thread.since = NOON + 70000;
	thread.until = NOON + 80000;
	assert_done(view_range(store, &thread, &first, &last, why));
	assert_int_equal(first, 0);
	assert_int_equal(last, 0);
	page_release(&page);
	store_close(store);
}

static void another_program_s_writing_shows_in_the_version(void **state)
{
	struct store *store = with_posts(2);
	struct store *other = opened("db", STORE_WRITE);
	struct thread thread = created(store, "t");
	int64_t before, after;

	(void)state;
	assert_done(view_version(store, &before, why));
	did(store, OP_CHOOSE, thread.id, 1);
	assert_done(view_version(store, &after, why));
	assert_int_equal(after, before);
	did(other, OP_CHOOSE, thread.id, 2);
	assert_done(view_version(store, &after, why));
	assert_int_not_equal(after, before);
	store_close(other);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_row_says_what_a_line_needs),
		IN_FOLDER(a_long_text_is_cut_between_characters),
		IN_FOLDER(an_answer_belongs_to_the_root_that_is_known),
		IN_FOLDER(a_circle_of_answers_ends),
		IN_FOLDER(a_step_shows_in_the_row),
		IN_FOLDER(a_chosen_post_that_is_gone_is_a_row_marked_so),
		IN_FOLDER(a_search_that_cannot_be_done_is_said),
		IN_FOLDER(items_come_in_windows_both_ways),
		IN_FOLDER(an_item_says_what_it_is),
		IN_FOLDER(an_item_stands_under_the_heading_before_it),
		IN_FOLDER(a_whole_post_comes_with_what_it_quotes_and_answers),
		IN_FOLDER(a_thread_s_range_and_counts_are_of_its_tags_and_window),
		IN_FOLDER(another_program_s_writing_shows_in_the_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
