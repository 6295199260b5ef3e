#include "archive/export/form.h"

#include "archive/base/mem.h"
#include "archive/export/feed.h"
#include "archive/export/json.h"
#include "archive/export/markdown.h"
#include "archive/export/page.h"
#include "archive/export/text.h"

static bool write_fragment(FILE *out, const struct thread *thread,
			   const struct fragment_facts *facts, struct item_iter *items,
			   const struct form_options *options, struct err *err)
{
	return fragment_write(out, thread, facts, items, &options->fragment, err);
}

static bool write_page(FILE *out, const struct thread *thread, const struct fragment_facts *facts,
		       struct item_iter *items, const struct form_options *options, struct err *err)
{
	return page_write(out, thread, facts, items, &options->fragment, err);
}

static bool write_markdown(FILE *out, const struct thread *thread,
			   const struct fragment_facts *facts, struct item_iter *items,
			   const struct form_options *options, struct err *err)
{
	return markdown_write(out, thread, facts, items, &options->fragment, err);
}

static bool write_text(FILE *out, const struct thread *thread, const struct fragment_facts *facts,
		       struct item_iter *items, const struct form_options *options, struct err *err)
{
	int columns = options->columns > 0 ? options->columns : TEXT_COLUMNS;

	return text_write(out, thread, facts, items, columns, err);
}

static bool write_json(FILE *out, const struct thread *thread, const struct fragment_facts *facts,
		       struct item_iter *items, const struct form_options *options, struct err *err)
{
	(void)facts;
	return json_write(out, thread, items, &options->fragment, err);
}

static bool write_feed(FILE *out, const struct thread *thread, const struct fragment_facts *facts,
		       struct item_iter *items, const struct form_options *options, struct err *err)
{
	return feed_write(out, thread, facts, items, &options->fragment, err);
}

static const struct form forms[] = {
	{ "fragment", "html", "text/html", MEDIA_LINK, false, write_fragment },
	{ "page", "html", "text/html", MEDIA_INSIDE, false, write_page },
	{ "markdown", "md", "text/markdown", MEDIA_LINK, false, write_markdown },
	{ "text", "txt", "text/plain", MEDIA_LINK, false, write_text },
	{ "json", "json", "application/json", MEDIA_LINK, true, write_json },
	{ "feed", "xml", "application/atom+xml", MEDIA_LINK, false, write_feed },
};

const struct form *form_find(const char *name, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (!name || str_same(forms[i].name, name))
			return &forms[i];
	err_set(err, ERR_USAGE,
		"there is no form '%s': there are fragment, page, markdown, text, json and feed",
		name);
	return NULL;
}

bool form_takes(const struct form *form, enum media_way media, struct err *err)
{
	if (media != MEDIA_INSIDE || form->media == MEDIA_INSIDE)
		return true;
	return err_set(err, ERR_USAGE,
		       "only a page holds pictures inside; for %s say files, link or none",
		       form->name);
}
