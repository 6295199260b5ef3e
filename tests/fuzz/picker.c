/*
 * The picker under any presses: what it draws stays on the screen and apart, and undo brings the
 * empty thread back. A byte is a press; 0xFF begins a longer one: kind, line, column, and a code
 * point in three bytes.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/picker/picker.h"
#include "archive/store/threads.h"
#include "archive/text/utf8.h"

#define POSTS	     24
#define MOST_PRESSES 120

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/archive-fuzz-picker-XXXXXX";
static struct store *store;
static int64_t thread;

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void clean_all(void)
{
	static const char *const names[] = { "db", "db-wal", "db-shm" };
	char path[64];

	store_close(store);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
}

static void add_post(struct page *page, int number)
{
	static const char *const tags[] = { "ssmjp" };
	static const char *const texts[] = { "見出しは疑え？", "שלום עולם",
					     "👨‍👩‍👧 🇯🇵 1️⃣", "" };
	struct post *post = page_add(page);
	struct arena *arena = &page->arena;

	post->network = post->author.network = (enum network)(number % NETWORK_COUNT);
	post->host = post->author.host = "social.example";
	post->uri = post->url = arena_printf(arena, "https://social.example/%d", number);
	post->created = INT64_C(1498813200000) + number * INT64_C(40000);
	post->text = post->html = texts[number % 4];
	post->author.uri = arena_printf(arena, "https://social.example/u%d", number % 8);
	post->author.handle = arena_printf(arena, "@u%d", number % 8);
	post->author.name = number % 8 < 4 ? "みかん" : "e\u0301\u202E";
	post->conversation = number % 5 == 0 ? "talk" : NULL;
	post->tags = tags;
	post->tag_count = 1;
}

static void open_once(void)
{
	static const char *const tags[] = { "ssmjp" };
	const struct thread made = {
		.slug = "s",
		.title = "六月",
		.lang = "ja",
		.zone = "Asia/Tokyo",
		.tags = tags,
		.tag_count = 1,
	};
	struct put_report report = { 0 };
	struct page page = PAGE_INIT;
	struct err err = { 0 };
	char path[64];

	if (store)
		return;
	must(setlocale(LC_CTYPE, "C.UTF-8") != NULL && mkdtemp(folder) != NULL);
	snprintf(path, sizeof(path), "%s/db", folder);
	must((store = store_open(path, STORE_WRITE, &err)) != NULL);
	for (int i = 1; i <= POSTS; i++)
		add_post(&page, i);
	must(store_put_page(store, &page, "x", "ssmjp", 0, 1, &report, &err));
	must(thread_create(store, &made, &thread, &err));
	page_release(&page);
	atexit(clean_all);
}

static size_t read_press(const uint8_t *data, size_t size, struct press *press)
{
	*press = (struct press){ .c = data[0] };
	if (data[0] == 0)
		press->c = 1;
	if (data[0] != 0xFF || size < 7)
		return 1;
	press->kind = (enum press_kind)(data[1] % (PRESS_WHEEL_DOWN + 1));
	press->line = data[2];
	press->column = data[3];
	press->c = (uint32_t)(data[4] << 16 | data[5] << 8 | data[6]) + 1;
	return 7;
}

static void draw(struct picker *picker, int columns, int lines)
{
	static char taken[64][140];
	struct frame frame = FRAME_INIT;

	memset(taken, 0, sizeof(taken));
	picker_draw(picker, &frame, columns, lines);
	for (size_t i = 0; i < frame.count; i++) {
		const struct piece *piece = &frame.pieces[i];

		must(piece->line >= 0 && piece->line < lines && piece->column >= 0);
		must(piece->columns > 0 && piece->column + piece->columns <= columns);
		must(utf8_columns(piece->text) == piece->columns);
		for (int at = piece->column; at < piece->column + piece->columns; at++)
			must(!taken[piece->line][at]++);
	}
	frame_release(&frame);
}

static void undo_all(void)
{
	struct arena arena = ARENA_INIT;
	struct item *items = NULL;
	struct post *dropped = NULL;
	struct step step = { .number = 1 };
	struct err err = { 0 };
	size_t count = 1, drops = 1;

	while (step.number > 0)
		must(thread_undo(store, thread, &arena, &step, &err));
	must(thread_outline(store, thread, &arena, &items, &count, &err) && count == 0);
	must(thread_dropped(store, thread, &arena, &dropped, &drops, &err) && drops == 0);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int sizes[][2] = {
		{ 80, 24 }, { 120, 40 }, { 40, 12 }, { 139, 63 }, { 5, 2 }
	};
	const struct picker_options options = { .zone = "Asia/Tokyo" };
	struct picker *picker;
	struct err err = { 0 };
	bool changed;

	open_once();
	must((picker = picker_new(store, thread, &options, &err)) != NULL);
	for (int i = 0; size > 0 && i < MOST_PRESSES; i++) {
		struct press press;
		size_t taken = read_press(data, size, &press);

		if (picker_press(picker, &press).kind == WANT_EDIT_TEXT)
			picker_edited(picker, i % 2 ? "words\nwords" : NULL);
		if (i % 5 == 0)
			picker_idle(picker, i * INT64_C(300), &changed);
		draw(picker, sizes[i % 5][0], sizes[i % 5][1]);
		data += taken;
		size -= taken;
	}
	picker_free(picker);
	undo_all();
	return 0;
}
