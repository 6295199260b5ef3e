#include "archive/cli/source-words.h"

#include "archive/cli/print.h"
#include "archive/cli/sources.h"

#define MICROS 1000000.0

static const char *from_name(enum source_from from)
{
	static const char *const names[] = {
		[FROM_COMMAND_LINE] = "command line",
		[FROM_CONFIGURATION] = "configuration",
		[FROM_DEFAULTS] = "default",
		[FROM_ENVIRONMENT] = "environment",
	};

	return names[from];
}

static void add_time(struct str *line, const char *what, int64_t ms)
{
	static const struct {
		int64_t ms;
		char letter;
	} units[] = { { 86400000, 'd' }, { 3600000, 'h' }, { 60000, 'm' }, { 1000, 's' } };
	size_t i = 0;

	if (ms == 0)
		return;
	while (i < 3 && ms % units[i].ms != 0)
		i++;
	str_addf(line, "; %s %lld%c", what, (long long)(ms / units[i].ms), units[i].letter);
}

static void add_secret(struct str *line, const struct source *source, const struct secret *secret)
{
	const char *what = source->ops->session ? "password" : "token";

	switch (secret->kind) {
	case SECRET_NONE:
		if (source->ops->flags & SOURCE_NEEDS_TOKEN)
			str_addf(line,
				 "without a token, and so not at all: archive source login %s",
				 source->name.buf);
		else
			str_add(line, "without an account");
		return;
	case SECRET_HERE:
		str_addf(line, "with the %s of the configuration", what);
		return;
	case SECRET_VARIABLE:
		str_addf(line, "with the %s in %s", what, secret->text);
		return;
	case SECRET_COMMAND:
		str_addf(line, "with the %s that a command prints", what);
		return;
	}
}

static void print_source(const struct cli *cli, const struct source *source, enum source_from from)
{
	struct arena arena = ARENA_INIT;
	struct secret secret = sources_secret(&arena, source, &cli->config);
	const struct config_source *said = config_find(&cli->config, source->name.buf);
	struct str line = STR_INIT;

	str_addf(&line, "  %s (%s", source->name.buf, from_name(from));
	if (from == FROM_CONFIGURATION && said)
		str_addf(&line, ", line %d", said->line);
	str_add(&line, "): ");
	add_secret(&line, source, &secret);
	add_time(&line, "pace", source->pace_ms);
	add_time(&line, "overlap", source->overlap_ms);
	if (source->budget_micros)
		str_addf(&line, "; at most %.2f USD a run", (double)source->budget_micros / MICROS);
	print_safe(stdout, line.buf, 2000);
	putchar('\n');
	str_release(&line);
	arena_release(&arena);
}

static void print_text(const struct cli *cli, const struct source_list *list)
{
	struct str line = STR_INIT;

	for (size_t i = 0; i < list->count; i++)
		print_source(cli, &list->items[i], list->from[i]);
	for (size_t i = 0; i < cli->config.count; i++)
		if (cli->config.sources[i].off)
			str_addf(&line, "  %s (configuration, line %d): switched off\n",
				 cli->config.sources[i].name, cli->config.sources[i].line);
	fputs(line.buf, stdout);
	str_clear(&line);
	str_addf(&line, "configuration: %s%s", cli->config.path ? cli->config.path : "none",
		 cli->config.path && !cli->config.there ? ", which is not there" : "");
	if (!cli->quiet) {
		print_safe(stdout, line.buf, 2000);
		putchar('\n');
	}
	str_release(&line);
}

static void time_json(struct jwrite *w, const char *key, int64_t ms)
{
	if (ms)
		jwrite_int(w, key, ms / 1000);
	else
		jwrite_null(w, key);
}

static void source_json(struct jwrite *w, const struct cli *cli, const struct source *source,
			enum source_from from)
{
	static const char *const ways[] = {
		[SECRET_NONE] = NULL,
		[SECRET_HERE] = "configuration",
		[SECRET_VARIABLE] = "environment",
		[SECRET_COMMAND] = "command",
	};
	struct arena arena = ARENA_INIT;
	struct secret secret = sources_secret(&arena, source, &cli->config);

	jwrite_open_object(w, NULL);
	jwrite_text(w, "source", source->name.buf);
	jwrite_text(w, "from", from_name(from));
	jwrite_text(w, "credential", ways[secret.kind]);
	jwrite_text(w, "variable", secret.kind == SECRET_VARIABLE ? secret.text : NULL);
	time_json(w, "pace_seconds", source->pace_ms);
	time_json(w, "overlap_seconds", source->overlap_ms);
	if (source->budget_micros)
		jwrite_int(w, "budget_micro_usd", source->budget_micros);
	else
		jwrite_null(w, "budget_micro_usd");
	jwrite_close_object(w);
	arena_release(&arena);
}

static void print_json(const struct cli *cli, const struct source_list *list)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "configuration", cli->config.path);
	jwrite_bool(&w, "there", cli->config.there);
	jwrite_open_array(&w, "sources");
	for (size_t i = 0; i < list->count; i++)
		source_json(&w, cli, &list->items[i], list->from[i]);
	jwrite_close_array(&w);
	jwrite_open_array(&w, "switched_off");
	for (size_t i = 0; i < cli->config.count; i++)
		if (cli->config.sources[i].off)
			jwrite_text(&w, NULL, cli->config.sources[i].name);
	jwrite_close_array(&w);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

int source_list(struct cli *cli, const struct source_words *words, struct err *err)
{
	struct source_list list = { 0 };
	int status = CLI_FAILED;

	(void)words;
	if (sources_know(&list, &cli->config, err)) {
		if (cli->json)
			print_json(cli, &list);
		else
			print_text(cli, &list);
		status = CLI_DONE;
	}
	sources_release(&list);
	return status;
}
