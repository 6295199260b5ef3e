#include "archive/import/gather.h"

#include <stdio.h>

void gather_begin(struct gather *gather, int64_t now, const struct import_client *client,
		  struct import_report *report)
{
	gather->page = (struct page)PAGE_INIT;
	gather->page.judge = client->judge;
	gather->page.judge_owner = client->owner;
	gather->bytes = gather->place = (struct str)STR_INIT;
	gather->count = 0;
	gather->entry = NULL;
	gather->now = now;
	gather->took = NULL;
	gather->took_owner = NULL;
	gather->client = client;
	gather->report = report;
}

void gather_release(struct gather *gather)
{
	page_release(&gather->page);
	str_release(&gather->bytes);
	str_release(&gather->place);
}

static const char *place_of(struct gather *gather, int64_t line)
{
	str_clear(&gather->place);
	if (gather->entry)
		str_addf(&gather->place, "%s ", gather->entry);
	str_addf(&gather->place, "line %lld", (long long)line);
	return gather->place.buf;
}

void gather_note_bad(struct gather *gather, int64_t line)
{
	struct import_report *report = gather->report;

	if (!report->bad_place[0])
		snprintf(report->bad_place, sizeof(report->bad_place), "%s",
			 place_of(gather, line));
}

/* The line of the element that this byte belongs to. */
static int64_t line_at(const struct gather *gather, size_t offset)
{
	size_t low = 0, high = gather->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (gather->offsets[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return gather->lines[low];
}

static bool hand_out(struct gather *gather, const char *bytes, size_t len, struct err *err)
{
	struct import_report *report = gather->report;
	struct page *page = &gather->page;

	report->elements += page->matched;
	report->posts += page->count;
	report->dropped += page->dropped - page->reposts;
	report->reposts += page->reposts;
	report->malformed += page->malformed;
	for (size_t i = 0; i < page->count; i++) {
		struct post *post = &page->posts[i];

		post->fetched = gather->now;
		post->place = arena_strdup(
			&page->arena, place_of(gather, line_at(gather, page->origins[i].from)));
	}
	if (!page->count)
		return true;
	return gather->client->take(gather->client->owner, page, bytes, len, err) &&
	       (!gather->took || gather->took(gather->took_owner, page, err));
}

static bool parse(struct gather *gather, const char *bytes, size_t len, struct err *err)
{
	const struct import_client *client = gather->client;
	bool ok;

	if (client->judging)
		client->judging(client->owner, true);
	ok = import_kind_read(gather->kind, bytes, len, &gather->page, err);
	if (client->judging)
		client->judging(client->owner, false);
	return ok;
}

static bool read_bytes(struct gather *gather, const char *bytes, size_t len, struct err *err)
{
	struct err why = { 0 };
	bool ok;

	page_clear(&gather->page);
	if (!parse(gather, bytes, len, &why)) {
		gather->report->malformed++;
		gather_note_bad(gather, gather->lines[0]);
		return true;
	}
	if (gather->page.malformed)
		gather_note_bad(gather, gather->lines[0]);
	ok = hand_out(gather, bytes, len, err);
	page_clear(&gather->page);
	return ok;
}

bool gather_flush(struct gather *gather, struct err *err)
{
	bool ok;

	if (!gather->count)
		return true;
	str_add(&gather->bytes, "]");
	ok = read_bytes(gather, gather->bytes.buf, gather->bytes.len, err);
	str_clear(&gather->bytes);
	gather->count = 0;
	return ok;
}

bool gather_add(struct gather *gather, enum import_kind kind, const char *bytes, size_t len,
		int64_t line, struct err *err)
{
	if ((kind != gather->kind || gather->count == GATHER_ELEMENTS ||
	     gather->bytes.len + len > GATHER_BYTES) &&
	    !gather_flush(gather, err))
		return false;
	gather->kind = kind;
	str_add(&gather->bytes, gather->count ? ",\n" : "[");
	gather->offsets[gather->count] = gather->bytes.len;
	gather->lines[gather->count++] = line;
	str_add_n(&gather->bytes, bytes, len);
	return true;
}

bool gather_whole(struct gather *gather, enum import_kind kind, const char *bytes, size_t len,
		  int64_t line, struct err *err)
{
	bool ok;

	if (!gather_flush(gather, err))
		return false;
	gather->kind = kind;
	gather->offsets[0] = 0;
	gather->lines[0] = line;
	gather->count = 1;
	ok = read_bytes(gather, bytes, len, err);
	gather->count = 0;
	return ok;
}
