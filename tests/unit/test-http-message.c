#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/http/message.h"

#define NOW INT64_C(1500000000000) /* 2017-07-14T02:40:00Z */

static struct http_answer answer_of(const char *headers, const char *body)
{
	struct http_answer answer = HTTP_ANSWER_INIT;

	answer.status = 200;
	answer.received = NOW;
	str_add(&answer.headers, headers);
	str_add(&answer.body, body);
	return answer;
}

static void a_parameter_is_percent_encoded(void **state)
{
	struct http_request request = HTTP_REQUEST_INIT;

	(void)state;
	str_add(&request.url, "https://social.example/search");
	http_request_param(&request, "q", "#ssmjp & 発表/ok~");
	http_request_param(&request, "limit", "40");
	assert_string_equal(request.url.buf,
			    "https://social.example/search"
			    "?q=%23ssmjp%20%26%20%E7%99%BA%E8%A1%A8%2Fok~&limit=40");
	http_request_clear(&request);
	assert_string_equal(request.url.buf, "");
	http_request_release(&request);
	http_request_release(&request);
}

static void a_header_is_found_by_its_whole_name(void **state)
{
	static const struct {
		const char *name, *value;
	} cases[] = {
		{ "link", "<b>" }, /* the last one counts */
		{ "LINK", "<b>" }, { "X-Empty", "" }, { "X-Blank", "a b" },    { "Lin", NULL },
		{ "Links", NULL }, { "b", NULL },     { "X-Colon", "a: b:c" }, { "", NULL },
	};
	struct http_answer answer = answer_of("Link: <a>\r\nX-Empty:\r\nX-Blank: \t a b \t\r\n"
					      "Link:<b>\r\nX-Colon: a: b:c\r\n",
					      "");
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool found;

		str_clear(&out);
		found = http_answer_header(&answer, cases[i].name, &out);
		assert_int_equal(found, cases[i].value != NULL);
		assert_string_equal(out.buf, cases[i].value ? cases[i].value : "");
	}
	str_release(&out);
	http_answer_release(&answer);
}

static void what_is_no_header_is_not_kept(void **state)
{
	static const char *const lines[] = { "no colon",	   ": no name", " folded: line",
					     "\tfolded: too",	   "\r\n",	"",
					     "Two: lines\nIn: one" };
	struct http_answer answer = HTTP_ANSWER_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		http_answer_add_header(&answer, lines[i], strlen(lines[i]));
	http_answer_add_header(&answer, "Nul: a\0b", 8);
	assert_string_equal(answer.headers.buf, "");
	http_answer_add_header(&answer, "Kept: yes\r\n", 11);
	http_answer_add_header(&answer, "Kept-too: yes\n", 14);
	assert_string_equal(answer.headers.buf, "Kept: yes\r\nKept-too: yes\r\n");
	http_answer_release(&answer);
}

static void json_is_told_by_type_and_else_by_its_first_character(void **state)
{
	static const struct {
		const char *headers, *body;
		bool is_json;
	} cases[] = {
		{ "Content-Type: application/json; charset=utf-8\r\n", "<html>", true },
		{ "content-type: Application/JSON\r\n", "", true },
		{ "Content-Type: application/problem+json\r\n", "", true },
		{ "Content-Type: text/html\r\n", "{\"a\":1}", false },
		{ "Content-Type: application/jsonp\r\n", "", false },
		{ "Content-Type: +json2\r\n", "", false },
		{ "", " \r\n\t{\"a\":1}", true },
		{ "", "\xEF\xBB\xBF[1]", true },
		{ "Content-Type:\r\n", "[", true },
		{ "", "<!DOCTYPE html>", false },
		{ "", "", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_answer answer = answer_of(cases[i].headers, cases[i].body);

		assert_int_equal(http_answer_is_json(&answer), cases[i].is_json);
		http_answer_release(&answer);
	}
}

static void retry_after_is_seconds_or_a_date(void **state)
{
	static const struct {
		const char *headers;
		int64_t until;
	} cases[] = {
		{ "Retry-After: 120\r\n", NOW + 120000 },
		{ "retry-after:0\r\n", NOW },
		{ "Retry-After: Fri, 14 Jul 2017 02:41:00 GMT\r\n", NOW + 60000 },
		{ "Retry-After: Friday, 14-Jul-17 02:41:00 GMT\r\n", NOW + 60000 },
		{ "Retry-After: Fri Jul 14 02:41:00 2017\r\n", NOW + 60000 },
		{ "Retry-After: soon\r\n", 0 },
		{ "Retry-After: -5\r\n", 0 },
		{ "Retry-After:\r\n", 0 },
		{ "X-Retry-After: 5\r\n", 0 },
		{ "Retry-After: 99999999999999999999\r\n", 0 },
		{ "Retry-After: 9223372036854775807\r\n", NOW + INT64_C(315360000000) },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_answer answer = answer_of(cases[i].headers, "");

		assert_int_equal(http_answer_retry_after(&answer), cases[i].until);
		http_answer_release(&answer);
	}
}

static void an_answer_is_read_in_every_spelling(void **state)
{
	static const struct {
		const char *bytes;
		int status;
		const char *headers, *body;
	} cases[] = {
		{ "HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", 200, "A: b\r\n", "body" },
		{ "HTTP/1.1 200 OK\nA: b\nContent-Length: 4\n\nbody", 200,
		  "A: b\r\nContent-Length: 4\r\n", "body" },
		{ "HTTP/1.1 503\r\n\r\n", 503, "", "" },
		{ "HTTP/2 404 \r\n\r\nno\r\n\r\nmore", 404, "", "no\r\n\r\nmore" },
		{ "HTTP/1.0 999 Odd\n\n", 999, "", "" },
		{ "HTTP/1.1 100 Continue\r\nB: c\r\n\r\nHTTP/2 200\r\nA: b\r\n\r\nx", 200,
		  "A: b\r\n", "x" },
	};
	struct http_answer answer = HTTP_ANSWER_INIT;
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_true(
			http_answer_read(cases[i].bytes, strlen(cases[i].bytes), &answer, &err));
		assert_int_equal(answer.status, cases[i].status);
		assert_string_equal(answer.headers.buf, cases[i].headers);
		assert_string_equal(answer.body.buf, cases[i].body);
	}
	http_answer_release(&answer);
}

static void what_is_no_whole_answer_is_refused(void **state)
{
	static const struct {
		const char *bytes;
		enum err_code code;
		const char *word;
	} cases[] = {
		{ "", ERR_MALFORMED, "not an HTTP answer" },
		{ "{\"a\":1}", ERR_MALFORMED, "not an HTTP answer" },
		{ "HTTP/1.1 OK\r\n\r\n", ERR_MALFORMED, "not an HTTP answer" },
		{ "HTTP/1.1 20\r\n\r\n", ERR_MALFORMED, "not an HTTP answer" },
		{ "HTTP/1.1 2000 OK\r\n\r\n", ERR_MALFORMED, "not an HTTP answer" },
		{ "HTTP/1.1 099 OK\r\n\r\n", ERR_MALFORMED, "not an HTTP answer" },
		{ "HTTP/1.1 100 Continue\r\n\r\n", ERR_MALFORMED, "not an HTTP answer" },
		{ "HTTP/1.1 200 OK\r\nA: b", ERR_NETWORK, "within its head" },
		{ "HTTP/1.1 200 OK\r\n", ERR_NETWORK, "within its head" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbody", ERR_NETWORK, "cut off" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbody", ERR_NETWORK, "cut off" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nbody", ERR_MALFORMED,
		  "Content-Length" },
		{ "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nbody", ERR_MALFORMED,
		  "Content-Length" },
	};
	struct http_answer answer = HTTP_ANSWER_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };

		assert_false(
			http_answer_read(cases[i].bytes, strlen(cases[i].bytes), &answer, &err));
		assert_int_equal(err.code, cases[i].code);
		assert_non_null(strstr(err.msg, cases[i].word));
		assert_int_equal(answer.body.len + answer.headers.len, 0);
	}
	http_answer_release(&answer);
}

static void what_was_written_reads_the_same(void **state)
{
	static const char body[] = "{\"a\":\"\0\r\n\r\n\"}";
	struct http_answer answer = answer_of("X-Rate: 1\r\nX-More: 2\r\n", "");
	struct http_answer back = HTTP_ANSWER_INIT;
	struct str bytes = STR_INIT;
	struct err err = { 0 };

	(void)state;
	str_add_n(&answer.body, body, sizeof(body) - 1);
	http_answer_write(&answer, &bytes);
	assert_true(str_starts(bytes.buf, "HTTP/1.1 200 OK\r\nX-Rate: 1\r\n"));
	assert_true(http_answer_read(bytes.buf, bytes.len, &back, &err));
	assert_int_equal(back.status, 200);
	assert_int_equal(back.body.len, sizeof(body) - 1);
	assert_memory_equal(back.body.buf, body, sizeof(body) - 1);
	for (size_t cut = 0; cut < bytes.len; cut++) {
		assert_false(http_answer_read(bytes.buf, cut, &back, &err));
		assert_true(err.code == ERR_NETWORK || cut < strlen("HTTP/1.1 200 OK"));
	}
	str_release(&bytes);
	http_answer_release(&answer);
	http_answer_release(&back);
}

static void no_secret_and_no_former_length_is_written(void **state)
{
	struct http_answer answer = answer_of(
		"Set-Cookie: s=SECRET\r\nset-cookie2: SECRET\r\nWWW-Authenticate: Bearer SECRET\r\n"
		"Authorization: SECRET\r\nProxy-Authorization: SECRET\r\nProxy-Authenticate: "
		"SECRET\r\n"
		"Authentication-Info: SECRET\r\nContent-Length: 99\r\nTransfer-Encoding: "
		"chunked\r\n"
		"Content-Encoding: gzip\r\nKept: yes\r\n",
		"four");
	struct str bytes = STR_INIT;

	(void)state;
	http_answer_write(&answer, &bytes);
	assert_string_equal(bytes.buf,
			    "HTTP/1.1 200 OK\r\nKept: yes\r\nContent-Length: 4\r\n\r\nfour");
	str_release(&bytes);
	http_answer_release(&answer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_parameter_is_percent_encoded),
		cmocka_unit_test(a_header_is_found_by_its_whole_name),
		cmocka_unit_test(what_is_no_header_is_not_kept),
		cmocka_unit_test(json_is_told_by_type_and_else_by_its_first_character),
		cmocka_unit_test(retry_after_is_seconds_or_a_date),
		cmocka_unit_test(an_answer_is_read_in_every_spelling),
		cmocka_unit_test(what_is_no_whole_answer_is_refused),
		cmocka_unit_test(what_was_written_reads_the_same),
		cmocka_unit_test(no_secret_and_no_former_length_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
