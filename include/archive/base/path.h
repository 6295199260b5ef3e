/*
 * Paths as text: what a file is really called, how one place is said from another, and how a path
 * stands in an address.
 */
#ifndef ARCHIVE_BASE_PATH_H
#define ARCHIVE_BASE_PATH_H

#include "archive/base/str.h"

/* Adds the absolute path without symbolic links, "." and "..". What does not exist yet is taken as
 * it is named, in its folder that does. ERR_IO when the working folder is gone. */
MUST_CHECK bool path_real(const char *path, struct str *out, struct err *err);
/* Adds the folder that holds it: "a/b" for "a/b/c", "." for "c", "/" for "/c". */
void path_add_parent(struct str *out, const char *path);
/* Behind the last slash. */
const char *path_name(const char *path);
/* Is the path the folder itself, or inside of it? Both are absolute and real; *rest is what stands
 * behind the folder, without a slash at its beginning. */
bool path_is_inside(const char *path, const char *folder, const char **rest);
/* Adds how the place is reached from the folder: "", "c", "../d/e". Both are absolute and real. */
void path_add_relative(struct str *out, const char *from, const char *to);
/* Adds a path as the path of an address: '%' and two digits for what has a meaning there or in
 * markup (RFC 3986 section 3.3), ':' too. Letters of all scripts stay. */
void path_add_url(struct str *out, const char *path);

#endif
