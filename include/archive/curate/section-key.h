/*
 * Keys of sections: "k3f" in "## title {#k3f}". A key is made once and stays when the section moves
 * or is renamed. Letters a to z and digits 0 to 9, the first a letter, so that none can be taken
 * for a number; at most SECTION_KEY_MAX. Pure: the same title and try give the same key.
 */
#ifndef ARCHIVE_CURATE_SECTION_KEY_H
#define ARCHIVE_CURATE_SECTION_KEY_H

#include "archive/base/str.h"

#define SECTION_KEY_MAX 32

/* A key as typed? */
bool section_key_valid(const char *key);
/* Adds a key of three characters for the title of a section of the thread; the caller tries 0, 1, 2
 * and so on until none of its sections has it. From try 64 on they are longer. */
void section_key_add(struct str *out, const char *slug, const char *title, unsigned try);

#endif
