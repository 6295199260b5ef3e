/*
 * Where the words of a text stand, for whoever shows what a search has found: the same words that
 * words.h prepares, with the bytes that they were written with.
 */
#ifndef ARCHIVE_TEXT_UNITS_H
#define ARCHIVE_TEXT_UNITS_H

#include "archive/base/str.h"

/* A word; of a run of Han, kana or Hangul one character. */
struct unit {
	size_t at, len; /* bytes of the letters */
	bool cjk;
	bool joined; /* cjk, and directly behind another one */
};

struct units {
	struct str letters; /* of all words, folded, with nothing in between */
	size_t *from, *to;  /* of each byte of them: the bytes of the text that it comes from */
	struct unit *list;
	size_t count;
	size_t from_room, room;
};

#define UNITS_INIT                  \
	{                           \
		.letters = STR_INIT \
	}

/* Replaces what is there by the text's. */
void units_read(struct units *units, const char *text, size_t len);
void units_release(struct units *units);

#endif
