/*
 * What a tape holds is anyone's: its answers, its requests and its URLs. What was read and is
 * written again reads the same; a canonical URL is its own canonical URL; a file's name holds
 * nothing but what it may.
 */
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/http/tape.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static bool same(const struct str *a, const struct str *b)
{
	return a->len == b->len && memcmp(a->buf, b->buf, a->len) == 0;
}

static void try_answer(const char *bytes, size_t len)
{
	struct http_answer first = HTTP_ANSWER_INIT, second = HTTP_ANSWER_INIT;
	struct str once = STR_INIT, twice = STR_INIT;
	struct err err = { 0 };

	if (http_answer_read(bytes, len, &first, &err)) {
		http_answer_retry_after(&first);
		http_answer_is_json(&first);
		http_answer_write(&first, &once);
		must(http_answer_read(once.buf, once.len, &second, &err));
		must(second.status == first.status && same(&second.body, &first.body));
		http_answer_write(&second, &twice);
		must(same(&once, &twice));
	} else {
		must(err.code == ERR_MALFORMED || err.code == ERR_NETWORK);
		must(first.body.len == 0 && first.headers.len == 0);
	}
	http_answer_release(&first);
	http_answer_release(&second);
	str_release(&once);
	str_release(&twice);
}

static void try_request(const char *bytes, size_t len)
{
	struct http_request first = HTTP_REQUEST_INIT, second = HTTP_REQUEST_INIT;
	uint8_t keys[2][HASH_SIZE];
	struct str text = STR_INIT;
	struct err err = { 0 };

	if (tape_request_read(bytes, len, &first, &err)) {
		tape_request_write(&first, &text);
		must(tape_request_read(text.buf, text.len, &second, &err));
		tape_key(&first, keys[0]);
		tape_key(&second, keys[1]);
		must(memcmp(keys[0], keys[1], HASH_SIZE) == 0);
	} else {
		must(err.code == ERR_MALFORMED);
	}
	http_request_release(&first);
	http_request_release(&second);
	str_release(&text);
}

static void try_url(const char *url)
{
	struct str once = STR_INIT, twice = STR_INIT, label = STR_INIT;

	tape_canonical_url(&once, url);
	tape_canonical_url(&twice, once.buf);
	must(same(&once, &twice));
	tape_host_label(&label, url);
	must(label.len > 0 && label.len <= 100);
	must(strspn(label.buf, "abcdefghijklmnopqrstuvwxyz0123456789.-") == label.len);
	str_release(&once);
	str_release(&twice);
	str_release(&label);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const char *text = (const char *)bytes;
	char *url = xstrndup(text, len);

	try_answer(text, len);
	try_request(text, len);
	try_url(url);
	free(url);
	return 0;
}
