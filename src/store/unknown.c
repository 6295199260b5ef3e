#include <string.h>

#include "archive/store/sift.h"
#include "archive/text/near.h"

/* Of author.folded the handle; its server only if one was typed. */
static void write_handle(struct str *out, const char *folded, bool server)
{
	str_clear(out);
	str_add_char(out, '@');
	str_add_n(out, folded, strcspn(folded, server ? "\n" : "\n@"));
}

static bool find_near(struct store *store, const char *name, struct str *near, struct err *err)
{
	struct query q = db_query(store, SQL_SIFT_HANDLES);
	struct str typed = STR_INIT, other = STR_INIT;
	int rc;

	str_addf(&typed, "@%s", name + (*name == '@'));
	while ((rc = db_step(&q, err)) > 0) {
		const char *best = near->len > 0 ? near->buf : NULL;

		write_handle(&other, db_column(&q, 0), strchr(typed.buf + 1, '@'));
		if (near_word(typed.buf, best, other.buf) != other.buf)
			continue;
		str_clear(near);
		str_add(near, other.buf);
	}
	db_end(&q);
	str_release(&typed);
	str_release(&other);
	return rc == 0;
}

static bool is_known(struct store *store, const char *who, bool *known, struct err *err)
{
	struct db_set set = { 0 };
	bool ok = sift_find_author(store, who, &set, err);

	*known = set.count > 0;
	db_set_release(&set);
	return ok;
}

bool store_unknown_author(struct store *store, const struct search_query *query, const char **who,
			  struct str *near, struct err *err)
{
	const struct search_values *wanted = &query->wanted[SEARCH_FROM];
	bool known;

	*who = NULL;
	str_clear(near);
	for (size_t i = 0; i < wanted->count; i++) {
		const char *name = wanted->items[i];

		if (!is_known(store, name, &known, err))
			return false;
		if (known)
			continue;
		*who = name;
		return find_near(store, name, near, err);
	}
	return true;
}
