/*
 * XML as the events of hyper.h, by libxml2's push parser: names with their usual prefixes
 * ("media:content", "dc:creator"), whichever a document gives them. A document that declares
 * entities is refused: no feed needs any.
 */
#ifndef ARCHIVE_IMPORT_XML_H
#define ARCHIVE_IMPORT_XML_H

#include "archive/import/hyper.h"

struct xml;

/* Never NULL. */
struct xml *xml_new(const struct hyper_client *client);
void xml_free(struct xml *x);
int64_t xml_line(const struct xml *x);
/* Nothing more is told. */
void xml_stop(struct xml *x);
/* Feeds a whole stream. ERR_MALFORMED says where and why it is broken; what came before was told.
 */
MUST_CHECK bool xml_read(FILE *in, struct xml *x, const char *name, struct err *err);

#endif
