/*
 * Kept pictures on their way into a document: which are shown, by what address, and, inside a
 * page, their bytes, one picture at a time. There is never an address of the network's.
 */
#ifndef ARCHIVE_EXPORT_PICTURES_H
#define ARCHIVE_EXPORT_PICTURES_H

#include <stdio.h>

#include "archive/export/fragment.h"

/* May it stand in front of names? It is "", or ends with '/' and is a path (no ':', not "//…", no
 * '?' or '#', no control byte) or an http or https URL. ERR_USAGE says what is wrong. */
MUST_CHECK bool pictures_base_is_good(const char *base, struct err *err);

/* ---- the room's own ---- */

/* Is it kept at all? Options or URL may be NULL. */
bool pictures_kept(const struct fragment_options *options, const char *url, struct picture *out);
/* Is it kept, a still, and are pictures shown in this document? */
bool pictures_shown(const struct fragment_options *options, const char *url, struct picture *out);
/* Is it kept, something that plays, and do files lie beside this document? */
bool pictures_film(const struct fragment_options *options, const char *url, struct picture *out);
/* Adds the address of what one of the latter two gave, ready for an attribute or for Markdown, and
 * tells that it is used. Inside a page it is a mark, which is found by pictures_put(). */
void pictures_add_src(struct str *out, const struct fragment_options *options,
		      const struct picture *picture);
/* Adds the origin of a base that is an address. */
void pictures_add_host(struct str *out, const char *base);
/* Writes and empties buf, with the pictures that its marks name. */
MUST_CHECK bool pictures_put(FILE *out, struct str *buf, const struct fragment_options *options,
			     struct err *err);

#endif
