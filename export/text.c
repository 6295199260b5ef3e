#include "archive/export/text.h"

#include <string.h>

#include "archive/export/entry.h"
#include "archive/export/parts.h"
#include "archive/export/teller.h"
#include "archive/text/link.h"
#include "archive/text/lines.h"
#include "archive/text/utf8.h"

#define NARROWEST 20
#define INDENT	  "  "
#define QUOTED	  "  > "

struct letter {
	struct teller teller;
	struct str buf, line;
	int columns;
};

/* ---- lines ---- */

static bool is_address(const char *text, size_t len)
{
	return (len > 8 && (memcmp(text, "https://", 8) == 0 || memcmp(text, "http://", 7) == 0)) &&
	       !memchr(text, ' ', len);
}

static void add_line(struct letter *l, const char *before, const char *text, size_t len)
{
	size_t lead = strlen(before);

	while (len > 0 && text[len - 1] == ' ')
		len--;
	while (len == 0 && lead > 0 && before[lead - 1] == ' ')
		lead--;
	str_add_n(&l->buf, before, lead);
	str_add_n(&l->buf, text, len);
	str_add_char(&l->buf, '\n');
}

/* A line of text as so many lines as it takes; an address is never broken. */
static void fold(struct letter *l, const char *before, const char *text)
{
	int columns = l->columns - (int)strlen(before);

	while (*text) {
		size_t left = strlen(text), len = lines_fit(text, left, columns);
		size_t word = strcspn(text, " ");

		if (len < word && is_address(text, word))
			len = word;
		add_line(l, before, text, len);
		text += len;
		text += strspn(text, " ");
	}
}

/* Foreign text, its own lines kept; no more than one empty line between two. */
static void add_text(struct letter *l, const char *before, const char *text)
{
	struct str plain = STR_INIT;
	bool gap = false, any = false;

	utf8_add_plain(&plain, text, strlen(text), false);
	for (const char *p = plain.buf; *p;) {
		size_t len = strcspn(p, "\n");

		str_clear(&l->line);
		str_add_n(&l->line, p, len);
		p += len + (p[len] == '\n');
		if (!part_has_text(l->line.buf)) {
			gap = any;
			continue;
		}
		if (gap)
			add_line(l, before, "", 0);
		fold(l, before, l->line.buf + strspn(l->line.buf, " \t"));
		gap = false;
		any = true;
	}
	str_release(&plain);
}

static void add_ruled(struct letter *l, const char *text, char rule)
{
	size_t start = l->buf.len;
	int columns = 0;

	str_clear(&l->line);
	tell_line(&l->line, text);
	fold(l, "", l->line.buf);
	for (size_t at = start; at < l->buf.len && l->buf.buf[at] != '\n';) {
		size_t len = utf8_cluster(l->buf.buf + at, l->buf.len - at);

		columns += utf8_cluster_columns(l->buf.buf + at, len);
		at += len;
	}
	for (; columns > 0; columns--)
		str_add_char(&l->buf, rule);
	str_add(&l->buf, "\n");
}

static void add_address(struct letter *l, const char *before, const char *url)
{
	struct str clean = STR_INIT;

	if (url && link_add_clean(&clean, url))
		add_line(l, before, clean.buf, clean.len);
	str_release(&clean);
}

/* ---- posts ---- */

static void add_who(struct letter *l, const char *before, const struct post *post)
{
	struct str line = STR_INIT;

	tell_moment(&l->teller, &line, post->created);
	str_add(&line, line.len > 0 ? " " : "");
	tell_line(&line, tell_name(&post->author));
	if (post->author.handle && !str_same(post->author.handle, post->author.name)) {
		str_add_char(&line, ' ');
		tell_line(&line, post->author.handle);
	}
	str_addf(&line, " · %s", network_label(post->network));
	tell_marks(&l->teller, &line, post);
	fold(l, before, line.buf);
	str_release(&line);
}

static void add_card(struct letter *l, const char *before, const struct card *card)
{
	struct str line = STR_INIT, more = STR_INIT;

	if (!card || !card->url)
		return;
	tell_card(&more, card);
	if (part_has_text(card->title))
		str_add(&line, card->title);
	str_add(&line, line.len > 0 && more.len > 0 ? " — " : "");
	str_add(&line, more.buf);
	if (line.len > 0)
		fold(l, before, line.buf);
	add_address(l, before, card->url);
	str_release(&line);
	str_release(&more);
}

static void add_body(struct letter *l, const char *before, const struct post *post,
		     const struct item *item)
{
	struct str line = STR_INIT, own = STR_INIT;

	if (part_has_text(post->spoiler)) {
		language_fill(&line, l->teller.language->warning, post->spoiler, NULL);
		add_text(l, before, line.buf);
	}
	add_text(l, before, post->text ? post->text : "");
	for (size_t i = 0; i < post->media_count; i++) {
		str_clear(&line);
		str_add_char(&line, '[');
		tell_medium(&l->teller, &line, &post->media[i],
			    item ? tell_own_words(item, i, &own) : NULL);
		str_add_char(&line, ']');
		fold(l, before, line.buf);
	}
	for (size_t i = 0; post->poll && i < post->poll->option_count; i++) {
		str_clear(&line);
		str_add(&line, "- ");
		tell_option(&l->teller, &line, post->poll, i);
		fold(l, before, line.buf);
	}
	add_card(l, before, post->card);
	str_release(&line);
	str_release(&own);
}

static void add_taken(struct letter *l, const struct post *post)
{
	if (!post->taken)
		return;
	fold(l, INDENT, l->teller.language->taken);
	if (link_safe_web(post->taken))
		add_address(l, INDENT, post->taken);
}

static void add_post(struct letter *l, const struct item *item)
{
	const struct post *post = item->post;

	if (!entry_may_show(post))
		return;
	add_who(l, "", post);
	add_body(l, INDENT, post, item);
	if (entry_may_show(item->quote)) {
		add_who(l, QUOTED, item->quote);
		add_body(l, QUOTED, item->quote, NULL);
	}
	add_address(l, INDENT, post->url);
	add_taken(l, post);
	for (size_t i = 0; i < item->also_count; i++)
		if (entry_may_show(item->also[i]))
			add_address(l, INDENT, item->also[i]->url);
	str_add_char(&l->buf, '\n');
}

/* ---- the rest ---- */

static void add_heading(struct letter *l, const struct item *item)
{
	str_add_char(&l->buf, '\n');
	add_ruled(l, part_has_text(item->text) ? item->text : l->teller.thread->slug, '-');
	if (part_has_text(item->speaker))
		add_text(l, "", item->speaker);
	if (part_has_text(item->label))
		add_text(l, "", item->label);
	add_address(l, "", item->url);
	str_add_char(&l->buf, '\n');
}

/* The curator's own words: a star in front of the first line. */
static void add_remark(struct letter *l, const struct item *item)
{
	size_t start = l->buf.len;

	if (part_has_text(item->text))
		add_text(l, INDENT, item->text);
	add_address(l, INDENT, item->url);
	if (l->buf.len == start)
		return;
	l->buf.buf[start] = '*';
	str_add_char(&l->buf, '\n');
}

static void add_item(struct letter *l, const struct item *item)
{
	switch (item->kind) {
	case ITEM_POST:
		add_post(l, item);
		break;
	case ITEM_HEADING:
		add_heading(l, item);
		break;
	case ITEM_NOTE:
	case ITEM_LINK:
		add_remark(l, item);
		break;
	}
}

static void add_head(struct letter *l, const struct fragment_facts *facts)
{
	struct str line = STR_INIT;

	add_ruled(l, tell_title(&l->teller), '=');
	tell_facts(&l->teller, &line, facts);
	str_add_char(&l->buf, '\n');
	fold(l, "", line.buf);
	str_add_char(&l->buf, '\n');
	if (part_has_text(l->teller.thread->description)) {
		add_text(l, "", l->teller.thread->description);
		str_add_char(&l->buf, '\n');
	}
	str_release(&line);
}

static void add_foot(struct letter *l, const struct fragment_facts *facts)
{
	struct str line = STR_INIT;

	tell_curator(&l->teller, &line);
	tell_footer(&l->teller, &line, facts);
	str_add(&l->buf, "\n-- \n"); /* what follows is a signature to a mail program */
	fold(l, "", line.buf);
	str_release(&line);
}

bool text_write(FILE *out, const struct thread *thread, const struct fragment_facts *facts,
		struct item_iter *items, int columns, struct err *err)
{
	struct letter l = {
		.teller = teller_of(thread, facts),
		.buf = STR_INIT,
		.line = STR_INIT,
		.columns = columns < NARROWEST ? NARROWEST : columns,
	};
	struct item item = { 0 };
	bool ok = false;
	int rc;

	add_head(&l, facts);
	while ((rc = items->next(items, &item, err)) > 0) {
		add_item(&l, &item);
		if (!tell_out(out, &l.buf, err))
			goto out;
		item = (struct item){ 0 };
	}
	add_foot(&l, facts);
	ok = rc == 0 && tell_out(out, &l.buf, err);
out:
	str_release(&l.buf);
	str_release(&l.line);
	return ok;
}
