#include "archive/cli/print.h"
#include "archive/cli/thread-print.h"
#include "archive/cli/thread-words.h"

/* Does one operation for each post that is named; a name that names nothing stops before anything
 * is changed. */
static bool change_posts(struct cli *cli, const struct thread_words *words, int64_t thread,
			 enum op_kind kind, int64_t *count, struct err *err)
{
	struct op op = { .kind = kind };
	struct op_report report = { 0 };
	bool ok = store_begin(cli->store, err);

	for (size_t i = 1; ok && thread_operand(words, i); i++) {
		ok = store_find_post(cli->store, thread_operand(words, i), &op.post, err) &&
		     store_do(cli->store, thread, NULL, &op, 1, &report, err);
		*count += (int64_t)report.changed;
	}
	if (ok && store_commit(cli->store, err))
		return true;
	store_rollback(cli->store);
	return false;
}

static void report_change(const struct cli *cli, const struct thread *thread, enum op_kind kind,
			  int64_t count)
{
	struct str line = STR_INIT;

	print_count(&line, count, "post", "posts");
	if (cli->json)
		thread_print_change(thread->slug, kind == OP_CHOOSE ? "chosen" : "removed", count);
	else if (!cli->quiet && kind == OP_CHOOSE)
		printf("%s chosen\nnext: archive export %s --as page -o %s.html\n", line.buf,
		       thread->slug, thread->slug);
	else if (!cli->quiet)
		printf("%s taken away\n", line.buf);
	str_release(&line);
}

static bool names_posts(const struct thread_words *words, enum op_kind kind, struct err *err)
{
	bool all = words->all && kind == OP_CHOOSE;

	if (all && thread_operand(words, 1))
		return err_set(err, ERR_USAGE, "either posts or --all: '%s' is among them",
			       thread_operand(words, 1));
	if (!all && !thread_operand(words, 1))
		return err_set(err, ERR_USAGE,
			       "which posts? A thread's name, then short ids or urls%s",
			       kind == OP_CHOOSE ? ", or --all" : "");
	return true;
}

static int change(struct cli *cli, const struct thread_words *words, enum op_kind kind,
		  struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct thread thread;
	int status = CLI_FAILED;
	int64_t count = 0;
	bool ok;

	if (!names_posts(words, kind, err) || !cli_open_store(cli, STORE_WRITE, err) ||
	    !thread_load(cli->store, thread_operand(words, 0), &arena, &thread, err))
		goto out;
	if (words->all && kind == OP_CHOOSE)
		ok = thread_choose_all(cli->store, &thread, words->unlisted, &count, err);
	else
		ok = change_posts(cli, words, thread.id, kind, &count, err);
	if (!ok)
		goto out;
	report_change(cli, &thread, kind, count);
	status = CLI_DONE;
out:
	arena_release(&arena);
	return status;
}

int thread_add(struct cli *cli, const struct thread_words *words, struct err *err)
{
	return change(cli, words, OP_CHOOSE, err);
}

int thread_remove(struct cli *cli, const struct thread_words *words, struct err *err)
{
	return change(cli, words, OP_UNDECIDE, err);
}
