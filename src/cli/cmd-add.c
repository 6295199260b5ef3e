#include <stdlib.h>
#include <string.h>

#include "archive/base/arena.h"
#include "archive/base/mem.h"
#include "archive/cli/add-report.h"
#include "archive/cli/allowance.h"
#include "archive/cli/args.h"
#include "archive/cli/look.h"
#include "archive/cli/print.h"
#include "archive/store/forget.h"
#include "archive/text/tag.h"

#define MOST_NAMES 10000

struct add_words {
	struct arg_list names, sources;
	const char *tag, *budget;
	bool conversation;
};

/* The names, each once: those of the command line, and where "-" stands those of the pipe. */
struct name_list {
	struct arena arena;
	struct arg_list list;
	size_t room;
	bool piped;
};

static bool add_name(struct name_list *names, const char *name, struct err *err)
{
	for (size_t i = 0; i < names->list.count; i++)
		if (str_same(names->list.items[i], name))
			return true;
	if (names->list.count == MOST_NAMES)
		return err_set(err, ERR_USAGE, "more than %d addresses at once", MOST_NAMES);
	if (names->list.count == names->room) {
		names->room = names->room > 0 ? 2 * names->room : 16;
		names->list.items = xreallocarray(names->list.items, names->room,
						  sizeof(*names->list.items));
	}
	names->list.items[names->list.count++] = arena_strdup(&names->arena, name);
	return true;
}

/* One a line; "# …" is a remark, alone or behind an address. */
static bool read_pipe(struct name_list *names, struct err *err)
{
	char *line = NULL;
	size_t room = 0;
	bool ok = true;

	while (ok && getline(&line, &room, stdin) >= 0) {
		char *name = line + strspn(line, " \t\r\n");
		size_t len = strcspn(name, "\r\n");
		char *remark;

		name[len] = '\0';
		remark = strpbrk(name, " \t");
		if (remark && remark[strspn(remark, " \t")] == '#')
			*remark = '\0';
		while (len > 0 && strchr(" \t", name[len - 1]))
			name[--len] = '\0';
		if (*name && *name != '#')
			ok = add_name(names, name, err);
	}
	free(line);
	return ok;
}

static bool collect_names(const struct arg_list *typed, struct name_list *names, struct err *err)
{
	if (typed->count == 0)
		return err_set(err, ERR_USAGE,
			       "which posts? Their addresses, or - for a pipe of them: archive add "
			       "https://social.example/@hana/1");
	for (size_t i = 0; i < typed->count; i++) {
		bool pipe = str_same(typed->items[i], "-");

		if (pipe ? names->piped : false)
			continue;
		if (!(pipe ? read_pipe(names, err) : add_name(names, typed->items[i], err)))
			return false;
		names->piped = names->piped || pipe;
	}
	return true;
}

/* A conversation may be of any length: what hangs on the posts is bounded by the budget alone. */
static int64_t budget_of(struct look *look, const struct add *add, bool conversation, int64_t told)
{
	const struct price price = allowance_price(look->cli);
	size_t paid = add_paid(add);
	int64_t worst = price_at_worst(&price, paid);
	struct str what = STR_INIT;

	if (paid == 0)
		return 0;
	print_count(&what, (int64_t)paid, "post", "posts");
	if (conversation) {
		str_add(&what, " and what hangs on them");
		worst += PRICE_USUAL_BUDGET;
	}
	told = look_settle(look, told, what.buf, worst);
	str_release(&what);
	return told;
}

static int run(struct cli *cli, const struct add_words *words, struct look *look, struct add *add,
	       int64_t told, struct err *err)
{
	struct add_result result;
	bool ok = add_run(add, budget_of(look, add, words->conversation, told), &result, err);

	look_end(look);
	if (!ok)
		return CLI_FAILED;
	if (cli->json)
		add_report_json(&result);
	else
		add_report(cli, &result, words->conversation);
	return result.exit_status;
}

static int add_posts(struct cli *cli, const struct add_words *words, struct err *err)
{
	struct name_list names = { 0 };
	struct look look = { 0 };
	struct add_options options = {
		.source = look_source,
		.watch = look_watch,
		.owner = &look,
		.judge = store_judge,
		.price = allowance_price(cli),
		.conversation = words->conversation,
	};
	struct str tag = STR_INIT;
	struct add *add = NULL;
	int64_t budget;
	int status = CLI_FAILED;

	if (!look_budget(words->budget, &budget, err) ||
	    (words->tag && !tag_fold(&tag, words->tag, err)) ||
	    !collect_names(&words->names, &names, err) ||
	    !look_open(&look, cli, words->sources.items, words->sources.count, err) ||
	    !cli_open_store(cli, STORE_WRITE, err))
		goto out;
	options.judge_owner = cli->store;
	options.tag = words->tag ? tag.buf : NULL;
	add = add_new(cli->store, look.loop, &options, names.list.items, names.list.count, err);
	if (add && add_misnamed(add) && !names.piped)
		err_set(err, ERR_USAGE, "%s", add_misnamed(add));
	else if (add)
		status = run(cli, words, &look, add, budget, err);
out:
	add_free(add);
	look_release(&look);
	str_release(&tag);
	arg_list_release(&names.list);
	arena_release(&names.arena);
	return status;
}

int cmd_add(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct add_words words = { 0 };
	const struct arg table[] = {
		{ "source", 0, ARG_LIST, &words.sources },
		{ "tag", 0, ARG_TEXT, &words.tag },
		{ "budget", 0, ARG_TEXT, &words.budget },
		{ "conversation", 0, ARG_FLAG, &words.conversation },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &words.names, err))
		status = cli->help ? cli_help(cli, err) : add_posts(cli, &words, err);
	arg_list_release(&words.names);
	arg_list_release(&words.sources);
	return status;
}
