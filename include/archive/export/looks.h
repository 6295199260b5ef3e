/*
 * What each part of a fragment looks like: one table, for parts.c and
 * content.c. Its texts are what a part
 * begins and ends with, ready to be written: most of a fragment's bytes come from here.
 */
#ifndef ARCHIVE_EXPORT_LOOKS_H
#define ARCHIVE_EXPORT_LOOKS_H

#include "archive/export/parts.h"

struct look {
	struct {
		const char *text;
		size_t len;
	} inline_open, class_open, close;
	int deeper; /* a heading: levels below the title; -1: not a heading */
};

extern const struct look part_looks[PART_COUNT];

#endif
