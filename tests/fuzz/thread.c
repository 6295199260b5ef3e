#include <stdint.h>

#include "archive/import/thread.h"
#include "check-import.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	check_import(import_thread, bytes, len);
	return 0;
}
