#include "archive/import/answers.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/kind.h"
#include "archive/import/split.h"
#include "archive/json/read.h"
#include "archive/source/source.h"

#define BATCH_ELEMENTS 1000
#define BATCH_BYTES    ((size_t)4 << 20)

/* An import under way. Elements of one network are gathered into an array, which is the evidence of
 * the posts that are read out of it. */
struct import {
	struct split split;
	struct page page;
	struct str batch;
	size_t batch_count;
	enum network batch_network;
	int64_t batch_line;
	int64_t now;
	const struct import_client *client;
	struct import_report *report;
	size_t understood; /* values that are answers, posts in them or not */
	int64_t bad_line;  /* the first that was not understood, 0 = none */
};

static void note_bad(struct import *im, int64_t line)
{
	if (!im->bad_line)
		im->bad_line = line;
}

static bool hand_out(struct import *im, const char *bytes, size_t len, struct err *err)
{
	struct page *page = &im->page;

	im->report->elements += page->matched;
	im->report->posts += page->count;
	im->report->dropped += page->dropped;
	im->report->malformed += page->malformed;
	for (size_t i = 0; i < page->count; i++)
		page->posts[i].fetched = im->now;
	return !page->count || im->client->take(im->client->owner, page, bytes, len, err);
}

/* Reads the bytes of one network and hands out what was in them. */
static bool read_bytes(struct import *im, enum network network, const char *bytes, size_t len,
		       int64_t line, struct err *err)
{
	const struct source_ops *ops = source_ops_for(network);
	struct err why = { 0 };
	bool ok;

	page_clear(&im->page);
	if (!ops->parse_body(NULL, bytes, len, &im->page, &why)) {
		im->report->malformed++;
		note_bad(im, line);
		return true;
	}
	if (im->page.malformed)
		note_bad(im, line);
	ok = hand_out(im, bytes, len, err);
	page_clear(&im->page);
	return ok;
}

static bool flush(struct import *im, struct err *err)
{
	bool ok;

	if (!im->batch_count)
		return true;
	str_add(&im->batch, "]");
	ok = read_bytes(im, im->batch_network, im->batch.buf, im->batch.len, im->batch_line, err);
	str_clear(&im->batch);
	im->batch_count = 0;
	return ok;
}

static bool gather(struct import *im, enum network network, struct err *err)
{
	const struct str *value = &im->split.value;

	if ((network != im->batch_network || im->batch_count == BATCH_ELEMENTS ||
	     im->batch.len + value->len > BATCH_BYTES) &&
	    !flush(im, err))
		return false;
	if (!im->batch_count) {
		im->batch_network = network;
		im->batch_line = im->split.line;
	}
	str_add(&im->batch, im->batch_count ? ",\n" : "[");
	str_add_n(&im->batch, value->buf, value->len);
	im->batch_count++;
	return true;
}

/* A value that is an answer by itself. */
static bool read_whole(struct import *im, enum network network, struct err *err)
{
	const struct str *value = &im->split.value;

	return flush(im, err) &&
	       read_bytes(im, network, value->buf, value->len, im->split.line, err);
}

static bool read_value(struct import *im, struct err *err)
{
	enum import_kind kind = import_kind_of(im->split.value.buf, im->split.value.len);

	im->understood += kind != IMPORT_UNKNOWN;
	switch (kind) {
	case IMPORT_STATUS:
		return gather(im, NETWORK_MASTODON, err);
	case IMPORT_NOTE:
		return gather(im, NETWORK_MISSKEY, err);
	case IMPORT_BLUESKY_POST:
		return gather(im, NETWORK_BLUESKY, err);
	case IMPORT_X_POST:
		return gather(im, NETWORK_X, err);
	case IMPORT_CONVERSATION:
		return read_whole(im, NETWORK_MASTODON, err);
	case IMPORT_BLUESKY_PAGE:
	case IMPORT_BLUESKY_THREAD:
		return read_whole(im, NETWORK_BLUESKY, err);
	case IMPORT_X_PAGE:
		return read_whole(im, NETWORK_X, err);
	case IMPORT_X_PROBLEM:
		return true;
	case IMPORT_UNKNOWN:
		break;
	}
	im->report->unknown++;
	note_bad(im, im->split.line);
	return true;
}

static bool read_all(struct import *im, const char *name, struct err *err)
{
	enum split_found found;

	while ((found = split_next(&im->split)) != SPLIT_END) {
		if (found == SPLIT_TOO_LONG)
			return err_set(err, ERR_MALFORMED,
				       "%s: the value at line %lld is longer than %zu MB", name,
				       (long long)im->split.line, JSON_MAX_BYTES >> 20);
		if (found == SPLIT_VALUE) {
			if (!read_value(im, err))
				return false;
			continue;
		}
		if (found == SPLIT_BROKEN)
			im->report->malformed++;
		else
			im->report->unknown++;
		note_bad(im, im->split.line);
	}
	if (ferror(im->split.in))
		return err_set(err, ERR_IO, "%s cannot be read: %m", name);
	return flush(im, err);
}

/* A file of which nothing could be used is the wrong file; an answer without posts is not. */
static bool judge(const struct import *im, const char *name, struct err *err)
{
	const struct import_report *report = im->report;

	if (report->posts || report->dropped || (im->understood && !report->malformed))
		return true;
	if (im->bad_line)
		return err_set(err, ERR_MALFORMED,
			       "%s: line %lld is not an answer of a network known here, "
			       "and nothing else in it is",
			       name, (long long)im->bad_line);
	if (!im->split.seen)
		return err_set(err, ERR_MALFORMED, "%s is empty", name);
	return true;
}

bool import_answers(FILE *in, const char *name, int64_t now, const struct import_client *client,
		    struct import_report *report, struct err *err)
{
	struct import *im = xcalloc(1, sizeof(*im));
	bool ok;

	*report = (struct import_report){ 0 };
	im->page = (struct page)PAGE_INIT;
	im->batch = (struct str)STR_INIT;
	im->now = now;
	im->client = client;
	im->page.judge = client->judge;
	im->page.judge_owner = client->owner;
	im->report = report;
	split_begin(&im->split, in);
	ok = read_all(im, name, err) && judge(im, name, err);
	split_release(&im->split);
	str_release(&im->batch);
	page_release(&im->page);
	free(im);
	return ok;
}
