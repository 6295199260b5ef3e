#include "archive/cli/args.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"

#define MAX_OPTIONS 32

/* Both tables as getopt_long() wants them; an option's value is its index in all[]. */
struct table {
	struct arg all[MAX_OPTIONS];
	struct option longs[MAX_OPTIONS + 1];
	char shorts[2 * MAX_OPTIONS + 3];
	int count;
};

static void add_row(struct table *table, const struct arg *arg, size_t *letters)
{
	int n = table->count++;

	table->all[n] = *arg;
	table->longs[n] = (struct option){
		.name = arg->name,
		.has_arg = arg->kind == ARG_FLAG ? no_argument : required_argument,
		.val = 256 + n,
	};
	if (!arg->letter)
		return;
	table->shorts[(*letters)++] = arg->letter;
	if (arg->kind != ARG_FLAG)
		table->shorts[(*letters)++] = ':';
}

static void build_table(struct table *table, struct cli *cli, const struct arg *own, bool stop_at_operand)
{
	const struct arg globals[] = {
		{ "store", 0, ARG_TEXT, &cli->store_path },
		{ "json", 0, ARG_FLAG, &cli->json },
		{ "quiet", 'q', ARG_FLAG, &cli->quiet },
		{ "verbose", 'v', ARG_FLAG, &cli->verbose },
		{ "insecure-http", 0, ARG_FLAG, &cli->insecure_http },
		{ "help", 'h', ARG_FLAG, &cli->help },
	};
	size_t letters = 0;

	*table = (struct table){ 0 };
	if (stop_at_operand)
		table->shorts[letters++] = '+';
	table->shorts[letters++] = ':';
	for (size_t i = 0; i < ARRAY_LEN(globals); i++)
		add_row(table, &globals[i], &letters);
	for (; own && own->name && table->count < MAX_OPTIONS; own++)
		add_row(table, own, &letters);
}

static void list_add(struct arg_list *list, const char *word)
{
	list->items = xreallocarray(list->items, list->count + 1, sizeof(*list->items));
	list->items[list->count++] = word;
}

void arg_list_release(struct arg_list *list)
{
	free(list->items);
	*list = (struct arg_list){ 0 };
}

static void store_value(const struct arg *arg, const char *value)
{
	switch (arg->kind) {
	case ARG_FLAG:
		*(bool *)arg->target = true;
		break;
	case ARG_TEXT:
		*(const char **)arg->target = value;
		break;
	case ARG_LIST:
		list_add(arg->target, value);
		break;
	}
}

static const struct arg *find_arg(const struct table *table, int value)
{
	if (value >= 256)
		return &table->all[value - 256];
	for (int i = 0; i < table->count; i++)
		if (table->all[i].letter == value)
			return &table->all[i];
	return NULL;
}

static bool unknown_option(const struct cli *cli, const struct table *table, const char *word, struct err *err)
{
	const char *of = cli->command ? cli->command->name : NULL;
	const char *near = NULL;

	for (int i = 0; i < table->count && str_starts(word, "--"); i++)
		near = cli_nearest(word + 2, near, table->all[i].name);
	if (near)
		return err_set(err, ERR_USAGE, "there is no option '%s': did you mean --%s?", word, near);
	return err_set(err, ERR_USAGE, "there is no option '%s': archive help%s%s shows those that are", word,
		       of ? " " : "", of ? of : "");
}

static bool run_getopt(struct cli *cli, int argc, char **argv, const struct table *table, struct err *err)
{
	int value;

	opterr = 0;
	optind = 0;
	while ((value = getopt_long(argc, argv, table->shorts, table->longs, NULL)) != -1) {
		const struct arg *arg = find_arg(table, value);

		if (value == ':')
			return err_set(err, ERR_USAGE, "'%s' wants a value behind it", argv[optind - 1]);
		if (value == '?' || !arg)
			return unknown_option(cli, table, argv[optind > 1 ? optind - 1 : 1], err);
		store_value(arg, optarg);
	}
	return true;
}

bool args_parse(struct cli *cli, int argc, char **argv, const struct arg *own, struct arg_list *operands, struct err *err)
{
	struct table table;

	build_table(&table, cli, own, false);
	if (!run_getopt(cli, argc, argv, &table, err))
		return false;
	for (int i = optind; i < argc; i++)
		list_add(operands, argv[i]);
	return true;
}

bool args_parse_globals(struct cli *cli, int argc, char **argv, int *index, struct err *err)
{
	bool version = false;
	const struct arg own[] = { { "version", 'V', ARG_FLAG, &version }, { 0 } };
	struct table table;

	build_table(&table, cli, own, true);
	if (!run_getopt(cli, argc, argv, &table, err))
		return false;
	*index = version ? -1 : optind;
	return true;
}

bool args_number(const char *name, const char *text, int64_t min, int64_t *out, struct err *err)
{
	if (text && !str_to_int(text, min, INT64_MAX, out))
		return err_set(err, ERR_USAGE, "--%s wants a whole number of at least %lld, not '%s'", name, (long long)min, text);
	return true;
}
