/* Search: any text finds itself, and no query is a syntax error to FTS5. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/curate/search.h"
#include "archive/text/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static sqlite3 *db;
static sqlite3_stmt *insert, *search, *empty;

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void prepare(sqlite3_stmt **statement, const char *sql)
{
	demand(sqlite3_prepare_v2(db, sql, -1, statement, NULL) == SQLITE_OK);
}

static void open_once(void)
{
	if (db)
		return;
	demand(sqlite3_open(":memory:", &db) == SQLITE_OK);
	demand(sqlite3_exec(db,
			    "CREATE VIRTUAL TABLE s USING fts5(t, content='', tokenize=\"unicode61 "
			    "remove_diacritics 0 categories 'L* N* Co M* S*'\")",
			    NULL, NULL, NULL) == SQLITE_OK);
	prepare(&insert, "INSERT INTO s(rowid, t) VALUES (1, ?)");
	prepare(&search, "SELECT count(*) FROM s WHERE s MATCH ?");
	prepare(&empty, "INSERT INTO s(s) VALUES ('delete-all')");
}

static void run(sqlite3_stmt *statement, const struct str *text)
{
	if (text)
		sqlite3_bind_text(statement, 1, text->buf, (int)text->len, SQLITE_STATIC);
	demand(sqlite3_step(statement) == (statement == search ? SQLITE_ROW : SQLITE_DONE));
}

static int found(const struct str *match)
{
	int count;

	run(search, match);
	count = sqlite3_column_int(search, 0);
	sqlite3_reset(search);
	return count;
}

static void try_query(const char *typed)
{
	struct arena arena = ARENA_INIT;
	const struct search_reading reading = { &arena, 1, "UTC" };
	struct search_query query;
	struct str match = STR_INIT;
	struct err err = { 0 };

	if (!search_parse(&reading, typed, &query, &err))
		demand(err.code == ERR_USAGE);
	else if (query.match || query.without)
		str_add(&match, query.match ? query.match : query.without);
	if (match.len > 0)
		found(&match);
	str_release(&match);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const char *text = (const char *)bytes;
	char *typed = xstrndup(text, len);
	struct str words = STR_INIT, phrase = STR_INIT;

	open_once();
	words_prepare(&words, text, len);
	run(insert, &words);
	sqlite3_reset(insert);
	if (words_add_phrase(&phrase, text, len, false))
		demand(found(&phrase) == 1);
	else
		demand(words.len == 0);
	try_query(typed);
	run(empty, NULL);
	sqlite3_reset(empty);
	str_release(&words);
	str_release(&phrase);
	free(typed);
	return 0;
}
