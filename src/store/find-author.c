#include <string.h>

#include "archive/store/authors.h"
#include "archive/store/find.h"
#include "archive/text/utf8.h"

#define NAMED_AUTHORS 5 /* in a sentence that says who may be meant */

struct seeking {
	struct store *store;
	struct arena *arena;
	struct str who; /* "@hana (https://…), @hana@social.example (https://…)" */
	struct found_author *out;
	size_t count;
};

static void note_author(struct seeking *s, const struct query *q)
{
	const char *uri = db_column(q, 1), *handle = db_column(q, 2), *url = db_column(q, 3);

	if (s->count == NAMED_AUTHORS)
		str_add(&s->who, " …");
	else
		str_addf(&s->who, "%s%s (%s)", s->count > 0 ? ", " : "", handle ? handle : "?",
			 url ? url : uri);
	s->out[s->count++] = (struct found_author){
		.id = db_column_int(q, 0),
		.uri = arena_strdup(s->arena, uri),
		.handle = arena_strdup(s->arena, handle),
	};
}

static bool read_authors(struct seeking *s, struct query *q, struct err *err)
{
	int rc;

	s->count = 0;
	str_clear(&s->who);
	while ((rc = db_step(q, err)) > 0 && s->count < FOUND_AUTHORS_MAX)
		note_author(s, q);
	db_end(q);
	return rc >= 0;
}

static bool by_handle(struct seeking *s, const char *name, struct err *err)
{
	struct str folded = STR_INIT;
	struct query q;
	bool ok;

	name += *name == '@';
	utf8_add_folded(&folded, name, strlen(name));
	q = db_query(s->store, SQL_AUTHORS_BY_HANDLE);
	db_text_n(&q, folded.buf, folded.len);
	db_int(&q, strchr(name, '@') == NULL);
	ok = read_authors(s, &q, err);
	str_release(&folded);
	return ok;
}

static bool look(struct seeking *s, enum sql sql, const char *name, const char *address,
		 struct err *err)
{
	struct query q = db_query(s->store, sql);

	db_text(&q, name);
	db_text(&q, address);
	return read_authors(s, &q, err);
}

static bool by_address(struct seeking *s, const char *name, struct err *err)
{
	struct str address = STR_INIT;
	struct str x = STR_INIT;
	bool web = find_plain_address(name, &address);
	const char *path = web ? find_x_path(address.buf) : NULL;
	const char *plain = web ? address.buf : NULL;
	bool ok;

	if (path) {
		str_addf(&x, "x.com/%s", path);
		plain = x.buf;
	}
	ok = look(s, SQL_AUTHORS_BY_NAME, name, plain, err) &&
	     (s->count > 0 || !web || look(s, SQL_AUTHORS_BY_ADDRESS, name, plain, err));
	str_release(&address);
	str_release(&x);
	return ok;
}

static bool count_posts(struct seeking *s, struct err *err)
{
	for (size_t i = 0; i < s->count; i++) {
		struct query q = db_query(s->store, SQL_AUTHOR_POST_COUNT);

		db_int(&q, s->out[i].id);
		if (!db_value(&q, 0, &s->out[i].posts, err))
			return false;
	}
	return true;
}

static bool has_host(const char *handle)
{
	return handle && *handle == '@' && strchr(handle + 1, '@');
}

static bool are_one_person(const struct seeking *s)
{
	for (size_t i = 1; i < s->count; i++)
		if (!has_host(s->out[i].handle) ||
		    !str_same_ascii(s->out[i].handle, s->out[0].handle))
			return false;
	return s->count > 0;
}

static bool is_handle(const char *name)
{
	return *name == '@' || (strchr(name, '@') && !strpbrk(name, "/:"));
}

static bool seek(struct seeking *s, const char *name, struct err *err)
{
	const char *handle;

	if (is_handle(name))
		return by_handle(s, name, err);
	if (!by_address(s, name, err))
		return false;
	handle = s->count == 1 ? s->out[0].handle : NULL;
	return !has_host(handle) || by_handle(s, handle, err);
}

bool store_find_author(struct store *store, const char *name, struct arena *arena,
		       struct found_author *out, size_t *count, struct err *err)
{
	struct seeking s = { .store = store, .arena = arena, .who = STR_INIT, .out = out };
	bool ok = false;

	if (!seek(&s, name, err))
		goto out;
	if (s.count == 0)
		err_set(err, ERR_NOT_FOUND,
			"nobody in %s is called %s: give the handle as archive search prints it, "
			"or the address of the profile",
			store->path, name);
	else if (!are_one_person(&s))
		err_set(err, ERR_USAGE, "%s could be any of %s: give the address of the profile",
			name, s.who.buf);
	else
		ok = count_posts(&s, err);
	*count = s.count;
out:
	str_release(&s.who);
	return ok;
}
