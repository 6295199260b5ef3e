#include "archive/import/blog.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/decode.h"
#include "archive/import/matome.h"
#include "archive/source/intake.h"

struct blog {
	const char *name;
	int64_t now;
	const struct import_client *client;
	struct import_report *report;
	struct err *err;
	bool failed;
	struct hyper *hyper;
	struct grove grove;
	bool in_fact; /* what is gathered tells of the page */
	struct page_facts facts;
	struct page page;
	struct str evidence;
	struct sniffer sniffer;
};

/* The page's address; of one that does not tell it, the file's name. */
static const char *page_name(const struct blog *b)
{
	const char *taken = page_fact(&b->facts, PAGE_TAKEN);
	const char *url = page_fact(&b->facts, PAGE_URL);
	const char *slash = strrchr(b->name, '/');

	if (taken || url)
		return taken ? taken : url;
	return slash ? slash + 1 : b->name;
}

static void write_evidence(struct blog *b)
{
	str_clear(&b->evidence);
	str_add(&b->evidence, "<html><head><meta charset=\"utf-8\"><meta name=\"archive:taken\" "
			      "content=\"");
	node_add_escaped(&b->evidence, page_name(b), strlen(page_name(b)));
	str_add(&b->evidence, "\"></head><body>\n");
	node_add_html(b->grove.root, &b->evidence);
	str_add(&b->evidence, "\n</body></html>\n");
}

static void read_embed(struct blog *b)
{
	struct post *post;
	enum fate fate;

	page_clear(&b->page);
	write_evidence(b);
	b->report->elements++;
	post = page_add(&b->page);
	/* what is not told here, its address tells */
	if (!embed_read(&b->grove, &b->page.arena, post))
		return;
	post->taken = page_name(b);
	post->fetched = b->now;
	post->place = arena_printf(&b->page.arena, "line %lld", (long long)b->grove.line);
	b->page.matched = 1;
	fate = intake_judge(&b->page, post, FATE_KEPT);
	b->report->dropped += fate == FATE_DROPPED;
	b->report->posts += fate != FATE_DROPPED;
	if (fate != FATE_DROPPED)
		b->failed = !b->client->take(b->client->owner, &b->page, b->evidence.buf,
					     b->evidence.len, b->err);
}

static void on_start(void *owner, const char *name, const struct hyper_attr *attrs, size_t count)
{
	struct blog *b = owner;
	struct hyper_attr own[64];
	struct node element = { .name = name, .attrs = own };

	if (b->grove.root) {
		grove_start(&b->grove, name, attrs, count);
		return;
	}
	for (; element.attr_count < count && element.attr_count < ARRAY_LEN(own);
	     element.attr_count++)
		own[element.attr_count] = attrs[element.attr_count];
	b->in_fact = !embed_begins(&element);
	if (b->in_fact && !(str_same(name, "meta") || str_same(name, "link")))
		return;
	b->grove.line = hyper_line(b->hyper);
	grove_start(&b->grove, name, attrs, count);
}

static void on_text(void *owner, const char *bytes, size_t len)
{
	struct blog *b = owner;

	grove_text(&b->grove, bytes, len);
}

static void on_end(void *owner, const char *name)
{
	struct blog *b = owner;

	(void)name;
	if (!grove_end(&b->grove))
		return;
	if (b->in_fact)
		page_facts_read(&b->facts, b->grove.root);
	else
		read_embed(b);
	grove_clear(&b->grove);
	if (b->failed)
		hyper_stop(b->hyper);
}

/* A page of Markdown has no element around it. */
static void read_all(struct blog *b, FILE *in)
{
	struct decode *decode = xcalloc(1, sizeof(*decode));
	struct str chunk = STR_INIT;

	decode_begin(decode, in);
	hyper_fragment(b->hyper, "", 0);
	while (!b->failed && !b->sniffer.failed && decode_next(decode, &chunk)) {
		hyper_feed(b->hyper, chunk.buf, chunk.len);
		sniffer_add(&b->sniffer, chunk.buf, chunk.len);
	}
	if (!hyper_finish(b->hyper) && !b->failed)
		snprintf(b->report->bad_place, sizeof(b->report->bad_place), "line %lld",
			 (long long)hyper_line(b->hyper));
	if (b->failed)
		b->sniffer.failed = true;
	sniffer_end(&b->sniffer);
	decode_end(decode);
	free(decode);
	str_release(&chunk);
}

bool import_blog(FILE *in, const char *name, int64_t now, const struct import_client *client,
		 struct import_report *report, struct err *err)
{
	struct blog *b = xcalloc(1, sizeof(*b));
	const struct hyper_client events = {
		.start = on_start, .end = on_end, .text = on_text, .owner = b
	};
	bool ok;

	*report = (struct import_report){ 0 };
	*b = (struct blog){ .name = name,
			    .now = now,
			    .client = client,
			    .report = report,
			    .err = err,
			    .evidence = STR_INIT,
			    .page = PAGE_INIT };
	b->sniffer = (struct sniffer){ .client = client,
				       .err = err,
				       .headings = true,
				       .line = STR_INIT,
				       .heading = STR_INIT,
				       .number = 1 };
	page_facts_begin(&b->facts);
	b->page.judge = client->judge;
	b->page.judge_owner = client->owner;
	b->hyper = hyper_new(&events);
	read_all(b, in);
	ok = !b->sniffer.failed;
	if (ok && ferror(in))
		ok = err_set(err, ERR_IO, "%s cannot be read: %m", name);
	else if (ok && !report->posts && !report->dropped && !b->sniffer.found)
		ok = err_set(err, ERR_MALFORMED,
			     "%s: there is no post in it, nor an address of one", name);
	hyper_free(b->hyper);
	grove_release(&b->grove);
	page_facts_release(&b->facts);
	page_release(&b->page);
	str_release(&b->evidence);
	free(b);
	return ok;
}

bool import_text(FILE *in, const char *name, int64_t now, const struct import_client *client,
		 struct import_report *report, struct err *err)
{
	struct decode *decode = xcalloc(1, sizeof(*decode));
	struct sniffer s = {
		.client = client, .err = err, .line = STR_INIT, .heading = STR_INIT, .number = 1
	};
	struct str chunk = STR_INIT;
	bool ok;

	(void)now;
	*report = (struct import_report){ 0 };
	decode_begin(decode, in);
	while (!s.failed && decode_next(decode, &chunk))
		sniffer_add(&s, chunk.buf, chunk.len);
	sniffer_end(&s);
	decode_end(decode);
	free(decode);
	str_release(&chunk);
	ok = !s.failed;
	if (ok && ferror(in))
		ok = err_set(err, ERR_IO, "%s cannot be read: %m", name);
	else if (ok && !s.found)
		ok = err_set(err, ERR_MALFORMED, "%s: there is no address of a post in it", name);
	return ok;
}
