/*
 * The statements behind view.h; a part of sql.h, and as that without a guard. None of them counts
 * or skips: each is a range of an index in its order.
 */
/* clang-format off */

/* ---- what may be a candidate ----
 * ?1 tag, thread or words, ?2 and ?3 the first and the last id */
#define VIEW_STREAM(name, id, from)                                                         \
	SQL(VIEW_##name##_UP, "SELECT " id " FROM " from " AND " id " BETWEEN ?2 AND ?3 "   \
	    "ORDER BY " id)                                                                 \
	SQL(VIEW_##name##_DOWN, "SELECT " id " FROM " from " AND " id " BETWEEN ?2 AND ?3 " \
	    "ORDER BY " id " DESC")
VIEW_STREAM(TAG, "post", "tag WHERE tag = ?1")
VIEW_STREAM(REPLY, "post", "reply WHERE tag = ?1")
VIEW_STREAM(ALL, "id", "post INDEXED BY post_author WHERE ?1 IS NULL")
VIEW_STREAM(CHOSEN, "post", "item WHERE thread = ?1")
VIEW_STREAM(DROPPED, "post", "verdict WHERE thread = ?1")
VIEW_STREAM(WORDS, "rowid", "search WHERE search MATCH ?1")

/* ?4: so many posts with the word */
SQL(VIEW_WORD_END_UP,
	"SELECT max(id), count(*) FROM (SELECT rowid AS id FROM search WHERE search MATCH ?1 "
	"AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid LIMIT ?4)")
SQL(VIEW_WORD_END_DOWN,
	"SELECT min(id), count(*) FROM (SELECT rowid AS id FROM search WHERE search MATCH ?1 "
	"AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC LIMIT ?4)")

/* ---- rows ---- */
#define VIEW_OF_POST                                                                        \
	"SELECT " VIEW_COLUMNS " FROM post p LEFT JOIN item i ON i.thread = ?1 "            \
	"AND i.post = p.id LEFT JOIN author a ON a.id = p.author WHERE p.id = ?2 "
#define VIEW_OF_ITEM                                                                        \
	"SELECT " VIEW_COLUMNS " FROM item i LEFT JOIN post p ON p.id = i.post "            \
	"LEFT JOIN author a ON a.id = p.author WHERE i.thread = ?1 "
SQL(VIEW_POST, VIEW_OF_POST)
/* ?3 network, ?4 author, ?5 likes: NULL is any; ?6 with pictures or films, ?7 undecided, ?8 the
 * dropped, and what SIFT() asks for */
SQL(VIEW_CANDIDATE,
	VIEW_OF_POST "AND (i.id IS NOT NULL OR (p.gone = 0 AND p.optout = 0)) "
	"AND (?3 IS NULL OR p.network = ?3) AND (?4 IS NULL OR p.author = ?4) "
	"AND (?5 IS NULL OR p.likes >= ?5) AND (NOT ?6 OR (p.media > 0 AND EXISTS "
	"(SELECT 1 FROM media m WHERE m.post = p.id AND m.kind != 'audio'))) "
	"AND (NOT ?7 OR i.id IS NULL) AND ?8 = EXISTS (SELECT 1 FROM verdict v "
	"WHERE v.thread = ?1 AND v.post = p.id) " SIFT("p", "p"))
/* ?2 the first position, ?3 limit */
SQL(VIEW_ITEMS_UP, VIEW_OF_ITEM "AND i.position >= ?2 ORDER BY i.position LIMIT ?3")
SQL(VIEW_ITEMS_DOWN, VIEW_OF_ITEM "AND i.position <= ?2 ORDER BY i.position DESC LIMIT ?3")
SQL(VIEW_SECTION,
	VIEW_OF_ITEM "AND i.kind = 'heading' AND i.position <= ?2 "
	"ORDER BY i.position DESC LIMIT 1")
SQL(VIEW_SECTION_NUMBER,
	"SELECT count(*) FROM item WHERE thread = ?1 AND kind = 'heading' AND position <= ?2")
SQL(VIEW_HEADINGS, VIEW_OF_ITEM "AND i.kind = 'heading' ORDER BY i.position")
SQL(VIEW_PARENT,
	"SELECT conversation, reply_uri FROM post WHERE short = ? AND uri = ? AND optout = 0")

/* ?1 and ?2 short id and uri: the author's name */
SQL(VIEW_ANSWERED,
	"SELECT coalesce(a.name, a.handle) FROM " POST_TABLES " WHERE p.short = ? AND p.uri = ? "
	"AND p.optout = 0")
SQL(VIEW_LINKS, "SELECT url FROM link WHERE post = ? LIMIT ?")

/* ---- how many ---- */
SQL(VIEW_CHOSEN_COUNT, "SELECT count(*) FROM item WHERE thread = ? AND post IS NOT NULL")
SQL(VIEW_DROPPED_COUNT, "SELECT count(*) FROM verdict WHERE thread = ?")
SQL(DATA_VERSION, "PRAGMA data_version")
