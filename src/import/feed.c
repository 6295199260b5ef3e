#include "archive/import/feed.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/found.h"
#include "archive/import/xml.h"
#include "archive/markup/markup.h"
#include "archive/source/intake.h"

struct feed {
	const char *name;
	int64_t now;
	const struct import_client *client;
	struct import_report *report;
	struct err *err;
	bool failed;
	struct xml *xml;
	struct grove grove, content;
	struct page page;
	struct str evidence, address;
	const char *taken; /* the feed's own address, or the file's name */
	struct arena keep;
	size_t depth;
};

/* An entry's own names: RSS, then Atom. */
static const struct fact links[] = {
	{ "link[rel=alternate]", "href" }, { "link", NULL }, { "guid", NULL },
	{ "link[href]", "href" },	   { "id", NULL },   { NULL, NULL },
};
static const struct fact times[] = {
	{ "pubDate", NULL }, { "published", NULL }, { "dc:date", NULL },
	{ "date", NULL },    { "updated", NULL },   { NULL, NULL },
};
static const struct fact names[] = {
	{ "author name", NULL },
	{ "dc:creator", NULL },
	{ NULL, NULL },
};
static const struct fact alts[] = { { "media:description", NULL }, { NULL, NULL } };
static const struct fact ratings[] = { { "media:rating", NULL }, { NULL, NULL } };
static const char *const contents[] = { "content:encoded", "content", "description", "summary",
					"title" };

/* ---- an entry ---- */

static const char *text_of(struct feed *f, const struct node *root)
{
	struct str text = STR_INIT;
	const char *made = NULL;

	for (size_t i = 0; i < ARRAY_LEN(contents) && !made; i++) {
		const struct node *node = node_find(root, contents[i]);

		str_clear(&text);
		for (const struct node *at = node; at; at = node_after(at, node))
			if (at->text)
				str_add(&text, at->text);
		if (text.len > 0)
			made = arena_strndup(&f->page.arena, text.buf, text.len);
	}
	str_release(&text);
	return made;
}

static void content_start(void *owner, const char *name, const struct hyper_attr *attrs,
			  size_t count)
{
	grove_start(owner, name, attrs, count);
}

static void content_end(void *owner, const char *name)
{
	(void)name;
	grove_end(owner);
}

static void content_text(void *owner, const char *bytes, size_t len)
{
	grove_text(owner, bytes, len);
}

/* The HTML of an entry as a tree: the tags of Mastodon's links are known by their classes. */
static struct node *content_tree(struct feed *f, const char *html)
{
	const struct hyper_client client = { .start = content_start,
					     .end = content_end,
					     .text = content_text,
					     .owner = &f->content };
	struct hyper *h = hyper_new(&client);

	grove_clear(&f->content);
	hyper_fragment(h, html, strlen(html));
	hyper_finish(h);
	hyper_free(h);
	return f->content.root;
}

/* Mastodon: "<p><strong>Content warning:</strong> …</p><hr>" before the text. */
static void take_spoiler(struct feed *f, struct node *root, struct post *post)
{
	struct node *first = root->first;
	struct str text = STR_INIT;

	if (first && str_same(first->name, "p") && first->next &&
	    str_same(first->next->name, "hr") && first->first &&
	    str_same(first->first->name, "strong")) {
		for (const struct node *at = first->first->next; at; at = at->next) {
			if (at->text)
				str_add(&text, at->text);
			else
				node_add_text(at, &text);
		}
		post->spoiler = intake_text(&f->page.arena, text.buf);
		post->sensitive = true;
		root->first = first->next->next;
	}
	str_release(&text);
}

static void read_media(struct feed *f, const struct node *root, struct post *post)
{
	struct arena *arena = &f->page.arena;
	struct media *media = arena_array(arena, INTAKE_MAX_PARTS, sizeof(*media));
	const struct node *node = root;

	while (post->media_count < INTAKE_MAX_PARTS &&
	       (node = node_find_next(root, node, "media:content,enclosure"))) {
		const char *rating;
		const char *url = intake_url(arena, node_attr(node, "url"));
		const char *type = node_attr(node, "type");

		if (!url)
			continue;
		media[post->media_count++] = (struct media){
			.kind = !type || str_starts(type, "image/") ? MEDIA_IMAGE
				: str_starts(type, "video/")	    ? MEDIA_VIDEO
				: str_starts(type, "audio/")	    ? MEDIA_AUDIO
								    : MEDIA_UNKNOWN,
			.url = url,
			.alt = found_fact(arena, node, alts),
		};
		rating = found_fact(arena, node, ratings);
		post->sensitive = post->sensitive || str_same(rating, "adult");
	}
	post->media = media;
}

static bool read_post(struct feed *f, const struct node *root, struct post *post)
{
	struct arena *arena = &f->page.arena;
	const char *text = text_of(f, root);
	const char *time = found_fact(arena, root, times);
	bool named = false;

	for (const struct fact *fact = links; fact->selector && !named; fact++) {
		const struct fact one[] = { *fact, { NULL, NULL } };
		const char *url = found_fact(arena, root, one);

		named = url && found_names(arena, url, post);
	}
	post->created = time ? found_moment(time) : 0;
	if (!named || !post->uri || !post->author.handle || !post->author.uri || !post->created)
		return false;
	post->author.name = found_fact(arena, root, names);
	if (!post->author.name)
		post->author.name = post->author.handle;
	read_media(f, root, post);
	if (text) {
		struct node *tree = content_tree(f, text);

		take_spoiler(f, tree, post);
		found_text(&f->content, tree, arena, post);
	}
	return post->text || post->media_count;
}

/* ---- what is handed out ---- */

static void write_evidence(struct feed *f)
{
	str_clear(&f->evidence);
	str_add(&f->evidence, "<rss xmlns:media=\"http://search.yahoo.com/mrss/\" "
			      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
			      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
			      "taken=\"");
	node_add_escaped(&f->evidence, f->taken, strlen(f->taken));
	str_add(&f->evidence, "\"><channel>\n");
	node_add_xml(f->grove.root, &f->evidence);
	str_add(&f->evidence, "\n</channel></rss>\n");
}

static void hand_mention(struct feed *f, const char *place)
{
	struct arena *arena = &f->page.arena;
	const char *url = NULL;
	struct mention mention = { .kind = MENTION_POST, .place = place };

	for (const struct fact *fact = links; fact->selector && !mention.url; fact++) {
		const struct fact one[] = { *fact, { NULL, NULL } };

		url = found_fact(arena, f->grove.root, one);
		if (url && found_is_post(arena, url))
			mention.url = url;
	}
	if (mention.url && f->client->mention)
		f->failed = !f->client->mention(f->client->owner, &mention, f->err);
	if (mention.url)
		return;
	f->report->unknown++;
	if (!f->report->bad_place[0])
		snprintf(f->report->bad_place, sizeof(f->report->bad_place), "%s", place);
}

static void read_entry(struct feed *f)
{
	struct post *post;
	enum fate fate;

	page_clear(&f->page);
	f->report->elements++;
	write_evidence(f);
	post = page_add(&f->page);
	post->place = arena_printf(&f->page.arena, "line %lld", (long long)f->grove.line);
	if (!read_post(f, f->grove.root, post)) {
		hand_mention(f,
			     arena_printf(&f->page.arena, "line %lld", (long long)f->grove.line));
		return;
	}
	post->place = arena_printf(&f->page.arena, "line %lld", (long long)f->grove.line);
	post->taken = f->taken;
	post->fetched = f->now;
	f->page.matched = 1;
	fate = intake_judge(&f->page, post, FATE_KEPT);
	f->report->dropped += fate == FATE_DROPPED;
	f->report->posts += fate != FATE_DROPPED;
	if (fate != FATE_DROPPED)
		f->failed = !f->client->take(f->client->owner, &f->page, f->evidence.buf,
					     f->evidence.len, f->err);
}

/* ---- events ---- */

/* Of what the reader itself wrote as evidence. */
static void note_taken(struct feed *f, const char *taken)
{
	if (!taken)
		return;
	str_add(&f->address, taken);
	f->taken = f->address.buf;
}

static void on_start(void *owner, const char *name, const struct hyper_attr *attrs, size_t count)
{
	struct feed *f = owner;
	bool entry = str_same(name, "item") || str_same(name, "entry");
	bool link = f->depth <= 2 && str_same(name, "link");

	if (!f->depth++)
		note_taken(f, hyper_attr(attrs, count, "taken"));
	if (!f->grove.root && !entry && !link)
		return;
	if (!f->grove.root)
		f->grove.line = xml_line(f->xml);
	grove_start(&f->grove, name, attrs, count);
}

static void on_text(void *owner, const char *bytes, size_t len)
{
	struct feed *f = owner;

	grove_text(&f->grove, bytes, len);
}

/* The address of the feed's own page stands before its entries. */
static void note_address(struct feed *f)
{
	const struct fact own[] = { { "link", NULL }, { "link[href]", "href" }, { NULL, NULL } };
	const char *url = found_fact(&f->keep, f->grove.root, own);

	if (url && intake_url(&f->keep, url) && !f->address.len) {
		str_add(&f->address, intake_url(&f->keep, url));
		f->taken = f->address.buf;
	}
}

static void on_end(void *owner, const char *name)
{
	struct feed *f = owner;

	(void)name;
	f->depth -= f->depth > 0;
	if (!grove_end(&f->grove))
		return;
	if (str_same(f->grove.root->name, "link"))
		note_address(f);
	else
		read_entry(f);
	grove_clear(&f->grove);
	if (f->failed)
		xml_stop(f->xml);
}

static bool conclude(struct feed *f, bool whole, struct err *why)
{
	struct import_report *r = f->report;

	if (f->failed)
		return false;
	if (!whole && !r->elements) {
		*f->err = *why;
		return false;
	}
	if (!whole)
		snprintf(r->bad_place, sizeof(r->bad_place), "line %lld",
			 (long long)xml_line(f->xml));
	return true;
}

bool import_feed(FILE *in, const char *name, int64_t now, const struct import_client *client,
		 struct import_report *report, struct err *err)
{
	struct feed *f = xcalloc(1, sizeof(*f));
	const struct hyper_client events = {
		.start = on_start, .end = on_end, .text = on_text, .owner = f
	};
	const char *slash = strrchr(name, '/');
	struct err why = { 0 };
	bool ok;

	*report = (struct import_report){ 0 };
	*f = (struct feed){ .name = name,
			    .now = now,
			    .client = client,
			    .report = report,
			    .err = err,
			    .evidence = STR_INIT,
			    .address = STR_INIT,
			    .page = PAGE_INIT };
	f->taken = slash ? slash + 1 : name;
	f->page.judge = client->judge;
	f->page.judge_owner = client->owner;
	f->xml = xml_new(&events);
	ok = xml_read(in, f->xml, name, &why);
	ok = conclude(f, ok, &why);
	if (ok && ferror(in))
		ok = err_set(err, ERR_IO, "%s cannot be read: %m", name);
	xml_free(f->xml);
	grove_release(&f->grove);
	grove_release(&f->content);
	page_release(&f->page);
	str_release(&f->evidence);
	str_release(&f->address);
	arena_release(&f->keep);
	free(f);
	return ok;
}
