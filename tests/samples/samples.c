/*
 * Runs the adapters over a folder of real answers: samples DIR. Below it stand folders whose names
 * begin with a network's, with NAME.http, a raw answer, and NAME.request, what was asked. Prints
 * TAP; status 1 when an element of an answer was neither made into a post nor left out for a
 * reason.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "report.h"

#define MAX_BYTES ((size_t)64 << 20)

/* A folder of answers and the adapter that reads them. */
struct adapter {
	const char *prefix, *spec;
	const char *const *lists; /* what a path holds that asks for posts */
	const char *single;	  /* for one alone; NULL = no such answer is read */
};

static const char *const mastodon_lists[] = { "/timelines/tag/", NULL };
static const char *const misskey_lists[] = { "/notes/search-by-tag", "/notes/children", NULL };
static const char *const bluesky_lists[] = { ".searchPosts?", ".getPosts?", NULL };
static const char *const x_lists[] = { "/tweets/search/", "/2/tweets?ids=", NULL };

static const struct adapter adapters[] = {
	{ "mastodon", "mastodon:social.example", mastodon_lists, NULL },
	{ "misskey", "misskey:misskey.example", misskey_lists, "/notes/show" },
	{ "bluesky", "bluesky", bluesky_lists, ".getPostThread?" },
	{ "x", "x", x_lists, NULL },
};

static const struct adapter *adapter_for(const char *folder)
{
	for (size_t i = 0; i < ARRAY_LEN(adapters); i++) {
		size_t len = strlen(adapters[i].prefix);

		if (str_starts(folder, adapters[i].prefix) && (!folder[len] || folder[len] == '-'))
			return &adapters[i];
	}
	return NULL;
}

static enum asked what_is_asked(const struct adapter *adapter, const char *request)
{
	for (const char *const *list = adapter->lists; *list; list++)
		if (strstr(request, *list))
			return ASKED_LIST;
	if (strstr(request, ".createSession"))
		return ASKED_SESSION;
	return adapter->single && strstr(request, adapter->single) ? ASKED_POST : ASKED_OTHER;
}

/* A missing request asks for posts: the answer has to be one then. */
static enum asked read_request(const struct adapter *adapter, const char *path,
			       struct source *source)
{
	struct str text = STR_INIT, name = STR_INIT;
	struct err err = { 0 };
	enum asked asked = ASKED_LIST;

	str_add_n(&name, path, strlen(path) - strlen(".http"));
	str_add(&name, ".request");
	if (io_read_file(name.buf, MAX_BYTES, &text, &err)) {
		asked = what_is_asked(adapter, text.buf);
		if (strstr(text.buf, "Authorization:"))
			str_add(&source->token, "token");
	}
	str_release(&text);
	str_release(&name);
	return asked;
}

static void run_answer(struct report *report, const struct adapter *adapter, const char *path,
		       const char *name)
{
	struct source source = SOURCE_INIT;
	struct http_answer answer = HTTP_ANSWER_INIT;
	struct str bytes = STR_INIT;
	struct err err = { 0 };

	if (source_parse(&source, adapter->spec, &err) &&
	    io_read_file(path, MAX_BYTES, &bytes, &err) &&
	    http_answer_read(bytes.buf, bytes.len, &answer, &err)) {
		enum asked asked = read_request(adapter, path, &source);

		report_answer(report, name, &source, &answer, asked);
	} else {
		report_failed(report, name, err.msg);
	}
	source_release(&source);
	http_answer_release(&answer);
	str_release(&bytes);
}

static int is_answer(const struct dirent *entry)
{
	return str_ends(entry->d_name, ".http");
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void run_folder(struct report *report, const char *root, const char *folder)
{
	const struct adapter *adapter = adapter_for(folder);
	struct str path = STR_INIT, name = STR_INIT;
	struct dirent **entries = NULL;
	int count;

	str_addf(&path, "%s/%s", root, folder);
	count = scandir(path.buf, &entries, is_answer, alphasort);
	if (count > 0 && !adapter)
		report_skipped(report, folder, "no adapter of this build speaks it");
	for (int i = 0; i < count; i++) {
		size_t len = strlen(entries[i]->d_name) - strlen(".http");

		str_clear(&path);
		str_clear(&name);
		str_addf(&path, "%s/%s/%s", root, folder, entries[i]->d_name);
		str_addf(&name, "%s/%.*s", folder, (int)len, entries[i]->d_name);
		if (adapter)
			run_answer(report, adapter, path.buf, name.buf);
		free(entries[i]);
	}
	free(entries);
	str_release(&path);
	str_release(&name);
}

int main(int argc, char **argv)
{
	struct report report = { 0 };
	struct dirent **entries = NULL;
	int count;

	if (argc != 2) {
		fputs("usage: samples DIR\n", stderr);
		return 2;
	}
	count = scandir(argv[1], &entries, is_visible, alphasort);
	if (count < 0) {
		perror(argv[1]);
		return 2;
	}
	for (int i = 0; i < count; i++) {
		run_folder(&report, argv[1], entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	printf("1..%d\n", report.count);
	return report.failed || !report.count;
}
