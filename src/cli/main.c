#include <locale.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/cli/args.h"
#include "archive/text/utf8.h"

#define LIST_INDENT 2
#define LIST_LINES  5 /* of a post */

int cli_columns(int fd)
{
	struct winsize size = { 0 };

	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

int cli_rows(int fd)
{
	struct winsize size = { 0 };

	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0)
		return size.ws_row;
	return 24;
}

struct wrap cli_wrap(const struct cli *cli)
{
	return (struct wrap){
		.indent = LIST_INDENT,
		.columns = cli_columns(STDOUT_FILENO),
		.max_lines = cli->verbose ? 0 : LIST_LINES,
	};
}

bool cli_open_store(struct cli *cli, enum store_mode mode, struct err *err)
{
	const char *given = cli->store_path ? cli->store_path : getenv("ARCHIVE_STORE");
	struct str path = STR_INIT;
	bool ok = false;

	if (!given || !*given)
		given = cli->config.store;
	if (given && *given)
		str_add(&path, given);
	else if (!io_xdg("XDG_DATA_HOME", ".local/share", &path, err))
		goto out;
	else
		str_add(&path, "/archive/archive.db");
	cli->store = store_open(path.buf, mode, err);
	ok = cli->store != NULL;
out:
	str_release(&path);
	return ok;
}

/* Does the environment say what the configuration says, too? Then it counts. */
static bool is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

bool cli_configure(struct cli *cli, struct err *err)
{
	struct str path = STR_INIT;
	bool ok = false;

	bool somewhere = cli->config_path || is_set("ARCHIVE_CONFIG") ||
			 is_set("XDG_CONFIG_HOME") || is_set("HOME");

	if (!somewhere || str_same(cli->command->name, "help"))
		return true;
	config_release(&cli->config);
	if (!config_path(cli->config_path, &path, err) || !config_load(&cli->config, path.buf, err))
		goto out;
	if (!cli->config.there && (cli->config_path || is_set("ARCHIVE_CONFIG")) &&
	    !str_same(cli->command->name, "source")) {
		err_set(err, ERR_NOT_FOUND,
			"%s: there is no such configuration: archive source add begins one",
			path.buf);
		goto out;
	}
	if (cli->config.zone && !is_set("TZ"))
		cli->zone = cli->config.zone;
	ok = true;
out:
	str_release(&path);
	return ok;
}

struct http_options cli_http(const struct cli *cli)
{
	return (struct http_options){
		.user_agent = "archive/" ARCHIVE_VERSION " (event hashtag archiver)",
		.ca_file = is_set("ARCHIVE_CA_FILE") ? getenv("ARCHIVE_CA_FILE")
						     : cli->config.ca_file,
		.insecure_http = cli->insecure_http,
	};
}

/* Text is UTF-8 whatever locales there are; the language is taken from what was asked for. */
static void set_language(struct cli *cli)
{
	static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *wanted = NULL;

	if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	for (size_t i = 0; i < ARRAY_LEN(variables) && (!wanted || !*wanted); i++)
		wanted = getenv(variables[i]);
	cli->lang = wanted && str_starts(wanted, "ja") ? "ja" : "en";
}

static int status_of(const struct err *err)
{
	return err->code == ERR_USAGE ? CLI_MISUSED : CLI_FAILED;
}

/* The sentence may quote what came from outside: the terminal gets only what it may be given. */
static void print_error(const struct err *err)
{
	struct str line = STR_INIT;

	utf8_add_terminal(&line, err->msg, (int)sizeof(err->msg));
	fprintf(stderr, "archive: %s\n", line.buf);
	str_release(&line);
}

static int run_command(struct cli *cli, int argc, char **argv, struct err *err)
{
	cli->command = cli_find_command(argv[0]);
	if (cli->command)
		return cli->command->run(cli, argc, argv, err);
	cli_unknown_command(argv[0], err);
	return CLI_MISUSED;
}

static int run(struct cli *cli, int argc, char **argv, struct err *err)
{
	static char help[] = "help";
	char *help_argv[] = { help, NULL };
	int index = 0;

	if (!args_parse_globals(cli, argc, argv, &index, err))
		return CLI_MISUSED;
	if (index < 0) {
		printf("archive %s\n", ARCHIVE_VERSION);
		return CLI_DONE;
	}
	if (index >= argc) {
		cli->help = false; /* the overview, not the help of help */
		return run_command(cli, 1, help_argv, err);
	}
	return run_command(cli, argc - index, argv + index, err);
}

int main(int argc, char **argv)
{
	struct cli cli = { .zone = zone_local() };
	struct err err = { 0 };
	int status;

	set_language(&cli);
	status = run(&cli, argc, argv, &err);
	if (err.code == ERR_NONE && !io_finish(stdout, "standard output", &err))
		status = CLI_FAILED;
	if (err.code != ERR_NONE) {
		fflush(stdout);
		print_error(&err);
		status = status > CLI_MISUSED ? status : status_of(&err);
	}
	store_close(cli.store);
	config_release(&cli.config);
	return status;
}
