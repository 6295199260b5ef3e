#include "archive/export/fragment.h"

#include <errno.h>
#include <string.h>

#include "archive/base/zone.h"
#include "archive/export/entry.h"
#include "archive/export/safe.h"
#include "archive/text/link.h"

#define LEVEL_DEFAULT 3
#define LEVEL_MAX     5

static void write_title(struct writer *w)
{
	const char *title = part_has_text(w->thread->title) ? w->thread->title : w->thread->slug;

	part_whole(w, PART_TITLE, title);
	part_line(w);
}

static void write_range(struct writer *w, const struct fragment_facts *facts)
{
	char iso[ZONE_ISO_SIZE];

	zone_format_iso(w->zone, facts->first, iso);
	part_date_and_clock(&w->buf, iso);
	str_add(&w->buf, w->many_days ? " – " : "–");
	zone_format_iso(w->zone, facts->last, iso);
	part_moment(w, &w->buf, iso);
	str_add(&w->buf, " · ");
}

static void write_tags(struct writer *w)
{
	struct str tag = STR_INIT;

	for (size_t i = 0; i < w->thread->tag_count; i++) {
		str_clear(&tag);
		str_addf(&tag, "#%s", w->thread->tags[i]);
		part_whole(w, PART_TAG, tag.buf);
		str_add(&w->buf, i + 1 < w->thread->tag_count ? " " : " · ");
	}
	str_release(&tag);
}

static void write_counts(struct writer *w, const struct fragment_facts *facts)
{
	struct str posts = STR_INIT;
	struct str people = STR_INIT;

	language_count(&posts, &w->language->posts, facts->posts);
	language_count(&people, &w->language->people, facts->authors);
	language_fill(&w->buf, w->language->counts, posts.buf, people.buf);
	str_release(&posts);
	str_release(&people);
}

static void write_head(struct writer *w, const struct fragment_facts *facts)
{
	part_begin(w, PART_ROOT);
	part_attr(w, "lang",
		  w->thread->lang && *w->thread->lang ? w->thread->lang : w->language->code);
	part_end(w);
	part_line(w);
	write_title(w);
	part_open(w, PART_FACTS);
	if (facts->first && facts->last)
		write_range(w, facts);
	write_tags(w);
	write_counts(w, facts);
	part_close(w, PART_FACTS);
	part_line(w);
}

static void write_collected(struct writer *w, const struct fragment_facts *facts)
{
	struct str networks = STR_INIT;
	struct str date = STR_INIT;
	char iso[ZONE_ISO_SIZE];

	for (int n = 0; n < NETWORK_COUNT; n++) {
		if (!facts->networks[n])
			continue;
		str_add(&networks, networks.len > 0 ? w->language->separator : "");
		str_add(&networks, network_label((enum network)n));
	}
	if (facts->collected && networks.len > 0) {
		zone_format_iso(w->zone, facts->collected, iso);
		part_date(&date, iso);
		language_fill(&w->buf, w->language->collected, date.buf, networks.buf);
	}
	str_release(&networks);
	str_release(&date);
}

static void write_foot(struct writer *w, const struct fragment_facts *facts)
{
	part_open(w, PART_FOOT);
	write_collected(w, facts);
	str_add(&w->buf, w->language->deleted);
	language_fill(&w->buf, w->language->zone, w->zone, NULL);
	part_close(w, PART_FOOT);
	part_line(w);
	part_close(w, PART_ROOT);
	part_line(w);
}

static void write_heading(struct writer *w, const struct item *item)
{
	struct str id = STR_INIT;

	str_addf(&id, "%s-%s", w->thread->slug, item->key ? item->key : "");
	part_begin(w, PART_HEADING);
	if (item->key)
		part_attr(w, "id", id.buf);
	part_end(w);
	part_text(w, item->text);
	part_close(w, PART_HEADING);
	part_line(w);
	str_release(&id);
}

/* A line of a curator's own words, its URLs linked. */
static void write_words(struct writer *w, const char *text, size_t len)
{
	struct link_span span;
	struct str url = STR_INIT;
	size_t from = 0;

	for (size_t look = 0; link_next(text, len, look, &span); look = span.end) {
		if (span.kind != LINK_URL)
			continue;
		str_clear(&url);
		str_add(&url, span.bare ? "https://" : "");
		str_add_n(&url, text + span.start, span.end - span.start);
		safe_add_text(&w->buf, text + from, span.start - from);
		from = span.start;
		if (part_link(w, PART_A, url.buf, NULL)) {
			safe_add_text(&w->buf, text + span.start, span.end - span.start);
			part_close(w, PART_A);
			from = span.end;
		}
	}
	safe_add_text(&w->buf, text + from, len - from);
	str_release(&url);
}

/* Lines become br, empty lines part paragraphs. */
static void write_paragraphs(struct writer *w, const char *text)
{
	enum part part = PART_P;
	bool open = false;

	for (size_t len; *text; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		if (safe_has_text(text, len)) {
			if (open)
				str_add(&w->buf, "<br />");
			else
				part_open(w, part);
			open = true;
			write_words(w, text, len);
		} else if (open) {
			part_close(w, part);
			part = PART_P_MORE;
			open = false;
		}
	}
	if (open)
		part_close(w, part);
}

static void write_note(struct writer *w, const char *text)
{
	if (!part_has_text(text))
		return;
	part_open(w, PART_NOTE);
	write_paragraphs(w, text);
	part_close(w, PART_NOTE);
	part_line(w);
}

static void write_link(struct writer *w, const struct item *item)
{
	const char *label = part_has_text(item->text) ? item->text : item->url;
	bool linked;

	if (!label)
		return;
	part_open(w, PART_LINK);
	linked = part_link(w, PART_A, item->url, NULL);
	part_text(w, label);
	if (linked)
		part_close(w, PART_A);
	part_close(w, PART_LINK);
	part_line(w);
}

static void write_item(struct writer *w, const struct item *item)
{
	switch (item->kind) {
	case ITEM_POST:
		entry_write(w, item->post, item->quote);
		break;
	case ITEM_HEADING:
		write_heading(w, item);
		break;
	case ITEM_NOTE:
		write_note(w, item->text ? item->text : "");
		break;
	case ITEM_LINK:
		write_link(w, item);
		break;
	}
}

/* Hands on what is written, so that memory holds one item at a time. */
static bool flush(struct writer *w, FILE *out, struct err *err)
{
	size_t len = w->buf.len;

	if (fwrite(w->buf.buf, 1, len, out) != len)
		return err_set(err, ERR_IO, "the fragment cannot be written: %s", strerror(errno));
	str_clear(&w->buf);
	return true;
}

static bool on_many_days(const char *zone, int64_t first, int64_t last)
{
	struct civil a, b;

	zone_civil(zone, first, &a);
	zone_civil(zone, last, &b);
	return a.year != b.year || a.month != b.month || a.day != b.day;
}

static int level_of(const struct fragment_options *options)
{
	if (options->heading_level < 1)
		return LEVEL_DEFAULT;
	return options->heading_level > LEVEL_MAX ? LEVEL_MAX : options->heading_level;
}

bool fragment_write(FILE *out, const struct thread *thread, const struct fragment_facts *facts,
		    struct item_iter *items, const struct fragment_options *opts, struct err *err)
{
	const char *zone = zone_known(thread->zone) ? thread->zone : "UTC";
	struct writer w = {
		.buf = STR_INIT,
		.scratch = STR_INIT,
		.style = opts->style,
		.level = level_of(opts),
		.thread = thread,
		.language = language_find(thread->lang),
		.zone = zone,
		.many_days = on_many_days(zone, facts->first, facts->last),
	};
	struct item item = { 0 };
	bool ok = false;
	int rc;

	write_head(&w, facts);
	while ((rc = items->next(items, &item, err)) > 0) {
		write_item(&w, &item);
		if (!flush(&w, out, err))
			goto out;
		item = (struct item){ 0 };
	}
	write_foot(&w, facts);
	ok = rc == 0 && flush(&w, out, err);
out:
	str_release(&w.buf);
	str_release(&w.scratch);
	return ok;
}
