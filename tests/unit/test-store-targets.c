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
	const struct target target = { .thread = thread,
				       .path = path,
				       .section = "",
				       .form = form,
				       .options = "",
				       .written = NOON };

	assert_done(store_put_target(store, &target, why));
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
	const struct target wanted = { .thread = june.id,
				       .path = "/june.html",
				       .section = "",
				       .form = "fragment",
				       .options = "" };
	bool has = true;

	(void)state;
	did(store, OP_CHOOSE, june.id, 1);
	assert_done(store_has_target(store, &wanted, &has, why));
	assert_false(has);
	put_target(store, june.id, "/june.html", "fragment");
	assert_done(store_has_target(store, &wanted, &has, why));
	assert_true(has);
	put_target(store, june.id, "/june.html", "page");
	assert_done(store_has_target(store, &wanted, &has, why));
	assert_false(has);
	assert_string_equal(targets_of_post(store, 1), "june /june.html page");
	store_close(store);
}

static void sections_of_a_file_are_noted_apart_and_all_are_listed(void **state)
{
	struct store *store = with_posts(1);
	struct thread june = created(store, "june"), may = created(store, "may");
	struct target target = { .thread = june.id,
				 .path = "/post.md",
				 .section = "k3f",
				 .form = "fragment",
				 .inserted = true,
				 .options = "unlisted",
				 .written = NOON };
	struct arena arena = ARENA_INIT;
	struct target *targets = NULL;
	size_t count = 0;
	bool has = false;

	(void)state;
	assert_done(store_put_target(store, &target, why));
	target.section = "a7b";
	assert_done(store_put_target(store, &target, why));
	put_target(store, may.id, "/may.html", "page");
	assert_done(store_targets(store, june.id, &arena, &targets, &count, why));
	assert_int_equal(count, 2);
	assert_string_equal(targets[0].section, "a7b");
	assert_string_equal(targets[1].section, "k3f");
	assert_true(targets[1].inserted);
	assert_string_equal(targets[1].options, "unlisted");
	assert_done(store_targets(store, 0, &arena, &targets, &count, why));
	assert_int_equal(count, 3);
	assert_string_equal(targets[2].slug, "may");
	target.options = "";
	assert_done(store_has_target(store, &target, &has, why));
	assert_false(has);
	assert_done(store_drop_target(store, june.id, "/post.md", why));
	assert_done(store_targets(store, 0, &arena, &targets, &count, why));
	assert_int_equal(count, 1);
	assert_false(store_drop_target(store, june.id, "/post.md", why));
	assert_int_equal(why->code, ERR_NOT_FOUND);
	arena_release(&arena);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(the_files_of_the_threads_that_hold_a_post_are_named),
		IN_FOLDER(a_post_that_is_quoted_is_in_the_file_too),
		IN_FOLDER(a_file_is_noted_once_with_its_last_form),
		IN_FOLDER(sections_of_a_file_are_noted_apart_and_all_are_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
