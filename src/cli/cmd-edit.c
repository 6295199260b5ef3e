#include "archive/base/io.h"
#include "archive/cli/args.h"
#include "archive/cli/edit-load.h"
#include "archive/cli/edit-thread.h"
#include "archive/cli/look.h"
#include "archive/cli/print.h"

struct edit_words {
	struct arg_list operands;
	const char *load, *output, *budget;
	bool dump, fetch;
};

static const char *slug_of(const struct edit_words *words)
{
	return words->operands.count > 0 ? words->operands.items[0] : NULL;
}

static bool put_out(const char *path, const struct str *text, struct err *err)
{
	if (path && !str_same(path, "-"))
		return io_write_file(path, text->buf, text->len, err);
	fwrite(text->buf, 1, text->len, stdout);
	return true; /* main looks whether it arrived */
}

static int dump(struct cli *cli, const struct edit_words *words, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	struct thread thread;
	struct sheet sheet;
	int status = CLI_FAILED;

	if (!cli_open_store(cli, STORE_READ, err) ||
	    !thread_load(cli->store, slug_of(words), &arena, &thread, err) ||
	    !thread_sheet_read(cli->store, &thread, &arena, &sheet, err))
		goto out;
	sheet_write(&text, &sheet);
	if (put_out(words->output, &text, err))
		status = CLI_DONE;
out:
	str_release(&text);
	arena_release(&arena);
	return status;
}

static int load(struct cli *cli, const struct edit_words *words, struct err *err)
{
	struct edit_load_options options = {
		.slug = slug_of(words),
		.path = words->load,
		.fetch = words->fetch,
	};

	if (!look_budget(words->budget, &options.budget, err))
		return CLI_MISUSED;
	return edit_load(cli, &options, err);
}

static void report_json(const char *said)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "said", said);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

static int edit(struct cli *cli, const struct edit_words *words, struct err *err)
{
	struct str said = STR_INIT;
	int status = CLI_FAILED;

	if (cli_open_store(cli, STORE_WRITE, err) && edit_thread(cli, slug_of(words), &said, err))
		status = CLI_DONE;
	if (status == CLI_DONE && cli->json) {
		report_json(said.buf);
	} else if (status == CLI_DONE && !cli->quiet) {
		print_safe(stdout, said.buf, 2000);
		putchar('\n');
	}
	str_release(&said);
	return status;
}

static bool fits(const struct cli *cli, const struct edit_words *words, struct err *err)
{
	if (words->dump && words->load)
		return err_set(err, ERR_USAGE, "either --dump or --load");
	if (words->output && !words->dump)
		return err_set(err, ERR_USAGE, "-o is for --dump");
	if ((words->fetch || words->budget) && !words->load)
		return err_set(err, ERR_USAGE, "%s is for --load",
			       words->fetch ? "--fetch" : "--budget");
	return args_at_most(cli, &words->operands, 1, err);
}

static int run(struct cli *cli, const struct edit_words *words, struct err *err)
{
	if (!fits(cli, words, err))
		return CLI_MISUSED;
	if (words->dump)
		return dump(cli, words, err);
	return words->load ? load(cli, words, err) : edit(cli, words, err);
}

int cmd_edit(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct edit_words words = { 0 };
	const struct arg table[] = {
		{ "dump", 0, ARG_FLAG, &words.dump },
		{ "output", 'o', ARG_TEXT, &words.output },
		{ "load", 0, ARG_TEXT, &words.load },
		{ "fetch", 0, ARG_FLAG, &words.fetch },
		{ "budget", 0, ARG_TEXT, &words.budget },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &words.operands, err))
		status = cli->help ? cli_help(cli, err) : run(cli, &words, err);
	arg_list_release(&words.operands);
	return status;
}
