#include "archive/cli/media.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/cli/media-report.h"
#include "archive/cli/print.h"

#define QUIET_MS  1000
#define REDRAW_MS 200

/* ---- Ctrl-C ---- */

static struct pictures *volatile interrupted_run;
static volatile sig_atomic_t interrupted_by;

static void on_signal(int number)
{
	interrupted_by = number;
	if (interrupted_run)
		pictures_stop(interrupted_run);
}

/* The second Ctrl-C ends the program at once. */
static void listen_to_signals(struct pictures *run)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };

	interrupted_by = 0;
	interrupted_run = run;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* ---- how far it is ---- */

struct drawing {
	bool shown, drawn;
	int64_t started, last; /* steady ms: nothing is shown in the first second */
};

static void draw(struct drawing *drawing, const struct pictures_view *view)
{
	int64_t seconds = (view->wait_until - clock_now() + 999) / 1000;
	struct str line = STR_INIT;

	str_addf(&line, "%zu of ", view->over);
	print_count(&line, (int64_t)view->count, "picture, ", "pictures, ");
	media_add_bytes(&line, view->bytes);
	if (seconds > 0)
		str_addf(&line, ", waiting for %lld s", (long long)seconds);
	fputs("\r\033[K", stderr);
	print_safe(stderr, line.buf, cli_columns(STDERR_FILENO) - 1);
	fflush(stderr);
	str_release(&line);
	drawing->drawn = true;
}

static void watch(void *owner, const struct pictures_view *view)
{
	struct drawing *drawing = owner;
	int64_t now = clock_steady();

	if (!drawing->shown || now - drawing->started < QUIET_MS || now - drawing->last < REDRAW_MS)
		return;
	drawing->last = now;
	draw(drawing, view);
}

/* ---- the step ---- */

static struct http_loop *open_loop(const struct cli *cli, const struct media_order *order,
				   struct err *err)
{
	struct http_options http = cli_http(cli);
	size_t count = order->named ? order->named->count : 0;
	const char **origins = xcalloc(count, sizeof(*origins));
	struct http_loop *loop;

	pictures_http(&http);
	for (size_t i = 0; i < count; i++)
		if (order->named->items[i].named)
			origins[http.origin_count++] = order->named->items[i].base.buf;
	http.origins = origins;
	http.record = order->record;
	http.replay = order->replay;
	loop = http_loop_new(&http, err);
	free(origins);
	return loop;
}

static int run(struct cli *cli, struct http_loop *loop, const struct media_order *order,
	       struct err *err)
{
	struct drawing drawing = {
		.shown = !cli->quiet && isatty(STDERR_FILENO) && !clock_is_frozen(),
		.started = clock_steady(),
	};
	struct pictures_options options = order->options;
	struct pictures *pictures = pictures_new(cli->store, loop, &options);
	struct pictures_result result = { 0 };
	int status = CLI_FAILED;
	bool ok;

	options.watch = watch;
	options.owner = &drawing;
	listen_to_signals(pictures);
	ok = pictures_run(pictures, &result, err);
	interrupted_run = NULL;
	if (drawing.drawn)
		fputs("\r\033[K", stderr);
	if (ok) {
		status = result.miss_count > 0 ? CLI_PART : CLI_DONE;
		if (cli->json)
			media_report_json(order, &result);
		else
			media_report(cli, &result);
	}
	pictures_free(pictures);
	return ok && result.cancelled ? 128 + interrupted_by : status;
}

int media_step(struct cli *cli, const struct media_order *order, struct err *err)
{
	struct http_loop *loop = open_loop(cli, order, err);
	int status;

	if (!loop)
		return CLI_FAILED;
	status = run(cli, loop, order, err);
	http_loop_free(loop);
	return status;
}
