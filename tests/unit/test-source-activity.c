#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/source/activity.h"

#define ASKED  "https://social.example/@hana/1"
#define PUBLIC "\"https://www.w3.org/ns/activitystreams#Public\""
#define NAMES                                                      \
	"\"id\":\"https://social.example/users/hana/statuses/1\"," \
	"\"attributedTo\":\"https://social.example/users/hana\","  \
	"\"url\":\"https://social.example/@hana/1\","              \
	"\"published\":\"2026-05-28T18:00:00Z\""
#define NOTE(more) "{\"type\":\"Note\"," NAMES "," more "}"
#define ACTOR(more)                                                          \
	"{\"id\":\"https://social.example/users/hana\",\"type\":\"Person\"," \
	"\"preferredUsername\":\"hana\"" more "}"

#define MALLORY                                             \
	"{\"id\":\"https://social.example/users/mallory\"," \
	"\"preferredUsername\":\"mallory\"}"

struct fixture {
	struct http_answer object, author;
	struct activity activity;
	struct page page;
	struct err err;
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->object = f->author = (struct http_answer)HTTP_ANSWER_INIT;
	f->page = (struct page)PAGE_INIT;
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	http_answer_release(&f->object);
	http_answer_release(&f->author);
	page_release(&f->page);
	free(f);
	return 0;
}

static void fill(struct http_answer *answer, int status, const char *body)
{
	http_answer_clear(answer);
	answer->status = status;
	str_add(&answer->headers, "Content-Type: application/activity+json\r\n");
	str_add(&answer->body, body);
}

static bool read_object(struct fixture *f, int status, const char *body)
{
	page_clear(&f->page);
	f->err = (struct err){ 0 };
	fill(&f->object, status, body);
	return activity_read(NETWORK_MASTODON, ASKED, &f->object, &f->activity, &f->page, &f->err);
}

static const struct post *read_both(struct fixture *f, const char *object, const char *author)
{
	if (!read_object(f, 200, object))
		fail_msg("%s", f->err.msg);
	assert_int_equal(f->activity.state, LOOKUP_FOUND);
	fill(&f->author, 200, author);
	activity_sign(&f->author, &f->activity, &f->page);
	return f->page.count > 0 ? &f->page.posts[0] : NULL;
}

static void a_request_says_what_it_wants(void **state)
{
	struct http_request request = HTTP_REQUEST_INIT;

	(void)state;
	activity_request(ASKED, &request);
	assert_string_equal(request.url.buf, ASKED);
	assert_true(str_starts(request.accept.buf, "application/activity+json"));
	assert_int_equal(request.bearer.len, 0);
	http_request_release(&request);
}

static void a_note_and_its_author_become_a_post(void **state)
{
	struct fixture *f = *state;
	const struct post *post = read_both(
		f,
		NOTE("\"to\":[" PUBLIC "],\"content\":\"<p>hi <b>you</b><script>x</script></p>\","
		     "\"summary\":\"talks\",\"sensitive\":true,"
		     "\"updated\":\"2026-05-28T18:05:00Z\","
		     "\"inReplyTo\":\"https://other.example/notes/9\","
		     "\"quoteUri\":\"https://other.example/notes/8\","
		     "\"replies\":{\"totalItems\":2},"
		     "\"tag\":[{\"type\":\"Hashtag\",\"name\":\"#SSMJP\"},"
		     "{\"type\":\"Emoji\",\"name\":\":beer:\","
		     "\"icon\":{\"url\":\"https://files.example/beer.png\"}},"
		     "{\"type\":\"Mention\",\"name\":\"@x\"}],"
		     "\"attachment\":[{\"type\":\"Document\",\"mediaType\":\"image/png\","
		     "\"url\":\"https://files.example/1.png\",\"name\":\"a slide\","
		     "\"width\":10,\"height\":20}]"),
		ACTOR(",\"name\":\"はな\",\"url\":\"https://social.example/@hana\","
		      "\"icon\":{\"url\":\"https://files.example/a.png\"}"));

	assert_non_null(post);
	assert_string_equal(post->uri, "https://social.example/users/hana/statuses/1");
	assert_string_equal(post->url, "https://social.example/@hana/1");
	assert_string_equal(post->html, "<p>hi <strong>you</strong></p>");
	assert_string_equal(post->text, "hi you");
	assert_string_equal(post->spoiler, "talks");
	assert_true(post->sensitive);
	assert_true(post->edited > post->created);
	assert_string_equal(post->reply_uri, "https://other.example/notes/9");
	assert_string_equal(post->quote_uri, "https://other.example/notes/8");
	assert_int_equal(post->counts.replies, 2);
	assert_int_equal(post->visibility, VISIBILITY_PUBLIC);
	assert_int_equal(post->tag_count, 1);
	assert_string_equal(post->tags[0], "ssmjp");
	assert_int_equal(post->emoji_count, 1);
	assert_string_equal(post->emojis[0].code, "beer");
	assert_int_equal(post->media_count, 1);
	assert_int_equal(post->media[0].kind, MEDIA_IMAGE);
	assert_string_equal(post->media[0].alt, "a slide");
	assert_string_equal(post->author.handle, "@hana@social.example");
	assert_string_equal(post->author.name, "はな");
	assert_string_equal(post->author.avatar, "https://files.example/a.png");
	assert_string_equal(post->host, "social.example");
}

static void a_question_has_its_poll(void **state)
{
	struct fixture *f = *state;
	const struct post *post = read_both(
		f,
		"{\"type\":\"Question\"," NAMES ",\"to\":" PUBLIC ",\"anyOf\":["
		"{\"name\":\"paper\",\"replies\":{\"totalItems\":3}},{\"name\":\"wiki\"}],"
		"\"endTime\":\"2026-05-29T18:00:00Z\",\"votersCount\":3}",
		ACTOR(""));

	assert_non_null(post->poll);
	assert_true(post->poll->multiple);
	assert_int_equal(post->poll->option_count, 2);
	assert_int_equal(post->poll->options[0].votes, 3);
	assert_int_equal(post->poll->options[1].votes, -1);
	assert_int_equal(post->poll->voters, 3);
}

static void who_is_addressed_says_who_may_see_it(void **state)
{
	struct fixture *f = *state;

	assert_true(read_object(f, 200,
				NOTE("\"to\":[\"https://social.example/users/hana/f\"],"
				     "\"cc\":[" PUBLIC "]")));
	assert_int_equal(f->page.posts[0].visibility, VISIBILITY_UNLISTED);
	assert_true(read_object(f, 200, NOTE("\"to\":[\"https://social.example/users/hana/f\"]")));
	assert_int_equal(f->activity.state, LOOKUP_HIDDEN);
	assert_int_equal(f->page.count, 0);
	assert_true(read_object(f, 200, NOTE("\"content\":\"to nobody\"")));
	assert_int_equal(f->activity.state, LOOKUP_HIDDEN);
}

static void a_post_whose_author_cannot_be_asked_is_left_out(void **state)
{
	static const char *const answers[] = {
		"not json",
		"{}",
		MALLORY,
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
		assert_null(read_both(f, NOTE("\"to\":" PUBLIC), answers[i]));
		assert_int_equal(f->activity.state, LOOKUP_NOT_TOLD);
	}
	assert_true(read_object(f, 200, NOTE("\"to\":" PUBLIC)));
	activity_sign(NULL, &f->activity, &f->page);
	assert_int_equal(f->page.count, 0);
}

static void an_author_who_does_not_want_it_is_heard(void **state)
{
	struct fixture *f = *state;
	const struct post *post = read_both(f, NOTE("\"to\":" PUBLIC ",\"content\":\"secret\""),
					    ACTOR(",\"summary\":\"<p>#noarchive</p>\""));

	assert_true(post->optout);
	assert_null(post->html);
	assert_int_equal(f->activity.state, LOOKUP_OPTED_OUT);
	post = read_both(f, NOTE("\"to\":" PUBLIC), ACTOR(",\"suspended\":true"));
	assert_null(post);
	assert_int_equal(f->activity.state, LOOKUP_HIDDEN);
}

static enum fate never(void *owner, const struct post *post)
{
	(void)owner;
	(void)post;
	return FATE_DROPPED;
}

static void the_judge_is_asked(void **state)
{
	struct fixture *f = *state;

	f->page.judge = never;
	assert_null(read_both(f, NOTE("\"to\":" PUBLIC), ACTOR("")));
	assert_int_equal(f->page.dropped, 1);
}

static void a_server_speaks_only_for_itself(void **state)
{
	struct fixture *f = *state;

	assert_true(read_object(f, 200,
				"{\"type\":\"Note\",\"id\":\"https://other.example/notes/1\","
				"\"attributedTo\":\"https://other.example/users/taro\","
				"\"published\":\"2026-05-28T18:00:00Z\",\"to\":" PUBLIC "}"));
	assert_string_equal(f->activity.elsewhere, "https://other.example/notes/1");
	assert_int_equal(f->page.count, 0);
	assert_false(read_object(f, 200,
				 "{\"type\":\"Note\",\"id\":\"https://social.example/1\","
				 "\"attributedTo\":\"https://other.example/users/taro\","
				 "\"published\":\"2026-05-28T18:00:00Z\",\"to\":" PUBLIC "}"));
}

static void what_is_not_there_is_told_apart(void **state)
{
	struct fixture *f = *state;

	assert_true(read_object(f, 404, ""));
	assert_int_equal(f->activity.state, LOOKUP_GONE);
	assert_true(read_object(f, 410, ""));
	assert_int_equal(f->activity.state, LOOKUP_GONE);
	assert_true(read_object(f, 200, "{\"type\":\"Tombstone\",\"id\":\"" ASKED "\"}"));
	assert_int_equal(f->activity.state, LOOKUP_GONE);
	assert_true(read_object(f, 401, ""));
	assert_int_equal(f->activity.state, LOOKUP_REFUSED);
	assert_false(read_object(f, 503, ""));
	assert_int_equal(f->err.code, ERR_NETWORK);
	assert_false(read_object(f, 429, ""));
	assert_int_equal(f->err.code, ERR_RATE);
}

static void what_is_no_post_is_refused(void **state)
{
	static const char *const bodies[] = {
		"",
		"[]",
		"null",
		"{",
		"{\"type\":\"Person\",\"id\":\"" ASKED "\"}",
		"{\"type\":\"Note\"}",
		"{\"type\":\"Note\",\"id\":\"javascript:1\"}",
		"{\"type\":\"Note\",\"id\":\"" ASKED "\"}",
		"{\"type\":\"Note\",\"id\":\"" ASKED
		"\",\"attributedTo\":\"https://social.example/users/hana\",\"published\":7}",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		assert_false(read_object(f, 200, bodies[i]));
		assert_int_equal(f->err.code, ERR_MALFORMED);
		assert_int_equal(f->page.count, 0);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_says_what_it_wants),
		TEST(a_note_and_its_author_become_a_post),
		TEST(a_question_has_its_poll),
		TEST(who_is_addressed_says_who_may_see_it),
		TEST(a_post_whose_author_cannot_be_asked_is_left_out),
		TEST(an_author_who_does_not_want_it_is_heard),
		TEST(the_judge_is_asked),
		TEST(a_server_speaks_only_for_itself),
		TEST(what_is_not_there_is_told_apart),
		TEST(what_is_no_post_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
