#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/import/found.h"

/* Words in classes, values of style and attributes of old elements. */
static const struct {
	const char *word;
	enum emphasis emphasis;
	enum colour colour;
} words[] = {
	{ "large", EMPHASIS_LARGE, 0 },	   { "xlarge", EMPHASIS_LARGE, 0 },
	{ "larger", EMPHASIS_LARGE, 0 },   { "x-large", EMPHASIS_LARGE, 0 },
	{ "xx-large", EMPHASIS_LARGE, 0 }, { "big", EMPHASIS_LARGE, 0 },
	{ "l", EMPHASIS_LARGE, 0 },	   { "xl", EMPHASIS_LARGE, 0 },
	{ "ll", EMPHASIS_LARGE, 0 },	   { "small", EMPHASIS_SMALL, 0 },
	{ "smaller", EMPHASIS_SMALL, 0 },  { "x-small", EMPHASIS_SMALL, 0 },
	{ "xsmall", EMPHASIS_SMALL, 0 },   { "s", EMPHASIS_SMALL, 0 },
	{ "red", 0, COLOUR_RED },	   { "maroon", 0, COLOUR_RED },
	{ "crimson", 0, COLOUR_RED },	   { "pink", 0, COLOUR_RED },
	{ "orange", 0, COLOUR_ORANGE },	   { "yellow", 0, COLOUR_ORANGE },
	{ "gold", 0, COLOUR_ORANGE },	   { "green", 0, COLOUR_GREEN },
	{ "lime", 0, COLOUR_GREEN },	   { "olive", 0, COLOUR_GREEN },
	{ "teal", 0, COLOUR_GREEN },	   { "blue", 0, COLOUR_BLUE },
	{ "navy", 0, COLOUR_BLUE },	   { "aqua", 0, COLOUR_BLUE },
	{ "cyan", 0, COLOUR_BLUE },	   { "purple", 0, COLOUR_PURPLE },
	{ "violet", 0, COLOUR_PURPLE },	   { "magenta", 0, COLOUR_PURPLE },
	{ "fuchsia", 0, COLOUR_PURPLE },   { "gray", 0, COLOUR_GREY },
	{ "grey", 0, COLOUR_GREY },	   { "silver", 0, COLOUR_GREY },
};

static void add_word(const char *word, size_t len, struct item_style *style)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strlen(words[i].word) != len || strncasecmp(words[i].word, word, len) != 0)
			continue;
		if (words[i].emphasis)
			style->emphasis = words[i].emphasis;
		if (words[i].colour)
			style->colour = words[i].colour;
	}
}

/* "color_red", "size-l", "red": of names with parts, only those of decorations count. */
static void add_class(const char *name, size_t len, struct item_style *style)
{
	static const char *const kinds[] = { "color", "colour", "size", "font",
					     "deco",  "text",	"tweet" };
	size_t head = 0;

	while (head < len && name[head] != '_' && name[head] != '-')
		head++;
	if (head == len && len > 2)
		add_word(name, len, style);
	for (size_t i = 0; head < len && i < ARRAY_LEN(kinds); i++)
		if (strlen(kinds[i]) == head && strncasecmp(kinds[i], name, head) == 0)
			add_word(name + head + 1, len - head - 1, style);
}

static void add_classes(const char *classes, struct item_style *style)
{
	while (classes && *classes) {
		size_t len = strcspn(classes, " \t\r\n");

		add_class(classes, len, style);
		classes += len + (classes[len] != '\0');
	}
}

/* ---- colours by number ---- */

static enum colour by_hue(int hue)
{
	static const struct {
		int below;
		enum colour colour;
	} hues[] = { { 20, COLOUR_RED },   { 65, COLOUR_ORANGE },  { 170, COLOUR_GREEN },
		     { 255, COLOUR_BLUE }, { 335, COLOUR_PURPLE }, { 361, COLOUR_RED } };
	size_t i = 0;

	while (hue >= hues[i].below)
		i++;
	return hues[i].colour;
}

static enum colour nearest(const int rgb[3])
{
	int most = 0, least = 255, hue, span;

	for (int i = 0; i < 3; i++) {
		most = rgb[i] > most ? rgb[i] : most;
		least = rgb[i] < least ? rgb[i] : least;
	}
	span = most - least;
	if (span < 48)
		return most > 90 && most < 215 ? COLOUR_GREY : COLOUR_NONE;
	if (most == rgb[0])
		hue = 60 * (rgb[1] - rgb[2]) / span;
	else if (most == rgb[1])
		hue = 120 + 60 * (rgb[2] - rgb[0]) / span;
	else
		hue = 240 + 60 * (rgb[0] - rgb[1]) / span;
	return by_hue((hue + 360) % 360);
}

static int hex(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* Three digits at most, the rest is passed over. */
static int take_number(const char **p)
{
	int value = 0;

	for (size_t i = 0; isdigit((unsigned char)**p); ++*p, i++)
		value = i < 3 ? value * 10 + (**p - '0') : value;
	return value;
}

/* "rgb(204, 0, 0)" */
static bool read_rgb(const char *value, int rgb[3])
{
	value += strcspn(value, "(");
	for (size_t i = 0; i < 3; i++) {
		value += strspn(value, "(, ");
		if (!isdigit((unsigned char)*value))
			return false;
		rgb[i] = take_number(&value);
	}
	return true;
}

static void add_colour(const char *value, size_t len, struct item_style *style)
{
	int rgb[3];
	size_t digits = 0;

	if (*value != '#') {
		if (len > 4 && strncasecmp(value, "rgb", 3) == 0 && read_rgb(value, rgb))
			style->colour = nearest(rgb);
		else
			add_word(value, len, style);
		return;
	}
	while (isxdigit((unsigned char)value[1 + digits]))
		digits++;
	if (digits != 3 && digits != 6)
		return;
	for (size_t i = 0; i < 3; i++)
		rgb[i] = digits == 3 ? hex(value[1 + i]) * 17
				     : hex(value[1 + 2 * i]) * 16 + hex(value[2 + 2 * i]);
	style->colour = nearest(rgb);
}

/* ---- sizes ---- */

static void add_size(const char *value, size_t len, struct item_style *style)
{
	int whole, tenths = 0, percent;
	const char *unit = value;

	if (!isdigit((unsigned char)*value)) {
		add_word(value, len, style);
		return;
	}
	whole = take_number(&unit);
	if (*unit == '.' && isdigit((unsigned char)unit[1])) {
		tenths = unit[1] - '0';
		unit += 1 + strspn(unit + 1, "0123456789");
	}
	percent = whole * 100 + tenths * 10;
	if (str_starts(unit, "px"))
		percent = whole * 100 / 15;
	else if (str_starts(unit, "pt"))
		percent = whole * 100 / 11;
	else if (*unit == '%')
		percent = whole;
	else if (!str_starts(unit, "em") && !str_starts(unit, "rem"))
		return;
	if (percent >= 120)
		style->emphasis = EMPHASIS_LARGE;
	else if (percent <= 85)
		style->emphasis = EMPHASIS_SMALL;
}

/* "color: #f00; font-size: 150%" */
static void add_declarations(const char *text, struct item_style *style)
{
	while (text && *text) {
		size_t len = strcspn(text, ";");
		const char *colon = memchr(text, ':', len);
		const char *value = colon ? colon + 1 + strspn(colon + 1, " ") : NULL;
		size_t name = strspn(text, " ");

		if (value && strncasecmp(text + name, "color", 5) == 0)
			add_colour(value, strcspn(value, " ;!"), style);
		else if (value && strncasecmp(text + name, "font-size", 9) == 0)
			add_size(value, strcspn(value, " ;!"), style);
		text += len + (text[len] != '\0');
	}
}

static void add_node(const struct node *node, struct item_style *style)
{
	const char *colour = node_attr(node, "color");
	const char *size = str_same(node->name, "font") ? node_attr(node, "size") : NULL;

	add_classes(node_attr(node, "class"), style);
	add_declarations(node_attr(node, "style"), style);
	if (colour)
		add_colour(colour, strlen(colour), style);
	if (size && strlen(size) <= 2)
		style->emphasis = strchr("+4567", *size) ? EMPHASIS_LARGE
				  : strchr("-12", *size) ? EMPHASIS_SMALL
							 : style->emphasis;
	if (str_same(node->name, "big") || str_same(node->name, "small"))
		add_word(node->name, strlen(node->name), style);
}

static const struct node *only_child(const struct node *node)
{
	const struct node *only = NULL;

	for (const struct node *child = node->first; child; child = child->next) {
		if (child->text && child->text[strspn(child->text, " \t\r\n")] == '\0')
			continue;
		if (only || child->text)
			return NULL;
		only = child;
	}
	return only && !str_same(only->name, "a") && !str_same(only->name, "img") ? only : NULL;
}

struct item_style found_style(const struct node *root, const struct node *text)
{
	struct item_style style = { 0 };

	const struct node *node = text;

	do
		add_node(node, &style);
	while (node != root && (node = node->parent));
	while ((text = only_child(text)))
		add_node(text, &style);
	return style;
}
