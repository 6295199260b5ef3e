/*
 * Times as people give them (design section 9): "2017-06-30T19:00", "2017-06-30 19:00",
 * "2017-06-30", "19:00", "yesterday", "today", "now", "-2h" (also m, d, w; "-90m"), full-width
 * digits and colon too; an offset or Z is always accepted. Without one the zone says.
 */
#ifndef ARCHIVE_TEXT_WHEN_H
#define ARCHIVE_TEXT_WHEN_H

#include <stdint.h>

#include "archive/base/err.h"

enum when_side {
	WHEN_SINCE, /* a date is its first moment; "19:00" is the last one that has passed */
	WHEN_UNTIL, /* a date is the first moment after it: the day is inside; "19:00" has passed */
	WHEN_NEXT,  /* as WHEN_UNTIL, but "19:00" is the next one to come (--until with --follow) */
};

/* now is UTC milliseconds, zone a zone_known() name. ERR_USAGE names the text and shows what is
 * understood. */
MUST_CHECK bool when_parse(const char *text, enum when_side side, int64_t now, const char *zone,
			   int64_t *ms, struct err *err);

#endif
