#include "in-thread.h"

#include "archive/base/mem.h"
#include "archive/store/targets.h"

/* "slug path form", one behind the other. Valid until the next call. */
static const char *targets_of(struct store *store, const int64_t *posts, size_t post_count)
{
	static char out[4096];
	struct arena arena = ARENA_INIT;
	struct target *targets = NULL;
	size_t count = 0, len = 0;

	out[0] = '\0';
	assert_done(store_targets_of(store, posts, post_count, &arena, &targets, &count, why));
	for (size_t i = 0; i < count; i++)
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s %s %s", len ? ", " : "",
					targets[i].slug, targets[i].path, targets[i].form);
	arena_release(&arena);
	return out;
}

static const char *targets_of_post(struct store *store, int number)
{
	const int64_t id = post_id(store, number);

	return targets_of(store, &id, 1);
}

static void put_target(struct store *store, int64_t thread, const char *path, const char *form)
{
	assert_done(store_put_target(store, thread, path, form, NOON, why));
}

static void the_files_of_the_threads_that_hold_a_post_are_named(void **state)
{
	struct store *store = with_posts(4);
	struct thread june = created(store, "june"), may = created(store, "may");
	const int64_t both[] = { post_id(store, 1), post_id(store, 2) };

	(void)state;
	did(store, OP_CHOOSE, june.id, 1);
	did(store, OP_CHOOSE, may.id, 1);
	did(store, OP_CHOOSE, june.id, 2);
	put_target(store, may.id, "/blog/may.html", "page");
	put_target(store, june.id, "/blog/june.html", "fragment");
	put_target(store, june.id, "/blog/夏 the\"file", "fragment");
	assert_string_equal(targets_of_post(store, 1),
			    "june /blog/june.html fragment, june /blog/夏 the\"file fragment, "
			    "may /blog/may.html page");
	assert_string_equal(targets_of_post(store, 2),
			    "june /blog/june.html fragment, june /blog/夏 the\"file fragment");
	assert_string_equal(targets_of_post(store, 3), "");
	assert_string_equal(targets_of(store, both, ARRAY_LEN(both)),
			    "june /blog/june.html fragment, june /blog/夏 the\"file fragment, "
			    "may /blog/may.html page");
	assert_string_equal(targets_of(store, NULL, 0), "");
	store_close(store);
}

static void a_post_that_is_quoted_is_in_the_file_too(void **state)
{
	struct store *store = with_posts(2);
	struct thread june = created(store, "june");
	struct page page = PAGE_INIT;

	(void)state;
	add_post(&page, 3, "引用")->quote_uri = "https://social.example/users/a1/statuses/1";
	put_page(store, &page, NOON);
	page_release(&page);
	did(store, OP_CHOOSE, june.id, 3);
	put_target(store, june.id, "/june.html", "fragment");
	assert_string_equal(targets_of_post(store, 1), "june /june.html fragment");
	assert_string_equal(targets_of_post(store, 2), "");
	store_close(store);
}

static void a_file_is_noted_once_with_its_last_form(void **state)
{
	struct store *store = with_posts(1);
	struct thread june = created(store, "june");
	bool has = true;

	(void)state;
	did(store, OP_CHOOSE, june.id, 1);
	assert_done(store_has_target(store, june.id, "/june.html", "fragment", &has, why));
	assert_false(has);
	put_target(store, june.id, "/june.html", "fragment");
	assert_done(store_has_target(store, june.id, "/june.html", "fragment", &has, why));
	assert_true(has);
	put_target(store, june.id, "/june.html", "page");
	assert_done(store_has_target(store, june.id, "/june.html", "fragment", &has, why));
	assert_false(has);
	assert_string_equal(targets_of_post(store, 1), "june /june.html page");
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(the_files_of_the_threads_that_hold_a_post_are_named),
		IN_FOLDER(a_post_that_is_quoted_is_in_the_file_too),
		IN_FOLDER(a_file_is_noted_once_with_its_last_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
