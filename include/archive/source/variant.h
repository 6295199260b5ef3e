/*
 * One picture in the sizes that its network serves already: which address gives which. Pure;
 * nothing is made anew, and where a network has one size, that is the one.
 */
#ifndef ARCHIVE_SOURCE_VARIANT_H
#define ARCHIVE_SOURCE_VARIANT_H

#include "archive/base/str.h"
#include "archive/model/picture.h"
#include "archive/model/post.h"

/* Adds the address of that size. preview: the smaller one that the post gives with it, NULL = none.
 * Returns the largest size that the same address stands for. */
enum picture_size variant_address(enum network network, enum picture_size size, const char *url,
				  const char *preview, struct str *out);

#endif
