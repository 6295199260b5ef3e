#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/http/url.h"

static bool may_ask(const char *text, bool insecure, struct err *err)
{
	struct http_url url = HTTP_URL_INIT;
	bool may = http_url_parse(&url, text, err) && http_url_may_ask(&url, insecure, err);

	http_url_release(&url);
	return may;
}

static void plain_http_is_for_this_machine(void **state)
{
	static const struct {
		const char *url;
		bool may, may_insecure;
	} cases[] = {
		{ "https://social.example/", true, true },
		{ "HTTPS://Social.Example", true, true },
		{ "http://localhost:8080/a", true, true },
		{ "http://LOCALHOST/", true, true },
		{ "http://127.0.0.1/", true, true },
		{ "http://127.255.0.9:1/", true, true },
		{ "http://127.1/", true, true },
		{ "http://0x7f.1/", true, true },
		{ "http://[::1]:3000/", true, true },
		{ "http://social.example/", false, true },
		{ "http://127.0.0.1.social.example/", false, true },
		{ "http://localhost.social.example/", false, true },
		{ "http://128.0.0.1/", false, true },
		{ "http://10.0.0.1/", false, true },
		{ "http://[::2]/", false, true },
		{ "http://0.0.0.0/", false, true },
		{ "file:///etc/passwd", false, false },
		{ "ftp://localhost/", false, false },
		{ "gopher://localhost/", false, false },
		{ "javascript:alert(1)", false, false },
		{ "/relative", false, false },
		{ "", false, false },
		{ "https://", false, false },
		{ "https://so cial.example/", false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };

		assert_int_equal(may_ask(cases[i].url, false, &err), cases[i].may);
		assert_int_equal(err.code, cases[i].may ? ERR_NONE : ERR_USAGE);
		assert_int_equal(may_ask(cases[i].url, true, &err), cases[i].may_insecure);
	}
}

static void a_password_in_an_address_is_refused_and_not_repeated(void **state)
{
	static const char *const urls[] = { "https://user:SECRET@social.example/",
					    "https://SECRET@social.example/",
					    "https://user:SECRET@so cial.example/?key=SECRET" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(urls); i++) {
		struct err err = { 0 };

		assert_false(may_ask(urls[i], true, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_null(strstr(err.msg, "SECRET"));
	}
}

static void a_redirect_obeys_the_same_rules(void **state)
{
	static const struct {
		const char *from, *location, *to; /* to: NULL = refused */
		bool same_origin;
	} cases[] = {
		{ "https://a.example/x/y?q=1", "/z?w#part", "https://a.example/z?w", true },
		{ "https://a.example/x/y", "z", "https://a.example/x/z", true },
		{ "https://a.example/x", "//b.example/", "https://b.example/", false },
		{ "https://a.example/", "https://A.EXAMPLE:443/", "https://A.EXAMPLE:443/", true },
		{ "https://a.example/", "https://a.example:444/", "https://a.example:444/", false },
		{ "https://a.example/", "/タグ x", "https://a.example/%e3%82%bf%e3%82%b0%20x",
		  true },
		{ "https://a.example/", "http://a.example/", NULL, false },
		{ "https://a.example/", "http://localhost/", NULL, false },
		{ "https://a.example/", "https://127.0.0.1/", NULL, false },
		{ "https://a.example/", "https://user:pw@a.example/", NULL, false },
		{ "https://a.example/", "file:///etc/passwd", NULL, false },
		{ "http://127.0.0.1:1/", "http://127.0.0.1:2/", "http://127.0.0.1:2/", false },
		{ "http://127.0.0.1:1/", "http://a.example/", NULL, false },
		{ "http://127.0.0.1:1/", "https://127.0.0.1:1/", "https://127.0.0.1:1/", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_url from = HTTP_URL_INIT, to = HTTP_URL_INIT;
		struct err err = { 0 };
		bool may;

		assert_true(http_url_parse(&from, cases[i].from, &err));
		may = http_url_resolve(&to, &from, cases[i].location, &err) &&
		      http_url_may_follow(&from, &to, false, &err);
		assert_int_equal(may, cases[i].to != NULL);
		assert_int_equal(err.code, may ? ERR_NONE : ERR_MALFORMED);
		if (may) {
			assert_string_equal(to.text.buf, cases[i].to);
			assert_int_equal(http_url_same_origin(&from, &to), cases[i].same_origin);
		}
		http_url_release(&from);
		http_url_release(&to);
	}
}

static void a_sentence_names_host_and_port(void **state)
{
	static const char *const cases[][2] = {
		{ "https://Social.Example/a?b=c", "social.example" },
		{ "https://social.example:443/", "social.example" },
		{ "https://social.example:8443/", "social.example:8443" },
		{ "http://[::1]:3000/", "[::1]:3000" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_url url = HTTP_URL_INIT;
		struct err err = { 0 };

		assert_true(http_url_parse(&url, cases[i][0], &err));
		assert_string_equal(url.name.buf, cases[i][1]);
		http_url_release(&url);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_http_is_for_this_machine),
		cmocka_unit_test(a_password_in_an_address_is_refused_and_not_repeated),
		cmocka_unit_test(a_redirect_obeys_the_same_rules),
		cmocka_unit_test(a_sentence_names_host_and_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
