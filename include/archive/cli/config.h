/*
 * The configuration: $XDG_CONFIG_HOME/archive/config.ini, or the file that --config or
 * ARCHIVE_CONFIG names. Sections and keys are those of the manual page archive-config(5); what is
 * not among them is refused with file, line and the nearest word, and never a value, which may be a
 * secret. Nothing is cut silently: a line that the parser could not hold whole is refused.
 */
#ifndef ARCHIVE_CLI_CONFIG_H
#define ARCHIVE_CLI_CONFIG_H

#include <stdint.h>

#include "archive/base/arena.h"
#include "archive/base/str.h"

#define CONFIG_MAX_BYTES ((size_t)1 << 20)

/* Where a credential is to be had. */
enum secret_kind { SECRET_NONE, SECRET_HERE, SECRET_VARIABLE, SECRET_COMMAND };

struct secret {
	enum secret_kind kind;
	const char *text; /* itself, the variable's name, or the command */
};

/* What is said of one source. Amounts are 0 when they are not told. */
struct config_source {
	const char *name; /* its canonical spelling */
	int line;	  /* where it was first named */
	bool by_password; /* it wants handle and password, not a token */
	bool off;	  /* enabled = no: only asked when named on the command line */
	struct secret token, password;
	const char *handle;
	int64_t pace_ms, overlap_ms, budget_micros;
	unsigned seen; /* keys that were told */
};

struct config {
	struct arena arena;
	const char *path; /* NULL = none was looked for */
	bool there;
	bool no_defaults; /* the sources that need no configuration are left out */
	/* of archive pick: characters of ambiguous width take two columns; the mouse and colours
	 * are left alone */
	bool wide_ambiguous, no_mouse, no_colour;
	const char *store, *ca_file, *zone;
	const char *curator;		   /* of new threads */
	int64_t overlap_ms, budget_micros; /* of sources that have none of their own */
	int64_t post_micros, author_micros, counts_micros;
	struct config_source *sources;
	size_t count;
	unsigned seen;
	int secret_line; /* where the first secret stands; 0 = nowhere */
};

/* Reads the bytes of a configuration; name is what a sentence calls the file. ERR_USAGE. */
MUST_CHECK bool config_parse(struct config *config, const char *name, const char *bytes, size_t len,
			     struct err *err);
/* Reads the file. One that is not there is an empty configuration. ERR_USAGE also for a file that
 * holds a secret and belongs to somebody else, or can be read or written by others. */
MUST_CHECK bool config_load(struct config *config, const char *path, struct err *err);
/* Adds the path: given, else $ARCHIVE_CONFIG, else the usual one. */
MUST_CHECK bool config_path(const char *given, struct str *out, struct err *err);
/* NULL when nothing is said of it. The name is canonical. */
const struct config_source *config_find(const struct config *config, const char *name);
void config_release(struct config *config);

#endif
