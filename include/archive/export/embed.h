/*
 * A fragment's place in a file of somebody's blog: between a pair of markers,
 *
 *	<!-- archive:begin SLUG -->
 *	…
 *	<!-- archive:end SLUG -->
 *
 * or, the first time, under a heading. Pure: bytes in, bytes out. What stands outside of the pair
 * stays byte for byte. Markers and headings inside front matter, code, comments and other threads'
 * pairs are only text.
 */
#ifndef ARCHIVE_EXPORT_EMBED_H
#define ARCHIVE_EXPORT_EMBED_H

#include "archive/base/err.h"
#include "archive/base/str.h"

#define EMBED_MAX_BYTES ((size_t)64 << 20) /* of a file */

enum embed_form {
	EMBED_MARKDOWN, /* ATX, setext and HTML headings, code fences */
	EMBED_HTML,
};

/* By the file's name: .html and .htm are HTML, all others Markdown. */
enum embed_form embed_form_of(const char *path);

struct embed_place {
	const char *name;  /* "ssmjp-2017-06", "ssmjp-2017-06#k3f" */
	const char *under; /* text of the heading where the pair goes when there is none; or NULL */
	enum embed_form form;
	bool blocks; /* a new pair goes into a wp:html block even where the file has no blocks */
};

/* Replaces what out holds by the file with the fragment (whole lines, LF) in its place; line ends
 * become the file's. A file of WordPress's block markup gets the pair in a wp:html block. ERR_USAGE
 * with line numbers when the place cannot be told: no pair and no heading, a heading that is there
 * twice, a pair that is not whole or there twice. */
MUST_CHECK bool embed_put(struct str *out, const struct str *file, const struct embed_place *place,
			  const char *fragment, struct err *err);

#endif
