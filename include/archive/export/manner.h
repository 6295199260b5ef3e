/*
 * How one post or note differs from the others: larger or smaller, in a colour that is a tint and
 * a bar and never that of the text, indented as an answer, the first of its section. Classes
 * and declarations that part_begin_with() takes; both are empty for what is plain. A later one
 * overrules an earlier one.
 */
#ifndef ARCHIVE_EXPORT_MANNER_H
#define ARCHIVE_EXPORT_MANNER_H

#include "archive/base/str.h"
#include "archive/model/thread.h"

struct manner {
	struct str class, style;
};

#define MANNER_INIT                                  \
	{                                            \
		.class = STR_INIT, .style = STR_INIT \
	}

void manner_add_size(struct manner *manner, const struct item_style *style);
void manner_add_colour(struct manner *manner, const struct item_style *style);
/* depth 0 = not at all; only MANNER_DEPTH levels can be seen: a phone is narrow. */
#define MANNER_DEPTH 3
void manner_add_indent(struct manner *manner, size_t depth);
/* Directly under a heading: no line parts it from that. */
void manner_add_first(struct manner *manner);
void manner_release(struct manner *manner);

#endif
