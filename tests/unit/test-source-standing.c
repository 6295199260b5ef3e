#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/source/standing.h"

#define SECRET "sesame-1"

static struct source source_of(const char *spec, const char *token)
{
	struct source source = SOURCE_INIT;
	struct err err = { 0 };

	assert_true(source_parse(&source, spec, &err));
	str_add(&source.token, token);
	return source;
}

static struct http_answer answer_of(int status, const char *type, const char *body)
{
	struct http_answer answer = HTTP_ANSWER_INIT;

	answer.status = status;
	str_addf(&answer.headers, "Content-Type: %s\r\n", type);
	str_add(&answer.body, body);
	return answer;
}

static void what_carries_a_credential_is_secret(void **state)
{
	struct source mastodon = source_of("mastodon:social.example", SECRET);
	struct source x = source_of("x", SECRET);
	struct http_request request = HTTP_REQUEST_INIT;

	(void)state;
	standing_ask_instance(&mastodon, &request);
	assert_string_equal(request.url.buf, "https://social.example/api/v2/instance");
	assert_int_equal(request.bearer.len, 0);
	assert_false(request.secret);
	standing_ask_account(&mastodon, &request);
	assert_string_equal(request.url.buf,
			    "https://social.example/api/v1/accounts/verify_credentials");
	assert_string_equal(request.bearer.buf, SECRET);
	assert_true(request.secret);
	standing_ask_credit(&x, &request);
	assert_string_equal(request.url.buf, "https://api.x.com/2/usage/credits");
	assert_string_equal(request.bearer.buf, SECRET);
	assert_true(request.secret);
	assert_false(http_request_is_post(&request));
	http_request_release(&request);
	source_release(&mastodon);
	source_release(&x);
}

static void an_instance_tells_to_whom_it_shows_hashtags(void **state)
{
	static const struct {
		const char *body;
		enum openness own, foreign;
	} cases[] = {
		{ "{\"configuration\":{\"timelines_access\":{\"hashtag_feeds\":"
		  "{\"local\":\"public\",\"remote\":\"authenticated\"}}}}",
		  OPENNESS_EVERYBODY, OPENNESS_ACCOUNTS },
		{ "{\"configuration\":{\"timelines_access\":{\"hashtag_feeds\":"
		  "{\"local\":\"disabled\",\"remote\":\"nonsense\"}}}}",
		  OPENNESS_NOBODY, OPENNESS_UNTOLD },
		{ "{\"configuration\":{\"timelines_access\":{\"hashtag_feeds\":[]}}}",
		  OPENNESS_UNTOLD, OPENNESS_UNTOLD },
		{ "{\"version\":\"4.2.0\"}", OPENNESS_UNTOLD, OPENNESS_UNTOLD },
	};
	struct source source = source_of("mastodon:social.example", "");

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_answer answer = answer_of(200, "application/json", cases[i].body);
		struct feeds feeds;
		struct err err = { 0 };

		assert_true(standing_read_instance(&source, &answer, &feeds, &err));
		assert_int_equal(feeds.own, cases[i].own);
		assert_int_equal(feeds.foreign, cases[i].foreign);
		http_answer_release(&answer);
	}
	source_release(&source);
}

static void an_account_has_a_name_and_a_narrow_token_none(void **state)
{
	static const struct {
		int status;
		const char *type, *body, *name;
		enum err_code code;
	} cases[] = {
		{ 200, "application/json", "{\"acct\":\"hana\"}", "@hana", ERR_NONE },
		{ 200, "application/json", "{\"acct\":\"ha\\u001bna\"}", "@hana", ERR_NONE },
		{ 200, "application/json", "{}", "", ERR_NONE },
		{ 403, "application/json", "{\"error\":\"outside the authorized scopes\"}", "",
		  ERR_NONE },
		{ 403, "text/html", "<html></html>", "", ERR_AUTH },
		{ 401, "application/json", "{\"error\":\"The access token is invalid\"}", "",
		  ERR_AUTH },
		{ 200, "text/html", "<html></html>", "", ERR_MALFORMED },
		{ 200, "application/json", "[1]", "", ERR_MALFORMED },
		{ 502, "text/plain", "bad gateway", "", ERR_NETWORK },
	};
	struct source source = source_of("mastodon:social.example", SECRET);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_answer answer = answer_of(cases[i].status, cases[i].type,
						      cases[i].body);
		struct str name = STR_INIT;
		struct err err = { 0 };

		assert_int_equal(standing_read_account(&source, &answer, &name, &err),
				 cases[i].code == ERR_NONE);
		assert_int_equal(err.code, cases[i].code);
		assert_string_equal(name.buf, cases[i].name);
		assert_null(strstr(err.msg, SECRET));
		str_release(&name);
		http_answer_release(&answer);
	}
	source_release(&source);
}

static void credit_is_told_or_not(void **state)
{
	static const struct {
		int status;
		const char *type, *body;
		bool told;
		int64_t micros;
		enum err_code code;
	} cases[] = {
		{ 200, "application/json", "{\"data\":{\"total_balance\":12.34}}", true, 12340000,
		  ERR_NONE },
		{ 200, "application/json", "{\"data\":{\"total_balance\": \"5\" }}", true, 5000000,
		  ERR_NONE },
		{ 200, "application/json", "{\"data\":{\"total_balance\":-0.5}}", true, -500000,
		  ERR_NONE },
		{ 200, "application/json", "{\"data\":{\"total_balance\":1e99}}", false, 0,
		  ERR_NONE },
		{ 200, "application/json", "{\"data\":{\"total_balance\":null}}", false, 0,
		  ERR_NONE },
		{ 200, "application/json", "{\"data\":[]}", false, 0, ERR_NONE },
		{ 404, "application/json", "{}", false, 0, ERR_NONE },
		{ 403, "application/json", "{\"title\":\"Forbidden\"}", false, 0, ERR_NONE },
		{ 401, "application/json", "{\"title\":\"Unauthorized\",\"status\":401}", false, 0,
		  ERR_AUTH },
		{ 402, "application/json", "{\"title\":\"CreditsDepleted\"}", false, 0,
		  ERR_PAYMENT },
		{ 503, "text/plain", "over capacity", false, 0, ERR_NETWORK },
		{ 200, "text/html", "<html>", false, 0, ERR_MALFORMED },
	};
	struct source source = source_of("x", SECRET);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_answer answer = answer_of(cases[i].status, cases[i].type,
						      cases[i].body);
		struct credit credit;
		struct err err = { 0 };

		assert_int_equal(standing_read_credit(&source, &answer, &credit, &err),
				 cases[i].code == ERR_NONE);
		assert_int_equal(err.code, cases[i].code);
		assert_int_equal(credit.told, cases[i].told);
		assert_int_equal(credit.told ? credit.micros : 0, cases[i].micros);
		http_answer_release(&answer);
	}
	source_release(&source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_carries_a_credential_is_secret),
		cmocka_unit_test(an_instance_tells_to_whom_it_shows_hashtags),
		cmocka_unit_test(an_account_has_a_name_and_a_narrow_token_none),
		cmocka_unit_test(credit_is_told_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
