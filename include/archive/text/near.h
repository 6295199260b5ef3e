/*
 * The word that was meant, for "did you mean".
 */
#ifndef ARCHIVE_TEXT_NEAR_H
#define ARCHIVE_TEXT_NEAR_H

/* The candidate if it is nearer to what was typed than best (NULL = none yet), else best. Near are
 * two letters' difference or its beginning. */
const char *near_word(const char *typed, const char *best, const char *candidate);

#endif
