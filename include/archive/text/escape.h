/*
 * Text on its way into HTML. Used at the last step, where it is written, and where safe HTML is
 * made.
 */
#ifndef ARCHIVE_TEXT_ESCAPE_H
#define ARCHIVE_TEXT_ESCAPE_H

#include <stddef.h>

#include "archive/base/str.h"

/* Adds text with & < > " ' as references; C0 controls but tab and newline are left out. Good for
 * element content and for attribute values in double quotes. */
void escape_add_html(struct str *out, const char *text, size_t len);
void escape_add_html_text(struct str *out, const char *text); /* NUL-terminated */

#endif
