#include "archive/cli/probe-report.h"

#include <string.h>

#include "archive/base/io.h"
#include "archive/cli/print.h"

#define TIMEOUT_MS INT64_C(10000)
#define MICROS	   1000000.0

static void add_page(struct str *line, const struct cli *cli, const struct probe_view *view)
{
	if (view->posts < 0)
		return;
	if (view->posts == 0) {
		str_add(line, "; no post yet");
		return;
	}
	str_add(line, "; ");
	print_count(line, view->posts, "post", "posts");
	str_add(line, " on the first page, ");
	print_range(line, cli->zone, view->oldest, view->newest);
}

static void add_limits(struct str *line, const struct cli *cli, const struct probe_view *view)
{
	char when[PRINT_TIME_SIZE];

	if (view->remaining < 0)
		return;
	str_add(line, "; ");
	print_count(line, view->remaining, "request", "requests");
	str_add(line, " left");
	print_time(cli->zone, view->limit_ends, when);
	if (view->limit_ends)
		str_addf(line, " until %s", when + strlen("2017-06-30 "));
}

static void add_price(struct str *line, const struct probe_view *view)
{
	if (!view->paid)
		return;
	if (view->balance_told)
		str_addf(line, "; %.2f USD left", (double)view->balance_micros / MICROS);
	str_add(line, "; every post costs: archive plan says what it would be");
}

static void add_credential(struct str *line, const struct probe_view *view, bool thorough)
{
	static const char *const said[] = {
		[PROBE_UNTOLD] = "with a credential; whether it is good was not told",
		[PROBE_YES] = "signed in",
		[PROBE_NO] = "the credential is not accepted",
	};
	static const char *const open[] = {
		[PROBE_UNTOLD] = "",
		[PROBE_YES] = "; it would do without",
		[PROBE_NO] = "; without it there is nothing",
	};

	if (!view->signed_in) {
		str_add(line, "without an account");
		return;
	}
	str_add(line, said[view->token]);
	if (view->account)
		str_addf(line, " as %s", view->account);
	if (thorough)
		str_add(line, open[view->anonymous]);
}

/* A sentence names its source already where it can. */
static void add_reason(struct str *line, const struct probe_view *view)
{
	const char *name = view->source->name.buf;

	if (!str_starts(view->why, name))
		str_addf(line, "%s: ", name);
	str_add(line, view->why);
}

static void print_view(const struct cli *cli, const struct probe_view *view, bool thorough)
{
	struct str line = STR_INIT;

	str_add(&line, "  ");
	if (view->state == PROBE_FINE) {
		str_addf(&line, "%s: ", view->source->name.buf);
		add_credential(&line, view, thorough);
		add_page(&line, cli, view);
	} else {
		add_reason(&line, view);
	}
	add_limits(&line, cli, view);
	add_price(&line, view);
	print_safe(stdout, line.buf, 2000);
	putchar('\n');
	str_release(&line);
}

static void word_json(struct jwrite *w, const char *key, enum probe_word word)
{
	if (word == PROBE_UNTOLD)
		jwrite_null(w, key);
	else
		jwrite_bool(w, key, word == PROBE_YES);
}

static void view_json(struct jwrite *w, const struct probe_view *view)
{
	static const char *const states[] = {
		[PROBE_ASKING] = "asking",
		[PROBE_FINE] = "fine",
		[PROBE_REFUSED] = "refused",
		[PROBE_FAILED] = "failed",
	};

	jwrite_open_object(w, NULL);
	jwrite_text(w, "source", view->source->name.buf);
	jwrite_text(w, "state", states[view->state]);
	word_json(w, "reached", view->reached);
	jwrite_bool(w, "signed_in", view->signed_in);
	word_json(w, "token_good", view->token);
	word_json(w, "anonymous", view->anonymous);
	jwrite_text(w, "account", view->account);
	jwrite_told(w, "posts", view->posts >= 0, view->posts);
	jwrite_time(w, "newest", view->newest);
	jwrite_time(w, "oldest", view->oldest);
	jwrite_told(w, "requests_left", view->remaining >= 0, view->remaining);
	jwrite_time(w, "limit_ends", view->limit_ends);
	jwrite_text(w, "price", view->paid ? "by the post" : "free");
	jwrite_told(w, "balance_micro_usd", view->balance_told, view->balance_micros);
	jwrite_text(w, "why", view->why);
	jwrite_close_object(w);
}

static void print_json(const struct probe_options *options, const struct probe_result *result)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "tag", options->tag);
	jwrite_open_array(&w, "sources");
	for (size_t i = 0; i < result->count; i++)
		view_json(&w, &result->views[i]);
	jwrite_close_array(&w);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

int probe_and_report(const struct cli *cli, const struct probe_options *options, struct err *err)
{
	struct http_options http = cli_http(cli);
	struct probe_options with = *options;
	struct str state = STR_INIT;
	struct err ignored = { 0 };
	struct http_loop *loop;
	struct probe_result result;
	int status;

	http.timeout_ms = TIMEOUT_MS;
	http.max_tries = 1;
	loop = http_loop_new(&http, err);
	if (!loop)
		return CLI_FAILED;
	if (io_xdg("XDG_STATE_HOME", ".local/state", &state, &ignored)) {
		str_add(&state, "/archive");
		with.state = state.buf;
	}
	probe_ask(loop, &with, &result);
	if (cli->json)
		print_json(options, &result);
	for (size_t i = 0; !cli->json && i < result.count; i++)
		if (!cli->quiet || result.views[i].state == PROBE_FAILED)
			print_view(cli, &result.views[i], options->thorough);
	status = probe_exit_status(&result);
	probe_result_release(&result);
	http_loop_free(loop);
	str_release(&state);
	return status;
}
