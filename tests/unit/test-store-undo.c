#include "in-ops.h"

#include "archive/store/forget.h"

#define STEPS 120
#define POSTS 60

static struct thread settings_of(struct store *store, struct arena *arena, const char *slug)
{
	struct thread out = { 0 };

	assert_done(thread_load(store, slug, arena, &out, why));
	return out;
}

static void add_outline(struct store *store, int64_t thread, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct item *items = NULL;
	size_t count = 0;

	assert_done(thread_outline(store, thread, &arena, &items, &count, why));
	for (size_t i = 0; i < count; i++) {
		const struct item *item = &items[i];

		str_addf(out, "%lld %s %s %s %s %s %s %lld %d%d %d%d %s\n", (long long)item->id,
			 item_kind_name(item->kind), item->key ? item->key : "-",
			 item->text ? item->text : "-", item->url ? item->url : "-",
			 item->speaker ? item->speaker : "-", item->label ? item->label : "-",
			 (long long)item->starts, (int)item->style.emphasis,
			 (int)item->style.colour, item->fixed, item->joined,
			 item->post ? item->post->uri : "-");
	}
	arena_release(&arena);
}

static void add_dropped(struct store *store, int64_t thread, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct post *posts = NULL;
	size_t count = 0;

	assert_done(thread_dropped(store, thread, &arena, &posts, &count, why));
	for (size_t i = 0; i < count; i++)
		str_addf(out, "drop %s\n", posts[i].uri);
	arena_release(&arena);
}

/* All of a thread that an operation can change. */
static void add_state(struct store *store, int64_t id, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct thread thread = settings_of(store, &arena, NULL);

	str_addf(out, "%s %s %s %s %lld %lld %lld", thread.slug, thread.title, thread.lang,
		 thread.zone, (long long)thread.since, (long long)thread.until,
		 (long long)thread.lag);
	for (size_t i = 0; i < thread.tag_count; i++)
		str_addf(out, " #%s", thread.tags[i]);
	str_add(out, "\n");
	add_outline(store, id, out);
	add_dropped(store, id, out);
	arena_release(&arena);
}

/* ---- chance, by a seed ---- */

static uint64_t seed;

static unsigned chance(unsigned below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % below;
}

static int64_t some_item(struct store *store, int64_t thread)
{
	struct arena arena = ARENA_INIT;
	struct item *items = NULL;
	size_t count = 0;
	int64_t id = 999999;

	assert_done(thread_outline(store, thread, &arena, &items, &count, why));
	if (count > 0 && chance(20) > 0)
		id = items[chance((unsigned)count)].id;
	arena_release(&arena);
	return id;
}

static struct op some_op(struct store *store, int64_t thread, struct thread *settings)
{
	static const char *const texts[] = { NULL, "話", "二部", "続き\nの行" };
	static const char *const tags[] = { "ssmjp", "二つ目", "a\"b\\c" };
	struct op op = { .kind = (enum op_kind)chance(OP_COUNT),
			 .post = post_id(store, 1 + (int)chance(POSTS)),
			 .item = some_item(store, thread) };

	if (chance(3) == 0)
		op.kind = OP_CHOOSE;
	op.spot = (struct spot){ .kind = (enum spot_kind)chance(SPOT_NEXT + 1),
				 .item = some_item(store, thread),
				 .by_hand = chance(3) == 0 };
	op.words = (struct item){ .kind = (enum item_kind)(ITEM_HEADING + chance(3)),
				  .text = texts[chance(4)],
				  .url = chance(2) ? "https://slides.example/" : NULL,
				  .speaker = chance(2) ? "@hana" : NULL,
				  .label = chance(2) ? "スライド" : NULL,
				  .starts = chance(2) ? NOON + (int64_t)chance(60) * 1000 : 0,
				  .style = { (enum emphasis)chance(EMPHASIS_COUNT),
					     (enum colour)chance(COLOUR_COUNT) },
				  .fixed = chance(2) == 0,
				  .joined = chance(2) == 0 };
	if (op.kind == OP_SORT && chance(2))
		op.item = 0;
	*settings = (struct thread){ .slug = chance(2) ? "a" : "別の名",
				     .title = texts[chance(4)],
				     .lang = "ja",
				     .zone = chance(2) ? "UTC" : "Asia/Tokyo",
				     .since = chance(2) ? NOON : 0,
				     .lag = (int64_t)chance(3) * 1000,
				     .tags = tags,
				     .tag_count = 1 + chance(3) };
	op.settings = settings;
	return op;
}

/* Places once each; a group stands together under its first one, and has only posts. */
static void check_order(void)
{
	assert_int_equal(
		ask("db", "SELECT count(*) FROM item i WHERE i.joined != 0 AND (i.kind != 'post' "
			  "OR i.joined = i.id OR NOT EXISTS (SELECT 1 FROM item a WHERE "
			  "a.thread = i.thread AND a.position = (SELECT max(position) FROM item b "
			  "WHERE b.thread = i.thread AND b.position < i.position) "
			  "AND coalesce(nullif(a.joined, 0), a.id) = i.joined "
			  "AND a.kind = 'post'))"),
		0);
	assert_int_equal(ask("db", "SELECT count(*) FROM item i JOIN verdict v ON v.post = i.post "
				   "AND v.thread = i.thread"),
			 0);
}

static int64_t do_some(struct store *store, int64_t thread)
{
	struct op ops[4];
	struct thread settings[4];
	size_t count = 1 + chance(4);
	struct op_report report = { 0 };

	for (size_t i = 0; i < count; i++)
		ops[i] = some_op(store, thread, &settings[i]);
	assert_done(store_do(store, thread, "some", ops, count, &report, why));
	check_order();
	return report.step;
}

static void check_state(struct store *store, int64_t thread, const struct str *expected)
{
	struct str found = STR_INIT;

	add_state(store, thread, &found);
	assert_string_equal(found.buf, expected->buf);
	str_release(&found);
}

/* Crowded together, so that places run out again and again. */
static void crowd(void)
{
	ask("db", "UPDATE item SET position = position - 1000000000000000");
	ask("db", "UPDATE item SET position = r.n FROM (SELECT id, row_number() OVER (ORDER BY "
		  "position) AS n FROM item) r WHERE r.id = item.id");
}

static void undo_and_redo(uint64_t from, bool crowded)
{
	struct str states[STEPS + 1];
	struct store *store = with_posts(POSTS);
	struct thread thread = created(store, "a");
	int64_t count = 0, last = 0;

	seed = from;
	if (crowded) {
		assert_done(thread_choose_all(store, &thread, false, &count, why));
		crowd();
		last = 1;
	}
	for (size_t i = 0; i <= STEPS; i++)
		states[i] = (struct str)STR_INIT;
	add_state(store, thread.id, &states[0]);
	for (count = 0; count < STEPS;) {
		int64_t step = do_some(store, thread.id);

		if (step == 0) {
			check_state(store, thread.id, &states[count]);
			continue;
		}
		assert_int_equal(step, ++last);
		add_state(store, thread.id, &states[++count]);
	}
	for (int64_t i = count; i-- > 0;) {
		assert_int_equal(undo(store, thread.id), last - (count - 1 - i));
		check_state(store, thread.id, &states[i]);
		check_order();
	}
	store_close(store);
	store = opened("db", STORE_WRITE);
	for (int64_t i = 1; i <= count; i++) {
		assert_int_equal(redo(store, thread.id), last - count + i);
		check_state(store, thread.id, &states[i]);
	}
	assert_int_equal(redo(store, thread.id), 0);
	for (size_t i = 0; i <= STEPS; i++)
		str_release(&states[i]);
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

static void any_steps_are_undone_and_redone(void **state)
{
	(void)state;
	undo_and_redo(1, false);
}

static void so_are_those_that_made_room(void **state)
{
	(void)state;
	undo_and_redo(2, true);
}

/* ---- what the journal tells ---- */

static struct step *steps_of(struct store *store, int64_t thread, struct arena *arena,
			     size_t expected)
{
	struct step *steps = NULL;
	size_t count = 0;

	assert_done(thread_log(store, thread, 0, arena, &steps, &count, why));
	assert_int_equal(count, expected);
	return steps;
}

static void the_log_is_for_people(void **state)
{
	struct store *store = with_posts(3);
	struct thread thread = created(store, "a");
	struct arena arena = ARENA_INIT;
	struct spot end = { .kind = SPOT_END };
	struct step *steps, one;
	int64_t count;
	size_t n;

	(void)state;
	assert_done(thread_choose_all(store, &thread, false, &count, why));
	insert(store, thread.id, ITEM_HEADING, "二部", 0, end);
	did(store, OP_DROP, thread.id, 2);
	thread.title = "七月";
	done(store, thread.id, &(struct op){ .kind = OP_SETTINGS, .settings = &thread });
	undo(store, thread.id);
	undo(store, thread.id);
	steps = steps_of(store, thread.id, &arena, 4);
	assert_string_equal(steps[0].op, "settings");
	assert_true(steps[0].undone && steps[1].undone && !steps[2].undone);
	assert_string_equal(steps[1].op, "drop");
	assert_string_equal(steps[1].about, "はな 2: 話");
	assert_string_equal(steps[2].about, "二部");
	assert_int_equal(steps[2].number, 2);
	assert_string_equal(steps[3].op, "choose-all");
	assert_string_equal(steps[3].about, "はな 1: 話");
	assert_int_equal(steps[3].changes, 3);
	assert_done(thread_log(store, thread.id, 1, &arena, &steps, &n, why));
	assert_int_equal(n, 1);
	/* its words are still told when the heading is undone, and a new step takes the rest out */
	assert_done(thread_undo(store, thread.id, &arena, &one, why));
	assert_string_equal(one.about, "二部");
	assert_true(one.undone);
	did(store, OP_DROP, thread.id, 3);
	steps = steps_of(store, thread.id, &arena, 2);
	assert_int_equal(steps[0].number, 2);
	assert_int_equal(redo(store, thread.id), 0);
	assert_int_equal(undo(store, thread.id), 2);
	assert_int_equal(undo(store, thread.id), 1);
	assert_int_equal(undo(store, thread.id), 0);
	assert_string_equal(order(store, thread.id), "");
	arena_release(&arena);
	store_close(store);
}

/* ---- what was forgotten ---- */

static void forget(struct store *store, int number)
{
	struct forget_report report;
	struct arena arena = ARENA_INIT;
	struct forget_item item = { .uri = arena_printf(
					    &arena, "https://social.example/users/a%d/statuses/%d",
					    number % 10, number) };
	bool clean = false;

	assert_done(store_forget_begin(store, why));
	assert_done(store_forget_end(
		store, store_forget(store, &item, 1, NOON, &arena, &report, why), why));
	assert_done(store_scrub(store, &clean, why));
	arena_release(&arena);
}

static void make_history(struct store *store, int64_t thread)
{
	for (int i = 1; i <= 5; i++)
		did(store, OP_CHOOSE, thread, i);
	for (int i = 3; i <= 5; i++)
		join(store, thread, i, true);
	done(store, thread,
	     &(struct op){ .kind = OP_EDIT,
			   .item = item_of(store, thread, 2),
			   .words = { .text = "秘密の絵の説明" } });
	did(store, OP_DROP, thread, 6);
	did(store, OP_UNDECIDE, thread, 6);
	did(store, OP_DROP, thread, 6);
}

static void what_was_forgotten_never_comes_back(void **state)
{
	struct store *store = with_posts(7);
	struct thread thread = created(store, "a");
	struct arena arena = ARENA_INIT;
	struct step *steps;

	(void)state;
	make_history(store, thread.id);
	assert_string_equal(order(store, thread.id), "1 2 +3 +4 +5");
	forget(store, 2);
	forget(store, 6);
	assert_string_equal(order(store, thread.id), "1 3 +4 +5");
	steps = steps_of(store, thread.id, &arena, 12);
	assert_null(steps[0].about);
	assert_null(steps[10].about);
	assert_string_equal(steps[11].about, "はな 1: 話");
	for (int i = 0; i < 12; i++) {
		undo(store, thread.id);
		check_order();
	}
	assert_string_equal(order(store, thread.id), "");
	for (int i = 0; i < 12; i++) {
		redo(store, thread.id);
		check_order();
	}
	assert_string_equal(order(store, thread.id), "1 3 +4 +5");
	undo(store, thread.id);
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	assert_int_equal(ask("db", "SELECT (SELECT count(*) FROM verdict) + "
				   "(SELECT count(*) FROM edit_verdict)"),
			 0);
	assert_false(file_holds("db", "秘密の絵の説明"));
	arena_release(&arena);
}

static void words_on_a_post_go_when_its_author_opts_out(void **state)
{
	struct store *store = with_posts(3);
	struct thread thread = created(store, "a");
	struct page page = PAGE_INIT;
	struct arena arena = ARENA_INIT;
	struct op edit = { .kind = OP_EDIT, .words = { .text = "秘密の絵の説明" } };
	struct step *steps;

	(void)state;
	did(store, OP_CHOOSE, thread.id, 2);
	edit.item = item_of(store, thread.id, 2);
	done(store, thread.id, &edit);
	edit.words.text = "別の秘密";
	done(store, thread.id, &edit);
	add_post(&page, 2, "")->optout = true;
	put_page(store, &page, NOON + 1);
	page_release(&page);
	steps = steps_of(store, thread.id, &arena, 3);
	assert_null(steps[0].about);
	undo(store, thread.id);
	undo(store, thread.id);
	assert_string_equal(order(store, thread.id), "2");
	redo(store, thread.id);
	redo(store, thread.id);
	assert_string_equal(items(store, thread.id), "");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM item WHERE text IS NOT NULL"), 0);
	assert_int_equal(ask("db", "SELECT count(*) FROM edit WHERE text IS NOT NULL"), 0);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(any_steps_are_undone_and_redone),
		IN_FOLDER(so_are_those_that_made_room),
		IN_FOLDER(the_log_is_for_people),
		IN_FOLDER(what_was_forgotten_never_comes_back),
		IN_FOLDER(words_on_a_post_go_when_its_author_opts_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
