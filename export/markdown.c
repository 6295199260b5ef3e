#include "archive/export/markdown.h"

#include <string.h>

#include "archive/export/entry.h"
#include "archive/export/parts.h"
#include "archive/export/pictures.h"
#include "archive/export/teller.h"

#define LEVEL_MAX      5
#define MARKDOWN_LEVEL 2 /* under the title of the page it goes into */
#define QUOTE	       "> "
#define QUOTED	       "> > "

struct page {
	struct teller teller;
	struct str buf, line;
	int level;
	const struct fragment_options *options;
};

/* ---- small parts ---- */

static void add(struct page *p, const char *text)
{
	markdown_add_text(&p->buf, text, strlen(text));
}

static void add_heading_mark(struct page *p, int level)
{
	for (; level > 0; level--)
		str_add_char(&p->buf, '#');
	str_add_char(&p->buf, ' ');
}

static void begin_lines(struct page *p, const char *before)
{
	size_t len = strlen(before);

	while (len > 0 && before[len - 1] == ' ')
		len--;
	str_add_n(&p->buf, before, len);
	str_add_char(&p->buf, '\n');
}

/* A line of ours that is a paragraph by itself. */
static void add_paragraph(struct page *p, const char *before, const char *text)
{
	begin_lines(p, before);
	str_add(&p->buf, before);
	add(p, text);
	str_add_char(&p->buf, '\n');
}

/* ---- a post ---- */

static void add_time(struct page *p, const struct post *post)
{
	str_clear(&p->line);
	tell_moment(&p->teller, &p->line, post->created);
	if (p->line.len == 0)
		str_add(&p->line, p->teller.language->original);
	markdown_add_link(&p->buf, p->line.buf, post->url);
	str_add(&p->buf, " · ");
	add(p, network_label(post->network));
}

static void add_who(struct page *p, const char *before, const struct post *post)
{
	const struct author *author = &post->author;

	str_add(&p->buf, before);
	markdown_add_link(&p->buf, tell_name(author), author->url);
	if (author->handle && !str_same(author->handle, author->name)) {
		str_add_char(&p->buf, ' ');
		add(p, author->handle);
	}
	str_add(&p->buf, " · ");
	add_time(p, post);
	str_clear(&p->line);
	tell_marks(&p->teller, &p->line, post);
	add(p, p->line.buf);
	if (post->taken) {
		str_add(&p->buf, " · ");
		markdown_add_link(&p->buf, p->teller.language->taken, post->taken);
	}
	str_add_char(&p->buf, '\n');
}

/* "![words](SLUG.media/NAME)": a sound or a film by its still stays a link. */
static bool add_picture(struct page *p, const struct media *media)
{
	bool still = media->kind == MEDIA_IMAGE || media->kind == MEDIA_UNKNOWN;
	struct picture picture;

	if (!still || (!pictures_shown(p->options, media->url, &picture) &&
		       !pictures_shown(p->options, media->preview, &picture)))
		return false;
	str_add(&p->buf, "![");
	add(p, p->line.buf);
	str_add(&p->buf, "](");
	pictures_add_src(&p->buf, p->options, &picture);
	str_add_char(&p->buf, ')');
	return true;
}

static void add_media(struct page *p, const char *before, const struct post *post,
		      const struct item *item)
{
	struct str own = STR_INIT;

	for (size_t i = 0; i < post->media_count; i++) {
		const struct media *media = &post->media[i];

		str_clear(&p->line);
		tell_medium(&p->teller, &p->line, media,
			    item ? tell_own_words(item, i, &own) : NULL);
		begin_lines(p, before);
		str_add(&p->buf, before);
		if (p->options->media == MEDIA_NONE)
			add(p, p->line.buf);
		else if (!add_picture(p, media))
			markdown_add_link(&p->buf, p->line.buf,
					  media->url ? media->url : media->preview);
		str_add_char(&p->buf, '\n');
	}
	str_release(&own);
}

static void add_poll(struct page *p, const char *before, const struct poll *poll)
{
	if (!poll || poll->option_count == 0)
		return;
	begin_lines(p, before);
	for (size_t i = 0; i < poll->option_count; i++) {
		str_clear(&p->line);
		tell_option(&p->teller, &p->line, poll, i);
		str_addf(&p->buf, "%s- ", before);
		add(p, p->line.buf);
		str_add_char(&p->buf, '\n');
	}
}

static void add_card(struct page *p, const char *before, const struct card *card)
{
	if (!card || !card->url)
		return;
	begin_lines(p, before);
	str_add(&p->buf, before);
	markdown_add_link(&p->buf, part_has_text(card->title) ? card->title : card->url, card->url);
	str_clear(&p->line);
	tell_card(&p->line, card);
	str_add(&p->buf, p->line.len > 0 ? " — " : "");
	add(p, p->line.buf);
	str_add_char(&p->buf, '\n');
}

static void add_body(struct page *p, const char *before, const struct post *post,
		     const struct item *item)
{
	if (part_has_text(post->spoiler)) {
		str_clear(&p->line);
		language_fill(&p->line, p->teller.language->warning, post->spoiler, NULL);
		add_paragraph(p, before, p->line.buf);
	}
	if (part_has_text(post->text)) {
		begin_lines(p, before);
		markdown_add_content(&p->buf, before, post->html ? post->html : "");
	}
	add_media(p, before, post, item);
	add_poll(p, before, post->poll);
	add_card(p, before, post->card);
}

static void add_also(struct page *p, const struct post *post)
{
	if (!entry_may_show(post))
		return;
	begin_lines(p, QUOTE);
	str_add(&p->buf, QUOTE);
	add_time(p, post);
	str_add_char(&p->buf, '\n');
}

static void add_post(struct page *p, const struct item *item)
{
	if (!entry_may_show(item->post))
		return;
	add_who(p, QUOTE, item->post);
	add_body(p, QUOTE, item->post, item);
	if (entry_may_show(item->quote)) {
		begin_lines(p, QUOTE);
		add_who(p, QUOTED, item->quote);
		add_body(p, QUOTED, item->quote, NULL);
	}
	for (size_t i = 0; i < item->also_count; i++)
		add_also(p, item->also[i]);
	str_add_char(&p->buf, '\n');
}

/* ---- the rest ---- */

static void add_heading(struct page *p, const struct item *item)
{
	add_heading_mark(p, p->level + 1);
	add(p, part_has_text(item->text) ? item->text : p->teller.thread->slug);
	str_add(&p->buf, "\n\n");
	if (!part_has_text(item->speaker) && !item->url)
		return;
	add(p, item->speaker ? item->speaker : "");
	if (item->url) {
		str_add(&p->buf, part_has_text(item->speaker) ? " · " : "");
		markdown_add_link(&p->buf, part_has_text(item->label) ? item->label : item->url,
				  item->url);
	}
	str_add(&p->buf, "\n\n");
}

static void add_note(struct page *p, const char *text)
{
	size_t len;

	for (; *text; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		markdown_add_text(&p->buf, text, len);
		str_add(&p->buf,
			len > 0 && text[len] == '\n' && text[len + 1] != '\n' && text[len + 1]
				? "\\\n"
				: "\n");
	}
	str_add_char(&p->buf, '\n');
}

static void add_item(struct page *p, const struct item *item)
{
	switch (item->kind) {
	case ITEM_POST:
		add_post(p, item);
		break;
	case ITEM_HEADING:
		add_heading(p, item);
		break;
	case ITEM_NOTE:
		if (part_has_text(item->text))
			add_note(p, item->text);
		break;
	case ITEM_LINK:
		markdown_add_link(&p->buf, part_has_text(item->text) ? item->text : item->url,
				  item->url);
		str_add(&p->buf, "\n\n");
		break;
	}
}

static void add_head(struct page *p, const struct fragment_facts *facts)
{
	add_heading_mark(p, p->level);
	add(p, tell_title(&p->teller));
	str_add(&p->buf, "\n\n");
	str_clear(&p->line);
	tell_facts(&p->teller, &p->line, facts);
	add(p, p->line.buf);
	str_add(&p->buf, "\n\n");
	if (part_has_text(p->teller.thread->description))
		add_note(p, p->teller.thread->description);
}

static void add_foot(struct page *p, const struct fragment_facts *facts)
{
	str_clear(&p->line);
	tell_curator(&p->teller, &p->line);
	tell_footer(&p->teller, &p->line, facts);
	add(p, p->line.buf);
	str_add_char(&p->buf, '\n');
}

bool markdown_write(FILE *out, const struct thread *thread, const struct fragment_facts *facts,
		    struct item_iter *items, const struct fragment_options *options,
		    struct err *err)
{
	int level = options->heading_level ? options->heading_level : MARKDOWN_LEVEL;

	struct page p = {
		.teller = teller_of(thread, facts),
		.buf = STR_INIT,
		.line = STR_INIT,
		.level = level < 1	     ? 1
			 : level > LEVEL_MAX ? LEVEL_MAX
					     : level,
		.options = options,
	};
	struct item item = { 0 };
	bool ok = false;
	int rc;

	add_head(&p, facts);
	while ((rc = items->next(items, &item, err)) > 0) {
		add_item(&p, &item);
		if (!tell_out(out, &p.buf, err))
			goto out;
		item = (struct item){ 0 };
	}
	add_foot(&p, facts);
	ok = rc == 0 && tell_out(out, &p.buf, err);
out:
	str_release(&p.buf);
	str_release(&p.line);
	return ok;
}
