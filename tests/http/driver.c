/*
 * Asks URLs through the loop and prints one JSON object a line for what became of each, in the
 * order in which they end. All are asked at once, or with --one-by-one in turn. What test_http.py
 * looks at.
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/http/loop.h"
#include "archive/http/tape.h"

struct options {
	struct http_options http;
	const char *bearer, *body, *record, *replay;
	int64_t delay_ms, step_ms;
	bool one_by_one, show_waiting;
	char **urls;
	size_t count;
};

struct question {
	const char *url;
	struct http_request request;
	struct http_exchange exchange;
	int shown; /* tries when its waiting was printed last */
};

static struct http_loop *the_loop;

static void interrupted(int signal)
{
	(void)signal;
	http_loop_stop(the_loop); /* NOLINT(bugprone-signal-handler): made for this */
}

static void print_text(const char *name, const char *text, size_t len)
{
	printf(", \"%s\": \"", name);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < 0x20 || c > 0x7E || c == '"' || c == '\\')
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void print_outcome(const struct question *question, const char *state, const struct err *err)
{
	const struct http_answer *answer = &question->exchange.answer;
	size_t shown = answer->body.len < 300 ? answer->body.len : 300;

	printf("{\"state\": \"%s\", \"status\": %d, \"tries\": %d, \"code\": %d, \"bytes\": %zu, "
	       "\"now\": %lld",
	       state, answer->status, question->exchange.tries, (int)err->code, answer->body.len,
	       (long long)clock_now());
	if (question->exchange.state == HTTP_WAITING)
		printf(", \"wait_until\": %lld", (long long)question->exchange.wait_until);
	print_text("url", question->url, strlen(question->url));
	print_text("error", err->msg, strlen(err->msg));
	print_text("body", answer->body.buf, shown);
	print_text("headers", answer->headers.buf, answer->headers.len);
	puts("}");
	fflush(stdout);
}

static bool start(struct question *question, const struct options *options)
{
	int64_t not_before = options->delay_ms ? clock_now() + options->delay_ms : 0;
	struct err err = { 0 };

	str_add(&question->request.url, question->url);
	if (options->bearer)
		str_add(&question->request.bearer, options->bearer);
	if (options->body)
		str_add(&question->request.body, options->body);
	if (http_loop_start(the_loop, &question->exchange, &question->request, not_before, &err))
		return true;
	print_outcome(question, "refused", &err);
	return false;
}

static void show_waiting(struct question *questions, const struct options *options)
{
	for (size_t i = 0; i < options->count; i++) {
		struct question *question = &questions[i];

		if (!options->show_waiting || question->exchange.state != HTTP_WAITING ||
		    question->shown == question->exchange.tries)
			continue;
		question->shown = question->exchange.tries;
		print_outcome(question, "waiting", &question->exchange.err);
	}
}

/* false: stopped by a signal. */
static bool finish(struct question *questions, const struct options *options, size_t under_way)
{
	while (under_way > 0) {
		int64_t began = clock_steady();
		struct http_exchange *exchange = http_loop_step(the_loop, options->step_ms);
		struct question *question;

		show_waiting(questions, options);
		if (!exchange && clock_steady() - began < options->step_ms && !clock_is_frozen())
			return false;
		if (!exchange)
			continue;
		under_way--;
		for (question = questions; &question->exchange != exchange;)
			question++;
		print_outcome(question, exchange->state == HTTP_DONE ? "done" : "failed",
			      &exchange->err);
	}
	return true;
}

static bool ask(struct question *questions, const struct options *options)
{
	size_t under_way = 0;
	bool whole = true;

	for (size_t i = 0; i < options->count && whole; i++) {
		questions[i] = (struct question){ .url = options->urls[i],
						  .request = HTTP_REQUEST_INIT,
						  .exchange = HTTP_EXCHANGE_INIT,
						  .shown = -1 };
		under_way += start(&questions[i], options);
		if (!options->one_by_one)
			continue;
		whole = finish(questions, options, under_way);
		under_way = 0;
	}
	return whole && finish(questions, options, under_way);
}

static bool open_tapes(struct options *options, struct err *err)
{
	static const char *const sources[] = { "mastodon:social.example" };

	if (options->record)
		options->http.record = tape_record(options->record, sources, 1, clock_now(), err);
	if (options->replay)
		options->http.replay = tape_open(options->replay, err);
	return err->code == ERR_NONE;
}

static int run(struct options *options)
{
	struct question *questions = xcalloc(options->count + 1, sizeof(*questions));
	struct err err = { 0 };
	int status = EXIT_FAILURE;

	if (!open_tapes(options, &err) || !(the_loop = http_loop_new(&options->http, &err))) {
		printf("{\"state\": \"refused\"");
		print_text("error", err.msg, strlen(err.msg));
		puts("}");
		goto out;
	}
	signal(SIGINT, interrupted);
	if (ask(questions, options))
		status = EXIT_SUCCESS;
	else
		puts("{\"state\": \"stopped\"}");
out:
	http_loop_free(the_loop);
	for (size_t i = 0; i < options->count; i++) {
		http_request_release(&questions[i].request);
		http_exchange_release(&questions[i].exchange);
	}
	free(questions);
	tape_free(options->http.record);
	tape_free(options->http.replay);
	return status;
}

static int64_t number(const char *text)
{
	int64_t value = 0;

	if (!str_to_int(text, 0, INT32_MAX, &value))
		fprintf(stderr, "not a number: %s\n", text);
	return value;
}

static bool read_option(struct options *options, int which)
{
	switch (which) {
	case 'c':
		options->http.ca_file = optarg;
		return true;
	case 'i':
		options->http.insecure_http = true;
		return true;
	case 't':
		options->http.timeout_ms = number(optarg);
		return true;
	case 'm':
		options->http.max_bytes = (size_t)number(optarg);
		return true;
	case 'n':
		options->http.max_tries = (int)number(optarg);
		return true;
	case 'b':
		options->bearer = optarg;
		return true;
	case 'p':
		options->body = optarg;
		return true;
	case 'r':
		options->record = optarg;
		return true;
	case 'R':
		options->replay = optarg;
		return true;
	case 'd':
		options->delay_ms = number(optarg);
		return true;
	case 's':
		options->step_ms = number(optarg);
		return true;
	case '1':
		options->one_by_one = true;
		return true;
	case 'w':
		options->show_waiting = true;
		return true;
	default:
		return false;
	}
}

int main(int argc, char **argv)
{
	static const struct option names[] = {
		{ "ca", required_argument, NULL, 'c' },
		{ "insecure", no_argument, NULL, 'i' },
		{ "timeout", required_argument, NULL, 't' },
		{ "max-bytes", required_argument, NULL, 'm' },
		{ "tries", required_argument, NULL, 'n' },
		{ "bearer", required_argument, NULL, 'b' },
		{ "body", required_argument, NULL, 'p' },
		{ "record", required_argument, NULL, 'r' },
		{ "replay", required_argument, NULL, 'R' },
		{ "delay", required_argument, NULL, 'd' },
		{ "step", required_argument, NULL, 's' },
		{ "one-by-one", no_argument, NULL, '1' },
		{ "waiting", no_argument, NULL, 'w' },
		{ NULL, 0, NULL, 0 },
	};
	struct options options = {
		.http.user_agent = "archive/" ARCHIVE_VERSION " (+hashtag archiver)",
		.step_ms = 1000,
	};
	int which;

	while ((which = getopt_long(argc, argv, "", names, NULL)) != -1)
		if (!read_option(&options, which))
			return 2;
	options.urls = argv + optind;
	options.count = (size_t)(argc - optind);
	return run(&options);
}
