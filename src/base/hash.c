#include "archive/base/hash.h"

#include <string.h>

#include <openssl/evp.h>

#include "archive/base/mem.h"

void hash_sha256(const void *bytes, size_t len, uint8_t out[HASH_SIZE])
{
	if (!EVP_Digest(bytes, len, out, NULL, EVP_sha256(), NULL))
		mem_exhausted();
}

bool hash_stream(FILE *in, char out[HASH_HEX_SIZE])
{
	uint8_t hash[HASH_SIZE];
	char chunk[65536];
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool ok = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL);
	size_t got;

	while (ok && (got = fread(chunk, 1, sizeof(chunk), in)) > 0)
		ok = EVP_DigestUpdate(context, chunk, got);
	ok = ok && EVP_DigestFinal_ex(context, hash, NULL);
	EVP_MD_CTX_free(context);
	for (size_t i = 0; ok && i < HASH_SIZE; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
	return ok && !ferror(in);
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
