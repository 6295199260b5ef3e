/*
 * The kinds of blog that an export can be made for, as one table: what each lets through decides
 * the form, what stands around it and what becomes of pictures.
 */
#ifndef ARCHIVE_CLI_BLOG_H
#define ARCHIVE_CLI_BLOG_H

#include "archive/export/fragment.h"

enum blog_wrap {
	WRAP_NONE,
	WRAP_BLOCK, /* an HTML block of WordPress */
	WRAP_CALL,  /* a file of its own, and in the post a call that shows it */
};

struct blog {
	const char *name; /* "hugo", "wordpress", "zenn", "qiita" */
	const char *form;
	enum blog_wrap wrap;
	enum media_way media; /* where nobody asked for another */
	/* Pictures get there by hand, and where they are then is said by --media-url: until it is,
	 * none is shown. */
	bool uploads;
	const char *next;	/* what is left to be done by hand; NULL = nothing */
	const char *uploads_to; /* where pictures go; NULL when it takes them itself */
};

/* ERR_USAGE names the nearest one, or all. */
MUST_CHECK const struct blog *blog_find(const char *name, struct err *err);

#endif
