#include "archive/collect/evidence.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/kind.h"
#include "archive/json/read.h"
#include "archive/source/activity.h"
#include "archive/store/answers.h"

#define NEEDLE_MIN 4 /* bytes; what is shorter stands everywhere */

/* The part of a uri that stands in an answer however that escapes its slashes. */
struct needle {
	const char *bytes;
	size_t len; /* 0 = every answer may hold it */
};

struct search {
	struct store *store;
	struct needle *needles;
	size_t count;
	struct page page;
	struct kept_answer answer;
	size_t answers;
};

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '_';
}

static struct needle needle_of(const char *uri)
{
	size_t to = strlen(uri), from;

	while (to > 0 && !is_plain(uri[to - 1]))
		to--;
	for (from = to; from > 0 && is_plain(uri[from - 1]);)
		from--;
	if (to - from < NEEDLE_MIN)
		return (struct needle){ 0 };
	return (struct needle){ uri + from, to - from };
}

static bool holds(const struct search *s, const struct str *text)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->needles[i].len == 0 ||
		    memmem(text->buf, text->len, s->needles[i].bytes, s->needles[i].len))
			return true;
	return false;
}

/* Only what was forgotten; who opted out is another matter. */
static enum fate judge(void *owner, const struct post *post)
{
	const struct search *s = owner;

	return store_judge(s->store, post) == FATE_DROPPED ? FATE_DROPPED : FATE_KEPT;
}

/* What no answer of another network holds, for those whose first element was cut out. */
static const struct {
	const char *mark;
	enum network network;
} marks[] = {
	{ "\"author_id\"", NETWORK_X },
	{ "\"account\"", NETWORK_MASTODON },
	{ "\"did\"", NETWORK_BLUESKY },
	{ "\"userId\"", NETWORK_MISSKEY },
};

/* A file's elements say themselves what they are; of a list the first one counts, which stands
 * behind what was cut out before it. */
static bool read_by_content(const struct str *body, struct page *page, struct err *err)
{
	const char *first = memchr(body->buf, '{', body->len);
	size_t len = first ? body->len - (size_t)(first - body->buf) : 0;
	enum import_kind kind = first ? import_kind_of(first, len) : IMPORT_UNKNOWN;

	if (kind != IMPORT_UNKNOWN && kind != IMPORT_X_PROBLEM)
		return import_kind_read(kind, body->buf, body->len, page, err);
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (memmem(body->buf, body->len, marks[i].mark, strlen(marks[i].mark)))
			return source_ops_for(marks[i].network)
				->parse_body(NULL, body->buf, body->len, page, err);
	return false;
}

/* One object of the Fediverse: a post, or a person who is named by it. No adapter reads it. */
static struct jnode *parse_activity(const struct str *body)
{
	struct err why = { 0 };
	struct jnode *object;

	if (body->len > ACTIVITY_MAX_BYTES || !memmem(body->buf, body->len, "\"@context\"", 10))
		return NULL;
	object = jnode_parse(body->buf, body->len, &why);
	if (jnode_get(object, "@context") && jnode_string(object, "id"))
		return object;
	jnode_free(object);
	return NULL;
}

static const char *who_wrote(const struct jnode *object)
{
	const struct jnode *by = jnode_get(object, "attributedTo");
	const struct jnode *first = jnode_len(by) > 0 ? jnode_at(by, 0) : by;

	if (!by)
		return jnode_string(object, "id");
	return jnode_text(first) ? jnode_text(first) : jnode_string(first, "id");
}

static void read_activity(const struct jnode *object, size_t len, struct page *page)
{
	const struct post post = { .uri = jnode_string(object, "id"),
				   .author.uri = who_wrote(object) };

	if (page->judge(page->judge_owner, &post) != FATE_KEPT)
		page_add_cut(page, 0, len);
}

static bool read_by_adapter(const struct kept_answer *answer, struct page *page)
{
	struct source source = SOURCE_INIT;
	struct err why = { 0 };
	const struct str *body = &answer->body;
	bool ok = source_parse(&source, answer->source.buf, &why)
			  ? source.ops->parse_body(&source, body->buf, body->len, page, &why)
			  : read_by_content(body, page, &why);

	source_release(&source);
	return ok;
}

bool evidence_read(const struct kept_answer *answer, struct page *page)
{
	struct jnode *object = parse_activity(&answer->body);

	page_clear(page);
	if (!object)
		return read_by_adapter(answer, page);
	read_activity(object, answer->body.len, page);
	jnode_free(object);
	return true;
}

static bool cut_answer(struct search *s, struct err *err)
{
	const struct page_cut all = { 0, s->answer.body.len };
	const struct page_cut *cuts = &all;
	size_t count = 1;

	if (s->answer.url.len > 0 && holds(s, &s->answer.url) &&
	    !store_hide_answer_url(s->store, s->answer.id, err))
		return false;
	if (s->answer.body.len == 0 || !holds(s, &s->answer.body))
		return true;
	if (evidence_read(&s->answer, &s->page)) {
		cuts = s->page.cuts;
		count = s->page.cut_count;
	}
	s->answers += count > 0;
	return count == 0 || store_cut_answer(s->store, &s->answer, cuts, count, err);
}

static bool cut_all(struct search *s, struct err *err)
{
	int64_t id = 0;
	int rc;

	while ((rc = store_answer_behind(s->store, id, &s->answer, err)) > 0) {
		id = s->answer.id;
		if (!cut_answer(s, err))
			return false;
	}
	return rc == 0;
}

bool evidence_cut(struct store *store, const struct forget_item *items, size_t count,
		  size_t *answers, struct err *err)
{
	struct search s = {
		.store = store, .count = count, .page = PAGE_INIT, .answer = KEPT_ANSWER_INIT
	};
	bool ok;

	s.needles = xcalloc(count, sizeof(*s.needles));
	for (size_t i = 0; i < count; i++)
		s.needles[i] = needle_of(items[i].uri);
	s.page.judge = judge;
	s.page.judge_owner = &s;
	ok = cut_all(&s, err);
	*answers = s.answers;
	page_release(&s.page);
	kept_answer_release(&s.answer);
	free(s.needles);
	return ok;
}
