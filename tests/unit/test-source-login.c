#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/source/login.h"

static struct source server(void)
{
	struct source source = SOURCE_INIT;
	struct err err = { 0 };

	assert_true(source_parse(&source, "mastodon:social.example", &err));
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

static void the_questions_are_those_of_oauth_and_secret(void **state)
{
	struct source source = server();
	struct login_app app = LOGIN_APP_INIT;
	struct http_request request = HTTP_REQUEST_INIT;
	struct str page = STR_INIT;

	(void)state;
	login_ask_app(&source, &request);
	assert_true(request.secret && http_request_is_post(&request));
	assert_string_equal(request.url.buf, "https://social.example/api/v1/apps");
	assert_string_equal(request.body.buf,
			    "{\"client_name\":\"archive\",\"redirect_uris\":"
			    "\"urn:ietf:wg:oauth:2.0:oob\",\"scopes\":\"read:statuses\"}");
	str_add(&app.id, "id&1");
	str_add(&app.secret, "sesame");
	login_page(&source, &app, &page);
	assert_string_equal(page.buf,
			    "https://social.example/oauth/authorize?response_type=code&client_id="
			    "id%261&redirect_uri=urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob&scope="
			    "read%3Astatuses");
	login_ask_token(&source, &app, "co\"de", &request);
	assert_true(request.secret && http_request_is_post(&request));
	assert_string_equal(request.url.buf, "https://social.example/oauth/token");
	assert_non_null(strstr(request.body.buf, "\"client_secret\":\"sesame\""));
	assert_non_null(strstr(request.body.buf, "\"code\":\"co\\\"de\""));
	assert_int_equal(request.bearer.len, 0);
	str_release(&page);
	http_request_release(&request);
	login_app_release(&app);
	source_release(&source);
}

static void an_app_is_read_or_refused(void **state)
{
	static const struct {
		int status;
		const char *type, *body;
		enum err_code code;
	} cases[] = {
		{ 200, "application/json", "{\"client_id\":\"a\",\"client_secret\":\"b\"}", 0 },
		{ 200, "application/json", "{\"client_id\":\"a\"}", ERR_MALFORMED },
		{ 200, "application/json", "{\"client_id\":\"a b\",\"client_secret\":\"b\"}",
		  ERR_MALFORMED },
		{ 200, "application/json", "{\"client_id\":\"a\\n\",\"client_secret\":\"b\"}",
		  ERR_MALFORMED },
		{ 200, "application/json", "[]", ERR_MALFORMED },
		{ 200, "text/html", "<html>", ERR_MALFORMED },
		{ 404, "text/html", "<html>", ERR_NOT_FOUND },
		{ 503, "text/plain", "no", ERR_NETWORK },
	};
	struct source source = server();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_answer answer = answer_of(cases[i].status, cases[i].type,
						      cases[i].body);
		struct login_app app = LOGIN_APP_INIT;
		struct err err = { 0 };

		assert_int_equal(login_read_app(&source, &answer, &app, &err), !cases[i].code);
		assert_int_equal(err.code, cases[i].code);
		assert_string_equal(app.id.buf, cases[i].code ? "" : "a");
		login_app_release(&app);
		http_answer_release(&answer);
	}
	source_release(&source);
}

static void a_token_is_read_or_refused(void **state)
{
	static const struct {
		int status;
		const char *type, *body;
		enum err_code code;
	} cases[] = {
		{ 200, "application/json", "{\"access_token\":\"sesame\"}", 0 },
		{ 200, "application/json", "{\"access_token\":\"ses\\u0001ame\"}", ERR_MALFORMED },
		{ 200, "application/json", "{\"access_token\":7}", ERR_MALFORMED },
		{ 200, "application/json", "{}", ERR_MALFORMED },
		{ 400, "application/json", "{\"error\":\"invalid_grant\"}", ERR_AUTH },
		{ 401, "application/json", "{\"error\":\"invalid_client\"}", ERR_AUTH },
		{ 400, "text/html", "<html>", ERR_MALFORMED },
		{ 502, "text/html", "<html>", ERR_NETWORK },
	};
	struct source source = server();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_answer answer = answer_of(cases[i].status, cases[i].type,
						      cases[i].body);
		struct str token = STR_INIT;
		struct err err = { 0 };

		assert_int_equal(login_read_token(&source, &answer, &token, &err), !cases[i].code);
		assert_int_equal(err.code, cases[i].code);
		assert_string_equal(token.buf, cases[i].code ? "" : "sesame");
		assert_null(strstr(err.msg, "sesame"));
		str_release(&token);
		http_answer_release(&answer);
	}
	source_release(&source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_questions_are_those_of_oauth_and_secret),
		cmocka_unit_test(an_app_is_read_or_refused),
		cmocka_unit_test(a_token_is_read_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
