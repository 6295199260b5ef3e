/*
 * The filters of a search, one row each: this room's own header, for no other room.
 */
#ifndef ARCHIVE_CURATE_SEARCH_FILTER_H
#define ARCHIVE_CURATE_SEARCH_FILTER_H

#include "archive/curate/search.h"

struct search_filter;

/* By its name in any case and width; NULL when there is none. */
const struct search_filter *search_find_filter(const char *name, size_t len);
/* The name of the filter that was nearly typed; NULL = none. */
const char *search_near_filter(const char *name);
MUST_CHECK bool search_read_filter(const struct search_reading *reading,
				   const struct search_filter *filter, const char *value,
				   bool unwanted, struct search_query *query, struct err *err);

#endif
