#include "archive/cli/args.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/text/when.h"
#include "archive/text/tag.h"
#include "archive/text/near.h"

#define MAX_OPTIONS 48
#define FIRST_LONG  256

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
		.val = FIRST_LONG + n,
	};
	if (!arg->letter)
		return;
	table->shorts[(*letters)++] = arg->letter;
	if (arg->kind != ARG_FLAG)
		table->shorts[(*letters)++] = ':';
}

static void build_table(struct table *table, struct cli *cli, const struct arg *own,
			bool stop_at_operand)
{
	const struct arg globals[] = {
		{ "store", 0, ARG_TEXT, &cli->store_path },
		{ "config", 0, ARG_TEXT, &cli->config_path },
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
	if (value >= FIRST_LONG)
		return &table->all[value - FIRST_LONG];
	for (int i = 0; i < table->count; i++)
		if (table->all[i].letter == value)
			return &table->all[i];
	return NULL;
}

static bool unknown_long(const struct cli *cli, const struct table *table, const char *word,
			 struct err *err)
{
	const char *of = cli->command ? cli->command->name : NULL;
	char *name = xstrndup(word + 2, strcspn(word + 2, "="));
	const char *near = NULL;

	for (int i = 0; i < table->count; i++)
		near = near_word(name, near, table->all[i].name);
	if (near)
		err_set(err, ERR_USAGE, "there is no option '--%s': did you mean --%s?", name,
			near);
	else
		err_set(err, ERR_USAGE,
			"there is no option '--%s': archive help%s%s shows those that are", name,
			of ? " " : "", of ? of : "");
	free(name);
	return false;
}

/* What stands behind a single hyphen may be a word that must not occur, and not ASCII. */
static bool unknown_letter(const struct cli *cli, const char *word, struct err *err)
{
	const char *of = cli->command ? cli->command->name : NULL;

	if (str_same(of, "search"))
		return err_set(err, ERR_USAGE,
			       "there is no option '%s': words to leave out stand behind --, as in "
			       "archive search "
			       "-- %s",
			       word, word);
	return err_set(err, ERR_USAGE,
		       "there is no option '%s': archive help%s%s shows those that are", word,
		       of ? " " : "", of ? of : "");
}

/* getopt_long() said '?' or ':' of this word. */
static bool refuse(const struct cli *cli, const struct table *table, int value, const char *word,
		   struct err *err)
{
	if (value == ':')
		return err_set(err, ERR_USAGE, "'%s' wants a value behind it", word);
	if (optopt >= FIRST_LONG)
		return err_set(err, ERR_USAGE, "--%s takes no value",
			       table->all[optopt - FIRST_LONG].name);
	if (str_starts(word, "--"))
		return unknown_long(cli, table, word, err);
	return unknown_letter(cli, word, err);
}

/* The word that an option was just read from: optind stands behind it and its value. */
static const char *read_word(char **argv)
{
	int last = optind > 1 ? optind - 1 : 1;

	return last > 1 && optarg && optarg == argv[last] ? argv[last - 1] : argv[last];
}

/* The word that holds what getopt_long() refused; optind stands on it while letters of it are left
 * to be read. */
static const char *refused_word(int argc, char **argv)
{
	const char *word = read_word(argv);
	size_t len = strlen(word);

	if (optopt == 0 || optopt >= FIRST_LONG || optind >= argc)
		return word;
	return word[0] == '-' && word[1] != '-' && word[len - 1] == (char)optopt ? word
										 : argv[optind];
}

/* getopt_long() takes beginnings for the whole; in a script they would change their meaning with
 * the next option. */
static bool is_whole(const struct arg *arg, const char *word)
{
	size_t len = strlen(arg->name);

	return strncmp(word + 2, arg->name, len) == 0 &&
	       (word[2 + len] == '\0' || word[2 + len] == '=');
}

static bool run_getopt(struct cli *cli, int argc, char **argv, const struct table *table,
		       struct err *err)
{
	int value;

	opterr = 0;
	optind = 0;
	optarg = NULL;
	optopt = 0;
	while ((value = getopt_long(argc, argv, table->shorts, table->longs, NULL)) != -1) {
		const struct arg *arg = find_arg(table, value);

		if (!arg)
			return refuse(cli, table, value, refused_word(argc, argv), err);
		if (value >= FIRST_LONG && !is_whole(arg, read_word(argv)))
			return unknown_long(cli, table, read_word(argv), err);
		store_value(arg, optarg);
	}
	return true;
}

bool args_parse(struct cli *cli, int argc, char **argv, const struct arg *own,
		struct arg_list *operands, struct err *err)
{
	struct table table;

	build_table(&table, cli, own, false);
	if (!run_getopt(cli, argc, argv, &table, err))
		return false;
	for (int i = optind; i < argc; i++)
		list_add(operands, argv[i]);
	return cli->help || cli_configure(cli, err);
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

bool args_at_most(const struct cli *cli, const struct arg_list *operands, size_t max,
		  struct err *err)
{
	if (operands->count > max)
		return err_set(err, ERR_USAGE,
			       "'%s' is a word too many: archive help %s shows how it is used",
			       operands->items[max], cli->command->name);
	return true;
}

bool args_number(const char *name, const char *text, int64_t min, int64_t *out, struct err *err)
{
	if (text && !str_to_int(text, min, INT64_MAX, out))
		return err_set(err, ERR_USAGE,
			       "--%s wants a whole number of at least %lld, not '%s'", name,
			       (long long)min, text);
	return true;
}

static bool read_window(const char *since, const char *until, enum when_side side, const char *zone,
			int64_t *from, int64_t *to, struct err *err)
{
	int64_t now = clock_now();

	if ((since && !when_parse(since, WHEN_SINCE, now, zone, from, err)) ||
	    (until && !when_parse(until, side, now, zone, to, err)))
		return false;
	if (since && until && *from >= *to)
		return err_set(err, ERR_USAGE, "--since %s is not before --until %s", since, until);
	return true;
}

bool args_window(const char *since, const char *until, const char *zone, int64_t *from, int64_t *to,
		 struct err *err)
{
	return read_window(since, until, WHEN_UNTIL, zone, from, to, err);
}

bool args_window_ahead(const char *since, const char *until, const char *zone, int64_t *from,
		       int64_t *to, struct err *err)
{
	if (!read_window(since, until, WHEN_NEXT, zone, from, to, err))
		return false;
	if (until && *to <= clock_now())
		return err_set(err, ERR_USAGE, "--until %s has passed: nothing is left to follow",
			       until);
	return true;
}

static bool is_among(const char *const *tags, size_t count, const char *tag)
{
	for (size_t i = 0; i < count; i++)
		if (str_same(tags[i], tag))
			return true;
	return false;
}

bool args_tags(struct arena *arena, const struct arg_list *typed, const char *const **tags,
	       size_t *count, struct err *err)
{
	const char **folded = arena_array(arena, typed->count, sizeof(*folded));
	struct str tag = STR_INIT;
	bool ok = true;

	*tags = folded;
	*count = 0;
	for (size_t i = 0; ok && i < typed->count; i++) {
		str_clear(&tag);
		ok = tag_fold(&tag, typed->items[i], err);
		if (ok && !is_among(folded, *count, tag.buf))
			folded[(*count)++] = arena_strdup(arena, tag.buf);
	}
	str_release(&tag);
	return ok;
}
