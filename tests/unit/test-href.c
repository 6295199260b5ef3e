#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/text/link.h"

/* An address and what becomes of it; NULL when nothing may. */
struct address {
	const char *given, *wanted;
};

static void only_web_addresses_and_mail_may_be_linked(void **state)
{
	static const struct {
		const char *url;
		bool safe, web;
	} cases[] = {
		{ "http://a.example", true, true },
		{ "https://a.example/x?y=z#w", true, true },
		{ "HTTPS://A.example/", true, true },
		{ "https://a.example:8080/", true, true },
		{ "https://user@a.example/", true, true },
		{ "https://127.0.0.1:80/", true, true },
		{ "https://[::1]:8080/x", true, true },
		{ "https://a.example/日本", true, true },
		{ "https://日本.example/", true, true },
		{ "https://a.example/it's", true, true },
		{ "mailto:hana@social.example", true, false },
		{ "mailto:", false, false },
		{ "javascript:alert(1)", false, false },
		{ "JavaScript:alert(1)", false, false },
		{ "data:text/html,x", false, false },
		{ "ftp://a.example/", false, false },
		{ "//a.example/", false, false },
		{ "/x", false, false },
		{ "", false, false },
		{ "http:", false, false },
		{ "http://", false, false },
		{ "https:///x", false, false },
		{ "https://?x", false, false },
		{ "https://user@/x", false, false },
		{ "https://:80/x", false, false },
		{ "https://a.example:port/", false, false },
		{ "https://a.example:123456/", false, false },
		{ "https://a.example%2Fb/", false, false },
		{ "https://[::1/", false, false },
		{ "https://a.example/ x", false, false },
		{ "https://a.example/\nx", false, false },
		{ "https://a.example/\"x", false, false },
		{ "https://a.example/<x", false, false },
		{ "https://a.example/>x", false, false },
		{ "https://a.example\\x", false, false },
		{ "https://a.example/\xC2\x85", false, false },
		{ "https://a.example/\xE2\x80\xAEx", false, false },
		{ "https://a.example/\xFF", false, false },
		{ " https://a.example/", false, false },
		{ "mailto:a@b.example\"", false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		if (link_safe(cases[i].url) != cases[i].safe ||
		    link_safe_web(cases[i].url) != cases[i].web)
			fail_msg("[%s]", cases[i].url);
	}
}

static void an_address_longer_than_4096_bytes_is_not_safe(void **state)
{
	struct str url = STR_INIT, out = STR_INIT;

	(void)state;
	str_add(&url, "https://a.example/");
	while (url.len < 4096)
		str_add_char(&url, 'x');
	assert_true(link_safe(url.buf));
	str_add_char(&url, 'x');
	assert_false(link_safe(url.buf));
	assert_false(link_add_clean(&out, url.buf));
	str_release(&url);
	str_release(&out);
}

static void cleaning_encodes_what_may_not_stand_in_an_address(void **state)
{
	static const struct address cases[] = {
		{ "https://a.example/x y", "https://a.example/x%20y" },
		{ "  https://a.example/\n", "https://a.example/" },
		{ "https://a.example/\"'<>", "https://a.example/%22%27%3C%3E" },
		{ "https://a.example/[]{}|\\^`", "https://a.example/%5B%5D%7B%7D%7C%5C%5E%60" },
		{ "https://[::1]/[", "https://[::1]/%5B" },
		{ "https://a.example/日", "https://a.example/%E6%97%A5" },
		{ "https://日.example/", "https://%E6%97%A5.example/" },
		{ "https://a.example/%E6%97%A5%zz%", "https://a.example/%E6%97%A5%25zz%25" },
		{ "https://a.example/\xFF", "https://a.example/%EF%BF%BD" },
		{ "https://a.example/\x01", "https://a.example/%01" },
		{ "mailto:a b@c.example", "mailto:a%20b@c.example" },
		{ "HTTPS://A.example/B:C", "https://A.example/B:C" },
		{ "MailTo:A@B.example", "mailto:A@B.example" },
		{ "javascript:alert(1)", NULL },
		{ "https://a b/", NULL },
		{ "https://a\"b/", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT, again = STR_INIT;

		assert_int_equal(link_add_clean(&out, cases[i].given), cases[i].wanted != NULL);
		assert_string_equal(out.buf, cases[i].wanted ? cases[i].wanted : "");
		if (cases[i].wanted) {
			assert_true(link_safe(out.buf));
			assert_true(link_add_clean(&again, out.buf));
			assert_string_equal(again.buf, out.buf);
		}
		str_release(&out);
		str_release(&again);
	}
}

static void escaping_leaves_only_the_unreserved(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	link_add_escaped(&out, "aZ09-._~ /?#%&勉");
	assert_string_equal(out.buf, "aZ09-._~%20%2F%3F%23%25%26%E5%8B%89");
	str_release(&out);
}

static void the_host_is_named_without_user_and_in_lower_case(void **state)
{
	static const struct address cases[] = {
		{ "https://A.Example/x", "a.example" },
		{ "http://a.example:8080", "a.example:8080" },
		{ "https://user:secret@a.example?x", "a.example" },
		{ "https://[::1]:80/", "[::1]:80" },
		{ "https:///x", NULL },
		{ "mailto:a@b.example", NULL },
		{ "a.example", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		assert_int_equal(link_host(cases[i].given, &out), cases[i].wanted != NULL);
		assert_string_equal(out.buf, cases[i].wanted ? cases[i].wanted : "");
		str_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_web_addresses_and_mail_may_be_linked),
		cmocka_unit_test(an_address_longer_than_4096_bytes_is_not_safe),
		cmocka_unit_test(cleaning_encodes_what_may_not_stand_in_an_address),
		cmocka_unit_test(escaping_leaves_only_the_unreserved),
		cmocka_unit_test(the_host_is_named_without_user_and_in_lower_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
