#include <stdint.h>
#include <stdlib.h>

#include "check-answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* An answer, a refusal and a file's content are all the same bytes. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct source source = SOURCE_INIT;
	struct err err = { 0 };

	if (!source_parse(&source, "mastodon:social.example", &err))
		abort();
	check_answer(&source, (const char *)bytes, len, 200, NULL);
	check_answer(&source, (const char *)bytes, len, 400, NULL);
	check_body(&source, (const char *)bytes, len);
	source_release(&source);
	return 0;
}
