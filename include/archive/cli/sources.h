/*
 * Which sources a fetch asks, and with which credentials: what the user named, or the networks that
 * need no configuration. Credentials come from the environment (design section 4) and go nowhere
 * but into the request.
 */
#ifndef ARCHIVE_CLI_SOURCES_H
#define ARCHIVE_CLI_SOURCES_H

#include "archive/source/source.h"

struct source_list {
	struct source *items;
	size_t count;
};

/* names with count 0: the default ones. */
MUST_CHECK bool sources_choose(struct source_list *list, const char *const *names, size_t count,
			       struct err *err);
/* Puts in the credentials that the environment holds. */
void sources_sign_in(struct source_list *list);
void sources_release(struct source_list *list);

#endif
