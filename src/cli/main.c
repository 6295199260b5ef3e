#include <locale.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/cli/args.h"
#include "archive/text/utf8.h"

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
