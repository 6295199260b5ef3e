#include "archive/store/doing.h"
#include "archive/store/row.h"

static struct query settings_query(const struct doing *doing, enum sql sql,
				   const struct thread *settings, const char *slug)
{
	struct query q = db_query(doing->store, sql);

	db_int(&q, doing->thread);
	db_text(&q, slug);
	db_text(&q, settings->title);
	db_text(&q, settings->lang);
	db_text(&q, settings->zone);
	db_int(&q, settings->since);
	db_int(&q, settings->until);
	db_int(&q, settings->lag);
	db_text(&q, settings->curator);
	db_text(&q, settings->description);
	return q;
}

static bool check(const struct doing *doing, const struct thread *settings, const char *slug,
		  struct err *err)
{
	struct query q = db_query(doing->store, SQL_SLUG_TAKEN);
	int64_t taken;

	if (settings->tag_count == 0 && settings->since == 0 && settings->until == 0)
		return err_set(err, ERR_USAGE,
			       "a thread needs a hashtag or a window: keep one of them");
	db_int(&q, doing->thread);
	db_text(&q, slug);
	if (!db_value(&q, 0, &taken, err))
		return false;
	return !taken ||
	       err_set(err, ERR_USAGE, "there is a thread '%s' already: choose another name", slug);
}

static bool set(struct doing *doing, const struct thread *settings, const char *slug,
		const char *tags, struct err *err)
{
	struct query q = settings_query(doing, SQL_THREAD_SET, settings, slug);

	if (!journal_settings(doing, err) || !db_done(&q, err))
		return false;
	q = db_query(doing->store, SQL_THREAD_TAGS_REMOVE);
	db_int(&q, doing->thread);
	if (!db_done(&q, err))
		return false;
	q = db_query(doing->store, SQL_THREAD_TAGS_SET);
	db_int(&q, doing->thread);
	db_text(&q, tags);
	doing->lag = settings->lag;
	doing_changed(doing, 0, 0, 1);
	return db_done(&q, err);
}

bool do_settings(struct doing *doing, const struct op *op, struct err *err)
{
	const struct thread *settings = op->settings;
	struct str slug = STR_INIT, tags = STR_INIT;
	struct query q;
	int64_t same;
	bool ok = false;

	row_add_list(&tags, settings->tags, settings->tag_count);
	if (!slug_fold(&slug, settings->slug, err) || !check(doing, settings, slug.buf, err))
		goto out;
	q = settings_query(doing, SQL_THREAD_SAME, settings, slug.buf);
	db_text(&q, tags.buf);
	if (!db_value(&q, 0, &same, err))
		goto out;
	ok = same || set(doing, settings, slug.buf, tags.buf, err);
out:
	str_release(&slug);
	str_release(&tags);
	return ok;
}
