#include "archive/export/page.h"

#include <errno.h>
#include <string.h>

#include "archive/base/str.h"
#include "archive/export/language.h"
#include "archive/export/pictures.h"
#include "archive/export/safe.h"

extern const char export_style_css[]; /* style.css and page.css, made by data/embed.c */
extern const char export_page_css[];

const char *page_stylesheet(void)
{
	return export_style_css;
}

/* Whence pictures may come: from nowhere but where this document has them. */
static void add_picture_policy(struct str *out, const struct fragment_options *options)
{
	const char *base = options->media_base ? options->media_base : "";

	if (options->media == MEDIA_INSIDE)
		str_add(out, "; img-src data:");
	if (options->media != MEDIA_FILES)
		return;
	str_add(out, "; img-src ");
	if (!str_starts(base, "https://") && !str_starts(base, "http://"))
		str_add(out, "'self' file:");
	else
		pictures_add_host(out, base);
}

static void add_head(struct str *out, const struct thread *thread,
		     const struct fragment_options *options)
{
	const char *title = thread->title && *thread->title ? thread->title : thread->slug;
	const char *lang = thread->lang && *thread->lang ? thread->lang : language_find(NULL)->code;

	str_add(out, "<!DOCTYPE html>\n<html lang=\"");
	safe_add_attr(out, lang, strlen(lang));
	str_add(out, "\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	safe_add_text(out, title, strlen(title));
	str_add(out, "</title>\n"
		     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		     "<meta name=\"color-scheme\" content=\"light dark\">\n"
		     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		     "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
	add_picture_policy(out, options);
	str_add(out, "\">\n<style>\n");
	str_add(out, export_style_css);
	str_add(out, export_page_css);
	str_add(out, "</style>\n</head>\n<body class=\"archive-page\">\n<main>\n");
}

static bool put(FILE *out, const char *text, struct err *err)
{
	if (fputs(text, out) != EOF)
		return true;
	return err_set(err, ERR_IO, "the page cannot be written: %s", strerror(errno));
}

bool page_write(FILE *out, const struct thread *thread, const struct fragment_facts *facts,
		struct item_iter *items, const struct fragment_options *options, struct err *err)
{
	struct fragment_options own = *options;
	struct str head = STR_INIT;
	bool ok;

	own.style = STYLE_CLASS;
	own.heading_level = options->heading_level ? options->heading_level : LEVEL_LEAST;
	add_head(&head, thread, &own);
	ok = put(out, head.buf, err) && fragment_write(out, thread, facts, items, &own, err) &&
	     put(out, "</main>\n</body>\n</html>\n", err);
	str_release(&head);
	return ok;
}
