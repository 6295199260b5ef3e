#include "in-ops.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/store/db.h"

#define POSTS 80

/* Places once each; a group stands together under its first one. */
static void check_order(void)
{
	assert_int_equal(
		ask("db", "SELECT count(*) FROM item i WHERE i.joined != 0 AND NOT EXISTS "
			  "(SELECT 1 FROM item a WHERE a.thread = i.thread AND a.position = "
			  "(SELECT max(position) FROM item b WHERE b.thread = i.thread AND "
			  "b.position < i.position) AND iif(a.joined, a.joined, a.id) = i.joined "
			  "AND a.kind = 'post')"),
		0);
	assert_int_equal(ask("db", "SELECT count(*) FROM (SELECT 1 FROM item GROUP BY thread, "
				   "position HAVING count(*) > 1)"),
			 0);
	assert_int_equal(ask("db", "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	/* steps are numbered one by one, those in effect up to the thread's last */
	assert_int_equal(ask("db", "SELECT count(*) FROM thread h WHERE h.done > (SELECT "
				   "count(*) FROM step s WHERE s.thread = h.id) OR "
				   "(SELECT count(*) FROM step s WHERE s.thread = h.id) != "
				   "(SELECT coalesce(max(number), 0) FROM step s "
				   "WHERE s.thread = h.id)"),
			 0);
}

static void two_see_each_others_work(void **state)
{
	struct store *one = with_posts(6);
	struct store *other = opened("db", STORE_WRITE);
	struct thread thread = created(one, "a");
	int64_t second, third;

	(void)state;
	did(one, OP_CHOOSE, thread.id, 2);
	did(other, OP_CHOOSE, thread.id, 3);
	did(one, OP_CHOOSE, thread.id, 1);
	assert_false(did(other, OP_CHOOSE, thread.id, 1));
	assert_string_equal(order(other, thread.id), "1 2 3");
	second = item_of(one, thread.id, 2);
	third = item_of(other, thread.id, 3);
	did(other, OP_UNDECIDE, thread.id, 2);
	assert_false(move(one, thread.id, second, (struct spot){ .kind = SPOT_TOP }));
	assert_false(
		move(one, thread.id, third, (struct spot){ .kind = SPOT_AFTER, .item = second }));
	assert_true(move(one, thread.id, third, (struct spot){ .kind = SPOT_TOP }));
	assert_int_equal(undo(other, thread.id), 5); /* whoever did it */
	assert_int_equal(undo(one, thread.id), 4);
	assert_string_equal(order(one, thread.id), "1 2 3");
	did(one, OP_CHOOSE, thread.id, 4);
	assert_int_equal(redo(other, thread.id), 0);
	assert_string_equal(order(other, thread.id), "1 2 3 4");
	check_order();
	store_close(one);
	store_close(other);
}

/* ---- processes ---- */

static uint64_t seed;

static unsigned chance(unsigned below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % below;
}

static bool tried(struct store *store, int64_t thread, const struct op *op)
{
	struct op_report report;
	struct err err = { 0 };

	return store_do(store, thread, NULL, op, 1, &report, &err);
}

/* 100 steps of all kinds, some of them undone. */
static int chaos(int64_t thread, int which)
{
	struct err err = { 0 };
	struct store *store = store_open(in_folder("db"), STORE_WRITE, &err);
	struct arena arena = ARENA_INIT;
	struct step step;
	bool ok = store != NULL;

	seed = (uint64_t)which;
	for (int i = 0; ok && i < 100; i++) {
		struct op op = { .kind = (enum op_kind)chance(OP_STYLE),
				 .post = post_id(store, 1 + (int)chance(POSTS)),
				 .item = 1 + chance(POSTS),
				 .spot = { .kind = (enum spot_kind)chance(SPOT_NEXT + 1),
					   .item = 1 + chance(POSTS),
					   .by_hand = chance(2) == 0 },
				 .words = { .kind = ITEM_NOTE, .text = "x", .joined = true } };

		if (chance(4) == 0)
			op.kind = OP_JOIN;
		ok = chance(4) > 0 ? tried(store, thread, &op)
				   : thread_undo(store, thread, &arena, &step, &err);
	}
	store_close(store);
	arena_release(&arena);
	return ok ? 0 : 1;
}

/* Every second post, each moved by hand. */
static int choose_half(int64_t thread, int which)
{
	struct err err = { 0 };
	struct store *store = store_open(in_folder("db"), STORE_WRITE, &err);
	bool ok = store != NULL;

	for (int i = which; ok && i <= POSTS; i += 2)
		ok = tried(store, thread,
			   &(struct op){ .kind = OP_CHOOSE, .post = post_id(store, i) }) &&
		     tried(store, thread,
			   &(struct op){ .kind = OP_MOVE,
					 .item = item_of(store, thread, i),
					 .spot = { .kind = SPOT_TOP, .by_hand = true } });
	store_close(store);
	return ok ? 0 : 1;
}

static void both(int (*work)(int64_t thread, int which), int64_t thread)
{
	pid_t children[2];
	int status = 0;

	for (int i = 0; i < 2; i++) {
		children[i] = fork();
		if (children[i] == 0)
			_exit(work(thread, 1 + i));
	}
	for (int i = 0; i < 2; i++) {
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	check_order();
}

static void two_at_once_lose_nothing(void **state)
{
	struct store *store = with_posts(POSTS);
	struct thread thread = created(store, "a");

	(void)state;
	store_close(store);
	both(choose_half, thread.id);
	assert_int_equal(ask("db", "SELECT count(*) FROM item WHERE fixed = 1"), POSTS);
	assert_int_equal(ask("db", "SELECT done FROM thread"), 2 * POSTS);
}

static void two_at_once_leave_what_can_be_undone(void **state)
{
	struct store *store = with_posts(POSTS);
	struct thread thread = created(store, "a");

	(void)state;
	store_close(store);
	both(chaos, thread.id);
	store = opened("db", STORE_WRITE);
	while (undo(store, thread.id) > 0)
		;
	assert_string_equal(order(store, thread.id), "");
	while (redo(store, thread.id) > 0)
		;
	check_order();
	store_close(store);
}

/* Steps of three ops each; it says when one is done. */
static void work_until_killed(int64_t thread, int told)
{
	struct err err = { 0 };
	struct store *store = store_open(in_folder("db"), STORE_WRITE, &err);

	for (int i = 1; store && i + 2 <= POSTS * 100; i++) {
		const int64_t post = post_id(store, 1 + i % POSTS);
		const struct op ops[] = { { .kind = OP_CHOOSE, .post = post },
					  { .kind = OP_INSERT,
					    .words = { .kind = ITEM_NOTE, .text = "x" },
					    .spot = { .kind = SPOT_NEXT } },
					  { .kind = OP_UNDECIDE, .post = post } };
		struct op_report report;

		if (!store_do(store, thread, NULL, ops, 3, &report, &err) ||
		    write(told, "x", 1) != 1)
			break;
	}
	_exit(1);
}

static void a_kill_leaves_whole_steps(void **state)
{
	struct store *store = with_posts(POSTS);
	struct thread thread = created(store, "a");
	int64_t steps;
	int ends[2];
	pid_t child;
	char said[1];

	(void)state;
	store_close(store);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0)
		work_until_killed(thread.id, ends[1]);
	close(ends[1]);
	for (int i = 0; i < 40; i++)
		assert_int_equal(read(ends[0], said, 1), 1);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(ends[0]);
	store = opened("db", STORE_WRITE);
	steps = ask("db", "SELECT count(*) FROM step");
	assert_true(steps >= 40);
	assert_int_equal(ask("db", "SELECT count(*) FROM item"), steps);
	assert_int_equal(ask("db", "SELECT count(*) FROM edit"), 2 * steps);
	check_order();
	for (int64_t i = steps; i > 0; i--)
		assert_int_equal(undo(store, thread.id), i);
	assert_string_equal(order(store, thread.id), "");
	store_close(store);
}

static void a_locked_store_is_said_and_nothing_changes(void **state)
{
	struct store *store = with_posts(2);
	struct thread thread = created(store, "a");
	struct store *holder = opened("db", STORE_WRITE);
	const struct op op = { .kind = OP_CHOOSE, .post = post_id(store, 2) };
	struct arena arena = ARENA_INIT;
	struct op_report report = { 0 };
	struct err err = { 0 };
	struct step step = { 0 };

	(void)state;
	did(store, OP_CHOOSE, thread.id, 1);
	db_wait(store, false);
	assert_done(store_begin(holder, why));
	assert_false(store_do(store, thread.id, NULL, &op, 1, &report, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, "another program has kept it locked"));
	assert_int_equal(report.changed, 0);
	err = (struct err){ 0 };
	assert_false(thread_undo(store, thread.id, &arena, &step, &err));
	assert_int_equal(step.number, 0);
	assert_string_equal(order(store, thread.id), "1");
	store_rollback(holder);
	assert_int_equal(done(store, thread.id, &op).step, 2);
	assert_string_equal(order(holder, thread.id), "1 2");
	arena_release(&arena);
	store_close(holder);
	store_close(store);
}

/* Always into one gap of a long thread: now and then a few neighbours move, never all. */
static void a_gap_is_widened_by_its_neighbours_alone(void **state)
{
	struct store *store = with_posts(1000);
	struct thread thread = created(store, "a");
	int64_t middle, count;

	(void)state;
	assert_done(thread_choose_all(store, &thread, false, &count, why));
	middle = item_of(store, thread.id, 500);
	for (int i = 0; i < 300; i++)
		insert(store, thread.id, ITEM_NOTE, "x", 0,
		       (struct spot){ .kind = SPOT_AFTER, .item = middle });
	assert_in_range(ask("db", "SELECT max(n) FROM (SELECT count(*) AS n FROM edit WHERE step "
				  "> 1 GROUP BY step)"),
			2, 300);
	assert_in_range(ask("db", "SELECT count(*) FROM edit WHERE step > 1"), 301, 2500);
	while (undo(store, thread.id) > 2)
		;
	check_order();
	assert_int_equal(ask("db", "SELECT count(*) FROM item"), 1000);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(two_see_each_others_work),
		IN_FOLDER(two_at_once_lose_nothing),
		IN_FOLDER(two_at_once_leave_what_can_be_undone),
		IN_FOLDER(a_kill_leaves_whole_steps),
		IN_FOLDER(a_locked_store_is_said_and_nothing_changes),
		IN_FOLDER(a_gap_is_widened_by_its_neighbours_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
