#include "archive/cli/thread-text.h"

#include <string.h>

#include "archive/cli/print.h"

#define INDENT 2

/* ---- lines ---- */

static void end_line(struct thread_text *text, struct str *line)
{
	print_safe(text->out, line->buf, text->wrap.columns);
	fputc('\n', text->out);
	str_clear(line);
}

/* "19:03"; the day stands above the first post of each. */
static const char *clock_part(const char *time)
{
	return strlen(time) > 11 ? time + 11 : time;
}

static void print_day(struct thread_text *text, const char *time)
{
	size_t len = strcspn(time, " ");

	if (len == 0 || len >= sizeof(text->day) || strncmp(text->day, time, len) == 0)
		return;
	memcpy(text->day, time, len);
	text->day[len] = '\0';
	fprintf(text->out, "\n%s\n", text->day);
}

static void print_words(struct thread_text *text, const char *words, int indent, int max_lines)
{
	const struct wrap wrap = { .indent = indent,
				   .columns = text->wrap.columns,
				   .max_lines = max_lines };

	wrap_print(text->out, words, &wrap);
}

/* ---- the head ---- */

void thread_text_head(struct thread_text *text, const struct thread *thread)
{
	struct str line = STR_INIT;
	char when[PRINT_TIME_SIZE];

	print_words(text, thread->title ? thread->title : thread->slug, 0, 0);
	str_add(&line, thread->slug);
	for (size_t i = 0; i < thread->tag_count; i++)
		str_addf(&line, " #%s", thread->tags[i]);
	if (thread->since && thread->until) {
		str_add(&line, ", ");
		print_range(&line, text->zone, thread->since, thread->until);
	} else if (thread->since || thread->until) {
		print_time(text->zone, thread->since ? thread->since : thread->until, when);
		str_addf(&line, ", %s %s", thread->since ? "from" : "until", when);
	}
	str_addf(&line, ", %s", text->zone);
	print_words(text, line.buf, 0, 0);
	str_release(&line);
}

/* ---- headings, notes, links ---- */

static void add_span(struct thread_text *text, struct str *line, const struct section_span *span)
{
	char first[PRINT_TIME_SIZE], last[PRINT_TIME_SIZE];

	if (span->posts == 0)
		return;
	print_time(text->zone, span->first, first);
	print_time(text->zone, span->last, last);
	str_add(line, "  ");
	print_count(line, span->posts, "post", "posts");
	str_addf(line, " %s", clock_part(first));
	if (strcmp(first, last) != 0)
		str_addf(line, "-%s", clock_part(last));
}

static void print_heading(struct thread_text *text, const struct item *item,
			  const struct section_span *span)
{
	struct str line = STR_INIT;
	char when[PRINT_TIME_SIZE];

	fputc('\n', text->out);
	str_addf(&line, "## %s", item->text ? item->text : "");
	print_words(text, line.buf, 0, 0);
	str_clear(&line);
	str_addf(&line, "#%s", item->key ? item->key : "");
	print_time(text->zone, item->starts, when);
	if (item->starts)
		str_addf(&line, "  %s", clock_part(when));
	if (item->speaker)
		str_addf(&line, "  %s", item->speaker);
	add_span(text, &line, span);
	print_words(text, line.buf, INDENT, 0);
	str_clear(&line);
	if (item->url) {
		str_addf(&line, "%s%s%s", item->label ? item->label : "", item->label ? ": " : "",
			 item->url);
		print_words(text, line.buf, INDENT, 0);
	}
	str_release(&line);
}

static void add_marks(struct str *out, const struct item *item, const struct post *post,
		      bool border)
{
	struct str style = STR_INIT;
	const char *marks[5] = { 0 };
	size_t count = 0, kept = 0;

	item_style_add(&style, &item->style);
	marks[count++] = post && post->gone ? "gone" : NULL;
	marks[count++] = post && post->visibility == VISIBILITY_UNLISTED ? "unlisted" : NULL;
	marks[count++] = style.len > 0 ? style.buf : NULL;
	marks[count++] = item->fixed ? "moved by hand" : NULL;
	marks[count++] = border ? "at a border" : NULL;
	for (size_t i = 0; i < count; i++)
		if (marks[i])
			str_addf(out, "%s%s", kept++ > 0 ? ", " : "(", marks[i]);
	str_add(out, kept > 0 ? ") " : "");
	str_release(&style);
}

static void print_note(struct thread_text *text, const struct item *item)
{
	struct str words = STR_INIT;

	str_addf(&words, "i%lld  note", (long long)item->id);
	end_line(text, &words);
	add_marks(&words, item, NULL, false);
	str_add(&words, item->text ? item->text : "");
	print_words(text, words.buf, INDENT, 0);
	str_release(&words);
}

static void print_link(struct thread_text *text, const struct item *item)
{
	struct str words = STR_INIT;

	str_addf(&words, "i%lld  link", (long long)item->id);
	end_line(text, &words);
	if (item->text)
		str_addf(&words, "%s\n", item->text);
	str_add(&words, item->url ? item->url : "");
	print_words(text, words.buf, INDENT, 0);
	str_release(&words);
}

void thread_text_item(struct thread_text *text, const struct item *item,
		      const struct section_span *span)
{
	if (item->kind == ITEM_HEADING)
		print_heading(text, item, span);
	else if (item->kind == ITEM_NOTE)
		print_note(text, item);
	else
		print_link(text, item);
}

/* ---- posts ---- */

/* Line n of the curator's words. */
static const char *alt_line(const char *text, size_t n, size_t *len)
{
	for (; text && *text && n > 0; n--) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	*len = text ? strcspn(text, "\n") : 0;
	return text;
}

static void add_media(struct str *out, const struct item *item, const struct post *post)
{
	for (size_t i = 0; i < post->media_count; i++) {
		const struct media *media = &post->media[i];
		size_t len = 0;
		const char *own = alt_line(item->text, i, &len);

		str_addf(out, "\n[%s", media_kind_name(media->kind));
		if (media->alt)
			str_addf(out, ": %s", media->alt);
		else if (len > 0)
			str_addf(out, ", in your words: %.*s", (int)len, own);
		str_add_char(out, ']');
	}
}

void thread_text_post(struct thread_text *text, const struct item *item, const struct post *post,
		      bool border)
{
	const struct author *author = &post->author;
	struct wrap wrap = text->wrap;
	struct str line = STR_INIT;
	char when[PRINT_TIME_SIZE];

	print_time(text->zone, post->created, when);
	if (!item->joined)
		print_day(text, when);
	str_addf(&line, "%s%s  %s  %s  %s", item->joined ? "  + " : "", post->short_id,
		 clock_part(when), network_label(post->network), author->name ? author->name : "");
	if (author->handle && !str_same(author->handle, author->name))
		str_addf(&line, " %s", author->handle);
	end_line(text, &line);
	add_marks(&line, item, post, border);
	if (post->spoiler)
		str_addf(&line, "[CW %s] ", post->spoiler);
	str_add(&line, post->text ? post->text : "");
	add_media(&line, item, post);
	wrap.indent = item->joined ? 4 : INDENT;
	if (item->joined)
		wrap.max_lines = 1;
	wrap_print(text->out, line.buf, &wrap);
	str_release(&line);
}
