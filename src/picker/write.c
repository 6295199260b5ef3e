#include "archive/picker/state.h"

#include <string.h>

#include "archive/text/link.h"

#define BLANKS " \t"

static void forget_item(struct picker *picker)
{
	arena_clear(&picker->edited_arena);
	picker->edited = (struct item){ 0 };
}

/* The whole item: a row has only as much of it as a line shows. */
static bool find_item(struct picker *picker, const struct row *row)
{
	struct err err = { 0 };

	forget_item(picker);
	if (!thread_item(picker->store, picker->thread.id, row->item, &picker->edited_arena,
			 &picker->edited, &err)) {
		forget_item(picker);
		picker_fail(picker, &err);
		return false;
	}
	picker->edited.post = NULL;
	return true;
}

static void ask(struct picker *picker, enum asking asking, const char *text)
{
	picker->mode = MODE_PROMPT;
	picker->asking = asking;
	prompt_begin(&picker->prompt, text);
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* "title / speaker", "address words": two things on one line. */
static void ask_two(struct picker *picker, enum asking asking, const char *first,
		    const char *between, const char *second)
{
	struct str line = STR_INIT;

	str_addf(&line, "%s%s%s", or_empty(first), second && *second ? between : "",
		 or_empty(second));
	ask(picker, asking, line.buf);
	str_release(&line);
}

/* The item at the thread's cursor when the thread has the keys. */
static const struct row *own_row(struct picker *picker)
{
	const struct list_row *row = picker->pane == PANE_THREAD ? picker_row(picker) : NULL;

	return row ? &row->row : NULL;
}

void write_heading(struct picker *picker, struct want *want)
{
	const struct row *row = own_row(picker);

	(void)want;
	forget_item(picker);
	if (!row || row->kind != ITEM_HEADING)
		ask(picker, ASK_HEADING, "");
	else if (find_item(picker, row))
		ask_two(picker, ASK_HEADING, picker->edited.text, " / ", picker->edited.speaker);
}

void write_note(struct picker *picker, struct want *want)
{
	const struct row *row = own_row(picker);

	forget_item(picker);
	if (!row || row->kind != ITEM_NOTE) {
		ask(picker, ASK_NOTE, "");
		return;
	}
	if (!find_item(picker, row))
		return;
	if (strchr(or_empty(picker->edited.text), '\n'))
		*want = (struct want){ .kind = WANT_EDIT_TEXT, .text = picker->edited.text };
	else
		ask(picker, ASK_NOTE, or_empty(picker->edited.text));
}

void write_link(struct picker *picker, struct want *want)
{
	const struct row *row = own_row(picker);

	(void)want;
	forget_item(picker);
	if (!row || (row->kind != ITEM_LINK && row->kind != ITEM_HEADING))
		ask(picker, ASK_LINK, "https://");
	else if (find_item(picker, row))
		ask_two(picker, ASK_LINK, picker->edited.url ? picker->edited.url : "https://", " ",
			row->kind == ITEM_LINK ? picker->edited.text : picker->edited.label);
}

void write_edit(struct picker *picker, struct want *want)
{
	const struct list_row *row = picker_row(picker);

	if (!row || row->row.item == 0) {
		picker_tell(picker, false, "only what stands in the thread has words to edit");
		return;
	}
	if (row->row.kind == ITEM_POST && row->row.media == 0) {
		picker_tell(picker, false,
			    "a post's own words stay: only its pictures can be "
			    "given some");
		return;
	}
	if (!find_item(picker, &row->row))
		return;
	str_clear(&picker->wanted);
	str_add(&picker->wanted, or_empty(picker->edited.text));
	*want = (struct want){ .kind = WANT_EDIT_TEXT, .text = picker->wanted.buf };
}

/* ---- what was typed ---- */

static void put_in(struct picker *picker, const struct item *words)
{
	const struct list *list = &picker->lists[PANE_THREAD];
	int64_t at = list->count > 0 ? list_id(list, list->cursor) : 0, made = 0;
	struct deeds deeds = { 0 };
	bool edits = picker->edited.id != 0;
	struct op *op = deeds_add(&deeds, edits ? OP_EDIT : OP_INSERT);

	op->item = picker->edited.id;
	op->words = *words;
	op->spot.kind = at == 0 ? SPOT_END : words->kind == ITEM_HEADING ? SPOT_BEFORE : SPOT_AFTER;
	op->spot.item = at;
	if (deeds_do(picker, NULL, &deeds, &made))
		picker_read_thread(picker, made);
	if (made && !edits && picker->pane == PANE_CANDIDATES)
		picker_tell(picker, false, "the %s stands in the thread now",
			    item_kind_name(words->kind));
	deeds_release(&deeds);
}

/* Behind the last " / ": a title may have one, too. */
static const char *speaker_in(const char *line)
{
	const char *found = NULL;

	for (const char *at = line; (at = strstr(at, " / ")); at++)
		found = at;
	return found;
}

static void accept_heading(struct picker *picker, const char *line)
{
	struct item words = picker->edited;
	const char *speaker = speaker_in(line);

	words.kind = ITEM_HEADING;
	words.speaker = NULL;
	words.text = line;
	if (speaker) {
		words.text = arena_strndup(&picker->edited_arena, line, (size_t)(speaker - line));
		words.speaker = arena_strdup(&picker->edited_arena, speaker + 3);
	}
	put_in(picker, &words);
}

/* Where a whole address was put behind the "https://" that stood there already. */
static const char *without_twice(const char *line)
{
	static const char scheme[] = "https://";
	const char *behind;

	if (!str_starts(line, scheme))
		return line;
	behind = line + strlen(scheme);
	return str_starts(behind, scheme) || str_starts(behind, "http://") ? behind : line;
}

static void accept_link(struct picker *picker, const char *typed)
{
	const char *line = without_twice(typed);
	size_t len = strcspn(line, BLANKS);
	const char *label = line + len + strspn(line + len, BLANKS);
	struct item words = picker->edited;
	bool slides = words.id && words.kind == ITEM_HEADING;
	const char *url = arena_strndup(&picker->edited_arena, line, len);

	if (!link_safe(url)) {
		picker_tell(picker, true,
			    "that is no address: it begins with https://, and words "
			    "follow behind a space");
		picker->mode = MODE_PROMPT;
		return;
	}
	words.url = url;
	if (slides)
		words.label = *label ? label : NULL;
	else
		words.text = *label ? label : NULL;
	if (!slides)
		words.kind = ITEM_LINK;
	put_in(picker, &words);
}

void write_accept(struct picker *picker)
{
	const char *line = arena_strdup(&picker->edited_arena, picker->prompt.text.buf);
	struct item words = picker->edited;

	line += strspn(line, BLANKS);
	picker->mode = MODE_LISTS;
	if (*line == '\0')
		return;
	if (picker->asking == ASK_HEADING) {
		accept_heading(picker, line);
	} else if (picker->asking == ASK_LINK) {
		accept_link(picker, line);
	} else {
		words.kind = ITEM_NOTE;
		words.text = line;
		put_in(picker, &words);
	}
}

void write_edited(struct picker *picker, const char *text)
{
	struct item words = picker->edited;
	size_t len;

	if (!text || picker->edited.id == 0)
		return;
	len = strlen(text);
	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == ' '))
		len--;
	words.text = arena_strndup(&picker->edited_arena, text, len);
	if (words.kind == ITEM_HEADING || words.kind == ITEM_LINK)
		words.text = arena_strndup(&picker->edited_arena, words.text,
					   strcspn(words.text, "\n"));
	if (len == 0 && words.kind != ITEM_POST && words.kind != ITEM_LINK) {
		picker_tell(picker, false,
			    "nothing was left of the words: they stay; x takes a "
			    "%s away",
			    item_kind_name(words.kind));
		return;
	}
	put_in(picker, &words);
}
