/*
 * The one place where the clock is asked. Times are UTC milliseconds since 1970.
 *
 * ARCHIVE_NOW=<epoch seconds> freezes it: clock_now() then stands still, and clock_sleep() returns
 * at once and moves it on. So tests advance time only by waiting for it.
 */
#ifndef ARCHIVE_BASE_CLOCK_H
#define ARCHIVE_BASE_CLOCK_H

#include <stdint.h>

#include "archive/base/err.h"

int64_t clock_now(void);
/* Freezes the clock at this time, as ARCHIVE_NOW does (a replayed tape brings its own time). */
void clock_freeze(int64_t now_ms);
bool clock_is_frozen(void);
/* Waits, or returns early when a signal arrives. */
void clock_sleep(int64_t ms);
/* Milliseconds that never jump, for measuring how long something took; follows the frozen clock
 * when there is one. */
int64_t clock_steady(void);

/* RFC 3339 ("2017-06-30T19:00:00.123456Z", "+09:00", lower-case t and z too) to UTC milliseconds;
 * digits beyond the millisecond are cut. false when it is anything else or out of the years 1 to
 * 9999. */
bool clock_parse_rfc3339(const char *text, int64_t *ms);

#define CLOCK_ISO_SIZE 32
/* "2017-06-30T10:00:00Z", with ".123" before the Z when with_ms. A time beyond the years 1 to 9999
 * is written as the nearest in them. */
void clock_format_utc(int64_t ms, bool with_ms, char out[CLOCK_ISO_SIZE]);

#endif
