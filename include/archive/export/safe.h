/*
 * Foreign text on its way into a fragment. Beyond HTML's own escapes it writes as numeric
 * references whatever a blog's engine would act on, so that the text a reader sees is the text
 * that was posted:
 *
 *   [ ] { }     shortcodes and templates (WordPress, Hugo, Liquid, Nunjucks), in attributes too
 *   :word:      emoji codes of Hugo, in attributes too; in text every colon that is not between
 *               two digits (smileys)
 *   -- ... ; `  WordPress's dashes, ellipses, smileys and quotes; also " and ', (tm), 3x4, 8-O
 *               and Wordpress
 *   \           kses deletes a backslash before a zero
 *
 * Control characters, bidi controls and noncharacters are left out, line ends and tabs become a
 * space, what is not UTF-8 becomes U+FFFD. What is written is well-formed XML character data.
 */
#ifndef ARCHIVE_EXPORT_SAFE_H
#define ARCHIVE_EXPORT_SAFE_H

#include <stddef.h>

#include "archive/base/str.h"

/* Is anything left of it that a reader sees? */
bool safe_has_text(const char *text, size_t len);
/* As element content. */
void safe_add_text(struct str *out, const char *text, size_t len);
/* As element content of pre: line ends are written as &#10;, so that the line of the file does
 * not end; tabs stay. */
void safe_add_pre(struct str *out, const char *text, size_t len);
/* As the value of an attribute in double quotes. */
void safe_add_attr(struct str *out, const char *text, size_t len);
/* A URL as the value of an attribute: cleaned by link_add_clean(). false, adding nothing, when
 * it may not be linked; NULL may not. scratch is overwritten. */
bool safe_add_url(struct str *out, const char *url, struct str *scratch);

#endif
