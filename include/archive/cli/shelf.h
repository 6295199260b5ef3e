/*
 * The sources that single posts are looked up at: made when a post's address first names one, and
 * signed in as the sources of a fetch are.
 */
#ifndef ARCHIVE_CLI_SHELF_H
#define ARCHIVE_CLI_SHELF_H

#include "archive/cli/sources.h"

struct shelf {
	const struct config *config;
	struct source_list named; /* --source: asked instead of the network's own address */
	struct source_list *made; /* one each */
	size_t count, room;
};

MUST_CHECK bool shelf_open(struct shelf *shelf, const struct config *config,
			   const char *const *names, size_t count, struct err *err);
/* The source of that name; it holds until shelf_release(). NULL and err. */
const struct source *shelf_find(struct shelf *shelf, const char *spec, struct err *err);
void shelf_release(struct shelf *shelf);

#endif
