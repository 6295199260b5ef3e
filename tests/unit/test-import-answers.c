#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/import/answers.h"
#include "archive/source/source.h"

#define NOW INT64_C(1785592800000)

#define STATUS(id)                                                  \
	"{\"id\":\"" id "\",\"uri\":\"https://social.example/s/" id \
	"\",\"created_at\":\"2026-08-01T13:52:47Z\","               \
	"\"visibility\":\"public\",\"content\":\"<p>" id            \
	"</p>\",\"account\":{\"acct\":\"hana\",\"url\":\"https://social.example/@hana\"}}"
#define PRIVATE                                                                             \
	"{\"id\":\"1\",\"uri\":\"https://social.example/s/"                                 \
	"1\",\"created_at\":\"2026-08-01T13:52:47Z\","                                      \
	"\"visibility\":\"private\",\"content\":\"geheim\",\"account\":{\"acct\":\"hana\"," \
	"\"url\":\"https://social.example/@hana\"}}"
#define TWEET(id)       \
	"{\"id\":\"" id \
	"\",\"author_id\":\"1\",\"created_at\":\"2026-08-01T13:52:47Z\",\"text\":\"t" id "\"}"
#define NOTE(id)                                                                             \
	"{\"id\":\"" id "\",\"createdAt\":\"2026-08-01T13:52:47.767Z\",\"uri\":"             \
	"\"https://misskey.example/notes/" id "\",\"visibility\":\"public\",\"text\":\"x\"," \
	"\"userId\":\"u\",\"user\":{\"id\":\"u\",\"username\":\"hana\","                     \
	"\"host\":\"misskey.example\"}}"
#define VIEW(id)                                                                          \
	"{\"uri\":\"at://did:plc:hana22/app.bsky.feed.post/" id "\",\"author\":{\"did\":" \
	"\"did:plc:hana22\",\"handle\":\"hana.example\"},\"indexedAt\":"                  \
	"\"2026-08-01T13:52:47Z\",\"record\":{\"$type\":\"app.bsky.feed.post\",\"text\":\"x\"}}"
#define X_PAGE(posts)                                                                   \
	"{\"data\":[" posts                                                             \
	"],\"includes\":{\"users\":[{\"id\":\"1\",\"username\":\"hana_longer_than_x\"," \
	"\"name\":\"H\"}]},\"meta\":{\"result_count\":1}}"

/* What came out. */
struct taken {
	struct str uris; /* one behind the other, with blanks between */
	size_t pages, most, bytes;
	size_t stop_at; /* fail at this page, 0 = never */
	struct page again;
};

static bool take_page(void *owner, struct page *page, const char *text, size_t len, struct err *err)
{
	struct taken *t = owner;
	const struct source_ops *ops = source_ops_for(page->posts[0].network);

	t->pages++;
	if (page->count > t->most)
		t->most = page->count;
	if (len > t->bytes)
		t->bytes = len;
	if (t->pages == t->stop_at)
		return err_set(err, ERR_IO, "the disk is full");
	for (size_t i = 0; i < page->count; i++) {
		assert_int_equal(page->posts[i].network, ops->network);
		assert_int_equal(page->posts[i].fetched, NOW);
		if (t->pages < 4)
			str_addf(&t->uris, "%s ", page->posts[i].uri);
	}
	for (size_t i = 0; i < page->cut_count; i++) {
		assert_true(page->cuts[i].to <= len);
		assert_int_equal(text[page->cuts[i].from], '{');
	}
	/* the evidence gives the same posts again */
	page_clear(&t->again);
	assert_true(ops->parse_body(NULL, text, len, &t->again, err));
	assert_int_equal(t->again.count, page->count);
	return true;
}

static bool import_bytes(const char *bytes, size_t len, struct taken *taken,
			 struct import_report *report, struct err *err)
{
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): a reader's bytes stay as they are */
	FILE *in = len ? fmemopen((void *)(uintptr_t)bytes, len, "r") : fopen("/dev/null", "r");
	const struct import_client client = { .take = take_page, .owner = taken };
	bool ok;

	assert_non_null(in);
	*taken = (struct taken){ .uris = STR_INIT, .again = PAGE_INIT, .stop_at = taken->stop_at };
	*err = (struct err){ 0 };
	ok = import_answers(in, "answers.json", NOW, &client, report, err);
	fclose(in);
	return ok;
}

static void drop(struct taken *taken)
{
	str_release(&taken->uris);
	page_release(&taken->again);
}

static void every_form_of_answers_is_read(void **state)
{
#define S(id) "https://social.example/s/" id " "
#define N(id) "https://misskey.example/notes/" id " "
#define B(id) "at://did:plc:hana22/app.bsky.feed.post/" id " "
#define T(id) "https://x.com/i/status/" id " "
#define R(a, b, c, d, e)                                                                        \
	{                                                                                       \
		.elements = (a), .posts = (b), .dropped = (c), .malformed = (d), .unknown = (e) \
	}
	static const struct {
		const char *text, *uris;
		struct import_report report;
	} cases[] = {
		{ STATUS("1"), S("1"), R(1, 1, 0, 0, 0) },
		{ "[" STATUS("1") "," STATUS("2") "]", S("1") S("2"), R(2, 2, 0, 0, 0) },
		{ "\xEF\xBB\xBF[\n  " STATUS("1") "\n]\n", S("1"), R(1, 1, 0, 0, 0) },
		{ STATUS("1") "\n\n" STATUS("2") "\r\n", S("1") S("2"), R(2, 2, 0, 0, 0) },
		{ "[" STATUS("1") "]\n[" STATUS("2") "]\n", S("1") S("2"), R(2, 2, 0, 0, 0) },
		{ X_PAGE(TWEET("7") "," TWEET("6")), T("7") T("6"), R(2, 2, 0, 0, 0) },
		{ X_PAGE(TWEET("7")) "\n" X_PAGE(TWEET("6")), T("7") T("6"), R(2, 2, 0, 0, 0) },
		{ "[" X_PAGE(TWEET("7")) "," X_PAGE(TWEET("6")) "]", T("7") T("6"),
		  R(2, 2, 0, 0, 0) },
		{ TWEET("7") "\n" TWEET("6"), T("7") T("6"), R(2, 2, 0, 0, 0) },
		{ STATUS("1") "\n" TWEET("7") "\n" STATUS("2"), S("1") T("7") S("2"),
		  R(3, 3, 0, 0, 0) },
		{ "{\"ancestors\":[" STATUS("1") "],\"descendants\":[" STATUS("2") "]}",
		  S("1") S("2"), R(2, 2, 0, 0, 0) },
		{ NOTE("4"), N("4"), R(1, 1, 0, 0, 0) },
		{ "[" NOTE("4") "," STATUS("1") "," NOTE("3") "]", N("4") S("1") N("3"),
		  R(3, 3, 0, 0, 0) },
		{ VIEW("4") "\n" VIEW("3"), B("4") B("3"), R(2, 2, 0, 0, 0) },
		{ "{\"posts\":[" VIEW("4") "," VIEW("3") "],\"cursor\":\"x\"}", B("4") B("3"),
		  R(2, 2, 0, 0, 0) },
		{ "{\"posts\":[ ,, " VIEW("4") "]}", B("4"), R(1, 1, 0, 0, 0) },
		{ "{\"thread\":{\"post\":" VIEW("4") ",\"replies\":[{\"post\":" VIEW("3") "}]}}",
		  B("4") B("3"), R(2, 2, 0, 0, 0) },
		{ "[" VIEW("4") "," STATUS("1") "," NOTE("3") "]", B("4") S("1") N("3"),
		  R(3, 3, 0, 0, 0) },
		{ "{\"posts\":[]}", "", { 0 } },
		{ "[" STATUS("2") ",{\"thread\":{}},{\"posts\":[{}]}]", S("2"), R(1, 1, 0, 0, 2) },
		{ "[" STATUS("2") "," PRIVATE "]", S("2"), R(2, 1, 1, 0, 0) },
		{ "[" STATUS("2") ",{\"weather\":\"fine\"},7]", S("2"), R(1, 1, 0, 0, 2) },
		{ "[]", "", { 0 } },
		{ "{\"data\":[],\"meta\":{\"result_count\":0}}", "", { 0 } },
		{ "{\"meta\":{\"result_count\":0}}", "", { 0 } },
		{ "{\"errors\":[{\"type\":\"https://api.x.com/2/problems/resource-not-found\"}]}",
		  "",
		  { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct taken taken = { 0 };
		struct import_report report;
		struct err err;

		if (!import_bytes(cases[i].text, strlen(cases[i].text), &taken, &report, &err))
			fail_msg("%zu: %s", i, err.msg);
		assert_string_equal(taken.uris.buf, cases[i].uris);
		assert_memory_equal(&report, &cases[i].report,
				    offsetof(struct import_report, bad_place));
		drop(&taken);
	}
}

static void what_is_broken_costs_itself_and_at_most_its_neighbour(void **state)
{
	static const struct {
		const char *text, *uris;
	} cases[] = {
		{ STATUS("1") "\n{\"id\":\"2\n" STATUS("3"), S("1") S("3") },
		{ STATUS("1") "\n{\"id\":2\n" STATUS("3"), S("1") S("3") },
		{ STATUS("1") "\nnot json at all\n" STATUS("3"), S("1") S("3") },
		{ STATUS("1") "\n}]}\n" STATUS("3"), S("1") S("3") },
		{ STATUS("1") "\n{\"id\":\n" STATUS("2") "\n" STATUS("3"), S("1") S("3") },
		{ "[" STATUS("1") ",{\"id\":}," STATUS("3") "]", S("1") S("3") },
		{ "[" STATUS("1") "," STATUS("3") ",{\"id\":\"4", S("1") S("3") },
		{ "[" STATUS("1") "," STATUS("3"), S("1") S("3") },
		{ "[" STATUS("1") " oops, " STATUS("3") "]", S("1") S("3") },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct taken taken = { 0 };
		struct import_report report;
		struct err err;

		if (!import_bytes(cases[i].text, strlen(cases[i].text), &taken, &report, &err))
			fail_msg("%zu: %s", i, err.msg);
		if (strcmp(taken.uris.buf, cases[i].uris) != 0)
			fail_msg("%zu: %s", i, taken.uris.buf);
		assert_true(report.malformed + report.unknown > 0);
		drop(&taken);
	}
}

static void a_file_that_is_something_else_is_told_by_its_first_bad_line(void **state)
{
	static const struct {
		const char *text, *said;
	} cases[] = {
		{ "", "answers.json is empty" },
		{ " \n\n", "answers.json is empty" },
		{ "\n<html>\n", "line 2" },
		{ "{\"weather\":\"fine\"}", "line 1" },
		{ "[]\n\n{\"weather\":\"fine\"}", "line 3" },
		{ "{\"id\":", "line 1" },
		{ "{\"data\":[{\"start\":\"a\",\"tweet_count\":3}],\"meta\":{\"total_tweet_count\":"
		  "3}}",
		  "line 1" },
		{ "{\"account\":{},\"content\":\"x\",\"visibility\":\"public\"}", "line 1" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct taken taken = { 0 };
		struct import_report report;
		struct err err;

		assert_false(
			import_bytes(cases[i].text, strlen(cases[i].text), &taken, &report, &err));
		assert_int_equal(err.code, ERR_MALFORMED);
		if (!strstr(err.msg, cases[i].said))
			fail_msg("%zu: %s", i, err.msg);
		drop(&taken);
	}
}

static void a_long_array_comes_in_batches(void **state)
{
	struct taken taken = { 0 };
	struct import_report report;
	struct str text = STR_INIT;
	struct err err;

	(void)state;
	str_add(&text, "[");
	for (int i = 0; i < 2500; i++)
		str_add(&text, i ? "," STATUS("9") : STATUS("9"));
	str_add(&text, "]");
	assert_true(import_bytes(text.buf, text.len, &taken, &report, &err));
	assert_int_equal(report.posts, 2500);
	assert_int_equal(taken.pages, 3);
	assert_int_equal(taken.most, 1000);
	drop(&taken);
	str_release(&text);
}

static void a_batch_is_bounded_in_bytes_and_so_is_an_element(void **state)
{
	static const char head[] = "{\"id\":\"1\",\"uri\":\"https://social.example/s/"
				   "1\",\"created_at\":\"2026-08-01T13:52:47Z\","
				   "\"visibility\":\"public\",\"account\":{\"acct\":\"hana@social."
				   "example\"},\"content\":\"";
	struct taken taken = { 0 };
	struct import_report report;
	struct str text = STR_INIT, word = STR_INIT;
	struct err err;

	(void)state;
	for (int i = 0; i < 100000; i++)
		str_add(&word, "0123456789");
	str_add(&text, "[");
	for (int i = 0; i < 10; i++)
		str_addf(&text, "%s%s%s\"}", i ? "," : "", head, word.buf);
	str_addf(&text, ",%s%s%s%s%s%s\"}," STATUS("2") "]", head, word.buf, word.buf, word.buf,
		 word.buf, word.buf);
	assert_true(import_bytes(text.buf, text.len, &taken, &report, &err));
	assert_int_equal(report.posts, 11);
	assert_int_equal(report.malformed, 1);
	assert_true(taken.bytes < (size_t)5 << 20);
	assert_true(taken.pages >= 3);
	drop(&taken);
	str_release(&text);
	str_release(&word);
}

static void what_stops_the_taker_stops_the_import(void **state)
{
	struct taken taken = { .stop_at = 1 };
	struct import_report report;
	struct err err;

	(void)state;
	assert_false(import_bytes(X_PAGE(TWEET("7")) X_PAGE(TWEET("6")),
				  strlen(X_PAGE(TWEET("7")) X_PAGE(TWEET("6"))), &taken, &report,
				  &err));
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(taken.pages, 1);
	drop(&taken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_of_answers_is_read),
		cmocka_unit_test(what_is_broken_costs_itself_and_at_most_its_neighbour),
		cmocka_unit_test(a_file_that_is_something_else_is_told_by_its_first_bad_line),
		cmocka_unit_test(a_long_array_comes_in_batches),
		cmocka_unit_test(a_batch_is_bounded_in_bytes_and_so_is_an_element),
		cmocka_unit_test(what_stops_the_taker_stops_the_import),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
