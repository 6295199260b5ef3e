#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/cli/config-edit.h"
#include "archive/cli/print.h"
#include "archive/cli/probe-report.h"
#include "archive/cli/source-words.h"
#include "archive/cli/sources.h"
#include "archive/text/near.h"

#define ANY_TAG "archive" /* where no --tag says which: it is not about the posts */

typedef int source_fn(struct cli *cli, const struct source_words *words, struct err *err);

bool source_words_one(const struct source_words *words, struct source *source, struct err *err)
{
	if (words->operands.count < 2) {
		err_set(err, ERR_USAGE,
			"which source? As in archive source %s mastodon:social.example",
			words->operands.items[0]);
		return false;
	}
	return source_parse(source, words->operands.items[1], err);
}

void source_say(const struct cli *cli, const char *name, const char *done)
{
	struct str out = STR_INIT;
	struct jwrite w;

	if (cli->json) {
		jwrite_begin(&w, &out);
		jwrite_open_object(&w, NULL);
		jwrite_text(&w, "source", name);
		jwrite_text(&w, "done", done);
		jwrite_text(&w, "configuration", cli->config.path);
		jwrite_close_object(&w);
		puts(out.buf);
	} else if (!cli->quiet) {
		str_addf(&out, "%s: %s (%s)", name, done, cli->config.path);
		print_safe(stdout, out.buf, 2000);
		putchar('\n');
	}
	str_release(&out);
}

/* Of the three ways to a secret one line is left: the one that is set now. */
static void set_way(struct str *text, const char *section, const char *secret, const char *way,
		    const char *value)
{
	static const char *const ways[] = { "", "-env", "-command" };
	struct str key = STR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		str_clear(&key);
		str_addf(&key, "%s%s", secret, ways[i]);
		if (str_same(ways[i], way))
			config_edit_set(text, section, key.buf, value);
		else
			config_edit_unset(text, section, key.buf);
	}
	str_release(&key);
}

static bool put(const struct cli *cli, const struct source *source,
		const struct source_words *words, struct err *err)
{
	const char *secret = source->ops->session ? "password" : "token";
	struct str text = STR_INIT;
	struct str section = STR_INIT;
	bool ok = config_edit_read(cli->config.path, &text, err);

	str_addf(&section, "source %s", source->name.buf);
	if (ok) {
		config_edit_set(&text, section.buf, NULL, NULL);
		config_edit_unset(&text, section.buf, "enabled");
		if (words->token_env)
			set_way(&text, section.buf, secret, "-env", words->token_env);
		if (words->token_command)
			set_way(&text, section.buf, secret, "-command", words->token_command);
		ok = config_edit_write(cli->config.path, &text, err);
	}
	explicit_bzero(text.buf, text.len);
	str_release(&text);
	str_release(&section);
	return ok;
}

static int add(struct cli *cli, const struct source_words *words, struct err *err)
{
	struct source source = SOURCE_INIT;
	int status = CLI_FAILED;

	if (words->token_env && words->token_command) {
		err_set(err, ERR_USAGE, "either --token-env or --token-command");
		goto out;
	}
	if (!source_words_one(words, &source, err) || !put(cli, &source, words, err))
		goto out;
	source_say(cli, source.name.buf, "is asked from now on");
	status = CLI_DONE;
out:
	source_release(&source);
	return status;
}

/* What nobody has named goes by being switched off. */
static bool take_out(const struct source *source, struct str *text)
{
	struct str section = STR_INIT;
	bool found;

	str_addf(&section, "source %s", source->name.buf);
	found = config_edit_drop(text, section.buf);
	while (config_edit_drop_instance(text, network_name(source->ops->network),
					 source->name.buf))
		found = true;
	if (sources_is_unnamed(source->name.buf)) {
		config_edit_set(text, section.buf, "enabled", "no");
		found = true;
	}
	str_release(&section);
	return found;
}

static int take_away(struct cli *cli, const struct source_words *words, struct err *err)
{
	struct source source = SOURCE_INIT;
	struct str text = STR_INIT;
	int status = CLI_FAILED;

	if (!source_words_one(words, &source, err) ||
	    !config_edit_read(cli->config.path, &text, err))
		goto out;
	if (!take_out(&source, &text)) {
		err_set(err, ERR_NOT_FOUND,
			"%s is not asked anyway: archive source list shows those that are",
			source.name.buf);
		goto out;
	}
	if (!config_edit_write(cli->config.path, &text, err))
		goto out;
	source_say(cli, source.name.buf, "is not asked any more");
	status = CLI_DONE;
out:
	explicit_bzero(text.buf, text.len);
	str_release(&text);
	source_release(&source);
	return status;
}

static int test(struct cli *cli, const struct source_words *words, struct err *err)
{
	const char *wanted = words->tag ? words->tag : ANY_TAG;
	const struct arg_list typed = { &wanted, 1 };
	struct arena arena = ARENA_INIT;
	struct source_list list = { 0 };
	const char *const *tags;
	size_t count;
	int status = CLI_FAILED;

	if (args_tags(&arena, &typed, &tags, &count, err) &&
	    sources_choose(&list, &cli->config, words->operands.items + 1,
			   words->operands.count - 1, err) &&
	    sources_sign_in(&list, &cli->config, err)) {
		const struct probe_options options = {
			.tag = tags[0],
			.sources = list.items,
			.source_count = list.count,
			.thorough = true,
		};

		status = probe_and_report(cli, &options, err);
	}
	sources_release(&list);
	arena_release(&arena);
	return status;
}

static const struct {
	const char *name;
	source_fn *run;
	size_t most; /* operands behind it */
} subcommands[] = {
	{ "list", source_list, 0 },   { "add", add, 1 },
	{ "remove", take_away, 1 },   { "test", test, SIZE_MAX - 1 },
	{ "login", source_login, 1 },
};

static int run(struct cli *cli, const struct source_words *words, struct err *err)
{
	const char *name = words->operands.count > 0 ? words->operands.items[0] : NULL;
	const char *near = NULL;

	for (size_t i = 0; name && i < ARRAY_LEN(subcommands); i++) {
		if (strcmp(subcommands[i].name, name) == 0)
			return args_at_most(cli, &words->operands, 1 + subcommands[i].most, err)
				       ? subcommands[i].run(cli, words, err)
				       : CLI_MISUSED;
		near = near_word(name, near, subcommands[i].name);
	}
	if (!name)
		err_set(err, ERR_USAGE,
			"archive source wants one of list, add, remove, test, login");
	else if (near)
		err_set(err, ERR_USAGE,
			"there is no 'archive source %s': did you mean archive source %s?", name,
			near);
	else
		err_set(err, ERR_USAGE,
			"there is no 'archive source %s': there are list, add, remove, test and "
			"login",
			name);
	return CLI_MISUSED;
}

int cmd_source(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct source_words words = { 0 };
	const struct arg table[] = {
		{ "tag", 0, ARG_TEXT, &words.tag },
		{ "token-env", 0, ARG_TEXT, &words.token_env },
		{ "token-command", 0, ARG_TEXT, &words.token_command },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &words.operands, err))
		status = cli->help ? cli_help(cli, err) : run(cli, &words, err);
	arg_list_release(&words.operands);
	return status;
}
