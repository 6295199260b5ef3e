#include "archive/store/audit.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/store/put.h"

void audit_add(struct audit *audit, int64_t *kind, enum cure cure, const char *format, ...)
{
	char line[512];
	va_list args;

	audit->found++;
	if ((*kind)++ >= AUDIT_TOLD || !audit->tell)
		return;
	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	audit->tell(audit->owner, cure, line);
}

void audit_close(struct audit *audit, int64_t kind, enum cure cure, const char *what)
{
	struct str line = STR_INIT;

	if (kind <= AUDIT_TOLD || !audit->tell)
		return;
	str_addf(&line, "and %lld more: %s", (long long)(kind - AUDIT_TOLD), what);
	audit->tell(audit->owner, cure, line.buf);
	str_release(&line);
}

void audit_name(struct store *store, int64_t id, struct str *out)
{
	struct query q = db_query(store, SQL_SHORT_OF);
	struct err ignored = { 0 };

	str_clear(out);
	db_int(&q, id);
	if (db_step(&q, &ignored) > 0 && db_column(&q, 0))
		str_add(out, db_column(&q, 0));
	else
		str_addf(out, "number %lld", (long long)id);
	db_end(&q);
}

/* ---- what a statement finds ---- */

struct look {
	enum sql sql;
	enum cure cure;
	const char *sentence; /* behind what the row names */
};

static const struct look looks[] = {
	{ SQL_AUDIT_EVIDENCE, CURE_BACKUP, "the answer that shows it is not in the store" },
	{ SQL_AUDIT_PARTS, CURE_REBUILD,
	  "its pictures, emojis, poll or card are not those that it counts" },
	{ SQL_AUDIT_TAGS_STRAY, CURE_REBUILD, "listed for a post that has not this hashtag" },
	{ SQL_AUDIT_TAGS_LOST, CURE_REBUILD, "not listed under this hashtag" },
	{ SQL_AUDIT_ITEMS, CURE_BACKUP, "it is neither a post nor words, or joined to nothing" },
	{ SQL_AUDIT_STEPS, CURE_BACKUP, "its journal has holes" },
};

static bool run_look(struct store *store, struct audit *audit, const struct look *look,
		     struct err *err)
{
	struct query q = db_query(store, look->sql);
	int64_t kind = 0;
	int rc;

	while ((rc = db_step(&q, err)) > 0)
		audit_add(audit, &kind, look->cure, "%s: %s",
			  db_column(&q, 0) ? db_column(&q, 0) : "", look->sentence);
	db_end(&q);
	audit_close(audit, kind, look->cure, look->sentence);
	return rc == 0;
}

static bool begin_part(struct store *store, const struct audit *audit, const char *doing,
		       struct err *err)
{
	if (!watch_tell(audit->watch, doing, 0, 0))
		return err_set(err, ERR_IO, "ended before it was done");
	db_watch(store, audit->watch);
	return true;
}

bool audit_rows(struct store *store, struct audit *audit, struct err *err)
{
	bool ok = begin_part(store, audit, "looking at posts and threads", err);

	for (size_t i = 0; ok && i < ARRAY_LEN(looks); i++)
		ok = run_look(store, audit, &looks[i], err);
	db_watch(store, NULL);
	return ok;
}

/* ---- the file ---- */

static bool check_integrity(struct store *store, struct audit *audit, bool *whole, struct err *err)
{
	struct query q = db_query_own(store, SQL_AUDIT_INTEGRITY);
	int64_t kind = 0;
	int rc;

	while ((rc = db_step(&q, err)) > 0) {
		const char *found = db_column(&q, 0);

		if (str_same(found, "ok"))
			continue;
		*whole = false;
		audit_add(audit, &kind, CURE_BACKUP, "the file: %s", found ? found : "");
	}
	db_finish(&q);
	audit_close(audit, kind, CURE_BACKUP, "damage in the file");
	return rc == 0;
}

static bool check_references(struct store *store, struct audit *audit, struct err *err)
{
	static const struct look look = { SQL_AUDIT_KEYS, CURE_BACKUP, "restore a backup" };
	struct query q = db_query_own(store, look.sql);
	int64_t kind = 0;
	int rc;

	while ((rc = db_step(&q, err)) > 0)
		audit_add(audit, &kind, look.cure, "table %s", db_column(&q, 0));
	db_finish(&q);
	audit_close(audit, kind, look.cure, "rows that refer to what is not there");
	return rc == 0;
}

bool audit_file(struct store *store, struct audit *audit, bool *whole, struct err *err)
{
	bool ok = begin_part(store, audit, "looking at the file", err);

	*whole = true;
	ok = ok && check_integrity(store, audit, whole, err) &&
	     (!*whole || check_references(store, audit, err));
	db_watch(store, NULL);
	return ok;
}

/* ---- pictures ---- */

static bool is_named_so(const char *name, const void *bytes, size_t len)
{
	uint8_t hash[HASH_SIZE];
	struct str hex = STR_INIT;
	bool same;

	hash_sha256(bytes, len, hash);
	for (size_t i = 0; i < sizeof(hash); i++)
		str_addf(&hex, "%02x", hash[i]);
	str_add_char(&hex, '.');
	same = str_starts(name, hex.buf);
	str_release(&hex);
	return same;
}

bool audit_pictures(struct store *store, struct audit *audit, struct err *err)
{
	static const struct look sizes = { SQL_AUDIT_PICTURES, CURE_MEDIA,
					   "its size is not right" };
	struct query q = db_query(store, SQL_PICTURE_BYTES);
	int64_t kind = 0;
	int rc = -1;

	if (begin_part(store, audit, "looking at pictures", err) &&
	    run_look(store, audit, &sizes, err)) {
		while ((rc = db_step(&q, err)) > 0) {
			size_t len = 0;
			const void *bytes = db_column_blob(&q, 1, &len);
			const char *name = db_column(&q, 0);

			if (!is_named_so(name, bytes, len))
				audit_add(audit, &kind, CURE_MEDIA,
					  "picture %s is not what its name says", name);
		}
		db_end(&q);
	}
	db_watch(store, NULL);
	audit_close(audit, kind, CURE_MEDIA, "pictures that are not what their names say");
	return rc == 0;
}

/* ---- posts ---- */

struct posts_found {
	int64_t unreadable, misnamed, forgotten;
};

static bool look_at_post(struct store *store, struct audit *audit, const struct post *post,
			 struct posts_found *found, struct err *err)
{
	char short_id[HASH_SHORT_LEN + 1];
	bool forgotten;

	hash_short_id(post->uri, short_id);
	if (!str_same(short_id, post->short_id))
		audit_add(audit, &found->misnamed, CURE_BACKUP,
			  "post %s: its short id is not that of %s", post->short_id, post->uri);
	if (!forgotten_post(store, post, &forgotten, err))
		return false;
	if (forgotten)
		audit_add(audit, &found->forgotten, CURE_FORGET,
			  "post %s was forgotten and is in the store", post->short_id);
	return true;
}

static void close_posts(struct audit *audit, const struct posts_found *found)
{
	audit_close(audit, found->unreadable, CURE_REBUILD, "posts that cannot be read");
	audit_close(audit, found->misnamed, CURE_BACKUP, "posts with a wrong short id");
	audit_close(audit, found->forgotten, CURE_FORGET, "posts that were forgotten");
}

bool audit_posts(struct store *store, struct audit *audit, struct err *err)
{
	struct query q = db_query(store, SQL_AUDIT_POSTS);
	struct arena arena = ARENA_INIT;
	struct posts_found found = { 0 };
	struct post post;
	int rc = -1;

	if (begin_part(store, audit, "looking at posts", err))
		while ((rc = db_step(&q, err)) > 0) {
			struct err why = { 0 };

			arena_clear(&arena);
			if (!row_read_post(&q, 0, &arena, &post, &why))
				audit_add(audit, &found.unreadable, CURE_REBUILD, "%s", why.msg);
			else if (!look_at_post(store, audit, &post, &found, err))
				break;
		}
	db_end(&q);
	db_watch(store, NULL);
	arena_release(&arena);
	close_posts(audit, &found);
	return rc == 0;
}
