#include "archive/collect/people.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/store/authors.h"

void people_release(struct people *people)
{
	arena_release(&people->arena);
	page_release(&people->page);
	*people = (struct people)PEOPLE_INIT;
}

static int by_uri(const void *a, const void *b)
{
	const struct author *left = *(const struct author *const *)a;
	const struct author *right = *(const struct author *const *)b;

	return strcmp(left->uri, right->uri);
}

/* The authors without a handle, each once; their number. */
static size_t nameless(const struct page *page, const struct author **out)
{
	size_t count = 0;
	size_t kept = 0;

	for (size_t i = 0; i < page->count; i++) {
		const struct author *author = &page->posts[i].author;

		if (!author->handle && author->uri && author->network_id)
			out[count++] = author;
	}
	qsort(out, count, sizeof(const struct author *), by_uri);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || strcmp(out[i]->uri, out[kept - 1]->uri) != 0)
			out[kept++] = out[i];
	return kept;
}

static void note(struct people *people, const struct author *const *authors, const bool *unknown,
		 size_t count)
{
	people->ids = arena_array(&people->arena, count, sizeof(*people->ids));
	people->barred = arena_array(&people->arena, count, sizeof(*people->barred));
	for (size_t i = 0; i < count; i++)
		if (unknown[i])
			people->ids[people->count++] = arena_strdup(&people->arena,
								    authors[i]->network_id);
}

bool people_collect(struct people *people, struct store *store, const struct source *source,
		    const struct page *page, struct err *err)
{
	const struct author **authors = NULL;
	const char **uris = NULL;
	bool *unknown = NULL;
	size_t count;
	bool ok = true;

	arena_clear(&people->arena);
	people->count = people->asked = people->asking = people->barred_count = 0;
	if (!source->ops->authors || page->count == 0)
		return true;
	authors = xcalloc(page->count, sizeof(const struct author *));
	count = nameless(page, authors);
	uris = xcalloc(count + 1, sizeof(*uris));
	unknown = xcalloc(count + 1, sizeof(*unknown));
	for (size_t i = 0; i < count; i++)
		uris[i] = authors[i]->uri;
	ok = count == 0 || store_authors_unknown(store, uris, count, unknown, err);
	if (ok)
		note(people, authors, unknown, count);
	free(authors);
	free(uris);
	free(unknown);
	return ok;
}

size_t people_left(const struct people *people)
{
	return people->count - people->asked;
}

bool people_request(struct people *people, const struct source *source, size_t most,
		    struct http_request *out, struct err *err)
{
	size_t count = people_left(people);

	if (count > most)
		count = most;
	if (count > source->ops->authors->most)
		count = source->ops->authors->most;
	people->asking = count;
	return source->ops->authors->request(source, people->ids + people->asked, count, out, err);
}

bool people_read(struct people *people, const struct source *source,
		 const struct http_answer *answer, struct err *failure)
{
	const char **ids = people->ids + people->asked;
	struct author_found *found;
	size_t told = 0;

	page_clear(&people->page);
	found = arena_array(&people->page.arena, people->asking, sizeof(*found));
	if (!source->ops->authors->parse(source, answer, ids, people->asking, &people->page, found,
					 failure))
		return false;
	for (size_t i = 0; i < people->asking; i++) {
		const char *id = ids[i];

		if (found[i].fate == FATE_MALFORMED)
			continue;
		ids[i] = ids[told];
		ids[told++] = id;
		if (found[i].fate == FATE_DROPPED)
			people->barred[people->barred_count++] = id;
		if (found[i].fate == FATE_KEPT || found[i].fate == FATE_OPTED_OUT)
			page_add(&people->page)->author = found[i].author;
	}
	people->asked += told;
	return told > 0 ||
	       err_set(failure, ERR_MALFORMED,
		       "%s did not tell who wrote the posts: try again later", source->name.buf);
}

bool people_keep(struct people *people, struct store *store, struct evidence *evidence,
		 struct err *err)
{
	const struct page *page = &people->page;
	struct author *authors = xcalloc(page->count + 1, sizeof(*authors));
	int64_t answer = 0;
	bool ok;

	for (size_t i = 0; i < page->count; i++)
		authors[i] = page->posts[i].author;
	evidence->cuts = page->cuts;
	evidence->cut_count = page->cut_count;
	ok = store_put_answer(store, evidence, &answer, err) &&
	     store_put_authors(store, authors, page->count, evidence->fetched, err);
	free(authors);
	return ok;
}

enum fate people_judge(const struct people *people, const struct post *post)
{
	for (size_t i = 0; i < people->barred_count; i++)
		if (str_same(people->barred[i], post->author.network_id))
			return FATE_DROPPED;
	return FATE_KEPT;
}
