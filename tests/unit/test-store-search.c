#include "in-store.h"

#include "archive/base/mem.h"
#include "archive/text/utf8.h"

static const char *search(struct store *store, const char *words)
{
	return listed(store, &(struct post_filter){ .query = looked(words) });
}

static void all_that_a_post_says_is_found(void **state)
{
	static const struct media media[] = {
		{ MEDIA_IMAGE, NULL, NULL, "白板の図", 0, 0, 0, NULL },
		{ MEDIA_IMAGE, NULL, NULL, NULL, 0, 0, 0, NULL },
		{ MEDIA_IMAGE, NULL, NULL, "満員の会場", 0, 0, 0, NULL },
	};
	static const struct poll_option options[] = { { "朝型", 1 }, { "夜型", 2 } };
	static const struct poll poll = { options, 2, 0, 3, false, true };
	static const struct card card = { "https://slides.example/", "監視入門", "説明は見ない",
					  NULL, NULL };
	static const char *const found[] = { "本文", "警告", "白板",	       "会場",
					     "夜型", "監視", "本文 警告 -朝食" };
	static const char *const not_found[] = { "説明", "はな", "a1", "文警", "本文 -夜型" };
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct post *post = add_post(&page, 1, "これは本文");

	(void)state;
	post->spoiler = "警告";
	post->media = media;
	post->media_count = 3;
	post->poll = &poll;
	post->card = &card;
	put_page(store, &page, NOON);
	for (size_t i = 0; i < ARRAY_LEN(found); i++)
		assert_string_equal(search(store, found[i]), "1");
	for (size_t i = 0; i < ARRAY_LEN(not_found); i++)
		assert_string_equal(search(store, not_found[i]), "");
	add_post(&page, 1, "これは本文");
	put_page(store, &page, NOON + 1);
	assert_string_equal(search(store, "本文"), "1");
	for (size_t i = 1; i < ARRAY_LEN(found); i++)
		assert_string_equal(search(store, found[i]), "");
	page_release(&page);
	store_close(store);
}

static void the_same_content_leaves_the_index_alone(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	int64_t before;

	(void)state;
	put_text(store, 1, "変わらない", NOON);
	before = ask("db", "SELECT sum(id) + count(*) * 1000 FROM search_data");
	put_text(store, 1, "変わらない", NOON + 1);
	assert_int_equal(ask("db", "SELECT sum(id) + count(*) * 1000 FROM search_data"), before);
	put_text(store, 1, "変わった", NOON + 2);
	assert_int_not_equal(ask("db", "SELECT sum(id) + count(*) * 1000 FROM search_data"),
			     before);
	store_close(store);
}

/* ---- against looking at every post ---- */

static const char *const pieces[] = { "東京",	 "京都",     "都",     "で",	  "運用",
				      "archive", "Archives", " ",      "。",	  "カタカナ",
				      "ｶﾀｶﾅ",	 "がぎ",     "한국어", "sqlite3", "🎉",
				      "😀",	 "x",	     "ー",     "#ssmjp ", "é" };

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

static const char *compose(unsigned *seed, size_t parts, char *out, size_t size)
{
	size_t len = 0;

	out[0] = '\0';
	for (size_t i = 0; i < parts; i++)
		len += (size_t)snprintf(out + len, size - len, "%s",
					pieces[next_random(seed) % ARRAY_LEN(pieces)]);
	return out;
}

/* A word of Han, kana or Hangul is in the folded text; that is all that the index has to say of
 * one. */
static bool holds(const char *text, const char *word)
{
	struct str folded = STR_INIT;
	bool found;

	utf8_add_folded(&folded, text, strlen(text));
	found = strstr(folded.buf, word) != NULL;
	str_release(&folded);
	return found;
}

static void a_word_is_found_wherever_it_stands_and_nowhere_else(void **state)
{
	static const char *const words[] = { "東京", "京都",	 "東",	   "都で", "東京都",
					     "運用", "カタ",	 "タカナ", "がぎ", "한국",
					     "국어", "京都都で", "ぎ",	   "ー" };
	struct store *store = opened("db", STORE_WRITE);
	char texts[200][256], edited[256];
	unsigned seed = 7;

	(void)state;
	for (int i = 0; i < 200; i++)
		put_text(store, i, compose(&seed, 12, texts[i], sizeof(texts[i])), NOON);
	for (int i = 0; i < 200; i += 7) { /* some are edited */
		memcpy(texts[i], compose(&seed, 9, edited, sizeof(edited)), sizeof(edited));
		put_text(store, i, texts[i], NOON + 1);
	}
	for (size_t w = 0; w < ARRAY_LEN(words); w++) {
		char expected[8192] = "";
		size_t len = 0;

		for (int i = 199; i >= 0; i--)
			if (holds(texts[i], words[w]))
				len += (size_t)snprintf(expected + len, sizeof(expected) - len,
							"%s%d", len ? " " : "", i);
		if (strcmp(search(store, words[w]), expected) != 0)
			fail_msg("%s: %s, not %s", words[w], search(store, words[w]), expected);
	}
	store_close(store);
}

/* Taking a row out with other words than were put in damages an index without content; FTS5 tells.
 */
static void the_index_is_sound_after_many_changes(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	char text[256];
	unsigned seed = 3;

	(void)state;
	for (int i = 0; i < 600; i++)
		put_text(store, (int)(next_random(&seed) % 40),
			 compose(&seed, 6, text, sizeof(text)), NOON + i);
	store_close(store);
	ask("db", "INSERT INTO search (search) VALUES ('integrity-check')");
	assert_int_equal(ask("db", "SELECT count(*) FROM search WHERE search MATCH '\"東京\"'"),
			 ask("db", "SELECT count(*) FROM post WHERE text LIKE '%東京%'"));
}

/* ---- another version of the preparation ---- */

static void an_index_of_another_version_is_built_anew(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct post_cursor *cursor = NULL;
	struct err err = { 0 };

	(void)state;
	put_text(store, 1, "東京で", NOON);
	put_text(store, 2, "大阪で", NOON);
	store_close(store);
	ask("db", "INSERT INTO search (search) VALUES ('delete-all')");
	ask("db", "UPDATE meta SET value = '0' WHERE name = 'words'");
	store = opened("db", STORE_READ);
	assert_false(store_posts(store, &(struct post_filter){ .query = looked("東京") }, &cursor,
				 &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.msg, "archive fetch indexes it anew"));
	assert_string_equal(listed(store, &(struct post_filter){ 0 }), "2 1");
	store_close(store);
	store = opened("db", STORE_WRITE);
	assert_string_equal(search(store, "東京"), "1");
	assert_string_equal(search(store, "で"), "2 1");
	store_close(store);
	store = opened("db", STORE_READ);
	assert_string_equal(search(store, "大阪"), "2");
	store_close(store);
}

static void an_index_in_many_parts_is_joined_when_the_store_is_closed(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	char text[32];

	(void)state;
	for (int i = 1; i <= 60; i++) {
		snprintf(text, sizeof(text), "話 word%d", i);
		put_text(store, i, text, NOON);
	}
	assert_true(ask("db", "SELECT count(DISTINCT segid) FROM search_idx") > 8);
	store_close(store);
	assert_true(ask("db", "SELECT count(DISTINCT segid) FROM search_idx") <= 8);
	store = opened("db", STORE_READ);
	assert_string_equal(search(store, "word17"), "17");
	store_close(store);
}

/* FTS5 writes what it holds before a savepoint: new and changed authors must not make one. */
static void posts_of_new_authors_come_into_the_index_at_once(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;

	(void)state;
	for (int i = 0; i < 10; i++)
		add_post(&page, i, "監視");
	put_page(store, &page, NOON);
	assert_int_equal(ask("db", "SELECT count(DISTINCT segid) FROM search_idx"), 1);
	for (int i = 10; i < 20; i++)
		add_post(&page, i, "監視")->author.name = "水野";
	put_page(store, &page, NOON + 1);
	assert_int_equal(ask("db", "SELECT count(DISTINCT segid) FROM search_idx"), 2);
	assert_int_equal(ask("db", "SELECT count(*) FROM author WHERE name = '水野'"), 10);
	page_release(&page);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(all_that_a_post_says_is_found),
		IN_FOLDER(the_same_content_leaves_the_index_alone),
		IN_FOLDER(a_word_is_found_wherever_it_stands_and_nowhere_else),
		IN_FOLDER(the_index_is_sound_after_many_changes),
		IN_FOLDER(an_index_of_another_version_is_built_anew),
		IN_FOLDER(an_index_in_many_parts_is_joined_when_the_store_is_closed),
		IN_FOLDER(posts_of_new_authors_come_into_the_index_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
