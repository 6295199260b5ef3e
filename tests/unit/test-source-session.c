#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/json/read.h"
#include "archive/source/session.h"

#define NOW INT64_C(1785592800000)

/* A source with a name and a password, a session, and what is asked and answered. */
struct fixture {
	struct source source;
	struct session session;
	struct http_request request;
	struct http_answer answer;
	struct err err;
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->source = (struct source)SOURCE_INIT;
	f->session = (struct session)SESSION_INIT;
	f->request = (struct http_request)HTTP_REQUEST_INIT;
	f->answer = (struct http_answer)HTTP_ANSWER_INIT;
	*state = f;
	if (!source_parse(&f->source, "bluesky:https://pds.example", &f->err))
		return -1;
	str_add(&f->source.login, "@hana.example");
	str_add(&f->source.password, "open \"sesame\"\n");
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	source_release(&f->source);
	session_release(&f->session);
	http_request_release(&f->request);
	http_answer_release(&f->answer);
	free(f);
	return 0;
}

static const struct session_ops *ops_of(const struct fixture *f)
{
	return f->source.ops->session;
}

static bool take(struct fixture *f, int status, const char *headers, const char *body)
{
	http_answer_clear(&f->answer);
	f->err = (struct err){ 0 };
	f->answer.status = status;
	f->answer.received = NOW;
	str_add(&f->answer.headers, headers);
	str_add(&f->answer.body, body);
	return ops_of(f)->take(&f->source, &f->answer, &f->session, &f->err);
}

static void signing_in_sends_the_name_and_the_password_and_marks_them_secret(void **state)
{
	struct fixture *f = *state;
	struct jnode *body;

	assert_true(ops_of(f)->open(&f->source, &f->request, &f->err));
	assert_string_equal(f->request.url.buf,
			    "https://pds.example/xrpc/com.atproto.server.createSession");
	assert_true(f->request.post);
	assert_true(f->request.secret);
	assert_int_equal(f->request.bearer.len, 0);
	body = jnode_parse(f->request.body.buf, f->request.body.len, &f->err);
	assert_string_equal(jnode_string(body, "identifier"), "hana.example");
	assert_string_equal(jnode_string(body, "password"), "open \"sesame\"\n");
	jnode_free(body);
}

static void nobody_signs_in_without_both(void **state)
{
	struct fixture *f = *state;

	str_clear(&f->source.password);
	assert_false(ops_of(f)->open(&f->source, &f->request, &f->err));
	assert_int_equal(f->err.code, ERR_AUTH);
	assert_non_null(strstr(f->err.msg, "ARCHIVE_BLUESKY_PASSWORD (an app password)"));
	str_add(&f->source.password, "sesame");
	str_clear(&f->source.login);
	str_add(&f->source.login, "@");
	assert_false(ops_of(f)->open(&f->source, &f->request, &f->err));
}

static void a_session_is_renewed_by_its_own_token_and_an_empty_body(void **state)
{
	struct fixture *f = *state;

	assert_false(ops_of(f)->renew(&f->source, &f->session, &f->request, &f->err));
	assert_int_equal(f->err.code, ERR_EXPIRED);
	str_add(&f->session.access, "old-access");
	str_add(&f->session.refresh, "old-refresh");
	str_add(&f->request.body, "of before");
	assert_true(ops_of(f)->renew(&f->source, &f->session, &f->request, &f->err));
	assert_string_equal(f->request.url.buf,
			    "https://pds.example/xrpc/com.atproto.server.refreshSession");
	assert_string_equal(f->request.bearer.buf, "old-refresh");
	assert_int_equal(f->request.body.len, 0);
	assert_true(http_request_is_post(&f->request));
	assert_true(f->request.secret);
}

#define TOKENS "\"accessJwt\":\"a.b-c\",\"refreshJwt\":\"d.e_f\""

static void an_answer_becomes_a_session(void **state)
{
	struct fixture *f = *state;

	assert_true(take(f, 200, "", "{" TOKENS ",\"did\":\"did:plc:hana22\",\"active\":true}"));
	assert_string_equal(f->session.access.buf, "a.b-c");
	assert_string_equal(f->session.refresh.buf, "d.e_f");
	assert_int_equal(f->session.made, NOW);
	assert_true(ops_of(f)->lives_ms > 3600000 && ops_of(f)->lives_ms < 7200000);
}

static void a_refusal_says_what_to_do_and_changes_nothing(void **state)
{
	static const struct {
		int status;
		const char *body, *said;
		enum err_code code;
	} cases[] = {
		{ 401, "{\"error\":\"AuthenticationRequired\",\"message\":\"Invalid identifier\"}",
		  "make an app password", ERR_AUTH },
		{ 401, "{\"error\":\"AuthFactorTokenRequired\"}", "wants a code by mail",
		  ERR_AUTH },
		{ 400, "{\"error\":\"AccountTakedown\"}", "has been taken down", ERR_AUTH },
		{ 401, "{\"error\":\"AccountTakedown\"}", "has been taken down", ERR_AUTH },
		{ 200, "{" TOKENS ",\"active\":false,\"status\":\"takendown\"}",
		  "has been taken down", ERR_AUTH },
		{ 200, "{" TOKENS ",\"active\":false,\"status\":\"suspended\"}", "is suspended",
		  ERR_AUTH },
		{ 200, "{" TOKENS ",\"active\":false}", "is deactivated", ERR_AUTH },
		{ 400, "{\"error\":\"ExpiredToken\"}", "sign in again", ERR_EXPIRED },
		{ 400, "{\"error\":\"InvalidToken\"}", "sign in again", ERR_EXPIRED },
		{ 429, "{\"error\":\"RateLimitExceeded\"}", "signed in too often", ERR_RATE },
		{ 404, "{\"error\":\"XRPCNotSupported\"}", "no server that one signs in at",
		  ERR_NOT_FOUND },
		{ 503, "down", "a failure of its own", ERR_NETWORK },
		{ 200, "<html>", "no session", ERR_MALFORMED },
		{ 200, "{}", "no session", ERR_MALFORMED },
		{ 200, "{\"accessJwt\":\"a b\",\"refreshJwt\":\"c\"}", "no session",
		  ERR_MALFORMED },
		{ 200, "{\"accessJwt\":\"a\\r\\nX: y\",\"refreshJwt\":\"c\"}", "no session",
		  ERR_MALFORMED },
		{ 200, "{\"accessJwt\":\"a\"}", "no session", ERR_MALFORMED },
	};
	struct fixture *f = *state;

	str_add(&f->session.access, "kept");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_false(take(f, cases[i].status, "", cases[i].body));
		if (!strstr(f->err.msg, cases[i].said))
			fail_msg("%s: %s", cases[i].body, f->err.msg);
		assert_int_equal(f->err.code, cases[i].code);
		assert_null(strstr(f->err.msg, "sesame"));
		assert_string_equal(f->session.access.buf, "kept");
	}
	assert_false(take(f, 429, "RateLimit-Reset: 1785592860\r\n", "{}"));
	assert_int_equal(f->err.retry_at, NOW + 60000);
}

static void a_kept_session_comes_back(void **state)
{
	struct fixture *f = *state;
	struct session again = SESSION_INIT;
	struct str text = STR_INIT;

	str_add(&f->session.access, "a.b-c");
	str_add(&f->session.refresh, "d.e_f");
	f->session.made = NOW;
	session_write(&f->session, &text);
	assert_true(session_read(text.buf, text.len, &again, &f->err));
	assert_string_equal(again.access.buf, "a.b-c");
	assert_string_equal(again.refresh.buf, "d.e_f");
	assert_int_equal(again.made, NOW);
	for (size_t len = 0; len + 2 < text.len; len++) {
		f->err = (struct err){ 0 };
		assert_false(session_read(text.buf, len, &again, &f->err));
		assert_int_equal(f->err.code, ERR_MALFORMED);
	}
	assert_string_equal(again.access.buf, "a.b-c");
	session_release(&again);
	str_release(&text);
}

static void what_is_no_kept_session_is_refused(void **state)
{
	static const char *const texts[] = {
		"",
		"[]",
		"{\"access\":\"a\",\"refresh\":\"b\"}",
		"{\"access\":\"a\",\"refresh\":\"b\",\"made\":0}",
		"{\"access\":\"a\\nX: y\",\"refresh\":\"b\",\"made\":1}",
		"{\"access\":\"あ\",\"refresh\":\"b\",\"made\":1}",
		"{\"access\":\"a\",\"refresh\":\"b c\",\"made\":1}",
		"{\"access\":\"\",\"refresh\":\"b\",\"made\":1}",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		assert_false(session_read(texts[i], strlen(texts[i]), &f->session, &f->err));
		assert_int_equal(f->session.access.len, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			signing_in_sends_the_name_and_the_password_and_marks_them_secret, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(nobody_signs_in_without_both, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_session_is_renewed_by_its_own_token_and_an_empty_body, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_answer_becomes_a_session, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_refusal_says_what_to_do_and_changes_nothing,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_kept_session_comes_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_kept_session_is_refused, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
