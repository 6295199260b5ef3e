#include "archive/store/files.h"

#include "archive/store/db.h"

bool store_file_put(struct store *store, const struct kept_file *file, struct err *err)
{
	struct query q = db_query(store, SQL_FILE_PUT);

	db_text(&q, file->source);
	db_text(&q, file->name);
	db_text(&q, file->form);
	db_int(&q, file->bytes);
	db_int(&q, file->began);
	db_int(&q, file->done);
	return db_done(&q, err);
}

static struct kept_file read_file(const struct query *q, struct arena *arena)
{
	return (struct kept_file){
		.source = arena_strdup(arena, db_column(q, 0)),
		.name = arena_strdup(arena, db_column(q, 1)),
		.form = arena_strdup(arena, db_column(q, 2)),
		.bytes = db_column_int(q, 3),
		.began = db_column_int(q, 4),
		.done = db_column_int(q, 5),
	};
}

bool store_file_find(struct store *store, const char *source, struct arena *arena,
		     struct kept_file *out, bool *found, struct err *err)
{
	struct query q = db_query(store, SQL_FILE_FIND);
	int rc;

	db_text(&q, source);
	rc = db_step(&q, err);
	if (rc > 0)
		*out = read_file(&q, arena);
	*found = rc > 0;
	db_end(&q);
	return rc >= 0;
}

bool store_files(struct store *store, struct arena *arena, struct file_row **rows, size_t *count,
		 struct err *err)
{
	struct query q = db_query(store, SQL_FILE_COUNT);
	int64_t room = 0;
	int rc = 0;

	if (!db_value(&q, 0, &room, err))
		return false;
	*rows = arena_array(arena, (size_t)room, sizeof(**rows));
	*count = 0;
	q = db_query(store, SQL_FILES);
	while (*count < (size_t)room && (rc = db_step(&q, err)) > 0) {
		struct file_row *row = &(*rows)[(*count)++];

		row->file = read_file(&q, arena);
		row->last = ledger_read_run(&q, 6, arena);
	}
	db_end(&q);
	return rc >= 0;
}

bool store_post_files(struct store *store, int64_t post, struct arena *arena,
		      struct file_place **places, size_t *count, struct err *err)
{
	struct query q = db_query(store, SQL_PLACE_COUNT);
	int64_t room = 0;
	int rc = 0;

	db_int(&q, post);
	if (!db_value(&q, 0, &room, err))
		return false;
	*places = arena_array(arena, (size_t)room, sizeof(**places));
	*count = 0;
	q = db_query(store, SQL_PLACES);
	db_int(&q, post);
	while (*count < (size_t)room && (rc = db_step(&q, err)) > 0)
		(*places)[(*count)++] = (struct file_place){
			.source = arena_strdup(arena, db_column(&q, 0)),
			.name = arena_strdup(arena, db_column(&q, 1)),
			.place = arena_strdup(arena, db_column(&q, 2)),
		};
	db_end(&q);
	return rc >= 0;
}
