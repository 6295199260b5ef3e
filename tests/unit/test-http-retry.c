#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <curl/curl.h>

#include "archive/base/mem.h"
#include "archive/http/retry.h"

static void the_wait_doubles_up_to_a_minute(void **state)
{
	static const int64_t most[] = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000 };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(most); i++) {
		int tries = (int)i + 1;

		assert_int_equal(retry_backoff(tries, UINT32_MAX), most[i]);
		assert_int_equal(retry_backoff(tries, 0), 0);
		assert_in_range(retry_backoff(tries, UINT32_MAX / 2), most[i] / 2 - 1, most[i] / 2);
	}
	assert_int_equal(retry_backoff(INT32_MAX, UINT32_MAX), 60000);
}

static void a_status_is_tried_again_when_it_may_heal(void **state)
{
	static const struct {
		int status;
		const char *after;
		bool again;
		int64_t until; /* after the answer's time */
	} cases[] = {
		{ 500, NULL, true, 0 },	      { 502, NULL, true, 0 },	 { 503, NULL, true, 0 },
		{ 504, NULL, true, 0 },	      { 408, NULL, true, 0 },	 { 503, "7", true, 7000 },
		{ 503, "900", true, 900000 }, { 503, "901", false, 0 },	 { 503, "soon", true, 0 },
		{ 429, "30", true, 30000 },   { 429, "0", true, 0 },	 { 429, "901", false, 0 },
		{ 429, NULL, false, 0 },      { 429, "soon", false, 0 }, { 200, "5", false, 0 },
		{ 401, NULL, false, 0 },      { 404, NULL, false, 0 },	 { 501, NULL, false, 0 },
		{ 302, NULL, false, 0 },      { 402, "5", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_answer answer = HTTP_ANSWER_INIT;
		int64_t until = -1;

		answer.status = cases[i].status;
		answer.received = 1000000;
		if (cases[i].after)
			str_addf(&answer.headers, "Retry-After: %s\r\n", cases[i].after);
		assert_int_equal(retry_after_status(&answer, &until), cases[i].again);
		if (cases[i].again && cases[i].until)
			assert_int_equal(until, answer.received + cases[i].until);
		http_answer_release(&answer);
	}
}

static void a_failure_names_the_host_and_the_cure(void **state)
{
	static const struct {
		struct failure failure;
		const char *word;
		bool always; /* tried as often as the caller allows */
	} cases[] = {
		{ { .code = CURLE_COULDNT_RESOLVE_HOST }, "spelling", false },
		{ { .code = CURLE_COULDNT_CONNECT }, "no connection", true },
		{ { .code = CURLE_RECV_ERROR }, "broke", true },
		{ { .code = CURLE_PARTIAL_FILE }, "cut off", true },
		{ { .code = CURLE_GOT_NOTHING }, "hung up", true },
		{ { .code = CURLE_OPERATION_TIMEDOUT, .limit_ms = 2500 }, "2.5 seconds", true },
		{ { .code = CURLE_PEER_FAILED_VERIFICATION, .verify = 0 }, "another name", false },
		{ { .code = CURLE_PEER_FAILED_VERIFICATION, .verify = 1 }, "another name", false },
		{ { .code = CURLE_PEER_FAILED_VERIFICATION, .verify = 9 }, "clock", false },
		{ { .code = CURLE_PEER_FAILED_VERIFICATION, .verify = 10 }, "expired", false },
		{ { .code = CURLE_PEER_FAILED_VERIFICATION, .verify = 18 }, "self-signed", false },
		{ { .code = CURLE_PEER_FAILED_VERIFICATION, .verify = 20 }, "authority", false },
		{ { .code = CURLE_PEER_FAILED_VERIFICATION, .verify = 23 }, "revoked", false },
		{ { .code = CURLE_PEER_FAILED_VERIFICATION, .verify = 77 },
		  "cannot be verified",
		  false },
		{ { .code = CURLE_WRITE_ERROR, .too_large = true, .limit_bytes = 99 },
		  "99 bytes",
		  false },
		{ { .code = CURLE_UNSUPPORTED_PROTOCOL }, "HTTP", false },
		{ { .code = CURLE_READ_ERROR }, ": ", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct failure failure = cases[i].failure;
		struct err err = { 0 };

		failure.host = "social.example:8443";
		assert_false(failure_say(&failure, &err));
		assert_true(str_starts(err.msg, "social.example:8443: "));
		assert_non_null(strstr(err.msg, cases[i].word));
		assert_int_equal(retry_tries(&failure) == RETRY_ALWAYS, cases[i].always);
		assert_true(cases[i].always || retry_tries(&failure) <= 3);
	}
}

static void neither_a_bad_certificate_nor_a_flood_is_tried_again(void **state)
{
	struct failure failure = { .code = CURLE_PEER_FAILED_VERIFICATION };

	(void)state;
	assert_int_equal(retry_tries(&failure), 1);
	failure = (struct failure){ .code = CURLE_RECV_ERROR, .too_large = true };
	assert_int_equal(retry_tries(&failure), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_wait_doubles_up_to_a_minute),
		cmocka_unit_test(a_status_is_tried_again_when_it_may_heal),
		cmocka_unit_test(a_failure_names_the_host_and_the_cure),
		cmocka_unit_test(neither_a_bad_certificate_nor_a_flood_is_tried_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
