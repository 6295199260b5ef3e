#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/hash.h"

#define MILLION 1000000

/* FIPS 180-4's examples (csrc.nist.gov, SHA256.pdf and SHA2_Additional.pdf). */
static const struct {
	const char *text, *hex;
} vectors[] = {
	{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

static const char million_hex[] =
	"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

static void to_hex(const uint8_t hash[HASH_SIZE], char out[HASH_HEX_SIZE])
{
	for (size_t i = 0; i < HASH_SIZE; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

static void the_vectors_of_the_standard_come_out(void **state)
{
	uint8_t hash[HASH_SIZE];
	char hex[HASH_HEX_SIZE];
	char *million = malloc(MILLION);

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		hash_sha256(vectors[i].text, strlen(vectors[i].text), hash);
		to_hex(hash, hex);
		assert_string_equal(hex, vectors[i].hex);
	}
	assert_non_null(million);
	memset(million, 'a', MILLION);
	hash_sha256(million, MILLION, hash);
	to_hex(hash, hex);
	assert_string_equal(hex, million_hex);
	free(million);
}

static void a_stream_is_hashed_from_where_it_stands(void **state)
{
	FILE *in = tmpfile();
	char hex[HASH_HEX_SIZE];

	(void)state;
	assert_non_null(in);
	for (int i = 0; i < MILLION; i++)
		putc('a', in);
	fputs("abc", in);
	rewind(in);
	assert_int_equal(fseek(in, MILLION, SEEK_SET), 0);
	assert_true(hash_stream(in, hex));
	assert_string_equal(hex, vectors[1].hex);
	assert_true(hash_stream(in, hex)); /* at its end */
	assert_string_equal(hex, vectors[0].hex);
	fclose(in);
}

static void a_long_stream_is_read_to_its_end(void **state)
{
	FILE *in = tmpfile();
	char hex[HASH_HEX_SIZE];

	(void)state;
	assert_non_null(in);
	for (int i = 0; i < MILLION; i++)
		putc('a', in);
	rewind(in);
	assert_true(hash_stream(in, hex));
	assert_string_equal(hex, million_hex);
	fclose(in);
}

static void a_stream_that_cannot_be_read_has_no_hash(void **state)
{
	FILE *in = fopen(".", "rb");
	char hex[HASH_HEX_SIZE];

	(void)state;
	assert_non_null(in);
	assert_false(hash_stream(in, hex));
	fclose(in);
}

/* By python3: base64.b32encode(hashlib.sha256(uri).digest()).lower()[:8] */
static void a_short_id_is_the_beginning_of_the_base32(void **state)
{
	static const struct {
		const char *uri, *id;
	} cases[] = {
		{ "https://social.example/users/hana/statuses/1101", "ipruku7j" },
		{ "https://x.com/i/status/879999999999999999", "q4ze5bpk" },
		{ "at://did:plc:example/app.bsky.feed.post/3k", "kx3cq6kj" },
		{ "", "4oymiquy" },
		{ "はな", "nmdpcwnp" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char id[HASH_SHORT_LEN + 1];

		hash_short_id(cases[i].uri, id);
		assert_string_equal(id, cases[i].id);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vectors_of_the_standard_come_out),
		cmocka_unit_test(a_stream_is_hashed_from_where_it_stands),
		cmocka_unit_test(a_long_stream_is_read_to_its_end),
		cmocka_unit_test(a_stream_that_cannot_be_read_has_no_hash),
		cmocka_unit_test(a_short_id_is_the_beginning_of_the_base32),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
