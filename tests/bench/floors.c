/*
 * The floors under an ingest: what the libraries alone cost for the same tape, each for itself, in
 * CPU microseconds a post.
 *
 *     floors TAPE DATABASE
 *
 * json     jansson's json_loadb() of every page
 * html     libxml2's SAX parser over every post's content, text copied out
 * sqlite   one row a post with a unique uri, its text as bigrams in a contentless FTS5, the page's
 *          bytes by zstd, a commit every thousand posts, as the house does with a tape, WAL: what
 *          the house does, less everything that makes it useful
 */
#include <dirent.h>
#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zstd.h>

#include "archive/base/io.h"
#include "archive/text/words.h"

#define COMMIT_POSTS 1000

struct floors {
	sqlite3 *db;
	sqlite3_stmt *post, *search, *answer;
	ZSTD_CCtx *zstd;
	struct str text, words, packed;
	double json, html, sqlite;
	int64_t posts, id;
	size_t pending; /* posts in the open transaction */
};

static double cpu_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void check(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "floors: %s\n", what);
	exit(EXIT_FAILURE);
}

static void take_text(void *context, const xmlChar *text, int len)
{
	struct str *out = context;

	str_add_n(out, (const char *)text, (size_t)len);
}

static void read_html(struct floors *f, const char *html)
{
	htmlSAXHandler sax = { .characters = take_text };
	double start = cpu_now();
	htmlParserCtxtPtr parser;

	str_clear(&f->text);
	parser = htmlCreatePushParserCtxt(&sax, &f->text, html, (int)strlen(html), NULL,
					  XML_CHAR_ENCODING_UTF8);
	check(parser, "libxml2");
	htmlParseChunk(parser, NULL, 0, 1);
	htmlFreeParserCtxt(parser);
	f->html += cpu_now() - start;
}

static void run(sqlite3 *db, const char *sql)
{
	check(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sqlite3_errmsg(db));
}

static void step(sqlite3 *db, sqlite3_stmt *statement)
{
	check(sqlite3_step(statement) == SQLITE_DONE, sqlite3_errmsg(db));
	sqlite3_reset(statement);
}

static void put_post(struct floors *f, const json_t *status)
{
	const char *uri = json_string_value(json_object_get(status, "uri"));
	const char *html = json_string_value(json_object_get(status, "content"));

	check(uri && html, "a status without uri or content");
	read_html(f, html);
	double start = cpu_now();

	str_clear(&f->words);
	words_prepare(&f->words, f->text.buf, f->text.len);
	f->id++;
	sqlite3_bind_int64(f->post, 1, f->id);
	sqlite3_bind_text(f->post, 2, uri, -1, SQLITE_STATIC);
	sqlite3_bind_text(f->post, 3, html, -1, SQLITE_STATIC);
	sqlite3_bind_text(f->post, 4, f->text.buf, (int)f->text.len, SQLITE_STATIC);
	step(f->db, f->post);
	sqlite3_bind_int64(f->search, 1, f->id);
	sqlite3_bind_text(f->search, 2, f->words.buf, (int)f->words.len, SQLITE_STATIC);
	step(f->db, f->search);
	f->sqlite += cpu_now() - start;
	f->posts++;
}

static void put_answer(struct floors *f, const char *bytes, size_t len)
{
	size_t packed;

	str_clear(&f->packed);
	str_reserve(&f->packed, ZSTD_compressBound(len));
	packed = ZSTD_compressCCtx(f->zstd, f->packed.buf, ZSTD_compressBound(len), bytes, len, 3);
	check(!ZSTD_isError(packed), "zstd");
	sqlite3_bind_blob(f->answer, 1, f->packed.buf, (int)packed, SQLITE_STATIC);
	step(f->db, f->answer);
}

static void commit(struct floors *f)
{
	run(f->db, "COMMIT");
	f->pending = 0;
}

static void take_page(struct floors *f, const char *bytes, size_t len)
{
	double start = cpu_now();
	json_error_t error;
	json_t *page = json_loadb(bytes, len, 0, &error);

	check(page, "json");
	f->json += cpu_now() - start;
	start = cpu_now();
	if (f->pending == 0)
		run(f->db, "BEGIN");
	put_answer(f, bytes, len);
	f->sqlite += cpu_now() - start;
	for (size_t i = json_array_size(page); i-- > 0;)
		put_post(f, json_array_get(page, i));
	start = cpu_now();
	f->pending += json_array_size(page);
	if (f->pending >= COMMIT_POSTS || json_array_size(page) == 0)
		commit(f);
	f->sqlite += cpu_now() - start;
	start = cpu_now();
	json_decref(page);
	f->json += cpu_now() - start;
}

static void open_database(struct floors *f, const char *path)
{
	check(sqlite3_open(path, &f->db) == SQLITE_OK, "sqlite3_open");
	run(f->db,
	    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
	    "CREATE TABLE post (id INTEGER PRIMARY KEY, uri TEXT UNIQUE, html TEXT, text TEXT);"
	    "CREATE TABLE answer (bytes BLOB);"
	    "CREATE VIRTUAL TABLE search USING fts5(words, content = '', tokenize = "
	    "\"unicode61 remove_diacritics 0 categories 'L* N* Co M* S*'\");");
	check(sqlite3_prepare_v2(f->db, "INSERT INTO post VALUES (?, ?, ?, ?)", -1, &f->post,
				 NULL) == SQLITE_OK &&
		      sqlite3_prepare_v2(f->db, "INSERT INTO search (rowid, words) VALUES (?, ?)",
					 -1, &f->search, NULL) == SQLITE_OK &&
		      sqlite3_prepare_v2(f->db, "INSERT INTO answer VALUES (?)", -1, &f->answer,
					 NULL) == SQLITE_OK,
	      "prepare");
}

static int is_answer(const struct dirent *entry)
{
	return str_ends(entry->d_name, ".http");
}

int main(int argc, char **argv)
{
	struct floors f = {
		.text = STR_INIT, .words = STR_INIT, .packed = STR_INIT, .zstd = ZSTD_createCCtx()
	};
	struct str path = STR_INIT;
	struct str file = STR_INIT;
	struct dirent **names = NULL;
	struct err err = { 0 };
	int count;

	check(argc == 3, "floors TAPE DATABASE");
	open_database(&f, argv[2]);
	count = scandir(argv[1], &names, is_answer, alphasort);
	check(count > 0, "no tape there");
	for (int i = 0; i < count; i++) {
		const char *body;

		str_clear(&path);
		str_clear(&file);
		str_addf(&path, "%s/%s", argv[1], names[i]->d_name);
		check(io_read_file(path.buf, (size_t)64 << 20, &file, &err), err.msg);
		body = strstr(file.buf, "\r\n\r\n");
		check(body, "an answer without a body");
		take_page(&f, body + 4, file.len - (size_t)(body + 4 - file.buf));
		free(names[i]);
	}
	free(names);
	sqlite3_finalize(f.post);
	sqlite3_finalize(f.search);
	sqlite3_finalize(f.answer);
	sqlite3_close(f.db);
	ZSTD_freeCCtx(f.zstd);
	str_release(&f.text);
	str_release(&f.words);
	str_release(&f.packed);
	str_release(&path);
	str_release(&file);
	printf("%lld %.2f %.2f %.2f\n", (long long)f.posts, f.json / (double)f.posts,
	       f.html / (double)f.posts, f.sqlite / (double)f.posts);
	return EXIT_SUCCESS;
}
