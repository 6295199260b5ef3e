/*
 * Civil time in a named zone (IANA, such as "Asia/Tokyo"), independent of the environment's TZ. The
 * rules are the system's tzdata, read by libc. Not for several threads at once: libc keeps one zone
 * for the process.
 */
#ifndef ARCHIVE_BASE_ZONE_H
#define ARCHIVE_BASE_ZONE_H

#include <stdint.h>

#include "archive/base/err.h"

struct civil {
	int year, month, day, hour, minute, second; /* month and day from 1 */
	int offset;				    /* seconds east of UTC */
	int weekday;				    /* 0 = Sunday */
};

/* Is it the name of a zone that this machine knows? "UTC" always is; paths and ".." never are. */
bool zone_known(const char *zone);
/* The user's zone: TZ, else /etc/localtime's target, else "UTC". Valid until the next call. */
const char *zone_local(void);
/* The zone must be known. */
void zone_civil(const char *zone, int64_t ms, struct civil *out);
/* The moment of a civil time (offset is ignored); in a gap or a fold the later moment. */
int64_t zone_moment(const char *zone, const struct civil *civil);
#define ZONE_ISO_SIZE 40
/* "2017-06-30T19:00:00+09:00". */
void zone_format_iso(const char *zone, int64_t ms, char out[ZONE_ISO_SIZE]);

#endif
