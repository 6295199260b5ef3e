#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <curl/curl.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/http/transfer.h"

#define OURS "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"

static bool read_ca(struct transfer_rules *rules, const char *text, struct err *err)
{
	char path[] = "/tmp/test-ca-XXXXXX";
	int fd = mkstemp(path);
	bool ok;

	assert_true(fd >= 0);
	close(fd);
	assert_true(io_write_file(path, text, strlen(text), err));
	*rules = (struct transfer_rules){ .ca = STR_INIT };
	ok = transfer_read_ca(rules, path, err);
	unlink(path);
	return ok;
}

static void an_authority_of_ones_own_stands_beside_the_systems(void **state)
{
	const char *system = curl_version_info(CURLVERSION_NOW)->cainfo;
	struct transfer_rules rules;
	struct str theirs = STR_INIT;
	struct err err = { 0 };

	(void)state;
	assert_true(read_ca(&rules, OURS, &err));
	assert_true(str_ends(rules.ca.buf, OURS));
	if (system && io_read_file(system, 16 << 20, &theirs, &err))
		assert_int_equal(rules.ca.len, theirs.len + 1 + strlen(OURS));
	str_release(&theirs);
	transfer_rules_release(&rules);
}

static void without_a_file_libcurl_decides(void **state)
{
	struct transfer_rules rules = { .ca = STR_INIT };
	struct err err = { 0 };

	(void)state;
	assert_true(transfer_read_ca(&rules, NULL, &err));
	assert_int_equal(rules.ca.len, 0);
	transfer_rules_release(&rules);
}

static void a_file_without_a_certificate_is_refused(void **state)
{
	struct transfer_rules rules;
	struct err err = { 0 };

	(void)state;
	assert_false(read_ca(&rules, "-----BEGIN PRIVATE KEY-----\n", &err));
	assert_int_equal(err.code, ERR_MALFORMED);
	transfer_rules_release(&rules);
}

/* Nobody is asked at the socket; what comes is the failure of a question to it over https. */
static struct failure ask_socket(const struct guard *guard, const struct sockaddr_in *address)
{
	const struct transfer_rules rules = {
		.ca = STR_INIT, .timeout_ms = 5000, .max_bytes = 100, .guard = guard
	};
	const struct http_request request = HTTP_REQUEST_INIT;
	struct http_url url = HTTP_URL_INIT;
	struct http_answer answer = HTTP_ANSWER_INIT;
	struct transfer transfer = { 0 };
	struct failure failure = { 0 };
	struct str text = STR_INIT;
	struct err err = { 0 };

	str_addf(&text, "https://127.0.0.1:%d/", ntohs(address->sin_port));
	assert_true(http_url_parse(&url, text.buf, &err));
	transfer_prepare(&transfer, &rules, &url, &request, false, 200, &answer);
	assert_false(transfer_finish(&transfer, (int)curl_easy_perform(transfer.easy), &failure));
	transfer_release(&transfer);
	http_answer_release(&answer);
	http_url_release(&url);
	str_release(&text);
	return failure;
}

static void a_guarded_socket_is_not_opened_into_a_private_network(void **state)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	struct str origin = STR_INIT;
	const char *origins[1];
	struct failure failure;
	struct guard *guard;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(fd, 4), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
	guard = guard_new(NULL, 0, &err);
	failure = ask_socket(guard, &address);
	guard_free(guard);
	assert_true(failure.refused);
	assert_int_equal(retry_tries(&failure), 1);
	failure.host = "files.example";
	assert_false(failure_say(&failure, &err));
	assert_int_equal(err.code, ERR_MALFORMED);
	assert_non_null(strstr(err.msg, "files.example: leads into a private network"));
	assert_int_equal(accept(fd, NULL, NULL), -1);
	str_addf(&origin, "https://127.0.0.1:%d", ntohs(address.sin_port));
	origins[0] = origin.buf;
	guard = guard_new(origins, 1, &err);
	failure = ask_socket(guard, &address);
	guard_free(guard);
	assert_false(failure.refused);
	close(accept(fd, NULL, NULL));
	close(fd);
	str_release(&origin);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_guarded_socket_is_not_opened_into_a_private_network),
		cmocka_unit_test(an_authority_of_ones_own_stands_beside_the_systems),
		cmocka_unit_test(without_a_file_libcurl_decides),
		cmocka_unit_test(a_file_without_a_certificate_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
