#include "in-thread.h"

#include "archive/store/facts.h"

static const char *said(const int64_t *numbers, size_t count)
{
	static char out[256];
	size_t len = 0;

	out[0] = '\0';
	for (size_t i = 0; i < count; i++)
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%lld", i ? " " : "",
					(long long)numbers[i]);
	return out;
}

/* Posts 1 to count of a thread, one a second from NOON on. */
static struct store *with_chosen(int posts, struct thread *thread)
{
	struct store *store = with_posts(posts);
	int64_t count;

	*thread = created(store, "a");
	assert_done(thread_choose_all(store, thread, false, &count, why));
	return store;
}

static const char *activity(struct store *store, int64_t thread, bool unlisted, int64_t start,
			    size_t count)
{
	const struct items_options shown = { .unlisted = unlisted };
	struct thread_summary summary;
	int64_t posts[8];

	assert_done(thread_summarize(store, thread, &shown, &summary, why));
	assert_done(
		thread_activity(store, thread, &summary, unlisted, start, 2000, posts, count, why));
	return said(posts, count);
}

static void posts_are_counted_in_stretches_of_time(void **state)
{
	struct thread thread;
	struct store *store = with_chosen(6, &thread);

	(void)state;
	assert_string_equal(activity(store, thread.id, false, NOON, 4), "1 2 2 1");
	assert_string_equal(activity(store, thread.id, false, NOON + 3000, 1), "2");
	assert_string_equal(activity(store, thread.id, false, NOON - 9000, 2), "0 0");
	ask("db", "UPDATE post SET gone = 1 WHERE network_id = '2'");
	ask("db", "UPDATE post SET visibility = 'unlisted' WHERE network_id = '4'");
	assert_string_equal(activity(store, thread.id, false, NOON, 4), "1 1 1 1");
	assert_string_equal(activity(store, thread.id, true, NOON, 4), "1 1 2 1");
	store_close(store);
}

static void talks_are_told_by_the_timetable_each_time_once(void **state)
{
	struct thread thread;
	struct store *store = with_chosen(1, &thread);
	struct op ops[5] = { 0 };
	struct op_report report;
	int64_t starts[4];
	size_t count;

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		ops[i].kind = OP_INSERT;
		ops[i].spot.kind = SPOT_END;
		ops[i].words = (struct item){ .kind = ITEM_HEADING, .text = "題" };
		ops[i].words.starts = i == 4 ? 0 : NOON + (int64_t)(i == 3 ? 0 : 2 - i) * 60000;
	}
	assert_done(store_do(store, thread.id, NULL, ops, 5, &report, why));
	assert_done(thread_talks(store, thread.id, NOON, NOON + 120001, starts, 4, &count, why));
	assert_int_equal(count, 3);
	assert_true(starts[0] == NOON && starts[2] == NOON + 120000);
	assert_done(thread_talks(store, thread.id, NOON, NOON + 120000, starts, 4, &count, why));
	assert_int_equal(count, 2);
	assert_done(thread_talks(store, thread.id, NOON, NOON + 120001, starts, 1, &count, why));
	assert_int_equal(count, 1);
	store_close(store);
}

static void people_come_in_the_order_of_their_posts(void **state)
{
	struct thread thread;
	struct store *store = with_chosen(12, &thread);
	const struct items_options shown = { 0 };
	struct thread_people *people = NULL;
	struct people_iter iter;
	struct person person;
	char found[64] = "";
	size_t len = 0;
	int rc;

	(void)state;
	ask("db", "UPDATE post SET gone = 1 WHERE network_id IN ('2', '12', '3')");
	assert_done(thread_people(store, thread.id, &shown, &people, &iter, why));
	while ((rc = iter.next(&iter, &person, why)) > 0)
		len += (size_t)snprintf(found + len, sizeof(found) - len, " %.2s:%d",
					person.handle + 1, (int)person.posts);
	thread_people_free(people);
	assert_int_equal(rc, 0);
	assert_string_equal(found, " a1:2 a4:1 a5:1 a6:1 a7:1 a8:1 a9:1 a0:1");
	thread_people_free(NULL);
	store_close(store);
}

static void candidates_are_counted_within_the_window(void **state)
{
	struct thread thread;
	struct store *store = with_chosen(6, &thread);
	int64_t count;

	(void)state;
	assert_done(thread_candidates(store, &thread, false, &count, why));
	assert_int_equal(count, 6);
	thread.until = NOON + 3000;
	assert_done(thread_candidates(store, &thread, false, &count, why));
	assert_int_equal(count, 2);
	store_close(store);
}

/* What post 3 answers, as its item tells: the author's handle, and whether it is an item. */
static const char *answered(struct store *store, int64_t thread)
{
	static char out[64];
	struct thread_items *items = NULL;
	struct item_iter iter;
	struct item item;
	int rc;

	snprintf(out, sizeof(out), "nobody");
	assert_done(thread_items(store, thread, &(struct items_options){ 0 }, &items, &iter, why));
	while ((rc = iter.next(&iter, &item, why)) > 0)
		if (item.answers) {
			assert_string_equal(item.post->network_id, "3");
			assert_int_equal(strlen(item.answers->short_id), 8);
			snprintf(out, sizeof(out), "%.3s %d", item.answers->handle,
				 item.answers->shown);
		}
	thread_items_free(items);
	assert_int_equal(rc, 0);
	return out;
}

static void an_item_tells_whom_its_post_answers(void **state)
{
	struct thread thread;
	struct store *store = with_chosen(3, &thread);

	(void)state;
	assert_string_equal(answered(store, thread.id), "nobody");
	ask("db", "UPDATE post SET reply_uri = 'https://social.example/users/a1/statuses/1' WHERE "
		  "network_id = '3'");
	assert_string_equal(answered(store, thread.id), "@a1 1");
	assert_true(did(store, OP_UNDECIDE, thread.id, 1));
	assert_string_equal(answered(store, thread.id), "@a1 0");
	ask("db", "UPDATE post SET gone = 1 WHERE network_id = '1'");
	assert_string_equal(answered(store, thread.id), "nobody");
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(posts_are_counted_in_stretches_of_time),
		IN_FOLDER(talks_are_told_by_the_timetable_each_time_once),
		IN_FOLDER(people_come_in_the_order_of_their_posts),
		IN_FOLDER(candidates_are_counted_within_the_window),
		IN_FOLDER(an_item_tells_whom_its_post_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
