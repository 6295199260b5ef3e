/*
 * Which sources a fetch asks, and with which credentials: those that the user named, else those of
 * the configuration and the networks that need none. Credentials come from the environment (design
 * section 4), else from the configuration, and go nowhere but into the request.
 */
#ifndef ARCHIVE_CLI_SOURCES_H
#define ARCHIVE_CLI_SOURCES_H

#include "archive/cli/config.h"
#include "archive/source/source.h"

enum source_from { FROM_COMMAND_LINE, FROM_CONFIGURATION, FROM_DEFAULTS, FROM_ENVIRONMENT };

struct source_list {
	struct source *items;
	enum source_from *from; /* where each is known from */
	size_t count;
};

/* names with count 0: those of the configuration, and the default ones; ERR_USAGE when none is
 * left. What the configuration
 * says of a source (pace, overlap, budget) is put in. */
MUST_CHECK bool sources_choose(struct source_list *list, const struct config *config,
			       const char *const *names, size_t count, struct err *err);
/* The same without names; none may be left. */
MUST_CHECK bool sources_know(struct source_list *list, const struct config *config,
			     struct err *err);
/* Is it asked without anybody naming it? */
bool sources_is_unnamed(const char *name);
/* Puts in the credentials. ERR_AUTH for one that is to be had somewhere and is not. */
MUST_CHECK bool sources_sign_in(struct source_list *list, const struct config *config,
				struct err *err);
/* Who signs in to Bluesky by name and password asks the server that accounts are at instead of the
 * public one: it hands the search on. */
void sources_ask_entry(struct source *source);
/* Where the source's token, or its password, is to be had; the text is the arena's or the
 * configuration's. */
struct secret sources_secret(struct arena *arena, const struct source *source,
			     const struct config *config);
void sources_release(struct source_list *list);

#endif
