/*
 * The statements that take another store in. As in sql.h, which includes this. Formatted by hand,
 * too. Nothing of the other store is written; of it only tables that are as ours are read.
 */
/* clang-format off */

SQL(SCHEMA_TABLES,
	"SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' "
	"AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%'")
SQL(SCHEMA_HAS, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? AND sql = ?")
SQL(SCHEMA_ODD, "SELECT name FROM sqlite_schema WHERE type IN ('view', 'trigger') LIMIT 1")

/* ---- what was forgotten ---- */
SQL(FORGOTTEN_ALL, "SELECT sha256, kind, at FROM forgotten ORDER BY sha256")
SQL(FORGOTTEN_MERGE,
	"INSERT INTO forgotten (sha256, kind, at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
	"SET kind = min(kind, excluded.kind), at = min(at, excluded.at) "
	"WHERE excluded.kind < kind OR excluded.at < at")
SQL(POSTS_NAMED,
	"SELECT p.uri, p.optout, a.uri, a.handle FROM post p LEFT JOIN author a ON a.id = p.author "
	"ORDER BY p.id")

/* ---- people and posts ---- */
SQL(AUTHORS_ALL,
	"SELECT a.id, a.uri, a.network, a.host, a.network_id, a.handle, a.name, a.url, a.avatar, "
	"a.bot, a.optout, a.emojis, a.fetched FROM author a ORDER BY a.id")
#define AUTHOR_IS_IDLE                                                                      \
	"id = ?1 AND optout = 0 AND NOT EXISTS "                                            \
	"(SELECT 1 FROM post INDEXED BY post_by WHERE author = ?1)"
SQL(AUTHOR_EMOJIS_IDLE,
	"DELETE FROM author_emoji WHERE author IN (SELECT id FROM author WHERE " AUTHOR_IS_IDLE ")")
SQL(AUTHOR_REMOVE_IDLE, "DELETE FROM author WHERE " AUTHOR_IS_IDLE " RETURNING id")
/* Somebody saw it behind the day on which it was found deleted: it is there. A file may be older
 * than it says. */
SQL(GONE_MERGE,
	"UPDATE post SET gone = 0 WHERE id = ?1 AND gone != 0 AND gone < (SELECT max(last) "
	"FROM sighting WHERE post = ?1 AND source NOT LIKE 'file:%')")

/* ---- answers ---- */
/* Of two that brought the same bytes the first counts: ?1 id, ?2 source, ?3 url, ?4 status,
 * ?5 fetched, ?6 redacted */
SQL(ANSWER_MERGE,
	"UPDATE answer SET source = ?2, url = ?3, status = ?4, fetched = ?5 WHERE id = ?1 "
	"AND (fetched, source, coalesce(url, ''), status) > (?5, ?2, coalesce(?3, ''), ?4)")
SQL(ANSWER_MERGE_REDACTED, "UPDATE answer SET redacted = 1 WHERE id = ?1 AND redacted = 0")
/* ?2 and ?1 hold the same now */
SQL(ANSWER_FIRST,
	"UPDATE answer SET redacted = 1, (source, url, status, fetched) = "
	"(SELECT a.source, a.url, a.status, a.fetched FROM answer a WHERE a.id IN (?1, ?2) "
	"ORDER BY a.fetched, a.source, coalesce(a.url, ''), a.status LIMIT 1) WHERE id = ?2")
/* What an answer of the other store is in this one. */
SQL(PAIRS_MAKE,
	"CREATE TEMP TABLE IF NOT EXISTS answer_pair (theirs INTEGER PRIMARY KEY, ours INTEGER)")
SQL(PAIRS_EMPTY, "DELETE FROM temp.answer_pair")
SQL(PAIR_ADD, "INSERT INTO temp.answer_pair (theirs, ours) VALUES (?, ?)")

/* ---- sightings ---- */
SQL(SEEN_POSTS, "SELECT id, uri, short FROM post WHERE optout = 0 ORDER BY id")
SQL(SIGHTINGS_OF,
	"SELECT source, tag, first, last, answer, place FROM sighting WHERE post = ? "
	"ORDER BY source, tag")
#define SIGHTING_IS_LATER                                                                   \
	"(excluded.last, coalesce((SELECT hex(a.sha256) FROM answer a "                     \
	"WHERE a.id = excluded.answer), ''), coalesce(excluded.place, '')) > "              \
	"(last, coalesce((SELECT hex(b.sha256) FROM answer b WHERE b.id = sighting.answer), " \
	"''), coalesce(place, ''))"
/* ?6 the answer in the other store */
SQL(SIGHTING_MERGE,
	"INSERT INTO sighting (post, source, tag, first, last, answer, place) "
	"VALUES (?1, ?2, ?3, ?4, ?5, (SELECT ours FROM temp.answer_pair WHERE theirs = ?6), ?7) "
	"ON CONFLICT DO UPDATE SET first = min(first, excluded.first), "
	"last = max(last, excluded.last), "
	"answer = iif(" SIGHTING_IS_LATER ", excluded.answer, answer), "
	"place = iif(" SIGHTING_IS_LATER ", excluded.place, place)")
SQL(REPLIES_ALL,
	"SELECT r.tag, p.uri FROM reply r JOIN post p ON p.id = r.post ORDER BY r.tag, p.uri")
SQL(REPLIES_TIDY,
	"DELETE FROM reply WHERE EXISTS (SELECT 1 FROM tag t WHERE t.tag = reply.tag "
	"AND t.post = reply.post) OR EXISTS (SELECT 1 FROM post p WHERE p.id = reply.post "
	"AND p.optout != 0)")

/* ---- files and pictures ---- */
SQL(FILES_ALL, "SELECT source, name, form, bytes, began FROM file ORDER BY source")
/* That it was read to its end is not taken over: whoever has it may read it here. */
SQL(FILE_MERGE,
	"INSERT INTO file (source, name, form, bytes, began, done) VALUES (?, ?, ?, ?, ?, 0) "
	"ON CONFLICT DO UPDATE SET name = min(name, excluded.name), "
	"form = min(form, excluded.form), bytes = min(bytes, excluded.bytes), "
	"began = min(began, excluded.began)")
SQL(BYTES_ALL, "SELECT name, data, mtime FROM sqlar WHERE name IS NOT NULL AND data IS NOT NULL")
SQL(BYTES_MERGE,
	"INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?1, 33188, ?2, ?3, ?4) "
	"ON CONFLICT DO UPDATE SET mtime = ?2 WHERE mtime > ?2")
SQL(BYTES_COUNT, "SELECT count(*) FROM sqlar")
SQL(PICTURES_ALL,
	"SELECT url, name, size, why, width, height, at, lasting FROM picture ORDER BY url")
/* A picture that was had before one that was not, the larger size, the later. */
#define PICTURE_RANK(k)                                                                     \
	"(" k "name IS NOT NULL, CASE WHEN " k "name IS NULL THEN 0 WHEN " k                \
	"size = 'small' THEN 0 WHEN " k "size = 'large' THEN 1 ELSE 2 END, " k "at, "       \
	"coalesce(" k "name, ''), " k "size, " k "width, " k "height, "                     \
	"coalesce(" k "why, ''), " k "lasting)"
SQL(PICTURE_MERGE,
	"INSERT INTO picture (url, name, size, why, width, height, at, lasting) "
	"VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
	"(name, size, why, width, height, at, lasting) = "
	"(excluded.name, excluded.size, excluded.why, excluded.width, "
	"excluded.height, excluded.at, excluded.lasting) WHERE "
	PICTURE_RANK("excluded.") " > " PICTURE_RANK("picture."))
SQL(BYTES_ARE_THERE, "SELECT 1 FROM sqlar WHERE name = ?")

/* ---- threads ---- */
SQL(THREAD_BEHIND,
	"SELECT id, slug, changed, origin FROM thread WHERE slug > ? ORDER BY slug LIMIT 1")
SQL(THREAD_CALLED, "SELECT id, slug, changed, origin FROM thread WHERE slug = ?")
SQL(THREAD_DATE, "UPDATE thread SET changed = ?2, origin = ?3 WHERE id = ?1")
SQL(ITEM_PART, "SELECT origin, part FROM item_origin WHERE item = ?")
SQL(ITEM_PART_SET, "INSERT OR REPLACE INTO item_origin (item, origin, part) VALUES (?, ?, ?)")
