#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include "archive/base/mem.h"
#include "archive/http/guard.h"

static const char *const variables[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" };

static struct guard *guard_of(const char *origin)
{
	struct err err = { 0 };
	struct guard *guard = guard_new(&origin, origin ? 1 : 0, &err);

	assert_non_null(guard);
	return guard;
}

static void read_address(const char *text, int port, struct sockaddr_storage *out)
{
	struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };

	*out = (struct sockaddr_storage){ 0 };
	if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
		memcpy(out, &four, sizeof(four));
	else if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1)
		memcpy(out, &six, sizeof(six));
	else
		fail_msg("%s is no address", text);
}

static void only_what_everyone_can_reach_is_public(void **state)
{
	static const struct {
		const char *address;
		bool is_public;
	} cases[] = {
		{ "1.1.1.1", true },
		{ "8.8.8.8", true },
		{ "100.63.255.255", true },
		{ "100.128.0.0", true },
		{ "172.15.255.255", true },
		{ "172.32.0.0", true },
		{ "192.167.255.255", true },
		{ "192.169.0.0", true },
		{ "169.253.255.255", true },
		{ "198.17.255.255", true },
		{ "198.20.0.0", true },
		{ "223.255.255.255", true },
		{ "0.0.0.0", false },
		{ "0.1.2.3", false },
		{ "10.0.0.1", false },
		{ "10.255.255.255", false },
		{ "100.64.0.0", false },
		{ "100.127.255.255", false },
		{ "127.0.0.1", false },
		{ "127.255.255.254", false },
		{ "169.254.169.254", false },
		{ "172.16.0.0", false },
		{ "172.31.255.255", false },
		{ "192.0.0.8", false },
		{ "192.0.2.1", false },
		{ "192.88.99.1", false },
		{ "192.168.0.1", false },
		{ "198.18.0.1", false },
		{ "198.19.255.255", false },
		{ "198.51.100.7", false },
		{ "203.0.113.9", false },
		{ "224.0.0.1", false },
		{ "239.255.255.250", false },
		{ "240.0.0.1", false },
		{ "255.255.255.255", false },
		{ "2606:4700:4700::1111", true },
		{ "2a00:1450:4001:80b::200e", true },
		{ "2001:4860:4860::8888", true },
		{ "64:ff9b::8.8.8.8", true },
		{ "64:ff9b::10.0.0.1", false },
		{ "64:ff9b::127.0.0.1", false },
		{ "64:ff9b:1::8.8.8.8", false },
		{ "::", false },
		{ "::1", false },
		{ "::ffff:127.0.0.1", false },
		{ "::ffff:8.8.8.8", false },
		{ "::8.8.8.8", false },
		{ "fe80::1", false },
		{ "fec0::1", false },
		{ "fc00::1", false },
		{ "fd12:3456:789a::1", false },
		{ "ff02::1", false },
		{ "2001:db8::1", false },
		{ "2001::1", false },
		{ "2001:10::1", false },
		{ "2002:0a00:0001::1", false },
		{ "3fff::1", false },
		{ "4000::1", false },
	};
	const struct sockaddr_un local = { .sun_family = AF_UNIX };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct sockaddr_storage address;

		read_address(cases[i].address, 443, &address);
		if (guard_is_public((const struct sockaddr *)&address) != cases[i].is_public)
			fail_msg("%s", cases[i].address);
	}
	assert_false(guard_is_public((const struct sockaddr *)&local));
}

static bool may_ask(const struct guard *guard, const char *text)
{
	struct http_url url = HTTP_URL_INIT;
	struct err err = { 0 };
	bool may;

	assert_true(http_url_parse(&url, text, &err));
	may = guard_may_ask(guard, &url, &err);
	assert_int_equal(err.code, may ? ERR_NONE : ERR_MALFORMED);
	http_url_release(&url);
	return may;
}

static void what_a_post_names_is_asked_over_https_and_by_a_name_of_the_world(void **state)
{
	static const struct {
		const char *url;
		bool may;
	} cases[] = {
		{ "https://files.example/a.png", true },
		{ "https://files.example:8443/a.png", true },
		{ "https://8.8.8.8/", true },
		{ "https://[2606:4700::1111]/", true },
		{ "http://files.example/a.png", false },
		{ "https://localhost/", false },
		{ "https://LOCALHOST./", false },
		{ "https://a.localhost/", false },
		{ "https://printer/", false },
		{ "https://printer./", false },
		{ "https://printer.local/", false },
		{ "https://metadata.google.internal/", false },
		{ "https://nas.home.arpa/", false },
		{ "https://127.0.0.1/", false },
		{ "https://127.0.0.1./", false },
		{ "https://127.1/", false },
		{ "https://0x7f000001/", false },
		{ "https://2130706433/", false },
		{ "https://017700000001/", false },
		{ "https://10.0.0.1/", false },
		{ "https://169.254.169.254/latest/meta-data/", false },
		{ "https://[::1]/", false },
		{ "https://[::ffff:127.0.0.1]/", false },
		{ "https://[::ffff:8.8.8.8]/", false },
		{ "https://[fe80::1%25lo]/", false },
		{ "https://[fd00::1]/", false },
	};
	struct guard *guard = guard_of(NULL);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (may_ask(guard, cases[i].url) != cases[i].may)
			fail_msg("%s", cases[i].url);
	guard_free(guard);
}

static void an_origin_that_the_user_named_is_asked_as_it_is(void **state)
{
	struct guard *guard = guard_of("http://127.0.0.1:3000/base");

	(void)state;
	assert_true(may_ask(guard, "http://127.0.0.1:3000/files/a.png"));
	assert_false(may_ask(guard, "http://127.0.0.1:3001/files/a.png"));
	assert_false(may_ask(guard, "https://127.0.0.1:3000/files/a.png"));
	assert_false(may_ask(guard, "http://127.0.0.2:3000/files/a.png"));
	assert_false(may_ask(guard, "http://localhost:3000/files/a.png"));
	guard_free(guard);
}

static void clear_proxies(void)
{
	for (size_t i = 0; i < ARRAY_LEN(variables); i++)
		unsetenv(variables[i]);
}

static bool may_open(const struct guard *guard, const char *address, int port)
{
	struct sockaddr_storage out;

	read_address(address, port, &out);
	return guard_may_open(guard, (const struct sockaddr *)&out);
}

static void a_socket_goes_to_the_world_or_to_the_proxy_of_the_environment(void **state)
{
	struct guard *guard;

	(void)state;
	clear_proxies();
	guard = guard_of(NULL);
	assert_true(may_open(guard, "8.8.8.8", 443));
	assert_false(may_open(guard, "10.1.2.3", 3128));
	guard_free(guard);
	for (size_t i = 0; i < ARRAY_LEN(variables); i++) {
		clear_proxies();
		setenv(variables[i], i % 2 ? "http://user:word@10.1.2.3:3128/" : "10.1.2.3:3128",
		       1);
		guard = guard_of(NULL);
		assert_true(may_open(guard, "10.1.2.3", 3128));
		assert_false(may_open(guard, "10.1.2.3", 3129));
		assert_false(may_open(guard, "10.1.2.4", 3128));
		guard_free(guard);
	}
	clear_proxies();
	setenv("https_proxy", "http://[fd00::9]", 1);
	guard = guard_of(NULL);
	assert_true(may_open(guard, "fd00::9", 1080));
	assert_false(may_open(guard, "fd00::9", 80));
	guard_free(guard);
	setenv("https_proxy", "://", 1);
	guard = guard_of(NULL);
	assert_false(may_open(guard, "127.0.0.1", 80));
	guard_free(guard);
	clear_proxies();
}

static void what_is_no_address_is_no_origin(void **state)
{
	const char *const origins[] = { "https://files.example", "nonsense" };
	struct err err = { 0 };

	(void)state;
	assert_null(guard_new(origins, 2, &err));
	assert_int_equal(err.code, ERR_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_everyone_can_reach_is_public),
		cmocka_unit_test(what_a_post_names_is_asked_over_https_and_by_a_name_of_the_world),
		cmocka_unit_test(an_origin_that_the_user_named_is_asked_as_it_is),
		cmocka_unit_test(a_socket_goes_to_the_world_or_to_the_proxy_of_the_environment),
		cmocka_unit_test(what_is_no_address_is_no_origin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
