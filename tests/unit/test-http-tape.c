#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/http/tape.h"

#define NOW INT64_C(1793369100000) /* 2026-10-30T14:05:00Z */

static const char *const sources[] = { "mastodon:social.example", "x" };

/* A folder of the test's own, gone after it. */
static int make_folder(void **state)
{
	*state = xstrdup("/tmp/test-tape-XXXXXX");
	return mkdtemp(*state) ? 0 : -1;
}

static void remove_files(const char *folder)
{
	DIR *files = opendir(folder);
	const struct dirent *file;
	struct str path = STR_INIT;

	while (files && (file = readdir(files))) {
		str_clear(&path);
		str_addf(&path, "%s/%s", folder, file->d_name);
		unlink(path.buf);
	}
	if (files)
		closedir(files);
	rmdir(folder);
	str_release(&path);
}

static int remove_folder(void **state)
{
	remove_files(*state);
	free(*state);
	return 0;
}

static int count_files(const char *folder)
{
	DIR *files = opendir(folder);
	const struct dirent *file;
	int count = 0;

	assert_non_null(files);
	while ((file = readdir(files)))
		count += file->d_name[0] != '.';
	closedir(files);
	return count;
}

static void write_file(const char *folder, const char *name, const char *text)
{
	struct str path = STR_INIT;
	struct err err = { 0 };

	str_addf(&path, "%s/%s", folder, name);
	assert_true(io_write_file(path.buf, text, strlen(text), &err));
	str_release(&path);
}

static void read_file(const char *folder, const char *name, struct str *out)
{
	struct str path = STR_INIT;
	struct err err = { 0 };

	str_clear(out);
	str_addf(&path, "%s/%s", folder, name);
	assert_true(io_read_file(path.buf, 1 << 20, out, &err));
	str_release(&path);
}

static struct http_request request_of(const char *url, const char *body)
{
	struct http_request request = HTTP_REQUEST_INIT;

	str_add(&request.url, url);
	str_add(&request.body, body);
	str_add(&request.bearer, "SECRET");
	return request;
}

static bool put(struct tape *tape, const char *url, const char *body, int status, const char *says,
		struct err *err)
{
	struct http_request request = request_of(url, body);
	struct http_answer answer = HTTP_ANSWER_INIT;
	bool ok;

	answer.status = status;
	str_add(&answer.headers, "Content-Type: application/json\r\nSet-Cookie: SECRET\r\n");
	str_add(&answer.body, says);
	ok = tape_put(tape, &request, &answer, err);
	http_request_release(&request);
	http_answer_release(&answer);
	return ok;
}

/* What the tape answers; "" when it has no answer. */
static int find(struct tape *tape, const char *url, const char *body, struct str *says,
		struct err *err)
{
	struct http_request request = request_of(url, body);
	struct http_answer answer = HTTP_ANSWER_INIT;
	int status = 0;

	str_clear(says);
	if (tape_find(tape, &request, &answer, err)) {
		status = answer.status;
		str_add_n(says, answer.body.buf, answer.body.len);
		assert_int_equal(answer.received, tape_time(tape));
	}
	http_request_release(&request);
	http_answer_release(&answer);
	return status;
}

static struct tape *record(const char *folder)
{
	struct err err = { 0 };
	struct tape *tape = tape_record(folder, sources, ARRAY_LEN(sources), NOW, &err);

	assert_string_equal(err.msg, "");
	assert_non_null(tape);
	return tape;
}

static struct tape *play(const char *folder)
{
	struct err err = { 0 };
	struct tape *tape = tape_open(folder, &err);

	assert_string_equal(err.msg, "");
	assert_non_null(tape);
	return tape;
}

static void a_tape_is_files_that_a_person_can_read(void **state)
{
	struct tape *tape = record(*state);
	struct str text = STR_INIT;
	struct err err = { 0 };

	read_file(*state, "index", &text);
	assert_string_equal(text.buf, "archive-tape 1\ntime 2026-10-30T14:05:00Z\n"
				      "source mastodon:social.example\nsource x\n");
	assert_true(put(tape, "https://social.example/a?b=c", "", 200, "[]", &err));
	assert_true(put(tape, "https://notes.example:8443/api", "{\"tag\":\"ssmjp\"}", 429, "slow",
			&err));
	read_file(*state, "0001-social.example.request", &text);
	assert_string_equal(text.buf, "GET https://social.example/a?b=c\n");
	read_file(*state, "0001-social.example.http", &text);
	assert_string_equal(text.buf, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
				      "Content-Length: 2\r\n\r\n[]");
	read_file(*state, "0002-notes.example.request", &text);
	assert_string_equal(text.buf, "POST https://notes.example:8443/api\n\n{\"tag\":\"ssmjp\"}");
	assert_int_equal(count_files(*state), 5);
	str_release(&text);
	tape_free(tape);
}

static void equal_requests_are_answered_in_order_and_then_by_the_last(void **state)
{
	struct tape *tape = record(*state);
	struct str says = STR_INIT;
	struct err err = { 0 };

	assert_true(put(tape, "https://a.example/?x=1&y=2", "", 503, "first", &err));
	assert_true(put(tape, "https://a.example/?other", "", 200, "between", &err));
	assert_true(put(tape, "https://a.example/?y=2&x=1", "", 200, "second", &err));
	assert_true(put(tape, "https://a.example/?x=1&y=2", "{}", 200, "of a body", &err));
	tape_free(tape);
	tape = play(*state);
	assert_int_equal(find(tape, "https://a.example/?y=2&x=1", "", &says, &err), 503);
	assert_string_equal(says.buf, "first");
	assert_int_equal(find(tape, "https://a.example/?x=1&y=2", "{}\n", &says, &err), 200);
	assert_string_equal(says.buf, "of a body");
	for (int i = 0; i < 3; i++) {
		assert_int_equal(find(tape, "https://a.example/?x=1&y=2", "", &says, &err), 200);
		assert_string_equal(says.buf, "second");
	}
	str_release(&says);
	tape_free(tape);
}

/* A run with another budget asks for pages of other sizes. */
static void how_many_are_asked_for_makes_no_other_request(void **state)
{
	struct tape *tape = record(*state);
	struct str says = STR_INIT;
	struct err err = { 0 };

	assert_true(put(tape, "https://a.example/?max_results=22&x=1", "", 200, "first", &err));
	assert_true(put(tape, "https://a.example/?max_results=10&x=2", "", 200, "second", &err));
	tape_free(tape);
	tape = play(*state);
	assert_int_equal(find(tape, "https://a.example/?x=2&max_results=100", "", &says, &err),
			 200);
	assert_string_equal(says.buf, "second");
	assert_int_equal(find(tape, "https://a.example/?x=1", "", &says, &err), 200);
	assert_string_equal(says.buf, "first");
	assert_int_equal(find(tape, "https://a.example/?x=3&max_results=22", "", &says, &err), 0);
	str_release(&says);
	tape_free(tape);
}

static void a_request_that_is_not_there_is_named(void **state)
{
	struct tape *tape = record(*state);
	struct str says = STR_INIT;
	struct err err = { 0 };

	tape_free(tape);
	tape = play(*state);
	assert_int_equal(find(tape, "https://a.example/tags/ssmjp?max_id=7", "", &says, &err), 0);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.msg, "GET https://a.example/tags/ssmjp?max_id=7"));
	assert_null(strstr(err.msg, "SECRET"));
	str_release(&says);
	tape_free(tape);
}

static void a_tape_tells_its_time_and_sources(void **state)
{
	struct tape *tape = record(*state);

	tape_free(tape);
	tape = play(*state);
	assert_int_equal(tape_time(tape), NOW);
	assert_int_equal(tape_source_count(tape), 2);
	assert_string_equal(tape_source(tape, 0), sources[0]);
	assert_string_equal(tape_source(tape, 1), sources[1]);
	tape_free(tape);
}

static void recording_goes_on_behind_the_last_number(void **state)
{
	static const char *const more[] = { "x", "bluesky" };
	struct tape *tape = record(*state);
	struct str says = STR_INIT;
	struct err err = { 0 };

	assert_true(put(tape, "https://a.example/", "", 200, "1", &err));
	tape_free(tape);
	write_file(*state, "12345-a.example.request", "GET https://a.example/\n");
	write_file(*state, "12345-a.example.http", "HTTP/1.1 200\n\n12345");
	tape = tape_record(*state, more, 2, NOW + 86400000, &err);
	assert_non_null(tape);
	assert_true(put(tape, "https://a.example/", "", 200, "12346", &err));
	tape_free(tape);
	tape = play(*state);
	assert_int_equal(tape_time(tape), NOW);
	assert_int_equal(tape_source_count(tape), 3);
	for (size_t i = 0; i < 3; i++) {
		find(tape, "https://a.example/", "", &says, &err);
		assert_string_equal(says.buf, ((const char *[]){ "1", "12345", "12346" })[i]);
	}
	str_release(&says);
	tape_free(tape);
}

static void a_folder_without_an_index_is_no_tape(void **state)
{
	struct err err = { 0 };

	assert_null(tape_open(*state, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.msg, "no tape is there"));
	err = (struct err){ 0 };
	assert_null(tape_open("/nowhere/at all", &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	tape_free(NULL);
}

static void a_damaged_tape_is_named_by_file_and_line(void **state)
{
#define HEAD "archive-tape 1\ntime 2026-10-30T14:05:00Z\n"
	static const struct {
		const char *index, *request, *word;
	} cases[] = {
		{ "archive-tape 2\n", NULL, "index: it does not begin" },
		{ "", NULL, "index: " },
		{ "archive-tape 1\nsource x\n", NULL, "index: it does not say when" },
		{ "archive-tape 1\ntime today\n", NULL, "index: line 2" },
		{ HEAD "\nsources x\n", NULL, "index: line 4" },
		{ HEAD "source \n", NULL, "index: line 3" },
		{ HEAD, "", "0001-a.request: it is empty" },
		{ HEAD, "PUT /\n", "0001-a.request: its first line" },
		{ HEAD, "GET \n", "0001-a.request: its first line" },
		{ HEAD, "GET", "0001-a.request: its first line" },
		{ HEAD, "GET https://a.example/\r\r\n", "0001-a.request: its first line" },
		{ HEAD, "GET https://a.example/\x1b[31m\n", "0001-a.request: its first line" },
	};
#undef HEAD

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };

		write_file(*state, "index", cases[i].index);
		if (cases[i].request)
			write_file(*state, "0001-a.request", cases[i].request);
		assert_null(tape_open(*state, &err));
		assert_int_equal(err.code, ERR_MALFORMED);
		assert_non_null(strstr(err.msg, cases[i].word));
	}
}

static void a_damaged_answer_is_named_when_it_is_asked_for(void **state)
{
	static const struct {
		const char *answer; /* NULL: the file is missing */
		enum err_code code;
	} cases[] = {
		{ NULL, ERR_NOT_FOUND },
		{ "nonsense", ERR_MALFORMED },
		{ "HTTP/1.1 200 OK\nContent-Length: 9\n\n[", ERR_NETWORK },
	};
	struct str says = STR_INIT;

	write_file(*state, "index", "archive-tape 1\ntime 2026-10-30T14:05:00Z\n");
	write_file(*state, "1-a.request",
		   "GET https://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct tape *tape = play(*state);
		struct err err = { 0 };

		if (cases[i].answer)
			write_file(*state, "1-a.http", cases[i].answer);
		assert_int_equal(find(tape, "https://a.example/", "", &says, &err), 0);
		assert_int_equal(err.code, cases[i].code);
		assert_non_null(strstr(err.msg, "1-a.http"));
		tape_free(tape);
	}
	str_release(&says);
}

static void other_files_in_the_folder_do_not_matter(void **state)
{
	struct tape *tape = record(*state);
	struct str says = STR_INIT;
	struct err err = { 0 };

	assert_true(put(tape, "https://a.example/", "", 200, "1", &err));
	tape_free(tape);
	write_file(*state, "README", "a tape");
	write_file(*state, "0002-a.example.http", "left behind by a kill");
	write_file(*state, "x-a.request", "nonsense");
	write_file(*state, "0003.request", "nonsense");
	write_file(*state, "99999999999999999999-a.request", "nonsense");
	write_file(*state, "0004-a.request.x8s7Dk", "nonsense");
	tape = play(*state);
	assert_int_equal(find(tape, "https://a.example/", "", &says, &err), 200);
	str_release(&says);
	tape_free(tape);
}

/* The limit makes writes fail as a full disk does. */
static void a_full_disk_is_an_error_and_leaves_a_whole_tape(void **state)
{
	struct tape *tape = record(*state);
	struct str says = STR_INIT;
	struct err err = { 0 };
	struct rlimit before, small;

	assert_true(put(tape, "https://a.example/1", "", 200, "1", &err));
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_IGN);
	small = (struct rlimit){ .rlim_cur = 16, .rlim_max = before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_false(put(tape, "https://a.example/2", "", 200, "2", &err));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(err.code, ERR_IO);
	err = (struct err){ 0 };
	assert_true(put(tape, "https://a.example/3", "", 200, "3", &err));
	tape_free(tape);
	tape = play(*state);
	assert_int_equal(find(tape, "https://a.example/1", "", &says, &err), 200);
	assert_int_equal(find(tape, "https://a.example/2", "", &says, &err), 0);
	assert_int_equal(find(tape, "https://a.example/3", "", &says, &err), 200);
	str_release(&says);
	tape_free(tape);
}

static void a_host_cannot_choose_a_path(void **state)
{
	static const struct {
		const char *url, *label;
	} cases[] = {
		{ "https://Social.Example:8443/a", "social.example" },
		{ "https://user:pass@social.example/", "social.example" },
		{ "https://../../etc/passwd", ".." },
		{ "https://a/../b", "a" },
		{ "https://a\\..\\b/", "a..b" },
		{ "https://[::1]:80/", "1" },
		{ "https://日本.example/", ".example" },
		{ "https://%2e%2e%2f/", "2e2e2f" },
		{ "https://", "host" },
		{ "", "host" },
		{ "https://a\n\x1b[31m.example/", "a31m.example" },
	};
	struct str label = STR_INIT;
	struct str url = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		str_clear(&label);
		tape_host_label(&label, cases[i].url);
		assert_string_equal(label.buf, cases[i].label);
	}
	str_add(&url, "https://");
	for (int i = 0; i < 300; i++)
		str_add_char(&url, 'a');
	str_clear(&label);
	tape_host_label(&label, url.buf);
	assert_int_equal(label.len, 100);
	str_release(&label);
	str_release(&url);
}

static void equal_urls_have_one_spelling(void **state)
{
	static const char *const cases[][2] = {
		{ "https://A.example", "https://a.example/" },
		{ "HTTPS://a.EXAMPLE/Path?b=2&a=1", "https://a.example/Path?a=1&b=2" },
		{ "https://a.example/?b=2&&a=1&#part", "https://a.example/?a=1&b=2" },
		{ "https://a.example/?", "https://a.example/" },
		{ "https://a.example/%7Etag/%e3%82%bf", "https://a.example/~tag/%E3%82%BF" },
		{ "https://a.example/タ?q=タ", "https://a.example/%E3%82%BF?q=%E3%82%BF" },
		{ "https://a.example/?q=a+b", "https://a.example/?q=a%20b" },
		{ "https://a.example/?q=a%2Bb", "https://a.example/?q=a%2Bb" },
		{ "https://a.example/a%2Fb", "https://a.example/a%2Fb" },
		{ "https://a.example/?u=https://b/?c=d",
		  "https://a.example/?u=https%3A%2F%2Fb%2F%3Fc%3Dd" },
		{ "https://a.example/?q=%zz&r=%", "https://a.example/?q=%25zz&r=%25" },
		{ "https://a.example/?a&a=&a=1", "https://a.example/?a&a=&a=1" },
		{ "https://a.example/?any[]=b&any[]=a",
		  "https://a.example/?any%5B%5D=a&any%5B%5D=b" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str once = STR_INIT;
		struct str twice = STR_INIT;

		tape_canonical_url(&once, cases[i][0]);
		tape_canonical_url(&twice, once.buf);
		assert_string_equal(once.buf, cases[i][1]);
		assert_string_equal(twice.buf, once.buf);
		str_release(&once);
		str_release(&twice);
	}
}

static void unequal_requests_have_unequal_keys(void **state)
{
	static const char *const cases[][2] = {
		{ "https://a.example/", "" },	  { "https://a.example/", "{}" },
		{ "https://a.example/a", "" },	  { "https://b.example/", "" },
		{ "http://a.example/", "" },	  { "https://a.example:8443/", "" },
		{ "https://a.example/?a=1", "" }, { "https://a.example/?a=1&a=1", "" },
		{ "https://a.example/?A=1", "" }, { "https://a.example/A", "" },
		{ "https://a.example/", "{ }" },
	};
	uint8_t keys[ARRAY_LEN(cases)][HASH_SIZE];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct http_request request = request_of(cases[i][0], cases[i][1]);

		tape_key(&request, keys[i]);
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(keys[i], keys[j], HASH_SIZE);
		http_request_release(&request);
	}
}

int main(void)
{
#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
	const struct CMUnitTest tests[] = {
		WITH_FOLDER(a_tape_is_files_that_a_person_can_read),
		WITH_FOLDER(how_many_are_asked_for_makes_no_other_request),
		WITH_FOLDER(equal_requests_are_answered_in_order_and_then_by_the_last),
		WITH_FOLDER(a_request_that_is_not_there_is_named),
		WITH_FOLDER(a_tape_tells_its_time_and_sources),
		WITH_FOLDER(recording_goes_on_behind_the_last_number),
		WITH_FOLDER(a_folder_without_an_index_is_no_tape),
		WITH_FOLDER(a_damaged_tape_is_named_by_file_and_line),
		WITH_FOLDER(a_damaged_answer_is_named_when_it_is_asked_for),
		WITH_FOLDER(other_files_in_the_folder_do_not_matter),
		WITH_FOLDER(a_full_disk_is_an_error_and_leaves_a_whole_tape),
		cmocka_unit_test(a_host_cannot_choose_a_path),
		cmocka_unit_test(equal_urls_have_one_spelling),
		cmocka_unit_test(unequal_requests_have_unequal_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
