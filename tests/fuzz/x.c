#include <stdint.h>
#include <stdlib.h>

#include "archive/source/authors.h"
#include "archive/source/counts.h"
#include "check-answer.h"
#include "check-post.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void read_users(const struct source *source, const char *bytes, size_t len)
{
	static const char *const ids[] = { "1", "2", "30", "1" };
	struct author_found found[4] = { 0 };
	struct http_answer answer = HTTP_ANSWER_INIT;
	struct page page = PAGE_INIT;
	struct err err = { 0 };

	answer.status = 200;
	str_add_n(&answer.body, bytes, len);
	if (source->ops->authors->parse(source, &answer, ids, 4, &page, found, &err)) {
		for (size_t i = 0; i < 4; i++)
			check_found(&found[i].author, found[i].fate == FATE_KEPT);
		check_page(&page, len);
	} else if (err.code == ERR_NONE || !err.msg[0]) {
		abort();
	}
	page_release(&page);
	http_answer_release(&answer);
}

static void read_counts(const struct source *source, const char *bytes, size_t len)
{
	struct http_answer answer = HTTP_ANSWER_INIT;
	struct arena arena = ARENA_INIT;
	struct tally tally = { 0 };
	struct err err = { 0 };

	answer.status = 200;
	str_add_n(&answer.body, bytes, len);
	if (source->ops->counts->parse(source, &answer, &arena, &tally, &err)) {
		if (tally.posts < 0)
			abort();
	} else if (err.code == ERR_NONE || !err.msg[0]) {
		abort();
	}
	arena_release(&arena);
	http_answer_release(&answer);
}

/* An answer, a refusal, one about counts, one about authors and a file's content are all the same
 * bytes. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct source source = SOURCE_INIT;
	struct err err = { 0 };

	if (!source_parse(&source, "x", &err))
		abort();
	check_answer(&source, (const char *)bytes, len, 200, NULL);
	check_answer(&source, (const char *)bytes, len, 400, NULL);
	read_users(&source, (const char *)bytes, len);
	read_counts(&source, (const char *)bytes, len);
	check_body(&source, (const char *)bytes, len);
	source_release(&source);
	return 0;
}
