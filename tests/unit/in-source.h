/*
 * For tests of an adapter: a source, an answer and what was read from it.
 */
#ifndef ARCHIVE_TESTS_IN_SOURCE_H
#define ARCHIVE_TESTS_IN_SOURCE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/source/source.h"

#define NOW INT64_C(1785592800000) /* 2026-08-01T14:00:00Z */

struct fixture {
	struct source source;
	struct http_answer answer;
	struct http_request request;
	struct page page;
	struct err err;
};

static inline int in_source(void **state, const char *spec)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->source = (struct source)SOURCE_INIT;
	f->answer = (struct http_answer)HTTP_ANSWER_INIT;
	f->request = (struct http_request)HTTP_REQUEST_INIT;
	f->page = (struct page)PAGE_INIT;
	*state = f;
	return source_parse(&f->source, spec, &f->err) ? 0 : -1;
}

static inline int tear_down(void **state)
{
	struct fixture *f = *state;

	source_release(&f->source);
	http_answer_release(&f->answer);
	http_request_release(&f->request);
	page_release(&f->page);
	free(f);
	return 0;
}

/* headers without a Content-Type are those of JSON. */
static inline bool read_answer(struct fixture *f, int status, const char *headers, const char *body)
{
	http_answer_clear(&f->answer);
	page_clear(&f->page);
	f->err = (struct err){ 0 };
	f->answer.status = status;
	f->answer.received = NOW;
	if (!strstr(headers, "Content-Type"))
		str_add(&f->answer.headers, "Content-Type: application/json; charset=utf-8\r\n");
	str_add(&f->answer.headers, headers);
	str_add(&f->answer.body, body);
	return f->source.ops->parse(&f->source, &f->answer, &f->page, &f->err);
}

#endif
