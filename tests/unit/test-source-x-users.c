#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/source/authors.h"

#define NOW  INT64_C(1785592800000) /* 2026-08-01T14:00:00Z */
#define MOST 100
#define TYPE "https://api.x.com/2/problems/"
#define USER(id) \
	"{\"id\":\"" id "\",\"username\":\"user_longer_than_x_" id "\",\"name\":\"N" id "\""
#define GONE(id)  "{\"resource_id\":\"" id "\",\"type\":\"" TYPE "resource-not-found\"}"
#define LATER(id) "{\"resource_id\":\"" id "\",\"type\":\"" TYPE "internal-error\"}"

struct fixture {
	struct source source;
	struct http_request request;
	struct http_answer answer;
	struct page page;
	struct err err;
	struct author_found found[MOST];
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->source = (struct source)SOURCE_INIT;
	f->request = (struct http_request)HTTP_REQUEST_INIT;
	f->answer = (struct http_answer)HTTP_ANSWER_INIT;
	f->page = (struct page)PAGE_INIT;
	*state = f;
	return source_parse(&f->source, "x", &f->err) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	source_release(&f->source);
	http_request_release(&f->request);
	http_answer_release(&f->answer);
	page_release(&f->page);
	free(f);
	return 0;
}

static bool read_answer(struct fixture *f, int status, const char *const *ids, size_t count,
			const char *body)
{
	http_answer_clear(&f->answer);
	page_clear(&f->page);
	f->err = (struct err){ 0 };
	f->answer.status = status;
	f->answer.received = NOW;
	str_add(&f->answer.headers, "Content-Type: application/json\r\n"
				    "x-rate-limit-remaining: 0\r\n"
				    "x-rate-limit-reset: 1785593000\r\n");
	str_add(&f->answer.body, body);
	return f->source.ops->authors->parse(&f->source, &f->answer, ids, count, &f->page, f->found,
					     &f->err);
}

static void the_same_authors_make_the_same_request(void **state)
{
	static const char *const one[] = { "100", "20", "3", "20" };
	static const char *const other[] = { "3", "20", "100" };
	struct fixture *f = *state;
	const struct author_ops *ops = f->source.ops->authors;
	struct str first = STR_INIT;

	str_add(&f->source.token, "secret");
	assert_true(ops->request(&f->source, one, ARRAY_LEN(one), &f->request, &f->err));
	assert_string_equal(f->request.url.buf,
			    "https://api.x.com/2/users?ids=3%2C20%2C100&user.fields="
			    "name%2Cusername%2Cprofile_image_url%2Cdescription%2Cprotected");
	assert_string_equal(f->request.bearer.buf, "secret");
	str_add(&first, f->request.url.buf);
	assert_true(ops->request(&f->source, other, ARRAY_LEN(other), &f->request, &f->err));
	assert_string_equal(f->request.url.buf, first.buf);
	str_release(&first);
}

static void what_is_no_request_is_none(void **state)
{
	static const char *const odd[] = { "1", "2&x=y" };
	const char *many[MOST + 1];
	struct fixture *f = *state;
	const struct author_ops *ops = f->source.ops->authors;

	for (size_t i = 0; i <= MOST; i++)
		many[i] = "7";
	assert_int_equal(ops->most, MOST);
	assert_true(ops->request(&f->source, many, MOST, &f->request, &f->err));
	assert_false(ops->request(&f->source, many, MOST + 1, &f->request, &f->err));
	assert_int_equal(f->err.code, ERR_USAGE);
	f->err = (struct err){ 0 };
	assert_false(ops->request(&f->source, many, 0, &f->request, &f->err));
	f->err = (struct err){ 0 };
	assert_false(ops->request(&f->source, odd, 2, &f->request, &f->err));
	assert_non_null(strstr(f->err.msg, "2&x=y"));
}

/* clang-format off */
static const char mixed[] =
	"{\"data\":["
	USER("3") ",\"description\":\"no #NoBot\"},"
	USER("1") ",\"profile_image_url\":\"https://img.example/1.png\"},"
	USER("2") ",\"protected\":true},"
	USER("99") "},{\"id\":\"7\"}],"
	"\"errors\":[" GONE("4") "," LATER("5") "," GONE("98") "]}";
static const char hidden[] =
	"{\"data\":["
	USER("1") "},"
	USER("2") ",\"protected\":true},null,"
	USER("3") ",\"description\":\"#noarchive\"}]}";
/* clang-format on */

static void each_one_asked_for_has_its_fate(void **state)
{
	static const char *const ids[] = { "1", "2", "3", "4", "5", "6", "7", "1" };
	static const enum fate fates[] = { FATE_KEPT,	   FATE_DROPPED,   FATE_OPTED_OUT,
					   FATE_DROPPED,   FATE_MALFORMED, FATE_MALFORMED,
					   FATE_MALFORMED, FATE_KEPT };
	struct fixture *f = *state;

	assert_true(read_answer(f, 200, ids, ARRAY_LEN(ids), mixed));
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		struct str uri = STR_INIT;

		str_addf(&uri, "https://x.com/i/user/%s", ids[i]);
		assert_int_equal(f->found[i].fate, fates[i]);
		assert_int_equal(f->found[i].author.network, NETWORK_X);
		assert_string_equal(f->found[i].author.uri, uri.buf);
		assert_int_equal(f->found[i].author.optout, fates[i] == FATE_OPTED_OUT);
		if (fates[i] != FATE_KEPT)
			assert_true(!f->found[i].author.handle && !f->found[i].author.name &&
				    !f->found[i].author.network_id);
		str_release(&uri);
	}
	assert_string_equal(f->found[0].author.handle, "@user_longer_than_x_1");
	assert_string_equal(f->found[0].author.name, "N1");
	assert_string_equal(f->found[0].author.network_id, "1");
	assert_string_equal(f->found[0].author.url, "https://x.com/user_longer_than_x_1");
	assert_string_equal(f->found[0].author.avatar, "https://img.example/1.png");
	assert_int_equal(f->page.billed_authors, 5);
	assert_int_equal(f->page.billed_posts, 0);
	assert_int_equal(f->page.remaining, 0);
	assert_int_equal(f->page.wait_until, NOW + 200000);
}

/* The evidence keeps no word of those who may not be kept. */
static void who_may_not_be_kept_is_cut_out(void **state)
{
	static const char *const ids[] = { "1", "2", "3" };
	struct fixture *f = *state;

	assert_true(read_answer(f, 200, ids, 3, hidden));
	assert_int_equal(f->page.cut_count, 2);
	for (size_t i = 0; i < 2; i++)
		assert_memory_equal(f->answer.body.buf + f->page.cuts[i].from,
				    i ? "{\"id\":\"3\"" : "{\"id\":\"2\"", 9);
	assert_int_equal(f->page.billed_authors, 3);
}

static void nobody_may_be_left(void **state)
{
	static const char *const ids[] = { "1", "2" };
	struct fixture *f = *state;

	assert_true(read_answer(f, 200, ids, 2, "{\"errors\":[" GONE("1") "," GONE("2") "]}"));
	assert_int_equal(f->found[0].fate, FATE_DROPPED);
	assert_int_equal(f->found[1].fate, FATE_DROPPED);
	assert_int_equal(f->page.billed_authors, 0);
	assert_true(read_answer(f, 200, ids, 2, "{\"data\":[]}"));
	assert_int_equal(f->found[0].fate, FATE_MALFORMED);
}

static void what_is_no_answer_is_refused(void **state)
{
	static const struct {
		int status;
		const char *body;
		enum err_code code;
	} cases[] = {
		{ 402, "{\"title\":\"CreditsDepleted\"}", ERR_PAYMENT },
		{ 429, "{\"title\":\"UsageCapExceeded\"}", ERR_PAYMENT },
		{ 429, "{}", ERR_RATE },
		{ 401, "{}", ERR_AUTH },
		{ 500, "{}", ERR_NETWORK },
		{ 200, "{\"data\":[{\"id\":\"1\"", ERR_NETWORK },
		{ 200, "", ERR_NETWORK },
		{ 200, "[]", ERR_MALFORMED },
		{ 200, "{}", ERR_MALFORMED },
		{ 200, "{\"errors\":[" GONE("77") "]}", ERR_MALFORMED },
		{ 200, "{\"errors\":[{\"code\":88,\"message\":\"Rate limit exceeded\"}]}",
		  ERR_RATE },
	};
	static const char *const ids[] = { "1" };
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_false(read_answer(f, cases[i].status, ids, 1, cases[i].body));
		if (f->err.code != cases[i].code)
			fail_msg("%zu: code %d: %s", i, f->err.code, f->err.msg);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_same_authors_make_the_same_request),
		TEST(what_is_no_request_is_none),
		TEST(each_one_asked_for_has_its_fate),
		TEST(who_may_not_be_kept_is_cut_out),
		TEST(nobody_may_be_left),
		TEST(what_is_no_answer_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
