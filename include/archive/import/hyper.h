/*
 * Hypertext as a stream of events, by libxml2's parsers, which are met in this room only in
 * hyper.c: HTML of any quality, in flat memory whatever its size. A tag with more attributes, or
 * longer values, than anybody writes loses what is too much before the parser sees it (tame.h).
 */
#ifndef ARCHIVE_IMPORT_HYPER_H
#define ARCHIVE_IMPORT_HYPER_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "archive/base/str.h"

#define HYPER_MAX_DEPTH 2048

struct hyper_attr {
	const char *name, *value; /* value "" where there is none */
};

/* Strings hold during the call. Every start has its end, told or implied. */
struct hyper_client {
	void (*start)(void *owner, const char *name, const struct hyper_attr *attrs, size_t count);
	void (*end)(void *owner, const char *name);
	void (*text)(void *owner, const char *bytes, size_t len);
	void (*comment)(void *owner, const char *text); /* NULL = not asked for */
	void *owner;
};

struct hyper;

/* Never NULL. */
struct hyper *hyper_new(const struct hyper_client *client);
/* UTF-8 without NUL. */
void hyper_feed(struct hyper *h, const char *bytes, size_t len);
/* The same of a piece without a page around it, instead of it: all inside of one element. */
void hyper_fragment(struct hyper *h, const char *bytes, size_t len);
/* Closes what is open. false when the parser gave up: nested too deep, or work without end. */
bool hyper_finish(struct hyper *h);
void hyper_free(struct hyper *h);
/* The line that is read, from 1. */
int64_t hyper_line(const struct hyper *h);
/* Nothing more is told. */
void hyper_stop(struct hyper *h);

/* The value of an attribute, NULL when there is none. */
const char *hyper_attr(const struct hyper_attr *attrs, size_t count, const char *name);

/* Feeds a whole stream, decoded (decode.h). false when it gave up. *line is the last that was read.
 */
bool hyper_read(FILE *in, struct hyper *h);

#endif
