#include <stdint.h>

#include "archive/import/blog.h"
#include "check-import.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	check_import(import_blog, bytes, len);
	check_import(import_text, bytes, len);
	return 0;
}
