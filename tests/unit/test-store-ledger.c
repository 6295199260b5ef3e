#include "in-store.h"

#include "archive/base/mem.h"
#include "archive/store/ledger.h"

static const struct ledger_key key = { SOURCE, "anonymous", "ssmjp" };

static void spans_are_kept_by_source_credential_and_tag(void **state)
{
	static const struct ledger_key others[] = {
		{ "mastodon:other.example", "anonymous", "ssmjp" },
		{ SOURCE, "token", "ssmjp" },
		{ SOURCE, "anonymous", "other" },
	};
	struct store *store = opened("db", STORE_WRITE);
	struct arena arena = ARENA_INIT;
	struct span *spans;
	size_t count;

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct span span = { .top_id = i == 1 ? "b" : "a",
				     .bottom_id = NULL,
				     .top_time = NOON + i % 3 * INT64_C(10),
				     .bottom_time = NOON + i * INT64_C(10) - 5,
				     .closed = i == 1,
				     .floor = i,
				     .updated = NOON + i,
				     .anchor_id = i == 1 ? "a" : NULL };

		assert_done(ledger_put_span(store, &key, &span, why));
		assert_true(span.id > 0);
	}
	assert_done(ledger_spans(store, &key, &arena, &spans, &count, why));
	assert_int_equal(count, 3);
	assert_int_equal(spans[0].top_time, NOON + 20);
	assert_int_equal(spans[2].top_time, NOON);
	assert_string_equal(spans[1].top_id, "b");
	assert_null(spans[1].bottom_id);
	assert_string_equal(spans[1].anchor_id, "a");
	assert_null(spans[0].anchor_id);
	assert_true(spans[1].closed && !spans[0].closed);
	assert_int_equal(spans[0].floor, 2);
	assert_int_equal(spans[0].bottom_time, NOON + 15);
	assert_int_equal(spans[0].updated, NOON + 2);
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		assert_done(ledger_spans(store, &others[i], &arena, &spans, &count, why));
		assert_int_equal(count, 0);
	}
	arena_release(&arena);
	store_close(store);
}

static void a_span_is_written_over_and_dropped(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct span span = { .top_id = "9", .bottom_id = "5", .top_time = 9, .bottom_time = 5 };
	struct arena arena = ARENA_INIT;
	struct span *spans;
	size_t count;
	int64_t id;

	(void)state;
	assert_done(ledger_put_span(store, &key, &span, why));
	id = span.id;
	span.bottom_id = "3";
	span.closed = true;
	assert_done(ledger_put_span(store, &key, &span, why));
	assert_int_equal(span.id, id);
	assert_done(ledger_spans(store, &key, &arena, &spans, &count, why));
	assert_int_equal(count, 1);
	assert_string_equal(spans[0].bottom_id, "3");
	assert_done(ledger_drop_span(store, id, why));
	assert_done(ledger_drop_span(store, id, why));
	assert_done(ledger_spans(store, &key, &arena, &spans, &count, why));
	assert_int_equal(count, 0);
	arena_release(&arena);
	store_close(store);
}

/* A page and its place are one: what is rolled back is rolled back with its span. */
static void a_page_and_its_place_are_one(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct span span = {
		.top_id = "1", .bottom_id = "1", .top_time = NOON, .bottom_time = NOON
	};
	struct arena arena = ARENA_INIT;
	struct span *spans;
	size_t count;

	(void)state;
	assert_done(store_begin(store, why));
	put_text(store, 1, "一", NOON);
	assert_done(ledger_put_span(store, &key, &span, why));
	store_rollback(store);
	assert_done(ledger_spans(store, &key, &arena, &spans, &count, why));
	assert_int_equal(count, 0);
	assert_string_equal(listed(store, &(struct post_filter){ 0 }), "");
	arena_release(&arena);
	store_close(store);
}

/* ---- status ---- */

static struct ledger_row only_row(struct store *store, struct arena *arena)
{
	struct ledger_row *rows = NULL;
	size_t count = 0;

	assert_done(store_status_ledger(store, arena, &rows, &count, why));
	assert_int_equal(count, 1);
	return rows[0];
}

static void the_last_run_is_told_with_its_figures(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct arena arena = ARENA_INIT;
	struct run run = { .ended = NOON + 9,
			   .outcome = RUN_PART,
			   .pages = 1,
			   .fresh = 2,
			   .known = 3,
			   .dropped = 4,
			   .billed_posts = 5,
			   .billed_authors = 6,
			   .spent_micros = 7,
			   .why = "ask for less" };
	struct ledger_row row;
	int64_t first;

	(void)state;
	assert_done(ledger_run_begin(store, &key, NOON - 1, &first, why));
	assert_done(ledger_run_begin(store, &key, NOON, &run.id, why));
	assert_true(run.id > first && first > 0);
	row = only_row(store, &arena);
	assert_int_equal(row.last.outcome, RUN_UNDER_WAY);
	assert_int_equal(row.span_count, 0);
	assert_true(!row.whole && !row.missing_to && !row.oldest && !row.newest);
	assert_done(ledger_run_put(store, &run, why));
	row = only_row(store, &arena);
	assert_string_equal(row.source, SOURCE);
	assert_string_equal(row.auth, "anonymous");
	assert_string_equal(row.tag, "ssmjp");
	assert_int_equal(row.last.id, run.id);
	assert_int_equal(row.last.started, NOON);
	assert_int_equal(row.last.ended, NOON + 9);
	assert_int_equal(row.last.outcome, RUN_PART);
	assert_int_equal(row.last.pages + row.last.fresh + row.last.known + row.last.dropped, 10);
	assert_int_equal(row.last.billed_posts + row.last.billed_authors + row.last.spent_micros,
			 18);
	assert_string_equal(row.last.why, "ask for less");
	arena_release(&arena);
	store_close(store);
}

static const struct {
	struct span spans[3];
	size_t count;
	bool whole;
	int64_t oldest, newest, from, to;
} holes[] = {
	{ { { .top_time = 90, .bottom_time = 10, .closed = true } }, 1, true, 10, 90, 0, 0 },
	{ { { .top_time = 90, .bottom_time = 10, .closed = true, .floor = 10 } },
	  1,
	  false,
	  10,
	  90,
	  0,
	  0 },
	{ { { .top_time = 90, .bottom_time = 50 } }, 1, false, 50, 90, 0, 50 },
	{ { { .top_time = 90, .bottom_time = 50 },
	    { .top_time = 40, .bottom_time = 10, .closed = true } },
	  2,
	  false,
	  10,
	  90,
	  40,
	  50 },
	{ { { .top_time = 90, .bottom_time = 80, .closed = true, .floor = 80 },
	    { .top_time = 40, .bottom_time = 10, .closed = true } },
	  2,
	  false,
	  10,
	  90,
	  40,
	  80 },
	{ { { .top_time = 90, .bottom_time = 80 },
	    { .top_time = 70, .bottom_time = 60 },
	    { .top_time = 20, .bottom_time = 10, .closed = true } },
	  3,
	  false,
	  10,
	  90,
	  70,
	  80 },
	/* two who read at once */
	{ { { .top_time = 90, .bottom_time = 10, .closed = true },
	    { .top_time = 90, .bottom_time = 10, .closed = true } },
	  2,
	  true,
	  10,
	  90,
	  0,
	  0 },
	{ { { .top_time = 90, .bottom_time = 10, .closed = true },
	    { .top_time = 80, .bottom_time = 60 } },
	  2,
	  true,
	  10,
	  90,
	  0,
	  0 },
	{ { { .top_time = 90, .bottom_time = 80, .closed = true, .floor = 70 },
	    { .top_time = 85, .bottom_time = 10, .closed = true } },
	  2,
	  true,
	  10,
	  90,
	  0,
	  0 },
};

static void the_newest_hole_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(holes); i++) {
		struct store *store = opened("db", STORE_WRITE);
		struct arena arena = ARENA_INIT;
		struct ledger_row row;

		for (size_t k = 0; k < holes[i].count; k++) {
			struct span span = holes[i].spans[k];

			assert_done(ledger_put_span(store, &key, &span, why));
		}
		row = only_row(store, &arena);
		assert_int_equal(row.whole, holes[i].whole);
		assert_int_equal(row.span_count, holes[i].count);
		assert_int_equal(row.oldest, holes[i].oldest);
		assert_int_equal(row.newest, holes[i].newest);
		assert_int_equal(row.missing_from, holes[i].from);
		assert_int_equal(row.missing_to, holes[i].to);
		arena_release(&arena);
		store_close(store);
		unlink(in_folder("db"));
	}
}

static void what_is_in_the_store_is_counted(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct arena arena = ARENA_INIT;
	struct store_totals totals = { 0 };
	struct store_row *rows = NULL;
	size_t count = 0;

	(void)state;
	for (int i = 1; i <= 5; i++)
		put_text(store, i, "一", NOON);
	add_post(&page, 15, "タグなし");
	add_tag(&page, add_post(&page, 25, "両方"), "ssmjp");
	add_tag(&page, &page.posts[1], "運用");
	add_tag(&page, add_post(&page, 16, "X"), "ssmjp");
	page.posts[2].network = NETWORK_X;
	put_page(store, &page, NOON);
	page_release(&page);
	assert_done(store_status_posts(store, &arena, &rows, &count, why));
	assert_int_equal(count, 4);
	assert_int_equal(rows[0].network, NETWORK_MASTODON);
	assert_string_equal(rows[0].tag, "ssmjp");
	assert_int_equal(rows[0].posts, 6);
	assert_int_equal(rows[0].authors, 5);
	assert_int_equal(rows[0].oldest, NOON + 1000);
	assert_int_equal(rows[0].newest, NOON + 25000);
	assert_null(rows[1].tag);
	assert_int_equal(rows[1].posts, 1);
	assert_string_equal(rows[2].tag, "運用");
	assert_int_equal(rows[3].network, NETWORK_X);
	assert_done(store_status_totals(store, &totals, why));
	assert_int_equal(totals.posts, 8);
	assert_int_equal(totals.authors, 6);
	assert_int_equal(totals.answers + totals.threads, 0);
	assert_true(totals.bytes >= 4096);
	arena_release(&arena);
	store_close(store);
}

static void more_tags_than_fit_at_first_are_counted(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct arena arena = ARENA_INIT;
	struct store_row *rows = NULL;
	struct post *post = add_post(&page, 1, "多い");
	size_t count = 0;

	(void)state;
	for (int i = 0; i < 100; i++)
		add_tag(&page, post, arena_printf(&page.arena, "tag%03d", i));
	put_page(store, &page, NOON);
	page_release(&page);
	assert_done(store_status_posts(store, &arena, &rows, &count, why));
	assert_int_equal(count, 100);
	assert_string_equal(rows[0].tag, "tag000");
	assert_string_equal(rows[99].tag, "tag099");
	arena_release(&arena);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(spans_are_kept_by_source_credential_and_tag),
		IN_FOLDER(a_span_is_written_over_and_dropped),
		IN_FOLDER(a_page_and_its_place_are_one),
		IN_FOLDER(the_last_run_is_told_with_its_figures),
		IN_FOLDER(the_newest_hole_is_told),
		IN_FOLDER(what_is_in_the_store_is_counted),
		IN_FOLDER(more_tags_than_fit_at_first_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
