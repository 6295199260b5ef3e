/*
 * The statements of threads: what they are, what is done to them, what is shown of them. As in
 * sql.h, which includes this. Formatted by hand, too.
 */
/* clang-format off */

/* ---- threads ---- */
#define THREAD_COLUMNS                                                                      \
	"h.id, h.slug, h.title, h.lang, h.zone, h.since, h.until, h.changed, h.lag, "       \
	"h.curator, h.description"
SQL(THREAD_ADD,
	"INSERT OR IGNORE INTO thread (slug, title, lang, zone, since, until, changed, lag, "
	"curator, description) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id")
SQL(THREAD_TAG_ADD, "INSERT INTO thread_tag (thread, n, tag) VALUES (?, ?, ?)")
SQL(THREAD_COUNT, "SELECT count(*) FROM thread")
SQL(THREADS, "SELECT " THREAD_COLUMNS " FROM thread h ORDER BY h.changed DESC, h.id DESC")
SQL(THREAD_FIND, "SELECT " THREAD_COLUMNS " FROM thread h WHERE h.slug = ?")
SQL(THREAD_FIND_ID, "SELECT " THREAD_COLUMNS " FROM thread h WHERE h.id = ?")
SQL(THREAD_NEWEST, "SELECT max(id) FROM thread")
SQL(THREAD_OF_ORIGIN,
	"SELECT id FROM thread WHERE origin = ? ORDER BY id LIMIT 1")
SQL(THREAD_ORIGIN, "UPDATE thread SET origin = ?2 WHERE id = ?1 AND origin IS NULL")
/* ?1 thread, ?2 step, ?3 origin, ?4 part: the items that the step made */
SQL(ORIGINS_ADD,
	"INSERT OR REPLACE INTO item_origin (item, origin, part) SELECT item, ?3, ?4 FROM edit "
	"WHERE thread = ?1 AND step = ?2 AND kind IS NULL")
#define ITEM_OF_ORIGIN                                                                      \
	"SELECT i.id FROM item i CROSS JOIN item_origin o ON o.item = i.id "                \
	"WHERE i.thread = ?1 AND o.origin = ?2 AND "
SQL(ORIGIN_PART, ITEM_OF_ORIGIN "o.part = ?3 LIMIT 1")
SQL(ORIGIN_BEFORE, ITEM_OF_ORIGIN "o.part < ?3 ORDER BY i.position DESC LIMIT 1")
SQL(ORIGIN_BEHIND, ITEM_OF_ORIGIN "o.part > ?3 ORDER BY i.position LIMIT 1")
SQL(THREAD_TAG_COUNT, "SELECT count(*) FROM thread_tag WHERE thread = ?")
SQL(THREAD_TAGS, "SELECT tag FROM thread_tag WHERE thread = ? ORDER BY n")
SQL(ITEM_COUNT, "SELECT count(*) FROM item WHERE thread = ?")
/* ?1 thread, ?2 and ?3 ids from and below, ?4 unlisted too */
#define CANDIDATES                                                                          \
	"FROM (SELECT t.post AS id FROM thread_tag g CROSS JOIN tag t "                     \
	"WHERE g.thread = ?1 AND t.tag = g.tag AND t.post >= ?2 AND t.post < ?3 "           \
	"UNION SELECT r.post FROM thread_tag g CROSS JOIN reply r "                         \
	"WHERE g.thread = ?1 AND r.tag = g.tag AND r.post >= ?2 AND r.post < ?3 "           \
	"UNION ALL SELECT id FROM post WHERE id >= ?2 AND id < ?3 "                         \
	"AND NOT EXISTS (SELECT 1 FROM thread_tag WHERE thread = ?1)) c "                   \
	"CROSS JOIN post p WHERE p.id = c.id AND p.optout = 0 AND p.gone = 0 "              \
	"AND (?4 OR p.visibility = 'public') "                                               \
	"AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.thread = ?1 AND v.post = p.id) "
SQL(CANDIDATE_COUNT, "SELECT count(*) " CANDIDATES)
#define LEFT                                                                                \
	CANDIDATES                                                                          \
	"AND NOT EXISTS (SELECT 1 FROM item i WHERE i.thread = ?1 AND i.post = p.id) "
SQL(CANDIDATES_LEFT, "SELECT p.id " LEFT "ORDER BY p.id")
SQL(CANDIDATES_LEFT_COUNT, "SELECT count(*) " LEFT)

/* ---- the journal ---- */
#define ITEM_CONTENT                                                                        \
	"position, kind, post, key, text, url, style, speaker, label, starts, fixed, joined"
#define ITEM_CONTENT_OF_I                                                                   \
	"i.position, i.kind, i.post, i.key, i.text, i.url, i.style, i.speaker, i.label, "   \
	"i.starts, i.fixed, i.joined"
#define THREAD_SETTINGS "slug, title, lang, zone, since, until, lag, curator, description"
#define THREAD_TAGS_JSON                                                                    \
	"(SELECT json_group_array(tag) FROM (SELECT tag FROM thread_tag WHERE thread = ?1 " \
	"ORDER BY n))"
SQL(STEP_BEGIN, "SELECT done + 1, lag FROM thread WHERE id = ?")
SQL(STEP_ADD,
	"INSERT INTO step (thread, number, at, op, changes, item, post) "
	"VALUES (?, ?, ?, ?, ?, ?, ?)")
SQL(THREAD_DONE, "UPDATE thread SET done = ?2, changed = ?3 WHERE id = ?1")
SQL(STEPS_CUT, "DELETE FROM step WHERE thread = ?1 AND number >= ?2")
SQL(EDITS_CUT, "DELETE FROM edit WHERE thread = ?1 AND step >= ?2")
SQL(EDIT_VERDICTS_CUT, "DELETE FROM edit_verdict WHERE thread = ?1 AND step >= ?2")
SQL(EDIT_THREADS_CUT, "DELETE FROM edit_thread WHERE thread = ?1 AND step >= ?2")
/* Of one step the first state of a thing counts. */
SQL(EDIT_ADD_NEW, "INSERT OR IGNORE INTO edit (thread, step, item) VALUES (?, ?, ?)")
SQL(EDIT_ADD_FORMER,
	"INSERT OR IGNORE INTO edit (thread, step, item, " ITEM_CONTENT ") "
	"SELECT thread, ?2, id, " ITEM_CONTENT " FROM item WHERE thread = ?1 AND id = ?3")
SQL(EDIT_VERDICT_ADD,
	"INSERT OR IGNORE INTO edit_verdict (thread, step, post, dropped) SELECT ?1, ?2, ?3, "
	"EXISTS (SELECT 1 FROM verdict WHERE thread = ?1 AND post = ?3)")
SQL(EDIT_THREAD_ADD,
	"INSERT OR IGNORE INTO edit_thread (thread, step, " THREAD_SETTINGS ", tags) "
	"SELECT id, ?2, " THREAD_SETTINGS ", " THREAD_TAGS_JSON " FROM thread WHERE id = ?1")

/* Changing a step's rows for what is there: ?1 thread, ?2 the step. What is there is kept under
 * -?2, the former is put back, and what was kept takes its place. */
SQL(SWAP_ITEMS_KEEP,
	"INSERT INTO edit (thread, step, item, " ITEM_CONTENT ") "
	"SELECT ?1, -?2, e.item, " ITEM_CONTENT_OF_I " FROM edit e "
	"LEFT JOIN item i ON i.id = e.item WHERE e.thread = ?1 AND e.step = ?2")
SQL(SWAP_ITEMS_OUT,
	"DELETE FROM item WHERE id IN (SELECT item FROM edit WHERE thread = ?1 AND step = ?2)")
SQL(SWAP_ITEMS_IN,
	"INSERT INTO item (id, thread, " ITEM_CONTENT ") "
	"SELECT item, thread, " ITEM_CONTENT " FROM edit "
	"WHERE thread = ?1 AND step = ?2 AND kind IS NOT NULL")
SQL(SWAP_ITEMS_DROP, "DELETE FROM edit WHERE thread = ?1 AND step = ?2")
SQL(SWAP_ITEMS_TURN, "UPDATE edit SET step = ?2 WHERE thread = ?1 AND step = -?2")
SQL(SWAP_VERDICTS_KEEP,
	"INSERT INTO edit_verdict (thread, step, post, dropped) "
	"SELECT ?1, -?2, e.post, v.post IS NOT NULL FROM edit_verdict e "
	"LEFT JOIN verdict v ON v.thread = ?1 AND v.post = e.post "
	"WHERE e.thread = ?1 AND e.step = ?2")
SQL(SWAP_VERDICTS_OUT,
	"DELETE FROM verdict WHERE thread = ?1 AND post IN "
	"(SELECT post FROM edit_verdict WHERE thread = ?1 AND step = ?2)")
SQL(SWAP_VERDICTS_IN,
	"INSERT INTO verdict (thread, post) SELECT thread, post FROM edit_verdict "
	"WHERE thread = ?1 AND step = ?2 AND dropped")
SQL(SWAP_VERDICTS_DROP, "DELETE FROM edit_verdict WHERE thread = ?1 AND step = ?2")
SQL(SWAP_VERDICTS_TURN, "UPDATE edit_verdict SET step = ?2 WHERE thread = ?1 AND step = -?2")
SQL(SWAP_THREAD_KEEP,
	"INSERT INTO edit_thread (thread, step, " THREAD_SETTINGS ", tags) "
	"SELECT id, -?2, " THREAD_SETTINGS ", " THREAD_TAGS_JSON " FROM thread "
	"WHERE id = ?1 AND EXISTS (SELECT 1 FROM edit_thread WHERE thread = ?1 AND step = ?2)")
SQL(SWAP_THREAD_OUT,
	"DELETE FROM thread_tag WHERE thread = ?1 AND EXISTS "
	"(SELECT 1 FROM edit_thread WHERE thread = ?1 AND step = ?2)")
SQL(SWAP_THREAD_IN,
	"UPDATE thread SET (" THREAD_SETTINGS ") = (SELECT " THREAD_SETTINGS " FROM edit_thread "
	"WHERE thread = ?1 AND step = ?2) WHERE id = ?1 AND EXISTS "
	"(SELECT 1 FROM edit_thread WHERE thread = ?1 AND step = ?2)")
SQL(SWAP_TAGS_IN,
	"INSERT INTO thread_tag (thread, n, tag) SELECT ?1, j.key, j.value "
	"FROM edit_thread e CROSS JOIN json_each(e.tags) j WHERE e.thread = ?1 AND e.step = ?2")
SQL(SWAP_THREAD_DROP, "DELETE FROM edit_thread WHERE thread = ?1 AND step = ?2")
SQL(SWAP_THREAD_TURN, "UPDATE edit_thread SET step = ?2 WHERE thread = ?1 AND step = -?2")
SQL(SWAP_SLUG_TAKEN,
	"SELECT h.slug FROM edit_thread e JOIN thread h ON h.slug = e.slug "
	"WHERE e.thread = ?1 AND e.step = ?2 AND h.id != ?1")

/* What a step is about: its post, else the title, words or label of its item as it is or last
 * was. */
#define STEP_WORDS(what) "SELECT " what " FROM item WHERE id = s.item AND thread = s.thread"
#define STEP_FORMER_WORDS(what)                                                             \
	"SELECT " what " FROM edit WHERE item = s.item AND thread = s.thread "              \
	"AND kind IS NOT NULL ORDER BY step DESC LIMIT 1"
#define STEP_COLUMNS                                                                        \
	"s.number, s.at, s.op, s.changes, s.number > h.done, p.id IS NOT NULL, "            \
	"coalesce(a.name, a.handle), p.text, coalesce("                                     \
	"(" STEP_WORDS("coalesce(text, url)") "), "                                         \
	"(" STEP_FORMER_WORDS("coalesce(text, url)") "), "                                  \
	"iif(s.item IS NULL AND s.post IS NULL, h.title, NULL)) "                           \
	"FROM step s JOIN thread h ON h.id = s.thread "                                     \
	"LEFT JOIN post p ON p.id = s.post AND p.optout = 0 "                               \
	"LEFT JOIN author a ON a.id = p.author "
SQL(STEP_GET, "SELECT " STEP_COLUMNS "WHERE s.thread = ?1 AND s.number = ?2")
/* ?2 -1 = all */
SQL(STEPS, "SELECT " STEP_COLUMNS "WHERE s.thread = ?1 ORDER BY s.number DESC LIMIT ?2")

/* ---- items, as the operations see them ---- */
#define ITEM_PLACE "SELECT i.id, i.position, i.kind, i.post, i.joined, i.fixed FROM item i "
SQL(ITEM_GET, ITEM_PLACE "WHERE i.thread = ?1 AND i.id = ?2")
SQL(ITEM_OF_POST, ITEM_PLACE "WHERE i.thread = ?1 AND i.post = ?2")
SQL(ITEM_ABOVE,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.position < ?2 ORDER BY i.position DESC LIMIT 1")
SQL(ITEM_BELOW,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.position > ?2 ORDER BY i.position LIMIT 1")
SQL(ITEMS_UP,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.position <= ?2 ORDER BY i.position DESC LIMIT ?3")
SQL(ITEMS_DOWN,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.position > ?2 ORDER BY i.position LIMIT ?3")
SQL(ITEMS_BETWEEN,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.position > ?2 AND i.position < ?3 "
	"ORDER BY i.position")
SQL(ITEMS_EARLIER,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.post < ?2 ORDER BY i.post DESC LIMIT ?3")
SQL(ITEMS_LATER, ITEM_PLACE "WHERE i.thread = ?1 AND i.post > ?2 ORDER BY i.post LIMIT ?3")
SQL(ITEM_POST_FROM,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.position >= ?2 AND i.position < ?3 "
	"AND i.post IS NOT NULL ORDER BY i.position LIMIT 1")
SQL(GROUP_FIRST,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.joined = ?2 AND i.joined != 0 "
	"ORDER BY i.position LIMIT 1")
SQL(GROUP_LAST,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.joined = ?2 AND i.joined != 0 "
	"ORDER BY i.position DESC LIMIT 1")
SQL(GROUP,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.joined = ?2 AND i.joined != 0 "
	"AND i.position > ?3 ORDER BY i.position")
SQL(HEADING_ABOVE,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.kind = 'heading' AND i.position <= ?2 "
	"ORDER BY i.position DESC LIMIT 1")
SQL(HEADING_BELOW,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.kind = 'heading' AND i.position > ?2 "
	"ORDER BY i.position LIMIT 1")
SQL(TALK_AT,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.starts != 0 AND i.starts <= ?2 "
	"ORDER BY i.starts DESC, i.position DESC LIMIT 1")
SQL(TALK_FIRST,
	ITEM_PLACE "WHERE i.thread = ?1 AND i.starts != 0 AND i.position > ?2 "
	"ORDER BY i.position LIMIT 1")
SQL(FIXED_BETWEEN,
	"SELECT 1 FROM item WHERE thread = ?1 AND fixed != 0 AND position > ?2 "
	"AND position < ?3 LIMIT 1")
SQL(ITEM_ADD,
	"INSERT INTO item (thread, " ITEM_CONTENT ") "
	"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id")
SQL(ITEM_PUT, "UPDATE item SET position = ?2, fixed = ?3, joined = ?4 WHERE id = ?1")
SQL(ITEM_SAME_WORDS,
	"SELECT text IS ?2 AND url IS ?3 AND speaker IS ?4 AND label IS ?5 AND starts = ?6 "
	"AND key IS coalesce(?7, key) FROM item WHERE id = ?1")
SQL(ITEM_WORDS,
	"UPDATE item SET text = ?2, url = ?3, speaker = ?4, label = ?5, starts = ?6, "
	"key = coalesce(?7, key) WHERE id = ?1")
SQL(ITEM_SAME_STYLE, "SELECT coalesce(style, '') = ?2 FROM item WHERE id = ?1")
SQL(ITEM_STYLE, "UPDATE item SET style = nullif(?2, '') WHERE id = ?1")
SQL(ITEM_REMOVE, "DELETE FROM item WHERE id = ?")
SQL(KEY_TAKEN, "SELECT id FROM item WHERE thread = ?1 AND key = ?2 AND id != ?3")
SQL(VERDICT_FIND, "SELECT 1 FROM verdict WHERE thread = ? AND post = ?")
SQL(VERDICT_ADD, "INSERT OR IGNORE INTO verdict (thread, post) VALUES (?, ?)")
SQL(VERDICT_REMOVE, "DELETE FROM verdict WHERE thread = ? AND post = ?")
SQL(POST_OPTOUT, "SELECT optout != 0 FROM post WHERE id = ?")
SQL(SLUG_TAKEN, "SELECT 1 FROM thread WHERE slug = ?2 AND id != ?1")
SQL(THREAD_SAME,
	"SELECT slug = ?2 AND title IS ?3 AND lang IS ?4 AND zone IS ?5 AND since = ?6 "
	"AND until = ?7 AND lag = ?8 AND curator IS ?9 AND description IS ?10 "
	"AND json(?11) = " THREAD_TAGS_JSON
	" FROM thread WHERE id = ?1")
SQL(THREAD_SET,
	"UPDATE thread SET (" THREAD_SETTINGS ") = (SELECT ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
	"WHERE id = ?1")
SQL(THREAD_TAGS_REMOVE, "DELETE FROM thread_tag WHERE thread = ?")
SQL(THREAD_TAGS_SET,
	"INSERT INTO thread_tag (thread, n, tag) SELECT ?1, j.key, j.value FROM json_each(?2) j")
#define OUTLINE_POST                                                                        \
	"p.id, p.short, p.uri, p.url, p.network, p.gone, a.name, a.handle, p.text "
#define OUTLINE_ITEMS                                                                       \
	"SELECT i.id, i.kind, i.key, i.text, i.url, i.speaker, i.label, i.starts, i.style, " \
	"i.fixed, i.joined, " OUTLINE_POST "FROM item i LEFT JOIN post p ON p.id = i.post "  \
	"LEFT JOIN author a ON a.id = p.author "
SQL(OUTLINE, OUTLINE_ITEMS "WHERE i.thread = ? ORDER BY i.position")
SQL(OUTLINE_ITEM, OUTLINE_ITEMS "WHERE i.id = ? AND i.thread = ?")
SQL(DROPPED,
	"SELECT " OUTLINE_POST "FROM verdict v CROSS JOIN " POST_TABLES
	" WHERE v.thread = ? AND p.id = v.post ORDER BY v.post")

/* ---- items, shown ---- */
/* ?1 thread, ?2 hidden ones too, ?3 unlisted too, ?4 and ?5 positions from and below */
#define OF_SECTION "i.thread = ?1 AND i.position >= ?4 AND i.position < ?5 "
#define ITEM_IS_SHOWN "(p.optout = 0 AND p.gone = 0 AND (?3 OR p.visibility = 'public'))"
SQL(ITEMS,
	"SELECT i.id, i.kind, i.key, i.text, i.url, i.speaker, i.label, i.starts, i.style, "
	"i.fixed, i.joined, i.position, " POST_OWN_COLUMNS ", p.author FROM item i "
	"LEFT JOIN post p ON p.id = i.post "
	"WHERE " OF_SECTION "AND (i.post IS NULL OR ?2 OR " ITEM_IS_SHOWN ") ORDER BY i.position")
SQL(ITEMS_JOINED, "SELECT 1 FROM item WHERE thread = ? AND joined != 0 LIMIT 1")
/* ?1 thread, ?2 hidden ones too, ?3 unlisted too, ?4 group, ?5 position of the item they come
 * with */
SQL(ITEMS_ALSO,
	"SELECT " POST_COLUMNS " FROM item i JOIN post p ON p.id = i.post "
	"LEFT JOIN author a ON a.id = p.author WHERE i.thread = ?1 AND i.joined = ?4 "
	"AND i.joined != 0 AND i.position > ?5 AND (?2 OR " ITEM_IS_SHOWN ") "
	"ORDER BY i.position")
/* ?1 uri, ?2 its short id, ?3 unlisted too */
SQL(ITEM_QUOTE,
	"SELECT " POST_COLUMNS " FROM " POST_TABLES " WHERE p.short = ?2 AND p.uri = ?1 AND "
	ITEM_IS_SHOWN)
/* the same, ?4 the thread: is it an item of its own there? */
SQL(ITEM_ANSWERED,
	"SELECT a.name, a.handle, p.url, p.short, EXISTS (SELECT 1 FROM item i "
	"WHERE i.thread = ?4 AND i.post = p.id AND i.joined = 0) FROM " POST_TABLES
	" WHERE p.short = ?2 AND p.uri = ?1 AND " ITEM_IS_SHOWN)
/* ?1 thread, ?2 and ?3 positions from and below: what is counted of its posts */
#define COUNTED_OF_POSTS                                                                    \
	"SELECT p.id >> 20, p.fetched, p.network, p.author, p.optout, p.gone, p.visibility " \
	"FROM item i CROSS JOIN post p ON p.id = i.post WHERE "
SQL(SECTION_POSTS,
	COUNTED_OF_POSTS "i.thread = ?1 AND i.position >= ?2 AND i.position < ?3")
/* the same of a whole thread: of its items the index alone is read */
SQL(THREAD_POSTS, COUNTED_OF_POSTS "i.thread = ?1 AND i.post > 0")
SQL(SECTION_BY_KEY, "SELECT key, text, position FROM item WHERE thread = ? AND key = ?")
SQL(SECTION_BY_NUMBER,
	"SELECT key, text, position FROM item WHERE thread = ? AND kind = 'heading' "
	"ORDER BY position LIMIT 1 OFFSET ?")
SQL(SECTION_END,
	"SELECT min(position) FROM item WHERE thread = ? AND kind = 'heading' AND position > ?")
SQL(SECTION_KEYS,
	"SELECT group_concat(key, ', ') FROM (SELECT key FROM item WHERE thread = ? "
	"AND kind = 'heading' AND key IS NOT NULL ORDER BY position LIMIT 10)")
/* ?1 thread, ?2 and ?4 ids from and below, ?3 unlisted too: how many posts were written then */
SQL(THREAD_POSTS_BETWEEN,
	"SELECT count(*) FROM item i CROSS JOIN post p ON p.id = i.post "
	"WHERE i.thread = ?1 AND i.post >= ?2 AND i.post < ?4 AND " ITEM_IS_SHOWN)
/* the same where no post is hidden: the index alone is read */
SQL(THREAD_ALL_BETWEEN,
	"SELECT count(*) FROM item WHERE thread = ?1 AND post >= ?2 AND post < ?4")
SQL(THREAD_TALKS,
	"SELECT DISTINCT starts FROM item WHERE thread = ?1 AND starts != 0 AND starts >= ?2 "
	"AND starts < ?3 AND kind = 'heading' ORDER BY starts")
SQL(THREAD_PEOPLE,
	"SELECT a.name, a.handle, a.url, count(*), a.avatar FROM item i "
	"JOIN post p ON p.id = i.post JOIN author a ON a.id = p.author "
	"WHERE " OF_SECTION "AND " ITEM_IS_SHOWN " GROUP BY a.id ORDER BY min(i.position)")

/* ---- where threads were written ---- */
SQL(TARGET_PUT,
	"INSERT INTO target (thread, path, section, form, inserted, options, written) "
	"VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
	"ON CONFLICT DO UPDATE SET form = ?4, inserted = ?5, options = ?6, written = ?7")
SQL(TARGET_FIND,
	"SELECT 1 FROM target WHERE thread = ? AND path = ? AND section = ? AND form = ? "
	"AND inserted = ? AND options = ?")
SQL(TARGET_COUNT, "SELECT count(*) FROM target")
SQL(TARGET_DROP, "DELETE FROM target WHERE thread = ? AND path = ? RETURNING 1")
#define TARGET_COLUMNS                                                                             \
	"h.slug, t.thread, t.path, t.section, t.form, t.inserted, t.options, t.written"
/* ?1 thread, NULL = any */
SQL(TARGETS,
	"SELECT " TARGET_COLUMNS " FROM target t JOIN thread h ON h.id = t.thread "
	"WHERE ?1 IS NULL OR t.thread = ?1 ORDER BY h.slug, t.path, t.section")
/* ?1 ids of posts, JSON; what is quoted by an item is shown with it */
SQL(TARGETS_OF,
	"SELECT " TARGET_COLUMNS " FROM target t JOIN thread h ON h.id = t.thread "
	"WHERE t.thread IN (SELECT i.thread FROM json_each(?1) j CROSS JOIN item i "
	"WHERE i.post = j.value UNION SELECT i.thread FROM item i CROSS JOIN post q "
	"WHERE q.id = i.post AND q.quote_uri IN (SELECT p.uri FROM json_each(?1) j "
	"CROSS JOIN post p WHERE p.id = j.value)) ORDER BY h.slug, t.path, t.section")
