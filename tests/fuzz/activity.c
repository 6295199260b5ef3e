/* Any bytes as an ActivityPub object, and as the one of its author. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/source/activity.h"
#include "check-post.h"

#define ASKED "https://social.example/@hana/1"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void fill(struct http_answer *answer, const char *bytes, size_t len)
{
	answer->status = 200;
	answer->received = 1;
	str_add(&answer->headers, "Content-Type: application/activity+json\r\n");
	str_add_n(&answer->body, bytes, len);
}

/* The object ends at the first line end; what follows is the author. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const char *text = (const char *)bytes;
	const char *mark = len > 0 ? memchr(text, '\n', len) : NULL;
	size_t first = mark ? (size_t)(mark - text) : len;
	struct http_answer object = HTTP_ANSWER_INIT, author = HTTP_ANSWER_INIT;
	struct page page = PAGE_INIT;
	struct activity activity;
	struct err err = { 0 };

	fill(&object, text, first);
	fill(&author, text + first, len - first);
	if (!activity_read(NETWORK_MASTODON, ASKED, &object, &activity, &page, &err)) {
		demand(err.code != ERR_NONE && err.msg[0]);
	} else if (activity.state == LOOKUP_FOUND) {
		demand(page.count == 1 && activity.author);
		activity_sign(&author, &activity, &page);
		check_page(&page, first);
	} else {
		demand(page.count == 0);
	}
	page_release(&page);
	http_answer_release(&object);
	http_answer_release(&author);
	return 0;
}
