/*
 * Hugo: a thread stands in a file of its own, archive/NAME.html in the site's folder, and a post
 * shows it by a shortcode. So it needs neither raw HTML in Markdown, which Hugo drops by default,
 * nor does anything in it act on the site's build.
 */
#ifndef ARCHIVE_EXPORT_HUGO_H
#define ARCHIVE_EXPORT_HUGO_H

#include <stdbool.h>

#include "archive/base/str.h"

/* Its place in the site's folder. */
#define HUGO_SHORTCODE "layouts/shortcodes/archive.html"

/* The shortcode's template, whole. */
const char *hugo_shortcode(void);
/* Does a template show such files? A site may have made ours its own. */
bool hugo_is_shortcode(const char *text);
/* A post's line that calls it. section is the key of the one section that is shown, or NULL. */
void hugo_add_call(struct str *out, const char *slug, const char *section);
/* The file that the call shows, in the site's folder: "archive/SLUG.html". */
void hugo_add_part(struct str *out, const char *slug, const char *section);

#endif
