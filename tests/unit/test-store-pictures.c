#include "in-thread.h"

#include "archive/store/forget.h"
#include "archive/store/pictures.h"

#define LARGE_BYTES (3 << 20)
#define URI_OF(n)   "https://social.example/users/a" n "/statuses/" n

static const struct picture png = { .type = PICTURE_PNG, .width = 40, .height = 30 };

/* A post with a picture, a film, a sound, an emoji, a card and an author with a portrait. */
static void put_rich(struct store *store, int number, const char *picture)
{
	static const struct emoji emojis[] = { { "wave", "https://files.example/wave.png" } };
	static const struct card card = { .url = "https://page.example/",
					  .image = "https://page.example/card.jpg" };
	struct page page = PAGE_INIT;
	struct post *post = add_post(&page, number, "話");
	const struct media media[] = {
		{ .kind = MEDIA_IMAGE,
		  .url = picture,
		  .preview = "https://files.example/small.jpg" },
		{ .kind = MEDIA_VIDEO,
		  .url = "https://files.example/film.mp4",
		  .preview = "https://files.example/still.jpg" },
		{ .kind = MEDIA_AUDIO,
		  .url = "https://files.example/sound.mp3",
		  .preview = "https://files.example/sound.jpg" },
		{ .kind = MEDIA_IMAGE, .preview = "https://files.example/only.jpg" },
	};

	post->media = media;
	post->media_count = 4;
	post->emojis = emojis;
	post->emoji_count = 1;
	post->card = &card;
	post->author.avatar = arena_printf(&page.arena, "https://files.example/a%d.png", number);
	add_tag(&page, post, "ssmjp");
	put_page(store, &page, NOON);
	page_release(&page);
}

static const char *wanted_by(struct store *store, const struct picture_ask *ask)
{
	static const char uses[] = "psaec";
	static char out[4096];
	struct arena arena = ARENA_INIT;
	struct picture_list list = { 0 };
	size_t len = 0;

	out[0] = '\0';
	assert_done(store_pictures_wanted(store, ask, &arena, &list, why));
	for (size_t i = 0; i < list.count; i++)
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%c:%s", len ? " " : "",
					uses[list.items[i].use],
					strrchr(list.items[i].url, '/') + 1);
	if (list.more)
		snprintf(out + len, sizeof(out) - len, " …");
	arena_release(&arena);
	return out;
}

static const char *wanted(struct store *store)
{
	return wanted_by(store, &(struct picture_ask){ .size = PICTURE_LARGE, .limit = 100 });
}

static void keep(struct store *store, const char *url, const char *text)
{
	struct str bytes = STR_INIT;

	str_add(&bytes, text);
	assert_done(store_put_picture(store, url, PICTURE_LARGE, &png, &bytes, NOON, why));
	str_release(&bytes);
}

static void what_posts_show_is_wanted_each_once_in_their_order(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_rich(store, 1, "https://files.example/one.jpg");
	put_rich(store, 2, "https://files.example/two.jpg");
	assert_string_equal(wanted(store), "p:one.jpg p:only.jpg s:still.jpg e:wave.png c:card.jpg "
					   "p:two.jpg");
	assert_string_equal(
		wanted_by(store, &(struct picture_ask){ .scope.avatars = true, .limit = 4 }),
		"p:one.jpg p:only.jpg s:still.jpg a:a1.png …");
	store_close(store);
}

static void a_thread_a_hashtag_and_a_quoted_post_bound_what_is_wanted(void **state)
{
	static const char *const other[] = { "other" };
	struct store *store = opened("db", STORE_WRITE);
	struct thread thread = created(store, "evening");
	struct page page = PAGE_INIT;
	struct post *post = add_post(&page, 3, "引用");

	(void)state;
	post->quote_uri = URI_OF("2");
	add_tag(&page, post, "other");
	put_rich(store, 1, "https://files.example/one.jpg");
	put_rich(store, 2, "https://files.example/two.jpg");
	put_page(store, &page, NOON);
	page_release(&page);
	assert_string_equal(
		wanted_by(store, &(struct picture_ask){ .scope.thread = thread.id, .limit = 9 }),
		"");
	did(store, OP_CHOOSE, thread.id, 3);
	assert_string_equal(
		wanted_by(store, &(struct picture_ask){ .scope.thread = thread.id, .limit = 9 }),
		"p:two.jpg p:only.jpg s:still.jpg e:wave.png c:card.jpg");
	assert_string_equal(
		wanted_by(store, &(struct picture_ask){ .scope = { .tags = other, .tag_count = 1 },
							.limit = 1 }),
		"p:two.jpg …");
	store_close(store);
}

static void what_is_kept_is_found_by_its_address_and_not_wanted_again(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct picture_shelf shelf = store_shelf(store);
	struct picture picture = { 0 };
	struct picture_counts counts = { 0 };
	struct str bytes = STR_INIT;

	(void)state;
	put_rich(store, 1, "https://files.example/one.jpg");
	assert_false(shelf.find(shelf.owner, "https://files.example/one.jpg", &picture));
	assert_false(shelf.find(shelf.owner, NULL, &picture));
	keep(store, "https://files.example/one.jpg", "abc");
	keep(store, "https://files.example/only.jpg", "abc");
	assert_true(shelf.find(shelf.owner, "https://files.example/one.jpg", &picture));
	assert_string_equal(picture.name, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61"
					  "f20015ad.png");
	assert_int_equal(picture.type, PICTURE_PNG);
	assert_int_equal(picture.width, 40);
	assert_int_equal(picture.height, 30);
	assert_int_equal(picture.bytes, 3);
	assert_done(shelf.read(shelf.owner, picture.name, &bytes, why));
	assert_string_equal(bytes.buf, "abc");
	assert_string_equal(wanted(store), "s:still.jpg e:wave.png c:card.jpg");
	assert_done(store_count_pictures(store, &(struct picture_scope){ 0 }, &counts, why));
	assert_int_equal(counts.addresses, 5);
	assert_int_equal(counts.kept, 2);
	assert_int_equal(counts.bytes, 3);
	assert_int_equal(ask("db", "SELECT count(*) FROM sqlar WHERE mode = 33188 AND sz = "
				   "length(data) AND mtime = 1498813200"),
			 1);
	str_release(&bytes);
	store_close(store);
}

static void a_larger_size_is_wanted_and_takes_the_place_of_the_smaller(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	const struct picture_ask original = { .size = PICTURE_ORIGINAL, .limit = 1 };

	(void)state;
	put_rich(store, 1, "https://files.example/one.jpg");
	keep(store, "https://files.example/one.jpg", "small");
	assert_string_equal(wanted_by(store, &original), "p:one.jpg …");
	keep(store, "https://files.example/one.jpg", "larger");
	assert_int_equal(ask("db", "SELECT count(*) FROM sqlar"), 1);
	assert_int_equal(ask("db", "SELECT sz FROM sqlar"), 6);
	store_close(store);
}

static void what_could_not_be_had_is_asked_for_again_when_that_may_help(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct picture picture = { 0 };
	struct picture_counts counts = { 0 };
	struct picture_ask again = { .size = PICTURE_LARGE, .limit = 1, .asked_before = NOON };

	(void)state;
	put_rich(store, 1, "https://files.example/one.jpg");
	assert_done(store_miss_picture(store, "https://files.example/one.jpg", PICTURE_LARGE,
				       "is not there any more (404)", true, NOON, why));
	assert_done(store_miss_picture(store, "https://files.example/only.jpg", PICTURE_LARGE,
				       "broke off", false, NOON, why));
	assert_string_equal(wanted(store), "p:only.jpg s:still.jpg e:wave.png c:card.jpg");
	assert_string_equal(wanted_by(store, &again), "p:only.jpg …");
	again.asked_before++;
	assert_string_equal(wanted_by(store, &again), "p:one.jpg …");
	assert_done(store_count_pictures(store, &(struct picture_scope){ 0 }, &counts, why));
	assert_int_equal(counts.missed, 2);
	keep(store, "https://files.example/one.jpg", "one");
	assert_done(store_miss_picture(store, "https://files.example/one.jpg", PICTURE_ORIGINAL,
				       "is not there any more (404)", true, NOON, why));
	assert_true(store_shelf(store).find(store, "https://files.example/one.jpg", &picture));
	store_close(store);
}

static void forget(struct store *store, bool author, const char *uri)
{
	struct forget_item item = { .author = author, .uri = uri };
	struct arena arena = ARENA_INIT;
	struct forget_report report = { 0 };
	bool clean = false;

	assert_done(store_forget_begin(store, why));
	assert_done(store_forget(store, &item, 1, NOON, &arena, &report, why));
	assert_done(store_forget_end(store, true, why));
	assert_done(store_scrub(store, &clean, why));
	assert_true(clean);
	arena_release(&arena);
}

/* No file of the store holds the text. */
static void assert_no_byte(const char *text)
{
	assert_false(file_holds("db", text));
	assert_false(access(in_folder("db-wal"), F_OK) == 0 && file_holds("db-wal", text));
}

static void what_no_post_shows_any_more_goes_with_it_to_the_last_byte(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_rich(store, 1, "https://files.example/hush-one.jpg");
	put_rich(store, 2, "https://files.example/two.jpg");
	keep(store, "https://files.example/hush-one.jpg", "hushbytes");
	keep(store, "https://files.example/a1.png", "hushface");
	keep(store, "https://files.example/wave.png", "wavestripes");
	keep(store, "https://files.example/two.jpg", "twostripes");
	forget(store, false, URI_OF("1"));
	assert_int_equal(ask("db", "SELECT count(*) FROM picture"), 2);
	assert_int_equal(ask("db", "SELECT count(*) FROM sqlar"), 2);
	assert_no_byte("hush");
	assert_true(file_holds("db", "wavestripes"));
	forget(store, true, "https://social.example/users/a2");
	assert_int_equal(ask("db", "SELECT count(*) FROM picture"), 0);
	assert_no_byte("stripes");
	store_close(store);
}

static void the_same_bytes_stay_while_another_address_shows_them(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_rich(store, 1, "https://files.example/one.jpg");
	put_rich(store, 2, "https://files.example/two.jpg");
	keep(store, "https://files.example/one.jpg", "bytes");
	keep(store, "https://files.example/two.jpg", "bytes");
	forget(store, false, URI_OF("1"));
	assert_int_equal(ask("db", "SELECT count(*) FROM picture"), 1);
	assert_int_equal(ask("db", "SELECT count(*) FROM sqlar"), 1);
	store_close(store);
}

static void an_author_who_opts_out_takes_pictures_along(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct post *post;

	(void)state;
	put_rich(store, 1, "https://files.example/hush-one.jpg");
	keep(store, "https://files.example/hush-one.jpg", "hushbytes");
	keep(store, "https://files.example/a1.png", "hushface");
	post = add_post(&page, 1, "");
	post->optout = post->author.optout = true;
	put_page(store, &page, NOON + 1);
	page_release(&page);
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM picture"), 0);
	assert_no_byte("hush");
}

static void what_is_forgotten_while_it_is_fetched_is_swept_out(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_rich(store, 1, "https://files.example/one.jpg");
	forget(store, false, URI_OF("1"));
	keep(store, "https://files.example/one.jpg", "hushbytes");
	assert_done(store_sweep_pictures(store, why));
	store_close(store);
	assert_no_byte("hush");
}

/* "known alive shown kept" by their first letters, "-" where they are not. */
static const char *standing(struct store *store, const char *post, const char *url,
			    enum picture_size size)
{
	static char out[5];
	struct picture_standing s;

	assert_done(store_picture_standing(store, post, "https://social.example/users/a1", url,
					   size, &s, why));
	snprintf(out, sizeof(out), "%c%c%c%c", s.known ? 'k' : '-', s.alive ? 'a' : '-',
		 s.shown ? 's' : '-', s.kept ? 'K' : '-');
	return out;
}

static void what_is_known_of_an_address_whose_bytes_somebody_has(void **state)
{
	static const char one[] = "https://files.example/one.jpg";
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	assert_string_equal(standing(store, URI_OF("1"), one, PICTURE_LARGE), "----");
	put_rich(store, 1, one);
	assert_string_equal(standing(store, URI_OF("1"), one, PICTURE_LARGE), "kas-");
	assert_string_equal(
		standing(store, URI_OF("1"), "https://files.example/still.jpg", PICTURE_LARGE),
		"kas-");
	assert_string_equal(standing(store, URI_OF("1"), "https://files.example/x", PICTURE_LARGE),
			    "ka--");
	assert_string_equal(standing(store, NULL, "https://files.example/a1.png", PICTURE_LARGE),
			    "kas-");
	assert_string_equal(standing(store, NULL, one, PICTURE_LARGE), "ka--");
	keep(store, one, "bytes");
	assert_string_equal(standing(store, URI_OF("1"), one, PICTURE_LARGE), "kasK");
	assert_string_equal(standing(store, URI_OF("1"), one, PICTURE_SMALL), "kasK");
	assert_string_equal(standing(store, URI_OF("1"), one, PICTURE_ORIGINAL), "kas-");
	forget(store, false, URI_OF("1"));
	assert_string_equal(standing(store, URI_OF("1"), one, PICTURE_LARGE), "----");
	assert_false(standing(store, NULL, "https://files.example/a1.png", PICTURE_LARGE)[1] ==
		     'a');
	store_close(store);
}

static void a_large_picture_is_read_back_whole(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct picture_shelf shelf = store_shelf(store);
	struct picture picture = { 0 };
	struct str bytes = STR_INIT, back = STR_INIT;

	(void)state;
	for (int i = 0; i < LARGE_BYTES / 4; i++)
		str_add_n(&bytes, (const char *)&i, 4);
	assert_done(store_put_picture(store, "https://files.example/x", PICTURE_LARGE, &png, &bytes,
				      NOON, why));
	assert_true(shelf.find(store, "https://files.example/x", &picture));
	assert_done(shelf.read(store, picture.name, &back, why));
	assert_int_equal(back.len, bytes.len);
	assert_memory_equal(back.buf, bytes.buf, bytes.len);
	assert_false(shelf.read(store, "nothing.png", &back, why));
	assert_int_equal(why->code, ERR_NOT_FOUND);
	str_release(&bytes);
	str_release(&back);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(what_posts_show_is_wanted_each_once_in_their_order),
		IN_FOLDER(a_thread_a_hashtag_and_a_quoted_post_bound_what_is_wanted),
		IN_FOLDER(what_is_kept_is_found_by_its_address_and_not_wanted_again),
		IN_FOLDER(a_larger_size_is_wanted_and_takes_the_place_of_the_smaller),
		IN_FOLDER(what_could_not_be_had_is_asked_for_again_when_that_may_help),
		IN_FOLDER(what_no_post_shows_any_more_goes_with_it_to_the_last_byte),
		IN_FOLDER(the_same_bytes_stay_while_another_address_shows_them),
		IN_FOLDER(an_author_who_opts_out_takes_pictures_along),
		IN_FOLDER(what_is_forgotten_while_it_is_fetched_is_swept_out),
		IN_FOLDER(what_is_known_of_an_address_whose_bytes_somebody_has),
		IN_FOLDER(a_large_picture_is_read_back_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
