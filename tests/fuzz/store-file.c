/*
 * A store whose bytes are not what they were: opened, read and written, it may fail with a sentence
 * and no more than that. The input is either a whole file (it begins with 'F'), or changes to a
 * sound store: four bytes each, the place (in three) and the new byte, so that few bytes reach
 * deep.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/base/io.h"
#include "archive/store/ledger.h"
#include "archive/store/threads.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/archive-fuzz-store-XXXXXX";
static struct str sound = STR_INIT;

static void must(bool ok)
{
	if (!ok)
		abort();
}

static const char *path(const char *name)
{
	static char paths[4][64];
	static int next;
	char *out = paths[next++ % 4];

	snprintf(out, sizeof(paths[0]), "%s/%s", folder, name);
	return out;
}

static void clean(void)
{
	unlink(path("db"));
	unlink(path("db-wal"));
	unlink(path("db-shm"));
}

static void clean_all(void)
{
	clean();
	rmdir(folder);
	str_release(&sound);
}

static bool put(struct store *store, int number, struct err *err)
{
	static const char *const tags[] = { "ssmjp" };
	static const struct media media = { .kind = MEDIA_IMAGE, .alt = "図" };
	static const struct poll_option options[] = { { "はい", 1 }, { "いいえ", 2 } };
	static const struct poll poll = { .options = options, .option_count = 2 };
	struct put_report report = { 0 };
	struct page page = PAGE_INIT;
	struct post *post = page_add(&page);
	bool ok;

	post->uri = arena_printf(&page.arena, "https://social.example/users/hana/statuses/%d",
				 number);
	post->url = arena_printf(&page.arena, "https://social.example/notice/%d", number);
	post->network = NETWORK_MASTODON;
	post->created = 1498813200000 + number;
	post->text = "東京で運用の話";
	post->html = "<p>東京で<a href=\"https://slides.example/\">運用</a>の話</p>";
	post->tags = tags;
	post->tag_count = 1;
	post->author.uri = "https://social.example/users/hana";
	post->author.handle = "@hana@social.example";
	if (number % 3 == 0) {
		post->media = &media;
		post->media_count = 1;
		post->poll = &poll;
	}
	ok = store_put_page(store, &page, "mastodon:social.example", "ssmjp", 0, number, &report,
			    err);
	page_release(&page);
	return ok;
}

static void make_sound(void)
{
	static const char *const tags[] = { "ssmjp" };
	struct thread thread = { .slug = "a", .tags = tags, .tag_count = 1 };
	struct store *store;
	struct err err = { 0 };
	int64_t count;

	must(mkdtemp(folder) != NULL);
	atexit(clean_all);
	store = store_open(path("db"), STORE_WRITE, &err);
	must(store != NULL);
	for (int i = 0; i < 40; i++)
		must(put(store, i, &err));
	must(thread_create(store, &thread, &thread.id, &err));
	must(thread_choose_all(store, &thread, false, &count, &err));
	store_close(store);
	must(io_read_file(path("db"), 1 << 24, &sound, &err));
}

static void write_file(const uint8_t *data, size_t size)
{
	FILE *out;

	clean();
	out = fopen(path("db"), "wb");
	must(out != NULL);
	if (size > 0 && data[0] == 'F') {
		must(fwrite(data + 1, 1, size - 1, out) == size - 1);
	} else {
		must(fwrite(sound.buf, 1, sound.len, out) == sound.len);
		for (size_t i = 0; i + 4 <= size; i += 4) {
			size_t place = (size_t)(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);

			must(fseek(out, (long)(place % sound.len), SEEK_SET) == 0);
			must(fputc(data[i + 3], out) != EOF);
		}
	}
	must(fclose(out) == 0);
}

/* A text that came out is a text. */
static void look(const struct post *post)
{
	must(post->uri != NULL && strlen(post->short_id) <= 8);
	for (size_t i = 0; i < post->tag_count; i++)
		must(post->tags[i] != NULL);
	for (size_t i = 0; post->poll && i < post->poll->option_count; i++)
		must(post->poll->options[i].title != NULL);
}

static const struct search_query *looked(const char *typed)
{
	static struct search_query query;
	static struct arena arena;
	struct err err = { 0 };

	arena_clear(&arena);
	must(search_parse(&(struct search_reading){ &arena, 1, "UTC" }, typed, &query, &err));
	return &query;
}

static void list(struct store *store, const struct post_filter *filter)
{
	struct post_cursor *cursor = NULL;
	struct err err = { 0 };
	struct post post;
	int rc;

	if (!store_posts(store, filter, &cursor, &err)) {
		must(err.code != ERR_NONE && err.msg[0] != '\0');
		return;
	}
	while ((rc = post_cursor_next(cursor, &post, &err)) > 0)
		look(&post);
	must(rc == 0 || err.msg[0] != '\0');
	post_cursor_free(cursor);
}

static void walk_thread(struct store *store)
{
	struct thread_items *items = NULL;
	struct item_iter iter = { 0 };
	struct thread_summary summary;
	struct err err = { 0 };
	struct item item;

	if (!thread_items(store, 1, &(struct items_options){ .hidden = true }, &items, &iter, &err))
		return;
	while (iter.next(&iter, &item, &err) > 0)
		if (item.post)
			look(item.post);
	thread_items_free(items);
	if (!thread_summarize(store, 1, &(struct items_options){ .unlisted = true }, &summary,
			      &err))
		must(err.msg[0] != '\0');
}

static void read_all(struct store *store)
{
	static const char *const tags[] = { "ssmjp" };
	struct arena arena = ARENA_INIT;
	struct ledger_row *ledger;
	struct thread_row *threads;
	struct store_row *rows;
	struct err err = { 0 };
	size_t count;
	int64_t id;

	list(store, &(struct post_filter){ .gone = true, .unlisted = true });
	list(store, &(struct post_filter){ .query = looked("運用") });
	list(store, &(struct post_filter){ .tags = tags, .tag_count = 1, .oldest_first = true });
	list(store, &(struct post_filter){ .query = looked("from:\"hana\"") });
	walk_thread(store);
	if (!store_find_post(store, "https://social.example/notice/7", &id, &err) ||
	    !store_status_posts(store, &arena, &rows, &count, &err) ||
	    !store_status_ledger(store, &arena, &ledger, &count, &err) ||
	    !thread_list(store, &arena, &threads, &count, &err))
		must(err.msg[0] != '\0');
	arena_release(&arena);
}

static void use(enum store_mode mode)
{
	struct err err = { 0 };
	struct store *store = store_open(path("db"), mode, &err);

	if (!store) {
		must(err.code != ERR_NONE && err.msg[0] != '\0');
		return;
	}
	read_all(store);
	if (mode == STORE_WRITE && !(put(store, 7, &err) && put(store, 99, &err)))
		must(err.code != ERR_NONE && err.msg[0] != '\0');
	store_close(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (sound.len == 0)
		make_sound();
	write_file(data, size);
	use(STORE_READ);
	use(STORE_WRITE);
	return 0;
}
