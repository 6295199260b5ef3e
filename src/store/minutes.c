#include "archive/store/minutes.h"

#include "archive/store/row.h"

static struct minute *make_room(struct arena *arena, const struct minute *minutes, size_t count,
				size_t room)
{
	struct minute *more = arena_array(arena, room, sizeof(*more));

	for (size_t i = 0; i < count; i++)
		more[i] = minutes[i];
	return more;
}

static bool read_minute(const struct query *q, struct minute *minute)
{
	const char *network = db_column(q, 0);

	minute->time = db_column_int(q, 1) * MINUTE_MS;
	minute->posts = db_column_int(q, 2);
	return network && network_parse(network, &minute->network);
}

static int read_minutes(struct query *q, struct arena *arena, struct minute **minutes,
			size_t *count, struct err *err)
{
	size_t room = 0;
	int rc;

	*minutes = NULL;
	*count = 0;
	while ((rc = db_step(q, err)) > 0) {
		if (*count == room) {
			room = 2 * room + 64;
			*minutes = make_room(arena, *minutes, *count, room);
		}
		*count += read_minute(q, &(*minutes)[*count]);
	}
	return rc;
}

bool store_minutes(struct store *store, const char *const *tags, size_t tag_count, int64_t since,
		   int64_t until, struct arena *arena, struct minute **minutes, size_t *count,
		   struct err *err)
{
	struct query q = db_query(store, SQL_MINUTES);
	struct str json = STR_INIT;
	int rc;

	row_add_list(&json, tags, tag_count);
	db_text(&q, json.buf);
	db_int(&q, row_first_id(since));
	db_int(&q, row_end_id(until));
	rc = read_minutes(&q, arena, minutes, count, err);
	db_end(&q);
	str_release(&json);
	return rc == 0;
}
