#include "archive/curate/section-key.h"

#include <string.h>

#include "archive/base/hash.h"

#define SHORT_KEY	3
#define LONG_KEY	7
#define SHORT_TRIES	64
#define LETTERS		"abcdefghijklmnopqrstuvwxyz"
#define LETTERS_NUMBERS LETTERS "0123456789"

bool section_key_valid(const char *key)
{
	size_t len = strspn(key, LETTERS_NUMBERS);

	return len > 0 && len <= SECTION_KEY_MAX && key[len] == '\0' && strchr(LETTERS, key[0]);
}

void section_key_add(struct str *out, const char *slug, const char *title, unsigned try)
{
	char hash[HASH_SHORT_LEN + 1];
	struct str text = STR_INIT;

	str_addf(&text, "%s\n%s\n%u", slug, title ? title : "", try);
	hash_short_id(text.buf, hash);
	if (!strchr(LETTERS, hash[0]))
		hash[0] = (char)('a' + (hash[0] - '2'));
	str_add_n(out, hash, try < SHORT_TRIES ? SHORT_KEY : LONG_KEY);
	str_release(&text);
}
