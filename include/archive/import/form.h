/*
 * Tells by its first bytes what a file is. The name helps only where the content is no better than
 * text.
 */
#ifndef ARCHIVE_IMPORT_FORM_H
#define ARCHIVE_IMPORT_FORM_H

#include <stddef.h>

#include "archive/import/import.h"

/* So much of its beginning tells; fewer bytes when the file has no more. */
#define IMPORT_HEAD ((size_t)64 << 10)

/* Several files in one: zip, tar, or anything that gzip made smaller. What is in it, container.h
 * tells. */
bool import_is_packed(const char *head, size_t len);
/* name is the file's, or NULL. What is packed is IMPORT_NOTHING here. */
enum import_form import_form_of(const char *head, size_t len, const char *name);

#endif
