#include "archive/import/matome.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/import/gathered.h"
#include "archive/import/tame.h"
#include "archive/markup/markup.h"
#include "archive/source/intake.h"

#define MAX_SCRIPT (TAME_MAX_RAW - 1) /* bytes; of a longer one the end was left out */
#define LANG	   "ja"
#define ZONE	   "Asia/Tokyo"

enum capture { CAPTURE_NOTHING, CAPTURE_ENTRY, CAPTURE_FACT, CAPTURE_DAY };

struct matome {
	const char *name;
	int64_t now;
	const struct import_client *client;
	struct import_report *report;
	struct err *err;
	bool failed; /* the client does not go on */
	struct hyper *hyper;
	bool in_more;	   /* what is read stood in a script, */
	int64_t more_line; /* which ends there */
	struct grove grove;
	enum capture capture;
	size_t depth;	      /* open elements */
	size_t box, comments; /* the depth at which they began, 0 = outside */
	bool seen_box;
	int64_t day;
	struct page_facts facts;
	struct page page;
	struct str script, evidence, more;
	bool in_script, is_json, too_long;
	struct gathered found;
	bool more_waits; /* a part of the list is not in the file */
};

/* The page's address; of a page that does not tell it, the file's name. */
static const char *page_name(const struct matome *m)
{
	const char *taken = page_fact(&m->facts, PAGE_TAKEN);
	const char *url = page_fact(&m->facts, PAGE_URL);
	const char *slash = strrchr(m->name, '/');

	if (taken || url)
		return taken ? taken : url;
	return slash ? slash + 1 : m->name;
}

/* A page of this entry alone, which the same reader reads to the same post. */
static void write_evidence(struct matome *m)
{
	struct str *out = &m->evidence;

	str_clear(out);
	str_add(out, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">");
	str_add(out, "<meta name=\"archive:taken\" content=\"");
	node_add_escaped(out, page_name(m), strlen(page_name(m)));
	str_add(out, "\">");
	str_add(out, "</head><body>");
	if (m->day) {
		char iso[CLOCK_ISO_SIZE];

		/* the day in Japan */
		clock_format_utc(m->day + INT64_C(9) * 3600000, false, iso);
		str_addf(out, "<h3>%.10s</h3>", iso);
	}
	str_add(out, "<section class=\"tweet_box\">\n");
	node_add_html(m->grove.root, out);
	str_add(out, "\n</section></body></html>\n");
}

static void note_bad(struct matome *m)
{
	if (!m->report->bad_place[0])
		snprintf(m->report->bad_place, sizeof(m->report->bad_place), "line %lld",
			 (long long)m->grove.line);
}

/* The address of a post whose content the page does not hold. */
static void hand_mention(struct matome *m, const char *url)
{
	char place[32];
	struct mention mention = { .kind = MENTION_POST, .url = url, .place = place };

	snprintf(place, sizeof(place), "line %lld", (long long)m->grove.line);
	if (m->client->mention && !m->client->mention(m->client->owner, &mention, m->err))
		m->failed = true;
}

static void hand_post(struct matome *m, const struct found_item *item)
{
	struct post *post = &m->page.posts[0];
	enum fate fate;

	post->taken = page_name(m);
	post->place = arena_printf(&m->page.arena, "line %lld", (long long)m->grove.line);
	post->fetched = m->now;
	fate = intake_judge(&m->page, post, FATE_KEPT);
	if (fate == FATE_DROPPED) {
		m->report->dropped++;
		return;
	}
	m->report->posts++;
	m->page.matched = m->page.count;
	if (fate == FATE_KEPT) {
		gathered_add(&m->found, item);
		gathered_count(&m->found, post);
	}
	if (!m->client->take(m->client->owner, &m->page, m->evidence.buf, m->evidence.len, m->err))
		m->failed = true;
}

static void read_entry(struct matome *m)
{
	struct found_item item;
	enum entry_kind kind;

	page_clear(&m->page);
	write_evidence(m);
	kind = entry_read(&m->grove, m->day, &m->page, &item);
	m->report->elements += kind != ENTRY_NOTHING;
	if (kind == ENTRY_POST) {
		hand_post(m, &item);
	} else if (kind == ENTRY_WORDS) {
		gathered_add(&m->found, &item);
	} else if (kind == ENTRY_MENTION) {
		gathered_add(&m->found, &item);
		hand_mention(m, item.post);
	}
}

/* ---- events ---- */

static void begin_capture(struct matome *m, enum capture capture)
{
	grove_clear(&m->grove);
	m->capture = capture;
	m->grove.line = m->in_more ? m->more_line : hyper_line(m->hyper);
}

static enum capture capture_of(const struct matome *m, const struct node *element)
{
	bool in_list = m->in_more || m->box || (!m->seen_box && !m->comments);

	if (in_list && entry_begins(element))
		return CAPTURE_ENTRY;
	if (!m->in_more && page_facts_want(element))
		return CAPTURE_FACT;
	if (str_same(element->name, "h2") || str_same(element->name, "h3"))
		return CAPTURE_DAY;
	return CAPTURE_NOTHING;
}

static void enter(struct matome *m, const struct node *element)
{
	if (!m->box && !m->comments && entry_is_box(element)) {
		m->box = m->depth;
		m->seen_box = true;
	}
	if (!m->box && !m->comments && entry_is_comments(element))
		m->comments = m->depth;
	m->more_waits = m->more_waits || node_is(element, element, "[id=more_tweet_btn]");
}

static void on_start(void *owner, const char *name, const struct hyper_attr *attrs, size_t count)
{
	struct matome *m = owner;
	struct hyper_attr own[64];
	struct node element = { .name = name, .attrs = own };

	m->depth++;
	if (m->capture) {
		grove_start(&m->grove, name, attrs, count);
		return;
	}
	for (; element.attr_count < count && element.attr_count < ARRAY_LEN(own);)
		own[element.attr_count] = attrs[element.attr_count], element.attr_count++;
	if (str_same(name, "script")) {
		m->in_script = true;
		m->is_json = str_same(node_attr(&element, "type"), "application/ld+json");
		str_clear(&m->script);
		return;
	}
	enter(m, &element);
	m->capture = capture_of(m, &element);
	if (!m->capture)
		return;
	begin_capture(m, m->capture);
	grove_start(&m->grove, name, attrs, count);
}

static void end_capture(struct matome *m)
{
	enum capture capture = m->capture;
	struct str text = STR_INIT;
	int64_t day;

	m->capture = CAPTURE_NOTHING;
	if (capture == CAPTURE_ENTRY)
		read_entry(m);
	else if (capture == CAPTURE_FACT)
		page_facts_read(&m->facts, m->grove.root);
	if (capture == CAPTURE_DAY) {
		node_add_text(m->grove.root, &text);
		day = found_day(text.buf);
		m->day = day ? day : m->day;
	}
	str_release(&text);
	if (m->failed)
		hyper_stop(m->hyper);
}

static void on_text(void *owner, const char *bytes, size_t len)
{
	struct matome *m = owner;

	if (m->capture)
		grove_text(&m->grove, bytes, len);
	else if (m->in_script && m->script.len + len <= MAX_SCRIPT)
		str_add_n(&m->script, bytes, len);
	else if (m->in_script)
		m->too_long = true;
}

static void on_end(void *owner, const char *name);

static const struct hyper_client events = { .start = on_start, .end = on_end, .text = on_text };

/* The rest of the list, as a script would have put it there. */
static void read_more(struct matome *m)
{
	struct hyper_client client = events;
	struct hyper *outer = m->hyper;

	client.owner = m;
	m->more_line = hyper_line(outer);
	m->hyper = hyper_new(&client);
	m->in_more = true;
	m->more_waits = false;
	hyper_fragment(m->hyper, m->more.buf, m->more.len);
	if (!hyper_finish(m->hyper))
		note_bad(m);
	hyper_free(m->hyper);
	m->hyper = outer;
	m->in_more = false;
	if (m->failed)
		hyper_stop(outer);
}

static void end_script(struct matome *m)
{
	m->in_script = false;
	if (m->is_json)
		page_facts_read_json(&m->facts, m->script.buf, m->script.len);
	else if (!m->in_more && more_content(m->script.buf, m->script.len, &m->more))
		read_more(m);
}

static void on_end(void *owner, const char *name)
{
	struct matome *m = owner;

	(void)name;
	if (m->capture) {
		if (grove_end(&m->grove))
			end_capture(m);
	} else if (m->in_script) {
		end_script(m);
	}
	if (m->box == m->depth)
		m->box = 0;
	if (m->comments == m->depth)
		m->comments = 0;
	m->depth -= m->depth > 0;
}

static void on_comment(void *owner, const char *text)
{
	struct matome *m = owner;

	if (!m->found.posts && !m->in_more)
		page_facts_read_comment(&m->facts, text);
}

/* ---- the thread ---- */

/* "togetter-1126288": the service, and what is last in the address. */
static const char *slug_of(struct matome *m, const char *origin)
{
	const char *host = strstr(origin, "://") + 3;
	const char *last = strrchr(origin, '/') + 1;
	bool short_name = str_starts(host, "min.togetter");

	if (last <= host || !*last)
		return NULL;
	return arena_printf(&m->found.arena, "%.*s-%.48s",
			    short_name ? 3 : (int)strcspn(host, "./:"), host, last);
}

static bool is_log(const char *origin)
{
	return origin && strstr(origin, "twilog");
}

static void lead_on(struct matome *m, const char *url, const char *text)
{
	struct mention mention = { .kind = MENTION_THREAD, .url = url, .text = text };

	if (url && !m->failed && m->client->mention &&
	    !m->client->mention(m->client->owner, &mention, m->err))
		m->failed = true;
}

static void hand_thread(struct matome *m)
{
	struct str title = STR_INIT;
	struct found_thread thread = { .lang = LANG, .zone = ZONE };

	thread.origin = found_origin(&m->found.arena, page_fact(&m->facts, PAGE_URL));
	if (is_log(thread.origin) || !m->found.item_count || !m->client->thread)
		return;
	page_facts_title(&m->facts, &title);
	thread.part = page_facts_part(&m->facts);
	thread.slug = thread.origin ? slug_of(m, thread.origin) : NULL;
	thread.title = intake_line(&m->found.arena, title.buf);
	thread.description = intake_text(&m->found.arena, page_fact(&m->facts, PAGE_DESCRIPTION));
	thread.curator = intake_line(&m->found.arena, page_fact(&m->facts, PAGE_CURATOR));
	gathered_tell(&m->found, &thread);
	if (!m->client->thread(m->client->owner, &thread, m->err))
		m->failed = true;
	str_release(&title);
}

static bool conclude(struct matome *m, bool whole)
{
	const struct import_report *r = m->report;

	if (m->failed)
		return false;
	if (!whole || m->too_long)
		note_bad(m);
	if (!r->posts && !r->dropped && !m->found.item_count)
		return err_set(m->err, ERR_MALFORMED,
			       "%s: there is no post on this page that can be read", m->name);
	hand_thread(m);
	if (m->more_waits)
		lead_on(m, page_fact(&m->facts, PAGE_URL),
			"the end of this page was not loaded when it was saved");
	if (page_fact(&m->facts, PAGE_NEXT))
		lead_on(m, page_fact(&m->facts, PAGE_NEXT), "next page");
	return !m->failed;
}

bool import_matome(FILE *in, const char *name, int64_t now, const struct import_client *client,
		   struct import_report *report, struct err *err)
{
	struct matome *m = xcalloc(1, sizeof(*m));
	struct hyper_client hypertext = events;
	bool ok;

	*report = (struct import_report){ 0 };
	*m = (struct matome){ .name = name,
			      .now = now,
			      .client = client,
			      .report = report,
			      .err = err,
			      .script = STR_INIT,
			      .evidence = STR_INIT,
			      .more = STR_INIT,
			      .page = PAGE_INIT };
	page_facts_begin(&m->facts);
	m->page.judge = client->judge;
	m->page.judge_owner = client->owner;
	hypertext.owner = m;
	hypertext.comment = on_comment;
	m->hyper = hyper_new(&hypertext);
	ok = conclude(m, hyper_read(in, m->hyper));
	if (ok && ferror(in))
		ok = err_set(err, ERR_IO, "%s cannot be read: %m", name);
	hyper_free(m->hyper);
	grove_release(&m->grove);
	page_facts_release(&m->facts);
	page_release(&m->page);
	str_release(&m->script);
	str_release(&m->evidence);
	str_release(&m->more);
	gathered_release(&m->found);
	free(m);
	return ok;
}
