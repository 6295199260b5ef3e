/*
 * What a search sifts posts by; a part of sql.h, and as that without a guard. SIFT(o, p) are
 * conditions on a post in two tables: o has no more than its index post_author tells (id, author,
 * network), p is the whole row; they may be the same. What needs no more than o comes first, so
 * that a row is read when all of that holds. sift_bind() binds the parameters from SIFT_FIRST on;
 * NULL is any. among() is ours (db.c): is the value in the set; the last word when there is no set.
 */
/* clang-format off */
#define SIFT_LIST(list, value) "instr(" list ", ' ' || " value " || ' ')"
#define SIFT_LANG(list, p)                                                                  \
	"(" SIFT_LIST(list, "lower(" p ".lang)") " OR "                                     \
	SIFT_LIST(list, "lower(substr(" p ".lang, 1, instr(" p ".lang || '-', '-') - 1))") ")"
#define SIFT_TAGS(list, o)                                                                  \
	"EXISTS (SELECT 1 FROM json_each(" list ") j CROSS JOIN tag st "                    \
	"WHERE st.tag = j.value AND st.post = " o ".id)"
#define SIFT_IN(list, o)                                                                    \
	"EXISTS (SELECT 1 FROM json_each(" list ") j CROSS JOIN item si "                   \
	"WHERE si.thread = j.value AND si.post = " o ".id)"
/* ?20 and ?21 networks, ?22 and ?23 authors, ?24 the only tag, ?25 and ?26 tags, ?27 and ?28
 * languages, ?29 and ?30 threads: those that are wanted, those that are not; ?31 and ?32 the same
 * of traits, bits in the order of enum search_trait; ?33 the thread of is:chosen; ?34 what it must
 * say, if ?35: a post is read for that, after all else has held */
#define SIFT_TRAIT(bit, what)                                                               \
	"AND ((?31 | ?32) & " bit " = 0 OR (?31 & " bit " != 0) = (" what ")) "
#define SIFT(o, p)                                                                          \
	"AND (?20 IS NULL OR " SIFT_LIST("?20", o ".network") ") "                          \
	"AND (?21 IS NULL OR NOT " SIFT_LIST("?21", o ".network") ") "                      \
	"AND among(?22, " o ".author, 1) AND NOT among(?23, " o ".author, 0) "              \
	"AND (?24 IS NULL OR EXISTS (SELECT 1 FROM tag st WHERE st.tag = ?24 "              \
	"AND st.post = " o ".id)) "                                                         \
	"AND (?25 IS NULL OR " SIFT_TAGS("?25", o) ") "                                     \
	"AND (?26 IS NULL OR NOT " SIFT_TAGS("?26", o) ") "                                 \
	"AND (?29 IS NULL OR " SIFT_IN("?29", o) ") "                                       \
	"AND (?30 IS NULL OR NOT " SIFT_IN("?30", o) ") "                                   \
	"AND (?31 IS NULL OR (1 "                                                           \
	SIFT_TRAIT("1", "EXISTS (SELECT 1 FROM media m WHERE m.post = " o ".id)")           \
	SIFT_TRAIT("2", "EXISTS (SELECT 1 FROM link l WHERE l.post = " o ".id)")            \
	SIFT_TRAIT("4", "EXISTS (SELECT 1 FROM poll v WHERE v.post = " o ".id)")            \
	SIFT_TRAIT("8", "EXISTS (SELECT 1 FROM media m WHERE m.post = " o ".id "            \
		"AND m.alt != '')")                                                         \
	SIFT_TRAIT("128", "EXISTS (SELECT 1 FROM post g INDEXED BY post_gone "              \
		"WHERE g.gone != 0 AND g.id = " o ".id)")                                   \
	SIFT_TRAIT("1024", "EXISTS (SELECT 1 FROM item si WHERE si.post = " o ".id "        \
		"AND (?33 IS NULL OR si.thread = ?33))")                                    \
	")) AND (?31 IS NULL OR (1 "                                                        \
	SIFT_TRAIT("16", p ".spoiler IS NOT NULL OR " p ".sensitive != 0")                  \
	SIFT_TRAIT("32", p ".reply_uri IS NOT NULL OR " p ".reply_id IS NOT NULL")          \
	SIFT_TRAIT("64", p ".quote_uri IS NOT NULL OR " p ".quote_url IS NOT NULL")         \
	SIFT_TRAIT("256", p ".visibility IS 'unlisted'")                                    \
	SIFT_TRAIT("512", p ".edited != 0")                                                 \
	")) AND (?27 IS NULL OR (" p ".lang IS NOT NULL AND " SIFT_LANG("?27", p) ")) "     \
	"AND (?28 IS NULL OR " p ".lang IS NULL OR NOT " SIFT_LANG("?28", p) ") "           \
	"AND (?35 IS NULL OR says(?34, " p ".id, " p ".text, " p ".spoiler, " p ".media, "  \
	p ".options, " p ".card)) "

/* ?1 and ?2 the least that begins so and the first that does not; ?3 and ?4 the same with a server
 */
SQL(SIFT_HANDLE,
	"SELECT id FROM author INDEXED BY author_folded WHERE folded >= ?1 AND folded < ?2 "
	"UNION ALL "
	"SELECT id FROM author INDEXED BY author_folded WHERE folded >= ?3 AND folded < ?4")
SQL(SIFT_NAME,
	"SELECT id FROM author INDEXED BY author_folded WHERE folded IS NOT NULL "
	"AND instr(substr(folded, instr(folded, char(10))), ?1)")
SQL(SIFT_HANDLES, "SELECT folded FROM author WHERE folded IS NOT NULL ORDER BY id")
SQL(SIFT_TAG_RANGE,
	"SELECT (SELECT min(post) FROM tag WHERE tag = ?1), "
	"(SELECT max(post) FROM tag WHERE tag = ?1)")
SQL(SIFT_AUTHOR_RANGE,
	"SELECT (SELECT min(id) FROM post INDEXED BY post_by WHERE author = ?1), "
	"(SELECT max(id) FROM post INDEXED BY post_by WHERE author = ?1)")
SQL(SIFT_GONE_RANGE,
	"SELECT (SELECT min(id) FROM post INDEXED BY post_gone WHERE gone != 0), "
	"(SELECT max(id) FROM post INDEXED BY post_gone WHERE gone != 0)")
SQL(SIFT_POLL_RANGE, "SELECT (SELECT min(post) FROM poll), (SELECT max(post) FROM poll)")
SQL(SIFT_THREAD, "SELECT id FROM thread WHERE slug = ?")
SQL(SIFT_THREAD_RANGE,
	"SELECT (SELECT min(post) FROM item WHERE thread = ?1 AND post IS NOT NULL), "
	"(SELECT max(post) FROM item WHERE thread = ?1)")
