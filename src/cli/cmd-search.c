#include <stdlib.h>
#include <unistd.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/cli/args.h"
#include "archive/cli/print.h"
#include "archive/cli/status-files.h"
#include "archive/curate/search.h"
#include "archive/text/utf8.h"

#define DEFAULT_LIMIT 50

struct search_words {
	struct arg_list words, tags;
	const char *author, *network, *since, *until, *limit, *sort;
	bool no_pager;
};

struct search {
	struct str words;
	struct arena arena;
	struct search_query query;
	struct post_filter filter;
	bool no_pager, ink;
};

static void search_release(struct search *search)
{
	str_release(&search->words);
	arena_release(&search->arena);
}

/* An option is the filter of that name. */
static bool read_options(const struct search_reading *reading, const struct search_words *words,
			 struct search_query *query, struct err *err)
{
	const struct {
		const char *name, *value;
	} options[] = { { "from", words->author },
			{ "network", words->network },
			{ "sort", words->sort } };

	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if (options[i].value &&
		    !search_parse_filter(reading, options[i].name, options[i].value, query, err))
			return false;
	for (size_t i = 0; i < words->tags.count; i++)
		if (!search_parse_filter(reading, "tag", words->tags.items[i], query, err))
			return false;
	return true;
}

/* On a terminal that has such letters, and where nobody minds (https://no-color.org). */
static bool has_ink(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && !(no && *no) && term && *term && !str_same(term, "dumb");
}

static bool read_words(const struct cli *cli, struct search *search,
		       const struct search_words *words, struct err *err)
{
	const struct search_reading reading = { &search->arena, clock_now(), cli->zone };
	struct post_filter *filter = &search->filter;

	for (size_t i = 0; i < words->words.count; i++)
		str_addf(&search->words, "%s%s", i > 0 ? " " : "", words->words.items[i]);
	filter->query = &search->query;
	filter->limit = DEFAULT_LIMIT;
	filter->unlisted = true;
	filter->gone = true;
	search->no_pager = words->no_pager;
	search->ink = has_ink();
	return search_parse(&reading, search->words.buf, &search->query, err) &&
	       read_options(&reading, words, &search->query, err) &&
	       args_window(words->since, words->until, cli->zone, &filter->since, &filter->until,
			   err) &&
	       args_number("limit", words->limit, 1, &filter->limit, err);
}

static bool print_found(const struct cli *cli, const struct search *search, FILE *out,
			const struct post *post, struct str *line, struct err *err)
{
	struct wrap wrap = cli_wrap(cli);
	struct jwrite w;
	bool ok;

	if (!cli->json) {
		wrap.found = &search->query;
		wrap.ink = search->ink;
		print_post(out, post, cli->zone, &wrap);
		return true;
	}
	str_clear(line);
	jwrite_begin(&w, line);
	jwrite_open_object(&w, NULL);
	print_post_members(&w, post);
	ok = status_post_files_json(&w, cli->store, post->id, err);
	jwrite_close_object(&w);
	fprintf(out, "%s\n", line->buf);
	return ok;
}

/* Why, if it can be told: a filter or a name that was typed wrongly. */
static bool say_nothing_found(struct store *store, const struct search_query *query,
			      struct err *err)
{
	struct str odd = STR_INIT, near = STR_INIT, meant = STR_INIT;
	const char *who = NULL;
	bool ok = query->odd || store_unknown_author(store, query, &who, &near, err);

	utf8_add_quoted(&odd, query->odd ? query->odd : who ? who : "");
	utf8_add_quoted(&meant, near.buf);
	if (query->odd)
		fprintf(stderr, "nothing found: %s is no filter, did you mean %s:?\n", odd.buf,
			query->meant);
	else if (who && near.len > 0)
		fprintf(stderr, "nothing found: no author here is %s, did you mean %s?\n", odd.buf,
			meant.buf);
	else if (who)
		fprintf(stderr,
			"nothing found: no author here is %s, a search without from: shows who "
			"wrote\n",
			odd.buf);
	else if (ok)
		fputs("nothing found\n", stderr);
	str_release(&odd);
	str_release(&near);
	str_release(&meant);
	return ok;
}

static int run(struct cli *cli, const struct search *search, struct err *err)
{
	struct post_cursor *cursor = NULL;
	struct str line = STR_INIT;
	FILE *out = NULL;
	struct post post;
	size_t found = 0;
	int rc = -1;

	if (!cli_open_store(cli, STORE_READ, err) ||
	    !store_posts(cli->store, &search->filter, &cursor, err))
		goto out;
	out = print_open_pager(!search->no_pager);
	while ((rc = post_cursor_next(cursor, &post, err)) > 0 &&
	       print_found(cli, search, out, &post, &line, err))
		found++;
	rc = print_close_pager(out, rc == 0, err) ? 0 : -1;
	if (rc == 0 && found == 0 && !cli->json && !cli->quiet)
		rc = say_nothing_found(cli->store, &search->query, err) ? 0 : -1;
out:
	post_cursor_free(cursor);
	str_release(&line);
	return rc == 0 ? CLI_DONE : CLI_FAILED;
}

int cmd_search(struct cli *cli, int argc, char **argv, struct err *err)
{
	struct search_words words = { 0 };
	struct search search = { .words = STR_INIT };
	const struct arg table[] = {
		{ "tag", 0, ARG_LIST, &words.tags },
		{ "author", 0, ARG_TEXT, &words.author },
		{ "network", 0, ARG_TEXT, &words.network },
		{ "since", 0, ARG_TEXT, &words.since },
		{ "until", 0, ARG_TEXT, &words.until },
		{ "limit", 0, ARG_TEXT, &words.limit },
		{ "sort", 0, ARG_TEXT, &words.sort },
		{ "no-pager", 0, ARG_FLAG, &words.no_pager },
		{ 0 },
	};
	int status = CLI_MISUSED;

	if (!args_parse(cli, argc, argv, table, &words.words, err))
		goto out;
	if (cli->help)
		status = cli_help(cli, err);
	else if (read_words(cli, &search, &words, err))
		status = run(cli, &search, err);
out:
	search_release(&search);
	arg_list_release(&words.words);
	arg_list_release(&words.tags);
	return status;
}
