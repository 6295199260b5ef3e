#include "archive/store/answers.h"

#include <sqlite3.h>
#include <string.h>
#include <zstd.h>

#include "archive/base/hash.h"
#include "archive/base/mem.h"
#include "archive/store/put.h"

#define ANSWER_LEVEL 3
/* 512 KB to look back in: twice as much is half a percent smaller and megabytes larger in memory */
#define ANSWER_WINDOW 19
#define ANSWER_MAX    ((int64_t)1 << 30) /* bytes; what claims to be longer is damage */
#define CHUNK	      ((size_t)128 << 10)

static size_t at_most(size_t value, size_t limit)
{
	return value < limit ? value : limit;
}

/* The bytes without the cuts; a cut that does not fit (backwards, beyond the end) cuts what it can.
 */
static void add_kept(struct str *out, const char *bytes, size_t len, const struct page_cut *cuts,
		     size_t cut_count)
{
	size_t at = 0;

	for (size_t i = 0; i < cut_count; i++) {
		size_t from = at_most(cuts[i].from, len);
		size_t to = at_most(cuts[i].to, len);

		if (from > at) {
			str_add_n(out, bytes + at, from - at);
			at = from;
		}
		if (to > at)
			at = to;
	}
	str_add_n(out, bytes + at, len - at);
}

static void start_frame(struct store *store, size_t len)
{
	if (!store->zstd)
		store->zstd = ZSTD_createCCtx();
	ZSTD_CCtx_reset(store->zstd, ZSTD_reset_session_only);
	ZSTD_CCtx_setParameter(store->zstd, ZSTD_c_compressionLevel, ANSWER_LEVEL);
	ZSTD_CCtx_setParameter(store->zstd, ZSTD_c_windowLog, ANSWER_WINDOW);
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
	db_int(&q, evidence->redacted || evidence->cut_count > 0);
	db_int(&q, (int64_t)size);
	db_blob(&q, hash, HASH_SIZE);
	db_blob(&q, body->buf, body->len);
	if (!db_done(&q, err))
		return false;
	*id = db_last_id(store);
	return true;
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
		add_kept(&kept, bytes, len, evidence->cuts, evidence->cut_count);
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

/* ---- read again ---- */

void kept_answer_release(struct kept_answer *answer)
{
	str_release(&answer->source);
	str_release(&answer->url);
	str_release(&answer->body);
}

static bool unpack(const struct query *q, int64_t size, struct str *out)
{
	int64_t most = q->store->answer_max ? q->store->answer_max : ANSWER_MAX;
	size_t len = 0;
	const void *bytes = db_column_blob(q, 5, &len);
	size_t got;

	if (size < 0 || size > most || (uint64_t)size != ZSTD_getFrameContentSize(bytes, len))
		return false;
	str_reserve(out, (size_t)size);
	got = ZSTD_decompress(out->buf, (size_t)size, bytes, len);
	if (ZSTD_isError(got) || got != (size_t)size)
		return false;
	out->len = got;
	out->buf[got] = '\0';
	return true;
}

static void read_answer(const struct query *q, struct kept_answer *out)
{
	str_clear(&out->source);
	str_clear(&out->url);
	str_clear(&out->body);
	out->id = db_column_int(q, 0);
	str_add(&out->source, db_column(q, 1) ? db_column(q, 1) : "");
	str_add(&out->url, db_column(q, 2) ? db_column(q, 2) : "");
	out->fetched = db_column_int(q, 3);
	out->redacted = db_column_int(q, 6) != 0;
	out->status = (int)db_column_int(q, 8);
	out->damage = unpack(q, db_column_int(q, 4), &out->body) ? NULL : "cannot be unpacked";
}

static bool has_hash(const struct query *q, const struct str *body)
{
	uint8_t hash[HASH_SIZE];
	size_t len = 0;
	const void *kept = db_column_blob(q, 7, &len);

	hash_sha256(body->buf, body->len, hash);
	return len == sizeof(hash) && memcmp(kept, hash, len) == 0;
}

static int next_answer(struct store *store, int64_t id, bool look, struct kept_answer *out,
		       struct err *err)
{
	struct query q = db_query(store, SQL_ANSWER_BEHIND);
	int rc;

	db_int(&q, id);
	rc = db_step(&q, err);
	if (rc > 0)
		read_answer(&q, out);
	if (rc > 0 && look && !out->damage && !has_hash(&q, &out->body))
		out->damage = "is not what its hash says";
	db_end(&q);
	return rc;
}

int store_answer_look(struct store *store, int64_t id, struct kept_answer *out, struct err *err)
{
	return next_answer(store, id, true, out, err);
}

int store_answer_behind(struct store *store, int64_t id, struct kept_answer *out, struct err *err)
{
	int rc = next_answer(store, id, false, out, err);

	if (rc <= 0 || !out->damage)
		return rc;
	err_set(err, ERR_MALFORMED,
		"%s: the store is damaged: answer %lld cannot be unpacked; bring back a backup",
		store->path, (long long)out->id);
	return -1;
}

/* ---- cut later ---- */

static bool replace(struct store *store, int64_t id, const struct str *kept, const uint8_t *hash,
		    struct err *err)
{
	struct str body = STR_INIT;
	struct query q;
	bool ok = false;

	if (compress_into(store, kept->buf, kept->len, &body, err)) {
		q = db_query(store, SQL_ANSWER_CUT);
		db_int(&q, id);
		db_int(&q, (int64_t)kept->len);
		db_blob(&q, hash, HASH_SIZE);
		db_blob(&q, body.buf, body.len);
		ok = db_done(&q, err);
	}
	str_release(&body);
	return ok;
}

/* The sightings go over to the answer that stays; of the two the first counts. */
static bool merge(struct store *store, int64_t id, int64_t into, struct err *err)
{
	struct query q = db_query(store, SQL_ANSWER_FIRST);

	db_int(&q, id);
	db_id(&q, into);
	if (!db_done(&q, err))
		return false;
	q = db_query(store, SQL_SIGHTINGS_MOVE);
	db_int(&q, id);
	db_id(&q, into);
	if (!db_done(&q, err))
		return false;
	q = db_query(store, SQL_ANSWER_DROP);
	db_int(&q, id);
	return db_done(&q, err);
}

bool store_cut_answer(struct store *store, const struct kept_answer *answer,
		      const struct page_cut *cuts, size_t cut_count, struct err *err)
{
	struct query q = db_query(store, SQL_ANSWER_FIND);
	struct str kept = STR_INIT;
	uint8_t hash[HASH_SIZE];
	int64_t same = 0;
	bool ok = false;

	add_kept(&kept, answer->body.buf, answer->body.len, cuts, cut_count);
	hash_sha256(kept.buf, kept.len, hash);
	db_blob(&q, hash, sizeof(hash));
	if (db_value(&q, 0, &same, err))
		ok = same && same != answer->id ? merge(store, answer->id, same, err)
						: replace(store, answer->id, &kept, hash, err);
	str_release(&kept);
	return ok;
}

bool answer_drop(struct store *store, int64_t id, struct err *err)
{
	return merge(store, id, 0, err);
}

bool store_hide_answer_url(struct store *store, int64_t id, struct err *err)
{
	struct query q = db_query(store, SQL_ANSWER_HIDE_URL);

	db_int(&q, id);
	return db_done(&q, err);
}
