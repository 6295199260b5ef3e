/*
 * For the fuzzers of adapters: the same bytes as an answer and as a file's content.
 */
#ifndef ARCHIVE_TESTS_CHECK_ANSWER_H
#define ARCHIVE_TESTS_CHECK_ANSWER_H

#include "archive/source/source.h"

/* An answer of this status, read for the tag (NULL: for none); a refusal has to say why. */
void check_answer(const struct source *source, const char *bytes, size_t len, int status,
		  const char *tag);
void check_body(const struct source *source, const char *bytes, size_t len);

#endif
