#include "archive/cli/args.h"

static int overview(void)
{
	puts("archive keeps an event's conversation: it fetches a hashtag's posts, lets you "
	     "choose,\n"
	     "and writes the thread as HTML that stays readable.\n\n"
	     "  archive fetch '#ssmjp'\n"
	     "  archive thread new ssmjp-night --tag ssmjp && archive thread add ssmjp-night "
	     "--all\n"
	     "  archive export ssmjp-night --as page -o ssmjp.html\n");
	for (size_t i = 0; i < cli_command_count; i++)
		printf("  %-8s %s\n", cli_commands[i].name, cli_commands[i].summary);
	puts("\nEverywhere: --store FILE, --config FILE, --json, --quiet, --verbose, --help;\n"
	     "archive --version. "
	     "Times: 2017-06-30T19:00, 2017-06-30, 19:00, yesterday, -2h.");
	return CLI_DONE;
}

static int one_command(const char *name, struct err *err)
{
	const struct command *command = cli_find_command(name);

	if (!command) {
		cli_unknown_command(name, err);
		return CLI_MISUSED;
	}
	printf("archive %s%s%s\n  %s\n", command->name, *command->synopsis ? " " : "",
	       command->synopsis, command->summary);
	if (*command->details)
		printf("\n%s", command->details);
	return CLI_DONE;
}

int cmd_help(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct arg_list operands = { 0 };
	int status = CLI_MISUSED;

	if (!args_parse(cli, argc, argv, NULL, &operands, err) ||
	    !args_at_most(cli, &operands, 1, err))
		goto out;
	if (operands.count > 0)
		status = one_command(operands.items[0], err);
	else
		status = cli->help ? cli_help(cli, err) : overview();
out:
	arg_list_release(&operands);
	return status;
}

int cli_help(const struct cli *cli, struct err *err)
{
	return one_command(cli->command->name, err);
}
