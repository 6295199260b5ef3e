#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/source/intake.h"
#include "archive/source/source.h"
#include "archive/source/span.h"

static void specifications_have_one_spelling(void **state)
{
	static const struct {
		const char *spec, *name, *base, *host;
	} cases[] = {
		{ "mastodon:social.example", "mastodon:social.example", "https://social.example",
		  "social.example" },
		{ "Mastodon:Social.Example", "mastodon:social.example", "https://social.example",
		  "social.example" },
		{ "mastodon:https://social.example/", "mastodon:social.example",
		  "https://social.example", "social.example" },
		{ "mastodon:HTTPS://social.example:443", "mastodon:social.example",
		  "https://social.example", "social.example" },
		{ "mastodon:social.example:8443", "mastodon:social.example:8443",
		  "https://social.example:8443", "social.example:8443" },
		{ "mastodon:http://127.0.0.1:8080", "mastodon:http://127.0.0.1:8080",
		  "http://127.0.0.1:8080", "127.0.0.1:8080" },
		{ "mastodon:http://social.example:80", "mastodon:http://social.example",
		  "http://social.example", "social.example" },
		{ "mastodon:[::1]:80", "mastodon:[::1]:80", "https://[::1]:80", "[::1]:80" },
		{ "mastodon:日本語.example", "mastodon:日本語.example", "https://日本語.example",
		  "日本語.example" },
		{ "misskey:Misskey.example", "misskey:misskey.example", "https://misskey.example",
		  "misskey.example" },
		{ "misskey:http://127.0.0.1:8080/", "misskey:http://127.0.0.1:8080",
		  "http://127.0.0.1:8080", "127.0.0.1:8080" },
		{ "x", "x", "https://api.x.com", "api.x.com" },
		{ "X", "x", "https://api.x.com", "api.x.com" },
		{ "x:https://api.x.com/", "x", "https://api.x.com", "api.x.com" },
		{ "x:https://api.x.example", "x:https://api.x.example", "https://api.x.example",
		  "api.x.example" },
		{ "Bluesky", "bluesky", "https://api.bsky.app", "api.bsky.app" },
		{ "bluesky:api.bsky.app", "bluesky", "https://api.bsky.app", "api.bsky.app" },
		{ "bluesky:http://127.0.0.1:9", "bluesky:http://127.0.0.1:9", "http://127.0.0.1:9",
		  "127.0.0.1:9" },
		{ "x:http://127.0.0.1:9", "x:http://127.0.0.1:9", "http://127.0.0.1:9",
		  "127.0.0.1:9" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct source source = SOURCE_INIT, again = SOURCE_INIT;
		struct err err = { 0 };

		assert_true(source_parse(&source, cases[i].spec, &err));
		assert_string_equal(source.name.buf, cases[i].name);
		assert_string_equal(source.base.buf, cases[i].base);
		assert_string_equal(source.host.buf, cases[i].host);
		assert_true(source_parse(&again, source.name.buf, &err));
		assert_string_equal(again.name.buf, source.name.buf);
		assert_string_equal(again.base.buf, source.base.buf);
		source_release(&source);
		source_release(&again);
	}
}

static void a_wrong_specification_is_told_with_what_would_be_right(void **state)
{
	static const struct {
		const char *spec, *said;
	} cases[] = {
		{ "", "understood" },
		{ "mastodon", "mastodon:social.example" },
		{ "mastodon:", "name of a server" },
		{ "mastodon:social example", "without blanks" },
		{ "mastodon:social.example\x1b[1m", "without blanks" },
		{ "mastodon:social.example/web", "without a path" },
		{ "mastodon:https://social.example/@hana", "no user" },
		{ "mastodon:https://social.example?x=1", "without a path" },
		{ "mastodon:https://hana:geheim@social.example", "no password" },
		{ "mastodon:ftp://social.example", "without a path" },
		{ "mastodon:social..example", "name of a server" },
		{ "mastodon:.example", "name of a server" },
		{ "mastodon:social.example:0", "name of a server" },
		{ "mastodon:social.example:70000", "name of a server" },
		{ "mastodon:soc<ial.example", "name of a server" },
		{ "mastodon:soc\xffial.example", "without blanks" },
		{ "bluesky:", "name of a server" },
		{ "misskey", "misskey:social.example" },
		{ "friendica:social.example", "friendica is not a network that is known here" },
		{ "social.example", "mastodon:social.example" },
		{ "twitter", "not a network" },
		{ "x:", "name of a server" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct source source = SOURCE_INIT;
		struct err err = { 0 };

		assert_false(source_parse(&source, cases[i].spec, &err));
		assert_int_equal(err.code, ERR_USAGE);
		if (!strstr(err.msg, cases[i].said))
			fail_msg("%s: %s", cases[i].spec, err.msg);
		assert_null(strstr(err.msg, "geheim"));
		assert_int_equal(source.name.len, 0);
		source_release(&source);
	}
}

static void tokens_are_looked_for_by_the_host_s_name(void **state)
{
	static const struct {
		const char *spec, *name;
	} cases[] = {
		{ "mastodon:social.example", "ARCHIVE_MASTODON_TOKEN_SOCIAL_EXAMPLE" },
		{ "mastodon:http://127.0.0.1:8080", "ARCHIVE_MASTODON_TOKEN_127_0_0_1_8080" },
		{ "mastodon:my-host.example", "ARCHIVE_MASTODON_TOKEN_MY_HOST_EXAMPLE" },
		{ "misskey:my-host.example", "ARCHIVE_MISSKEY_TOKEN_MY_HOST_EXAMPLE" },
		{ "bluesky", "ARCHIVE_BLUESKY_PASSWORD" },
		{ "x", "ARCHIVE_X_TOKEN" },
		{ "x:https://api.x.example", "ARCHIVE_X_TOKEN" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct source source = SOURCE_INIT;
		struct str name = STR_INIT;
		struct err err = { 0 };

		assert_true(source_parse(&source, cases[i].spec, &err));
		source_token_name(&source, &name);
		assert_string_equal(name.buf, cases[i].name);
		str_release(&name);
		source_release(&source);
	}
}

static void each_network_has_its_adapter(void **state)
{
	(void)state;
	assert_ptr_equal(source_ops_for(NETWORK_MASTODON), &source_mastodon);
	assert_ptr_equal(source_ops_for(NETWORK_X), &source_x);
	assert_ptr_equal(source_ops_for(NETWORK_MISSKEY), &source_misskey);
	assert_null(source_ops_for(NETWORK_COUNT));
}

static void profiles_say_no_in_words_of_their_own(void **state)
{
	static const struct {
		const char *text;
		bool no;
	} cases[] = {
		{ "all my own #noarchive", true },
		{ "#NoBot", true },
		{ "＃ｎｏｂｏｔ", true },
		{ "猫が好き#nobots", true },
		{ "no archive #nobotany", false },
		{ "noarchive", false },
		{ "#no archive", false },
		{ "", false },
		{ NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(intake_says_no(cases[i].text), cases[i].no);
}

static void members_are_found_by_bytes(void **state)
{
	static const struct {
		const char *json, *path, *value, *left;
	} cases[] = {
		{ "{\"a\":1,\"b\":{\"c\":[2,\"}\"]},\"d\":3}", "b", "{\"c\":[2,\"}\"]}",
		  "{\"a\":1,\"d\":3}" },
		{ "{\"a\":1, \"b\" : \"x\\\"y\" }", "b", "\"x\\\"y\"", "{\"a\":1 }" },
		{ "{\"b\":true}", "b", "true", "{}" },
		{ " {\"q\":{\"s\":\"ok\",\"p\":{}}}", "q.p", "{}", " {\"q\":{\"s\":\"ok\"}}" },
		{ "{\"a\":{\"b\":1}}", "b", NULL, NULL },
		{ "{\"a\"", "a", NULL, NULL },
		{ "[1]", "a", NULL, NULL },
		{ "", "a", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *json = cases[i].json;
		struct span_member m;
		struct str left = STR_INIT;
		bool found = span_path(json, strlen(json), 0, cases[i].path, &m);

		assert_int_equal(found, cases[i].value != NULL);
		if (!found)
			continue;
		assert_int_equal(m.value.to - m.value.from, strlen(cases[i].value));
		assert_memory_equal(json + m.value.from, cases[i].value, strlen(cases[i].value));
		str_add_n(&left, json, m.whole.from);
		str_add(&left, json + m.whole.to);
		assert_string_equal(left.buf, cases[i].left);
		str_release(&left);
	}
}

static void a_value_that_breaks_off_is_not_whole(void **state)
{
	(void)state;
	assert_true(span_is_whole("{\"a\":[1]}", 9, 0));
	assert_false(span_is_whole("{\"a\":[1]", 8, 0));
	assert_false(span_is_whole("{\"a\":\"}", 7, 0));
	assert_false(span_is_whole("1", 1, 0));
	assert_false(span_is_whole("", 0, 0));
}

static void what_has_no_word_of_its_own_is_still_a_sentence(void **state)
{
	static const struct {
		int status;
		const char *type, *body, *said;
		enum err_code code;
	} cases[] = {
		{ 503, "text/html", "<html><body>Bad gateway",
		  "web page, not with data (status 503)", ERR_NETWORK },
		{ 200, "text/html", "<!DOCTYPE html>", "web page, not with data (status 200)",
		  ERR_MALFORMED },
		{ 200, "application/json", "", "nothing at all", ERR_NETWORK },
		{ 200, "application/json", "{\"error\":\"no such \\u202efeed\"}",
		  "\"no such feed\"", ERR_MALFORMED },
		{ 200, "application/json", "7", "not a list of posts", ERR_MALFORMED },
		{ 502, "text/plain", "upstream", "failure of its own (status 502)", ERR_NETWORK },
		{ 418, "application/json", "{\"error\":\"teapot\"}", "status 418, \"teapot\"",
		  ERR_MALFORMED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct source source = SOURCE_INIT;
		struct http_answer answer = HTTP_ANSWER_INIT;
		struct err err = { 0 };

		assert_true(source_parse(&source, "mastodon:social.example", &err));
		answer.status = cases[i].status;
		str_addf(&answer.headers, "Content-Type: %s\r\n", cases[i].type);
		str_add(&answer.body, cases[i].body);
		assert_false(source_refused(&source, &answer, &err));
		assert_int_equal(err.code, cases[i].code);
		if (!strstr(err.msg, cases[i].said))
			fail_msg("%s", err.msg);
		http_answer_release(&answer);
		source_release(&source);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(specifications_have_one_spelling),
		cmocka_unit_test(a_wrong_specification_is_told_with_what_would_be_right),
		cmocka_unit_test(tokens_are_looked_for_by_the_host_s_name),
		cmocka_unit_test(each_network_has_its_adapter),
		cmocka_unit_test(profiles_say_no_in_words_of_their_own),
		cmocka_unit_test(members_are_found_by_bytes),
		cmocka_unit_test(a_value_that_breaks_off_is_not_whole),
		cmocka_unit_test(what_has_no_word_of_its_own_is_still_a_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
