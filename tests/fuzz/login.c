#include <stdint.h>
#include <stdlib.h>

#include "archive/source/login.h"
#include "archive/source/standing.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check(bool ok, const struct err *err)
{
	if (!ok && (err->code == ERR_NONE || !err->msg[0]))
		abort();
}

/* What goes into a header, an address or a configuration is one word of visible ASCII. */
static void check_word(const struct str *word)
{
	for (size_t i = 0; i < word->len; i++)
		if (word->buf[i] <= ' ' || word->buf[i] > '~')
			abort();
}

static void check_name(const struct str *name)
{
	for (size_t i = 0; i < name->len; i++)
		if ((unsigned char)name->buf[i] < ' ' || name->buf[i] == 0x7F)
			abort();
}

static void read_login(const struct source *source, const struct http_answer *answer)
{
	struct login_app app = LOGIN_APP_INIT;
	struct str token = STR_INIT;
	struct err err = { 0 };
	bool ok = login_read_app(source, answer, &app, &err);

	check(ok && app.id.len > 0, &err);
	check_word(&app.id);
	check_word(&app.secret);
	err = (struct err){ 0 };
	check(login_read_token(source, answer, &token, &err), &err);
	check_word(&token);
	login_app_release(&app);
	str_release(&token);
}

static void read_standing(const struct source *source, const struct http_answer *answer)
{
	struct feeds feeds = { 0 };
	struct credit credit = { 0 };
	struct str name = STR_INIT;
	struct err err = { 0 };

	check(standing_read_instance(source, answer, &feeds, &err), &err);
	err = (struct err){ 0 };
	check(standing_read_account(source, answer, &name, &err), &err);
	check_name(&name);
	err = (struct err){ 0 };
	check(standing_read_credit(source, answer, &credit, &err), &err);
	str_release(&name);
}

/* Answers to a login and to the questions of how things stand, accepted and refused. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const int statuses[] = { 200, 401, 403 };
	struct source source = SOURCE_INIT;
	struct err err = { 0 };

	if (!source_parse(&source, "mastodon:social.example", &err))
		abort();
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		struct http_answer answer = HTTP_ANSWER_INIT;

		answer.status = statuses[i];
		answer.received = 1;
		str_add(&answer.headers, "Content-Type: application/json\r\n");
		str_add_n(&answer.body, (const char *)bytes, len);
		read_login(&source, &answer);
		read_standing(&source, &answer);
		http_answer_release(&answer);
	}
	source_release(&source);
	return 0;
}
