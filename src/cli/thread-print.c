#include "archive/cli/thread-print.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/cli/print.h"
#include "archive/text/utf8.h"

#define ABOUT_COLUMNS 60

/* ---- JSON ---- */

void thread_json(struct jwrite *w, const struct thread *thread)
{
	jwrite_text(w, "slug", thread->slug);
	jwrite_text(w, "title", thread->title);
	jwrite_text(w, "description", thread->description);
	jwrite_text(w, "curator", thread->curator);
	jwrite_texts(w, "tags", thread->tags, thread->tag_count);
	jwrite_text(w, "lang", thread->lang);
	jwrite_text(w, "zone", thread->zone);
	jwrite_int(w, "lag_seconds", thread->lag / 1000);
	jwrite_open_object(w, "window");
	jwrite_time(w, "since", thread->since);
	jwrite_time(w, "until", thread->until);
	jwrite_close_object(w);
}

/* The members of an open object. */
static void names_json(struct jwrite *w, const struct item *item)
{
	char id[32];

	snprintf(id, sizeof(id), "i%lld", (long long)item->id);
	jwrite_text(w, "id", id);
	jwrite_text(w, "kind", item_kind_name(item->kind));
}

void thread_name_json(struct jwrite *w, const struct item *item)
{
	jwrite_open_object(w, NULL);
	names_json(w, item);
	jwrite_text(w, "post", item->post ? item->post->short_id : NULL);
	jwrite_text(w, "key", item->key);
	jwrite_close_object(w);
}

static void style_json(struct jwrite *w, const struct item_style *style)
{
	const struct item_style size = { .emphasis = style->emphasis };
	const struct item_style colour = { .colour = style->colour };
	struct str words = STR_INIT;

	item_style_add(&words, &size);
	jwrite_text(w, "emphasis", words.len > 0 ? words.buf : "normal");
	str_clear(&words);
	item_style_add(&words, &colour);
	jwrite_text(w, "colour", words.len > 0 ? words.buf : NULL);
	str_release(&words);
}

/* The curator's words, one for each picture; null where there are none. */
static void alt_json(struct jwrite *w, const char *text)
{
	struct str line = STR_INIT;

	jwrite_open_array(w, "alt");
	while (text && *text) {
		size_t len = strcspn(text, "\n");

		str_clear(&line);
		str_add_n(&line, text, len);
		jwrite_text(w, NULL, len > 0 ? line.buf : NULL);
		text += len;
		text += *text == '\n';
	}
	jwrite_close_array(w);
	str_release(&line);
}

void thread_item_json(struct jwrite *w, const struct item *item, const struct post *post,
		      const char *section, bool border)
{
	jwrite_open_object(w, NULL);
	names_json(w, item);
	jwrite_text(w, "section", section);
	jwrite_bool(w, "fixed", item->fixed);
	if (item->kind == ITEM_POST || item->kind == ITEM_NOTE)
		style_json(w, &item->style);
	if (item->kind == ITEM_POST) {
		jwrite_bool(w, "joined", item->joined);
		jwrite_bool(w, "border", border);
		alt_json(w, item->text);
		print_post_json(w, "post", post);
	} else {
		jwrite_text(w, "text", item->text);
	}
	if (item->kind == ITEM_HEADING || item->kind == ITEM_LINK)
		jwrite_text(w, "url", item->url);
	if (item->kind == ITEM_HEADING) {
		jwrite_text(w, "label", item->label);
		jwrite_text(w, "key", item->key);
		jwrite_text(w, "speaker", item->speaker);
		jwrite_time(w, "starts_at", item->starts);
	}
	jwrite_close_object(w);
}

void thread_line_json(struct jwrite *w, const struct thread_line *line)
{
	jwrite_open_object(w, NULL);
	thread_json(w, &line->row.thread);
	jwrite_int(w, "items", line->row.items);
	jwrite_int(w, "candidates", line->row.candidates);
	jwrite_int(w, "chosen", line->chosen);
	jwrite_int(w, "dropped", line->dropped);
	jwrite_time(w, "changed", line->row.changed);
	jwrite_close_object(w);
}

void thread_step_json(struct jwrite *w, const struct step *step)
{
	jwrite_open_object(w, NULL);
	jwrite_int(w, "step", step->number);
	jwrite_time(w, "at", step->at);
	jwrite_text(w, "op", step->op);
	jwrite_int(w, "changes", step->changes);
	jwrite_text(w, "about", step->about);
	jwrite_bool(w, "undone", step->undone);
	jwrite_close_object(w);
}

/* ---- text ---- */

static void add_changes(struct str *out, const struct step *step)
{
	static const char *const of_posts[] = { "choose", "choose-all", "drop", "undecide" };

	for (size_t i = 0; i < ARRAY_LEN(of_posts); i++)
		if (str_same(step->op, of_posts[i])) {
			print_count(out, step->changes, "post", "posts");
			return;
		}
	print_count(out, step->changes, "change", "changes");
}

void thread_step_add(struct str *out, const struct step *step)
{
	str_addf(out, "%s, ", step->op);
	add_changes(out, step);
	if (!step->about)
		return;
	str_add(out, ": ");
	utf8_add_terminal(out, step->about, ABOUT_COLUMNS);
}

void thread_step_print(FILE *out, const char *zone, const struct step *step, int digits,
		       int columns)
{
	struct str line = STR_INIT;
	char when[PRINT_TIME_SIZE];

	print_time(zone, step->at, when);
	str_addf(&line, "%*lld  %s  %s", digits, (long long)step->number, when,
		 step->undone ? "(undone) " : "");
	thread_step_add(&line, step);
	print_safe(out, line.buf, columns);
	fputc('\n', out);
	str_release(&line);
}

void thread_line_print(FILE *out, const char *zone, const struct thread_line *line, int columns)
{
	const struct thread *thread = &line->row.thread;
	struct str text = STR_INIT;
	char when[PRINT_TIME_SIZE];

	print_time(zone, line->row.changed, when);
	str_addf(&text, "%s  %s  %lld of %lld chosen  %s", when, thread->slug,
		 (long long)line->chosen, (long long)line->row.candidates, thread->title);
	print_safe(out, text.buf, columns);
	fputc('\n', out);
	str_release(&text);
}
