#include "archive/store/db.h"

#include <sqlite3.h>
#include <string.h>
#include <zstd.h>

#include "archive/base/hash.h"
#include "archive/base/mem.h"

#define ANSWER_LEVEL 3
#define CHUNK	     ((size_t)128 << 10)

static size_t at_most(size_t value, size_t limit)
{
	return value < limit ? value : limit;
}

/* The bytes without the cuts; a cut that does not fit (backwards, beyond the end) cuts what it can.
 */
static void add_kept(struct str *out, const struct evidence *evidence)
{
	size_t at = 0;

	for (size_t i = 0; i < evidence->cut_count; i++) {
		size_t from = at_most(evidence->cuts[i].from, evidence->len);
		size_t to = at_most(evidence->cuts[i].to, evidence->len);

		if (from > at) {
			str_add_n(out, evidence->bytes + at, from - at);
			at = from;
		}
		if (to > at)
			at = to;
	}
	str_add_n(out, evidence->bytes + at, evidence->len - at);
}

static void start_frame(struct store *store, size_t len)
{
	if (!store->zstd)
		store->zstd = ZSTD_createCCtx();
	ZSTD_CCtx_reset(store->zstd, ZSTD_reset_session_only);
	ZSTD_CCtx_setParameter(store->zstd, ZSTD_c_compressionLevel, ANSWER_LEVEL);
	ZSTD_CCtx_setPledgedSrcSize(store->zstd, len);
}

/* Piece by piece, so that a large answer takes no more room than it becomes. */
static bool compress_into(struct store *store, const char *bytes, size_t len, struct str *out,
			  struct err *err)
{
	ZSTD_inBuffer in = { bytes, len, 0 };
	size_t left = 1;

	start_frame(store, len);
	while (left > 0) {
		ZSTD_outBuffer piece = { 0 };

		str_reserve(out, CHUNK);
		piece.dst = out->buf + out->len;
		piece.size = CHUNK;
		left = ZSTD_compressStream2(store->zstd, &piece, &in, ZSTD_e_end);
		if (ZSTD_isError(left))
			return err_set(err, ERR_IO, "an answer could not be compressed: %s",
				       ZSTD_getErrorName(left));
		out->len += piece.pos;
		out->buf[out->len] = '\0';
	}
	return true;
}

static bool insert(struct store *store, const struct evidence *evidence, const struct str *body,
		   const uint8_t *hash, size_t size, int64_t *id, struct err *err)
{
	struct query q = db_query(store, SQL_ANSWER_ADD);

	db_text(&q, evidence->source);
	db_text(&q, evidence->url);
	db_int(&q, evidence->status);
	db_int(&q, evidence->fetched);
	db_int(&q, evidence->cut_count > 0);
	db_int(&q, (int64_t)size);
	db_blob(&q, hash, HASH_SIZE);
	db_blob(&q, body->buf, body->len);
	return db_value(&q, 0, id, err);
}

bool store_put_answer(struct store *store, const struct evidence *evidence, int64_t *id,
		      struct err *err)
{
	struct query q = db_query(store, SQL_ANSWER_FIND);
	struct str kept = STR_INIT;
	struct str body = STR_INIT;
	const char *bytes = evidence->bytes;
	size_t len = evidence->len;
	uint8_t hash[HASH_SIZE];
	int64_t found = 0;
	bool ok = false;

	if (evidence->cut_count > 0) {
		add_kept(&kept, evidence);
		bytes = kept.buf;
		len = kept.len;
	}
	hash_sha256(bytes, len, hash);
	db_blob(&q, hash, sizeof(hash));
	if (!db_value(&q, 0, &found, err))
		goto out;
	if (!found && !(compress_into(store, bytes, len, &body, err) &&
			insert(store, evidence, &body, hash, len, &found, err)))
		goto out;
	*id = found;
	ok = true;
out:
	str_release(&kept);
	str_release(&body);
	return ok;
}
