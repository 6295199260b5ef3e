/*
 * Amounts as people and servers write them: money and lengths of time. Whole numbers inside, so
 * that nothing is rounded on its way.
 */
#ifndef ARCHIVE_BASE_AMOUNT_H
#define ARCHIVE_BASE_AMOUNT_H

#include <stdbool.h>
#include <stdint.h>

#define AMOUNT_MAX_MICROS (INT64_C(1000000) * 1000000) /* a million USD */
#define AMOUNT_MAX_MS	  (INT64_C(366) * 24 * 3600 * 1000)

/* "2", "1.50", "0.005": millionths, cut behind the sixth digit; not negative, at most a million. */
bool amount_money(const char *text, int64_t *micros);
/* "90s", "30m", "2h", "1d": milliseconds. A number has a unit, but for 0; at most a year. */
bool amount_time(const char *text, int64_t *ms);

#endif
