/*
 * For tests of the operations: short ways to do one, and what the thread is then.
 */
#ifndef ARCHIVE_TESTS_IN_OPS_H
#define ARCHIVE_TESTS_IN_OPS_H

#include "in-thread.h"

/* The items in order as the operations see them: a post's number, "+1" a joined one, "=title" a
 * heading, else "note:words"; "!" behind what was moved by hand. Valid until the next call. */
static inline const char *order(struct store *store, int64_t thread)
{
	static char out[65536];
	struct arena arena = ARENA_INIT;
	struct item *list = NULL;
	size_t count = 0, len = 0;

	out[0] = '\0';
	assert_done(thread_outline(store, thread, &arena, &list, &count, why));
	for (size_t i = 0; i < count; i++) {
		const struct item *item = &list[i];
		const char *text = item->text ? item->text : "";

		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s", len ? " " : "");
		if (item->post)
			len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s",
						item->joined ? "+" : "",
						strrchr(item->post->uri, '/') + 1);
		else if (item->kind == ITEM_HEADING)
			len += (size_t)snprintf(out + len, sizeof(out) - len, "=%s", text);
		else
			len += (size_t)snprintf(out + len, sizeof(out) - len, "%s:%s",
						item_kind_name(item->kind), text);
		len += (size_t)snprintf(out + len, sizeof(out) - len, "%s", item->fixed ? "!" : "");
	}
	arena_release(&arena);
	return out;
}

static inline struct op_report done(struct store *store, int64_t thread, const struct op *op)
{
	struct op_report report = { 0 };

	assert_done(store_do(store, thread, NULL, op, 1, &report, why));
	return report;
}

/* The item of the post of a number. */
static inline int64_t item_of(struct store *store, int64_t thread, int number)
{
	struct arena arena = ARENA_INIT;
	struct item *list = NULL;
	size_t count = 0;
	int64_t id = 0;
	char name[16];

	snprintf(name, sizeof(name), "/%d", number);
	assert_done(thread_outline(store, thread, &arena, &list, &count, why));
	for (size_t i = 0; i < count; i++)
		if (list[i].post && str_same(strrchr(list[i].post->uri, '/'), name))
			id = list[i].id;
	arena_release(&arena);
	return id;
}

static inline int64_t insert(struct store *store, int64_t thread, enum item_kind kind,
			     const char *text, int64_t starts, struct spot spot)
{
	const struct op op = { .kind = OP_INSERT,
			       .spot = spot,
			       .words = { .kind = kind, .text = text, .starts = starts } };

	return done(store, thread, &op).item;
}

static inline bool choose_at(struct store *store, int64_t thread, int number, struct spot spot)
{
	const struct op op = { .kind = OP_CHOOSE, .post = post_id(store, number), .spot = spot };

	return done(store, thread, &op).changed > 0;
}

static inline bool join(struct store *store, int64_t thread, int number, bool joined)
{
	const struct op op = { .kind = OP_JOIN,
			       .item = item_of(store, thread, number),
			       .words = { .joined = joined } };

	return done(store, thread, &op).changed > 0;
}

static inline bool move(struct store *store, int64_t thread, int64_t item, struct spot spot)
{
	const struct op op = { .kind = OP_MOVE, .item = item, .spot = spot };

	return done(store, thread, &op).changed > 0;
}

static inline int64_t undo(struct store *store, int64_t thread)
{
	struct arena arena = ARENA_INIT;
	struct step step = { 0 };

	assert_done(thread_undo(store, thread, &arena, &step, why));
	arena_release(&arena);
	return step.number;
}

static inline int64_t redo(struct store *store, int64_t thread)
{
	struct arena arena = ARENA_INIT;
	struct step step = { 0 };

	assert_done(thread_redo(store, thread, &arena, &step, why));
	arena_release(&arena);
	return step.number;
}

#endif
