#include "archive/collect/forget.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/collect/evidence.h"
#include "archive/store/authors.h"
#include "archive/text/link.h"
#include "archive/text/utf8.h"

/* ---- what is meant ---- */

static struct forget_choice *add_choice(struct forget_plan *plan, bool author, const char *uri)
{
	struct forget_choice *choice = &plan->choices[plan->count++];

	*choice = (struct forget_choice){ .item = { .author = author, .uri = uri } };
	return choice;
}

static bool choose_post(struct store *store, int64_t id, struct arena *arena,
			struct forget_plan *plan, struct err *err)
{
	struct forget_choice *choice;
	struct named_post post;

	if (!store_name_post(store, id, arena, &post, err))
		return false;
	choice = add_choice(plan, false, post.uri);
	choice->name = post.short_id;
	choice->by = post.handle;
	plan->posts++;
	return true;
}

static bool choose_author(struct store *store, const char *name, struct arena *arena,
			  struct forget_plan *plan, struct err *err)
{
	struct found_author found[FOUND_AUTHORS_MAX];
	size_t count = 0;

	if (!store_find_author(store, name, arena, found, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct forget_choice *choice = add_choice(plan, true, found[i].uri);

		choice->name = found[i].handle ? found[i].handle : found[i].uri;
		choice->posts = found[i].posts;
		plan->posts += found[i].posts;
	}
	return true;
}

static bool choose(struct store *store, const char *name, struct arena *arena,
		   struct forget_plan *plan, struct err *err)
{
	struct err why = { 0 };
	int64_t id = 0;

	if (*name == '@')
		return choose_author(store, name, arena, plan, err);
	if (store_find_post(store, name, &id, &why))
		return choose_post(store, id, arena, plan, err);
	if (why.code != ERR_NOT_FOUND) {
		*err = why;
		return false;
	}
	if (choose_author(store, name, arena, plan, err))
		return true;
	if (err->code == ERR_NOT_FOUND)
		err_set(err, ERR_NOT_FOUND,
			"no post and nobody called %s in %s: give the short id or the address of a "
			"post, the handle or the profile of a person",
			name, store_path(store));
	return false;
}

bool forget_find(struct store *store, const char *const *names, size_t count, struct arena *arena,
		 struct forget_plan *plan, struct err *err)
{
	*plan = (struct forget_plan){ 0 };
	plan->choices = arena_array(arena, count * FOUND_AUTHORS_MAX, sizeof(*plan->choices));
	for (size_t i = 0; i < count; i++)
		if (!choose(store, names[i], arena, plan, err))
			return false;
	return true;
}

/* ---- taking away ---- */

static bool take_away(struct store *store, const struct forget_plan *plan, int64_t now,
		      struct arena *arena, struct forget_result *result, struct err *err)
{
	struct forget_item *items = arena_array(arena, plan->count, sizeof(*items));

	for (size_t i = 0; i < plan->count; i++)
		items[i] = plan->choices[i].item;
	return store_forget(store, items, plan->count, now, arena, &result->report, err) &&
	       evidence_cut(store, items, plan->count, &result->answers, err);
}

bool forget_run(struct store *store, const struct forget_plan *plan, int64_t now,
		struct arena *arena, struct forget_result *result, struct err *err)
{
	struct err why = { 0 };
	bool ok;

	*result = (struct forget_result){ 0 };
	if (!store_forget_begin(store, err))
		return false;
	ok = take_away(store, plan, now, arena, result, err);
	if (!store_forget_end(store, ok, err))
		return false;
	/* it is forgotten then; what is left is done by the next command that writes */
	if (!store_scrub(store, &result->clean, &why))
		result->clean = false;
	return true;
}

/* ---- undo ---- */

static bool try_name(struct store *store, const char *name, bool *was, struct err *err)
{
	bool found = false;

	if (!store_unforget(store, name, &found, err))
		return false;
	*was = *was || found;
	return true;
}

/* "name@host" of a Mastodon profile or actor, or of a handle; false when it is neither. */
static bool split_person(const char *name, struct str *user, struct str *host)
{
	const char *at = strchr(name, '@');
	const char *path = strstr(name, "/users/");

	if (link_host(name, host)) {
		path = path ? path + strlen("/users/") : strstr(name, "/@");
		path = path && *path == '/' ? path + 2 : path;
		if (path)
			str_add_n(user, path, strcspn(path, "/?#"));
		return user->len > 0;
	}
	at = *name == '@' ? strchr(name + 1, '@') : at;
	name += *name == '@';
	if (!at)
		return false;
	str_add_n(user, name, (size_t)(at - name));
	str_add(host, at + 1);
	return user->len > 0 && host->len > 0;
}

/* All that the person may have been noted by. */
static bool undo_person(struct store *store, const char *name, bool *was, struct err *err)
{
	static const char *const ways[] = { "/users/", "/@" };
	struct str user = STR_INIT, host = STR_INIT, text = STR_INIT, folded = STR_INIT;
	bool ok = true;

	if (!split_person(name, &user, &host))
		goto out;
	str_addf(&text, "@%s@%s", user.buf, host.buf);
	utf8_add_folded(&folded, text.buf, text.len);
	ok = try_name(store, folded.buf, was, err);
	for (size_t i = 0; ok && i < ARRAY_LEN(ways); i++) {
		str_clear(&text);
		str_addf(&text, "https://%s%s%s", host.buf, ways[i], user.buf);
		ok = try_name(store, text.buf, was, err);
	}
out:
	str_release(&user);
	str_release(&host);
	str_release(&text);
	str_release(&folded);
	return ok;
}

static bool undo_post(struct store *store, const char *name, bool *was, struct err *err)
{
	struct str uri = STR_INIT;
	bool ok = !store_post_uri(name, &uri) || try_name(store, uri.buf, was, err);

	str_release(&uri);
	return ok;
}

bool forget_undo(struct store *store, const char *name, struct err *err)
{
	bool was = false;
	bool ok = store_begin(store, err) && try_name(store, name, &was, err) &&
		  undo_post(store, name, &was, err) && undo_person(store, name, &was, err);

	if (ok && !was)
		ok = err_set(err, ERR_NOT_FOUND,
			     "nothing was forgotten by the name %s: give the uri that archive "
			     "forget named",
			     name);
	ok = ok && store_commit(store, err);
	store_rollback(store);
	return ok;
}
