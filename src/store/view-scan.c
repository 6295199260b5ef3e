#include "archive/store/view-scan.h"

#include <stdlib.h>

#include "archive/base/mem.h"
#include "archive/store/row.h"

#define STEPS_BEFORE_SEEK 16

bool scan_before(const struct scan *scan, int64_t a, int64_t b)
{
	return scan->back ? a > b : a < b;
}

int64_t scan_beyond(const struct scan *scan, int64_t id)
{
	if (scan->back)
		return id == INT64_MIN ? id : id - 1;
	return id == INT64_MAX ? id : id + 1;
}

/* ---- one stream ---- */

static bool step(struct scan *scan, struct stream *stream, struct err *err)
{
	int rc = db_step(&stream->q, err);

	scan->spent++;
	if (rc > 0)
		stream->head = db_column_int(&stream->q, 0);
	stream->ended = rc <= 0;
	return rc >= 0;
}

static bool seek(struct scan *scan, struct stream *stream, int64_t id, struct err *err)
{
	struct query *q = &stream->q;

	if (!q->stmt)
		*q = db_query_own(scan->store, (enum sql)(stream->sql + scan->back));
	stream->begun = true;
	db_end(q);
	q->next = 0;
	if (stream->text)
		db_text(q, stream->text);
	else
		db_id(q, stream->thread);
	db_int(q, scan->back || id < stream->low ? stream->low : id);
	db_int(q, !scan->back || id > stream->high ? stream->high : id);
	scan->spent += SCAN_SEEK_COST;
	return step(scan, stream, err);
}

bool stream_reach(struct scan *scan, struct stream *stream, int64_t id, struct err *err)
{
	if (!stream->begun)
		return seek(scan, stream, id, err);
	for (int i = 0; i < STEPS_BEFORE_SEEK; i++) {
		if (stream->ended || !scan_before(scan, stream->head, id))
			return true;
		if (!step(scan, stream, err))
			return false;
	}
	if (stream->ended || !scan_before(scan, stream->head, id))
		return true;
	return seek(scan, stream, id, err);
}

void stream_set_range(struct stream *stream, int64_t low, int64_t high)
{
	stream->low = low;
	stream->high = high;
	stream->begun = stream->ended = false;
}

void stream_release(struct stream *stream)
{
	db_finish(&stream->q);
}

/* ---- all of them ---- */

static void add(struct scan *scan, const struct stream *stream)
{
	scan->streams[scan->count++] = *stream;
}

static void add_matching(struct scan *scan, const struct thread *thread)
{
	const int64_t low = row_first_id(thread->since), high = row_end_id(thread->until) - 1;

	for (size_t i = 0; i < thread->tag_count; i++) {
		const char *tag = thread->tags[i];

		add(scan, &(struct stream){
				  .sql = SQL_VIEW_TAG_UP, .text = tag, .low = low, .high = high });
		add(scan,
		    &(struct stream){
			    .sql = SQL_VIEW_REPLY_UP, .text = tag, .low = low, .high = high });
	}
	if (thread->tag_count == 0)
		add(scan, &(struct stream){ .sql = SQL_VIEW_ALL_UP, .low = low, .high = high });
}

void scan_begin(struct scan *scan, struct store *store, const struct thread *thread, unsigned of,
		bool back)
{
	*scan = (struct scan){ .store = store, .back = back };
	scan->streams = xcalloc(2 * thread->tag_count + 3, sizeof(*scan->streams));
	if (of & SCAN_MATCHING)
		add_matching(scan, thread);
	if (of & SCAN_CHOSEN)
		add(scan, &(struct stream){ .sql = SQL_VIEW_CHOSEN_UP,
					    .thread = thread->id,
					    .high = INT64_MAX });
	if (of & SCAN_DROPPED)
		add(scan, &(struct stream){ .sql = SQL_VIEW_DROPPED_UP,
					    .thread = thread->id,
					    .high = INT64_MAX });
}

void scan_release(struct scan *scan)
{
	for (size_t i = 0; i < scan->count; i++)
		stream_release(&scan->streams[i]);
	free(scan->streams);
	*scan = (struct scan){ 0 };
}

bool scan_reach(struct scan *scan, int64_t id, struct err *err)
{
	for (size_t i = 0; i < scan->count; i++)
		if (!stream_reach(scan, &scan->streams[i], id, err))
			return false;
	return true;
}

bool scan_head(const struct scan *scan, int64_t *id)
{
	bool any = false;

	for (size_t i = 0; i < scan->count; i++) {
		const struct stream *stream = &scan->streams[i];

		if (stream->ended || (any && !scan_before(scan, stream->head, *id)))
			continue;
		*id = stream->head;
		any = true;
	}
	return any;
}
