#include "archive/curate/sheet.h"

#include <string.h>

#include "archive/base/amount.h"
#include "archive/base/zone.h"
#include "archive/curate/sheet-name.h"
#include "archive/curate/sheet-text.h"
#include "archive/text/utf8.h"

#define REMARK_LENGTH	 40 /* characters of a post's text */
#define REMARK_MAX_BYTES 1024
#define UNDECIDED                                                                               \
	"# undecided: a # taken away chooses the post, in the place where its time belongs; a " \
	"line that is moved\n"                                                                  \
	"# above this one stands where it was moved to; 'drop' instead of '#post' drops it\n"

/* ---- one line ---- */

static void add_style(struct str *out, const struct item *item)
{
	size_t start = out->len;

	str_add_char(out, '{');
	item_style_add(out, &item->style);
	if (item->fixed)
		str_add(out, out->len > start + 1 ? " fixed" : "fixed");
	str_add(out, "} ");
	if (out->len == start + strlen("{} "))
		str_truncate(out, start);
}

static void add_remark(struct str *out, const struct post *post, const char *zone)
{
	const char *name = post->author.name ? post->author.name : post->author.handle;
	const char *text = post->text ? post->text : "";
	size_t len = strnlen(text, REMARK_MAX_BYTES);
	size_t shown = utf8_offset(text, len, REMARK_LENGTH);
	struct civil time;

	zone_civil(zone, post->created, &time);
	str_addf(out, "  # %02d:%02d", time.hour, time.minute);
	if (name) {
		str_add_char(out, ' ');
		utf8_add_plain(out, name, utf8_offset(name, strnlen(name, REMARK_MAX_BYTES), 40),
			       true);
	}
	if (shown > 0)
		str_add(out, ": ");
	utf8_add_plain(out, text, shown, true);
	if (text[shown])
		str_add(out, "…");
	while (out->len > 0 && strchr(SHEET_BLANKS, out->buf[out->len - 1]))
		str_truncate(out, out->len - 1);
}

static void add_post(struct str *out, const char *word, const struct sheet_line *line,
		     const char *zone)
{
	str_addf(out, "%s %s ", word, line->name);
	add_style(out, &line->item);
	str_truncate(out, out->len - 1);
	if (line->item.post)
		add_remark(out, line->item.post, zone);
	str_add_char(out, '\n');
}

/* Of a picture each: line n of the words is for picture n. */
static void add_alts(struct str *out, const char *words)
{
	for (int n = 1; words; n++) {
		size_t len = strcspn(words, "\n");

		if (len > 0) {
			str_addf(out, "alt %d ", n);
			sheet_add_escaped(out, words, len, SHEET_ESCAPE_PLAIN);
			str_add_char(out, '\n');
		}
		words = words[len] ? words + len + 1 : NULL;
	}
}

static void add_heading(struct str *out, const struct item *item, const char *zone)
{
	const char *title = item->text ? item->text : "";

	str_add(out, *title ? "\n## " : "\n##");
	sheet_add_escaped(out, title, strlen(title), SHEET_ESCAPE_KEY);
	if (item->key)
		str_addf(out, " {#%s%s}", item->key, item->fixed ? " fixed" : "");
	str_add_char(out, '\n');
	if (item->speaker) {
		str_add(out, "speaker: ");
		sheet_add_escaped(out, item->speaker, strlen(item->speaker), SHEET_ESCAPE_PLAIN);
		str_add_char(out, '\n');
	}
	if (item->url) {
		str_addf(out, "link: %s%s", item->url, item->label ? " " : "");
		sheet_add_escaped(out, item->label ? item->label : "",
				  item->label ? strlen(item->label) : 0, SHEET_ESCAPE_PLAIN);
		str_add_char(out, '\n');
	}
	if (item->starts) {
		str_add(out, "starts: ");
		sheet_add_time(out, zone, item->starts);
		str_add_char(out, '\n');
	}
}

static void add_note(struct str *out, const struct item *item)
{
	const char *text = item->text ? item->text : "";
	unsigned escape = SHEET_ESCAPE_BRACE | SHEET_ESCAPE_EMPTY;

	str_add(out, "note ");
	add_style(out, item);
	for (;;) {
		size_t len = strcspn(text, "\n");

		sheet_add_escaped(out, text, len, escape);
		str_add_char(out, '\n');
		if (!text[len])
			return;
		text += len + 1;
		str_add(out, "  ");
		escape = SHEET_ESCAPE_EMPTY;
	}
}

static void add_link(struct str *out, const struct item *item)
{
	str_add(out, "link ");
	add_style(out, item);
	str_addf(out, "%s%s", item->url, item->text ? " " : "");
	sheet_add_escaped(out, item->text ? item->text : "", item->text ? strlen(item->text) : 0,
			  SHEET_ESCAPE_PLAIN);
	str_add_char(out, '\n');
}

static void add_line(struct str *out, const struct sheet_line *line, const char *zone)
{
	const struct item *item = &line->item;

	if (line->dropped) {
		add_post(out, "drop", line, zone);
		return;
	}
	switch (item->kind) {
	case ITEM_POST:
		add_post(out, item->joined ? "also" : "post", line, zone);
		add_alts(out, item->text);
		break;
	case ITEM_HEADING:
		add_heading(out, item, zone);
		break;
	case ITEM_NOTE:
		add_note(out, item);
		break;
	case ITEM_LINK:
		add_link(out, item);
		break;
	}
}

/* ---- the file ---- */

static void add_setting(struct str *out, const char *name, const char *value)
{
	if (!value)
		return;
	str_addf(out, "%s: ", name);
	sheet_add_escaped(out, value, strlen(value), SHEET_ESCAPE_PLAIN);
	str_add_char(out, '\n');
}

static void add_window(struct str *out, const struct thread *thread)
{
	if (!thread->since && !thread->until)
		return;
	str_add(out, thread->since ? "window: " : "window: -");
	if (thread->since)
		sheet_add_time(out, thread->zone, thread->since);
	str_add(out, thread->until ? " " : " -");
	if (thread->until)
		sheet_add_time(out, thread->zone, thread->until);
	str_add_char(out, '\n');
}

static void add_settings(struct str *out, const struct thread *thread)
{
	add_setting(out, "slug", thread->slug);
	add_setting(out, "title", thread->title);
	add_setting(out, "description", thread->description);
	add_setting(out, "curator", thread->curator);
	for (size_t i = 0; i < thread->tag_count; i++)
		add_setting(out, "tag", thread->tags[i]);
	add_setting(out, "lang", thread->lang);
	add_setting(out, "zone", thread->zone);
	add_window(out, thread);
	if (thread->lag) {
		str_add(out, "lag: ");
		sheet_add_span(out, thread->lag);
		str_add_char(out, '\n');
	}
}

void sheet_write(struct str *out, const struct sheet *sheet)
{
	str_add(out, "# archive thread 1\n");
	add_settings(out, &sheet->thread);
	for (size_t i = 0; i < sheet->count; i++) {
		const struct sheet_line *line = &sheet->lines[i];
		bool begins = i == 0 || line->dropped != sheet->lines[i - 1].dropped;

		if (begins && (line->dropped || line->item.kind != ITEM_HEADING))
			str_add_char(out, '\n');
		add_line(out, line, sheet->thread.zone);
	}
}

void sheet_add_undecided(struct str *out)
{
	str_add(out, "\n" UNDECIDED);
}

void sheet_add_candidate(struct str *out, const struct post *post, const char *zone)
{
	struct arena arena = ARENA_INIT;
	const struct sheet_line line = {
		.name = sheet_name(&arena, post),
		.item = { .kind = ITEM_POST, .post = post },
	};

	add_post(out, "#post", &line, zone);
	arena_release(&arena);
}
