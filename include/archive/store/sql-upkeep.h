/*
 * The statements that look a store over and put it right. As in sql.h, which includes this.
 * Formatted by hand, too.
 */
/* clang-format off */

/* ---- what an answer tells against what is stored ---- */
/* What a page showed is no reading of the post's own. */
#define SECOND_HAND                                                                         \
	"EXISTS (SELECT 1 FROM file f WHERE f.source = s.source AND f.form IN ('matome', 'blog'))"
SQL(READINGS_OF,
	"SELECT s.answer, s.last FROM sighting s WHERE s.post = ?1 AND NOT " SECOND_HAND
	" ORDER BY s.last DESC, s.answer DESC")
SQL(TAKINGS_OF,
	"SELECT s.answer, s.first FROM sighting s WHERE s.post = ?1 AND " SECOND_HAND
	" ORDER BY s.first, s.answer")
SQL(FILE_FORM, "SELECT form FROM file WHERE source = ?")
/* By which tag a post that is lost was found: that of its neighbours in the answer. */
SQL(TAGS_OF_ANSWERS,
	"CREATE TEMP TABLE IF NOT EXISTS answer_tag AS SELECT answer, max(tag) AS tag "
	"FROM main.sighting WHERE answer IS NOT NULL AND tag != '' GROUP BY answer")
SQL(TAG_OF_ANSWER, "SELECT tag FROM temp.answer_tag WHERE answer = ? LIMIT 1")
SQL(POST_COUNTS, "SELECT count(*) FILTER (WHERE optout = 0), count(*) FROM post")
SQL(ANSWER_COUNT, "SELECT count(*) FROM answer")

/* ---- put right ---- */
#define TAGS_OF_POST                                                                        \
	"json_each('[\"' || replace(p.tags, ' ', '\",\"') || '\"]') j"
#define TAG_IS_STRAY                                                                        \
	"NOT EXISTS (SELECT 1 FROM post p WHERE p.id = t.post "                              \
	"AND instr(' ' || p.tags || ' ', ' ' || t.tag || ' '))"
#define TAG_IS_LOST                                                                         \
	"FROM post p CROSS JOIN " TAGS_OF_POST " WHERE p.tags IS NOT NULL AND j.value != '' " \
	"AND NOT EXISTS (SELECT 1 FROM tag t WHERE t.tag = j.value AND t.post = p.id)"
SQL(TAGS_STRAY_REMOVE,
	"DELETE FROM tag WHERE (tag, post) IN (SELECT t.tag, t.post FROM tag t WHERE "
	TAG_IS_STRAY ")")
SQL(TAGS_LOST_ADD, "INSERT OR IGNORE INTO tag (tag, post) SELECT j.value, p.id " TAG_IS_LOST)
SQL(GONE_AGAIN, "UPDATE post SET gone = ?2 WHERE id = ?1")

/* What deriving posts again must leave as it is. */
SQL(KEPT_ANSWERS,
	"SELECT id, source, url, status, fetched, redacted, sha256 FROM answer ORDER BY id")
SQL(KEPT_FORGOTTEN, "SELECT * FROM forgotten ORDER BY sha256")
SQL(KEPT_REPLIES, "SELECT * FROM reply ORDER BY tag, post")
SQL(KEPT_RUNS, "SELECT * FROM run ORDER BY id")
SQL(KEPT_SPANS, "SELECT * FROM span ORDER BY id")
SQL(KEPT_THREADS, "SELECT * FROM thread ORDER BY id")
SQL(KEPT_THREAD_TAGS, "SELECT * FROM thread_tag ORDER BY thread, n")
SQL(KEPT_ITEMS, "SELECT * FROM item ORDER BY id")
SQL(KEPT_VERDICTS, "SELECT * FROM verdict ORDER BY thread, post")
SQL(KEPT_STEPS, "SELECT * FROM step ORDER BY thread, number")
SQL(KEPT_EDITS, "SELECT * FROM edit ORDER BY thread, step, item")
SQL(KEPT_EDIT_VERDICTS, "SELECT * FROM edit_verdict ORDER BY thread, step, post")
SQL(KEPT_EDIT_THREADS, "SELECT * FROM edit_thread ORDER BY thread, step")
SQL(KEPT_TARGETS, "SELECT * FROM target ORDER BY thread, path, section")
SQL(KEPT_ORIGINS, "SELECT * FROM item_origin ORDER BY item")
SQL(KEPT_FILES, "SELECT * FROM file ORDER BY source")
SQL(KEPT_PICTURES, "SELECT * FROM picture ORDER BY url")

/* ---- looked over: each row names what is wrong, as text ---- */
SQL(AUDIT_INTEGRITY, "PRAGMA integrity_check(20)")
SQL(AUDIT_KEYS,
	"SELECT \"table\" || ': a row refers to a row of ' || parent || ' that is not there' "
	"FROM pragma_foreign_key_check")
SQL(AUDIT_EVIDENCE,
	"SELECT coalesce(p.short, s.post) || ' seen at ' || s.source FROM sighting s "
	"LEFT JOIN post p ON p.id = s.post WHERE s.answer IS NOT NULL "
	"AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.id = s.answer)")
SQL(AUDIT_PARTS,
	"SELECT p.short FROM post p WHERE p.media + p.emojis + p.options + p.card != "
	"(SELECT count(*) FROM media m WHERE m.post = p.id) + "
	"(SELECT count(*) FROM post_emoji e WHERE e.post = p.id) + "
	"(SELECT count(*) FROM poll_option o WHERE o.post = p.id) + "
	"(SELECT count(*) FROM card c WHERE c.post = p.id)")
SQL(AUDIT_TAGS_STRAY, "SELECT '#' || t.tag FROM tag t WHERE " TAG_IS_STRAY)
SQL(AUDIT_TAGS_LOST, "SELECT '#' || j.value || ' of ' || p.short " TAG_IS_LOST)
SQL(AUDIT_ITEMS,
	"SELECT coalesce(h.slug, i.thread) || ', item ' || i.id FROM item i "
	"LEFT JOIN thread h ON h.id = i.thread WHERE (i.kind = 'post') != (i.post IS NOT NULL) "
	"OR (i.joined != 0 AND NOT EXISTS (SELECT 1 FROM item j WHERE j.id = i.joined "
	"AND j.thread = i.thread AND j.joined = 0 AND j.position < i.position))")
SQL(AUDIT_STEPS,
	"SELECT h.slug FROM thread h WHERE h.done < 0 OR h.done > "
	"(SELECT coalesce(max(number), 0) FROM step s WHERE s.thread = h.id) "
	"OR EXISTS (SELECT 1 FROM step s WHERE s.thread = h.id GROUP BY s.thread "
	"HAVING count(*) != max(number) OR min(number) != 1) "
	"OR EXISTS (SELECT 1 FROM edit e WHERE e.thread = h.id "
	"AND NOT EXISTS (SELECT 1 FROM step s WHERE s.thread = e.thread AND s.number = e.step))")
SQL(AUDIT_PICTURES,
	"SELECT coalesce(q.name, '') FROM sqlar q WHERE q.sz IS NOT length(q.data) "
	"OR q.name IS NULL")
SQL(PICTURE_BYTES, "SELECT name, data FROM sqlar WHERE name IS NOT NULL")
SQL(AUDIT_POSTS, "SELECT " POST_COLUMNS " FROM " POST_TABLES " ORDER BY p.id")

/* ---- the search index against the words of the posts ---- */
SQL(WORDS_SCRATCH,
	"CREATE VIRTUAL TABLE temp.scratch USING fts5 (words, content = '', columnsize = 0, "
	"tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Co M* S*'\")")
SQL(WORDS_SCRATCH_WORD, "CREATE VIRTUAL TABLE temp.scratch_word USING fts5vocab(scratch, instance)")
SQL(WORDS_SCRATCH_DROP_WORD, "DROP TABLE temp.scratch_word")
SQL(WORDS_SCRATCH_DROP, "DROP TABLE temp.scratch")
SQL(WORDS_SCRATCH_ADD, "INSERT INTO temp.scratch (rowid, words) VALUES (?, ?)")
SQL(WORDS_SCRATCH_EMPTY, "INSERT INTO temp.scratch (scratch) VALUES ('delete-all')")
SQL(WORDS_SCRATCH_READ, "SELECT term, doc, offset FROM temp.scratch_word")
SQL(WORDS_READ, "SELECT term, doc, offset FROM main.search_word")
SQL(SHORT_OF, "SELECT short FROM post WHERE id = ?")
