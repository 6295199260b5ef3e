#include <stdint.h>
#include <stdlib.h>

#include "archive/source/session.h"
#include "check-answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* What became a session can be kept and read again. */
static void read_session(const struct source *source, const char *bytes, size_t len, int status)
{
	struct session session = SESSION_INIT, again = SESSION_INIT;
	struct http_answer answer = HTTP_ANSWER_INIT;
	struct str text = STR_INIT;
	struct err err = { 0 };

	answer.status = status;
	answer.received = 1;
	str_add_n(&answer.body, bytes, len);
	if (source->ops->session->take(source, &answer, &session, &err)) {
		session_write(&session, &text);
		if (!session_read(text.buf, text.len, &again, &err) ||
		    !str_same(again.access.buf, session.access.buf))
			abort();
	} else if (err.code == ERR_NONE || !err.msg[0] || session.access.len > 0) {
		abort();
	}
	session_release(&session);
	session_release(&again);
	http_answer_release(&answer);
	str_release(&text);
}

static void read_kept(const char *bytes, size_t len)
{
	struct session session = SESSION_INIT;
	struct err err = { 0 };

	if (session_read(bytes, len, &session, &err) && !session.access.len)
		abort();
	session_release(&session);
}

/* An answer, a refusal, a file's content and a session are all the same bytes. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct source source = SOURCE_INIT;
	struct err err = { 0 };

	if (!source_parse(&source, "bluesky", &err))
		abort();
	check_answer(&source, (const char *)bytes, len, 200, NULL);
	check_answer(&source, (const char *)bytes, len, 200, "ssmjp");
	check_answer(&source, (const char *)bytes, len, 400, NULL);
	check_body(&source, (const char *)bytes, len);
	read_session(&source, (const char *)bytes, len, 200);
	read_session(&source, (const char *)bytes, len, 401);
	read_kept((const char *)bytes, len);
	source_release(&source);
	return 0;
}
