/*
 * What must hold for every reader of files, whatever the file was: what it hands out is as an
 * adapter's, and the evidence of a post gives a post with the same names again. Ends the program
 * when it does not.
 */
#ifndef ARCHIVE_FUZZ_CHECK_IMPORT_H
#define ARCHIVE_FUZZ_CHECK_IMPORT_H

#include "archive/import/import.h"

void check_import(import_read_fn *read, const void *bytes, size_t len);

#endif
