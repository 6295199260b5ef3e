/*
 * JSON on its way out, streaming: never a tree. The writer puts the commas; text must be UTF-8 and
 * is cleaned if not.
 */
#ifndef ARCHIVE_JSON_WRITE_H
#define ARCHIVE_JSON_WRITE_H

#include <stdint.h>

#include "archive/base/str.h"

#define JWRITE_MAX_DEPTH 32

struct jwrite {
	struct str *out;
	int depth;
	bool filled[JWRITE_MAX_DEPTH]; /* has something been written on this level? */
};

/* Writes to the end of out. */
void jwrite_begin(struct jwrite *w, struct str *out);
/* key is NULL inside an array or for the value itself. */
void jwrite_open_object(struct jwrite *w, const char *key);
void jwrite_close_object(struct jwrite *w);
void jwrite_open_array(struct jwrite *w, const char *key);
void jwrite_close_array(struct jwrite *w);
/* NULL text writes null. */
void jwrite_text(struct jwrite *w, const char *key, const char *text);
/* An array of them. */
void jwrite_texts(struct jwrite *w, const char *key, const char *const *texts, size_t count);
/* Null when it is not told. */
void jwrite_told(struct jwrite *w, const char *key, bool told, int64_t value);
void jwrite_int(struct jwrite *w, const char *key, int64_t value);
void jwrite_bool(struct jwrite *w, const char *key, bool value);
void jwrite_null(struct jwrite *w, const char *key);
/* ISO 8601 in UTC; 0 writes null. */
void jwrite_time(struct jwrite *w, const char *key, int64_t ms);

#endif
