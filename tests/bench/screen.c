/*
 * What a person at the screen waits for, in a store that make-store made: the first screen, a
 * window further, a filter, each key of a search, an item moved in a thread of
 * 10,000.
 *
 *     bench-screen STORE
 */
#include "archive/store/threads.h"
#include "archive/store/view.h"
#include "figures.h"

#define LIMIT	 50
#define ITEMS	 10000
#define KEY_GOAL 16

static struct err err[1];
static struct figures figures;

static uint64_t state = 88172645463325252u;

static int64_t below(int64_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (int64_t)((state >> 1) % (uint64_t)n);
}

static const struct search_query *looked(const char *typed)
{
	static struct search_query query;
	static struct arena arena;

	arena_clear(&arena);
	figures_must(search_parse(&(struct search_reading){ &arena, 1, "UTC" }, typed, &query, err),
		     err->msg);
	return &query;
}

/* ---- windows ---- */

struct bench {
	struct store *store;
	struct thread thread;
	struct arena arena;
	int64_t first, last; /* times */
};

static int64_t some_id(const struct bench *b)
{
	return (b->first + below(b->last - b->first + 1)) << 20;
}

static struct view_page look(struct bench *b, const struct view_filter *filter, int64_t from,
			     bool back)
{
	const struct view_span span = { .from = from, .back = back, .limit = LIMIT };
	struct view_page page;

	figures_must(view_candidates(b->store, &b->thread, filter, &span, &b->arena, &page, err),
		     err->msg);
	return page;
}

static void first_screen(struct bench *b)
{
	const struct view_filter filter = { .network = -1 };
	const struct view_span span = { .from = INT64_MIN, .limit = LIMIT };
	struct view_totals totals;
	struct view_detail detail;
	struct view_page page;
	struct row *headings;
	size_t count;

	figures_must(
		view_range(b->store, &b->thread, &b->first, &b->last, err) &&
			view_totals(b->store, b->thread.id, &totals, err) &&
			view_headings(b->store, b->thread.id, &b->arena, &headings, &count, err) &&
			view_items(b->store, b->thread.id, &span, &b->arena, &page, err),
		err->msg);
	page = look(b, &filter, 0, false);
	figures_must(page.count > 0, "no candidates");
	figures_must(view_detail(b->store, page.rows[0].post, &b->arena, &detail, err), err->msg);
}

static void measure_first_screen(const char *path, struct bench *b)
{
	for (int n = 0; n < 21; n++) {
		struct bench own = *b;

		figures_begin(&figures);
		own.store = store_open(path, STORE_WRITE, err);
		figures_must(own.store, err->msg);
		first_screen(&own);
		figures_end(&figures);
		arena_clear(&b->arena);
		b->first = own.first;
		b->last = own.last;
		b->arena = own.arena;
		store_close(own.store);
	}
	figures_print("first screen's reads, the store opened, too", &figures, 50);
}

static void measure_histogram(struct bench *b)
{
	int64_t each = (b->last - b->first) / 80 + 1, count;

	for (int i = 0; i < 80; i++) {
		figures_begin(&figures);
		figures_must(view_count(b->store, &b->thread, b->first + i * each,
					b->first + (i + 1) * each, 10000, &count, err),
			     err->msg);
		figures_end(&figures);
	}
	figures_print("a bar of the histogram, counted to 10,000", &figures, KEY_GOAL);
}

static void measure_moves(struct bench *b)
{
	const struct view_filter filter = { .network = -1 };
	const struct view_filter dropped = { .network = -1, .dropped = true };

	for (int n = 0; n < 200; n++) {
		arena_clear(&b->arena);
		figures_begin(&figures);
		look(b, &filter, some_id(b), n % 2 != 0);
		figures_end(&figures);
	}
	figures_print("a window anywhere", &figures, KEY_GOAL);
	for (int n = 0; n < 50; n++) {
		figures_begin(&figures);
		look(b, &dropped, 0, false);
		figures_end(&figures);
	}
	figures_print("the dropped", &figures, KEY_GOAL);
}

static void measure_filter(struct bench *b, const char *what, const struct view_filter *filter)
{
	size_t count = 0;
	char label[96];

	for (int n = 0; n < 60; n++) {
		arena_clear(&b->arena);
		figures_begin(&figures);
		count += look(b, filter, some_id(b), n % 2 != 0).count;
		figures_end(&figures);
	}
	snprintf(label, sizeof(label), "filter, %2zu rows a read: %s", count / 60, what);
	figures_print(label, &figures, KEY_GOAL);
}

static void measure_filters(struct bench *b)
{
	measure_filter(b, "network", &(struct view_filter){ .network = NETWORK_MISSKEY });
	measure_filter(b, "author", &(struct view_filter){ .network = -1, .author = 1 });
	measure_filter(b, "rare author", &(struct view_filter){ .network = -1, .author = 900 });
	measure_filter(b, "media", &(struct view_filter){ .network = -1, .media = true });
	measure_filter(b, "undecided", &(struct view_filter){ .network = -1, .undecided = true });
	measure_filter(b, "questions", &(struct view_filter){ .network = -1, .questions = true });
	measure_filter(b, "likes", &(struct view_filter){ .network = -1, .likes = 150 });
	measure_filter(b, "no post has so many",
		       &(struct view_filter){ .network = -1, .likes = 100000 });
	measure_filter(
		b, "network and word",
		&(struct view_filter){ .network = NETWORK_MISSKEY, .query = looked("監視") });
}

/* Each beginning of it, as it is typed: the next window from where one stands, and the one before
 * when that shows nothing. */
static void measure_typing(struct bench *b, const char *words)
{
	struct view_filter filter = { .network = -1 };
	char label[96];
	size_t rows = 0;

	for (int n = 0; n < 20; n++)
		for (size_t len = 1; len <= strlen(words); len++) {
			char *typed = xstrndup(words, len);

			filter.query = looked(typed);
			arena_clear(&b->arena);
			if (((unsigned char)words[len] & 0xC0) != 0x80 && words[len - 1] != ' ') {
				figures_begin(&figures);
				rows = look(b, &filter, some_id(b), n % 2 != 0).count;
				figures_end(&figures);
			}
			free(typed);
		}
	snprintf(label, sizeof(label), "each key of a search, %2zu rows: %s", rows, words);
	figures_print(label, &figures, KEY_GOAL);
}

static void measure_searches(struct bench *b)
{
	static const char *const typed[] = {
		"監視",	     "の話が",		 "信頼できる情報", "鬱蒼", "薔薇", "見監回断",
		"東京 資料", "kubernetes night", "zeppelin",	   "ku*",  "t*",   "無い言葉"
	};

	for (size_t i = 0; i < ARRAY_LEN(typed); i++)
		measure_typing(b, typed[i]);
}

/* ---- a long thread ---- */

/* An earlier run may have made it. */
static void open_thread(struct store *store, struct thread *thread)
{
	struct arena arena = ARENA_INIT;
	struct thread there;

	if (thread_load(store, thread->slug, &arena, &there, err))
		thread->id = there.id;
	else
		figures_must(thread_create(store, thread, &thread->id, err), err->msg);
	arena_release(&arena);
}

static struct thread long_thread(struct store *store, struct bench *b)
{
	static const char *const tags[] = { "ssmjp" };
	struct thread thread = { .slug = "long", .tags = tags, .tag_count = 1 };
	const struct view_filter filter = { .network = -1 };
	struct op *ops = xcalloc(ITEMS, sizeof(*ops));
	const struct view_span span = { .limit = ITEMS };
	struct op_report report;
	struct view_page page;

	open_thread(store, &thread);
	figures_must(view_candidates(store, &thread, &filter, &span, &b->arena, &page, err),
		     err->msg);
	for (size_t i = 0; i < page.count; i++)
		ops[i] = (struct op){ .kind = OP_CHOOSE, .post = page.rows[i].post };
	figures_must(store_do(store, thread.id, NULL, ops, page.count, &report, err), err->msg);
	free(ops);
	return thread;
}

static struct row some_item(struct bench *b, int64_t thread, const struct view_page *page)
{
	const struct view_span span = { .from = page->rows[below((int64_t)page->count)].position,
					.limit = 1 };
	struct view_page one;

	figures_must(view_items(b->store, thread, &span, &b->arena, &one, err), err->msg);
	return one.count ? one.rows[0] : page->rows[0];
}

static void measure_items(struct bench *b)
{
	struct thread thread = long_thread(b->store, b);
	const struct view_span all = { .from = INT64_MIN, .limit = ITEMS };
	struct op_report report;
	struct view_page page;
	char label[96];

	figures_must(view_items(b->store, thread.id, &all, &b->arena, &page, err), err->msg);
	for (int n = 0; n < 300; n++) {
		const struct op op = { .kind = OP_MOVE,
				       .item = some_item(b, thread.id, &page).item,
				       .spot = { .kind = SPOT_AFTER,
						 .item = some_item(b, thread.id, &page).item,
						 .by_hand = true } };

		figures_begin(&figures);
		figures_must(store_do(b->store, thread.id, NULL, &op, 1, &report, err), err->msg);
		figures_end(&figures);
	}
	snprintf(label, sizeof(label), "an item moved, in a thread of %zu", page.count);
	figures_print(label, &figures, KEY_GOAL);
	for (int n = 0; n < 100; n++) {
		const struct view_span span = { .from = some_item(b, thread.id, &page).position,
						.back = n % 2 != 0,
						.limit = LIMIT };
		struct view_page window;

		figures_begin(&figures);
		figures_must(view_items(b->store, thread.id, &span, &b->arena, &window, err),
			     err->msg);
		figures_end(&figures);
	}
	figures_print("a window of its items", &figures, KEY_GOAL);
}

int main(int argc, char **argv)
{
	static const char *const tags[] = { "ssmjp" };
	struct bench b = { .thread = { .slug = "bench", .tags = tags, .tag_count = 1 } };

	figures_must(argc == 2, "bench-screen STORE");
	b.store = store_open(argv[1], STORE_WRITE, err);
	figures_must(b.store, err->msg);
	open_thread(b.store, &b.thread);
	figures_head();
	measure_first_screen(argv[1], &b);
	measure_histogram(&b);
	measure_moves(&b);
	measure_filters(&b);
	measure_searches(&b);
	printf("%8.1f MB resident at its peak, so far\n", figures_resident("VmHWM:"));
	measure_items(&b);
	arena_release(&b.arena);
	store_close(b.store);
	return EXIT_SUCCESS;
}
