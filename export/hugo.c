#include "archive/export/hugo.h"

#include <string.h>

#define PART "archive/%s.html"

extern const char export_hugo_shortcode[]; /* hugo-shortcode.html, made by data/embed.c */

const char *hugo_shortcode(void)
{
	return export_hugo_shortcode;
}

bool hugo_is_shortcode(const char *text)
{
	return strstr(text, PART) != NULL;
}

/* A slug holds no dot, a section's key neither. */
static void add_name(struct str *out, const char *slug, const char *section)
{
	str_addf(out, "%s%s%s", slug, section ? "." : "", section ? section : "");
}

void hugo_add_call(struct str *out, const char *slug, const char *section)
{
	str_add(out, "{{< archive \"");
	add_name(out, slug, section);
	str_add(out, "\" >}}\n");
}

void hugo_add_part(struct str *out, const char *slug, const char *section)
{
	struct str name = STR_INIT;

	add_name(&name, slug, section);
	str_addf(out, PART, name.buf);
	str_release(&name);
}
