/*
 * Where one writing of a thread goes: its file, the folder of its pictures, and by what address
 * those are shown.
 */
#ifndef ARCHIVE_CLI_EXPORT_PLACE_H
#define ARCHIVE_CLI_EXPORT_PLACE_H

#include "archive/cli/export-order.h"

struct export_place {
	struct str file;     /* absolute and real; empty = standard output, a pipe or a device */
	struct str site;     /* of Hugo, and the file there that the post's call shows; */
	struct str part;     /* else empty */
	struct str usual;    /* the folder of pictures that bears our name; empty = there is none */
	struct str pictures; /* the folder that they are put into; empty = none */
	struct str base;     /* what stands before their names in the document */
	bool hidden; /* they are put there, but not shown yet: nobody said where they will be */
};

#define EXPORT_PLACE_INIT                                                                \
	{                                                                                \
		.file = STR_INIT, .site = STR_INIT, .part = STR_INIT, .usual = STR_INIT, \
		.pictures = STR_INIT, .base = STR_INIT                                   \
	}

/* slug: of the thread; section: key of the one that is written, or NULL. ERR_USAGE when there is no
 * such place. Nothing is written. */
MUST_CHECK bool export_place_find(const struct export_order *order, const char *slug,
				  const char *section, struct export_place *out, struct err *err);
void export_place_release(struct export_place *place);
/* The document that holds the thread: the part that is called, else the file. */
const char *export_place_document(const struct export_place *place);

#endif
