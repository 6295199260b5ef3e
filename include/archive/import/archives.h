/*
 * One's own archives, as X and Mastodon hand them out: several files in one, or an unpacked folder.
 * They are gone through twice, in flat memory, because who wrote the posts may stand behind them.
 * Only what was public is taken, and only one's own posts. The evidence of a post is its element
 * with its author put inside, so that import_evidence_reader() reads it again by itself.
 */
#ifndef ARCHIVE_IMPORT_ARCHIVES_H
#define ARCHIVE_IMPORT_ARCHIVES_H

#include "archive/base/hash.h"
#include "archive/import/import.h"

struct import_archive {
	FILE *in; /* may be read from its beginning again; NULL: a folder */
	const char *folder;
	const char *name; /* for sentences */
};

/* IMPORT_X_ARCHIVE, IMPORT_MASTODON_ARCHIVE; the form of the one file that was only made smaller;
 * IMPORT_NOTHING when it holds nothing that is known. ERR_MALFORMED when the posts in it are
 * encrypted. */
MUST_CHECK bool import_archive_form(const struct import_archive *archive, enum import_form *out,
				    struct err *err);
/* Of a folder: the hash and the length of all of it that is read, whatever else lies there. */
MUST_CHECK bool import_archive_hash(const struct import_archive *archive, char out[HASH_HEX_SIZE],
				    int64_t *bytes, struct err *err);
/* Reads what import_archive_form() told. As an import_read_fn. */
MUST_CHECK bool import_archive_read(const struct import_archive *archive, enum import_form form,
				    int64_t now, const struct import_client *client,
				    struct import_report *report, struct err *err);

#endif
