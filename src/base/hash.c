#include "archive/base/hash.h"

#include <string.h>

#include <sha2.h>

void hash_sha256(const void *bytes, size_t len, uint8_t out[HASH_SIZE])
{
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, bytes, len);
	SHA256Final(out, &context);
}

bool hash_stream(FILE *in, char out[HASH_HEX_SIZE])
{
	uint8_t hash[HASH_SIZE];
	char chunk[65536];
	SHA2_CTX context;
	size_t got;

	SHA256Init(&context);
	while ((got = fread(chunk, 1, sizeof(chunk), in)) > 0)
		SHA256Update(&context, (const uint8_t *)chunk, got);
	SHA256Final(hash, &context);
	for (size_t i = 0; i < HASH_SIZE; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
	return !ferror(in);
}

void hash_short_id(const char *uri, char out[HASH_SHORT_LEN + 1])
{
	static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
	uint8_t hash[HASH_SIZE];
	uint64_t bits = 0;

	hash_sha256(uri, strlen(uri), hash);
	for (int i = 0; i < 5; i++) /* 8 characters of 5 bits are 5 bytes */
		bits = bits << 8 | hash[i];
	for (int i = 0; i < HASH_SHORT_LEN; i++)
		out[i] = alphabet[bits >> (35 - 5 * i) & 31];
	out[HASH_SHORT_LEN] = '\0';
}
