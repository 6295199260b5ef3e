/*
 * A site of Hugo as it lies on the disk.
 */
#ifndef ARCHIVE_CLI_HUGO_SITE_H
#define ARCHIVE_CLI_HUGO_SITE_H

#include "archive/base/str.h"

/* Adds the folder of the site that the file is in: the nearest above it that holds a configuration.
 * The path is absolute and real. ERR_USAGE when there is none. */
MUST_CHECK bool hugo_find_site(const char *file, struct str *site, struct err *err);
/* Is the file the index of a page's own folder, which is published with it? */
bool hugo_is_bundle(const char *file);

enum hugo_state { HUGO_READY, HUGO_LACKS };

/* Has the site the shortcode that shows a thread? ERR_USAGE when it has another of that name. */
MUST_CHECK bool hugo_look_for_shortcode(const char *site, enum hugo_state *state, struct err *err);
/* Writes it, with its folders. */
MUST_CHECK bool hugo_add_shortcode(const char *site, struct err *err);

#endif
