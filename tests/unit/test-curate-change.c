#include "in-thread.h"

#include "../sheets.h"
#include "archive/base/mem.h"
#include "archive/curate/change.h"

#define POSTS 12

static struct arena arena;

static int begin(void **state)
{
	arena = (struct arena)ARENA_INIT;
	return fresh_folder(state);
}

static int end(void **state)
{
	arena_release(&arena);
	return remove_all(state);
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, begin, end)

static struct sheet thread_sheet(struct store *store, int64_t id)
{
	struct thread thread;
	struct item *items;
	struct post *dropped;
	size_t item_count, dropped_count;
	struct sheet sheet;

	assert_done(thread_load_id(store, id, &arena, &thread, why));
	assert_done(thread_outline(store, id, &arena, &items, &item_count, why));
	assert_done(thread_dropped(store, id, &arena, &dropped, &dropped_count, why));
	sheet_of(&arena, &thread, items, item_count, dropped, dropped_count, &sheet);
	return sheet;
}

/* Without head and remarks, posts named "p3": what a text says. */
static const char *written(const struct sheet *sheet)
{
	struct sheet bare = *sheet;
	struct str out = STR_INIT;
	const char *copy;

	bare.lines = arena_array(&arena, sheet->count, sizeof(*bare.lines));
	for (size_t i = 0; i < sheet->count; i++) {
		bare.lines[i] = sheet->lines[i];
		bare.lines[i].item.post = NULL;
		if (sheet->lines[i].name && strchr(sheet->lines[i].name, '/'))
			bare.lines[i].name = arena_printf(&arena, "p%s",
							  strrchr(sheet->lines[i].name, '/') + 1);
	}
	sheet_write(&out, &bare);
	copy = strstr(out.buf, "\n\n");
	copy = arena_strdup(&arena, copy ? copy + 1 : "");
	str_release(&out);
	return copy;
}

static const char *text_of(struct store *store, int64_t id)
{
	struct sheet sheet = thread_sheet(store, id);

	return written(&sheet);
}

#define HEAD "# archive thread 1\nslug: x\ntitle: 六月\ntag: ssmjp\nlang: ja\nzone: Asia/Tokyo\n"

static struct sheet read_text(struct store *store, const char *items_text)
{
	const char *text = arena_printf(&arena, HEAD "%s", items_text);
	struct sheet_mistake mistake = { 0 };
	struct sheet sheet = { 0 };

	if (!sheet_read(&arena, text, strlen(text), &sheets_usual, &sheet, &mistake))
		fail_msg("line %zu: %s\n%s", mistake.line, mistake.why.msg, text);
	for (size_t i = 0; i < sheet.count; i++)
		if (sheet.lines[i].name)
			sheet.lines[i].post =
				post_id(store, (int)strtoul(sheet.lines[i].name + 1, NULL, 10));
	return sheet;
}

/* The ops by name: "move! choose" where ! is by hand. */
static const char *names_of(const struct op *ops, size_t count)
{
	struct str out = STR_INIT;
	const char *copy;

	for (size_t i = 0; i < count; i++)
		str_addf(&out, "%s%s%s", i > 0 ? " " : "", op_kind_name(ops[i].kind),
			 ops[i].spot.by_hand ? "!" : "");
	copy = arena_strdup(&arena, out.buf);
	str_release(&out);
	return copy;
}

static const char *change(struct store *store, int64_t id, const struct sheet *now,
			  const struct sheet *wanted, bool by_hand)
{
	struct op_report report = { 0 };
	struct op *ops;
	size_t count;

	sheet_change(&arena, now, wanted, by_hand, &ops, &count);
	if (count > 0)
		assert_done(store_do(store, id, "load", ops, count, &report, why));
	assert_int_equal(report.changed, count);
	return names_of(ops, count);
}

static const char *load(struct store *store, int64_t id, const char *text, bool by_hand)
{
	struct sheet now = thread_sheet(store, id), wanted = read_text(store, text);

	sheet_match(&arena, &now, &wanted);
	return change(store, id, &now, &wanted, by_hand);
}

static struct store *opened_with(const char *text, int64_t *id)
{
	struct store *store = with_posts(POSTS);

	*id = created(store, "x").id;
	load(store, *id, text, false);
	assert_string_equal(text_of(store, *id), text);
	return store;
}

static const char start[] = "\npost p1\n"
			    "\n## a {#k1}\n"
			    "post p2\n"
			    "also p3\n"
			    "note one\n"
			    "post p4 {red}\n"
			    "alt 1 z\n"
			    "\n## b {#k2}\n"
			    "note one\n"
			    "link https://a.example/ l\n"
			    "post p5\n"
			    "post p6\n"
			    "\ndrop p7\n";

static const char *with(const char *text, const char *from, const char *to)
{
	const char *place = strstr(text, from);

	assert_non_null(place);
	return arena_printf(&arena, "%.*s%s%s", (int)(place - text), text, to,
			    place + strlen(from));
}

/* What stands in start is replaced in the editor: the ops are these, and the thread is as wanted,
 * or as said. */
static void check(const char *from, const char *to, const char *ops, const char *as)
{
	const char *text = with(start, from, to);
	struct store *store;
	int64_t id;

	store = opened_with(start, &id);
	assert_string_equal(load(store, id, text, true), ops);
	assert_string_equal(text_of(store, id), as ? with(start, from, as) : text);
	store_close(store);
	remove(in_folder("db"));
}

static void what_is_there_already_takes_no_op(void **state)
{
	(void)state;
	check("post p1", "post p1", "", NULL);
}

static void a_line_that_moved_is_one_move(void **state)
{
	(void)state;
	check("post p5\npost p6\n", "post p6\npost p5\n", "move!", "post p6 {fixed}\npost p5\n");
	check("link https://a.example/ l\npost p5\npost p6\n",
	      "post p5\npost p6\nlink https://a.example/ l\n", "move!",
	      "post p5\npost p6\nlink {fixed} https://a.example/ l\n");
}

static void a_post_moves_with_what_is_joined_to_it(void **state)
{
	(void)state;
	check("post p2\nalso p3\nnote one\npost p4 {red}\nalt 1 z\n",
	      "note one\npost p4 {red}\nalt 1 z\npost p2\nalso p3\n", "move!",
	      "note one\npost p4 {red}\nalt 1 z\npost p2 {fixed}\nalso p3\n");
}

static void what_is_taken_away_is_undecided(void **state)
{
	(void)state;
	check("post p4 {red}\nalt 1 z\n", "", "undecide", NULL);
	check("\ndrop p7\n", "", "undecide", NULL);
	check("link https://a.example/ l\n", "", "remove", NULL);
	check("also p3\n", "", "undecide", NULL);
	check("post p2\nalso p3\n", "post p3\n", "undecide", NULL);
}

static void what_is_dropped_is_no_item(void **state)
{
	(void)state;
	check("post p6\n\n", "\ndrop p6\n", "drop", NULL);
	check("post p6\n\ndrop p7\n", "post p7\npost p6\n", "choose!",
	      "post p7 {fixed}\npost p6\n");
}

static void words_that_changed_are_one_edit(void **state)
{
	(void)state;
	check("p3\nnote one", "p3\nnote two", "edit", NULL);
	check("## a {#k1}", "## c {#k1}", "edit", NULL);
	check("## a {#k1}", "## a {#c}", "edit", NULL);
	check("## a {#k1}\n",
	      "## a {#k1}\nspeaker: s\nlink: https://b.example/ t\nstarts: 2017-06-30T19:00\n",
	      "edit", NULL);
	check("alt 1 z", "alt 2 z", "edit", NULL);
	check("{red}", "{large}", "style", NULL);
	check("post p5\n", "post p5 {fixed}\n", "fix", NULL);
	check(" {#k1}", "", "", " {#k1}");
}

static void what_is_new_stands_where_it_was_written(void **state)
{
	(void)state;
	check("post p5\n", "post p5\nnote n\n\n## c {#kc}\npost p8\nalso p9 {blue}\npost p10\n",
	      "insert insert choose! choose choose!",
	      "post p5\nnote n\n\n## c {#kc}\npost p8 {fixed}\nalso p9 {blue}\npost p10 {fixed}\n");
	check("\npost p1\n", "\nnote n\npost p1\n", "insert", NULL);
}

static void posts_are_joined_and_parted(void **state)
{
	(void)state;
	check("also p3", "post p3", "join", NULL);
	check("also p3\n", "also p3\nalso p8\n", "choose", NULL);
	check("post p5\npost p6", "post p5\nalso p6", "join", NULL);
	check("post p2\nalso p3", "post p2\nalso p8\nalso p3", "join choose join", NULL);
}

static void an_undecided_one_goes_where_its_time_belongs(void **state)
{
	const char *undecided = with(start, "\ndrop p7\n",
				     "\n# undecided: x\npost p9\nalso p10\n\ndrop p7\n");
	struct store *store;
	int64_t id;

	(void)state;
	store = opened_with(with(start, "post p6\n", "post p11\n"), &id);
	load(store, id, with(undecided, "post p6\n", "post p11\n"), true);
	assert_string_equal(text_of(store, id),
			    with(start, "post p6\n", "post p9\nalso p10\npost p11\n"));
	store_close(store);
}

static void settings_are_changed(void **state)
{
	struct sheet now, wanted;
	struct store *store;
	int64_t id;

	(void)state;
	store = opened_with(start, &id);
	now = thread_sheet(store, id);
	wanted = now;
	wanted.thread.slug = "y";
	wanted.thread.lag = 60000;
	assert_string_equal(change(store, id, &now, &wanted, true), "settings");
	now = thread_sheet(store, id);
	assert_string_equal(now.thread.slug, "y");
	assert_int_equal(now.thread.lag, 60000);
	store_close(store);
}

/* ---- any thread to any other ---- */

static unsigned chance(unsigned below)
{
	static uint64_t seed = 7;

	seed = seed * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(seed >> 33) % below;
}

static void add_random(struct str *out, int number, int kind)
{
	static const char *const styles[] = { "", " {large red}", " {fixed}", " {small fixed}" };
	static int notes;
	bool below_post = str_ends(out->buf, "!\n");

	if (below_post)
		str_truncate(out, out->len - 2);
	if (below_post)
		str_add(out, "\n");
	if (kind == 0)
		str_addf(out, "\n## t%u {#k%d}\n%s", chance(3), number,
			 chance(2) ? "speaker: s\n" : "");
	else if (kind == 1)
		str_addf(out, "note n%d\n", notes++ % 4);
	else if (kind == 2)
		str_addf(out, "link https://a.example/%u l\n", chance(3));
	else
		str_addf(out, "%s p%d%s!\n", below_post && chance(3) == 0 ? "also" : "post", number,
			 styles[chance(4)]);
}

/* Some of all that there can be, in any order. */
static const char *any_thread(void)
{
	int order[2 * POSTS];
	struct str out = STR_INIT, dropped = STR_INIT;
	const char *copy;

	for (int i = 0; i < 2 * POSTS; i++)
		order[i] = i;
	for (int i = 2 * POSTS - 1; i > 0 && chance(4); i--) {
		int other = (int)chance((unsigned)i + 1), was = order[i];

		order[i] = order[other];
		order[other] = was;
	}
	for (int i = 0; i < 2 * POSTS; i++) {
		if (chance(4) == 0)
			continue;
		if (order[i] < POSTS && chance(8) == 0)
			str_addf(&dropped, "drop p%d\n", order[i] + 1);
		else if (order[i] < POSTS)
			add_random(&out, order[i] + 1, 3);
		else if (chance(2))
			add_random(&out, order[i], order[i] % 3);
	}
	if (str_ends(out.buf, "!\n")) {
		str_truncate(&out, out.len - 2);
		str_add(&out, "\n");
	}
	copy = arena_printf(&arena, "%s%s%s%s", out.len && out.buf[0] != '\n' ? "\n" : "", out.buf,
			    dropped.len ? "\n" : "", dropped.buf);
	str_release(&out);
	str_release(&dropped);
	return copy;
}

static const char *sorted(struct store *store, const char *text)
{
	struct sheet sheet = read_text(store, text);

	for (size_t i = 0; i < sheet.count; i++)
		for (size_t j = i + 1; j < sheet.count; j++)
			if (sheet.lines[i].dropped && sheet.lines[j].post < sheet.lines[i].post) {
				struct sheet_line was = sheet.lines[i];

				sheet.lines[i] = sheet.lines[j];
				sheet.lines[j] = was;
			}
	return written(&sheet);
}

static void any_thread_becomes_any_other(void **state)
{
	struct store *store = with_posts(POSTS);
	int64_t id = created(store, "x").id;

	(void)state;
	for (int round = 0; round < 300; round++) {
		const char *wanted = sorted(store, any_thread());
		const char *from = text_of(store, id);
		const char *ops = load(store, id, wanted, false);

		if (strcmp(text_of(store, id), wanted) != 0)
			fail_msg("from\n%sto\n%sgot\n%sby %s", from, wanted, text_of(store, id),
				 ops);
		assert_string_equal(load(store, id, wanted, true), "");
		if (round % 20 == 0)
			arena_clear(&arena);
	}
	store_close(store);
}

static void a_long_thread_is_turned_round(void **state)
{
	struct sheet now = { .thread = sheets_usual, .count = 10000 }, wanted = now;
	struct op *ops;
	size_t count;

	(void)state;
	now.lines = arena_array(&arena, now.count, sizeof(*now.lines));
	wanted.lines = arena_array(&arena, now.count, sizeof(*now.lines));
	for (size_t i = 0; i < now.count; i++) {
		now.lines[i].item.id = (int64_t)i + 1;
		now.lines[i].post = (int64_t)i + 1;
		wanted.lines[now.count - 1 - i] = now.lines[i];
		wanted.lines[now.count - 1 - i].item.id = 0;
	}
	sheet_match(&arena, &now, &wanted);
	sheet_change(&arena, &now, &wanted, true, &ops, &count);
	assert_int_equal(count, 9999);
}

/* ---- somebody else was at work, too ---- */

/* Both begin at start; what the other made is there when the text comes. */
static void check_merge(const char *from, const char *text, const char *other_from,
			const char *other, size_t both, const char *as)
{
	struct sheet base, now, wanted, merged;
	struct store *store;
	size_t conflicts = 99;
	int64_t id;

	store = opened_with(start, &id);
	base = thread_sheet(store, id);
	wanted = read_text(store, with(start, from, text));
	load(store, id, with(start, other_from, other), false);
	now = thread_sheet(store, id);
	sheet_match(&arena, &base, &wanted);
	sheet_merge(&arena, &base, &now, &wanted, &merged, &conflicts);
	change(store, id, &now, &merged, false);
	assert_string_equal(text_of(store, id), as);
	assert_int_equal(conflicts, both);
	store_close(store);
	remove(in_folder("db"));
}

static void what_the_text_left_alone_is_as_the_other_made_it(void **state)
{
	(void)state;
	/* chosen, taken away, moved, changed, dropped */
	check_merge("note one\npost p4", "note two\npost p4", "post p1\n", "post p1\npost p8\n", 0,
		    with(with(start, "note one\npost p4", "note two\npost p4"), "post p1\n",
			 "post p1\npost p8\n"));
	check_merge("post p5\n", "post p5 {red}\n", "post p1\n", "", 0,
		    with(with(start, "post p5\n", "post p5 {red}\n"), "\npost p1\n", ""));
	check_merge("post p5\n", "post p5 {red}\n", "post p5\npost p6\n", "post p6\npost p5\n", 0,
		    with(start, "post p5\npost p6\n", "post p6\npost p5 {red}\n"));
	check_merge("## a {#k1}", "## c {#k1}", "## a {#k1}\n", "## a {#k1}\nspeaker: s\n", 0,
		    with(start, "## a {#k1}\n", "## c {#k1}\nspeaker: s\n"));
	check_merge("post p5\n", "", "\ndrop p7\n", "\ndrop p7\ndrop p8\n", 0,
		    with(with(start, "post p5\n", ""), "\ndrop p7\n", "\ndrop p7\ndrop p8\n"));
	check_merge("also p3\n", "also p3\nalso p8\n", "also p3\n", "also p3\npost p9\n", 0,
		    with(start, "also p3\n", "also p3\nalso p8\npost p9\n"));
}

static void where_both_were_at_work_the_text_wins(void **state)
{
	(void)state;
	check_merge("## a {#k1}", "## c {#k1}", "## a {#k1}", "## d {#k1}", 1,
		    with(start, "## a {#k1}", "## c {#k1}"));
	check_merge("post p5\n", "post p5 {red}\n", "post p5\n", "", 1,
		    with(start, "post p5\n", "post p5 {red}\n"));
	check_merge("post p6\n\ndrop p7\n", "post p6\n\ndrop p7\ndrop p8\n", "post p1\n",
		    "post p1\npost p8\n", 1, with(start, "drop p7\n", "drop p7\ndrop p8\n"));
	check_merge("post p1\n", "post p1\npost p8\n", "post p5\n", "post p5\npost p8\n", 0,
		    with(start, "post p1\n", "post p1\npost p8\n"));
}

static void a_post_stands_there_once(void **state)
{
	struct store *store = with_posts(POSTS);
	struct sheet sheet = read_text(store, "post p1\ndrop p2\npost p3\npost p1\n");
	struct sheet_mistake mistake = { 0 };

	(void)state;
	assert_false(sheet_check_posts(&arena, &sheet, &mistake));
	assert_int_equal(mistake.line, 10);
	assert_non_null(strstr(mistake.why.msg, "on line 7 already"));
	sheet.count--;
	assert_true(sheet_check_posts(&arena, &sheet, &mistake));
	store_close(store);
}

static void what_the_store_lacks_is_left_out(void **state)
{
	struct store *store = with_posts(POSTS);
	struct sheet sheet = read_text(store, "post p1\nalso p2\nalso p3\ndrop p4\nnote a\n");

	(void)state;
	sheet.lines[0].post = 0;
	sheet.lines[3].post = 0;
	assert_int_equal(sheet_leave_missing(&sheet), 2);
	assert_string_equal(written(&sheet), "\npost p2\nalso p3\nnote a\n");
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ARENA(what_is_there_already_takes_no_op),
		IN_ARENA(a_line_that_moved_is_one_move),
		IN_ARENA(a_post_moves_with_what_is_joined_to_it),
		IN_ARENA(what_is_taken_away_is_undecided),
		IN_ARENA(what_is_dropped_is_no_item),
		IN_ARENA(words_that_changed_are_one_edit),
		IN_ARENA(what_is_new_stands_where_it_was_written),
		IN_ARENA(posts_are_joined_and_parted),
		IN_ARENA(an_undecided_one_goes_where_its_time_belongs),
		IN_ARENA(settings_are_changed),
		IN_ARENA(any_thread_becomes_any_other),
		IN_ARENA(a_long_thread_is_turned_round),
		IN_ARENA(what_the_text_left_alone_is_as_the_other_made_it),
		IN_ARENA(where_both_were_at_work_the_text_wins),
		IN_ARENA(a_post_stands_there_once),
		IN_ARENA(what_the_store_lacks_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
