#include "in-folder.h"

#include "../sheets.h"
#include "archive/base/mem.h"
#include "archive/text/link.h"

#define BEGIN "# archive thread 1\nslug: x\ntag: y\n"

static struct arena arena;

static int begin(void **state)
{
	(void)state;
	arena = (struct arena)ARENA_INIT;
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, begin, end)

static struct sheet read_n(const char *text, size_t len)
{
	struct sheet_mistake mistake = { 0 };
	struct sheet sheet = { 0 };

	if (!sheet_read(&arena, text, len, &sheets_usual, &sheet, &mistake))
		fail_msg("line %zu: %s\n%s", mistake.line, mistake.why.msg, text);
	return sheet;
}

static struct sheet read_text(const char *text)
{
	return read_n(text, strlen(text));
}

static const char *written(const struct sheet *sheet)
{
	struct str out = STR_INIT;
	const char *copy;

	sheet_write(&out, sheet);
	copy = arena_strdup(&arena, out.buf);
	str_release(&out);
	return copy;
}

/* The text is read and written as it is. */
static void check_same(const char *text)
{
	struct sheet sheet = read_text(text);

	assert_string_equal(written(&sheet), text);
}

/* The text is read and written otherwise. */
static void check(const char *text, const char *as)
{
	struct sheet sheet = read_text(text);

	assert_string_equal(written(&sheet), as);
}

static const char whole[] = "# archive thread 1\n"
			    "slug: ssmjp-2017-06\n"
			    "title: 2017年6月の #ssmjp\n"
			    "tag: ssmjp\n"
			    "tag: ops\n"
			    "lang: ja\n"
			    "zone: Asia/Tokyo\n"
			    "window: 2017-06-30T18:30 2017-06-30T22:00\n"
			    "lag: 2m\n"
			    "\n"
			    "post https://social.example/@hana/1\n"
			    "\n"
			    "## 信頼できる情報源の探し方 {#k3f}\n"
			    "speaker: @example\n"
			    "link: https://slides.example/deck スライド\n"
			    "starts: 2017-06-30T19:00\n"
			    "post https://social.example/@hana/1101\n"
			    "also at://did:plc:abc/app.bsky.feed.post/1 {fixed}\n"
			    "note 会場から質問が三つ\n"
			    "  続きの行は二つ下げる\n"
			    "post https://x.com/i/status/879999999999999999 {large red fixed}\n"
			    "alt 1 棒グラフ\n"
			    "alt 3 円グラフ\n"
			    "link https://blog.example/ 記録\n"
			    "note {small grey} 終わり\n"
			    "\n"
			    "## 感想 {#k4g fixed}\n"
			    "\n"
			    "drop https://misskey.example/notes/9abc\n";

static void a_whole_file_is_read_and_written_the_same(void **state)
{
	struct sheet sheet = read_text(whole);
	const struct item *heading = &sheet.lines[1].item, *post = &sheet.lines[5].item;

	(void)state;
	assert_string_equal(written(&sheet), whole);
	assert_int_equal(sheet.count, 10);
	assert_string_equal(sheet.thread.title, "2017年6月の #ssmjp");
	assert_int_equal(sheet.thread.tag_count, 2);
	assert_true(sheet.thread.since == 1498815000000 && sheet.thread.until == 1498827600000);
	assert_int_equal(sheet.thread.lag, 120000);
	assert_string_equal(heading->key, "k3f");
	assert_string_equal(heading->label, "スライド");
	assert_true(heading->starts == 1498816800000);
	assert_true(sheet.lines[3].item.joined && sheet.lines[3].item.fixed);
	assert_string_equal(sheet.lines[4].item.text, "会場から質問が三つ\n続きの行は二つ下げる");
	assert_string_equal(post->text, "棒グラフ\n\n円グラフ");
	assert_int_equal(post->style.emphasis, EMPHASIS_LARGE);
	assert_int_equal(post->style.colour, COLOUR_RED);
	assert_true(sheet.lines[9].dropped);
	assert_int_equal(sheet.lines[9].number, 29);
}

static void what_an_editor_does_to_a_file_changes_nothing(void **state)
{
	struct str crlf = STR_INIT;

	(void)state;
	str_add(&crlf, "\xEF\xBB\xBF");
	for (const char *p = whole; *p; p++)
		str_add(&crlf, *p == '\n' ? "\r\n" : (char[]){ *p, '\0' });
	check(crlf.buf, whole);
	str_truncate(&crlf, crlf.len - 2); /* no line end at the end */
	check(crlf.buf, whole);
	str_release(&crlf);
}

static void remarks_and_blank_lines_are_passed_over(void **state)
{
	(void)state;
	check("\n" BEGIN
	      "# one\n\n  \n#two\npost a #three\npost b\t# ＃four\ndrop c  #5\n### six\n",
	      "# archive thread 1\nslug: x\ntitle: #y\ntag: y\nlang: ja\nzone: Asia/Tokyo\n\n"
	      "post a\npost b\n\ndrop c\n");
}

#define HEAD "# archive thread 1\nslug: x\ntitle: #y\ntag: y\nlang: ja\nzone: Asia/Tokyo\n\n"

static void what_a_japanese_keyboard_gives_is_understood(void **state)
{
	(void)state;
	check("＃ archive thread 1\nslug：Ｘ\ntag：＃Ｙ\n＃＃　感想\nnote　一\n",
	      HEAD "## 感想\nnote 一\n");
}

static void a_tab_is_a_blank(void **state)
{
	(void)state;
	check(BEGIN "post\ta\t{red}\t# x\nnote\tb\n\tc\nlink\thttps://a.example/\td\te\n",
	      HEAD "post a {red}\nnote b\n  c\nlink https://a.example/ d\te\n");
}

static void texts_that_could_be_misread_are_kept(void **state)
{
	(void)state;
	check_same(HEAD
		   "## a \\{#x} {#k}\n\n## \\{#x}\n\n## \\ a\\nb \\ {#k2}\n\n##\n\n## {#k3}\n");
	check_same(HEAD "note \\{red} a\n  \\\n  {red}\n  \\  b \\\nnote \\\nnote a\\\\\n");
	check(BEGIN "note ¯\\_(ツ)_/¯\n", HEAD "note ¯\\\\_(ツ)_/¯\n");
	check(BEGIN "note a\\\n", HEAD "note a\n");
}

static void an_address_is_made_safe(void **state)
{
	(void)state;
	check(BEGIN "link https://a.example/資料 b\n",
	      HEAD "link https://a.example/%E8%B3%87%E6%96%99 b\n");
}

/* Twice in a night: the later one needs no offset. */
static void a_time_that_is_there_twice_is_kept(void **state)
{
	(void)state;
	check_same("# archive thread 1\nslug: x\ntitle: x\nlang: en\nzone: Europe/Paris\n"
		   "window: 2017-10-29T00:30Z 2017-10-29T02:30\n\n"
		   "## a {#a}\nstarts: 2017-10-29T02:30:05.250\n");
	check_same("# archive thread 1\nslug: x\ntitle: x\nlang: en\nzone: UTC\n"
		   "window: - 2017-10-29T02:30\n");
}

static void what_is_not_told_is_as_usual(void **state)
{
	struct sheet sheet = read_text("# archive thread 1\nslug: x\nwindow: 2017-06-30 -\n");

	(void)state;
	assert_string_equal(sheet.thread.title, "x");
	assert_string_equal(sheet.thread.lang, "ja");
	assert_string_equal(sheet.thread.zone, "Asia/Tokyo");
	assert_true(sheet.thread.since == 1498748400000 && sheet.thread.until == 0);
	assert_int_equal(sheet.count, 0);
}

static void undecided_ones_go_where_their_time_belongs(void **state)
{
	const struct post post = { .uri = "at://a/b/c",
				   .network = NETWORK_BLUESKY,
				   .created = 1498816980000,
				   .author = { .name = "はな\n\t子" },
				   .text = "一つ目の行\n二つ目" };
	struct str text = STR_INIT;
	struct sheet sheet;

	(void)state;
	str_add(&text, HEAD "post a\n");
	sheet_add_undecided(&text);
	sheet_add_candidate(&text, &post, "Asia/Tokyo");
	assert_true(str_ends(text.buf, "\n#post at://a/b/c  # 19:03 はな 子: 一つ目の行 二つ目\n"));
	check(text.buf, HEAD "post a\n");
	str_add(&text, "post b\n");
	sheet = read_text(text.buf);
	assert_int_equal(sheet.count, 2);
	assert_false(sheet.lines[0].by_time);
	assert_true(sheet.lines[1].by_time);
	str_release(&text);
}

/* ---- mistakes ---- */

static const struct {
	const char *text;
	size_t line;
	const char *says;
} mistakes[] = {
	{ "", 1, "begins with '# archive thread 1'" },
	{ "slug: x\n", 1, "the first line of a thread as text is '# archive thread 1'" },
	{ "\n# archive thread 2\n", 2, "form '2' of a thread" },
	{ "# archive thread 1\ntag: y\n\npost a\n", 4, "name is missing above this: slug:" },
	{ "# archive thread 1\nslug: x\npost a\n", 3, "a hashtag or a window is missing" },
	{ BEGIN "slug: z\n", 4, "slug: stands here a second time" },
	{ BEGIN "slog: z\n", 4, "no setting 'slog'" },
	{ "# archive thread 1\nslug: ！\n", 2, "'！' cannot name a thread" },
	{ BEGIN "tag: #!\n", 4, "'#!' is no hashtag" },
	{ BEGIN "lang: fr\n", 4, "ja or en, not in 'fr'" },
	{ BEGIN "zone: Asia/Tokio\n", 4, "no zone 'Asia/Tokio'" },
	{ BEGIN "window: 2017-06-30T18:30\n\npost a\n", 4, "a window has two times" },
	{ BEGIN "window: 19:00 20:00\n", 4, "'19:00' is no time with its date" },
	{ BEGIN "window: 2017-06-30T22:00 2017-06-30T20:00\n", 4, "is not before" },
	{ BEGIN "lag: 2\n", 4, "'2' is no length of time" },
	{ BEGIN "post a\ntitle: b\n", 5, "title: stands above the first section" },
	{ BEGIN "post a\nspeaker: b\n", 5, "speaker: stands right below a heading" },
	{ BEGIN "## a\nspeakr: b\n", 5, "a heading has no 'speakr'" },
	{ BEGIN "## a\nspeaker: b\nspeaker: c\n", 6, "speaker: stands here a second time" },
	{ BEGIN "## a\nstarts: 19:00\n", 5, "'19:00' is no time with its date" },
	{ BEGIN "## a\nlink: b c\n", 5, "'b' is no address" },
	{ BEGIN "##a\n", 4, "a heading is written '## " },
	{ BEGIN "## a {#K}\n", 4, "'{#K' is no key" },
	{ BEGIN "## a {#k}\n## b {#c}\n## d {#k}\n", 6, "#k is the key of a section above" },
	{ BEGIN "pst a\n", 4, "'pst a' is nothing that is known here" },
	{ BEGIN "\xFF\n", 4, "is nothing that is known here" },
	{ BEGIN " post a\n", 4, "blanks stand in front of 'post a'" },
	{ BEGIN "note a\n\n  b\n", 6, "blanks stand in front of 'b'" },
	{ BEGIN "post a\npost  # b\n", 5, "post wants the name of a post" },
	{ BEGIN "post a b\n", 4, "'b' stands behind a post" },
	{ BEGIN "post a {rot}\n", 4, "'{rot}' is no style" },
	{ BEGIN "post a {fixed fixed}\n", 4, "fixed stands here a second time" },
	{ BEGIN "post a {red\n", 4, "a brace is open" },
	{ BEGIN "drop a red\n", 4, "'red' stands behind a post" },
	{ BEGIN "## a\nalso b\n", 5, "also joins a post to the post above" },
	{ BEGIN "drop a\nalt 1 b\n", 5, "alt tells of a picture" },
	{ BEGIN "post a\nalt 0 b\n", 5, "alt wants the number of a picture" },
	{ BEGIN "post a\nalt 1 b\nalt 1 c\n", 6, "alt 1 stands here a second time" },
	{ BEGIN "note\n\npost a\n", 4, "a note wants words" },
	{ BEGIN "link\n", 4, "a link wants an address" },
	{ BEGIN "link javascript:a b\n", 4, "'javascript:a' is no address" },
	{ BEGIN "link {red} https://a.example/ b\n", 4, "'{red}' is no style" },
};

static void a_mistake_is_told_with_its_line_and_its_cure(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(mistakes); i++) {
		const char *text = mistakes[i].text;
		struct sheet_mistake mistake = { 0 };
		struct sheet sheet;

		if (sheet_read(&arena, text, strlen(text), &sheets_usual, &sheet, &mistake))
			fail_msg("was read: %s", text);
		if (mistake.line != mistakes[i].line || !strstr(mistake.why.msg, mistakes[i].says))
			fail_msg("%s: line %zu: %s", text, mistake.line, mistake.why.msg);
	}
}

static void a_mark_stands_above_its_line_and_comes_off_again(void **state)
{
	const struct sheet_mistake mistake = { .line = 2, .why = { .msg = "no" } };
	struct str marked = STR_INIT, plain = STR_INIT;

	(void)state;
	sheet_add_marked(&marked, "a\nb\nc\n", 6, &mistake);
	assert_string_equal(marked.buf, "a\n# ! line 2: no\nb\nc\n");
	sheet_add_unmarked(&plain, marked.buf, marked.len);
	assert_string_equal(plain.buf, "a\nb\nc\n");
	str_clear(&marked);
	sheet_add_marked(&marked, plain.buf, plain.len, &mistake);
	str_clear(&plain);
	sheet_add_marked(&plain, marked.buf, marked.len, &mistake);
	assert_string_equal(plain.buf, marked.buf);
	str_release(&marked);
	str_release(&plain);
}

static void too_much_is_refused(void **state)
{
	struct sheet_mistake mistake = { 0 };
	struct str text = STR_INIT;
	struct sheet sheet;

	(void)state;
	str_add(&text, BEGIN);
	for (int i = 0; i <= SHEET_MAX_LINES; i++)
		str_add(&text, "post a\n");
	assert_false(sheet_read(&arena, text.buf, text.len, &sheets_usual, &sheet, &mistake));
	assert_int_equal(mistake.line, 3 + SHEET_MAX_LINES + 1);
	while (text.len <= SHEET_MAX_BYTES)
		str_add(&text, "# archive thread 1 archive thread 1 archive thread 1\n");
	assert_false(sheet_read(&arena, text.buf, text.len, &sheets_usual, &sheet, &mistake));
	assert_int_equal(mistake.line, 1);
	str_release(&text);
}

/* ---- any thread ---- */

static unsigned chance(unsigned below)
{
	static uint64_t seed = 4;

	seed = seed * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(seed >> 33) % below;
}

static const char *const pieces[] = {
	" ",	"  ",	"\t",	  "\n",	   "\r\n",   "\\",   "\\n",
	"{",	"}",	"{#x}",	  " {#x}", "#",	     "＃",   "##",
	"note", "post", ":",	  "：",	   "　",     "\xFF", "\xE2\x80\xA8",
	"\x01", "い",	"🍺",	  "\\ ",   "  # ",   "alt",  "{red}",
	"a",	"{#x ", "\u202E", "  b",   "\uFEFF",
};

static const char *any_text(void)
{
	struct str text = STR_INIT;
	const char *copy;

	for (unsigned n = chance(7); n > 0; n--)
		str_add(&text, pieces[chance(ARRAY_LEN(pieces))]);
	copy = chance(6) == 0 ? NULL : arena_strdup(&arena, text.buf);
	str_release(&text);
	return copy;
}

static int64_t any_time(void)
{
	if (chance(3) == 0)
		return 0;
	return (int64_t)(chance(2) ? 1509235200000 : 1498816800000) +
	       (int64_t)chance(10000000) * (chance(2) ? 1000 : 1);
}

static void any_item(struct item *item, struct post *post, int number)
{
	static const char *const urls[] = { "https://a.example/b", "https://a.example/あ b", NULL };

	*item = (struct item){ .kind = (enum item_kind)chance(4), .id = number };
	item->text = any_text();
	item->fixed = chance(2);
	item->joined = chance(2);
	item->style.emphasis = (enum emphasis)chance(EMPHASIS_COUNT);
	item->style.colour = (enum colour)chance(COLOUR_COUNT);
	item->speaker = any_text();
	item->label = any_text();
	item->starts = any_time();
	item->url = urls[item->kind == ITEM_LINK ? chance(2) : chance(3)];
	if (item->kind == ITEM_HEADING && chance(5) > 0)
		item->key = arena_printf(&arena, "k%d", number);
	if (item->kind != ITEM_POST)
		return;
	item->post = post;
	post->id = number;
	post->network = (enum network)chance(NETWORK_COUNT);
	post->uri = chance(2) ? any_text() : arena_printf(&arena, "https://a.example/%d", number);
	post->url = chance(2) ? any_text() : arena_printf(&arena, "https://b.example/%d", number);
	post->text = any_text();
	post->author.name = any_text();
	post->created = any_time();
	memcpy(post->short_id, "abcd2345", 9);
}

static void whatever_a_thread_holds_is_read_back_the_same(void **state)
{
	static const char *const zones[] = { "Asia/Tokyo", "Europe/Paris", "UTC",
					     "Australia/Lord_Howe" };
	static const char *const tags[] = { "y" };

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct thread thread = { .slug = "x",
					 .title = any_text(),
					 .description = any_text(),
					 .curator = any_text(),
					 .zone = zones[chance(ARRAY_LEN(zones))],
					 .lang = chance(2) ? "ja" : "en",
					 .since = any_time(),
					 .lag = (int64_t)chance(10000000),
					 .tags = tags,
					 .tag_count = 1 };
		struct sheet sheet, again;
		struct item items[8];
		struct post posts[12] = { 0 };

		for (int i = 0; i < 8; i++)
			any_item(&items[i], &posts[i], i + 1);
		sheet_of(&arena, &thread, items, 8, posts + 8, chance(4), &sheet);
		if (!sheet.thread.title)
			sheet.thread.title = "#y";
		again = read_text(written(&sheet));
		if (!sheets_same(&sheet, &again))
			fail_msg("%s", written(&sheet));
		for (size_t i = 0; i < sheet.count; i++)
			again.lines[i].item.post = sheet.lines[i].item.post;
		assert_string_equal(written(&again), written(&sheet));
		arena_clear(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ARENA(a_whole_file_is_read_and_written_the_same),
		IN_ARENA(what_an_editor_does_to_a_file_changes_nothing),
		IN_ARENA(remarks_and_blank_lines_are_passed_over),
		IN_ARENA(what_a_japanese_keyboard_gives_is_understood),
		IN_ARENA(a_tab_is_a_blank),
		IN_ARENA(texts_that_could_be_misread_are_kept),
		IN_ARENA(an_address_is_made_safe),
		IN_ARENA(a_time_that_is_there_twice_is_kept),
		IN_ARENA(what_is_not_told_is_as_usual),
		IN_ARENA(undecided_ones_go_where_their_time_belongs),
		IN_ARENA(a_mistake_is_told_with_its_line_and_its_cure),
		IN_ARENA(a_mark_stands_above_its_line_and_comes_off_again),
		IN_ARENA(too_much_is_refused),
		IN_ARENA(whatever_a_thread_holds_is_read_back_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
