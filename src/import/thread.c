#include "archive/import/thread.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/gathered.h"
#include "archive/import/split.h"
#include "archive/source/intake.h"

#define FORM_VERSION  1
#define MAX_HEAD      ((size_t)1 << 20)
#define BATCH_BYTES   ((size_t)1 << 20)
#define BATCH_POSTS   500
#define EVIDENCE_HEAD "{\"archive_thread\":1,\"items\":[\n"
#define EVIDENCE_FOOT "\n]}\n"
#define MAX_TAGS      64

struct exported {
	FILE *in;
	const char *name;
	int64_t now;
	const struct import_client *client;
	struct import_report *report;
	struct str outer; /* the object without its items */
	struct split split;
	struct page page;
	struct str evidence;
	struct gathered found;
};

static void note_bad(struct exported *e, int64_t line)
{
	e->report->malformed++;
	if (!e->report->bad_place[0])
		snprintf(e->report->bad_place, sizeof(e->report->bad_place), "line %lld",
			 (long long)line);
}

/* ---- up to the items ---- */

/* Does what was read so far end in this key and its colon? */
static bool ends_in_key(const struct str *text, const char *key)
{
	size_t len = text->len, key_len = strlen(key);

	while (len > 0 && isspace((unsigned char)text->buf[len - 1]))
		len--;
	if (!len || text->buf[--len] != ':')
		return false;
	while (len > 0 && isspace((unsigned char)text->buf[len - 1]))
		len--;
	return len > key_len && !memcmp(text->buf + len - key_len, key, key_len);
}

/* Reads up to the bracket of the items; false when there is none in the first megabyte. */
static bool read_head(struct exported *e, int64_t *line)
{
	bool in_string = false, escaped = false;
	int depth = 0, c;

	*line = 1;
	while (e->outer.len < MAX_HEAD && (c = getc(e->in)) != EOF) {
		if (!in_string && c == '[' && depth == 1 && ends_in_key(&e->outer, "\"items\"")) {
			str_add_char(&e->outer, '[');
			return true;
		}
		if (in_string) {
			in_string = escaped || c != '"';
			escaped = !escaped && c == '\\';
		} else {
			in_string = c == '"';
			depth += (c == '{' || c == '[') - (c == '}' || c == ']');
		}
		*line += c == '\n';
		str_add_char(&e->outer, (char)c);
	}
	return false;
}

/* ---- items ---- */

static bool flush(struct exported *e, struct err *err)
{
	struct page *page = &e->page;
	bool ok = true;

	str_add(&e->evidence, EVIDENCE_FOOT);
	e->report->posts += page->count;
	if (page->count > 0)
		ok = e->client->take(e->client->owner, page, e->evidence.buf, e->evidence.len, err);
	page_clear(page);
	str_clear(&e->evidence);
	str_add(&e->evidence, EVIDENCE_HEAD);
	return ok;
}

/* What belongs to an item goes with it when it may not be kept. */
static struct post *add_post(struct exported *e, const struct jnode *node, bool context)
{
	enum fate fate;
	struct post *post = thread_post(node, e->now, &e->page, &fate);

	if (fate == FATE_DROPPED) {
		e->report->dropped++;
		e->page.dropped += !context;
	} else if (fate == FATE_MALFORMED) {
		note_bad(e, e->split.line);
		e->page.malformed += !context;
	}
	e->page.matched += !context;
	if (!post)
		return NULL;
	post->context = context;
	post->place = arena_printf(&e->page.arena, "line %lld", (long long)e->split.line);
	return post;
}

static void gather_post(struct exported *e, const struct post *post, const struct jnode *item,
			bool joined)
{
	const char *style = jnode_string(item, "style");
	struct found_item found = { .kind = ITEM_POST, .post = post->uri, .joined = joined };

	if (post->optout)
		return;
	if (!joined) {
		found.text = intake_text_of(&e->page.arena, item, "picture_texts");
		found.fixed = jnode_bool(item, "fixed", false);
		if (style && !item_style_parse(style, &found.style))
			found.style = (struct item_style){ 0 };
	}
	gathered_add(&e->found, &found);
	gathered_count(&e->found, post);
}

static void cut_or_keep(struct exported *e, size_t from, bool kept)
{
	if (!kept)
		page_add_cut(&e->page, from, e->evidence.len);
}

/* The post of an item, what it quotes, its cross-posts. All stand in one element of the evidence.
 */
static void read_posts(struct exported *e, const struct jnode *item)
{
	const struct jnode *quote = jnode_get(item, "quote");
	const struct jnode *also = jnode_get(item, "also");
	size_t from, first = e->page.count;
	struct post *post;
	bool kept;

	if (e->evidence.len > strlen(EVIDENCE_HEAD))
		str_add(&e->evidence, ",\n");
	from = e->evidence.len;
	str_add_n(&e->evidence, e->split.value.buf, e->split.value.len);
	e->page.element = (struct page_cut){ from, e->evidence.len };
	post = add_post(e, jnode_get(item, "post"), false);
	kept = post != NULL;
	if (post)
		gather_post(e, post, item, false);
	if (post && quote)
		kept = add_post(e, quote, true) && kept;
	for (size_t i = 0; post && i < jnode_len(also); i++) {
		struct post *other = add_post(e, jnode_at(also, i), false);

		kept = kept && other;
		if (other)
			gather_post(e, other, item, true);
	}
	cut_or_keep(e, from, kept);
	for (size_t i = first; i < e->page.count; i++)
		e->page.origins[i] = e->page.element;
}

static void read_words(struct exported *e, const struct jnode *item, enum item_kind kind)
{
	struct arena *arena = &e->page.arena;
	struct found_item found = { .kind = kind };

	found.text = kind == ITEM_NOTE ? intake_text_of(arena, item, "text")
				       : intake_line_of(arena, item, "text");
	if (kind != ITEM_NOTE)
		found.url = intake_url_of(arena, item, "url");
	if (kind == ITEM_HEADING) {
		found.key = intake_uri(arena, jnode_string(item, "key"));
		found.speaker = intake_line_of(arena, item, "speaker");
		found.label = intake_line_of(arena, item, "label");
		found.starts = intake_time_of(item, "starts_at");
	}
	if (found.text)
		gathered_add(&e->found, &found);
	else
		note_bad(e, e->split.line);
}

static bool read_item(struct exported *e, struct err *err)
{
	struct err why = { 0 };
	struct jnode *item = jnode_parse(e->split.value.buf, e->split.value.len, &why);
	const char *name = jnode_string(item, "kind");
	enum item_kind kind;
	bool ok = true;

	e->report->elements++;
	if (!item || !name || !item_kind_parse(name, &kind)) {
		note_bad(e, e->split.line);
		goto out;
	}
	if (e->page.count >= BATCH_POSTS ||
	    (e->page.count && e->evidence.len + e->split.value.len > BATCH_BYTES))
		ok = flush(e, err);
	if (ok && kind == ITEM_POST)
		read_posts(e, item);
	else if (ok)
		read_words(e, item, kind);
out:
	jnode_free(item);
	return ok;
}

static bool read_items(struct exported *e, int64_t line, struct err *err)
{
	enum split_found found;

	split_begin(&e->split, e->in);
	e->split.begun = e->split.in_array = e->split.one_array = true;
	e->split.line = e->split.next_line = line;
	str_add(&e->evidence, EVIDENCE_HEAD);
	while ((found = split_next(&e->split)) != SPLIT_END) {
		if (found != SPLIT_VALUE)
			note_bad(e, e->split.line);
		else if (!read_item(e, err))
			return false;
	}
	return flush(e, err);
}

/* ---- the thread ---- */

/* What stands behind the items, when a tool has put the keys into another order. */
static void read_tail(struct exported *e)
{
	char chunk[4096];
	size_t got;

	str_add_char(&e->outer, ']');
	str_add_n(&e->outer, e->split.buffer + e->split.pos, e->split.len - e->split.pos);
	while (e->outer.len < MAX_HEAD && (got = fread(chunk, 1, sizeof(chunk), e->in)) > 0)
		str_add_n(&e->outer, chunk, got);
}

static void read_tags(struct arena *arena, const struct jnode *list, const char **tags,
		      size_t *count)
{
	for (size_t i = 0; i < jnode_len(list) && *count < MAX_TAGS; i++)
		intake_add_tag(arena, tags, count, jnode_text(jnode_at(list, i)));
}

static bool hand_thread(struct exported *e, const struct jnode *outer, struct err *err)
{
	struct arena *arena = &e->found.arena;
	const struct jnode *window = jnode_get(outer, "window");
	const char *tags[MAX_TAGS];
	size_t tag_count = 0;
	struct found_thread thread = { .part = 1 };

	if (!e->client->thread)
		return true;
	gathered_tell(&e->found, &thread);
	read_tags(arena, jnode_get(outer, "tags"), tags, &tag_count);
	thread.tags = tags;
	thread.tag_count = tag_count;
	thread.slug = intake_line_of(arena, outer, "slug");
	thread.title = intake_line_of(arena, outer, "title");
	thread.description = intake_text_of(arena, outer, "description");
	thread.curator = intake_line_of(arena, outer, "curator");
	thread.lang = intake_lang_of(arena, outer, "lang");
	thread.zone = intake_line_of(arena, outer, "zone");
	thread.lag = jnode_int(outer, "lag_ms", 0);
	if (window || tag_count) {
		thread.since = intake_time_of(window, "since");
		thread.until = intake_time_of(window, "until");
	}
	return e->client->thread(e->client->owner, &thread, err);
}

static bool conclude(struct exported *e, struct err *err)
{
	struct err why = { 0 };
	struct jnode *outer;
	bool ok;

	read_tail(e);
	outer = jnode_parse(e->outer.buf, e->outer.len, &why);
	if (!outer && !e->report->elements)
		return err_set(err, ERR_MALFORMED,
			       "%s: this is no thread: it is broken at line %lld", e->name,
			       (long long)e->split.next_line);
	if (!outer)
		note_bad(e, e->split.next_line);
	if (outer && jnode_int(outer, "archive_thread", 0) != FORM_VERSION)
		ok = err_set(err, ERR_MALFORMED,
			     "%s is a thread of a later version of this program: take a newer one",
			     e->name);
	else
		ok = !outer || hand_thread(e, outer, err);
	jnode_free(outer);
	return ok;
}

bool import_thread(FILE *in, const char *name, int64_t now, const struct import_client *client,
		   struct import_report *report, struct err *err)
{
	struct exported *e = xcalloc(1, sizeof(*e));
	int64_t line;
	bool ok = false;

	*report = (struct import_report){ 0 };
	e->in = in;
	e->name = name;
	e->now = now;
	e->client = client;
	e->report = report;
	e->outer = e->evidence = e->split.value = (struct str)STR_INIT;
	e->page = (struct page)PAGE_INIT;
	e->page.judge = client->judge;
	e->page.judge_owner = client->owner;
	if (!read_head(e, &line))
		err_set(err, ERR_MALFORMED, "%s: this is no thread: it has no items", name);
	else
		ok = read_items(e, line, err) && conclude(e, err);
	if (ok && ferror(in))
		ok = err_set(err, ERR_IO, "%s cannot be read: %m", name);
	split_release(&e->split);
	str_release(&e->outer);
	str_release(&e->evidence);
	page_release(&e->page);
	gathered_release(&e->found);
	free(e);
	return ok;
}
