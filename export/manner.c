#include "archive/export/manner.h"

struct look {
	const char *class, *style;
};

static const struct look sizes[EMPHASIS_COUNT] = {
	[EMPHASIS_LARGE] = { "archive-large", "font-size:1.2em;line-height:1.65" },
	[EMPHASIS_SMALL] = { "archive-small", "font-size:.85em;line-height:1.65" },
};

/* A bar stands out from white and from black paper alike; its tint is a twelfth of it. */
#define COLOUR(name, hex)                                                          \
	{                                                                          \
		"archive-colour archive-" name,                                    \
			"margin-bottom:.7em;padding-left:.8em;padding-right:.8em;" \
			"border-top:0;border-left:4px solid " hex                  \
			";border-radius:6px;background:" hex "16"                  \
	}

static const struct look colours[COLOUR_COUNT] = {
	[COLOUR_RED] = COLOUR("red", "#d4504b"),
	[COLOUR_ORANGE] = COLOUR("orange", "#c2711a"),
	[COLOUR_GREEN] = COLOUR("green", "#3d8f57"),
	[COLOUR_BLUE] = COLOUR("blue", "#3d80d4"),
	[COLOUR_PURPLE] = COLOUR("purple", "#8d66cf"),
	[COLOUR_GREY] = COLOUR("grey", "#808080"),
};

#define INDENT(class, margin)                                                                    \
	{                                                                                        \
		"archive-answer" class, "margin-left:" margin ";padding-left:.8em;border-top:0;" \
					"border-left:2px solid #8885"                            \
	}

static const struct look indents[MANNER_DEPTH + 1] = {
	[1] = INDENT("", "min(.9em,3%)"),
	[2] = INDENT(" archive-answer-2", "min(2.4em,8%)"),
	[3] = INDENT(" archive-answer-3", "min(3.9em,13%)"),
};

static const struct look first = { "archive-first", "padding-top:.1em;border-top:0" };

static void add(struct manner *manner, const struct look *look)
{
	if (!look->class)
		return;
	str_add(&manner->class, manner->class.len > 0 ? " " : "");
	str_add(&manner->style, manner->style.len > 0 ? ";" : "");
	str_add(&manner->class, look->class);
	str_add(&manner->style, look->style);
}

void manner_add_size(struct manner *manner, const struct item_style *style)
{
	add(manner, &sizes[style->emphasis]);
}

void manner_add_colour(struct manner *manner, const struct item_style *style)
{
	add(manner, &colours[style->colour]);
}

void manner_add_indent(struct manner *manner, size_t depth)
{
	add(manner, &indents[depth < MANNER_DEPTH ? depth : MANNER_DEPTH]);
}

void manner_add_first(struct manner *manner)
{
	add(manner, &first);
}

void manner_release(struct manner *manner)
{
	str_release(&manner->class);
	str_release(&manner->style);
}
