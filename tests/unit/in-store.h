/*
 * For tests of the store: each has a store in a folder of its own, and posts that are quickly made.
 */
#ifndef ARCHIVE_TESTS_IN_STORE_H
#define ARCHIVE_TESTS_IN_STORE_H

#include "in-folder.h"

#include <sqlite3.h>

#include "archive/store/store.h"

#define SOURCE "mastodon:social.example"
#define NOON   INT64_C(1498813200000) /* 2017-06-30T09:00:00Z */

/* assert_done(step(…, why)): a step that fails says its sentence. */
static struct err why[1];
#define assert_done(step)                         \
	do {                                      \
		why[0] = (struct err){ 0 };       \
		if (!(step))                      \
			fail_msg("%s", why->msg); \
	} while (0)

static inline struct store *opened(const char *name, enum store_mode mode)
{
	struct store *store = NULL;

	assert_done((store = store_open(in_folder(name), mode, why)) != NULL);
	return store;
}

/* A public post of one of the authors "a0" to "a9", with its number in all its names. */
static inline struct post *add_post(struct page *page, int number, const char *text)
{
	struct post *post = page_add(page);
	struct arena *arena = &page->arena;

	post->network = NETWORK_MASTODON;
	post->host = "social.example";
	post->network_id = arena_printf(arena, "%d", number);
	post->uri = arena_printf(arena, "https://social.example/users/a%d/statuses/%d", number % 10,
				 number);
	post->url = arena_printf(arena, "https://social.example/@a%d/%d", number % 10, number);
	post->created = NOON + number * INT64_C(1000);
	post->text = text;
	post->html = arena_printf(arena, "<p>%s</p>", text);
	post->author.network = NETWORK_MASTODON;
	post->author.host = "social.example";
	post->author.uri = arena_printf(arena, "https://social.example/users/a%d", number % 10);
	post->author.handle = arena_printf(arena, "@a%d@social.example", number % 10);
	post->author.name = arena_printf(arena, "はな %d", number % 10);
	return post;
}

static inline void add_tag(struct page *page, struct post *post, const char *tag)
{
	const char **tags = arena_array(&page->arena, post->tag_count + 1, sizeof(*tags));

	for (size_t i = 0; i < post->tag_count; i++)
		tags[i] = post->tags[i];
	tags[post->tag_count++] = tag;
	post->tags = tags;
}

/* Puts the page and empties it. */
static inline struct put_report put_page(struct store *store, struct page *page, int64_t fetched)
{
	struct put_report report = { 0 };

	assert_done(store_put_page(store, page, SOURCE, "ssmjp", 0, fetched, &report, why));
	page_clear(page);
	return report;
}

/* One post alone. */
static inline struct put_report put_text(struct store *store, int number, const char *text,
					 int64_t fetched)
{
	struct page page = PAGE_INIT;
	struct put_report report;

	add_tag(&page, add_post(&page, number, text), "ssmjp");
	report = put_page(store, &page, fetched);
	page_release(&page);
	return report;
}

/* The first column of the first row, asked for by SQLite itself; -1 for NULL or no row. */
static inline int64_t ask(const char *name, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;
	int64_t value = -1;
	int rc;

	assert_int_equal(sqlite3_open(in_folder(name), &db), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
		if (value == -1 && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
			value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	if (rc != SQLITE_DONE)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
	return value;
}

static inline bool file_holds(const char *name, const char *text)
{
	struct str bytes = STR_INIT;
	bool found;

	assert_done(io_read_file(in_folder(name), 1 << 28, &bytes, why));
	found = memmem(bytes.buf, bytes.len, text, strlen(text)) != NULL;
	str_release(&bytes);
	return found;
}

/* What was typed as a search; valid for the next few of them. */
static inline const struct search_query *looked(const char *typed)
{
	static struct search_query queries[8];
	static struct arena arenas[8];
	static size_t next;
	struct search_query *query = &queries[next++ % 8];
	struct arena *arena = &arenas[query - queries];

	arena_clear(arena);
	assert_done(
		search_parse(&(struct search_reading){ arena, NOON, "UTC" }, typed, query, why));
	return query;
}

/* Posts that the filter finds: their numbers, in order, separated by blanks. Valid until the next
 * call. */
static inline const char *listed(struct store *store, const struct post_filter *filter)
{
	static char out[8192];
	struct post_cursor *cursor = NULL;
	struct err step_err = { 0 };
	struct post post;
	size_t len = 0;
	int rc;

	out[0] = '\0';
	assert_done(store_posts(store, filter, &cursor, why));
	while ((rc = post_cursor_next(cursor, &post, &step_err)) > 0)
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s", len ? " " : "",
					post.network_id);
	post_cursor_free(cursor);
	if (rc < 0)
		fail_msg("%s", step_err.msg);
	return out;
}

#endif
