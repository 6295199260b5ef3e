/*
 * A configuration of any bytes: read whole or refused in one clean sentence that names the line;
 * and a second reading of the same bytes says the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/cli/config.h"
#include "archive/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_sentence(const struct err *err)
{
	if (err->code != ERR_USAGE || !str_starts(err->msg, "c.ini, line ") ||
	    !utf8_valid(err->msg, strlen(err->msg)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config one = { 0 }, two = { 0 };
	struct err first = { 0 }, second = { 0 };
	bool ok = config_parse(&one, "c.ini", (const char *)data, size, &first);

	if (ok != config_parse(&two, "c.ini", (const char *)data, size, &second) ||
	    one.count != two.count || strcmp(first.msg, second.msg) != 0)
		abort();
	if (!ok)
		check_sentence(&first);
	for (size_t i = 0; i < one.count; i++)
		if (config_find(&one, one.sources[i].name) != &one.sources[i])
			abort();
	config_release(&one);
	config_release(&two);
	return 0;
}
