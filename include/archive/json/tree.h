/*
 * One JSON text into nodes; what read.h and elements share. Only for this room.
 */
#ifndef ARCHIVE_JSON_TREE_H
#define ARCHIVE_JSON_TREE_H

#include "archive/json/read.h"
#include "archive/json/scan.h"

/* As jnode_parse(), for bytes that were scanned already. */
struct jnode *tree_parse(const char *bytes, size_t len, const struct scan *scan, struct err *err);

#endif
