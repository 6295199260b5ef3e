/*
 * What every command is given: the global options, the store, where to print. main prepares it and
 * prints errors; a command parses its own words, then calls one core function.
 */
#ifndef ARCHIVE_CLI_CLI_H
#define ARCHIVE_CLI_CLI_H

#include <stdio.h>

#include "archive/cli/config.h"
#include "archive/cli/wrap.h"
#include "archive/http/loop.h"
#include "archive/store/store.h"

enum cli_status { CLI_DONE = 0, CLI_FAILED = 1, CLI_MISUSED = 2, CLI_PART = 3 };

struct command;

struct cli {
	const struct command *command;
	const char *store_path;	 /* --store; NULL = the environment or the default decides */
	const char *config_path; /* --config; NULL = the environment or the default decides */
	struct config config;	 /* read with the command's words */
	bool json, quiet, verbose, help;
	bool insecure_http;
	const char *zone; /* the user's, zone_known() */
	const char *lang; /* "ja" or "en" */
	struct store
		*store; /* open when the command's row says so and cli_open_store() was called */
};

/* Returns an exit status; false-like failure is told by filling err (main prints it) and returning
 * CLI_FAILED. */
typedef int command_fn(struct cli *cli, int argc, char **argv, struct err *err);

struct command {
	const char *name;
	command_fn *run;
	const char *synopsis; /* behind "archive NAME " */
	const char *summary;
	const char *details; /* options and their meaning, lines of their own */
};

extern const struct command cli_commands[];
extern const size_t cli_command_count;
const struct command *cli_find_command(const char *name);

/* Opens the store at --store, $ARCHIVE_STORE, the configuration's or
 * $XDG_DATA_HOME/archive/archive.db. */
MUST_CHECK bool cli_open_store(struct cli *cli, enum store_mode mode, struct err *err);
/* Reads the configuration; a file that was named must be there, but for a command that writes it.
 */
MUST_CHECK bool cli_configure(struct cli *cli, struct err *err);
/* How servers are asked: the program's name, the certificate authority. */
struct http_options cli_http(const struct cli *cli);
/* Columns of the terminal at that descriptor, 80 where there is none. */
int cli_columns(int fd);
/* Its lines; 24 where there is none. */
int cli_rows(int fd);
/* How posts stand in a list on standard output: their first lines, all with --verbose. */
struct wrap cli_wrap(const struct cli *cli);

/* ERR_USAGE for a command that is not there, with the one that is near. */
bool cli_unknown_command(const char *typed, struct err *err);
/* What "--help" behind a command prints. */
int cli_help(const struct cli *cli, struct err *err);

command_fn cmd_recheck, cmd_media, cmd_add, cmd_backup, cmd_rebuild, cmd_merge, cmd_fetch, cmd_plan,
	cmd_import, cmd_pick, cmd_preview, cmd_search, cmd_thread, cmd_edit, cmd_export, cmd_status,
	cmd_forget, cmd_source, cmd_help;

#endif
