/* What a person types: a time, a tag, the name of a thread. Whatever it is, it is understood or
 * refused by a sentence. */
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/model/thread.h"
#include "archive/text/tag.h"
#include "archive/text/utf8.h"
#include "archive/text/when.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#define NOW  INT64_C(1498820400000)
#define YEAR INT64_C(31556952000)

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void check_refusal(bool done, const struct err *err)
{
	demand(done == (err->code == ERR_NONE));
	demand(done || (err->code == ERR_USAGE && utf8_valid(err->msg, strlen(err->msg))));
}

static void try_time(const char *typed, enum when_side side, const char *zone)
{
	struct err err = { 0 };
	int64_t ms = INT64_MIN;
	bool done = when_parse(typed, side, NOW, zone, &ms, &err);

	check_refusal(done, &err);
	if (done)
		demand(ms > -1971 * YEAR && ms < 8031 * YEAR);
	else
		demand(ms == INT64_MIN);
}

/* What was folded folds to itself. */
static void try_name(bool (*fold)(struct str *, const char *, struct err *), const char *typed)
{
	struct str once = STR_INIT, twice = STR_INIT;
	struct err err = { 0 };
	bool done = fold(&once, typed, &err);

	check_refusal(done, &err);
	demand(done == (once.len > 0));
	if (done)
		demand(fold(&twice, once.buf, &err) && str_same(once.buf, twice.buf));
	str_release(&once);
	str_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	char *typed = xstrndup((const char *)bytes, len);

	for (enum when_side side = WHEN_SINCE; side <= WHEN_NEXT; side++) {
		try_time(typed, side, "Asia/Tokyo");
		try_time(typed, side, "UTC");
	}
	try_name(tag_fold, typed);
	try_name(slug_fold, typed);
	free(typed);
	return 0;
}
