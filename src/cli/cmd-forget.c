#include "archive/base/clock.h"
#include "archive/cli/args.h"
#include "archive/cli/ask.h"
#include "archive/cli/page-file.h"
#include "archive/cli/print.h"
#include "archive/collect/forget.h"

#define NAMED_CHOICES 5 /* in the question */

struct forget_words {
	struct arg_list names;
	bool yes, undo;
};

/* "the post ybnd7q2a by @hana@social.example", "12 posts by @hana@social.example" */
static void add_choice(struct str *out, const struct forget_choice *choice)
{
	if (choice->item.author) {
		print_count(out, choice->posts, "post by ", "posts by ");
		str_add(out, choice->name);
		return;
	}
	str_addf(out, "the post %s", choice->name);
	if (choice->by)
		str_addf(out, " by %s", choice->by);
}

static void add_choices(struct str *out, const struct forget_plan *plan)
{
	for (size_t i = 0; i < plan->count && i < NAMED_CHOICES; i++) {
		if (i > 0)
			str_add(out, ", ");
		add_choice(out, &plan->choices[i]);
	}
	if (plan->count > NAMED_CHOICES)
		str_addf(out, " and %zu more", plan->count - NAMED_CHOICES);
}

static bool is_wanted(const struct forget_words *words, const struct forget_plan *plan)
{
	struct str question = STR_INIT;
	bool yes = words->yes;

	if (!yes) {
		str_add(&question, "forget ");
		add_choices(&question, plan);
		str_add(&question, " for good?");
		yes = ask_yes(question.buf);
	}
	if (!yes)
		fputs("nothing was forgotten\n", stderr);
	str_release(&question);
	return yes;
}

static void report_json(const struct forget_plan *plan, const struct forget_result *result)
{
	const struct forget_report *report = &result->report;
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_int(&w, "posts", (int64_t)report->posts);
	jwrite_int(&w, "authors", (int64_t)report->authors);
	jwrite_int(&w, "thread_items", (int64_t)report->items);
	jwrite_int(&w, "answers", (int64_t)result->answers);
	jwrite_bool(&w, "clean", result->clean);
	jwrite_open_array(&w, "uris");
	for (size_t i = 0; i < plan->count; i++)
		jwrite_text(&w, NULL, plan->choices[i].item.uri);
	jwrite_close_array(&w);
	jwrite_open_array(&w, "export_anew");
	for (size_t i = 0; i < report->target_count; i++) {
		jwrite_open_object(&w, NULL);
		jwrite_text(&w, "thread", report->targets[i].slug);
		jwrite_text(&w, "file", report->targets[i].path);
		jwrite_text(&w, "as", report->targets[i].form);
		jwrite_close_object(&w);
	}
	jwrite_close_array(&w);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

static void print_line(const struct str *line)
{
	print_safe(stdout, line->buf, (int)line->len);
	putchar('\n');
}

/* The command that does it in just that way: never one that would put a fragment in the place of a
 * whole file of somebody's. What was written otherwise than plainly is done by the thread's name.
 */
static void add_target(struct str *out, const struct target *target)
{
	bool plain = !target->inserted && !target->section[0] && !target->options[0];

	str_addf(out, "to be exported anew: archive export %s", target->slug);
	if (target->section[0])
		str_addf(out, "#%s", target->section);
	if (plain && !str_same(target->form, "fragment"))
		str_addf(out, " --as %s", target->form);
	str_addf(out, plain ? " -o %s" : " (%s)", target->path);
}

/* What still holds it is named: a file that was exported goes on telling what the store forgot. */
static void report_text(const struct forget_plan *plan, const struct forget_result *result)
{
	const struct forget_report *report = &result->report;
	struct str line = STR_INIT;

	print_count(&line, (int64_t)report->posts, "post", "posts");
	str_addf(&line, " forgotten, and cut out of %zu kept %s", result->answers,
		 result->answers == 1 ? "answer" : "answers");
	if (report->items > 0)
		str_addf(&line, "; %zu %s taken out of threads", report->items,
			 report->items == 1 ? "item" : "items");
	print_line(&line);
	for (size_t i = 0; i < report->target_count; i++) {
		str_clear(&line);
		add_target(&line, &report->targets[i]);
		print_line(&line);
	}
	for (size_t i = 0; i < plan->count; i++) {
		str_clear(&line);
		str_addf(&line, "if it was a mistake: archive forget --undo %s",
			 plan->choices[i].item.uri);
		print_line(&line);
	}
	str_release(&line);
}

static int report(const struct cli *cli, const struct forget_plan *plan,
		  const struct forget_result *result, struct err *err)
{
	if (cli->json)
		report_json(plan, result);
	else if (!cli->quiet)
		report_text(plan, result);
	if (result->clean)
		return CLI_DONE;
	err_set(err, ERR_IO,
		"it is forgotten, but %s may hold traces of it while another program reads it or "
		"the "
		"disk is full: the next command that writes to it (archive import, fetch) takes "
		"them "
		"away",
		store_path(cli->store));
	return CLI_PART;
}

/* Read first, so that a store that is not there is not made. */
static bool open_to_write(struct cli *cli, struct err *err)
{
	store_close(cli->store);
	cli->store = NULL;
	return cli_open_store(cli, STORE_WRITE, err);
}

static int forget(struct cli *cli, const struct forget_words *words, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct forget_plan plan;
	struct forget_result result;
	int status = CLI_FAILED;

	if (!forget_find(cli->store, words->names.items, words->names.count, &arena, &plan, err) ||
	    !is_wanted(words, &plan) || !open_to_write(cli, err))
		goto out;
	if (forget_run(cli->store, &plan, clock_now(), &arena, &result, err)) {
		page_drop_previews();
		status = report(cli, &plan, &result, err);
	}
out:
	arena_release(&arena);
	return status;
}

static int undo(struct cli *cli, const struct forget_words *words, struct err *err)
{
	if (!open_to_write(cli, err))
		return CLI_FAILED;
	for (size_t i = 0; i < words->names.count; i++)
		if (!forget_undo(cli->store, words->names.items[i], err))
			return i > 0 ? CLI_PART : CLI_FAILED;
	if (!cli->quiet && !cli->json)
		puts("the next fetch or import that meets it takes it in again");
	return CLI_DONE;
}

static int run(struct cli *cli, const struct forget_words *words, struct err *err)
{
	if (words->names.count == 0) {
		err_set(err, ERR_USAGE,
			"what is to be forgotten? A post by its short id or address, or a person: "
			"archive forget @hana@social.example");
		return CLI_MISUSED;
	}
	if (!words->undo && !words->yes && !ask_possible()) {
		err_set(err, ERR_USAGE,
			"archive forget cannot be taken back: where nobody can be asked, say "
			"--yes");
		return CLI_MISUSED;
	}
	if (!cli_open_store(cli, STORE_READ, err))
		return CLI_FAILED;
	return words->undo ? undo(cli, words, err) : forget(cli, words, err);
}

int cmd_forget(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct forget_words words = { 0 };
	const struct arg table[] = {
		{ "yes", 0, ARG_FLAG, &words.yes },
		{ "undo", 0, ARG_FLAG, &words.undo },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (args_parse(cli, argc, argv, table, &words.names, err))
		status = cli->help ? cli_help(cli, err) : run(cli, &words, err);
	arg_list_release(&words.names);
	return status;
}
