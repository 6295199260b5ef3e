#include "in-picker.h"

#include "archive/store/threads.h"

/* Thirty posts, one a second; every thread has its own folder. */
static struct picker *fresh(struct store **store, int posts)
{
	*store = with_posts(posts);
	return picking(*store, created(*store, "evening").id);
}

static void done(struct picker *picker, struct store *store)
{
	picker_free(picker);
	store_close(store);
}

static void space_chooses_x_drops_and_both_step_on(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 9);

	(void)state;
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 1);
	pressed(picker, " x ");
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 4);
	assert_string_equal(items(store, picker->thread.id), "1 3");
	assert_shows(picker, "2 chosen  6 left  1 dropped");
	/* what is dropped is shown no more, what is chosen is marked */
	pressed(picker, "kk");
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 1);
	pressed(picker, "U");
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 3);
	assert_string_equal(items(store, picker->thread.id), "3");
	done(picker, store);
}

static void undo_goes_back_to_the_start_and_redo_to_the_end(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 9);
	struct str before = STR_INIT;

	(void)state;
	pressed(picker, " x " TAB "htitle / speaker" ENTER "nnote" ENTER "J+cr");
	idle(picker);
	str_add(&before, items(store, picker->thread.id));
	assert_string_equal(before.buf, "1 heading:title 3 note:note");
	for (int i = 0; i < 20; i++)
		pressed(picker, "u");
	assert_string_equal(items(store, picker->thread.id), "");
	assert_shows(picker, "0 chosen  9 left  0 dropped");
	assert_shows(picker, "nothing to undo");
	for (int i = 0; i < 20; i++)
		pressed(picker, "\x12");
	assert_string_equal(items(store, picker->thread.id), before.buf);
	str_release(&before);
	done(picker, store);
}

static void what_is_undone_is_told_on_one_line(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct picker *picker;

	(void)state;
	put_text(store, 1,
		 "月に一度の復元の日。サイコロを振って、出た目の系を、その系に詳しくない人が "
		 "手順書だけで戻す。詳しい人は黙って見ている",
		 NOON);
	picker = picking(store, created(store, "evening").id);
	pressed(picker, " u");
	assert_shows(picker, "undone: choose");
	assert_int_equal(layout_foot_lines(picker, 80), 1);
	pressed(picker, "\x12");
	assert_shows(picker, "done again: choose");
	assert_int_equal(layout_foot_lines(picker, 80), 1);
	done(picker, store);
}

static void a_search_filters_with_every_letter(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct picker *picker;

	(void)state;
	put_text(store, 1, "一次ソースを先に読む", NOON);
	put_text(store, 2, "見出しは疑え", NOON);
	put_text(store, 3, "運用の話 nginx", NOON);
	picker = picking(store, created(store, "evening").id);
	pressed(picker, "/見");
	assert_hides(picker, "一次ソース");
	assert_shows(picker, "見出しは疑え");
	pressed(picker, BACKSPACE "ngi");
	assert_shows(picker, "運用の話");
	assert_hides(picker, "見出し");
	/* left alone, all is as before */
	pressed(picker, ESCAPE);
	assert_shows(picker, "一次ソース");
	pressed(picker, "/運用" ENTER);
	assert_hides(picker, "一次ソース");
	assert_shows(picker, "/運用");
	pressed(picker, " ");
	assert_string_equal(items(store, picker->thread.id), "3");
	pressed(picker, ESCAPE);
	assert_shows(picker, "一次ソース");
	/* what cannot be looked for is said when it is taken, and changes nothing */
	pressed(picker, "/!!");
	assert_shows(picker, "一次ソース");
	pressed(picker, ENTER);
	assert_true(picker->warning);
	done(picker, store);
}

/* What stands on the screen in an ink. Valid until the next call. */
static const char *in_ink(struct picker *picker, enum ink ink)
{
	static struct str out = STR_INIT;
	struct frame frame = FRAME_INIT;

	str_clear(&out);
	picker_draw(picker, &frame, 80, 24);
	for (size_t i = 0; i < frame.count; i++)
		if (frame.pieces[i].ink == ink)
			str_addf(&out, "%s%s", out.len > 0 ? " " : "", frame.pieces[i].text);
	frame_release(&frame);
	return out.buf;
}

static void what_a_search_found_stands_out(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct picker *picker;

	(void)state;
	put_text(store, 1, "運用の話 NGINX", NOON);
	put_text(store, 2,
		 "見出しは疑え、と書いた紙をとても長いあいだ貼っておいたら、みなが "
		 "nginx を疑うように",
		 NOON);
	picker = picking(store, created(store, "evening").id);
	assert_string_equal(in_ink(picker, INK_MATCH), "");
	pressed(picker, "/ngi");
	/* the title, both rows although the second one is long, and the preview */
	assert_string_equal(in_ink(picker, INK_MATCH), "/ngi NGI ngi NGI");
	pressed(picker, ENTER);
	assert_string_equal(in_ink(picker, INK_MATCH), "/ngi NGI ngi NGI");
	pressed(picker, ESCAPE);
	assert_string_equal(in_ink(picker, INK_MATCH), "");
	done(picker, store);
}

static void links_that_the_text_does_not_show_are_listed(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct picker *picker;
	struct post *post;

	(void)state;
	post = add_post(&page, 1, "資料です https://seen.example/1");
	post->html = "<p><a href=\"https://slides.example/deck\">資料</a>です "
		     "<a href=\"https://seen.example/1\">https://seen.example/1</a></p>";
	add_tag(&page, post, "ssmjp");
	put_page(store, &page, NOON);
	page_release(&page);
	picker = picking(store, created(store, "evening").id);
	assert_shows(picker, "link: https://slides.example/deck");
	assert_hides(picker, "link: https://seen.example/1");
	done(picker, store);
}

static void a_search_takes_filters_as_archive_search_does(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 9);
	const struct list *list = &picker->lists[PANE_CANDIDATES];

	(void)state;
	pressed(picker, "/from:@a3");
	assert_int_equal(list->count, 1);
	assert_int_equal(list->rows[0].row.time, NOON + 3000);
	pressed(picker, ENTER "/-from:@a3 -from:@a4" ENTER);
	assert_int_equal(list->count, 7);
	/* what is chosen here; what is no filter's word is said */
	pressed(picker, ESCAPE "g /is:chosen" ENTER);
	assert_int_equal(list->count, 1);
	pressed(picker, "/has:medai" ENTER);
	assert_shows(picker, "has:medai: did you mean has:media?");
	done(picker, store);
}

static void escape_leaves_one_thing_at_a_time_and_never_the_program(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 9);

	(void)state;
	pressed(picker, "fm/話" ENTER "v");
	assert_true(picker->range != 0 && picker->filter.query && picker->filter.network >= 0);
	assert_int_equal(pressed(picker, ESCAPE).kind, WANT_NOTHING);
	assert_true(picker->range == 0 && picker->filter.query != NULL);
	assert_int_equal(pressed(picker, ESCAPE).kind, WANT_NOTHING);
	assert_true(picker->filter.query == NULL && picker->filter.network >= 0);
	assert_int_equal(pressed(picker, ESCAPE).kind, WANT_NOTHING);
	assert_int_equal(picker->filter.network, -1);
	assert_int_equal(pressed(picker, ESCAPE ESCAPE).kind, WANT_NOTHING);
	assert_int_equal(pressed(picker, "?q").kind, WANT_NOTHING);
	assert_int_equal(pressed(picker, ENTER "q").kind, WANT_NOTHING);
	assert_int_equal(pressed(picker, "q").kind, WANT_QUIT);
	done(picker, store);
}

static void filters_let_through_what_they_say(void **state)
{
	static const struct {
		const char *keys, *title;
		int first;
	} cases[] = {
		{ "fx", "X", 2 },	   { "fm", "Mastodon", 1 },  { "fq", "questions", 3 },
		{ "fp", "pictures", 4 },   { "fl", "5 likes", 5 },   { "fll", NULL, 0 },
		{ "flfl", "10 likes", 5 }, { "fu", "undecided", 1 }, { "fd", "dropped", 0 },
		{ "fk", "Misskey", 0 },	   { "fb", "Bluesky", 0 },
	};
	static const struct media picture = { .kind = MEDIA_IMAGE, .url = "https://x.example/1" };
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct picker *picker;
	struct post *post;

	(void)state;
	add_tag(&page, add_post(&page, 1, "一"), "ssmjp");
	post = add_post(&page, 2, "二");
	post->network = post->author.network = NETWORK_X;
	add_tag(&page, post, "ssmjp");
	add_tag(&page, add_post(&page, 3, "三ですか？"), "ssmjp");
	post = add_post(&page, 4, "四");
	post->media = &picture;
	post->media_count = 1;
	add_tag(&page, post, "ssmjp");
	post = add_post(&page, 5, "五");
	post->counts.likes = 12;
	add_tag(&page, post, "ssmjp");
	put_page(store, &page, NOON);
	page_release(&page);
	picker = picking(store, created(store, "evening").id);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		if (!cases[i].title)
			continue;
		pressed(picker, "g");
		pressed(picker, cases[i].keys);
		assert_shows(picker, cases[i].title);
		pressed(picker, "g");
		assert_int_equal(under_cursor(picker, PANE_CANDIDATES), cases[i].first);
		pressed(picker, "ff");
		assert_int_equal(under_cursor(picker, PANE_CANDIDATES) > 0, 1);
	}
	pressed(picker, "gjfa");
	assert_int_equal(picker->lists[PANE_CANDIDATES].count, 1);
	assert_shows(picker, "はな 2");
	done(picker, store);
}

static void all_by_an_author_are_told_and_done_at_once(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 35);

	(void)state;
	pressed(picker, "jja");
	assert_shows(picker, "4 by はな 3");
	pressed(picker, ESCAPE);
	assert_string_equal(items(store, picker->thread.id), "");
	pressed(picker, "a ");
	assert_string_equal(items(store, picker->thread.id), "3 13 23 33");
	assert_shows(picker, "4 chosen");
	pressed(picker, "u");
	assert_string_equal(items(store, picker->thread.id), "");
	pressed(picker, "ax");
	assert_shows(picker, "4 dropped");
	done(picker, store);
}

static void a_range_is_acted_on_whole(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 9);

	(void)state;
	pressed(picker, "jvjj");
	assert_shows(picker, "range of 3");
	pressed(picker, " ");
	assert_string_equal(items(store, picker->thread.id), "2 3 4");
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 5);
	assert_int_equal(picker->range, 0);
	/* backwards it is the same; the two last are moved together to the top */
	pressed(picker, TAB "GvkK");
	assert_string_equal(items(store, picker->thread.id), "3 4 2");
	pressed(picker, "J");
	assert_string_equal(items(store, picker->thread.id), "2 3 4");
	pressed(picker, "U");
	assert_string_equal(items(store, picker->thread.id), "2");
	pressed(picker, "u");
	assert_string_equal(items(store, picker->thread.id), "2 3 4");
	done(picker, store);
}

static void a_chosen_post_goes_behind_the_cursor_where_hands_were_at_work(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 9);

	(void)state;
	pressed(picker, "   " TAB "gJ" TAB);
	assert_string_equal(items(store, picker->thread.id), "2 1 3");
	/* the cursor of the thread stands on 1; the next are put behind it in order */
	pressed(picker, " ");
	assert_string_equal(items(store, picker->thread.id), "2 1 4 3");
	pressed(picker, "vj ");
	assert_string_equal(items(store, picker->thread.id), "2 1 4 5 6 3");
	pressed(picker, " ");
	assert_string_equal(items(store, picker->thread.id), "2 1 4 5 6 7 3");
	done(picker, store);
}

static void headings_notes_and_links_are_made_and_edited(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 3);
	int64_t thread = picker->thread.id;

	(void)state;
	pressed(picker, "  " TAB "gh信頼 / はな" ENTER);
	assert_string_equal(items(store, thread), "heading:信頼 1 2");
	assert_shows(picker, "## 信頼 / はな");
	pressed(picker, "h" BACKSPACE BACKSPACE "夜" ENTER);
	assert_shows(picker, "## 信頼 / 夜");
	pressed(picker, "lslides.example/1" ENTER);
	assert_shows(picker, "## 信頼 / 夜");
	pressed(picker, "jn会場から質問" ENTER);
	assert_string_equal(items(store, thread), "heading:信頼 1 note:会場から質問 2");
	pressed(picker, "n三つ" ENTER);
	assert_string_equal(items(store, thread), "heading:信頼 1 note:会場から質問三つ 2");
	pressed(picker, "lx.example/a words of it" ENTER);
	assert_string_equal(items(store, thread),
			    "heading:信頼 1 note:会場から質問三つ link:words of it 2");
	assert_shows(picker, "=> words of it");
	pressed(picker, "x");
	assert_string_equal(items(store, thread), "heading:信頼 1 note:会場から質問三つ 2");
	/* a whole address pasted behind what stands there is one address */
	pressed(picker, "lhttps://x.example/b" ENTER);
	assert_shows(picker, "=> https://x.example/b");
	pressed(picker, "x");
	/* nothing typed, nothing made; no address, the prompt stays */
	pressed(picker, "n" ENTER);
	pressed(picker, "l\x15nowhere" ENTER);
	assert_int_equal(picker->mode, MODE_PROMPT);
	pressed(picker, ESCAPE);
	assert_string_equal(items(store, thread), "heading:信頼 1 note:会場から質問三つ 2");
	done(picker, store);
}

static void what_was_typed_is_kept_when_the_terminal_vanishes(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 3);
	int64_t thread = picker->thread.id;

	(void)state;
	pressed(picker, " n途中");
	picker_end(picker);
	assert_string_equal(items(store, thread), "1 note:途中");
	/* not what is only looked for, nor an address that is none */
	pressed(picker, "/途");
	picker_end(picker);
	pressed(picker, ESCAPE "l");
	picker_end(picker);
	pressed(picker, ESCAPE);
	picker_end(picker);
	assert_string_equal(items(store, thread), "1 note:途中");
	pressed(picker, "u");
	assert_string_equal(items(store, thread), "1");
	done(picker, store);
}

static void the_editor_is_asked_for_and_gives_back_words(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 3);
	struct want want;

	(void)state;
	assert_int_equal(pressed(picker, "e").kind, WANT_NOTHING);
	want = pressed(picker, " " TAB "nfirst" ENTER "e");
	assert_int_equal(want.kind, WANT_EDIT_TEXT);
	assert_string_equal(want.text, "first");
	picker_edited(picker, "first\nsecond\n");
	assert_string_equal(items(store, picker->thread.id), "1 note:first\nsecond");
	picker_edited(picker, NULL);
	/* a note of several lines is no prompt's */
	want = pressed(picker, "n");
	assert_int_equal(want.kind, WANT_EDIT_TEXT);
	assert_string_equal(want.text, "first\nsecond");
	picker_edited(picker, "\n");
	assert_string_equal(items(store, picker->thread.id), "1 note:first\nsecond");
	assert_int_equal(pressed(picker, "E").kind, WANT_EDIT_THREAD);
	assert_int_equal(pressed(picker, "p").kind, WANT_PAGE);
	want = pressed(picker, "ko");
	assert_int_equal(want.kind, WANT_OPEN);
	assert_string_equal(want.text, "https://social.example/@a1/1");
	want = pressed(picker, "y");
	assert_int_equal(want.kind, WANT_COPY);
	assert_shows(picker, "https://social.example/@a1/1");
	done(picker, store);
}

static void items_are_moved_pushed_and_put_in_order(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 4);
	int64_t thread = picker->thread.id;

	(void)state;
	pressed(picker, "    " TAB "ghA" ENTER "jjjhB" ENTER);
	assert_string_equal(items(store, thread), "heading:A 1 2 heading:B 3 4");
	pressed(picker, "s");
	assert_int_equal(under_cursor(picker, PANE_THREAD), 0);
	pressed(picker, "jJ");
	assert_string_equal(items(store, thread), "heading:A 2 1 heading:B 3 4");
	pressed(picker, "]");
	assert_string_equal(items(store, thread), "heading:A 2 heading:B 1 3 4");
	pressed(picker, "]");
	assert_shows(picker, "no section behind this");
	pressed(picker, "[");
	assert_string_equal(items(store, thread), "heading:A 2 1 heading:B 3 4");
	pressed(picker, "S");
	assert_string_equal(items(store, thread), "heading:A 1 2 heading:B 3 4");
	pressed(picker, "gJ");
	assert_string_equal(items(store, thread), "1 heading:A 2 heading:B 3 4");
	pressed(picker, "K");
	assert_string_equal(items(store, thread), "heading:A 1 2 heading:B 3 4");
	done(picker, store);
}

static void others_work_is_seen_and_the_cursors_stay(void **state)
{
	struct store *store, *other;
	struct picker *picker = fresh(&store, 30);

	(void)state;
	pressed(picker, "jjjj ");
	pressed(picker, "jj");
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 8);
	other = opened("db", STORE_WRITE);
	did(other, OP_CHOOSE, picker->thread.id, 2);
	did(other, OP_DROP, picker->thread.id, 3);
	idle(picker);
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 8);
	assert_int_equal(under_cursor(picker, PANE_THREAD), 5);
	assert_shows(picker, "2 chosen  27 left  1 dropped");
	assert_int_equal(list_find(&picker->lists[PANE_CANDIDATES], post_id(store, 3)),
			 LIST_NOTHING);
	/* the item that a cursor stood on is taken away */
	did(other, OP_UNDECIDE, picker->thread.id, 5);
	idle(picker);
	assert_int_equal(under_cursor(picker, PANE_THREAD), 2);
	store_close(other);
	done(picker, store);
}

static void new_posts_are_announced_and_shown_when_asked_for(void **state)
{
	struct store *store, *other;
	struct picker *picker = fresh(&store, 9);

	(void)state;
	pressed(picker, "jjj");
	other = opened("db", STORE_WRITE);
	put_text(other, 20, "後から", NOON);
	put_text(other, 21, "後から", NOON);
	idle(picker);
	assert_shows(picker, "2 new posts, R shows them");
	assert_hides(picker, "後から");
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 4);
	pressed(picker, "R");
	assert_shows(picker, "後から");
	assert_hides(picker, "R shows");
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 4);
	store_close(other);
	done(picker, store);
}

static void cross_posts_are_one_row_and_one_step(void **state)
{
	static const char said[] = "一次ソースを先に読む派です。見出しだけで判断しない";
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct picker *picker;

	(void)state;
	for (int i = 1; i <= 4; i++) {
		struct post *post = add_post(&page, i, i == 4 ? "別の話をする人" : said);

		post->network = post->author.network = (enum network)(i - 1);
		post->author.name = i == 4 ? "夜" : "みかん";
		add_tag(&page, post, "ssmjp");
	}
	put_page(store, &page, NOON);
	page_release(&page);
	picker = picking(store, created(store, "evening").id);
	assert_shows(picker, "+2 cross-posts  M B");
	/* all their pages, among the candidates and in the thread */
	assert_shows(picker, "https://social.example/@a2/2");
	assert_shows(picker, "https://social.example/@a3/3");
	pressed(picker, " " TAB);
	assert_shows(picker, "https://social.example/@a3/3");
	pressed(picker, TAB "ug");
	pressed(picker, " ");
	assert_string_equal(items(store, picker->thread.id), "1");
	assert_int_equal(ask("db", "SELECT count(*) FROM item WHERE joined"), 2);
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 4);
	pressed(picker, "u");
	assert_int_equal(ask("db", "SELECT count(*) FROM item"), 0);
	pressed(picker, "gx");
	assert_shows(picker, "3 dropped");
	pressed(picker, "u");
	/* each by itself */
	pressed(picker, "gt");
	assert_hides(picker, "cross-posts");
	pressed(picker, "x");
	assert_shows(picker, "1 dropped");
	done(picker, store);
}

static void a_conversation_is_folded_and_unfolded(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct picker *picker;

	(void)state;
	for (int i = 1; i <= 6; i++) {
		struct post *post = add_post(&page, i, "話");

		if (i % 2 == 0)
			post->conversation = "talk";
		add_tag(&page, post, "ssmjp");
	}
	put_page(store, &page, NOON);
	page_release(&page);
	picker = picking(store, created(store, "evening").id);
	pressed(picker, "jjjt");
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 2);
	assert_shows(picker, "[+2] ");
	pressed(picker, "jj");
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 5);
	pressed(picker, "kkt");
	assert_hides(picker, "[+2] ");
	pressed(picker, "gt");
	assert_shows(picker, "nobody here answers");
	done(picker, store);
}

static void peaks_are_jumped_to(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct picker *picker;

	(void)state;
	for (int i = 1; i <= 2000; i++)
		if (i % 50 == 1 || (i > 600 && i < 640) || (i > 1500 && i < 1560))
			add_tag(&page, add_post(&page, i, "話"), "ssmjp");
	put_page(store, &page, NOON);
	page_release(&page);
	picker = picking(store, created(store, "evening").id);
	pressed(picker, ")");
	assert_in_range(under_cursor(picker, PANE_CANDIDATES), 595, 640);
	pressed(picker, ")");
	assert_in_range(under_cursor(picker, PANE_CANDIDATES), 1495, 1560);
	pressed(picker, ")");
	assert_shows(picker, "no peak behind");
	pressed(picker, "(");
	assert_in_range(under_cursor(picker, PANE_CANDIDATES), 595, 640);
	done(picker, store);
}

static void a_failing_step_is_a_sentence_and_nothing_is_lost(void **state)
{
	struct store *store, *reader;
	struct picker *picker;

	(void)state;
	store = with_posts(5);
	created(store, "evening");
	reader = opened("db", STORE_READ);
	picker = picking(reader, 1);
	pressed(picker, " ");
	assert_true(picker->warning && picker->message.len > 0);
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 1);
	assert_int_equal(pressed(picker, "j").kind, WANT_NOTHING);
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 2);
	picker_free(picker);
	store_close(reader);
	store_close(store);
}

static void the_mouse_puts_the_cursor(void **state)
{
	struct store *store;
	struct picker *picker = fresh(&store, 30);
	struct press press = { .kind = PRESS_CLICK, .line = 5, .column = 10 };

	(void)state;
	pressed(picker, "   ");
	screen(picker, 120, 40);
	picker_press(picker, &press);
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 3);
	press.column = 100;
	picker_press(picker, &press);
	assert_int_equal(picker->pane, PANE_THREAD);
	assert_int_equal(under_cursor(picker, PANE_THREAD), 3);
	press = (struct press){ .kind = PRESS_WHEEL_DOWN, .line = 9, .column = 10 };
	picker_press(picker, &press);
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 6);
	press.kind = PRESS_DOUBLE_CLICK;
	press.line = 3;
	picker_press(picker, &press);
	assert_int_equal(picker->mode, MODE_PREVIEW);
	assert_int_equal(under_cursor(picker, PANE_CANDIDATES), 1);
	done(picker, store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(space_chooses_x_drops_and_both_step_on),
		IN_FOLDER(undo_goes_back_to_the_start_and_redo_to_the_end),
		IN_FOLDER(what_is_undone_is_told_on_one_line),
		IN_FOLDER(a_search_filters_with_every_letter),
		IN_FOLDER(what_a_search_found_stands_out),
		IN_FOLDER(links_that_the_text_does_not_show_are_listed),
		IN_FOLDER(a_search_takes_filters_as_archive_search_does),
		IN_FOLDER(escape_leaves_one_thing_at_a_time_and_never_the_program),
		IN_FOLDER(filters_let_through_what_they_say),
		IN_FOLDER(all_by_an_author_are_told_and_done_at_once),
		IN_FOLDER(a_range_is_acted_on_whole),
		IN_FOLDER(a_chosen_post_goes_behind_the_cursor_where_hands_were_at_work),
		IN_FOLDER(headings_notes_and_links_are_made_and_edited),
		IN_FOLDER(what_was_typed_is_kept_when_the_terminal_vanishes),
		IN_FOLDER(the_editor_is_asked_for_and_gives_back_words),
		IN_FOLDER(items_are_moved_pushed_and_put_in_order),
		IN_FOLDER(others_work_is_seen_and_the_cursors_stay),
		IN_FOLDER(new_posts_are_announced_and_shown_when_asked_for),
		IN_FOLDER(cross_posts_are_one_row_and_one_step),
		IN_FOLDER(a_conversation_is_folded_and_unfolded),
		IN_FOLDER(peaks_are_jumped_to),
		IN_FOLDER(a_failing_step_is_a_sentence_and_nothing_is_lost),
		IN_FOLDER(the_mouse_puts_the_cursor),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
