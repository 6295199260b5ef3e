/*
 * What went wrong: a code for the program and one sentence for the person.
 *
 * A function that can fail returns bool (true = done), takes a struct err last and is MUST_CHECK.
 * On success the err is untouched; on failure it is filled and no new object is handed out. The err
 * owns no memory, so it can always be filled. Whoever handles an error (a retry, a fallback)
 * empties it: *err = (struct err){ 0 }.
 */
#ifndef ARCHIVE_BASE_ERR_H
#define ARCHIVE_BASE_ERR_H

#include <stdbool.h>
#include <stdint.h>

#define MUST_CHECK		   __attribute__((warn_unused_result))
#define PRINTF_LIKE(string, first) __attribute__((format(printf, string, first)))

enum err_code {
	ERR_NONE,
	ERR_USAGE,   /* the person asked for something that makes no sense: exit status 2 */
	ERR_IO,	     /* file, disk, database */
	ERR_NETWORK, /* no answer, a broken one, or a server's own failure: another try may help */
	ERR_RATE,    /* asked to wait: retry_at says until when, where the server told */
	ERR_AUTH,    /* no credential, a bad one, or one that may not do this */
	ERR_EXPIRED, /* the session has ended: signing in again helps */
	ERR_PAYMENT, /* the network wants money or the budget is spent: waiting does not help */
	ERR_MALFORMED, /* an answer or a file that is not what it should be */
	ERR_NOT_FOUND, /* a name that names nothing */
};

struct err {
	enum err_code code;
	int64_t retry_at; /* UTC milliseconds, 0 = not told */
	char msg[512];	  /* one sentence without a full stop, UTF-8, cut at a character, no control
			     characters */
};

/* Fills the err and returns false, so that "return err_set(…)" is the way out. */
bool err_set(struct err *err, enum err_code code, const char *format, ...) PRINTF_LIKE(3, 4);

/* Puts "context: " before the sentence that is there; code and retry_at stay. Returns false. */
bool err_wrap(struct err *err, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
