/*
 * Pictures of an evening for a terminal, a line each: how many posts came when (Braille), what was
 * read of it (ASCII), and the hours below. Pure: they are written to a string.
 */
#ifndef ARCHIVE_CLI_CHART_H
#define ARCHIVE_CLI_CHART_H

#include "archive/base/str.h"
#include "archive/store/ledger.h"
#include "archive/store/minutes.h"

#define CHART_MAX_COLUMNS 200

/* A stretch of time, as wide as so many columns. */
struct chart {
	int64_t from, to; /* UTC ms, to exclusive */
	int columns;
};

/* From the minute of the one to behind that of the other, over most columns, or over fewer if else
 * half a column were less than a minute. */
struct chart chart_of(int64_t from, int64_t to, int most);

/* Two counts a column, each up to four dots high, the highest of them full; what has any posts has
 * a dot. */
void chart_histogram(struct str *out, const struct chart *chart, const struct minute *minutes,
		     size_t count);

#define CHART_READ    '='
#define CHART_PART    '-' /* of this column's time some was read */
#define CHART_UNREAD  '.'
#define CHART_REFUSED '!' /* not read, and it cannot be read as things are */

struct chart_source {
	const struct span *spans; /* of the ledger */
	size_t count;
	bool failing;  /* its last run failed */
	int64_t reach; /* what is older cannot be asked for (UTC ms); 0 = all can */
	int64_t asked; /* when its last run began: what came after that was not read */
};

void chart_coverage(struct str *out, const struct chart *chart, const struct chart_source *source);

/* The time at places that are round in the zone, "19:00" or "10-30", each beginning in its column.
 */
void chart_hours(struct str *out, const struct chart *chart, const char *zone);

#endif
