/*
 * What each element of HTML becomes in the canonical form. Only for this room.
 */
#ifndef ARCHIVE_MARKUP_RULES_H
#define ARCHIVE_MARKUP_RULES_H

#include "archive/markup/build.h"

enum act {
	ACT_TEXT,    /* unknown or of no meaning here: its text alone */
	ACT_BREAK,   /* its text is a paragraph */
	ACT_BLOCK,   /* rule.block */
	ACT_SPAN,    /* rule.span */
	ACT_HEADING, /* a paragraph in strong */
	ACT_LINK,
	ACT_LINE,
	ACT_CELL, /* parted from its neighbours by a space */
	ACT_IMAGE,
	ACT_SKIP, /* nothing of it is text */
};

struct rule {
	const char *name; /* lower-case */
	enum act act;
	enum block block;
	enum span span;
};

/* Never NULL. */
const struct rule *rule_find(const char *name);

#endif
