/* Any bytes as the answer to a lookup and to the request for a conversation, of each network. */
#include <stdint.h>
#include <stdlib.h>

#include "archive/source/lookup.h"
#include "check-post.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void check_hits(const struct lookup_hit *hits, size_t count, const struct page *page)
{
	for (size_t i = 0; i < count; i++) {
		bool found = false;

		for (size_t k = 0; k < page->count; k++)
			found = found || str_same(page->posts[k].uri, hits[i].uri);
		if (hits[i].state == LOOKUP_FOUND || hits[i].state == LOOKUP_OPTED_OUT)
			demand(hits[i].uri && found);
	}
}

static void look_up(const struct source *source, const struct http_answer *answer, size_t count)
{
	static const char *const ids[] = { "1", "2", "at://did:plc:a/app.bsky.feed.post/1" };
	const struct lookup_ask ask = { .ids = ids, .count = count };
	const struct conversation what = { .id = ids[0], .step = source->ops->lookup->steps - 1 };
	struct lookup_hit hits[3] = { 0 };
	struct page page = PAGE_INIT;
	struct err err = { 0 };

	if (source->ops->lookup->parse(source, &ask, answer, hits, &page, &err)) {
		check_page(&page, answer->body.len);
		check_hits(hits, count, &page);
	} else {
		demand(err.code != ERR_NONE && err.msg[0]);
	}
	page_clear(&page);
	err = (struct err){ 0 };
	if (source->ops->lookup->parse_conversation(source, &what, answer, &page, &err))
		check_page(&page, answer->body.len);
	else
		demand(err.code != ERR_NONE && err.msg[0]);
	page_release(&page);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const char *const specs[] = { "mastodon:social.example", "misskey:misskey.example",
					     "x" };
	static const int statuses[] = { 200, 400, 404 };
	struct http_answer answer = HTTP_ANSWER_INIT;

	answer.received = 1;
	str_add(&answer.headers, "Content-Type: application/json\r\n");
	str_add_n(&answer.body, (const char *)bytes, len);
	for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++) {
		struct source source = SOURCE_INIT;
		struct err err = { 0 };

		demand(source_parse(&source, specs[i], &err));
		for (size_t k = 0; k < sizeof(statuses) / sizeof(statuses[0]); k++) {
			answer.status = statuses[k];
			look_up(&source, &answer, 1);
			if (source.ops->lookup->most > 1)
				look_up(&source, &answer, 3);
		}
		source_release(&source);
	}
	http_answer_release(&answer);
	return 0;
}
