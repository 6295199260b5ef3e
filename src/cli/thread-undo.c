#include <stdlib.h>
#include <unistd.h>

#include "archive/base/mem.h"
#include "archive/base/zone.h"
#include "archive/cli/print.h"
#include "archive/cli/thread-print.h"
#include "archive/cli/thread-words.h"

#define MOST_STEPS 1000000

static void steps_json(struct str *out, const struct step *steps, size_t count)
{
	struct jwrite w;

	jwrite_begin(&w, out);
	jwrite_open_array(&w, NULL);
	for (size_t i = 0; i < count; i++)
		thread_step_json(&w, &steps[i]);
	jwrite_close_array(&w);
	str_add_char(out, '\n');
}

static int digits_of(int64_t number)
{
	int digits = 1;

	for (; number > 9; number /= 10)
		digits++;
	return digits;
}

static bool print_log(const struct thread_job *job, const struct step *steps, size_t count,
		      struct err *err)
{
	const char *zone = zone_known(job->thread.zone) ? job->thread.zone : job->cli->zone;
	int digits = digits_of(count > 0 ? steps[0].number : 0);
	FILE *out = print_open_pager(true);

	for (size_t i = 0; i < count; i++)
		thread_step_print(out, zone, &steps[i], digits, cli_columns(STDOUT_FILENO));
	if (count == 0 && !job->cli->quiet)
		fputs("nothing was done yet\n", stderr);
	return print_close_pager(out, true, err);
}

bool thread_log_steps(struct thread_job *job, struct err *err)
{
	struct step *steps = NULL;
	int64_t limit = 0;
	size_t count = 0;

	if (!args_number("limit", job->words->limit, 1, &limit, err) ||
	    !thread_log(job->cli->store, job->thread.id, limit, &job->arena, &steps, &count, err))
		return false;
	if (job->cli->json) {
		steps_json(&job->out, steps, count);
		return true;
	}
	return print_log(job, steps, count, err);
}

/* ---- undo and redo ---- */

typedef bool go_fn(struct store *store, int64_t thread, struct arena *arena, struct step *step,
		   struct err *err);

struct way {
	go_fn *go;
	const char *done, *none, *back;
};

static bool read_number(const struct thread_job *job, int64_t *number, struct err *err)
{
	*number = 1;
	return job->count == 0 || str_to_int(job->operands[0], 1, MOST_STEPS, number) ||
	       err_set(err, ERR_USAGE,
		       "'%s' is no number of steps, and names no thread: there is %s",
		       job->operands[0], job->thread.slug);
}

static void say(struct thread_job *job, const struct way *way, const struct step *steps,
		size_t count)
{
	for (size_t i = 0; i < count; i++) {
		str_addf(&job->out, "%s: ", way->done);
		thread_step_add(&job->out, &steps[i]);
		str_add_char(&job->out, '\n');
	}
	if (count == 0)
		str_addf(&job->out, "%s\n", way->none);
	else if (count == 1)
		str_addf(&job->out, "back again: archive thread %s %s\n", way->back,
			 job->thread.slug);
	else
		str_addf(&job->out, "back again: archive thread %s %s %zu\n", way->back,
			 job->thread.slug, count);
}

static void say_json(struct thread_job *job, const struct step *steps, size_t count)
{
	struct jwrite w;

	jwrite_begin(&w, &job->out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "slug", job->thread.slug);
	jwrite_text(&w, "did", job->name);
	jwrite_int(&w, "changed", (int64_t)count);
	jwrite_open_array(&w, "steps");
	for (size_t i = 0; i < count; i++)
		thread_step_json(&w, &steps[i]);
	jwrite_close_array(&w);
	jwrite_close_object(&w);
	str_add_char(&job->out, '\n');
}

/* At most so many steps into the list, which is freed by the caller. */
static bool go_each(struct thread_job *job, const struct way *way, int64_t number,
		    struct step **steps, size_t *count, struct err *err)
{
	struct step step = { 0 };
	size_t room = 0;

	for (; number > 0; number--) {
		if (!way->go(job->cli->store, job->thread.id, &job->arena, &step, err))
			return false;
		if (step.number == 0)
			return true;
		if (*count == room) {
			room = room ? room * 2 : 16;
			*steps = xreallocarray(*steps, room, sizeof(**steps));
		}
		(*steps)[(*count)++] = step;
	}
	return true;
}

static bool go(struct thread_job *job, const struct way *way, struct err *err)
{
	struct step *steps = NULL;
	size_t count = 0;
	int64_t number;
	bool ok;

	/* a former name may be back: the thread is read again */
	ok = read_number(job, &number, err) && go_each(job, way, number, &steps, &count, err) &&
	     thread_load_id(job->cli->store, job->thread.id, &job->arena, &job->thread, err);
	if (ok && job->cli->json)
		say_json(job, steps, count);
	else if (ok && !job->cli->quiet)
		say(job, way, steps, count);
	free(steps);
	return ok;
}

bool thread_undo_steps(struct thread_job *job, struct err *err)
{
	static const struct way way = {
		.go = thread_undo,
		.done = "undone",
		.none = "nothing to undo: no step is in effect",
		.back = "redo",
	};

	return go(job, &way, err);
}

bool thread_redo_steps(struct thread_job *job, struct err *err)
{
	static const struct way way = {
		.go = thread_redo,
		.done = "done again",
		.none = "nothing to redo: no step was undone",
		.back = "undo",
	};

	return go(job, &way, err);
}
