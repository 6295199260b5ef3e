/* Walking a thread's candidates in windows, against looking at every post. */
#include "in-thread.h"

#include "archive/base/mem.h"
#include "archive/store/replies.h"
#include "archive/store/view.h"
#include "archive/text/utf8.h"

#define POSTS 90 /* of a world */
#define FOUND 128

static const char *const tags[] = { "ssmjp", "運用" };

static unsigned next_random(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % below;
}

/* What is known of a post without the store. */
struct known {
	int64_t id;
	enum network network;
	int author; /* "a0" to "a9" */
	bool tagged[2], replied[2];
	bool gone, optout, unlisted, chosen, dropped;
	bool media, sound, asks;
	int64_t likes;
	char text[256];
};

struct world {
	const char *typed; /* of the search; NULL = none */
	struct store *store;
	char name[16]; /* of its file */
	struct known posts[POSTS];
	int64_t authors[10]; /* rows */
	unsigned seed;
};

static const char *const pieces[] = { "東京", "京都", "都",   "で",	  "運用", " archive ",
				      "監視", "。",   "の話", "sqlite3 ", "🎉" };
static const char *const endings[] = { "", "", "？", "?", " https://a.example/?q=1", "؟" };

static void make_text(struct world *w, struct known *k)
{
	const char *ending = endings[next_random(&w->seed, ARRAY_LEN(endings))];
	size_t len = 0;

	for (unsigned i = next_random(&w->seed, 9) + 1; i > 0; i--)
		len += (size_t)snprintf(k->text + len, sizeof(k->text) - len, "%s",
					pieces[next_random(&w->seed, ARRAY_LEN(pieces))]);
	snprintf(k->text + len, sizeof(k->text) - len, "%s", ending);
	k->asks = *ending && *ending != ' ';
}

static struct known invent(struct world *w, int number)
{
	struct known k = { .author = number % 10 };
	unsigned *seed = &w->seed;

	k.network = (enum network)next_random(seed, NETWORK_COUNT);
	k.tagged[0] = next_random(seed, 3) > 0;
	k.tagged[1] = next_random(seed, 4) == 0;
	k.replied[0] = !k.tagged[0] && next_random(seed, 3) == 0;
	k.replied[1] = !k.tagged[1] && next_random(seed, 9) == 0;
	k.gone = next_random(seed, 9) == 0;
	k.optout = next_random(seed, 15) == 0;
	k.unlisted = next_random(seed, 9) == 0;
	k.media = next_random(seed, 4) == 0;
	k.sound = next_random(seed, 6) == 0;
	k.likes = (int64_t)next_random(seed, 12) - 1;
	k.chosen = next_random(seed, 4) == 0;
	k.dropped = !k.chosen && next_random(seed, 5) == 0;
	make_text(w, &k);
	return k;
}

static void add_known(struct page *page, const struct known *k, int number)
{
	static const struct media media[] = { { .kind = MEDIA_AUDIO }, { .kind = MEDIA_IMAGE } };
	struct post *post = add_post(page, number, k->text);

	post->network = k->network;
	post->visibility = k->unlisted ? VISIBILITY_UNLISTED : VISIBILITY_PUBLIC;
	post->counts.likes = k->likes;
	post->media = media + !k->sound;
	post->media_count = (size_t)k->sound + (size_t)k->media;
	for (size_t t = 0; t < 2; t++)
		if (k->tagged[t])
			add_tag(page, post, tags[t]);
	if (number % 3 == 0) /* several of one moment */
		post->created -= 1000;
}

static void enter_replies(struct world *w)
{
	char uri[80];

	for (int i = 0; i < POSTS; i++) {
		snprintf(uri, sizeof(uri), "https://social.example/users/a%d/statuses/%d", i % 10,
			 i);
		for (size_t t = 0; t < 2; t++)
			if (w->posts[i].replied[t])
				assert_done(store_put_reply(w->store, uri, tags[t], why));
	}
}

/* What only time brings, written by another hand. */
static void write_fate(const struct world *w, const struct known *k)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "UPDATE post SET gone = %d, optout = %d WHERE id = %lld",
		 k->gone, k->optout, (long long)k->id);
	ask(w->name, sql);
}

static int by_id(const void *a, const void *b)
{
	const struct known *left = a, *right = b;

	return (left->id > right->id) - (left->id < right->id);
}

static void make_world(struct world *w, unsigned seed)
{
	struct page page = PAGE_INIT;

	*w = (struct world){ .seed = seed };
	snprintf(w->name, sizeof(w->name), "db%u", seed);
	w->store = opened(w->name, STORE_WRITE);
	for (int i = 0; i < POSTS; i++) {
		w->posts[i] = invent(w, i);
		add_known(&page, &w->posts[i], i);
	}
	put_page(w->store, &page, NOON);
	page_release(&page);
	enter_replies(w);
	for (int i = 0; i < POSTS; i++)
		w->posts[i].id = post_id(w->store, i);
	for (int i = 0; i < 10; i++) {
		char sql[80];

		snprintf(sql, sizeof(sql), "SELECT id FROM author WHERE handle LIKE '@a%d@%%'", i);
		w->authors[i] = ask(w->name, sql);
	}
}

static void decide(struct world *w, int64_t thread)
{
	for (int i = 0; i < POSTS; i++) {
		if (w->posts[i].chosen)
			did(w->store, OP_CHOOSE, thread, i);
		if (w->posts[i].dropped)
			did(w->store, OP_DROP, thread, i);
	}
	for (int i = 0; i < POSTS; i++)
		write_fate(w, &w->posts[i]);
	qsort(w->posts, POSTS, sizeof(w->posts[0]), by_id);
}

/* ---- what is to be found ---- */

static bool matches_thread(const struct known *k, const struct thread *thread)
{
	int64_t time = k->id >> 20;

	if (time < thread->since || (thread->until && time >= thread->until))
		return false;
	for (size_t t = 0; t < thread->tag_count; t++)
		if (k->tagged[t] || k->replied[t])
			return true;
	return thread->tag_count == 0;
}

/* Words of Latin letters stand alone in these texts, so that a part of one is a beginning. */
static bool has_all(const char *text, const char *words)
{
	struct str folded = STR_INIT;
	bool all = true;

	utf8_add_folded(&folded, text, strlen(text));
	for (const char *p = words; *p; p += strspn(p, " ")) {
		char word[64];
		size_t len = strcspn(p, " ");

		snprintf(word, sizeof(word), "%.*s", (int)len, p + (*p == '-'));
		word[strcspn(word, "* ")] = '\0';
		all = all && (strstr(folded.buf, word) != NULL) == (*p != '-');
		p += len;
	}
	str_release(&folded);
	return all;
}

static bool passes(const struct world *w, const struct known *k, const struct view_filter *filter)
{
	if ((k->gone || k->optout) && !k->chosen)
		return false;
	if (filter->network >= 0 && k->network != (enum network)filter->network)
		return false;
	if (filter->author && w->authors[k->author] != filter->author)
		return false;
	if ((filter->media && !k->media) || (filter->undecided && k->chosen))
		return false;
	if (filter->dropped != k->dropped || (filter->questions && !k->asks))
		return false;
	if (filter->likes > 0 && k->likes < filter->likes)
		return false;
	return !w->typed || has_all(k->text, w->typed);
}

static bool expected(const struct world *w, const struct known *k, const struct thread *thread,
		     const struct view_filter *filter)
{
	bool belongs = matches_thread(k, thread) || k->chosen || (filter->dropped && k->dropped);

	return belongs && passes(w, k, filter);
}

/* ---- and what is ---- */

struct found {
	int64_t ids[FOUND];
	size_t count;
};

static void collect(struct found *found, const struct view_page *page, bool back)
{
	for (size_t i = 0; i < page->count; i++) {
		size_t n = back ? page->count - 1 - i : i;

		assert_true(found->count < FOUND);
		assert_true(i == 0 || page->rows[i].post > page->rows[i - 1].post);
		found->ids[found->count++] = page->rows[n].post;
	}
}

static struct found walked(struct world *w, const struct thread *thread,
			   const struct view_filter *filter, int64_t from, bool back)
{
	struct found found = { 0 };
	struct arena arena = ARENA_INIT;
	struct view_page page = { .reached = from };

	for (int windows = 0; !page.end; windows++) {
		const struct view_span span = { .from = page.reached,
						.back = back,
						.limit = next_random(&w->seed, 12) + 1,
						.budget = next_random(&w->seed, 40) };

		assert_true(windows < 1000);
		arena_clear(&arena);
		assert_done(view_candidates(w->store, thread, filter, &span, &arena, &page, why));
		assert_true(page.count <= span.limit);
		collect(&found, &page, back);
	}
	arena_release(&arena);
	return found;
}

static void check(struct world *w, const struct thread *thread, const struct view_filter *filter,
		  int64_t from, bool back)
{
	struct found found = walked(w, thread, filter, from, back);
	size_t n = 0;

	for (size_t i = 0; i < POSTS; i++) {
		const struct known *k = &w->posts[back ? POSTS - 1 - i : i];

		if ((back ? k->id > from : k->id < from) || !expected(w, k, thread, filter))
			continue;
		if (n >= found.count || found.ids[n] != k->id)
			fail_msg("post %zu of %zu is missing or not the next: %s", n, found.count,
				 k->text);
		n++;
	}
	assert_int_equal(n, found.count);
}

static struct view_filter some_filter(struct world *w)
{
	static const char *const words[] = { "東京", "京都",	     "都",   "京都で", "運用",
					     "監視", "東京 archive", "の話", "無い" };
	struct view_filter filter = { .network = -1 };
	unsigned *seed = &w->seed;

	if (next_random(seed, 4) == 0)
		filter.network = (int)next_random(seed, NETWORK_COUNT);
	if (next_random(seed, 6) == 0)
		filter.author = w->authors[next_random(seed, 10)];
	filter.media = next_random(seed, 6) == 0;
	filter.undecided = next_random(seed, 4) == 0;
	filter.dropped = !filter.undecided && next_random(seed, 5) == 0;
	filter.questions = next_random(seed, 6) == 0;
	if (next_random(seed, 4) == 0)
		filter.likes = next_random(seed, 5);
	w->typed = next_random(seed, 2) == 0 ? words[next_random(seed, ARRAY_LEN(words))] : NULL;
	filter.query = w->typed ? looked(w->typed) : NULL;
	return filter;
}

static struct thread some_thread(struct world *w)
{
	struct thread thread = { .slug = "t", .tags = tags };

	thread.tag_count = next_random(&w->seed, 3);
	if (thread.tag_count == 0 || next_random(&w->seed, 2) == 0)
		thread.since = NOON + next_random(&w->seed, POSTS * 500);
	if (next_random(&w->seed, 3) == 0)
		thread.until = NOON + INT64_C(400) * POSTS + next_random(&w->seed, POSTS * 600);
	assert_done(thread_create(w->store, &thread, &thread.id, why));
	return thread;
}

static void windows_of_any_size_give_every_candidate_once_and_in_order(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 4; seed++) {
		struct world w;
		struct thread thread;

		make_world(&w, seed);
		thread = some_thread(&w);
		decide(&w, thread.id);
		for (int i = 0; i < 40; i++) {
			struct view_filter filter = some_filter(&w);
			bool back = next_random(&w.seed, 2) == 0;
			int64_t from = back ? INT64_MAX : 0;

			if (next_random(&w.seed, 3) == 0)
				from = w.posts[next_random(&w.seed, POSTS)].id;
			check(&w, &thread, &filter, from, back);
		}
		store_close(w.store);
	}
}

/* Every post has both pairs of characters, few have them together: no read goes through all posts
 * for one of them, and none of these is passed over. */
static void words_that_meet_seldom_are_found_step_by_step(void **state)
{
	static const int seldom[] = { 0, 1200, 1201, 2499 };
	const struct view_filter filter = { .network = -1, .query = looked("東京都") };
	struct world w = { .store = opened("db", STORE_WRITE), .seed = 1 };
	struct thread thread = { .slug = "t", .tags = tags, .tag_count = 1 };
	struct page page = PAGE_INIT;
	struct arena arena = ARENA_INIT;
	size_t next = 0;

	(void)state;
	for (int i = 0; i < 2500; i++) {
		bool together = i == seldom[next % ARRAY_LEN(seldom)];

		add_tag(&page, add_post(&page, i, together ? "東京都" : "京都と東京"), "ssmjp");
		next += together;
	}
	put_page(w.store, &page, NOON);
	assert_done(thread_create(w.store, &thread, &thread.id, why));
	for (int back = 0; back < 2; back++) {
		struct found found = walked(&w, &thread, &filter, back ? INT64_MAX : 0, back);
		const struct view_span span = { .from = back ? post_id(w.store, 1199)
							     : post_id(w.store, 1),
						.back = back,
						.limit = 5,
						.budget = 100 };
		struct view_page short_one;

		assert_int_equal(found.count, 4);
		for (size_t i = 0; i < found.count; i++)
			assert_int_equal(found.ids[back ? 3 - i : i], post_id(w.store, seldom[i]));
		assert_done(
			view_candidates(w.store, &thread, &filter, &span, &arena, &short_one, why));
		assert_int_equal(short_one.count, 0);
		assert_true(!short_one.end);
	}
	page_release(&page);
	arena_release(&arena);
	store_close(w.store);
}

/* Few words that begin so are looked for by themselves; where they are very many, posts are read.
 */
static void beginnings_of_few_and_of_many_words_find_the_same(void **state)
{
	static const struct {
		const char *words;
		size_t count;
	} cases[] = { { "ku*", 100 },	       { "ku7*", 10 },		{ "ku7* -ku75", 9 },
		      { "ku* -ku7*", 90 },     { "\"東京 ku1\"*", 10 }, { "\"東京 ku\"*", 100 },
		      { "kux*", 0 },	       { "京 ku*", 100 },	{ "ku77*", 1 },
		      { "ku7* -ku*", 0 },      { "\"京都 ku7\"*", 0 },	{ "東京 -k*", 0 },
		      { "東京 -ku3* ku*", 90 } };
	struct world w = { .store = opened("db", STORE_WRITE), .seed = 1 };
	struct thread thread = { .slug = "t", .tags = tags, .tag_count = 1 };
	struct page page = PAGE_INIT;

	(void)state;
	for (int i = 0; i < 100; i++)
		add_tag(&page, add_post(&page, i, arena_printf(&page.arena, "東京 KU%02d。", i)),
			"ssmjp");
	put_page(w.store, &page, NOON);
	assert_done(thread_create(w.store, &thread, &thread.id, why));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct view_filter filter = { .network = -1,
						    .query = looked(cases[i].words) };
		const struct post_filter listing = { .query = looked(cases[i].words) };
		struct found up = walked(&w, &thread, &filter, 0, false);
		struct found down = walked(&w, &thread, &filter, INT64_MAX, true);
		const char *numbers = listed(w.store, &listing);
		size_t count = *numbers != '\0';

		for (; *numbers; numbers++)
			count += *numbers == ' ';
		if (up.count != cases[i].count || down.count != cases[i].count ||
		    count != cases[i].count)
			fail_msg("%s: %zu, %zu and %zu, not %zu", cases[i].words, up.count,
				 down.count, count, cases[i].count);
	}
	page_release(&page);
	store_close(w.store);
}

int main(void)
{
	const struct CMUnitTest unit_tests[] = {
		IN_FOLDER(windows_of_any_size_give_every_candidate_once_and_in_order),
		IN_FOLDER(words_that_meet_seldom_are_found_step_by_step),
		IN_FOLDER(beginnings_of_few_and_of_many_words_find_the_same),
	};

	return cmocka_run_group_tests(unit_tests, NULL, NULL);
}
