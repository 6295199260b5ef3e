#include "archive/base/zone.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"

#define ZONEINFO	    "/usr/share/zoneinfo/"
#define DAY_MS		    INT64_C(86400000)
#define WHOLE_MINUTES_SINCE (INT64_C(10) * 366 * DAY_MS) /* 1980 */

static bool name_is_plain(const char *zone)
{
	if (*zone == '\0' || *zone == '/' || strlen(zone) > 64 || strstr(zone, ".."))
		return false;
	for (const char *c = zone; *c; c++)
		if (!strchr("/_+-", *c) && !(*c >= '0' && *c <= '9') &&
		    !((*c | 32) >= 'a' && (*c | 32) <= 'z'))
			return false;
	return true;
}

bool zone_known(const char *zone)
{
	char path[sizeof(ZONEINFO) + 64];
	char magic[4] = "";
	FILE *in;
	bool known;

	if (str_same(zone, "UTC"))
		return true;
	if (!zone || !name_is_plain(zone))
		return false;
	snprintf(path, sizeof(path), ZONEINFO "%s", zone);
	in = fopen(path, "rb");
	if (!in)
		return false;
	known = fread(magic, 1, sizeof(magic), in) == sizeof(magic) &&
		memcmp(magic, "TZif", sizeof(magic)) == 0;
	fclose(in);
	return known;
}

static const char *system_zone(void)
{
	static char target[PATH_MAX];
	ssize_t len = readlink("/etc/localtime", target, sizeof(target) - 1);
	char *name;

	if (len <= 0)
		return "UTC";
	target[len] = '\0';
	name = strstr(target, "zoneinfo/");
	return name && zone_known(name + strlen("zoneinfo/")) ? name + strlen("zoneinfo/") : "UTC";
}

const char *zone_local(void)
{
	static char *given;
	const char *tz;

	if (!given) { /* before the first visit changes it */
		tz = getenv("TZ");
		tz = tz && *tz == ':' ? tz + 1 : tz;
		given = xstrdup(tz && zone_known(tz) ? tz : system_zone());
	}
	return given;
}

/* libc reads rules by the environment: the only way to ask for another zone than the user's. */
static void visit(const char *zone)
{
	static char *current;

	if (str_same(current, zone))
		return;
	zone_local();
	free(current);
	current = xstrdup(zone);
	setenv("TZ", zone, 1);
	tzset();
}

void zone_civil(const char *zone, int64_t ms, struct civil *out)
{
	time_t at = (time_t)(ms / 1000 - (ms % 1000 < 0));
	struct tm t = { 0 };

	visit(zone);
	localtime_r(&at, &t);
	*out = (struct civil){
		.year = t.tm_year + 1900,
		.month = t.tm_mon + 1,
		.day = t.tm_mday,
		.hour = t.tm_hour,
		.minute = t.tm_min,
		.second = t.tm_sec,
		.offset = (int)t.tm_gmtoff,
		.weekday = t.tm_wday,
	};
}

static int64_t offset_at(const char *zone, int64_t ms)
{
	struct civil civil;

	zone_civil(zone, ms, &civil);
	return (int64_t)civil.offset * 1000;
}

/* By the offset of the day before and by that of the day after: a change between them leaves out a
 * stretch of civil time (neither is right) or has it twice (both are). mktime's summer flag does
 * not tell them apart where winter is the exception, as in Dublin. */
int64_t zone_moment(const char *zone, const struct civil *civil)
{
	struct tm t = {
		.tm_year = civil->year - 1900,
		.tm_mon = civil->month - 1,
		.tm_mday = civil->day,
		.tm_hour = civil->hour,
		.tm_min = civil->minute,
		.tm_sec = civil->second,
	};
	int64_t as_utc = (int64_t)timegm(&t) * 1000;
	int64_t before = offset_at(zone, as_utc - DAY_MS);
	int64_t after = offset_at(zone, as_utc + DAY_MS);
	bool before_is_right = offset_at(zone, as_utc - before) == before;
	bool after_is_right = offset_at(zone, as_utc - after) == after;

	if (before_is_right != after_is_right)
		return as_utc - (before_is_right ? before : after);
	return as_utc - (before < after ? before : after);
}

static void format_iso(const char *zone, int64_t ms, char out[ZONE_ISO_SIZE])
{
	struct civil c;
	int offset;

	zone_civil(zone, ms, &c);
	offset = c.offset < 0 ? -c.offset : c.offset;
	snprintf(out, ZONE_ISO_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c.year % 10000,
		 c.month, c.day, c.hour, c.minute, c.second, c.offset < 0 ? '-' : '+',
		 offset / 3600 % 100, offset / 60 % 60);
}

/* Offsets have been whole minutes since 1972: within a minute only the seconds differ, and posts
 * come many a minute. libc reads a zone's rules anew each time. */
void zone_format_iso(const char *zone, int64_t ms, char out[ZONE_ISO_SIZE])
{
	static char *last_zone;
	static int64_t last_minute = -1;
	static char last[ZONE_ISO_SIZE];
	int64_t minute = ms / 60000;
	int second = (int)(ms / 1000 % 60);

	if (ms < WHOLE_MINUTES_SINCE) {
		format_iso(zone, ms, out);
		return;
	}
	if (minute != last_minute || !str_same(zone, last_zone)) {
		if (!str_same(zone, last_zone)) {
			free(last_zone);
			last_zone = xstrdup(zone);
		}
		last_minute = minute;
		format_iso(zone, minute * 60000, last);
	}
	memcpy(out, last, sizeof(last));
	out[17] = (char)('0' + second / 10);
	out[18] = (char)('0' + second % 10);
}
