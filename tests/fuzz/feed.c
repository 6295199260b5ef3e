#include <stdint.h>

#include "archive/import/feed.h"
#include "check-import.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	check_import(import_feed, bytes, len);
	return 0;
}
