#include <string.h>

#include "archive/base/mem.h"
#include "archive/cli/thread-words.h"
#include "archive/store/view.h"
#include "archive/text/utf8.h"

static bool which_item(const struct thread_job *job, struct err *err)
{
	return job->count > 0 ||
	       err_set(err, ERR_USAGE, "which item? archive thread show %s prints their names",
		       job->thread.slug);
}

/* ---- edit ---- */

static bool takes_none_of_headings(const struct thread_job *job, const struct item *item,
				   struct err *err)
{
	const struct thread_words *words = job->words;
	const char *option = words->speaker  ? "speaker"
			     : words->starts ? "starts"
			     : words->key    ? "key"
					     : NULL;

	if (!option && item->kind == ITEM_NOTE)
		option = words->link ? "link" : words->label ? "label" : NULL;
	return !option || err_set(err, ERR_USAGE, "a %s has no --%s: a section has",
				  item_kind_name(item->kind), option);
}

static bool edit_link(struct thread_job *job, const char *text, struct item *words, struct err *err)
{
	const char *label = job->words->label ? job->words->label : text;

	if (label)
		words->text = *label ? thread_plain(job, label, true) : NULL;
	return !job->words->link || thread_read_url(job, job->words->link, &words->url, err);
}

static bool edit_words(struct thread_job *job, const char *text, struct item *words,
		       struct err *err)
{
	if (words->kind == ITEM_POST)
		return err_set(err, ERR_USAGE,
			       "%s is a post, and its words are its author's: archive thread note "
			       "adds your own",
			       words->post->short_id);
	if (words->kind != ITEM_HEADING && !takes_none_of_headings(job, words, err))
		return false;
	if (words->kind == ITEM_LINK)
		return edit_link(job, text, words, err);
	if (text)
		words->text = thread_plain(job, text, words->kind == ITEM_HEADING);
	if (text && !*words->text)
		return err_set(err, ERR_USAGE,
			       "a %s without words is none: archive thread remove takes it away",
			       item_kind_name(words->kind));
	return words->kind == ITEM_NOTE || thread_read_heading(job, words, err);
}

bool thread_edit(struct thread_job *job, struct err *err)
{
	static const struct thread_said said = {
		.one = "item",
		.many = "items",
		.done = "edited",
		.nothing = "it says that already",
	};
	const char *text = job->count > 1 ? job->operands[1] : NULL;
	const struct thread_words *words = job->words;
	const struct item *item;
	struct op *op;

	if (!which_item(job, err) || !thread_find_item(job, job->operands[0], &item, err))
		return false;
	if (!text && !words->speaker && !words->link && !words->label && !words->starts &&
	    !words->key)
		return err_set(err, ERR_USAGE,
			       "edit %s how? Give new words, or --speaker, --link, --label, "
			       "--starts, --key",
			       job->operands[0]);
	op = thread_job_add(job, OP_EDIT);
	op->item = item->id;
	op->words = *item;
	return edit_words(job, text, &op->words, err) && thread_job_do(job, NULL, err) &&
	       thread_job_say(job, &said, err);
}

/* ---- style ---- */

static bool read_colour(const char *name, struct item_style *style, struct err *err)
{
	struct item_style read = { 0 };

	if (str_same(name, "none") || *name == '\0') {
		style->colour = COLOUR_NONE;
		return true;
	}
	if (!item_style_parse(name, &read) || read.colour == COLOUR_NONE)
		return err_set(err, ERR_USAGE,
			       "there is no colour '%s': red, orange, green, blue, purple, grey or "
			       "none",
			       name);
	style->colour = read.colour;
	return true;
}

static bool read_style(const struct thread_job *job, struct item_style *style, struct err *err)
{
	const struct thread_words *words = job->words;

	if (words->large)
		style->emphasis = EMPHASIS_LARGE;
	if (words->small)
		style->emphasis = EMPHASIS_SMALL;
	if (words->normal)
		style->emphasis = EMPHASIS_NORMAL;
	return !words->colour || read_colour(words->colour, style, err);
}

static bool says_style(const struct thread_job *job, struct err *err)
{
	const struct thread_words *words = job->words;
	int sizes = words->large + words->small + words->normal;

	if (sizes > 1)
		return err_set(err, ERR_USAGE, "one of --large, --small and --normal");
	return sizes == 1 || words->colour ||
	       err_set(err, ERR_USAGE,
		       "which style? --large, --small or --normal, and --colour red, orange, "
		       "green, blue, purple, grey or none");
}

bool thread_style(struct thread_job *job, struct err *err)
{
	static const struct thread_said said = {
		.one = "item",
		.many = "items",
		.done = "styled",
		.nothing = "it looks so already",
	};
	const struct item *item;
	struct op *op;

	if (!which_item(job, err) || !says_style(job, err))
		return false;
	for (size_t i = 0; i < job->count; i++) {
		if (!thread_find_item(job, job->operands[i], &item, err))
			return false;
		if (item->kind != ITEM_POST && item->kind != ITEM_NOTE)
			return err_set(err, ERR_USAGE, "%s is a %s: posts and notes have a style",
				       job->operands[i], item_kind_name(item->kind));
		op = thread_job_add(job, OP_STYLE);
		op->item = item->id;
		op->words.style = item->style;
		if (!read_style(job, &op->words.style, err))
			return false;
	}
	return thread_job_do(job, NULL, err) && thread_job_say(job, &said, err);
}

/* ---- alt ---- */

/* The lines of text with line n (from 1) another; empty ones at the end are left out. */
static const char *with_line(struct arena *arena, const char *text, int64_t n, const char *words)
{
	struct str lines = STR_INIT;
	const char *result;

	for (int64_t i = 1; i <= n || *text; i++) {
		size_t len = strcspn(text, "\n");

		if (i > 1)
			str_add_char(&lines, '\n');
		if (i == n)
			str_add(&lines, words);
		else
			str_add_n(&lines, text, len);
		text += len;
		text += *text == '\n';
	}
	while (lines.len > 0 && lines.buf[lines.len - 1] == '\n')
		str_truncate(&lines, lines.len - 1);
	result = lines.len > 0 ? arena_strdup(arena, lines.buf) : NULL;
	str_release(&lines);
	return result;
}

static bool check_picture(struct thread_job *job, const struct post *post, int64_t n,
			  struct err *err)
{
	struct view_detail detail;

	if (!view_detail(job->cli->store, post->id, &job->arena, &detail, err))
		return false;
	if (detail.post.media_count == 0)
		return err_set(err, ERR_USAGE, "%s has no picture", post->short_id);
	if ((size_t)n > detail.post.media_count)
		return err_set(err, ERR_USAGE, "%s has no picture %lld: the last is %zu",
			       post->short_id, (long long)n, detail.post.media_count);
	if (detail.post.media[n - 1].alt)
		return err_set(err, ERR_USAGE,
			       "picture %lld of %s has its author's words, and they stay",
			       (long long)n, post->short_id);
	return true;
}

bool thread_alt(struct thread_job *job, struct err *err)
{
	static const struct thread_said said = {
		.one = "picture",
		.many = "pictures",
		.done = "described",
		.nothing = "it is described so already",
	};
	const struct item *item;
	struct str line = STR_INIT;
	struct op *op;
	int64_t n;

	if (job->count < 3)
		return err_set(err, ERR_USAGE,
			       "archive thread alt %s POST N 'WORDS': which post, which of its "
			       "pictures (from 1), and what is to be seen there",
			       job->thread.slug);
	if (!thread_find_item(job, job->operands[0], &item, err))
		return false;
	if (!item->post)
		return err_set(err, ERR_USAGE, "%s is a %s, not a post", job->operands[0],
			       item_kind_name(item->kind));
	if (!str_to_int(job->operands[1], 1, 1000, &n))
		return err_set(err, ERR_USAGE, "'%s' is no picture's number: the first is 1",
			       job->operands[1]);
	if (!check_picture(job, item->post, n, err))
		return false;
	utf8_add_plain(&line, job->operands[2], strlen(job->operands[2]), true);
	op = thread_job_add(job, OP_EDIT);
	op->item = item->id;
	op->words = *item;
	op->words.text = with_line(&job->arena, item->text ? item->text : "", n, line.buf);
	str_release(&line);
	return thread_job_do(job, "alt", err) && thread_job_say(job, &said, err);
}
