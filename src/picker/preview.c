#include "archive/picker/state.h"

#include <string.h>

#include "archive/base/zone.h"

/* Lines as they come: those above top and below the area are only counted. */
struct sheet {
	struct picker *picker;
	struct frame *frame;
	const struct area *area;
	int top, count;
	const struct search_query *searched; /* to be marked, NULL allowed */
};

/* marks: of search_highlight(), NULL allowed. */
static void put_line(struct sheet *sheet, enum ink ink, const char *text, size_t len,
		     const char *marks)
{
	int line = sheet->count++ - sheet->top, columns = sheet->area->columns - 2;
	struct piece place = { .line = sheet->area->line + line,
			       .column = sheet->area->column + 1,
			       .ink = ink };
	struct str part = STR_INIT;

	if (line < 0 || line >= sheet->area->lines)
		return;
	while (len > 0 && text[len - 1] == '\n')
		len--;
	str_add_n(&part, text, len);
	if (marks)
		match_put(sheet->frame, &place, columns, text, len, marks);
	else
		frame_put(sheet->frame, place.line, place.column, columns, ink, TONE_NONE,
			  part.buf);
	str_release(&part);
}

static void put_lines(struct sheet *sheet, enum ink ink, const char *text, const char *marks)
{
	while (text && *text) {
		size_t len = wrap_next(text, sheet->area->columns - 2,
				       sheet->picker->wide_ambiguous);

		put_line(sheet, ink, text, len, marks);
		text += len;
		marks = marks ? marks + len : NULL;
	}
}

static void put_text(struct sheet *sheet, enum ink ink, const char *text)
{
	put_lines(sheet, ink, text, NULL);
}

/* Text that a search looks into. */
static void put_found(struct sheet *sheet, enum ink ink, const char *text)
{
	struct str marks = STR_INIT;

	if (text && sheet->searched)
		search_highlight(&marks, sheet->searched, text);
	put_lines(sheet, ink, text, marks.len > 0 ? marks.buf : NULL);
	str_release(&marks);
}

static void put_words(struct sheet *sheet, enum ink ink, const char *before, const char *text)
{
	struct str line = STR_INIT;

	if (!text || !*text)
		return;
	str_addf(&line, "%s%s", before, text);
	put_found(sheet, ink, line.buf);
	str_release(&line);
}

static void add_count(struct str *out, int64_t count, const char *name)
{
	if (count >= 0)
		str_addf(out, "   %s %lld", name, (long long)count);
}

static void add_time(struct sheet *sheet, struct str *out, int64_t time)
{
	struct civil civil;

	zone_civil(picker_zone(sheet->picker), time, &civil);
	str_addf(out, "%04d-%02d-%02d %02d:%02d:%02d", civil.year, civil.month, civil.day,
		 civil.hour, civil.minute, civil.second);
}

static void put_head(struct sheet *sheet, const struct view_detail *detail)
{
	const struct post *post = &detail->post;
	struct str head = STR_INIT;

	str_addf(&head, "%s", post->author.name ? post->author.name : "?");
	if (post->author.handle)
		str_addf(&head, "  %s", post->author.handle);
	str_addf(&head, "  %s  ", network_label(post->network));
	add_time(sheet, &head, post->created);
	add_count(&head, post->counts.likes, "likes");
	add_count(&head, post->counts.reposts, "reposts");
	add_count(&head, post->counts.replies, "replies");
	if (post->reply_uri || post->reply_id)
		str_addf(&head, "   in reply to %s",
			 detail->answers_name ? detail->answers_name : "a post that is not here");
	put_text(sheet, INK_BOLD, head.buf);
	str_clear(&head);
	if (post->gone)
		str_add(&head, "gone at its source: it is not exported. ");
	if (post->visibility == VISIBILITY_UNLISTED)
		str_add(&head, "unlisted: exported only with --unlisted. ");
	if (post->edited) {
		str_add(&head, "edited ");
		add_time(sheet, &head, post->edited);
	}
	put_text(sheet, INK_WARNING, head.buf);
	str_release(&head);
}

static void put_media(struct sheet *sheet, const struct post *post)
{
	struct str line = STR_INIT;

	for (size_t i = 0; i < post->media_count; i++) {
		const struct media *media = &post->media[i];

		str_clear(&line);
		str_addf(&line, "[%s] %s",
			 media->kind == MEDIA_IMAGE ? "picture" : media_kind_name(media->kind),
			 media->alt ? media->alt : "without words");
		put_found(sheet, INK_NOTE, line.buf);
	}
	str_release(&line);
}

static void put_poll(struct sheet *sheet, const struct poll *poll)
{
	struct str line = STR_INIT;

	for (size_t i = 0; poll && i < poll->option_count; i++) {
		str_clear(&line);
		str_addf(&line, "( ) %s", poll->options[i].title ? poll->options[i].title : "");
		if (poll->options[i].votes >= 0)
			str_addf(&line, "   %lld", (long long)poll->options[i].votes);
		put_found(sheet, INK_PLAIN, line.buf);
	}
	str_release(&line);
}

static void put_quote(struct sheet *sheet, const struct post *quote, const struct post *post)
{
	struct str line = STR_INIT;

	if (quote->id) {
		str_addf(&line, "> %s: %s", quote->author.name ? quote->author.name : "?",
			 quote->text ? quote->text : "");
		put_text(sheet, INK_DIM, line.buf);
	} else {
		put_words(sheet, INK_LINK, "> ", post->quote_url);
	}
	str_release(&line);
}

/* Those that are not to be read in the text or told by the card already. */
static void put_links(struct sheet *sheet, const struct view_detail *detail)
{
	const struct post *post = &detail->post;

	for (size_t i = 0; i < detail->link_count; i++) {
		const char *url = detail->links[i];

		if ((post->text && strstr(post->text, url)) || str_same(url, post->quote_url) ||
		    (post->card && str_same(url, post->card->url)))
			continue;
		put_words(sheet, INK_LINK, "link: ", url);
	}
}

/* The pages of its cross-posts. */
static void put_crossposts(struct sheet *sheet)
{
	const struct list *list = picker_list(sheet->picker);
	size_t at = list->cursor;
	bool items = sheet->picker->pane == PANE_THREAD;

	if (items && list->rows[at].row.joined)
		return;
	for (size_t i = 0; i < list->count; i++) {
		if (items ? i > at && list->rows[i].row.joined
			  : i != at && list->rows[i].leader == at)
			put_text(sheet, INK_LINK, list->rows[i].row.url);
		else if (items && i > at)
			return;
	}
}

static void put_post(struct sheet *sheet, const struct view_detail *detail)
{
	const struct post *post = &detail->post;

	put_head(sheet, detail);
	put_words(sheet, INK_WARNING, "warning: ", post->spoiler);
	put_found(sheet, INK_PLAIN, post->text);
	put_media(sheet, post);
	put_poll(sheet, post->poll);
	put_quote(sheet, &detail->quote, post);
	if (post->card) {
		put_words(sheet, INK_DIM, "page: ", post->card->title);
		put_words(sheet, INK_LINK, "      ", post->card->url);
	}
	put_links(sheet, detail);
	put_text(sheet, INK_LINK, post->url);
	put_crossposts(sheet);
}

static void put_item(struct sheet *sheet, const struct row *row)
{
	struct str line = STR_INIT;
	char time[16];

	str_add(&line, item_kind_name(row->kind));
	if (row->kind == ITEM_HEADING && row->time) {
		clock_text(sheet->picker, row->time, false, time);
		str_addf(&line, "   begins %s", time);
	}
	if (row->key)
		str_addf(&line, "   {#%s}", row->key);
	put_text(sheet, INK_BOLD, line.buf);
	put_text(sheet, INK_PLAIN, row->text);
	put_words(sheet, INK_PLAIN, "by ", row->speaker);
	put_words(sheet, INK_LINK, "", row->url);
	str_release(&line);
}

static void put_style(struct sheet *sheet, const struct row *row)
{
	struct str line = STR_INIT, style = STR_INIT;

	item_style_add(&style, &row->style);
	if (row->fixed)
		str_add(&line, "moved by hand");
	if (style.len > 0)
		str_addf(&line, "%s%s", line.len > 0 ? ", " : "", style.buf);
	put_text(sheet, INK_DIM, line.buf);
	str_release(&line);
	str_release(&style);
}

int preview_draw(struct picker *picker, struct frame *frame, const struct area *area, int top)
{
	struct sheet sheet = { .picker = picker, .frame = frame, .area = area, .top = top };
	const struct list_row *row = picker_row(picker);

	if (!row)
		return 0;
	if (picker->pane == PANE_CANDIDATES)
		sheet.searched = picker->filter.query;
	if (row->row.post == 0)
		put_item(&sheet, &row->row);
	else if (picker->detail_post == row->row.post)
		put_post(&sheet, &picker->detail);
	if (row->row.item)
		put_style(&sheet, &row->row);
	return sheet.count;
}
