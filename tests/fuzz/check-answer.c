#include "check-answer.h"

#include <stdlib.h>

#include "check-post.h"

void check_answer(const struct source *source, const char *bytes, size_t len, int status,
		  const char *tag)
{
	struct http_answer answer = HTTP_ANSWER_INIT;
	struct page page = PAGE_INIT;
	struct err err = { 0 };

	answer.status = status;
	answer.received = 1;
	page.tag = tag;
	str_add(&answer.headers, "Content-Type: application/json\r\n");
	str_add_n(&answer.body, bytes, len);
	if (source->ops->parse(source, &answer, &page, &err))
		check_page(&page, len);
	else if (err.code == ERR_NONE || !err.msg[0])
		abort();
	page_release(&page);
	http_answer_release(&answer);
}

void check_body(const struct source *source, const char *bytes, size_t len)
{
	struct page page = PAGE_INIT;
	struct err err = { 0 };

	if (source->ops->parse_body(NULL, bytes, len, &page, &err))
		check_page(&page, len);
	page_release(&page);
}
