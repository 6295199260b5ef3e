/*
 * Every statement of the store: SQL(name, text). Included by db.h (the numbers) and sql.c (the
 * texts) alone; that is why it has no guard. Data is bound, never written into a text. Statements
 * that give posts begin with POST_COLUMNS (row.h). Formatted by hand: clang-format takes a
 * statement for a call.
 */
/* clang-format off */

/* ---- the file ---- */
SQL(BEGIN, "BEGIN IMMEDIATE")
SQL(BEGIN_READING, "BEGIN")
SQL(COMMIT, "COMMIT")
SQL(ROLLBACK, "ROLLBACK")
SQL(APPLICATION_ID, "PRAGMA application_id")
SQL(USER_VERSION, "PRAGMA user_version")
SQL(OBJECTS, "SELECT count(*) FROM sqlite_schema")
SQL(QUICK_CHECK, "PRAGMA quick_check(1)")
SQL(CHECKPOINT, "PRAGMA wal_checkpoint(TRUNCATE)")
SQL(META, "SELECT CAST(value AS INTEGER) FROM meta WHERE name = ?")
SQL(META_WORDS, "REPLACE INTO meta (name, value) VALUES ('words', CAST(? AS TEXT))")

/* ---- evidence ---- */
SQL(ANSWER_FIND, "SELECT id FROM answer WHERE sha256 = ?")
SQL(ANSWER_ADD,
	"INSERT INTO answer (source, url, status, fetched, redacted, size, sha256, "
	"body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")

SQL(ANSWER_BEHIND,
	"SELECT id, source, url, fetched, size, body, redacted, sha256, status FROM answer "
	"WHERE id > ? ORDER BY id LIMIT 1")
SQL(ANSWER_CUT,
	"UPDATE answer SET redacted = 1, size = ?2, sha256 = ?3, body = ?4 WHERE id = ?1")
SQL(ANSWER_DROP, "DELETE FROM answer WHERE id = ?")
SQL(ANSWER_HIDE_URL, "UPDATE answer SET url = NULL WHERE id = ?")
SQL(SIGHTINGS_MOVE, "UPDATE sighting SET answer = ?2 WHERE answer = ?1")

/* ---- authors ---- */
#define AUTHOR_CONTENT                                                                      \
	"uri, fetched, fingerprint, network, host, network_id, handle, name, folded, "      \
	"url, avatar, bot, emojis"
SQL(AUTHOR_FIND, "SELECT id, fingerprint, fetched, optout, handle FROM author WHERE uri = ?")
SQL(AUTHOR_GET, "SELECT " AUTHOR_COLUMNS " FROM author a WHERE a.id = ?")
SQL(AUTHOR_OPTED_OUT, "SELECT optout FROM author WHERE uri = ?")
/* ?1 folded, as handle, or as handle but for the host */
SQL(AUTHORS_BY_HANDLE,
	"SELECT id, uri, handle, url FROM author WHERE instr(folded, ?1 || char(10)) = 1 "
	"OR (?2 AND instr(folded, ?1 || '@') = 1) ORDER BY handle, uri LIMIT 6")
/* ?1 as typed, ?2 a web address without scheme: exactly, else in any case */
SQL(AUTHORS_BY_NAME,
	"SELECT id, uri, handle, url FROM author WHERE uri = ?1 OR (?2 IS NOT NULL AND url = ?1) "
	"ORDER BY uri LIMIT 6")
SQL(AUTHORS_BY_ADDRESS,
	"SELECT id, uri, handle, url FROM author WHERE ?1 IS NOT NULL AND ?2 COLLATE NOCASE IN "
	"(rtrim(substr(uri, instr(uri, '://') + 3), '/'), "
	"rtrim(substr(url, instr(url, '://') + 3), '/')) ORDER BY uri LIMIT 6")
SQL(AUTHOR_POST_COUNT, "SELECT count(*) FROM post INDEXED BY post_by WHERE author = ?")
SQL(AUTHOR_ADD,
	"INSERT INTO author (" AUTHOR_CONTENT
	", optout) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)")
SQL(AUTHOR_CHANGE,
	"UPDATE author SET (" AUTHOR_CONTENT
	", optout) = (SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) "
	"WHERE uri = ?1")
/* One who was known by the page alone: ?1 that, ?2 the uri */
SQL(AUTHOR_ADOPT, "UPDATE author SET uri = ?2 WHERE uri = ?1 AND optout = 0")
SQL(AUTHOR_BY_PAGE,
	"SELECT id, fingerprint, fetched, optout, handle FROM author INDEXED BY author_page "
	"WHERE url = ? AND network = 'x' ORDER BY id LIMIT 1")
SQL(AUTHOR_TOUCH, "UPDATE author SET fetched = ?2 WHERE id = ?1")
SQL(AUTHOR_OPTOUT,
	"UPDATE author SET fetched = ?2, fingerprint = 0, optout = 1, host = NULL, "
	"network_id = NULL, handle = NULL, name = NULL, folded = NULL, url = NULL, "
	"avatar = NULL, bot = 0, emojis = 0 WHERE id = ?1")
SQL(AUTHOR_POST,
	"SELECT id FROM post INDEXED BY post_by WHERE id > ?2 AND author = ?1 "
	"ORDER BY id LIMIT 1")
SQL(AUTHOR_EMOJIS, "SELECT code, url FROM author_emoji WHERE author = ? ORDER BY code")
SQL(AUTHOR_EMOJI_ADD, "INSERT OR IGNORE INTO author_emoji (author, code, url) VALUES (?, ?, ?)")
SQL(AUTHOR_EMOJIS_REMOVE, "DELETE FROM author_emoji WHERE author = ?")

/* ---- what was forgotten ---- */
SQL(FORGOTTEN_ANY, "SELECT 1 FROM forgotten LIMIT 1")
SQL(FORGOTTEN_FIND, "SELECT 1 FROM forgotten WHERE sha256 = ?")
SQL(FORGOTTEN_ADD, "INSERT OR IGNORE INTO forgotten (sha256, kind, at) VALUES (?, ?, ?)")
SQL(FORGOTTEN_REMOVE, "DELETE FROM forgotten WHERE sha256 = ? RETURNING 1")
/* Every row of a post is taken away by name, so that nobody has to look through whole tables for
 * what may refer to it. */
SQL(CHECK_NO_KEYS, "PRAGMA foreign_keys = OFF")
SQL(CHECK_KEYS, "PRAGMA foreign_keys = ON")
SQL(AUTHOR_REMOVE, "DELETE FROM author WHERE id = ?")
SQL(AUTHOR_OF_POST, "SELECT author FROM post WHERE id = ?")
/* ?1 the author's uri; the uris of some networks' posts begin so, whoever knows the author. */
SQL(OPTOUT_POST,
	"SELECT id FROM post WHERE id > ?2 AND optout = 1 "
	"AND (instr(uri, ?1 || '/') = 1 OR instr(uri, 'at://' || ?1 || '/') = 1) "
	"ORDER BY id LIMIT 1")
SQL(POST_NAMES,
	"SELECT p.uri, p.short, a.handle FROM post p LEFT JOIN author a ON a.id = p.author "
	"WHERE p.id = ?")
SQL(ITEMS_OF_POST, "SELECT count(*) FROM item WHERE post = ?")
SQL(ITEMS_FORGET, "DELETE FROM item WHERE post = ?")
#define ITEMS_EVER                                                                          \
	"(SELECT id FROM item WHERE post = ?1 UNION SELECT item FROM edit WHERE post = ?1)"
SQL(EDITS_FORGET, "DELETE FROM edit WHERE item IN " ITEMS_EVER)
SQL(EDITS_UNJOIN, "UPDATE edit SET joined = 0 WHERE joined != 0 AND joined IN " ITEMS_EVER)
SQL(EDIT_VERDICTS_FORGET, "DELETE FROM edit_verdict WHERE post = ?")
SQL(VERDICTS_FORGET, "DELETE FROM verdict WHERE post = ?")
SQL(STEPS_FORGET, "UPDATE step SET post = NULL, item = 0 WHERE post = ?")
SQL(ITEM_WORDS_FORGET, "UPDATE item SET text = NULL WHERE post = ? AND text IS NOT NULL")
SQL(EDIT_WORDS_FORGET, "UPDATE edit SET text = NULL WHERE post = ? AND text IS NOT NULL")
/* The groups that a post's items lead: the next one of each leads then. */
SQL(GROUPS_OF_POST,
	"SELECT i.thread, i.id, (SELECT j.id FROM item j WHERE j.thread = i.thread "
	"AND j.joined = i.id AND j.joined != 0 ORDER BY j.position LIMIT 1) AS next "
	"FROM item i WHERE i.post = ?1 AND i.id > ?2 AND next IS NOT NULL ORDER BY i.id LIMIT 1")
SQL(GROUP_LED_BY,
	"UPDATE item SET joined = iif(id = ?3, 0, ?3) WHERE thread = ?1 AND joined = ?2 "
	"AND joined != 0")
SQL(THREADS_TOUCH,
	"UPDATE thread SET changed = ?2 WHERE id IN (SELECT thread FROM item WHERE post = ?1)")

/* ---- posts, written ---- */
#define POST_CONTENT                                                                        \
	"visibility, edited, host, network_id, url, odd_url, lang, html, text, "            \
	"spoiler, sensitive, reply_uri, reply_id, quote_uri, quote_url, conversation, "     \
	"tags, replies, reposts, likes, quotes, media, emojis, options, card, taken"
#define POST_CONTENT_HOLES                                                                  \
	"?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
SQL(POST_FIND,
	"SELECT id, fingerprint, fetched, gone, optout, taken IS NOT NULL, edited FROM post "
	"WHERE short = ? AND uri = ?")
SQL(POST_OPTED_OUT, "SELECT optout FROM post WHERE short = ? AND uri = ?")
/* The last id of the millisecond that begins at ?. */
SQL(POST_LAST_ID, "SELECT max(id) FROM post WHERE id BETWEEN ?1 AND ?1 | 1048575")
SQL(POST_ADD,
	"INSERT INTO post (id, uri, short, network, fetched, fingerprint, author, " POST_CONTENT
	") VALUES (?, ?, ?, ?, ?, ?, ?, " POST_CONTENT_HOLES ")")
SQL(POST_ADD_EMPTY,
	"INSERT INTO post (id, uri, short, network, fetched, fingerprint, optout) "
	"VALUES (?, ?, ?, ?, ?, 0, 1)")
SQL(POST_CHANGE,
	"UPDATE post SET (uri, short, network, fetched, fingerprint, author, " POST_CONTENT
	", optout, gone) = (SELECT ?2, ?3, ?4, ?5, ?6, ?7, " POST_CONTENT_HOLES
	", 0, 0) WHERE id = ?1")
SQL(POST_TOUCH, "UPDATE post SET fetched = max(fetched, ?2), gone = 0 WHERE id = ?1")
SQL(POST_EMPTY,
	"UPDATE post SET fingerprint = 0, author = NULL, optout = 1, gone = 0, "
	"visibility = NULL, edited = 0, host = NULL, network_id = NULL, url = NULL, "
	"odd_url = 0, lang = NULL, html = NULL, text = NULL, spoiler = NULL, sensitive = 0, "
	"reply_uri = NULL, reply_id = NULL, quote_uri = NULL, quote_url = NULL, "
	"conversation = NULL, tags = NULL, replies = NULL, reposts = NULL, likes = NULL, "
	"quotes = NULL, media = 0, emojis = 0, options = 0, card = 0, taken = NULL WHERE id = ?")
SQL(POST_REMOVE, "DELETE FROM post WHERE id = ?")
SQL(REPLIES_REMOVE, "DELETE FROM reply WHERE post = ?")
SQL(TAG_ADD, "INSERT OR IGNORE INTO tag (tag, post) VALUES (?, ?)")
SQL(TAG_REMOVE, "DELETE FROM tag WHERE tag = ? AND post = ?")
SQL(LINK_ADD, "INSERT OR IGNORE INTO link (post, url) VALUES (?, ?)")
SQL(LINKS_REMOVE, "DELETE FROM link WHERE post = ?")
SQL(MEDIA_ADD,
	"INSERT INTO media (post, n, kind, url, preview, alt, width, height, duration, "
	"blurhash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
SQL(MEDIA_REMOVE, "DELETE FROM media WHERE post = ?")
SQL(POST_EMOJI_ADD, "INSERT OR IGNORE INTO post_emoji (post, code, url) VALUES (?, ?, ?)")
SQL(POST_EMOJIS_REMOVE, "DELETE FROM post_emoji WHERE post = ?")
SQL(POLL_ADD, "INSERT INTO poll (post, ends, voters, multiple, closed) VALUES (?, ?, ?, ?, ?)")
SQL(POLL_REMOVE, "DELETE FROM poll WHERE post = ?")
SQL(POLL_OPTION_ADD,
	"INSERT OR IGNORE INTO poll_option (post, n, title, votes) VALUES (?, ?, ?, ?)")
SQL(POLL_OPTIONS_REMOVE, "DELETE FROM poll_option WHERE post = ?")
SQL(CARD_ADD,
	"INSERT INTO card (post, url, title, description, image, site) "
	"VALUES (?, ?, ?, ?, ?, ?)")
SQL(CARD_REMOVE, "DELETE FROM card WHERE post = ?")
SQL(SIGHTING_PUT,
	"INSERT INTO sighting (post, source, tag, first, last, answer, place) "
	"VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6) "
	"ON CONFLICT DO UPDATE SET first = min(first, ?4), last = max(last, ?4), "
	"answer = iif(last <= ?4, ?5, answer), place = iif(last <= ?4, ?6, place)")
SQL(SIGHTING_BY_TAG, "SELECT 1 FROM sighting WHERE post = ? AND tag != '' LIMIT 1")
SQL(SIGHTINGS_REMOVE, "DELETE FROM sighting WHERE post = ?")

/* ?1 tag, ?2 and ?3 the post's short id and uri */
SQL(REPLY_ADD,
	"INSERT OR IGNORE INTO reply (tag, post) SELECT ?1, p.id FROM post p "
	"WHERE p.short = ?2 AND p.uri = ?3 AND p.optout = 0 "
	"AND NOT EXISTS (SELECT 1 FROM tag t WHERE t.tag = ?1 AND t.post = p.id)")

/* ---- posts, read ---- */
SQL(MEDIA,
	"SELECT kind, url, preview, alt, width, height, duration, blurhash FROM media "
	"WHERE post = ? ORDER BY n")
SQL(POST_EMOJIS, "SELECT code, url FROM post_emoji WHERE post = ? ORDER BY code")
SQL(POLL, "SELECT ends, voters, multiple, closed FROM poll WHERE post = ?")
SQL(POLL_OPTIONS, "SELECT title, votes FROM poll_option WHERE post = ? ORDER BY n")
SQL(CARD, "SELECT url, title, description, image, site FROM card WHERE post = ?")
SQL(POST_GET, "SELECT " POST_COLUMNS " FROM " POST_TABLES " WHERE p.id = ?")
SQL(POSTS_ALL, "SELECT " POST_COLUMNS " FROM " POST_TABLES " WHERE p.optout = 0 ORDER BY p.id")
SQL(FIND_URI, "SELECT id FROM post WHERE short = ? AND uri = ?")
SQL(FIND_URL, "SELECT id FROM post WHERE odd_url = 1 AND url = ? ORDER BY id LIMIT 1")
SQL(FIND_X,
	"SELECT id FROM post WHERE odd_url = 1 AND network = 'x' AND network_id = ? "
	"ORDER BY id LIMIT 1")
SQL(FIND_BLUESKY_DIDS,
	"SELECT uri FROM author WHERE network = 'bluesky' AND handle = ? ORDER BY fetched DESC")
SQL(FIND_SHORT, "SELECT count(*), max(id) FROM post WHERE short >= ?1 AND short < ?2")

/* ---- posts, looked up again ---- */
#define KNOWN_COLUMNS                                                                       \
	"p.id, p.uri, p.short, p.network, p.url, p.network_id, p.conversation, p.gone, "    \
	"p.edited, p.optout, p.html, p.spoiler, p.host, "                                   \
	"(SELECT s.source FROM sighting s WHERE s.post = p.id "                             \
	"AND s.source NOT LIKE 'file:%' ORDER BY s.last DESC, s.source LIMIT 1)"
SQL(KNOWN, "SELECT " KNOWN_COLUMNS " FROM post p WHERE p.id = ?")
SQL(KNOWN_OF_THREAD,
	"SELECT " KNOWN_COLUMNS " FROM item i JOIN post p ON p.id = i.post "
	"WHERE i.thread = ? ORDER BY i.position")
/* ?1 source, ?2 tag, ?3 seen since */
SQL(KNOWN_WITH_ANSWERS,
	"SELECT " KNOWN_COLUMNS " FROM tag t CROSS JOIN sighting g CROSS JOIN post p "
	"WHERE t.tag = ?2 AND g.post = t.post AND g.source = ?1 AND g.tag = ?2 "
	"AND g.last >= ?3 AND p.id = t.post AND p.gone = 0 AND p.optout = 0 "
	"AND p.network_id IS NOT NULL "
	"AND (p.replies > 0 OR p.reply_id IS NOT NULL OR p.reply_uri IS NOT NULL) ORDER BY p.id")
SQL(POST_GONE, "UPDATE post SET gone = ?2 WHERE id = ?1 AND gone = 0")

#include "archive/store/sql-search.h"

/* ---- posts, listed ----
 * ?1 and ?2 ids from and below, ?3 unlisted too, ?4 gone too, ?5 tags (JSON; in LIST_TAG the one
 * tag), ?6 words, ?7 limit, ?9 in LIST_AUTHOR the one author, in LIST_AUTHORS a few (JSON), and
 * what SIFT() asks for. What a filter has decides which statement is taken (driver.h); each walks
 * in the order of ids, so that none skips rows, and none sorts but those of several tags or
 * authors, who sort ids. */
#define LIST_WHERE(id)                                                                      \
	id " >= ?1 AND " id " < ?2 AND p.optout = 0 "                                       \
	"AND (?3 OR p.visibility = 'public') AND (?4 OR p.gone = 0) "
#define LIST_OF "post o INDEXED BY post_author CROSS JOIN " POST_TABLES " "
#define LIST(name, what)                                                                    \
	SQL(LIST_##name##_NEWEST, "SELECT " POST_COLUMNS " " what " DESC LIMIT ?7")         \
	SQL(LIST_##name##_OLDEST, "SELECT " POST_COLUMNS " " what " LIMIT ?7")
#define LIST_TAGGED(o) "AND (?5 IS NULL OR " SIFT_TAGS("?5", o) ") "
LIST(POSTS,
	"FROM " LIST_OF "WHERE p.id = o.id AND " LIST_WHERE("o.id") SIFT("o", "p") LIST_TAGGED("o")
	"ORDER BY o.id")
LIST(TAG,
	"FROM tag t CROSS JOIN " LIST_OF "WHERE t.tag = ?5 AND o.id = t.post AND p.id = t.post AND "
	LIST_WHERE("t.post") SIFT("o", "p") "ORDER BY t.post")
LIST(TAGS,
	"FROM " POST_TABLES " WHERE p.id IN (SELECT t.post FROM json_each(?5) j "
	"CROSS JOIN tag t WHERE t.tag = j.value AND t.post >= ?1 AND t.post < ?2) AND "
	LIST_WHERE("p.id") SIFT("p", "p") "ORDER BY p.id")
LIST(AUTHOR,
	"FROM post o INDEXED BY post_by CROSS JOIN " POST_TABLES " WHERE o.author = ?9 "
	"AND p.id = o.id AND " LIST_WHERE("o.id") SIFT("o", "p") LIST_TAGGED("o") "ORDER BY o.id")
LIST(AUTHORS,
	"FROM " POST_TABLES " WHERE p.id IN (SELECT o.id FROM json_each(?9) j "
	"CROSS JOIN post o INDEXED BY post_by WHERE o.author = j.value AND o.id >= ?1 "
	"AND o.id < ?2) AND " LIST_WHERE("p.id") SIFT("p", "p") LIST_TAGGED("p") "ORDER BY p.id")
/* ?1 authors (JSON), ?2 and ?3 ids from and below, ?4 so many at most */
SQL(LIST_AUTHORS_COUNT,
	"SELECT count(*) FROM (SELECT 1 FROM json_each(?1) j CROSS JOIN post o "
	"INDEXED BY post_by WHERE o.author = j.value AND o.id >= ?2 AND o.id < ?3 LIMIT ?4)")
/* ?1 tags, as above */
SQL(LIST_TAGS_COUNT,
	"SELECT count(*) FROM (SELECT 1 FROM json_each(?1) j CROSS JOIN tag t "
	"WHERE t.tag = j.value AND t.post >= ?2 AND t.post < ?3 LIMIT ?4)")
/* ?1 tag, author, authors (JSON) or words, ?2 and ?3 ids from and below, ?4 so many steps: how many
 * there were, and how far they came */
#define REACH(name, id, from)                                                               \
	SQL(REACH_##name##_NEWEST,                                                          \
	    "SELECT count(*), min(id) FROM (SELECT " id " AS id FROM " from " AND " id      \
	    " >= ?2 AND " id " < ?3 ORDER BY " id " DESC LIMIT ?4)")                        \
	SQL(REACH_##name##_OLDEST,                                                          \
	    "SELECT count(*), max(id) FROM (SELECT " id " AS id FROM " from " AND " id      \
	    " >= ?2 AND " id " < ?3 ORDER BY " id " LIMIT ?4)")
REACH(TAG, "post", "tag WHERE tag = ?1")
REACH(AUTHOR, "o.id", "post o INDEXED BY post_by WHERE o.author = ?1")
REACH(AUTHORS, "o.id",
	"json_each(?1) j CROSS JOIN post o INDEXED BY post_by WHERE o.author = j.value")
REACH(WORDS, "rowid", "search WHERE search MATCH ?1")
#define LIST_FOUND                                                                          \
	"FROM search s CROSS JOIN " LIST_OF "WHERE s.search MATCH ?6 AND o.id = s.rowid "   \
	"AND p.id = s.rowid AND " LIST_WHERE("s.rowid") SIFT("o", "p") LIST_TAGGED("o")
LIST(WORDS, LIST_FOUND "ORDER BY s.rowid")
/* The best ?8 of the newest that are found; equally good ones newest first. */
SQL(LIST_BEST,
	"SELECT " POST_COLUMNS " FROM (SELECT s.rowid AS id, bm25(search) AS score " LIST_FOUND
	"ORDER BY s.rowid DESC LIMIT ?8) f CROSS JOIN " POST_TABLES " WHERE p.id = f.id "
	"ORDER BY f.score, f.id DESC LIMIT ?7")

/* ---- search ---- */
SQL(SEARCH_ADD, "INSERT INTO search (rowid, words) VALUES (?, ?)")
SQL(SEARCH_REMOVE, "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)")
SQL(SEARCH_EMPTY, "INSERT INTO search (search) VALUES ('delete-all')")
SQL(SEARCH_NEXT_WORD, "SELECT term FROM search_word WHERE term >= ? LIMIT 1")
/* ?1 pages that it may write */
SQL(SEARCH_MERGE, "INSERT INTO search (search, rank) VALUES ('merge', ?1)")
SQL(SEARCH_OPTIMIZE, "INSERT INTO search (search) VALUES ('optimize')")
/* '1': the index; '2': the -wal file alone; '3': the index and the whole file (search.c) */
SQL(SCRUB_MARK,
	"INSERT INTO meta (name, value) VALUES ('scrub', '1') "
	"ON CONFLICT DO UPDATE SET value = iif(value = '3', '3', '1')")
SQL(SCRUB_MARK_FILE, "REPLACE INTO meta (name, value) VALUES ('scrub', '3')")
SQL(SCRUB_MARK_WAL, "REPLACE INTO meta (name, value) VALUES ('scrub', '2')")
SQL(VACUUM, "VACUUM")
SQL(SCRUB_UNMARK, "DELETE FROM meta WHERE name = 'scrub'")

/* ---- the ledger ---- */
SQL(SPAN_COUNT, "SELECT count(*) FROM span WHERE source = ? AND auth = ? AND tag = ?")
SQL(SPANS,
	"SELECT id, top_id, bottom_id, top_time, bottom_time, closed, floor, updated, "
	"anchor_id, above_id FROM span WHERE source = ? AND auth = ? AND tag = ? "
	"ORDER BY top_time DESC, id DESC")
SQL(SPAN_PUT,
	"INSERT INTO span (id, source, auth, tag, top_id, bottom_id, top_time, "
	"bottom_time, closed, floor, updated, anchor_id, above_id) "
	"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
	"(source, auth, tag, top_id, bottom_id, top_time, bottom_time, closed, floor, updated, "
	"anchor_id, above_id) = (excluded.source, excluded.auth, excluded.tag, excluded.top_id, "
	"excluded.bottom_id, excluded.top_time, excluded.bottom_time, excluded.closed, "
	"excluded.floor, excluded.updated, excluded.anchor_id, excluded.above_id)")
SQL(SPAN_DROP, "DELETE FROM span WHERE id = ?")
SQL(RUN_BEGIN,
	"INSERT INTO run (source, auth, tag, started, outcome) "
	"VALUES (?, ?, ?, ?, ?) RETURNING id")
SQL(RUN_PUT,
	"UPDATE run SET ended = ?2, outcome = ?3, pages = ?4, fresh = ?5, known = ?6, "
	"dropped = ?7, billed_posts = ?8, billed_authors = ?9, spent_micros = ?10, "
	"why = ?11 WHERE id = ?1")
#define RUN_COLUMNS                                                                         \
	"r.id, r.started, r.ended, r.outcome, r.pages, r.fresh, r.known, r.dropped, "       \
	"r.billed_posts, r.billed_authors, r.spent_micros, r.why "
SQL(FILE_PUT,
	"INSERT INTO file (source, name, form, bytes, began, done) VALUES (?, ?, ?, ?, ?, ?) "
	"ON CONFLICT DO UPDATE SET (name, form, bytes, began, done) = "
	"(excluded.name, excluded.form, excluded.bytes, excluded.began, excluded.done)")
SQL(FILE_FIND, "SELECT source, name, form, bytes, began, done FROM file WHERE source = ?")
SQL(FILE_COUNT, "SELECT count(*) FROM file")
SQL(FILES,
	"SELECT f.source, f.name, f.form, f.bytes, f.began, f.done, " RUN_COLUMNS
	"FROM file f LEFT JOIN run r ON r.id = (SELECT max(id) FROM run m "
	"WHERE m.source = f.source) ORDER BY f.began DESC, f.source")
#define PLACES                                                                              \
	"FROM sighting s LEFT JOIN file f ON f.source = s.source "                          \
	"WHERE s.post = ? AND s.source LIKE 'file:%'"
SQL(PLACE_COUNT, "SELECT count(*) " PLACES)
SQL(PLACES, "SELECT s.source, f.name, s.place " PLACES " ORDER BY s.last DESC, s.source")
/* Runs without a tag looked up single posts, or took files in. */
#define LEDGER_KEYS                                                                         \
	"(SELECT source, auth, tag FROM run WHERE tag != '' "                               \
	"UNION SELECT source, auth, tag FROM span)"
SQL(LEDGER_COUNT, "SELECT count(*) FROM " LEDGER_KEYS)
SQL(LEDGER,
	"SELECT k.source, k.auth, k.tag, " RUN_COLUMNS "FROM " LEDGER_KEYS
	" k LEFT JOIN run r ON r.id = (SELECT max(id) "
	"FROM run m WHERE m.source = k.source AND m.auth = k.auth AND m.tag = k.tag) "
	"ORDER BY k.tag, k.source, k.auth")
SQL(SEEN,
	"SELECT count(*) FROM sighting WHERE source = ?1 AND tag = ?2 AND post >= ?3 AND post < ?4")
SQL(PAST,
	"SELECT coalesce(sum(fresh + known + dropped), 0), coalesce(sum(billed_posts), 0), "
	"coalesce(sum(billed_authors), 0) FROM run "
	"WHERE source = ? AND tag != '' AND billed_posts > 0")
/* Of each UTC day, by which a network bills. */
#define DAY_OF_RUN "started / 86400000"
#define SPENT_ROWS                                                                          \
	"FROM run WHERE spent_micros > 0 GROUP BY " DAY_OF_RUN ", source"
SQL(SPENT_COUNT, "SELECT count(*) FROM (SELECT 1 " SPENT_ROWS ")")
SQL(SPENT,
	"SELECT " DAY_OF_RUN " * 86400000, source, sum(billed_posts), sum(billed_authors), "
	"sum(spent_micros) " SPENT_ROWS " ORDER BY 1 DESC, source")
SQL(STATUS_POSTS,
	"SELECT p.network, t.tag, count(*), count(DISTINCT p.author), min(p.id) >> 20, "
	"max(p.id) >> 20 FROM tag t CROSS JOIN post p INDEXED BY post_author ON p.id = t.post "
	"GROUP BY t.tag, p.network UNION ALL "
	"SELECT network, NULL, count(*), count(DISTINCT author), min(id) >> 20, max(id) >> 20 "
	"FROM post INDEXED BY post_untagged WHERE tags IS NULL AND optout = 0 "
	"GROUP BY network "
	"ORDER BY 1, 3 DESC, 2")
/* ?1 tags, JSON; ?2 and ?3 ids from and below */
SQL(MINUTES,
	"SELECT p.network, (c.id >> 20) / 60000, count(*) FROM (SELECT DISTINCT t.post AS id "
	"FROM json_each(?1) j CROSS JOIN tag t WHERE t.tag = j.value AND t.post >= ?2 "
	"AND t.post < ?3) c CROSS JOIN post p INDEXED BY post_author ON p.id = c.id "
	"GROUP BY 2, 1 ORDER BY 2, 1")
SQL(STATUS_TOTALS,
	"SELECT count(*) FILTER (WHERE optout = 0), count(*) FILTER (WHERE optout), "
	"(SELECT count(*) FROM author WHERE optout = 0), (SELECT count(*) FROM answer), "
	"(SELECT count(*) FROM thread), "
	"(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) FROM post")

/* Threads and pictures have files of their own. */
#include "archive/store/sql-pictures.h"
#include "archive/store/sql-threads.h"
#include "archive/store/sql-view.h"
#include "archive/store/sql-upkeep.h"
#include "archive/store/sql-merge.h"
