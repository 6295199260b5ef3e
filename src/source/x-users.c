#include "archive/source/authors.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/source/intake.h"
#include "archive/source/span.h"
#include "archive/source/x.h"

#define MOST_USERS 100

static const char user_fields[] = "name,username,profile_image_url,description,protected";

static int compare(const void *a, const void *b)
{
	return x_id_compare(*(const char *const *)a, *(const char *const *)b);
}

/* The ids in order and once each, so that the same ones make the same request. */
static void add_ids(struct str *out, const char *const *ids, size_t count)
{
	const char **sorted = xcalloc(count, sizeof(*sorted));

	memcpy(sorted, ids, count * sizeof(*sorted));
	qsort(sorted, count, sizeof(*sorted), compare);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && str_same(sorted[i], sorted[i - 1]))
			continue;
		if (i > 0)
			str_add_char(out, ',');
		str_add(out, sorted[i]);
	}
	free(sorted);
}

static bool request(const struct source *source, const char *const *ids, size_t count,
		    struct http_request *out, struct err *err)
{
	struct str text = STR_INIT;

	if (count == 0 || count > MOST_USERS)
		return err_set(err, ERR_USAGE, "%s looks up 1 to %d authors at once, not %zu",
			       source->name.buf, MOST_USERS, count);
	for (size_t i = 0; i < count; i++)
		if (!x_is_id(ids[i]))
			return err_set(err, ERR_USAGE, "%s has no author with the id \"%s\"",
				       source->name.buf, ids[i]);
	http_request_clear(out);
	str_addf(&out->url, "%s/2/users", source->base.buf);
	add_ids(&text, ids, count);
	http_request_param(out, "ids", text.buf);
	http_request_param(out, "user.fields", user_fields);
	str_add(&out->bearer, source->token.buf);
	str_release(&text);
	return true;
}

/* The answer of a request, as it is read. */
struct reading {
	struct page *page;
	const char *bytes;
	size_t len;
	const char *const *ids;
	size_t count;
	struct author_found *found;
	bool told; /* something of what was asked for */
};

static void set_nobody(struct reading *r, size_t i, enum fate fate)
{
	r->found[i] = (struct author_found){
		.fate = fate,
		.author = { .network = NETWORK_X,
			    .uri = arena_printf(&r->page->arena, X_USER_URI "%s", r->ids[i]),
			    .optout = fate == FATE_OPTED_OUT },
	};
}

static void set_user(struct reading *r, size_t i, const struct jnode *user)
{
	struct arena *arena = &r->page->arena;
	struct author author;

	x_user(arena, user, arena_strdup(arena, r->ids[i]), &author);
	if (x_user_is_protected(user))
		set_nobody(r, i, FATE_DROPPED);
	else if (x_user_says_no(user))
		set_nobody(r, i, FATE_OPTED_OUT);
	else if (author.handle)
		r->found[i] = (struct author_found){ .fate = FATE_KEPT, .author = author };
}

static void read_user(struct reading *r, const struct jnode *user)
{
	const char *id = intake_id_of(&r->page->arena, user, "id");

	r->page->billed_authors++;
	for (size_t i = 0; id && i < r->count; i++) {
		if (!str_same(r->ids[i], id))
			continue;
		set_user(r, i, user);
		r->told = true;
	}
}

/* A failure that may be over soon says nothing of the author. */
static bool may_pass(const struct jnode *error)
{
	const char *type = jnode_string(error, "type");

	return type && (strstr(type, "internal-error") || strstr(type, "unavailable"));
}

static void read_error(struct reading *r, const struct jnode *error)
{
	const char *id = intake_id_of(&r->page->arena, error, "resource_id");

	if (!id)
		id = intake_id_of(&r->page->arena, error, "value");
	for (size_t i = 0; id && i < r->count; i++) {
		if (!str_same(r->ids[i], id))
			continue;
		r->told = true;
		if (r->found[i].fate == FATE_MALFORMED && !may_pass(error))
			r->found[i].fate = FATE_DROPPED;
	}
}

static bool may_stay(const struct jnode *user)
{
	return !x_user_is_protected(user) && !x_user_says_no(user);
}

static void read_users(struct reading *r)
{
	struct jelements reader;
	struct err why = { 0 };
	struct jnode *node;
	int rc;

	if (!jelements_begin(&reader, r->bytes, r->len, "data"))
		return;
	r->told = true;
	while (r->page->billed_authors < PAGE_MAX_ELEMENTS &&
	       (rc = jelements_next(&reader, &node, &why)) != 0) {
		if (rc < 0)
			continue;
		if (!jnode_is_null(node)) /* which stands where somebody was cut out */
			read_user(r, node);
		if (!may_stay(node))
			page_add_cut(r->page, reader.from, reader.to);
		jnode_free(node);
	}
}

static void read_errors(struct reading *r)
{
	struct jelements reader;
	struct err why = { 0 };
	struct jnode *node;
	size_t left = PAGE_MAX_ELEMENTS;
	int rc;

	if (!jelements_begin(&reader, r->bytes, r->len, "errors"))
		return;
	while (left-- > 0 && (rc = jelements_next(&reader, &node, &why)) != 0) {
		if (rc < 0)
			continue;
		read_error(r, node);
		jnode_free(node);
	}
}

static bool parse(const struct source *source, const struct http_answer *answer,
		  const char *const *ids, size_t count, struct page *page,
		  struct author_found *found, struct err *err)
{
	const char *bytes = answer->body.buf;
	size_t len = answer->body.len;
	size_t from = span_blank(bytes, len, 0);
	struct reading r = { page, bytes, len, ids, count, found, false };

	if (answer->status != 200 || from >= len || bytes[from] != '{')
		return x_deny(source, answer, err);
	if (!span_is_whole(bytes, len, from))
		return err_set(err, ERR_NETWORK,
			       "%s broke off in the middle of its answer: try again",
			       source->name.buf);
	for (size_t i = 0; i < count; i++)
		set_nobody(&r, i, FATE_MALFORMED);
	read_users(&r);
	read_errors(&r);
	if (!r.told)
		return x_deny(source, answer, err);
	intake_limits(answer, X_LIMIT_LEFT, X_LIMIT_RESET, page);
	return true;
}

const struct author_ops x_authors = {
	.most = MOST_USERS,
	.request = request,
	.parse = parse,
};
