#include "archive/cli/look.h"

#include <stdlib.h>
#include <unistd.h>

#include "archive/base/amount.h"
#include "archive/base/clock.h"
#include "archive/cli/print.h"
#include "archive/collect/price.h"

#define QUIET_AT_FIRST	1000 /* ms */
#define BETWEEN_DRAWING 100

bool look_open(struct look *look, const struct cli *cli, const char *const *sources, size_t count,
	       struct err *err)
{
	const struct http_options http = cli_http(cli);

	look->cli = cli;
	look->started = clock_steady();
	if (!shelf_open(&look->shelf, &cli->config, sources, count, err))
		return false;
	look->loop = http_loop_new(&http, err);
	return look->loop != NULL;
}

void look_release(struct look *look)
{
	http_loop_free(look->loop);
	shelf_release(&look->shelf);
}

const struct source *look_source(void *owner, const char *spec, struct err *err)
{
	struct look *look = owner;

	return shelf_find(&look->shelf, spec, err);
}

/* ---- how far it is ---- */

void look_watch(void *owner, size_t over, size_t count, int64_t wait_until)
{
	struct look *look = owner;
	int64_t now = clock_steady();
	int64_t wait = wait_until - clock_now();

	if (look->cli->quiet || !isatty(STDERR_FILENO) || now - look->started < QUIET_AT_FIRST ||
	    now - look->drawn < BETWEEN_DRAWING)
		return;
	look->drawn = now;
	look->shown = true;
	fprintf(stderr, "\r\033[K%zu of %zu", over, count);
	if (wait > 0) {
		int64_t seconds = wait / 1000 + 1;

		fprintf(stderr, ", waiting for %lld s", (long long)seconds);
	}
	fflush(stderr);
}

void look_end(struct look *look)
{
	if (look->shown)
		fputs("\r\033[K", stderr);
	look->shown = false;
	look->started = clock_steady();
}

/* ---- money ---- */

bool look_budget(const char *typed, int64_t *micros, struct err *err)
{
	*micros = -1;
	if (!typed || amount_money(typed, micros))
		return true;
	return err_set(err, ERR_USAGE,
		       "--budget wants an amount of USD, as in --budget 1.50, not '%s'", typed);
}

static int64_t configured(struct look *look)
{
	struct err ignored = { 0 };
	const struct source *x = shelf_find(&look->shelf, "x", &ignored);

	return x ? x->budget_micros : 0;
}

static int64_t ask(const char *what, int64_t micros)
{
	struct str line = STR_INIT;
	char answer[16] = "";

	str_addf(&line, "X sells posts: %s cost at most ", what);
	price_add(&line, micros);
	str_add(&line, " USD. Go on? [y/N] ");
	fputs(line.buf, stderr);
	fflush(stderr);
	str_release(&line);
	if (!fgets(answer, sizeof(answer), stdin))
		return 0;
	return answer[0] == 'y' || answer[0] == 'Y' ? micros : 0;
}

static void say(const char *what, int64_t micros, int64_t budget)
{
	struct str line = STR_INIT;

	str_addf(&line, "X sells posts: %s cost at most ", what);
	price_add(&line, micros);
	str_add(&line, " USD, the budget is ");
	price_add(&line, budget);
	str_add(&line, " USD");
	puts(line.buf);
	fflush(stdout);
	str_release(&line);
}

int64_t look_settle(struct look *look, int64_t told, const char *what, int64_t micros)
{
	const struct cli *cli = look->cli;

	if (told < 0)
		told = configured(look);
	if (told > 0) {
		if (!cli->json && !cli->quiet)
			say(what, micros, told);
		return told;
	}
	if (cli->json || cli->quiet || !isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return 0;
	return ask(what, micros);
}
