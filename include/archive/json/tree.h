/*
 * One JSON text into nodes; what read.h and elements share. Only for this room.
 */
#ifndef ARCHIVE_JSON_TREE_H
#define ARCHIVE_JSON_TREE_H

#include "archive/json/read.h"
#include "archive/json/scan.h"

/* As jnode_parse(), for bytes that were scanned already. With an arena the nodes live in it and as
 * long as it does, and jnode_free() is not for them. */
struct jnode *tree_parse(const char *bytes, size_t len, const struct scan *scan,
			 struct arena *arena, struct err *err);

#endif
