#include "archive/curate/section-key.h"
#include "archive/store/doing.h"

/* ---- making and taking away ---- */

/* The group that a new cross-post belongs to: that of the post above it. */
static bool group_above(const struct doing *doing, int64_t above, int64_t *group, struct err *err)
{
	struct placed item;

	if (!placed_get(doing, above, &item, err))
		return false;
	*group = item.post ? group_of(&item) : 0;
	return true;
}

static bool add_row(struct doing *doing, const struct op *op, const char *key,
		    const struct placed *to, int64_t *item, struct err *err)
{
	enum item_kind kind = op->kind == OP_CHOOSE ? ITEM_POST : op->words.kind;
	struct str style = STR_INIT;
	struct query q = db_query(doing->store, SQL_ITEM_ADD);
	bool ok;

	item_style_add(&style, &op->words.style);
	db_int(&q, doing->thread);
	db_int(&q, to->position);
	db_text(&q, item_kind_name(kind));
	db_id(&q, to->post);
	db_text(&q, key);
	db_text(&q, op->words.text);
	db_text(&q, kind == ITEM_POST ? NULL : op->words.url);
	db_text(&q, style.len ? style.buf : NULL);
	db_text(&q, kind == ITEM_HEADING ? op->words.speaker : NULL);
	db_text(&q, kind == ITEM_HEADING ? op->words.label : NULL);
	db_int(&q, kind == ITEM_HEADING ? op->words.starts : 0);
	db_int(&q, to->fixed);
	db_int(&q, to->joined);
	ok = db_value(&q, 0, item, err);
	str_release(&style);
	return ok;
}

bool item_add(struct doing *doing, const struct op *op, const char *key, int64_t *item,
	      struct err *err)
{
	struct placed to = { .post = op->kind == OP_CHOOSE ? op->post : 0,
			     .fixed = op->words.fixed || op->spot.by_hand };
	struct place place;
	int64_t apart;

	*item = 0;
	if (!spot_find(doing, &op->spot, to.post, NULL, &place, err))
		return false;
	if (!place.found)
		return true;
	if (!gap_find(doing, place.above, 1, &to.position, &apart, err))
		return false;
	if (to.post && op->words.joined && !group_above(doing, place.above, &to.joined, err))
		return false;
	if (!add_row(doing, op, key, &to, item, err) || !journal_new(doing, *item, err))
		return false;
	doing_changed(doing, *item, to.post, 1);
	doing->last = *item;
	return true;
}

/* The next of its group is the first one then. */
static bool leave_group(struct doing *doing, const struct placed *item, struct err *err)
{
	struct placed next;

	if (item->joined)
		return true;
	if (!placed_one(doing, SQL_GROUP_FIRST, item->id, &next, err))
		return false;
	if (!next.id)
		return true;
	if (!group_hand_over(doing, &next, next.id, err))
		return false;
	next.joined = 0;
	return placed_put(doing, &next, err);
}

bool item_take_away(struct doing *doing, const struct placed *item, struct err *err)
{
	struct query q;

	if (!journal_item(doing, item->id, err) || !leave_group(doing, item, err))
		return false;
	q = db_query(doing->store, SQL_ITEM_REMOVE);
	db_int(&q, item->id);
	if (!db_done(&q, err))
		return false;
	doing_changed(doing, item->id, item->post, 1);
	return true;
}

bool do_remove(struct doing *doing, const struct op *op, struct err *err)
{
	struct placed item;

	return placed_get(doing, op->item, &item, err) &&
	       (item.id == 0 || item_take_away(doing, &item, err));
}

/* ---- keys of sections ---- */

static bool key_taken(const struct doing *doing, const char *key, int64_t but, bool *taken,
		      struct err *err)
{
	struct query q = db_query(doing->store, SQL_KEY_TAKEN);
	int64_t found;

	db_int(&q, doing->thread);
	db_text(&q, key);
	db_int(&q, but);
	if (!db_value(&q, 0, &found, err))
		return false;
	*taken = found != 0;
	return true;
}

/* A key as somebody typed it, for the heading but. */
static bool check_key(const struct doing *doing, const char *key, int64_t but, struct err *err)
{
	bool taken = false;

	if (!section_key_valid(key))
		return err_set(err, ERR_USAGE,
			       "'%.40s' cannot be a section's key: it takes letters a to z and "
			       "digits, the first a letter, such as k3f",
			       key);
	if (!key_taken(doing, key, but, &taken, err))
		return false;
	return !taken ||
	       err_set(err, ERR_USAGE, "another section has the key '%s': choose another key", key);
}

static bool new_key(const struct doing *doing, const char *title, struct str *out, struct err *err)
{
	struct str thread = STR_INIT;
	bool ok = true, taken = true;

	str_addf(&thread, "%lld", (long long)doing->thread);
	for (unsigned try = 0; ok && taken; try++) {
		str_clear(out);
		section_key_add(out, thread.buf, title, try);
		ok = key_taken(doing, out->buf, 0, &taken, err);
	}
	str_release(&thread);
	return ok;
}

/* ---- the operations ---- */

bool do_insert(struct doing *doing, const struct op *op, struct err *err)
{
	struct str key = STR_INIT;
	bool heading = op->words.kind == ITEM_HEADING;
	int64_t item;
	bool ok = false;

	if (op->words.kind == ITEM_POST)
		return err_set(err, ERR_USAGE, "a post is chosen, not inserted");
	if (heading && op->words.key) {
		if (!check_key(doing, op->words.key, 0, err))
			goto out;
		str_add(&key, op->words.key);
	} else if (heading && !new_key(doing, op->words.text, &key, err)) {
		goto out;
	}
	ok = item_add(doing, op, heading ? key.buf : NULL, &item, err);
out:
	str_release(&key);
	return ok;
}

static struct query words_query(const struct doing *doing, enum sql sql, const struct placed *item,
				const struct item *words)
{
	struct query q = db_query(doing->store, sql);

	db_int(&q, item->id);
	db_text(&q, words->text);
	db_text(&q, item->post ? NULL : words->url);
	db_text(&q, item->heading ? words->speaker : NULL);
	db_text(&q, item->heading ? words->label : NULL);
	db_int(&q, item->heading ? words->starts : 0);
	db_text(&q, item->heading ? words->key : NULL);
	return q;
}

bool do_edit(struct doing *doing, const struct op *op, struct err *err)
{
	struct placed item;
	struct query q;
	int64_t same;

	if (!placed_get(doing, op->item, &item, err))
		return false;
	if (!item.id)
		return true;
	if (item.heading && op->words.key && !check_key(doing, op->words.key, item.id, err))
		return false;
	q = words_query(doing, SQL_ITEM_SAME_WORDS, &item, &op->words);
	if (!db_value(&q, 0, &same, err))
		return false;
	if (same)
		return true;
	if (!journal_item(doing, item.id, err))
		return false;
	q = words_query(doing, SQL_ITEM_WORDS, &item, &op->words);
	doing_changed(doing, item.id, item.post, 1);
	return db_done(&q, err);
}

static struct query style_query(const struct doing *doing, enum sql sql, int64_t item,
				const struct str *style)
{
	struct query q = db_query(doing->store, sql);

	db_int(&q, item);
	db_text(&q, style->buf);
	return q;
}

bool do_style(struct doing *doing, const struct op *op, struct err *err)
{
	struct str style = STR_INIT;
	struct placed item;
	struct query q;
	int64_t same;
	bool ok = false;

	item_style_add(&style, &op->words.style);
	if (!placed_get(doing, op->item, &item, err))
		goto out;
	q = style_query(doing, SQL_ITEM_SAME_STYLE, item.id, &style);
	if (!db_value(&q, 1, &same, err))
		goto out;
	ok = true;
	if (same)
		goto out;
	ok = journal_item(doing, item.id, err);
	q = style_query(doing, SQL_ITEM_STYLE, item.id, &style);
	ok = ok && db_done(&q, err);
	doing_changed(doing, item.id, item.post, 1);
out:
	str_release(&style);
	return ok;
}

static bool put_changed(struct doing *doing, const struct placed *item, struct err *err)
{
	doing_changed(doing, item->id, item->post, 1);
	return placed_put(doing, item, err);
}

/* Those joined to it come along, or stay with it. */
static bool set_group(struct doing *doing, struct placed *item, int64_t group, struct err *err)
{
	if (!group_hand_over(doing, item, group ? group : item->id, err))
		return false;
	item->joined = group;
	return put_changed(doing, item, err);
}

bool do_join(struct doing *doing, const struct op *op, struct err *err)
{
	struct placed item, above;

	if (!placed_get(doing, op->item, &item, err))
		return false;
	if (!item.post || (item.joined != 0) == op->words.joined)
		return true;
	if (!op->words.joined)
		return set_group(doing, &item, 0, err);
	if (!placed_one(doing, SQL_ITEM_ABOVE, item.position, &above, err))
		return false;
	return !above.post || set_group(doing, &item, group_of(&above), err);
}

bool do_fix(struct doing *doing, const struct op *op, struct err *err)
{
	struct placed item;

	if (!placed_get(doing, op->item, &item, err))
		return false;
	if (!item.id || item.fixed == op->words.fixed)
		return true;
	item.fixed = op->words.fixed;
	return put_changed(doing, &item, err);
}
