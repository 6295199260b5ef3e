#include "archive/cli/task.h"

#include <signal.h>
#include <unistd.h>

#include "archive/base/clock.h"
#include "archive/cli/print.h"

#define QUIET_MS  1000
#define REDRAW_MS 200

static volatile sig_atomic_t ended_by;

static void on_signal(int number)
{
	ended_by = number;
}

static void draw(struct task *task, int64_t done, int64_t whole)
{
	struct str line = STR_INIT;

	str_add(&line, task->doing ? task->doing : "working");
	if (whole > 0)
		str_addf(&line, "  %lld %%", (long long)(done < whole ? done * 100 / whole : 100));
	else if (done > 0)
		str_addf(&line, "  %lld", (long long)done);
	fputs("\r\033[K", stderr);
	print_safe(stderr, line.buf, cli_columns(STDERR_FILENO) - 1);
	fflush(stderr);
	str_release(&line);
}

/* What SQLite does by itself tells nothing of how far it has come: the line stays then. */
static bool look(void *owner, const char *doing, int64_t done, int64_t whole)
{
	struct task *task = owner;
	int64_t now = clock_steady();
	bool other = doing && doing != task->doing;

	if (doing)
		task->doing = doing;
	if (task->shown && (doing || !task->drawn) && now - task->started >= QUIET_MS &&
	    (other || !task->drawn || now - task->drawn_at >= REDRAW_MS)) {
		draw(task, done, whole);
		task->drawn = true;
		task->drawn_at = now;
	}
	return ended_by == 0;
}

void task_begin(struct task *task, const struct cli *cli)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };

	*task = (struct task){
		.watch = { look, task },
		.shown = !cli->quiet && isatty(STDERR_FILENO) && !clock_is_frozen(),
		.started = clock_steady(),
	};
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

void task_hide(struct task *task)
{
	if (task->drawn)
		fputs("\r\033[K", stderr);
	fflush(stderr);
	task->drawn = false;
}

int task_end(struct task *task, int status)
{
	task_hide(task);
	return ended_by != 0 && status != CLI_DONE ? 128 + ended_by : status;
}
