#include <stdint.h>
#include <stdlib.h>

#include "archive/source/source.h"
#include "check-post.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void read_answer(const struct source *source, const char *bytes, size_t len, int status)
{
	struct http_answer answer = HTTP_ANSWER_INIT;
	struct page page = PAGE_INIT;
	struct err err = { 0 };

	answer.status = status;
	answer.received = 1;
	str_add(&answer.headers, "Content-Type: application/json\r\n");
	str_add_n(&answer.body, bytes, len);
	if (source->ops->parse(source, &answer, &page, &err))
		check_page(&page, len);
	else if (err.code == ERR_NONE || !err.msg[0])
		abort();
	page_release(&page);
	http_answer_release(&answer);
}

static void read_body(const struct source *source, const char *bytes, size_t len)
{
	struct page page = PAGE_INIT;
	struct err err = { 0 };

	if (source->ops->parse_body(NULL, bytes, len, &page, &err))
		check_page(&page, len);
	page_release(&page);
}

/* An answer, a refusal and a file's content are all the same bytes. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct source source = SOURCE_INIT;
	struct err err = { 0 };

	if (!source_parse(&source, "misskey:misskey.example", &err))
		abort();
	read_answer(&source, (const char *)bytes, len, 200);
	read_answer(&source, (const char *)bytes, len, 400);
	read_body(&source, (const char *)bytes, len);
	source_release(&source);
	return 0;
}
