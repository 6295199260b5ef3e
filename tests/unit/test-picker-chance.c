/* What may never be, whatever is pressed: a crash, a frame that is not one, a thread that is not
 * what the keys said. */
#include "in-picker.h"

#include "archive/store/threads.h"

#define POSTS	60
#define PRESSES 500

static uint32_t seed;

static uint32_t chance(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static const char *const texts[] = {
	"一次ソースを先に読む派です？",
	"\U0001F468\u200D\U0001F469\u200D\U0001F467 family \U0001F1EF\U0001F1F5 1\uFE0F\u20E3",
	"שלום עולם اهلا",
	"e\u0301\u0300\u0302\u0303 o\u0308",
	"\u200B\u200E\u202Ehidden",
	"",
	"\U0001F44D\U0001F3FD \u2764\uFE0F \u2026 \u25CB \u00D7 ｱｲｳ Ａ",
	"line\nline\nline https://x.example/a",
};

static struct store *evening(void)
{
	static const struct media picture = { .kind = MEDIA_IMAGE,
					      .url = "https://x.example/1",
					      .alt = "ホワイトボード\nの写真" };
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;

	for (int i = 1; i <= POSTS; i++) {
		struct post *post = add_post(&page, i, texts[(size_t)i % ARRAY_LEN(texts)]);

		post->author.name = arena_printf(
			&page.arena, "%s %d", texts[(size_t)(i % 10) % ARRAY_LEN(texts)], i % 10);
		post->conversation = i % 5 == 0 ? "talk" : NULL;
		post->counts.likes = i % 13;
		post->media = &picture;
		post->media_count = i % 4 == 0;
		post->visibility = i % 9 == 0 ? VISIBILITY_UNLISTED : VISIBILITY_PUBLIC;
		post->spoiler = i % 11 == 0 ? "注意" : NULL;
		add_tag(&page, post, "ssmjp");
	}
	put_page(store, &page, NOON);
	page_release(&page);
	return store;
}

/* ---- frames ---- */

static void assert_frame(struct picker *picker, int columns, int lines)
{
	static char taken[130][260];
	struct frame frame = FRAME_INIT;

	memset(taken, 0, sizeof(taken));
	picker_draw(picker, &frame, columns, lines);
	for (size_t i = 0; i < frame.count; i++) {
		const struct piece *piece = &frame.pieces[i];

		assert_true(piece->line >= 0 && piece->line < lines);
		assert_true(piece->column >= 0 && piece->columns > 0);
		assert_true(piece->column + piece->columns <= columns);
		assert_int_equal(picker->wide_ambiguous ? utf8_columns_wide(piece->text)
							: utf8_columns(piece->text),
				 piece->columns);
		for (int at = piece->column; at < piece->column + piece->columns; at++) {
			assert_int_equal(taken[piece->line][at], 0);
			taken[piece->line][at] = 1;
		}
		/* from left to right, as a terminal is given them */
		for (size_t before = 0; before < i; before++)
			assert_true(frame.pieces[before].line != piece->line ||
				    frame.pieces[before].column < piece->column);
	}
	assert_true(frame.cursor_line < lines && frame.cursor_column < columns);
	frame_release(&frame);
}

static void draw_any(struct picker *picker)
{
	static const int sizes[][2] = { { 80, 24 },  { 120, 40 }, { 40, 12 },
					{ 100, 12 }, { 99, 60 },  { 250, 120 },
					{ 10, 3 },   { 1, 1 },	  { 41, 13 } };
	size_t at = chance(ARRAY_LEN(sizes));

	assert_frame(picker, sizes[at][0], sizes[at][1]);
}

/* ---- presses ---- */

static struct press any_press(void)
{
	static const char known[] = " xUuavh/fntJK[]Sc+-gGs()jjjkkkRFBDe";
	struct press press = { .line = (int)chance(45), .column = (int)chance(130) };

	switch (chance(6)) {
	case 0:
		press.kind = (enum press_kind)chance(PRESS_WHEEL_DOWN + 1);
		press.c = press.kind == PRESS_CHAR ? 1 + chance(26) : 0;
		break;
	case 1:
		press.c = 1 + chance(0x7F);
		break;
	case 2:
		press.c = chance(4) ? 0x3040 + chance(0x60) : chance(0x110000);
		break;
	default:
		press.c = (uint32_t)known[chance(sizeof(known) - 1)];
	}
	if (press.kind == PRESS_CHAR && press.c == 0)
		press.c = 1;
	return press;
}

static void press_any(struct picker *picker)
{
	const struct press press = any_press();
	struct want want = picker_press(picker, &press);

	assert_true(!want.text || strlen(want.text) < 10000);
	if (want.kind == WANT_EDIT_TEXT)
		picker_edited(picker, chance(2) ? "新しい\n言葉" : NULL);
	if (want.kind == WANT_EDIT_THREAD)
		picker_reload(picker);
	if (chance(20) == 0)
		picker_say(picker, "ある文\033[2J");
	if (chance(7) == 0)
		idle(picker);
}

static void assert_lists(struct picker *picker)
{
	for (int pane = 0; pane < PANE_COUNT; pane++) {
		struct list *list = &picker->lists[pane];

		assert_true(list->count == 0 || list->cursor < list->count);
		assert_true(list->count == 0 || !list->rows[list->cursor].hidden);
		for (size_t i = 1; i < list->count; i++)
			assert_true(list_key(list, i) > list_key(list, i - 1));
	}
}

/* The thread's window is the thread. */
static void assert_thread(struct picker *picker, struct store *store)
{
	const struct list *list = &picker->lists[PANE_THREAD];
	struct arena arena = ARENA_INIT;
	struct item *all = NULL;
	size_t count = 0;

	assert_done(thread_outline(store, picker->thread.id, &arena, &all, &count, why));
	if (count < LIST_READ) {
		assert_int_equal(list->count, count);
		for (size_t i = 0; i < count; i++)
			assert_int_equal(list_id(list, i), all[i].id);
	}
	arena_release(&arena);
}

static void whatever_is_pressed_stays_whole(void **state)
{
	(void)state;
	for (uint32_t run = 1; run <= 4; run++) {
		struct store *store = evening();
		const struct picker_options options = { .zone = "Asia/Tokyo",
							.wide_ambiguous = run % 2 == 0 };
		struct picker *picker;

		seed = run;
		assert_done((picker = picker_new(store, created(store, "evening").id, &options,
						 why)) != NULL);
		for (int i = 0; i < PRESSES; i++) {
			press_any(picker);
			if (i % 3 == 0)
				draw_any(picker);
			assert_lists(picker);
			if (i % 50 == 0)
				assert_thread(picker, store);
		}
		picker_free(picker);
		store_close(store);
		remove_all(NULL);
		fresh_folder(NULL);
	}
}

/* ---- a shadow of the thread ---- */

enum { UNDECIDED, CHOSEN, DROPPED };

struct shadow {
	int verdicts[POSTS + 1];
	int order[POSTS];
	int count;
};

static void shadow_take(struct shadow *shadow, int post)
{
	for (int i = 0; i < shadow->count; i++) {
		if (shadow->order[i] != post)
			continue;
		memmove(shadow->order + i, shadow->order + i + 1,
			(size_t)(shadow->count - i - 1) * sizeof(*shadow->order));
		shadow->count--;
		return;
	}
}

/* By time: nothing is moved by hand here. */
static void shadow_put(struct shadow *shadow, int post)
{
	int at = 0;

	while (at < shadow->count && shadow->order[at] < post)
		at++;
	memmove(shadow->order + at + 1, shadow->order + at,
		(size_t)(shadow->count - at) * sizeof(*shadow->order));
	shadow->order[at] = post;
	shadow->count++;
}

static bool shadow_decide(struct shadow *shadow, int post, int verdict)
{
	if (shadow->verdicts[post] == verdict)
		return false;
	if (shadow->verdicts[post] == CHOSEN)
		shadow_take(shadow, post);
	if (verdict == CHOSEN)
		shadow_put(shadow, post);
	shadow->verdicts[post] = verdict;
	return true;
}

static void assert_shadow(struct store *store, int64_t thread, const struct shadow *shadow)
{
	char expected[2048] = "", sql[200];
	size_t len = 0;
	int dropped = 0;

	for (int i = 0; i < shadow->count; i++)
		len += (size_t)snprintf(expected + len, sizeof(expected) - len, "%s%d",
					len ? " " : "", shadow->order[i]);
	assert_string_equal(items_with(store, thread,
				       &(struct items_options){ .hidden = true, .unlisted = true }),
			    expected);
	for (int i = 1; i <= POSTS; i++)
		dropped += shadow->verdicts[i] == DROPPED;
	snprintf(sql, sizeof(sql), "SELECT count(*) FROM verdict");
	assert_int_equal(ask("db", sql), dropped);
}

/* One of the keys that decide, at the place where the cursor is; the number of steps made. */
static int decide(struct picker *picker, struct shadow *shadow)
{
	static const struct {
		const char *key;
		int verdict;
	} keys[] = { { " ", CHOSEN }, { "x", DROPPED }, { "U", UNDECIDED } };
	size_t which = chance(ARRAY_LEN(keys));
	int from = under_cursor(picker, PANE_CANDIDATES), to, changed = 0;

	if (from == 0)
		return 0;
	if (chance(4) == 0)
		pressed(picker, chance(2) ? "vjj" : "vkkk");
	to = under_cursor(picker, PANE_CANDIDATES);
	/* what is dropped is not among the rows, unless only that is shown */
	for (int i = from < to ? from : to; i <= (from < to ? to : from); i++)
		if (list_find(&picker->lists[PANE_CANDIDATES], post_id(picker->store, i)) !=
		    LIST_NOTHING)
			changed += shadow_decide(shadow, i, keys[which].verdict);
	pressed(picker, keys[which].key);
	return changed > 0;
}

static void the_store_holds_what_the_keys_said_and_undo_goes_back(void **state)
{
	static const char *const ways[] = { "j",    "k",  "jjj", "kkk", "g",	"G",	 "\x04",
					    "\x15", "fd", "ff",	 "fu",	"\t\t", "v\033", "R" };
	struct str begun = STR_INIT;

	(void)state;
	for (uint32_t run = 1; run <= 2; run++) {
		struct store *store = with_posts(POSTS);
		struct picker *picker = picking(store, created(store, "evening").id);
		struct shadow shadow = { 0 };
		int steps = 0;

		seed = run * 77;
		for (int i = 0; i < 150; i++) {
			for (uint32_t moves = chance(4); moves > 0; moves--)
				pressed(picker, ways[chance(ARRAY_LEN(ways))]);
			steps += decide(picker, &shadow);
			if (i % 10 == 0)
				assert_shadow(store, picker->thread.id, &shadow);
		}
		assert_shadow(store, picker->thread.id, &shadow);
		str_clear(&begun);
		str_add(&begun, items(store, picker->thread.id));
		for (int i = 0; i < steps; i++)
			pressed(picker, "u");
		assert_shadow(store, picker->thread.id, &(struct shadow){ 0 });
		pressed(picker, "u");
		assert_string_equal(picker->message.buf, "there is nothing to undo");
		for (int i = 0; i < steps; i++)
			pressed(picker, "\x12");
		assert_shadow(store, picker->thread.id, &shadow);
		assert_string_equal(items(store, picker->thread.id), begun.buf);
		picker_free(picker);
		store_close(store);
		remove_all(NULL);
		fresh_folder(NULL);
	}
	str_release(&begun);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(whatever_is_pressed_stays_whole),
		IN_FOLDER(the_store_holds_what_the_keys_said_and_undo_goes_back),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
