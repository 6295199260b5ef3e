/*
 * Forgetting for good: from names that people use to what the store takes away, and over the kept
 * answers with the adapters, which know where in them a post stands. One transaction; then no file
 * of the store holds what was forgotten. Tapes, exported files and backups are not looked at.
 */
#ifndef ARCHIVE_COLLECT_FORGET_H
#define ARCHIVE_COLLECT_FORGET_H

#include "archive/store/forget.h"

struct forget_choice {
	struct forget_item item;
	const char *name; /* a post's short id; an author's handle, or uri */
	const char *by;	  /* handle of a post's author; NULL when not known */
	int64_t posts;	  /* of an author */
};

struct forget_plan {
	struct forget_choice *choices;
	size_t count;
	int64_t posts; /* of all choices; one named twice counts twice */
};

/* What the names mean: a post by any of its names (store.h), or an author (authors.h). In the
 * arena. ERR_NOT_FOUND and ERR_USAGE name the one that means nothing, or too much. */
MUST_CHECK bool forget_find(struct store *store, const char *const *names, size_t count,
			    struct arena *arena, struct forget_plan *plan, struct err *err);

struct forget_result {
	struct forget_report report;
	size_t answers; /* out of which something was cut */
	bool clean;	/* no file of the store holds any of it */
};

MUST_CHECK bool forget_run(struct store *store, const struct forget_plan *plan, int64_t now,
			   struct arena *arena, struct forget_result *result, struct err *err);

/* Lets in again what was forgotten by this name: a uri, the address of a post or a profile, or a
 * handle. ERR_NOT_FOUND when nothing was. */
MUST_CHECK bool forget_undo(struct store *store, const char *name, struct err *err);

#endif
