#include "in-thread.h"

#include "archive/base/mem.h"
#include "archive/store/answers.h"
#include "archive/store/authors.h"
#include "archive/store/forget.h"

#define URI_OF(n) "https://social.example/users/a" n "/statuses/" n

static const char *const files[] = { "db", "db-wal", "db-shm" };

/* No file of the store holds the text, though the store is still open. */
static void assert_no_byte(const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		if (access(in_folder(files[i]), F_OK) == 0 && file_holds(files[i], text))
			fail_msg("%s holds \"%s\"", files[i], text);
}

static struct forget_report forget(struct store *store, const struct forget_item *items,
				   size_t count)
{
	static struct arena arena;
	struct forget_report report = { 0 };
	bool clean = false;

	arena_release(&arena);
	assert_done(store_forget_begin(store, why));
	assert_done(store_forget(store, items, count, NOON, &arena, &report, why));
	assert_done(store_forget_end(store, true, why));
	assert_done(store_scrub(store, &clean, why));
	assert_true(clean);
	return report;
}

static struct forget_report forget_post(struct store *store, const char *uri)
{
	return forget(store, &(struct forget_item){ .uri = uri }, 1);
}

static struct forget_report forget_author(struct store *store, const char *uri)
{
	return forget(store, &(struct forget_item){ .author = true, .uri = uri }, 1);
}

static const char *every(struct store *store)
{
	return listed(store, &(struct post_filter){ .unlisted = true, .gone = true });
}

static enum fate judged(struct store *store, int number)
{
	struct page page = PAGE_INIT;
	enum fate fate = store_judge(store, add_post(&page, number, "一"));

	page_release(&page);
	return fate;
}

/* A post with all that can hang on one. */
static void put_rich(struct store *store, int number)
{
	static const struct media media[] = { { .kind = MEDIA_IMAGE,
						.url = "https://files.example/secretpicture.png",
						.alt = "secretalt" } };
	static const struct emoji emojis[] = { { "secretemoji", "https://files.example/e.png" } };
	static const struct poll_option options[] = { { "secretoption", 3 } };
	static const struct poll poll = { .options = options, .option_count = 1 };
	static const struct card card = { .url = "https://secretcard.example/",
					  .title = "secretcardtitle" };
	struct page page = PAGE_INIT;
	struct post *post = add_post(&page, number, "secretword 秘密の言葉");

	post->html = "<p><a href=\"https://secretpage.example/\">x</a></p>";
	post->spoiler = "secretspoiler";
	post->media = media;
	post->media_count = 1;
	post->emojis = emojis;
	post->emoji_count = 1;
	post->poll = &poll;
	post->card = &card;
	add_tag(&page, post, "secrettag");
	put_page(store, &page, NOON);
	page_release(&page);
}

static void assert_whole(void)
{
	assert_int_equal(ask("db", "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	assert_int_equal(
		ask("db",
		    "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
		1);
}

static void a_forgotten_post_leaves_a_hash_and_no_byte(void **state)
{
	static const char *const secrets[] = { "secretword",  "secretpicture", "secretalt",
					       "secretemoji", "secretoption",  "secretcard",
					       "secretpage",  "secretspoiler", "secrettag" };
	struct store *store = opened("db", STORE_WRITE);
	struct forget_report report;

	(void)state;
	for (int i = 2; i < 40; i++)
		put_text(store, i, "sharedword 言葉", NOON);
	put_rich(store, 1);
	report = forget_post(store, URI_OF("1"));
	assert_int_equal(report.posts, 1);
	assert_int_equal(report.authors, 0);
	for (size_t i = 0; i < ARRAY_LEN(secrets); i++)
		assert_no_byte(secrets[i]);
	assert_no_byte("秘密");
	assert_no_byte(URI_OF("1") "\"");
	assert_string_equal(listed(store, &(struct post_filter){ .query = looked("秘密") }), "");
	assert_string_equal(
		listed(store, &(struct post_filter){ .query = looked("言葉"), .limit = 3 }),
		"39 38 37");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM forgotten WHERE kind = 'post' AND "
				   "length(sha256) = 32"),
			 1);
	assert_whole();
}

static void what_was_forgotten_is_not_taken_again(void **state)
{
	struct store *store = with_posts(12);

	(void)state;
	forget_post(store, URI_OF("5"));
	forget_author(store, "https://social.example/users/a1");
	put_text(store, 5, "また来た", NOON + 10);
	put_text(store, 11, "また来た", NOON + 10);
	put_text(store, 21, "また来た", NOON + 10);
	put_text(store, 15, "別の投稿", NOON + 10);
	assert_string_equal(every(store), "15 12 10 9 8 7 6 4 3 2");
	assert_int_equal(judged(store, 5), FATE_DROPPED);
	assert_int_equal(judged(store, 31), FATE_DROPPED);
	assert_int_equal(judged(store, 25), FATE_KEPT);
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM author WHERE uri LIKE '%/a1'"), 0);
	assert_whole();
}

static void an_author_is_forgotten_with_all_posts_and_may_not_be_put_alone(void **state)
{
	static const struct author author = { .network = NETWORK_MASTODON,
					      .uri = "https://social.example/users/a1",
					      .handle = "@a1@social.example" };
	struct store *store = with_posts(30);
	struct forget_report report = forget_author(store, author.uri);

	(void)state;
	assert_int_equal(report.posts, 3);
	assert_int_equal(report.authors, 1);
	assert_done(store_put_authors(store, &author, 1, NOON + 10, why));
	assert_no_byte("users/a1\"");
	assert_no_byte("@a1@social.example");
	assert_no_byte("はな 1");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM author"), 9);
	assert_whole();
}

static void posts_that_were_emptied_go_with_their_author(void **state)
{
	struct store *store = with_posts(12);
	struct author author = { .network = NETWORK_MASTODON,
				 .uri = "https://social.example/users/a1",
				 .optout = true };

	(void)state;
	assert_done(store_put_authors(store, &author, 1, NOON + 1, why));
	assert_int_equal(forget_author(store, author.uri).posts, 2);
	assert_no_byte("users/a1/");
	store_close(store);
}

static void what_is_not_in_the_store_is_only_noted(void **state)
{
	struct store *store = with_posts(3);
	struct forget_report report = forget_post(store, URI_OF("7"));

	(void)state;
	assert_int_equal(report.posts, 0);
	put_text(store, 7, "遅れて来た", NOON);
	assert_string_equal(every(store), "3 2 1");
	store_close(store);
}

static void a_post_named_twice_is_forgotten_once(void **state)
{
	static const struct forget_item items[] = {
		{ .uri = URI_OF("1") },
		{ .uri = URI_OF("1") },
		{ .author = true, .uri = "https://social.example/users/a1" },
	};
	struct store *store = with_posts(12);

	(void)state;
	assert_int_equal(forget(store, items, ARRAY_LEN(items)).posts, 2);
	assert_string_equal(every(store), "12 10 9 8 7 6 5 4 3 2");
	store_close(store);
}

static void a_hash_that_is_taken_away_lets_it_in_again(void **state)
{
	struct store *store = with_posts(3);
	bool was = false;

	(void)state;
	forget_post(store, URI_OF("1"));
	assert_done(store_unforget(store, URI_OF("2"), &was, why));
	assert_false(was);
	assert_done(store_unforget(store, URI_OF("1"), &was, why));
	assert_true(was);
	put_text(store, 1, "戻ってきた", NOON);
	assert_string_equal(every(store), "3 2 1");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM forgotten"), 0);
}

static void what_is_rolled_back_is_not_forgotten(void **state)
{
	static const struct forget_item item = { .uri = URI_OF("1") };
	struct store *store = with_posts(3);
	struct forget_report report = { 0 };
	struct arena arena = ARENA_INIT;

	(void)state;
	assert_done(store_forget_begin(store, why));
	assert_done(store_forget(store, &item, 1, NOON, &arena, &report, why));
	assert_false(store_forget_end(store, false, why));
	assert_string_equal(every(store), "3 2 1");
	assert_int_equal(judged(store, 1), FATE_KEPT);
	arena_release(&arena);
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM forgotten"), 0);
}

/* ---- threads ---- */

static void it_leaves_threads_and_their_journal(void **state)
{
	struct store *store = with_posts(4);
	struct thread june = created(store, "june");
	struct forget_report report;

	(void)state;
	for (int i = 1; i <= 3; i++)
		did(store, OP_CHOOSE, june.id, i);
	did(store, OP_UNDECIDE, june.id, 3);
	assert_done(store_put_target(store,
				     &(struct target){ .thread = june.id,
						       .path = "/blog/june.html",
						       .section = "",
						       .form = "page",
						       .options = "",
						       .written = NOON },
				     why));
	report = forget_post(store, URI_OF("2"));
	assert_int_equal(report.items, 1);
	assert_int_equal(report.target_count, 1);
	assert_string_equal(report.targets[0].path, "/blog/june.html");
	forget_post(store, URI_OF("3"));
	assert_string_equal(items(store, june.id), "1");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM edit"), 1);
	assert_int_equal(ask("db", "SELECT count(*) FROM edit e JOIN item i ON i.id = e.item"), 1);
	assert_whole();
}

/* ---- evidence ---- */

static int64_t put_answer(struct store *store, const char *bytes)
{
	const struct evidence evidence = {
		.source = SOURCE,
		.url = "https://social.example/api/v1/statuses/1",
		.status = 200,
		.fetched = NOON,
		.bytes = bytes,
		.len = strlen(bytes),
	};
	int64_t id = 0;

	assert_done(store_put_answer(store, &evidence, &id, why));
	return id;
}

static const char *body_behind(struct store *store, int64_t id)
{
	static struct kept_answer answer = KEPT_ANSWER_INIT;

	if (store_answer_behind(store, id, &answer, why) != 1)
		return NULL;
	return answer.body.buf;
}

static void kept_answers_are_read_in_their_order(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct kept_answer answer = KEPT_ANSWER_INIT;
	int64_t first = put_answer(store, "[1]"), second = put_answer(store, "");

	(void)state;
	assert_int_equal(store_answer_behind(store, 0, &answer, why), 1);
	assert_int_equal(answer.id, first);
	assert_string_equal(answer.source.buf, SOURCE);
	assert_string_equal(answer.url.buf, "https://social.example/api/v1/statuses/1");
	assert_string_equal(answer.body.buf, "[1]");
	assert_int_equal(store_answer_behind(store, first, &answer, why), 1);
	assert_int_equal(answer.id, second);
	assert_int_equal(answer.body.len, 0);
	assert_int_equal(store_answer_behind(store, second, &answer, why), 0);
	kept_answer_release(&answer);
	store_close(store);
}

static void an_answer_that_cannot_be_unpacked_is_damage(void **state)
{
	static const char *const damages[] = {
		"UPDATE answer SET body = x'00ff'",
		"UPDATE answer SET body = x''",
		"UPDATE answer SET size = 4611686018427387904",
		"UPDATE answer SET size = -1",
	};
	struct kept_answer answer = KEPT_ANSWER_INIT;
	struct store *store;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(damages); i++) {
		struct err err = { 0 };

		store = opened("db", STORE_WRITE);
		put_answer(store, "[1,2,3]");
		store_close(store);
		ask("db", damages[i]);
		store = opened("db", STORE_READ);
		assert_int_equal(store_answer_behind(store, 0, &answer, &err), -1);
		assert_int_equal(err.code, ERR_MALFORMED);
		store_close(store);
		ask("db", "DELETE FROM answer");
	}
	kept_answer_release(&answer);
}

static void cut(struct store *store, int64_t behind, size_t from, size_t to)
{
	const struct page_cut cut = { from, to };
	struct kept_answer answer = KEPT_ANSWER_INIT;

	assert_int_equal(store_answer_behind(store, behind, &answer, why), 1);
	assert_done(store_cut_answer(store, &answer, &cut, 1, why));
	kept_answer_release(&answer);
}

static void an_answer_is_cut_later(void **state)
{
	struct store *store = opened("db", STORE_WRITE);

	(void)state;
	put_answer(store, "[one,two]");
	cut(store, 0, 1, 4);
	assert_string_equal(body_behind(store, 0), "[,two]");
	cut(store, 0, 0, 6);
	assert_string_equal(body_behind(store, 0), "");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM answer WHERE redacted AND size = 0"), 1);
}

static void answers_that_become_equal_are_one(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct put_report report = { 0 };
	int64_t first = put_answer(store, "[one,two]"), second = put_answer(store, "[six,two]");

	(void)state;
	add_tag(&page, add_post(&page, 1, "一"), "ssmjp");
	assert_done(store_put_page(store, &page, SOURCE, "ssmjp", second, NOON, &report, why));
	page_release(&page);
	cut(store, 0, 1, 4);
	cut(store, first, 1, 4);
	assert_string_equal(body_behind(store, 0), "[,two]");
	assert_null(body_behind(store, first));
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM answer"), 1);
	assert_int_equal(ask("db", "SELECT answer FROM sighting"), first);
}

/* Somebody forgot it while the answer was on its way, so that the adapter did not cut it out. */
static void an_answer_that_nobody_cut_is_not_kept(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	struct page page = PAGE_INIT;
	struct put_report report = { 0 };
	int64_t answer;

	(void)state;
	forget_post(store, URI_OF("1"));
	answer = put_answer(store, "[one,two]");
	add_tag(&page, add_post(&page, 1, "一"), "ssmjp");
	add_tag(&page, add_post(&page, 2, "二"), "ssmjp");
	assert_done(store_put_page(store, &page, SOURCE, "ssmjp", answer, NOON, &report, why));
	page_release(&page);
	assert_int_equal(report.fresh, 1);
	assert_string_equal(every(store), "2");
	store_close(store);
	assert_int_equal(ask("db", "SELECT count(*) FROM answer"), 0);
	assert_int_equal(ask("db", "SELECT count(*) FROM sighting WHERE answer IS NULL"), 1);
}

/* ---- bytes ---- */

/* Rows that come in any order, grow and move from page to page: no copy may stay in a gap. */
static void no_page_keeps_an_old_copy(void **state)
{
	struct store *store = opened("db", STORE_WRITE);
	unsigned seed = 1;
	char text[400];

	(void)state;
	for (int i = 0; i < 4000; i++) {
		struct page page = PAGE_INIT;
		struct post *post;
		unsigned who;

		seed = seed * 1103515245u + 12345u;
		who = (seed >> 16) % 200;
		post = add_post(&page, (int)((seed >> 8) % 3000), "");
		snprintf(text, sizeof(text), "secret%uword %.*s", who, (int)(seed >> 20) % 100 * 3,
			 "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあ"
			 "さきゆめみし"
			 "ゑひもせすいろはにほへとちりぬるをわかよたれそつねならむ");
		post->text = text;
		post->uri = arena_printf(&page.arena, "https://h%u.example/secret%uuser/%u",
					 who * 7919 % 200, who, (seed >> 8) % 3000);
		post->url = arena_printf(&page.arena, "https://other.example/secret%uurl/%u", who,
					 (seed >> 8) % 3000);
		post->author.uri = arena_printf(&page.arena, "https://h%u.example/secret%uuser",
						who * 7919 % 200, who);
		post->author.handle = arena_printf(&page.arena, "@secret%uhandle@h.example", who);
		post->author.name = arena_printf(&page.arena, "secret%uname%u", who, i % 3);
		add_tag(&page, post, arena_printf(&page.arena, "secret%utag", who));
		put_page(store, &page, NOON + i);
		page_release(&page);
	}
	for (unsigned who = 0; who < 200; who += 20) {
		char uri[80];

		snprintf(uri, sizeof(uri), "https://h%u.example/secret%uuser", who * 7919 % 200,
			 who);
		assert_true(forget_author(store, uri).posts > 5);
	}
	for (unsigned who = 0; who < 200; who += 20) {
		static const char *const what[] = {
			"word", "user", "url", "handle", "name", "tag"
		};

		for (size_t i = 0; i < ARRAY_LEN(what); i++) {
			snprintf(text, sizeof(text), "secret%u%s", who, what[i]);
			assert_no_byte(text);
		}
	}
	store_close(store);
	assert_whole();
}

/* ---- who may be meant ---- */

static void put_author(struct store *store, enum network network, const char *uri,
		       const char *handle, const char *url)
{
	const struct author author = {
		.network = network, .uri = uri, .handle = handle, .url = url, .name = handle
	};

	assert_done(store_put_authors(store, &author, 1, NOON, why));
}

static void put_people(struct store *store)
{
	put_author(store, NETWORK_MASTODON, "https://social.example/users/hana",
		   "@hana@social.example", "https://social.example/@hana");
	put_author(store, NETWORK_MASTODON, "https://other.example/users/Hana",
		   "@Hana@other.example", "https://other.example/@Hana");
	put_author(store, NETWORK_X, "https://x.com/i/user/5", "@taro_x", "https://x.com/taro_x");
	put_author(store, NETWORK_BLUESKY, "did:plc:abc", "@ume.bsky.example",
		   "https://bsky.app/profile/did:plc:abc");
}

static void an_author_has_many_names(void **state)
{
	static const struct {
		const char *name, *uri;
	} cases[] = {
		{ "@hana@social.example", "https://social.example/users/hana" },
		{ "hana@social.example", "https://social.example/users/hana" },
		{ "@HANA@Social.Example", "https://social.example/users/hana" },
		{ "@Hana@other.example", "https://other.example/users/Hana" },
		{ "https://social.example/users/hana", "https://social.example/users/hana" },
		{ "https://social.example/@hana", "https://social.example/users/hana" },
		{ "http://www.social.example/@hana/?x=1#y", "https://social.example/users/hana" },
		{ "@taro_x", "https://x.com/i/user/5" },
		{ "https://twitter.com/Taro_X", "https://x.com/i/user/5" },
		{ "https://x.com/taro_x/", "https://x.com/i/user/5" },
		{ "https://x.com/i/user/5", "https://x.com/i/user/5" },
		{ "did:plc:abc", "did:plc:abc" },
		{ "@ume.bsky.example", "did:plc:abc" },
		{ "https://bsky.app/profile/did:plc:abc", "did:plc:abc" },
	};
	struct store *store = opened("db", STORE_WRITE);
	struct arena arena = ARENA_INIT;
	struct found_author found[FOUND_AUTHORS_MAX];
	size_t count = 0;

	(void)state;
	put_people(store);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_done(store_find_author(store, cases[i].name, &arena, found, &count, why));
		assert_int_equal(count, 1);
		assert_string_equal(found[0].uri, cases[i].uri);
	}
	arena_release(&arena);
	store_close(store);
}

/* Misskey tells the page where Mastodon tells the uri. */
static void one_person_may_have_several_uris(void **state)
{
	static const struct author elsewhere = { .network = NETWORK_MISSKEY,
						 .uri = "https://social.example/@other",
						 .handle = "@Hana@Social.example" };
	struct store *store = opened("db", STORE_WRITE);
	struct arena arena = ARENA_INIT;
	struct found_author found[FOUND_AUTHORS_MAX];
	struct page page = PAGE_INIT;
	struct post *post;
	size_t count = 0;

	(void)state;
	put_people(store);
	put_author(store, NETWORK_MISSKEY, "https://social.example/@hana", "@hana@social.example",
		   NULL);
	assert_done(store_find_author(store, "@hana@social.example", &arena, found, &count, why));
	assert_int_equal(count, 2);
	assert_done(store_find_author(store, "https://social.example/users/hana", &arena, found,
				      &count, why));
	assert_int_equal(count, 2);
	forget_author(store, "https://social.example/users/hana");
	post = add_post(&page, 1, "一");
	post->author = elsewhere;
	assert_int_equal(store_judge(store, post), FATE_DROPPED);
	post->author.handle = "@hana@another.example";
	assert_int_equal(store_judge(store, post), FATE_KEPT);
	page_release(&page);
	arena_release(&arena);
	store_close(store);
}

static void who_is_not_there_or_not_alone_is_refused(void **state)
{
	static const struct {
		const char *name;
		enum err_code code;
		const char *part;
	} cases[] = {
		{ "@nobody", ERR_NOT_FOUND, "nobody in" },
		{ "@", ERR_NOT_FOUND, "nobody in" },
		{ "", ERR_NOT_FOUND, "nobody in" },
		{ "@%@%", ERR_NOT_FOUND, "nobody in" },
		{ "@hana@social.example\n@hana", ERR_NOT_FOUND, "nobody in" },
		{ "@social.example", ERR_NOT_FOUND, "nobody in" },
		{ "https://", ERR_NOT_FOUND, "nobody in" },
		{ "https://social.example", ERR_NOT_FOUND, "nobody in" },
		{ "@hana", ERR_USAGE,
		  "@hana could be any of @Hana@other.example (https://other.example/@Hana), "
		  "@hana@social.example (https://social.example/@hana): give the address" },
	};
	struct store *store = opened("db", STORE_WRITE);
	struct arena arena = ARENA_INIT;
	struct found_author found[FOUND_AUTHORS_MAX];
	size_t count = 0;

	(void)state;
	put_people(store);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };

		assert_false(store_find_author(store, cases[i].name, &arena, found, &count, &err));
		assert_int_equal(err.code, cases[i].code);
		if (!strstr(err.msg, cases[i].part))
			fail_msg("%s: %s", cases[i].name, err.msg);
	}
	arena_release(&arena);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_forgotten_post_leaves_a_hash_and_no_byte),
		IN_FOLDER(what_was_forgotten_is_not_taken_again),
		IN_FOLDER(an_author_is_forgotten_with_all_posts_and_may_not_be_put_alone),
		IN_FOLDER(posts_that_were_emptied_go_with_their_author),
		IN_FOLDER(what_is_not_in_the_store_is_only_noted),
		IN_FOLDER(a_post_named_twice_is_forgotten_once),
		IN_FOLDER(a_hash_that_is_taken_away_lets_it_in_again),
		IN_FOLDER(what_is_rolled_back_is_not_forgotten),
		IN_FOLDER(it_leaves_threads_and_their_journal),
		IN_FOLDER(kept_answers_are_read_in_their_order),
		IN_FOLDER(an_answer_that_cannot_be_unpacked_is_damage),
		IN_FOLDER(an_answer_is_cut_later),
		IN_FOLDER(answers_that_become_equal_are_one),
		IN_FOLDER(an_answer_that_nobody_cut_is_not_kept),
		IN_FOLDER(no_page_keeps_an_old_copy),
		IN_FOLDER(an_author_has_many_names),
		IN_FOLDER(one_person_may_have_several_uris),
		IN_FOLDER(who_is_not_there_or_not_alone_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
