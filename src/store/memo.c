#include "archive/store/memo.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/store/row.h"

struct memo_author {
	int64_t id; /* 0 = nobody */
	struct author author;
};

static bool read_author(struct memo *memo, int64_t id, struct author *out, struct err *err)
{
	struct query q = db_query(memo->store, SQL_AUTHOR_GET);
	int rc;

	*out = (struct author){ 0 };
	db_int(&q, id);
	rc = db_step(&q, err);
	if (rc > 0 && !row_read_author(&q, &memo->arena, out, err))
		rc = -1;
	memo->bytes += row_keep_author(&memo->arena, out);
	for (size_t i = 0; i < out->emoji_count; i++)
		memo->bytes += strlen(out->emojis[i].code) + strlen(out->emojis[i].url);
	db_end(&q);
	return rc >= 0;
}

static void forget_all(struct memo *memo)
{
	arena_clear(&memo->arena);
	memo->bytes = 0;
	memset(memo->authors, 0, MEMO_AUTHORS * sizeof(*memo->authors));
}

bool memo_author(struct memo *memo, int64_t id, struct author *out, struct err *err)
{
	struct memo_author *place;

	if (!memo->authors)
		memo->authors = xcalloc(MEMO_AUTHORS, sizeof(*memo->authors));
	place = &memo->authors[(uint64_t)id % MEMO_AUTHORS];
	if (place->id != id) {
		if (memo->bytes > MEMO_BYTES)
			forget_all(memo);
		if (!read_author(memo, id, &place->author, err))
			return false;
		place->id = id;
	}
	*out = place->author;
	return true;
}

void memo_release(struct memo *memo)
{
	arena_release(&memo->arena);
	free(memo->authors);
	memo->authors = NULL;
}
