#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <curl/curl.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_authority_of_ones_own_stands_beside_the_systems),
		cmocka_unit_test(without_a_file_libcurl_decides),
		cmocka_unit_test(a_file_without_a_certificate_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
