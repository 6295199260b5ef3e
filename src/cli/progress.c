#include "archive/cli/progress.h"

#include <unistd.h>

#include "archive/base/clock.h"
#include "archive/cli/print.h"

#define QUIET_MS  1000
#define REDRAW_MS 200

void progress_begin(struct progress *progress, const struct cli *cli)
{
	*progress = (struct progress){
		.shown = !cli->quiet && isatty(STDERR_FILENO) && !clock_is_frozen(),
		.started = clock_steady(),
	};
}

static void go_back(struct progress *progress)
{
	if (progress->lines > 0)
		fprintf(stderr, "\033[%dA", progress->lines);
	fputs("\r\033[J", stderr);
	progress->lines = 0;
}

static void add_state(struct str *line, const struct walk_view *view)
{
	int64_t left = (view->wait_until - clock_now() + 999) / 1000;

	if (view->state == WALK_WAITING && left > 0)
		str_addf(line, "waiting %lld:%02lld%s%s", (long long)(left / 60),
			 (long long)(left % 60), view->why ? ": " : "", view->why ? view->why : "");
	else if (view->state == WALK_READING || view->state == WALK_WAITING)
		str_add(line, "reading");
	else
		str_add(line, view->why ? view->why : "done");
}

static void draw_line(const struct walk_view *view, int columns)
{
	struct str line = STR_INIT;

	str_addf(&line, "%s #%s  ", view->source->name.buf, view->tag);
	print_count(&line, view->run.fresh, "new post, ", "new posts, ");
	print_count(&line, view->run.pages, "page  ", "pages  ");
	if (view->near_budget)
		str_add(&line, "80 % of the budget is spent  ");
	add_state(&line, view);
	print_safe(stderr, line.buf, columns - 1);
	fputc('\n', stderr);
	str_release(&line);
}

void progress_watch(void *owner, const struct walk_view *views, size_t count)
{
	struct progress *progress = owner;
	int64_t now = clock_steady();

	if (!progress->shown || now - progress->started < QUIET_MS ||
	    now - progress->drawn < REDRAW_MS)
		return;
	progress->drawn = now;
	go_back(progress);
	for (size_t i = 0; i < count; i++)
		draw_line(&views[i], cli_columns(STDERR_FILENO));
	progress->lines = (int)count;
	fflush(stderr);
}

void progress_end(struct progress *progress)
{
	if (progress->lines > 0)
		go_back(progress);
	fflush(stderr);
}
