/*
 * One JSON text into nodes; what read.h and elements share. Only for this room.
 */
#ifndef ARCHIVE_JSON_TREE_H
#define ARCHIVE_JSON_TREE_H

#include "archive/json/read.h"

/* As jnode_parse(), for bytes whose depth is known already. */
struct jnode *tree_parse(const char *bytes, size_t len, size_t depth, struct err *err);

#endif
