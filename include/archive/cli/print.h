/*
 * Posts, times and numbers as people and scripts read them on standard output. Whatever comes from
 * outside goes through utf8_add_terminal() or the JSON writer.
 */
#ifndef ARCHIVE_CLI_PRINT_H
#define ARCHIVE_CLI_PRINT_H

#include <stdio.h>

#include "archive/cli/wrap.h"
#include "archive/json/write.h"
#include "archive/model/thread.h"

/* A line with short id, time in the zone, network and author, then the text in the lines that wrap
 * says. */
void print_post(FILE *out, const struct post *post, const char *zone, const struct wrap *wrap);
/* The object that "search --json" prints, without a line end. */
void print_post_json(struct jwrite *w, const char *key, const struct post *post);
/* What is in it. */
void print_post_members(struct jwrite *w, const struct post *post);
#define PRINT_TIME_SIZE 32
/* "2017-06-30 19:00" in the zone; "" for 0. */
void print_time(const char *zone, int64_t ms, char out[PRINT_TIME_SIZE]);
/* "1 post", "120 posts". */
void print_count(struct str *out, int64_t n, const char *one, const char *many);
/* "2017-06-30 19:00 to 21:30" in the zone; the date is not repeated on one day, nor
 * the time within one minute. */
void print_range(struct str *out, const char *zone, int64_t from, int64_t to);
/* A name or a text for a person, safe for the terminal, cut to columns. */
void print_safe(FILE *out, const char *text, int columns);

/* Standard output through $ARCHIVE_PAGER, else $PAGER (less -FRX where unset) when it is a terminal
 * and a pager is wanted, else standard output itself. */
FILE *print_open_pager(bool wanted);
/* Whether all is well: it was before, and the pager was there (else ERR_IO). */
MUST_CHECK bool print_close_pager(FILE *out, bool ok, struct err *err);

#endif
