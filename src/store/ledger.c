#include "archive/store/ledger.h"

#include "archive/base/mem.h"
#include "archive/store/db.h"

static const char *const outcomes[] = {
	[RUN_UNDER_WAY] = "under way",
	[RUN_DONE] = "done",
	[RUN_PART] = "part",
	[RUN_FAILED] = "failed",
};

static void bind_key(struct query *q, const struct ledger_key *key)
{
	db_text(q, key->source);
	db_text(q, key->auth);
	db_text(q, key->tag);
}

static struct span read_span(const struct query *q, struct arena *arena)
{
	return (struct span){
		.id = db_column_int(q, 0),
		.top_id = arena_strdup(arena, db_column(q, 1)),
		.bottom_id = arena_strdup(arena, db_column(q, 2)),
		.top_time = db_column_int(q, 3),
		.bottom_time = db_column_int(q, 4),
		.closed = db_column_int(q, 5) != 0,
		.floor = db_column_int(q, 6),
		.updated = db_column_int(q, 7),
		.anchor_id = arena_strdup(arena, db_column(q, 8)),
		.above_id = arena_strdup(arena, db_column(q, 9)),
	};
}

bool ledger_spans(struct store *store, const struct ledger_key *key, struct arena *arena,
		  struct span **spans, size_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_SPAN_COUNT);
	int64_t room = 0;
	int rc = 0;

	bind_key(&q, key);
	if (!db_value(&q, 0, &room, err))
		return false;
	*spans = arena_array(arena, (size_t)room, sizeof(**spans));
	*count = 0;
	q = db_query(store, SQL_SPANS);
	bind_key(&q, key);
	while (*count < (size_t)room && (rc = db_step(&q, err)) > 0)
		(*spans)[(*count)++] = read_span(&q, arena);
	db_end(&q);
	return rc >= 0;
}

bool ledger_put_span(struct store *store, const struct ledger_key *key, struct span *span,
		     struct err *err)
{
	struct query q = db_query(store, SQL_SPAN_PUT);

	db_id(&q, span->id);
	bind_key(&q, key);
	db_text(&q, span->top_id);
	db_text(&q, span->bottom_id);
	db_int(&q, span->top_time);
	db_int(&q, span->bottom_time);
	db_int(&q, span->closed);
	db_int(&q, span->floor);
	db_int(&q, span->updated);
	db_text(&q, span->anchor_id);
	db_text(&q, span->above_id);
	if (!db_done(&q, err))
		return false;
	if (!span->id)
		span->id = db_last_id(store);
	return true;
}

bool ledger_drop_span(struct store *store, int64_t id, struct err *err)
{
	struct query q = db_query(store, SQL_SPAN_DROP);

	db_int(&q, id);
	return db_done(&q, err);
}

bool ledger_run_begin(struct store *store, const struct ledger_key *key, int64_t now, int64_t *id,
		      struct err *err)
{
	struct query q = db_query(store, SQL_RUN_BEGIN);

	bind_key(&q, key);
	db_int(&q, now);
	db_text(&q, outcomes[RUN_UNDER_WAY]);
	return db_value(&q, 0, id, err);
}

bool ledger_run_put(struct store *store, const struct run *run, struct err *err)
{
	struct query q = db_query(store, SQL_RUN_PUT);

	db_int(&q, run->id);
	db_int(&q, run->ended);
	db_text(&q, outcomes[run->outcome]);
	db_int(&q, run->pages);
	db_int(&q, run->fresh);
	db_int(&q, run->known);
	db_int(&q, run->dropped);
	db_int(&q, run->billed_posts);
	db_int(&q, run->billed_authors);
	db_int(&q, run->spent_micros);
	db_text(&q, run->why);
	return db_done(&q, err);
}

/* ---- status ---- */

static enum run_outcome read_outcome(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
		if (str_same(name, outcomes[i]))
			return (enum run_outcome)i;
	return RUN_FAILED;
}

struct run ledger_read_run(const struct query *q, int column, struct arena *arena)
{
	return (struct run){
		.id = db_column_int(q, column),
		.started = db_column_int(q, column + 1),
		.ended = db_column_int(q, column + 2),
		.outcome = read_outcome(db_column(q, column + 3)),
		.pages = db_column_int(q, column + 4),
		.fresh = db_column_int(q, column + 5),
		.known = db_column_int(q, column + 6),
		.dropped = db_column_int(q, column + 7),
		.billed_posts = db_column_int(q, column + 8),
		.billed_authors = db_column_int(q, column + 9),
		.spent_micros = db_column_int(q, column + 10),
		.why = arena_strdup(arena, db_column(q, column + 11)),
	};
}

static bool has_hole(const struct span *span, const struct span *below)
{
	return !span->closed || (span->floor > 0 && below && below->top_time < span->floor);
}

/* The newest hole. What was read to the server's end has none, whatever other spans below its top
 * say: two who read at once leave one each. */
static void find_hole(struct ledger_row *row)
{
	for (size_t i = 0; i < row->span_count; i++) {
		const struct span *span = &row->spans[i];
		const struct span *below = i + 1 < row->span_count ? span + 1 : NULL;

		if (has_hole(span, below)) {
			row->missing_from = below ? below->top_time : 0;
			row->missing_to = span->bottom_time;
			return;
		}
		row->whole = span->floor == 0;
		if (row->whole)
			return;
	}
}

static void sum_spans(struct ledger_row *row, const struct span *spans, size_t count)
{
	row->spans = spans;
	row->span_count = count;
	for (size_t i = 0; i < count; i++) {
		const struct span *span = &spans[i];

		if (span->top_time > row->newest)
			row->newest = span->top_time;
		if (row->oldest == 0 || span->bottom_time < row->oldest)
			row->oldest = span->bottom_time;
	}
	find_hole(row);
}

static bool add_spans(struct store *store, struct arena *arena, struct ledger_row *row,
		      struct err *err)
{
	const struct ledger_key key = { row->source, row->auth, row->tag };
	struct span *spans = NULL;
	size_t count = 0;

	if (!ledger_spans(store, &key, arena, &spans, &count, err))
		return false;
	sum_spans(row, spans, count);
	return true;
}

bool store_status_ledger(struct store *store, struct arena *arena, struct ledger_row **rows,
			 size_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_LEDGER_COUNT);
	int64_t room = 0;
	int rc = 0;

	if (!db_value(&q, 0, &room, err))
		return false;
	*rows = arena_array(arena, (size_t)room, sizeof(**rows));
	*count = 0;
	q = db_query(store, SQL_LEDGER);
	while (*count < (size_t)room && (rc = db_step(&q, err)) > 0) {
		struct ledger_row *row = &(*rows)[(*count)++];

		row->source = arena_strdup(arena, db_column(&q, 0));
		row->auth = arena_strdup(arena, db_column(&q, 1));
		row->tag = arena_strdup(arena, db_column(&q, 2));
		row->last = ledger_read_run(&q, 3, arena);
	}
	db_end(&q);
	for (size_t i = 0; rc >= 0 && i < *count; i++)
		if (!add_spans(store, arena, &(*rows)[i], err))
			return false;
	return rc >= 0;
}

bool store_status_posts(struct store *store, struct arena *arena, struct store_row **rows,
			size_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_STATUS_POSTS);
	size_t room = 0;
	int rc;

	*rows = NULL;
	*count = 0;
	while ((rc = db_step(&q, err)) > 0) {
		const char *network = db_column(&q, 0);
		struct store_row *row;

		if (*count == room) {
			struct store_row *more = arena_array(arena, room = 2 * room + 16,
							     sizeof(*more));

			for (size_t i = 0; i < *count; i++)
				more[i] = (*rows)[i];
			*rows = more;
		}
		row = &(*rows)[*count];
		if (!network || !network_parse(network, &row->network))
			continue;
		row->tag = arena_strdup(arena, db_column(&q, 1));
		row->posts = db_column_int(&q, 2);
		row->authors = db_column_int(&q, 3);
		row->oldest = db_column_int(&q, 4);
		row->newest = db_column_int(&q, 5);
		++*count;
	}
	db_end(&q);
	return rc == 0;
}

bool store_status_totals(struct store *store, struct store_totals *totals, struct err *err)
{
	struct query q = db_query(store, SQL_STATUS_TOTALS);
	int rc = db_step(&q, err);

	if (rc > 0)
		*totals = (struct store_totals){
			.posts = db_column_int(&q, 0),
			.optouts = db_column_int(&q, 1),
			.authors = db_column_int(&q, 2),
			.answers = db_column_int(&q, 3),
			.threads = db_column_int(&q, 4),
			.bytes = db_column_int(&q, 5),
		};
	db_end(&q);
	return rc > 0;
}
