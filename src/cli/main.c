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

const struct command *cli_find_command(const char *name)
{
	for (size_t i = 0; i < cli_command_count; i++)
		if (strcmp(cli_commands[i].name, name) == 0)
			return &cli_commands[i];
	return NULL;
}

#define NEAR_MAX    24
#define LIST_INDENT 2
#define LIST_LINES  5 /* of a post */

/* Letters to change, insert or leave out to make one word of the other (Levenshtein). */
static size_t distance(const char *a, const char *b)
{
	size_t row[NEAR_MAX + 1];
	size_t b_len = strlen(b);

	for (size_t j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			size_t change = corner + (a[i - 1] != b[j - 1]);
			size_t less = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;

			corner = row[j];
			row[j] = change < less ? change : less;
		}
	}
	return row[b_len];
}

/* How far the candidate is from what was typed; a beginning is as near as one wrong letter. */
static size_t farness(const char *typed, const char *candidate)
{
	return strlen(typed) > 1 && str_starts(candidate, typed) ? 1 : distance(typed, candidate);
}

const char *cli_nearest(const char *typed, const char *best, const char *candidate)
{
	size_t far;

	if (strlen(typed) > NEAR_MAX || strlen(candidate) > NEAR_MAX)
		return best;
	far = farness(typed, candidate);
	if (far > 2 || 2 * far > strlen(candidate))
		return best;
	return !best || far < farness(typed, best) ? candidate : best;
}

bool cli_unknown_command(const char *typed, struct err *err)
{
	const char *near = NULL;

	for (size_t i = 0; i < cli_command_count; i++)
		near = cli_nearest(typed, near, cli_commands[i].name);
	if (near)
		return err_set(err, ERR_USAGE, "there is no command '%s': did you mean archive %s?",
			       typed, near);
	return err_set(err, ERR_USAGE,
		       "there is no command '%s': archive help shows those that are", typed);
}

int cli_columns(int fd)
{
	struct winsize size = { 0 };

	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
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
	return status;
}
