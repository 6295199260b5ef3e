/*
 * Kept pictures on their way into a document: which are shown, and by what address.
 */
#ifndef ARCHIVE_EXPORT_PICTURES_H
#define ARCHIVE_EXPORT_PICTURES_H

#include "archive/export/fragment.h"

/* May it stand in front of names? It is "", or ends with '/' and is a path (no ':', not "//…", no
 * '?' or '#', no control byte) or an http or https URL. ERR_USAGE says what is wrong. */
MUST_CHECK bool pictures_base_is_good(const char *base, struct err *err);

#endif
