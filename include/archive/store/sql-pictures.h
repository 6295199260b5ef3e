/*
 * The statements of pictures: a part of sql.h, which says how it is included.
 */
/* clang-format off */

SQL(PICTURE_FIND,
	"SELECT k.name, k.width, k.height, f.sz FROM picture k JOIN sqlar f ON f.name = k.name "
	"WHERE k.url = ?")
SQL(PICTURE_ANY, "SELECT 1 FROM picture LIMIT 1")
SQL(BYTES_FIND, "SELECT rowid FROM sqlar WHERE name = ?")
/* 33188 is a plain file that all may read. */
SQL(BYTES_ADD,
	"INSERT OR IGNORE INTO sqlar (name, mode, mtime, sz, data) "
	"VALUES (?1, 33188, ?2 / 1000, ?3, zeroblob(?3))")
SQL(PICTURE_KEPT, "SELECT name FROM picture WHERE url = ?")
SQL(PICTURE_PUT,
	"INSERT INTO picture (url, name, width, height, size, at, lasting) "
	"VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0) "
	"ON CONFLICT DO UPDATE SET name = ?2, width = ?3, height = ?4, size = ?5, at = ?6, "
	"why = NULL, lasting = 0")
SQL(PICTURE_MISS,
	"INSERT INTO picture (url, width, height, size, at, why, lasting) "
	"VALUES (?1, 0, 0, ?2, ?3, ?4, ?5) "
	"ON CONFLICT DO UPDATE SET size = iif(name IS NULL, ?2, size), at = ?3, why = ?4, "
	"lasting = ?5")
/* ?1 a name; goes unless an address is kept by it */
SQL(BYTES_DROP,
	"DELETE FROM sqlar WHERE name = ?1 AND NOT EXISTS "
	"(SELECT 1 FROM picture k WHERE k.name = ?1)")
/* ?1 the short id, ?2 the uri, ?3 the address: does the post live, does it show it? */
SQL(PICTURE_OF_POST,
	"SELECT p.gone = 0 AND p.optout = 0, EXISTS (SELECT 1 FROM media m WHERE m.post = p.id "
	"AND (m.url = ?3 OR m.preview = ?3)) FROM post p WHERE p.short = ?1 AND p.uri = ?2")
/* ?1 the uri, ?2 the address */
SQL(PICTURE_OF_AUTHOR,
	"SELECT EXISTS (SELECT 1 FROM post p WHERE p.author = a.id AND p.gone = 0 "
	"AND p.optout = 0), a.avatar IS ?2 FROM author a WHERE a.uri = ?1")
SQL(PICTURE_SIZE, "SELECT size FROM picture WHERE url = ? AND name IS NOT NULL")
#define PICTURES_SHOWN                                                                      \
	"(SELECT url FROM media WHERE url IS NOT NULL "                                     \
	"UNION ALL SELECT preview FROM media WHERE preview IS NOT NULL "                    \
	"UNION ALL SELECT avatar FROM author WHERE avatar IS NOT NULL "                     \
	"AND id IN (SELECT author FROM post INDEXED BY post_author) "                       \
	"UNION ALL SELECT url FROM post_emoji UNION ALL SELECT url FROM author_emoji "      \
	"WHERE author IN (SELECT author FROM post INDEXED BY post_author) "                 \
	"UNION ALL SELECT image FROM card WHERE image IS NOT NULL)"
SQL(PICTURES_SWEEP, "DELETE FROM picture WHERE url NOT IN " PICTURES_SHOWN)
SQL(BYTES_SWEEP,
	"DELETE FROM sqlar WHERE name NOT IN (SELECT name FROM picture WHERE name IS NOT NULL)")

/* ---- what posts show ----
 * ?1 thread or tags (JSON), ?2 portraits too; of an address that several posts show, the first one.
 * A quoted post is shown with the one that quotes it. The addresses are gone through and not the
 * posts, which are many more. */
#define PICTURES_OF_THREAD                                                                  \
	"SELECT i.post AS id FROM item i WHERE i.thread = ?1 AND i.post IS NOT NULL"
#define PICTURES_OF_TAGS                                                                    \
	"SELECT t.post AS id FROM json_each(?1) j CROSS JOIN tag t ON t.tag = j.value "     \
	"UNION SELECT r.post FROM json_each(?1) j CROSS JOIN reply r ON r.tag = j.value"
/* Those chosen and those that they quote, and who wrote them. */
#define PICTURES_NEAR(chosen)                                                               \
	"WITH near (id) AS MATERIALIZED (SELECT id FROM (" chosen ") UNION SELECT q.id "    \
	"FROM (" chosen ") c CROSS JOIN post p CROSS JOIN post q WHERE p.id = c.id "        \
	"AND p.optout = 0 AND p.gone = 0 AND p.quote_uri IS NOT NULL "                      \
	"AND q.short = short_id(p.quote_uri) AND q.uri = p.quote_uri), "                    \
	"writer (author, post) AS MATERIALIZED (SELECT p.author, min(p.id) "                \
	"FROM near n CROSS JOIN post p WHERE p.id = n.id AND p.optout = 0 AND p.gone = 0 "  \
	"AND p.author IS NOT NULL GROUP BY p.author), "
#define PICTURES_ALL                                                                        \
	"WITH writer (author, post) AS MATERIALIZED (SELECT author, min(id) "               \
	"FROM post INDEXED BY post_author WHERE ?1 IS NULL AND author IS NOT NULL "         \
	"GROUP BY author), "
#define PICTURES_IN_NEAR(post)	post " IN near AND "
#define PICTURES_ANYWHERE(post) ""
#define PICTURES_FROM "p.network, p.host, p.short FROM "
#define PICTURES(chosen, among)                                                             \
	chosen "address (rank, use, n, url, preview, network, host, short) AS ("            \
	"SELECT p.id, iif(m.kind = 'image', 0, 1), m.n, "                                   \
	"iif(m.kind = 'image', coalesce(m.url, m.preview), m.preview), m.preview, "         \
	PICTURES_FROM "media m CROSS JOIN post p WHERE " among("m.post")                    \
	"m.kind != 'audio' AND p.id = m.post AND p.optout = 0 AND p.gone = 0 "              \
	"UNION ALL SELECT p.id, 2, 0, a.avatar, NULL, "                                     \
	PICTURES_FROM "writer w CROSS JOIN author a CROSS JOIN post p "                     \
	"WHERE ?2 AND a.id = w.author AND p.id = w.post "                                   \
	"UNION ALL SELECT p.id, 3, 0, e.url, NULL, "                                        \
	PICTURES_FROM "post_emoji e CROSS JOIN post p WHERE " among("e.post")               \
	"p.id = e.post AND p.optout = 0 AND p.gone = 0 "                                    \
	"UNION ALL SELECT p.id, 3, 1, e.url, NULL, "                                        \
	PICTURES_FROM "writer w CROSS JOIN author_emoji e CROSS JOIN post p "               \
	"WHERE e.author = w.author AND p.id = w.post "                                      \
	"UNION ALL SELECT p.id, 4, 0, c.image, NULL, "                                      \
	PICTURES_FROM "card c CROSS JOIN post p WHERE " among("c.post")                     \
	"c.image IS NOT NULL AND p.id = c.post AND p.optout = 0 AND p.gone = 0), "          \
	"each (url, preview, use, network, host, short, rank, n) AS ("                      \
	"SELECT url, preview, use, network, host, short, min(rank), n FROM address "        \
	"WHERE url IS NOT NULL GROUP BY url) "
/* ?3 size, ?4 asked before, ?5 limit */
#define PICTURES_WANTED(name, chosen, among)                                                       \
	SQL(PICTURES_WANTED_##name, PICTURES(chosen, among)                                     \
	"SELECT e.url, e.preview, e.use, e.network, e.host, e.short, "                      \
	"iif(k.name IS NULL, NULL, k.size) FROM each e LEFT JOIN picture k "                \
	"ON k.url = e.url WHERE (k.name IS NULL OR "                                        \
	"CASE k.size WHEN 'small' THEN 0 WHEN 'large' THEN 1 ELSE 2 END < ?3) "             \
	"AND (k.url IS NULL OR k.lasting = 0 OR k.at < ?4) "                                \
	"ORDER BY e.rank, e.use, e.n, e.url LIMIT ?5")
PICTURES_WANTED(OF_THREAD, PICTURES_NEAR(PICTURES_OF_THREAD), PICTURES_IN_NEAR)
PICTURES_WANTED(OF_TAGS, PICTURES_NEAR(PICTURES_OF_TAGS), PICTURES_IN_NEAR)
PICTURES_WANTED(OF_ALL, PICTURES_ALL, PICTURES_ANYWHERE)
#define PICTURES_COUNT(name, chosen, among)                                                        \
	SQL(PICTURES_COUNT_##name, PICTURES(chosen, among)                                      \
	"SELECT count(*), count(k.name), count(k.why) FILTER (WHERE k.name IS NULL), "      \
	"(SELECT coalesce(sum(f.sz), 0) FROM sqlar f WHERE f.name IN (SELECT b.name "       \
	"FROM each o CROSS JOIN picture b WHERE b.url = o.url AND b.name IS NOT NULL)) "    \
	"FROM each e LEFT JOIN picture k ON k.url = e.url")
PICTURES_COUNT(OF_THREAD, PICTURES_NEAR(PICTURES_OF_THREAD), PICTURES_IN_NEAR)
PICTURES_COUNT(OF_TAGS, PICTURES_NEAR(PICTURES_OF_TAGS), PICTURES_IN_NEAR)
PICTURES_COUNT(OF_ALL, PICTURES_ALL, PICTURES_ANYWHERE)
