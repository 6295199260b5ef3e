/*
 * What a network that sells by the piece costs (apis.md 1.6: X, pay per use, 2026), and how many
 * posts may be asked for so that the worst answer stays within what is left. All sums are
 * millionths of a USD. Pure.
 */
#ifndef ARCHIVE_COLLECT_PRICE_H
#define ARCHIVE_COLLECT_PRICE_H

#include <stddef.h>
#include <stdint.h>

#include "archive/base/str.h"

struct price {
	int64_t post;	/* a post read; those that come along are read, too */
	int64_t author; /* a user read */
	int64_t counts; /* a request for counts */
};

/* What is allowed where somebody only agrees. */
#define PRICE_USUAL_BUDGET INT64_C(1000000)

extern const struct price price_usual; /* X's of 2026 */

/* The usual one for what is 0 in told. */
struct price price_told(struct price told);
int64_t price_of(const struct price *price, size_t posts, size_t authors);
/* The most that reading so many posts can come to: each brings a quoted and an answered one, and
 * all three have authors of their own who were never looked up. */
int64_t price_at_worst(const struct price *price, size_t posts);
#define PRICE_MIN_PAGE 10

/* The page size (PRICE_MIN_PAGE to max) whose worst case is covered by what is left of the budget;
 * 0 when not even the least is. */
int price_page_size(const struct price *price, int64_t left, int max);
/* Is a budget as good as spent: four fifths of it? */
bool price_is_near(int64_t spent, int64_t budget);
/* Adds "1.50", "0.005": at least two places, no more than are needed. */
void price_add(struct str *out, int64_t micros);

#endif
