#include "archive/import/answers.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/gather.h"
#include "archive/import/split.h"
#include "archive/source/span.h"

/* An import under way. */
struct import {
	struct split split;
	struct gather gather;
	size_t understood; /* values that are answers, posts in them or not */
};

static bool not_understood(struct import *im)
{
	im->gather.report->unknown++;
	gather_note_bad(&im->gather, im->split.line);
	return true;
}

/* What a search finds, of whatever network: {"statuses": […]}. */
static bool has_list(const struct str *value, struct span_range *list)
{
	struct span_member member;

	if (!span_find(value->buf, value->len, 0, "statuses", &member) ||
	    value->buf[member.value.from] != '[')
		return false;
	*list = member.value;
	return true;
}

static bool read_list(struct import *im, const struct span_range *list, struct err *err)
{
	const char *bytes = im->split.value.buf;
	size_t at = span_blank(bytes, list->to, list->from + 1);

	im->understood++;
	while (at < list->to && bytes[at] == '{') {
		size_t end = span_value(bytes, list->to, at);
		enum import_kind kind = import_kind_of(bytes + at, end - at);

		if (!import_kind_is_single(kind))
			(void)not_understood(im);
		else if (!gather_add(&im->gather, kind, bytes + at, end - at, im->split.line, err))
			return false;
		at = span_blank(bytes, list->to, end);
		if (at < list->to && bytes[at] == ',')
			at = span_blank(bytes, list->to, at + 1);
	}
	return true;
}

static bool read_value(struct import *im, struct err *err)
{
	const struct str *value = &im->split.value;
	enum import_kind kind = import_kind_of(value->buf, value->len);
	struct span_range list;

	im->understood += kind != IMPORT_UNKNOWN;
	if (kind == IMPORT_X_PROBLEM)
		return true;
	if (import_kind_is_single(kind) && value->len > GATHER_MAX_ELEMENT)
		return not_understood(im);
	if (import_kind_is_single(kind))
		return gather_add(&im->gather, kind, value->buf, value->len, im->split.line, err);
	if (kind != IMPORT_UNKNOWN)
		return gather_whole(&im->gather, kind, value->buf, value->len, im->split.line, err);
	return has_list(value, &list) ? read_list(im, &list, err) : not_understood(im);
}

static void note_too_long(struct import *im)
{
	struct import_report *report = im->gather.report;

	if (!report->bad_place[0])
		snprintf(report->bad_place, sizeof(report->bad_place),
			 "line %lld, which is longer than %zu MB,", (long long)im->split.line,
			 (im->split.in_array ? SPLIT_MAX_ELEMENT : SPLIT_MAX_VALUE) >> 20);
}

static bool read_all(struct import *im, const char *name, struct err *err)
{
	struct import_report *report = im->gather.report;
	enum split_found found;

	while ((found = split_next(&im->split)) != SPLIT_END) {
		if (found == SPLIT_VALUE) {
			if (!read_value(im, err))
				return false;
			continue;
		}
		report->malformed += found != SPLIT_OTHER;
		report->unknown += found == SPLIT_OTHER;
		if (found == SPLIT_TOO_LONG)
			note_too_long(im);
		else
			gather_note_bad(&im->gather, im->split.line);
	}
	if (ferror(im->split.in))
		return err_set(err, ERR_IO, "%s cannot be read: %m", name);
	return gather_flush(&im->gather, err);
}

/* "Grailbird.data.tweets_2013_05 =", which stands before the list of a month. */
static void skip_assignment(struct split *split)
{
	static const char name[] = "Grailbird.data.tweets";
	const char *equals;

	split->len = fread(split->buffer, 1, sizeof(split->buffer), split->in);
	if (split->len < sizeof(name) || memcmp(split->buffer, name, strlen(name)) != 0)
		return;
	equals = memchr(split->buffer, '=', split->len);
	if (equals)
		split->pos = (size_t)(equals - split->buffer) + 1;
}

/* A file of which nothing could be used is the wrong file; an answer without posts is not. */
static bool judge(const struct import *im, const char *name, struct err *err)
{
	const struct import_report *report = im->gather.report;

	if (report->posts || report->dropped || report->reposts ||
	    (im->understood && !report->malformed))
		return true;
	if (report->bad_place[0])
		return err_set(err, ERR_MALFORMED,
			       "%s: %s is not an answer of a network known here, "
			       "and nothing else in it is",
			       name, report->bad_place);
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
	gather_begin(&im->gather, now, client, report);
	split_begin(&im->split, in);
	skip_assignment(&im->split);
	ok = read_all(im, name, err) && judge(im, name, err);
	split_release(&im->split);
	gather_release(&im->gather);
	free(im);
	return ok;
}
