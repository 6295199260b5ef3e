/* Whole screens, to the letter: beside this file. A screen that is meant to look otherwise from now
 * on is written anew with WRITE_SCREENS=1 and looked at. */
#include "in-picker.h"

#include <stdio.h>

#include "archive/store/threads.h"

struct said {
	int minute;
	enum network network;
	const char *name, *text;
};

static const struct said evening[] = {
	{ 1, NETWORK_MASTODON, "みかん🍊", "一次ソースを先に読む派です" },
	{ 4, NETWORK_X, "雲を見る人",
	  "「誰が困るか」から逆算して読む量を決める、が今日いちばんの持ち帰り" },
	{ 5, NETWORK_BLUESKY, "夜", "まとめサイトの見出しだけで判断しない、は耳が痛い" },
	{ 7, NETWORK_MISSKEY, "ねこ", "見出しは疑え、って紙に書いて貼ったよね？" },
	{ 9, NETWORK_MASTODON, "taro", "会場です" },
	{ 12, NETWORK_X, "雲を見る人",
	  "👨‍👩‍👧 で参加 🇯🇵 1️⃣ 番前の席 👍🏽" },
	{ 13, NETWORK_MASTODON, "אריאל", "שלום עולם, right to left" },
	{ 14, NETWORK_BLUESKY, "Zoë", "cafe\u0301 o\u0308\u0300\u0302\u0303 marks" },
	{ 21, NETWORK_X, "hana", "同じことを二か所に書く人の、ながい感想その一です" },
	{ 22, NETWORK_MASTODON, "hana", "同じことを二か所に書く人の、ながい感想その一です" },
	{ 30, NETWORK_MISSKEY, "ｶﾀｶﾅ", "ﾊﾝｶｸ Ｆｕｌｌ …○×" },
	{ 31, NETWORK_MISSKEY, "ねこ", "line one\nline two\thttps://slides.example/deck" },
	{ 47, NETWORK_MASTODON, "みかん🍊", "次の発表、もう始まった？" },
	{ 48, NETWORK_MASTODON, "taro", "始まりました" },
	{ 49, NETWORK_X, "雲を見る人", "「ビジネスに貢献する運用設計」スライドはこちら" },
	{ 52, NETWORK_BLUESKY, "夜", "数字は三つまで" },
};

static struct store *collected(void)
{
	static const struct media picture = {
		.kind = MEDIA_IMAGE,
		.url = "https://media.example/1",
		.alt = "ホワイトボード。左に一次ソース、右に記事、矢印は一方向"
	};
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct arena *arena = &page.arena;

	for (size_t i = 0; i < ARRAY_LEN(evening); i++) {
		const struct said *said = &evening[i];
		struct post *post = add_post(&page, (int)i + 1, said->text);

		post->network = post->author.network = said->network;
		post->author.name = said->name;
		post->author.uri = arena_printf(arena, "https://%s.example/%s",
						network_name(said->network), said->name);
		post->author.handle = arena_printf(arena, "@u%d@%s.example", (int)i % 7,
						   network_name(said->network));
		post->created = NOON + said->minute * INT64_C(60000) + (int64_t)i * 1000;
		post->counts =
			(struct counts){ .likes = (int64_t)i * 3, .reposts = 9, .replies = -1 };
		post->reply_uri = i % 6 == 1 ? "https://elsewhere.example/1" : NULL;
		post->media = &picture;
		post->media_count = i == 4 || i == 1;
		post->visibility = i == 12 ? VISIBILITY_UNLISTED : VISIBILITY_PUBLIC;
		add_tag(&page, post, "opsnight");
	}
	put_page(store, &page, NOON);
	page_release(&page);
	return store;
}

static void add_talk(struct store *store, int64_t thread, const char *title, const char *speaker,
		     int minute)
{
	const struct op op = { .kind = OP_INSERT,
			       .spot = { .kind = SPOT_END },
			       .words = { .kind = ITEM_HEADING,
					  .text = title,
					  .speaker = speaker,
					  .starts = NOON + minute * INT64_C(60000) } };
	struct op_report report;

	assert_done(store_do(store, thread, NULL, &op, 1, &report, why));
}

static struct picker *begun(struct store *store)
{
	static const char *const tags[] = { "opsnight" };
	struct thread thread = { .slug = "opsnight-42",
				 .title = "運用の夜 第42回",
				 .lang = "ja",
				 .zone = "Asia/Tokyo",
				 .tags = tags,
				 .tag_count = 1 };
	struct picker *picker;

	assert_done(thread_create(store, &thread, &thread.id, why));
	add_talk(store, thread.id, "信頼できる情報源の探し方", "はなだ", 0);
	add_talk(store, thread.id, "ビジネスに貢献する運用設計", "みやざき", 47);
	picker = picking(store, thread.id);
	screen(picker, 120, 40);
	pressed(picker, "  x  j " TAB "n会場から質問が三つ" ENTER "gjcb+" TAB "gjj");
	idle(picker);
	return picker;
}

static void compare(const char *name, const char *text)
{
	struct str path = STR_INIT, golden = STR_INIT;

	str_addf(&path, "%s/tests/unit/screens/%s", getenv("SOURCE"), name);
	if (getenv("WRITE_SCREENS"))
		assert_done(io_write_file(path.buf, text, strlen(text), why));
	assert_done(io_read_file(path.buf, 1 << 20, &golden, why));
	if (!str_same(golden.buf, text))
		fail_msg("%s is not:\n%s", name, text);
	str_release(&path);
	str_release(&golden);
}

static void screens_look_as_they_did(void **state)
{
	static const struct {
		const char *name, *keys;
		int columns, lines;
	} cases[] = {
		{ "lists-120x40", "", 120, 40 },
		{ "lists-80x24", "", 80, 24 },
		{ "lists-40x12", "", 40, 12 },
		{ "thread-80x24", TAB, 80, 24 },
		{ "thread-40x12", "j", 40, 12 },
		{ "note-120x40", "j", 120, 40 },
		{ "filter-80x24", TAB "f", 80, 24 },
		{ "filter-40x12", "", 40, 12 },
		{ "search-80x24", ESCAPE "/人", 80, 24 },
		{ "search-40x12", "", 40, 12 },
		{ "found-120x40", ENTER "fx", 120, 40 },
		{ "range-80x24", ESCAPE ESCAPE "gvjj", 80, 24 },
		{ "author-80x24", ESCAPE "ga", 80, 24 },
		{ "heading-80x24", ESCAPE "h次の話 / だれか", 80, 24 },
		{ "help-80x24", ESCAPE "?", 80, 24 },
		{ "help-40x12", "", 40, 12 },
		{ "preview-80x24", "qgj" ENTER, 80, 24 },
		{ "preview-40x12", "", 40, 12 },
		{ "small-39x12", "q", 39, 12 },
	};
	struct store *store = collected();
	struct picker *picker = begun(store);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		pressed(picker, cases[i].keys);
		idle(picker);
		compare(cases[i].name, screen(picker, cases[i].columns, cases[i].lines));
	}
	picker_free(picker);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = { IN_FOLDER(screens_look_as_they_did) };

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
