#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/curate/section-key.h"
#include "archive/curate/sheet-name.h"
#include "archive/curate/sheet-reader.h"
#include "archive/curate/sheet-text.h"

static struct sheet_line *add_line(struct sheet_reader *r, enum item_kind kind)
{
	struct sheet_line *grown;

	if (!sheet_end_item(r))
		return NULL;
	if (r->count == SHEET_MAX_LINES) {
		sheet_mistaken(r, "a thread as text has at most %d items", SHEET_MAX_LINES);
		return NULL;
	}
	if (r->count == r->room) {
		r->room = r->room ? 2 * r->room : 64;
		grown = arena_array(r->arena, r->room, sizeof(*grown));
		if (r->count > 0)
			memcpy(grown, r->lines, r->count * sizeof(*grown));
		r->lines = grown;
	}
	r->place = SHEET_ITEMS;
	r->open = true;
	grown = &r->lines[r->count++];
	*grown = (struct sheet_line){ .number = r->number, .item = { .kind = kind } };
	return grown;
}

/* ---- words in braces ---- */

static bool read_fixed(struct sheet_reader *r, struct str *words, struct item *item)
{
	char *p = words->buf;

	while (*(p += strspn(p, SHEET_BLANKS))) {
		size_t len = strcspn(p, SHEET_BLANKS);

		if (len == strlen("fixed") && memcmp(p, "fixed", len) == 0) {
			if (item->fixed)
				return sheet_mistaken(r, "fixed stands here a second time");
			item->fixed = true;
			memset(p, ' ', len);
		}
		p += len;
	}
	return true;
}

/* "{large red fixed}" if it stands there; *text is behind it. */
static bool take_style(struct sheet_reader *r, char **text, struct item *item)
{
	struct str words = STR_INIT;
	char *end;
	bool ok;

	if (**text != '{')
		return true;
	end = strchr(*text, '}');
	if (!end)
		return sheet_mistaken(r, "a brace is open: {large red} is how a style is written, "
					 "and \\{ begins words with a brace");
	str_add_n(&words, *text + 1, (size_t)(end - *text) - 1);
	ok = read_fixed(r, &words, item);
	if (ok && (!item_style_parse(words.buf, &item->style) ||
		   (item->kind == ITEM_LINK && (item->style.emphasis || item->style.colour)))) {
		*(end + 1) = '\0';
		ok = sheet_mistaken(r,
				    "%s is no style: there are large or small, red, orange, green, "
				    "blue, purple or grey, and fixed; \\{ begins words with a "
				    "brace",
				    sheet_shown(r, *text));
	}
	*text = sheet_skip_gap(end + 1);
	str_release(&words);
	return ok;
}

/* ---- posts ---- */

static bool read_name(struct sheet_reader *r, const char *word, char **text,
		      struct sheet_line *line)
{
	const char *name = sheet_take_word(text);

	if (!*name || *name == '{' || *name == '#')
		return sheet_mistaken(r, "%s wants the name of a post: its address or its short id",
				      word);
	if (!sheet_name_valid(name))
		return sheet_mistaken(r, "%s can name no post: it is too long",
				      sheet_shown(r, name));
	line->name = arena_strdup(r->arena, name);
	return true;
}

static bool read_remark(struct sheet_reader *r, const char *text)
{
	if (!*text || *text == '#')
		return true;
	return sheet_mistaken(r,
			      "%s stands behind a post: a style stands in {}, a remark behind "
			      "two blanks and #",
			      sheet_shown(r, text));
}

static bool read_a_post(struct sheet_reader *r, char *text, const char *word, bool joined)
{
	bool above = r->count > 0 && !r->lines[r->count - 1].dropped &&
		     r->lines[r->count - 1].item.kind == ITEM_POST;
	struct sheet_line *line;

	if (joined && !above)
		return sheet_mistaken(r, "also joins a post to the post above it, and there is "
					 "none right above");
	line = add_line(r, ITEM_POST);
	if (!line)
		return false;
	line->by_time = r->below && !joined;
	line->item.joined = joined;
	return read_name(r, word, &text, line) && take_style(r, &text, &line->item) &&
	       read_remark(r, text);
}

static bool read_post(struct sheet_reader *r, char *text)
{
	return read_a_post(r, text, "post", false);
}

static bool read_also(struct sheet_reader *r, char *text)
{
	return read_a_post(r, text, "also", true);
}

/* The line may have been a post's: what its braces say is of no use any more. */
static bool read_drop(struct sheet_reader *r, char *text)
{
	struct sheet_line *line = add_line(r, ITEM_POST);
	struct item former = { .kind = ITEM_POST };

	if (!line)
		return false;
	line->dropped = true;
	return read_name(r, "drop", &text, line) && take_style(r, &text, &former) &&
	       read_remark(r, text);
}

static bool read_alt(struct sheet_reader *r, char *text)
{
	const char *word = sheet_take_word(&text);
	bool above = r->count > 0 && !r->lines[r->count - 1].dropped &&
		     r->lines[r->count - 1].item.kind == ITEM_POST;
	struct str words = STR_INIT;
	int64_t n = 0;

	if (!above)
		return sheet_mistaken(r, "alt tells of a picture of the post right above, and "
					 "there is none");
	if (!str_to_int(word, 1, SHEET_MAX_PICTURES, &n) || !*text)
		return sheet_mistaken(r,
				      "alt wants the number of a picture (1 to %d) and words: "
				      "alt 1 A slide with a graph",
				      SHEET_MAX_PICTURES);
	if (r->alts[n - 1])
		return sheet_mistaken(r, "alt %d stands here a second time", (int)n);
	sheet_add_unescaped(&words, text, strlen(text));
	for (size_t i = 0; i < words.len; i++)
		if (words.buf[i] == '\n')
			words.buf[i] = ' ';
	r->alts[n - 1] = arena_strdup(r->arena, words.buf);
	r->alt_count = (size_t)n > r->alt_count ? (size_t)n : r->alt_count;
	str_release(&words);
	return true;
}

/* ---- the others ---- */

static bool read_note(struct sheet_reader *r, char *text)
{
	struct sheet_line *line = add_line(r, ITEM_NOTE);

	if (!line || !take_style(r, &text, &line->item))
		return false;
	str_clear(&r->note);
	r->in_note = true;
	if (*text)
		sheet_read_more(r, text);
	return true;
}

/* A first line that is empty is written as a '\': it counts, though nothing stands for it. */
void sheet_read_more(struct sheet_reader *r, const char *text)
{
	struct item *item = &r->lines[r->count - 1].item;

	if (item->text)
		str_add_char(&r->note, '\n');
	sheet_add_unescaped(&r->note, text, strlen(text));
	item->text = "";
}

static bool read_link(struct sheet_reader *r, char *text)
{
	struct sheet_line *line = add_line(r, ITEM_LINK);

	if (!line || !take_style(r, &text, &line->item) ||
	    !sheet_take_url(r, &text, &line->item.url))
		return false;
	line->item.text = sheet_unescaped(r, text);
	return true;
}

static void end_alts(struct sheet_reader *r, struct item *item)
{
	str_clear(&r->note);
	for (size_t i = 0; i < r->alt_count; i++) {
		str_add(&r->note, i > 0 ? "\n" : "");
		str_add(&r->note, r->alts[i] ? r->alts[i] : "");
		r->alts[i] = NULL;
	}
	if (r->alt_count > 0)
		item->text = sheet_plain_words(r->arena, r->note.buf);
	r->alt_count = 0;
}

bool sheet_end_item(struct sheet_reader *r)
{
	struct sheet_line *line = r->open ? &r->lines[r->count - 1] : NULL;

	r->open = false;
	r->in_note = false;
	if (!line)
		return true;
	if (line->item.kind == ITEM_NOTE && !line->item.text) {
		r->number = line->number;
		return sheet_mistaken(r, "a note wants words: note Three questions were asked");
	}
	if (line->item.kind == ITEM_NOTE)
		line->item.text = r->note.len > 0 ? arena_strdup(r->arena, r->note.buf) : NULL;
	end_alts(r, &line->item);
	return true;
}

typedef bool item_fn(struct sheet_reader *r, char *text);

static const struct {
	const char *word;
	item_fn *read;
} items[] = {
	{ "post", read_post }, { "also", read_also }, { "alt", read_alt },
	{ "note", read_note }, { "link", read_link }, { "drop", read_drop },
};

bool sheet_read_item(struct sheet_reader *r, const char *word, char *text, bool *known)
{
	for (size_t i = 0; i < ARRAY_LEN(items); i++) {
		*known = str_same(items[i].word, word);
		if (*known)
			return items[i].read(r, text);
	}
	return false;
}

/* ---- headings ---- */

/* The last "{#" of a title that ends in '}'; NULL when that is none of a key. */
static char *find_key(char *text)
{
	size_t len = strlen(text);
	char *found = NULL;

	if (len == 0 || text[len - 1] != '}')
		return NULL;
	for (char *p = text; (p = strstr(p, "{#")); p++)
		if (p == text || strchr(SHEET_BLANKS, p[-1]))
			found = p;
	return found;
}

static bool read_key(struct sheet_reader *r, char *braces, struct item *item)
{
	char *rest = braces + strlen("{#");
	const char *key;

	braces[strlen(braces) - 1] = '\0';
	key = sheet_take_word(&rest);
	item->fixed = str_same(rest, "fixed");
	if (!section_key_valid(key) || (*rest && !item->fixed))
		return sheet_mistaken(r,
				      "%s is no key: {#k3f} is one, small letters and digits; "
				      "in a title \\{ is a brace",
				      sheet_shown(r, braces));
	item->key = arena_strdup(r->arena, key);
	return true;
}

bool sheet_read_heading(struct sheet_reader *r, char *text)
{
	struct sheet_line *line = add_line(r, ITEM_HEADING);
	char *braces = find_key(text);
	size_t len = braces ? (size_t)(braces - text) : strlen(text);
	const char *copy;

	if (!line || (braces && !read_key(r, braces, &line->item)))
		return false;
	while (len > 0 && strchr(SHEET_BLANKS, text[len - 1]))
		len--;
	copy = arena_strndup(r->arena, text, len);
	line->item.text = sheet_unescaped(r, copy);
	r->place = SHEET_HEADING;
	r->said = 0;
	return true;
}

struct keyed {
	const char *key;
	size_t number; /* of its line */
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *one = a, *other = b;
	int order = strcmp(one->key, other->key);

	if (order == 0)
		order = one->number < other->number ? -1 : one->number > other->number;
	return order;
}

bool sheet_check_keys(struct sheet_reader *r)
{
	struct keyed *keyed = arena_array(r->arena, r->count, sizeof(*keyed));
	const struct keyed *second = NULL;
	size_t count = 0;

	for (size_t i = 0; i < r->count; i++)
		if (r->lines[i].item.key)
			keyed[count++] = (struct keyed){ r->lines[i].item.key, r->lines[i].number };
	if (count > 1)
		qsort(keyed, count, sizeof(*keyed), by_key);
	for (size_t i = 1; i < count; i++)
		if (str_same(keyed[i - 1].key, keyed[i].key) &&
		    (!second || keyed[i].number < second->number))
			second = &keyed[i];
	if (!second)
		return true;
	r->number = second->number;
	return sheet_mistaken(r,
			      "#%s is the key of a section above already: without {#%s} a new "
			      "one is made",
			      second->key, second->key);
}
