/*
 * What a network that sells by the piece costs (apis.md 1.6: X, pay per use, 2026), and how many
 * posts may be asked for so that the worst answer stays within what is left. Pure.
 */
#ifndef ARCHIVE_COLLECT_PRICE_H
#define ARCHIVE_COLLECT_PRICE_H

#include <stddef.h>
#include <stdint.h>

#define PRICE_POST_MICROS   INT64_C(5000)  /* a post read, millionths of a USD */
#define PRICE_AUTHOR_MICROS INT64_C(10000) /* a user read; expanded ones bill too */

int64_t price_of(size_t posts, size_t authors);
/* The page size (10 to max) whose worst case is covered by what is left of the budget; 0 when not
 * even 10 are. The worst: each post brings a quoted and an answered one, and all three have authors
 * of their own. */
int price_page_size(int64_t left_micros, int max);

#endif
