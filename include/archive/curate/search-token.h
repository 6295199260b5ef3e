/*
 * The parts of a search as they were typed: this room's own header, for no other room.
 */
#ifndef ARCHIVE_CURATE_SEARCH_TOKEN_H
#define ARCHIVE_CURATE_SEARCH_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

struct search_filter;

struct search_token {
	const char *text; /* of a filter: its value */
	size_t len;
	bool excluded, beginning, quoted;
	const struct search_filter *filter; /* NULL = a word or a phrase */
	const char *name;		    /* of a word that stands before a colon */
	size_t name_len;
};

/* The next one from *p on, which is moved behind it; false at the end. */
bool search_next_token(const char **p, const char *end, struct search_token *token);

#endif
