#include <signal.h>
#include <stdlib.h>

#include "archive/base/clock.h"
#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/cli/allowance.h"
#include "archive/cli/args.h"
#include "archive/cli/fetch-report.h"
#include "archive/cli/follow-screen.h"
#include "archive/cli/media.h"
#include "archive/cli/probe-report.h"
#include "archive/cli/progress.h"
#include "archive/cli/replies.h"
#include "archive/cli/sources.h"
#include "archive/http/tape.h"

struct fetch_words {
	struct arg_list tags, sources;
	const char *since, *until, *max, *record, *replay, *budget;
	bool dry_run, follow;
};

/* All that a fetch is made of. */
struct session {
	struct arena arena; /* the tags */
	struct str state;   /* where sessions with a network are kept */
	struct source_list sources;
	struct tape *record, *replay;
	struct http_loop *loop;
	struct fetch *fetch;
	struct fetch_options options;
	bool replies, media;
};

static struct fetch *volatile interrupted_fetch;
static volatile sig_atomic_t interrupted_by;

static void on_signal(int number)
{
	interrupted_by = number;
	if (interrupted_fetch)
		fetch_stop(interrupted_fetch);
}

/* The second Ctrl-C ends the program at once. A reader of the report who goes away ends nothing:
 * what is under way is stored. */
static void listen_to_signals(struct fetch *fetch)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };

	interrupted_fetch = fetch;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static bool open_tapes(struct session *session, const struct fetch_words *words, struct err *err)
{
	if (words->replay && words->record)
		return err_set(err, ERR_USAGE,
			       "--record and --replay exclude each other: a tape that is played is "
			       "made already");
	if (words->replay && words->follow)
		return err_set(err, ERR_USAGE,
			       "--follow goes with no --replay: nothing new comes on a tape");
	if (!words->replay)
		return true;
	session->replay = tape_open(words->replay, err);
	if (!session->replay)
		return false;
	clock_freeze(tape_time(session->replay));
	return true;
}

static bool choose_sources(const struct cli *cli, struct session *session,
			   const struct fetch_words *words, struct err *err)
{
	const struct arg_list *named = &words->sources;
	struct arg_list taped = { 0 };
	bool ok;

	for (size_t i = 0; session->replay && i < tape_source_count(session->replay); i++) {
		taped.items = xreallocarray(taped.items, i + 1, sizeof(*taped.items));
		taped.items[taped.count++] = tape_source(session->replay, i);
	}
	if (named->count == 0)
		named = &taped;
	ok = sources_choose(&session->sources, &cli->config, named->items, named->count, err) &&
	     (session->replay || sources_sign_in(&session->sources, &cli->config, err));
	arg_list_release(&taped);
	return ok;
}

/* As the tape plays it: by the address that was asked, which signing in may have changed. */
static const char *spec_of(struct arena *arena, const struct source *source)
{
	const struct source_ops *ops = source->ops;

	if (!ops->default_url || !str_same(source->name.buf, network_name(ops->network)) ||
	    str_same(source->base.buf, ops->default_url))
		return source->name.buf;
	return arena_printf(arena, "%s:%s", source->name.buf, source->base.buf);
}

static bool begin_record(struct session *session, const char *folder, struct err *err)
{
	struct arg_list names = { 0 };

	if (!folder)
		return true;
	for (size_t i = 0; i < session->sources.count; i++) {
		names.items = xreallocarray(names.items, i + 1, sizeof(*names.items));
		names.items[names.count++] = spec_of(&session->arena, &session->sources.items[i]);
	}
	session->record = tape_record(folder, names.items, names.count, clock_now(), err);
	arg_list_release(&names);
	return session->record != NULL;
}

static bool read_bounds(const struct cli *cli, const struct fetch_words *words,
			struct fetch_options *options, struct err *err)
{
	options->follow = words->follow;
	return (words->follow ? args_window_ahead : args_window)(words->since, words->until,
								 cli->zone, &options->since,
								 &options->until, err) &&
	       args_number("max", words->max, 1, &options->max, err);
}

static bool read_tags(struct session *session, const struct fetch_words *words, struct err *err)
{
	if (words->tags.count == 0)
		return err_set(err, ERR_USAGE,
			       "which hashtag? Quote it, or the shell takes it for a remark: "
			       "archive fetch '#ssmjp'");
	return args_tags(&session->arena, &words->tags, &session->options.tags,
			 &session->options.tag_count, err);
}

/* How each source stands, before anything is fetched: makes no store. */
static int dry_run(struct cli *cli, struct session *session, const struct fetch_words *words,
		   struct err *err)
{
	struct probe_options options = { 0 };

	if (words->record || words->replay) {
		err_set(err, ERR_USAGE,
			"--dry-run asks the servers how things stand: it goes with no tape");
		return CLI_MISUSED;
	}
	if (!read_tags(session, words, err) || !choose_sources(cli, session, words, err) ||
	    !read_bounds(cli, words, &session->options, err))
		return CLI_FAILED;
	options.tag = session->options.tags[0];
	options.sources = session->sources.items;
	options.source_count = session->sources.count;
	return probe_and_report(cli, &options, err);
}

/* Without a home, sessions are not kept. */
static const char *find_state(struct session *session)
{
	struct err ignored = { 0 };

	if (!io_xdg("XDG_STATE_HOME", ".local/state", &session->state, &ignored))
		return NULL;
	str_add(&session->state, "/archive");
	return session->state.buf;
}

static bool prepare(struct cli *cli, struct session *session, const struct fetch_words *words,
		    struct err *err)
{
	struct http_options options = cli_http(cli);

	if (!read_tags(session, words, err) || !open_tapes(session, words, err) ||
	    !choose_sources(cli, session, words, err) ||
	    !read_bounds(cli, words, &session->options, err) ||
	    !allowance_settle(cli, &session->sources, words->budget, words->replay != NULL, err) ||
	    !cli_open_store(cli, STORE_WRITE, err) || !begin_record(session, words->record, err))
		return false;
	options.record = session->record;
	options.replay = session->replay;
	session->loop = http_loop_new(&options, err);
	if (!session->loop)
		return false;
	session->options.sources = session->sources.items;
	session->options.source_count = session->sources.count;
	session->options.price = allowance_price(cli);
	session->options.offline = session->replay != NULL;
	session->options.state = find_state(session);
	session->fetch = fetch_new(cli->store, session->loop, &session->options);
	return true;
}

static void session_release(struct session *session)
{
	interrupted_fetch = NULL;
	fetch_free(session->fetch);
	http_loop_free(session->loop);
	tape_free(session->record);
	tape_free(session->replay);
	sources_release(&session->sources);
	str_release(&session->state);
	arena_release(&session->arena);
}

/* Until it ends by itself or is ended, and tells what happens meanwhile. */
static bool run_watched(struct cli *cli, struct session *session, struct fetch_result *result,
			struct err *err)
{
	struct follow_screen *screen;
	struct progress progress;
	bool ok;

	if (session->options.follow) {
		screen = follow_screen_new(cli, &session->options);
		ok = fetch_run(session->fetch, follow_screen_watch, screen, result, err);
		follow_screen_free(screen);
		return ok;
	}
	progress_begin(&progress, cli);
	ok = fetch_run(session->fetch, progress_watch, &progress, result, err);
	progress_end(&progress);
	return ok;
}

/* The pictures of all that is in the store with these hashtags. */
static int have_media(struct cli *cli, const struct session *session, struct err *err)
{
	const struct media_order order = {
		.options = {
			.scope = {
				.tags = session->options.tags,
				.tag_count = session->options.tag_count,
			},
			.size = PICTURE_LARGE,
		},
		.named = &session->sources,
		.record = session->record,
		.replay = session->replay,
	};

	return media_step(cli, &order, err);
}

/* What is worse, or a signal, is what is told. */
static int worse_of(int a, int b)
{
	static const int order[] = { CLI_DONE, CLI_PART, CLI_FAILED };
	size_t rank_a = ARRAY_LEN(order), rank_b = ARRAY_LEN(order);

	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		if (order[i] == a)
			rank_a = i;
		if (order[i] == b)
			rank_b = i;
	}
	return rank_a >= rank_b ? a : b;
}

static int run_fetch(struct cli *cli, struct session *session, struct err *err)
{
	struct fetch_result result = { 0 };
	int replies = CLI_DONE;

	listen_to_signals(session->fetch);
	if (!cli->json && !cli->quiet)
		fetch_report_begin(cli, &session->options);
	if (!run_watched(cli, session, &result, err))
		return CLI_FAILED;
	if (cli->json)
		fetch_report_json(&session->options, &result);
	else
		fetch_report(cli, &session->options, &result);
	if (session->replies && !result.cancelled)
		replies = replies_step(cli, session->loop, &session->options, &result,
				       &interrupted_by, err);
	if (result.cancelled ? !session->options.follow : session->replies && interrupted_by != 0)
		return 128 + interrupted_by;
	return replies == CLI_FAILED || result.exit_status == CLI_DONE ? replies
								       : result.exit_status;
}

static int run(struct cli *cli, struct session *session, struct err *err)
{
	int status = run_fetch(cli, session, err);

	if (!session->media || interrupted_by != 0 || err->code != ERR_NONE)
		return status;
	return worse_of(status, have_media(cli, session, err));
}

int cmd_fetch(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct fetch_words words = { 0 };
	struct session session = { .state = STR_INIT };
	const struct arg table[] = {
		{ "source", 0, ARG_LIST, &words.sources },
		{ "since", 0, ARG_TEXT, &words.since },
		{ "until", 0, ARG_TEXT, &words.until },
		{ "max", 0, ARG_TEXT, &words.max },
		{ "record", 0, ARG_TEXT, &words.record },
		{ "replay", 0, ARG_TEXT, &words.replay },
		{ "budget", 0, ARG_TEXT, &words.budget },
		{ "replies", 0, ARG_FLAG, &session.replies },
		{ "media", 0, ARG_FLAG, &session.media },
		{ "dry-run", 0, ARG_FLAG, &words.dry_run },
		{ "follow", 0, ARG_FLAG, &words.follow },
		{ 0 },
	};
	int status = CLI_FAILED;

	if (!args_parse(cli, argc, argv, table, &words.tags, err))
		goto out;
	if (cli->help)
		status = cli_help(cli, err);
	else if (words.dry_run)
		status = dry_run(cli, &session, &words, err);
	else if (prepare(cli, &session, &words, err))
		status = run(cli, &session, err);
out:
	session_release(&session);
	arg_list_release(&words.tags);
	arg_list_release(&words.sources);
	return status;
}
