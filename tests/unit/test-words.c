#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "archive/base/mem.h"
#include "archive/curate/search.h"
#include "archive/text/utf8.h"
#include "archive/text/words.h"

/* ---- the words themselves ---- */

static void check_words(const char *text, const char *wanted)
{
	struct str out = STR_INIT;

	words_prepare(&out, text, strlen(text));
	assert_string_equal(out.buf, wanted);
	str_release(&out);
}

static void a_run_of_cjk_becomes_bigrams_and_its_last_character(void **state)
{
	(void)state;
	check_words("", "");
	check_words("東京都", "東京 京都 都");
	check_words("私", "私");
	check_words("サーバー監視", "サー ーバ バー ー監 監視 視");
	check_words("한국어", "한국 국어 어");
	check_words("東京、大阪", "東京 京 大阪 阪");
	check_words("𠮷野家", "𠮷野 野家 家");
}

static void other_runs_are_words_whatever_their_case_and_width(void **state)
{
	(void)state;
	check_words("Hello, World!", "hello world");
	check_words("ＳＳＭＪＰ ｻｰﾊﾞｰ", "ssmjp サー ーバ バー ー");
	check_words("K8s勉強会2024", "k8s 勉強 強会 会 2024");
	check_words("Straße", "strasse");
	check_words("cafe\xCC\x81", "caf\xC3\xA9");
	check_words("don't", "don t");
	check_words("が", "が");
	check_words("か\xE3\x82\x99", "が");
}

static void an_emoji_or_symbol_is_a_word_and_its_joiners_are_nothing(void **state)
{
	(void)state;
	check_words("👍👍", "👍 👍");
	check_words("祝🎉会", "祝 🎉 会");
	check_words("❤\xEF\xB8\x8F", "❤");
	check_words("👩‍💻", "👩 💻");
	check_words("👍🏽", "👍 🏽");
	check_words("1\xEF\xB8\x8F\xE2\x83\xA3", "1");
	check_words("C++", "c + +");
	check_words("`docker ps`", "` docker ps `");
	check_words("葛\xF3\xA0\x84\x80城", "葛城 城");
	check_words("co\xC2\xADoperate", "cooperate");
	check_words("a\xE2\x80\x8B"
		    "b",
		    "a b");
}

static void bytes_that_are_not_utf8_end_a_word_or_stand_as_a_symbol(void **state)
{
	(void)state;
	check_words("a\xFF"
		    "b",
		    "a \xEF\xBF\xBD b");
}

/* ---- the same as reading every text: property, against SQLite ---- */

enum kind { GAP, NOTHING, CJK, WORD, SINGLE };

/* How a character may be written, and what it means. */
static const struct letter {
	const char *written;
	enum kind kind;
	char meaning;
} letters[] = {
	{ "東", CJK, 'E' },
	{ "京", CJK, 'K' },
	{ "京", CJK, 'K' },
	{ "都", CJK, 'T' },
	{ "カ", CJK, 'k' },
	{ "ｶ", CJK, 'k' },
	{ "ガ", CJK, 'g' },
	{ "ー", CJK, '_' },
	{ "々", CJK, 'r' },
	{ "a", WORD, 'a' },
	{ "A", WORD, 'a' },
	{ "ａ", WORD, 'a' },
	{ "b", WORD, 'b' },
	{ "é", WORD, 'e' },
	{ "1", WORD, '1' },
	{ "１", WORD, '1' },
	{ "👍", SINGLE, '+' },
	{ "❤", SINGLE, 'h' },
	{ "\xEF\xB8\x8F", NOTHING, 0 },
	{ "\xE2\x80\x8D", NOTHING, 0 },
	{ "=", SINGLE, '=' },
	{ " ", GAP, 0 },
	{ "、", GAP, 0 },
	{ ".", GAP, 0 },
	{ "\xF0\x9F\xAB\xA8", SINGLE, 's' }, /* an emoji of Unicode 15 */
};

#define MAX_LETTERS 14

/* A text as it is written and as it is meant: a gap is remembered by what follows it. */
struct text {
	size_t count;
	enum kind kind[MAX_LETTERS];
	bool gap[MAX_LETTERS];
	char meaning[MAX_LETTERS];
	char written[MAX_LETTERS * 4 + 1];
};

static uint32_t seed = 20170630;

static size_t below(size_t limit)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % limit;
}

static void make_text(struct text *text, size_t length, bool blanks)
{
	bool gap = false;

	*text = (struct text){ 0 };
	while (length-- > 0) {
		const struct letter *letter = &letters[below(ARRAY_LEN(letters))];

		if (!blanks && letter->kind == GAP)
			continue;
		memcpy(text->written + strlen(text->written), letter->written,
		       strlen(letter->written) + 1);
		gap = gap || letter->kind == GAP;
		if (letter->kind == GAP || letter->kind == NOTHING)
			continue;
		text->meaning[text->count] = letter->meaning;
		text->kind[text->count] = letter->kind;
		text->gap[text->count++] = gap;
		gap = false;
	}
}

/* Does a word end before this place? */
static bool ends_before(const struct text *text, size_t i)
{
	return i == 0 || i == text->count || text->gap[i] || text->kind[i] != text->kind[i - 1] ||
	       text->kind[i] == SINGLE;
}

static bool matches_at(const struct text *text, size_t at, const struct text *query, bool beginning)
{
	for (size_t i = 0; i < query->count; i++) {
		if (at + i >= text->count || text->meaning[at + i] != query->meaning[i])
			return false;
		if (i > 0 && ends_before(text, at + i) != ends_before(query, i))
			return false;
	}
	if (query->kind[0] == WORD && !ends_before(text, at))
		return false;
	return query->kind[query->count - 1] != WORD || beginning ||
	       ends_before(text, at + query->count);
}

static bool text_matches(const struct text *text, const struct text *query, bool beginning)
{
	for (size_t at = 0; at < text->count; at++)
		if (matches_at(text, at, query, beginning))
			return true;
	return false;
}

#define TEXTS	300
#define QUERIES 1500
#define PARTS	3

static struct text texts[TEXTS];

static sqlite3_stmt *statement(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *made = NULL;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &made, NULL), SQLITE_OK);
	return made;
}

static void run(sqlite3 *db, const char *sql)
{
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void make_index(sqlite3 *db)
{
	run(db, "CREATE VIRTUAL TABLE s USING fts5(t, content='', tokenize=\"unicode61 "
		"remove_diacritics 0 categories 'L* N* Co M* S*'\")");
}

static void fill(sqlite3 *db)
{
	sqlite3_stmt *insert;

	make_index(db);
	insert = statement(db, "INSERT INTO s(rowid, t) VALUES (?, ?)");
	for (int i = 0; i < TEXTS; i++) {
		struct str words = STR_INIT;

		make_text(&texts[i], below(MAX_LETTERS), true);
		words_prepare(&words, texts[i].written, strlen(texts[i].written));
		sqlite3_bind_int(insert, 1, i + 1);
		sqlite3_bind_text(insert, 2, words.buf, (int)words.len, SQLITE_TRANSIENT);
		assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
		sqlite3_reset(insert);
		str_release(&words);
	}
	sqlite3_finalize(insert);
}

/* A query of one to three parts; false when none of them asks for something. expected says for each
 * text. */
static bool make_query(struct str *typed, bool expected[TEXTS])
{
	bool asks = false;

	for (int i = 0; i < TEXTS; i++)
		expected[i] = true;
	for (size_t parts = 1 + below(PARTS); parts > 0; parts--) {
		struct text part;
		bool quoted = below(3) == 0, excluded = below(5) == 0, beginning = below(4) == 0;

		make_text(&part, 1 + below(4), quoted);
		if (part.count == 0)
			continue;
		asks = asks || !excluded;
		str_addf(typed, "%s%s%s%s%s ", excluded ? "-" : "", quoted ? "\"" : "",
			 part.written, quoted ? "\"" : "", beginning ? "*" : "");
		for (int i = 0; i < TEXTS; i++)
			if (text_matches(&texts[i], &part, beginning) == excluded)
				expected[i] = false;
	}
	return asks;
}

static void search(sqlite3_stmt *select, const char *match, bool answered[TEXTS])
{
	int rc;

	memset(answered, 0, TEXTS * sizeof(*answered));
	sqlite3_bind_text(select, 1, match, -1, SQLITE_TRANSIENT);
	while ((rc = sqlite3_step(select)) == SQLITE_ROW)
		answered[sqlite3_column_int(select, 0) - 1] = true;
	assert_int_equal(rc, SQLITE_DONE);
	sqlite3_reset(select);
}

static void the_index_answers_as_reading_every_text_would(void **state)
{
	static bool expected[TEXTS], answered[TEXTS];
	sqlite3_stmt *select;
	sqlite3 *db = NULL;
	int found = 0;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	fill(db);
	select = statement(db, "SELECT rowid FROM s WHERE s MATCH ?");
	for (int n = 0; n < QUERIES; n++) {
		struct str typed = STR_INIT;
		struct search_query query;
		struct arena arena = ARENA_INIT;
		const struct search_reading reading = { &arena, 1, "UTC" };
		struct err err = { 0 };
		bool asks = make_query(&typed, expected);

		assert_int_equal(search_parse(&reading, typed.buf, &query, &err) && query.match,
				 asks);
		if (asks)
			search(select, query.match, answered);
		for (int i = 0; asks && i < TEXTS; i++) {
			found += answered[i];
			if (answered[i] != expected[i])
				fail_msg("[%s] as %s %s [%s]", typed.buf, query.match,
					 answered[i] ? "finds" : "misses", texts[i].written);
		}
		str_release(&typed);
		arena_release(&arena);
	}
	assert_true(found > QUERIES);
	sqlite3_finalize(select);
	sqlite3_close(db);
}

/* Adds the character if it stays what it is when it is prepared; true when it does. */
static bool add_word(struct str *words, uint32_t c)
{
	struct str text = STR_INIT, prepared = STR_INIT;
	bool same;

	utf8_put(&text, c);
	words_prepare(&prepared, text.buf, text.len);
	same = str_same(text.buf, prepared.buf) && !(c >= 0xD800 && c <= 0xDFFF);
	if (same)
		str_addf(words, "%s ", text.buf);
	str_release(&text);
	str_release(&prepared);
	return same;
}

/* No word is cut in two by the tokenizer, and no two are one to it, whatever Unicode it knows. */
static void every_word_is_one_token(void **state)
{
	sqlite3_stmt *insert, *select;
	sqlite3 *db = NULL;
	int count = 0;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	make_index(db);
	run(db, "CREATE VIRTUAL TABLE v USING fts5vocab('s', 'row'); BEGIN");
	insert = statement(db, "INSERT INTO s(t) VALUES (?)");
	for (uint32_t first = 0; first < 0x110000; first += 0x1000) {
		struct str words = STR_INIT;

		for (uint32_t c = first + !first; c < first + 0x1000; c++)
			count += add_word(&words, c);
		sqlite3_bind_text(insert, 1, words.buf, (int)words.len, SQLITE_TRANSIENT);
		assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
		sqlite3_reset(insert);
		str_release(&words);
	}
	assert_true(count > 100000);
	select = statement(db, "SELECT count(*), sum(cnt) FROM v");
	assert_int_equal(sqlite3_step(select), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(select, 0), count);
	assert_int_equal(sqlite3_column_int(select, 1), count);
	sqlite3_finalize(insert);
	sqlite3_finalize(select);
	sqlite3_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_of_cjk_becomes_bigrams_and_its_last_character),
		cmocka_unit_test(other_runs_are_words_whatever_their_case_and_width),
		cmocka_unit_test(an_emoji_or_symbol_is_a_word_and_its_joiners_are_nothing),
		cmocka_unit_test(bytes_that_are_not_utf8_end_a_word_or_stand_as_a_symbol),
		cmocka_unit_test(the_index_answers_as_reading_every_text_would),
		cmocka_unit_test(every_word_is_one_token),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
