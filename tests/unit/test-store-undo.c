#include "in-thread.h"

#include "archive/store/ops.h"

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
				  .starts = chance(2) ? NOON + chance(60) * 1000 : 0,
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
				     .lag = chance(3) * 1000,
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

static int64_t undo(struct store *store, int64_t thread)
{
	struct arena arena = ARENA_INIT;
	struct step step = { 0 };

	assert_done(thread_undo(store, thread, &arena, &step, why));
	arena_release(&arena);
	return step.number;
}

static int64_t redo(struct store *store, int64_t thread)
{
	struct arena arena = ARENA_INIT;
	struct step step = { 0 };

	assert_done(thread_redo(store, thread, &arena, &step, why));
	arena_release(&arena);
	return step.number;
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(any_steps_are_undone_and_redone),
		IN_FOLDER(so_are_those_that_made_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
