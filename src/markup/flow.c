#include "archive/markup/flow.h"

#include <string.h>

enum { PLAIN = FLOW_PLAIN, ESCAPE = FLOW_ESCAPE, BLANK = FLOW_BLANK, DROP = FLOW_DROP, LEAD };

/* LEAD bytes begin characters of which some are left out. */
static const unsigned char classes[256] = {
	[0x00 ... 0x08] = DROP, ['\t'] = BLANK, ['\n'] = BLANK,		[0x0B] = DROP,
	['\f'] = BLANK,		['\r'] = BLANK, [0x0E ... 0x1F] = DROP, [' '] = BLANK,
	['"'] = ESCAPE,		['&'] = ESCAPE, ['<'] = ESCAPE,		['>'] = ESCAPE,
	[0x7F] = DROP,		[0xC2] = LEAD,	[0xD8] = LEAD,		[0xE2] = LEAD,
	[0xEF] = LEAD,
};

static enum flow flow_of_two(unsigned char lead, unsigned char second)
{
	if (lead == 0xC2 && second < 0xA0) /* C1 controls, of which U+0085 ends a line */
		return second == 0x85 ? FLOW_BLANK : FLOW_DROP;
	return lead == 0xD8 && second == 0x9C ? FLOW_DROP : FLOW_PLAIN; /* U+061C */
}

static enum flow flow_of_three(const unsigned char *p)
{
	if (p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9)) /* U+2028, U+2029 */
		return FLOW_BLANK;
	if (p[0] == 0xE2 && p[1] == 0x80) /* U+200E, U+200F, U+202A to U+202E */
		return p[2] == 0x8E || p[2] == 0x8F || (p[2] >= 0xAA && p[2] <= 0xAE) ? FLOW_DROP
										      : FLOW_PLAIN;
	if (p[0] == 0xE2 && p[1] == 0x81) /* U+2066 to U+2069 */
		return p[2] >= 0xA6 && p[2] <= 0xA9 ? FLOW_DROP : FLOW_PLAIN;
	if (p[0] == 0xEF && p[1] == 0xBB) /* U+FEFF */
		return p[2] == 0xBF ? FLOW_DROP : FLOW_PLAIN;
	return p[0] == 0xEF && p[1] == 0xBF && p[2] >= 0xBE ? FLOW_DROP
							    : FLOW_PLAIN; /* U+FFFE, U+FFFF */
}

/* Of the character at p, whose first byte is a LEAD. */
static enum flow flow_of_character(const char *p, const char *end, size_t *len)
{
	const unsigned char *u = (const unsigned char *)p;

	*len = u[0] < 0xE0 ? 2 : 3;
	if ((size_t)(end - p) < *len)
		return FLOW_PLAIN;
	return *len == 2 ? flow_of_two(u[0], u[1]) : flow_of_three(u);
}

static unsigned char class_of(const char *p)
{
	return classes[(unsigned char)*p];
}

enum flow flow_next(const char *p, const char *end, size_t *len)
{
	const char *from = p;
	enum flow flow = FLOW_PLAIN;

	for (; p < end; p++) {
		*len = 1;
		flow = (enum flow)class_of(p);
		if (class_of(p) == LEAD)
			flow = flow_of_character(p, end, len);
		if (flow != FLOW_PLAIN)
			break;
	}
	if (p == from)
		return flow;
	*len = (size_t)(p - from);
	return FLOW_PLAIN;
}

const char *flow_reference(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	default:
		return "&quot;";
	}
}

void flow_add_value(struct str *out, const char *text)
{
	for (;;) {
		size_t len = strcspn(text, "&<>\"");

		str_add_n(out, text, len);
		if (!text[len])
			return;
		str_add(out, flow_reference(text[len]));
		text += len + 1;
	}
}
