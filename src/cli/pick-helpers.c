#include "archive/cli/pick-helpers.h"

#include <string.h>

#include "archive/cli/browser.h"
#include "archive/cli/edit-thread.h"
#include "archive/cli/editor.h"
#include "archive/cli/page-file.h"
#include "archive/text/utf8.h"

#define TEXT_NAME "text.txt"
#define PAGE_NAME "page.html"

/* Without the line ends that an editor puts behind a text. */
static void trim(struct str *text)
{
	while (text->len > 0 && text->buf[text->len - 1] == '\n')
		str_truncate(text, text->len - 1);
}

static bool edit_text(void *owner, const char *text, struct str *out, struct err *err)
{
	struct str before = STR_INIT;
	struct str after = STR_INIT;
	bool changed = false;

	(void)owner;
	str_addf(&before, "%s\n", text);
	if (editor_edit(TEXT_NAME, before.buf, &after, err)) {
		utf8_add_plain(out, after.buf, after.len, false);
		trim(out);
		trim(&before);
		changed = !str_same(out->buf, before.buf);
	}
	str_release(&before);
	str_release(&after);
	return changed;
}

static bool open_url(void *owner, const char *url, struct err *err)
{
	(void)owner;
	return browser_open(url, err);
}

static bool open_page(void *owner, struct err *err)
{
	struct pick *pick = owner;
	struct str path = STR_INIT;
	bool ok;

	ok = scratch_path(&pick->scratch, PAGE_NAME, &path, err) &&
	     page_write_file(pick->cli, pick->thread, path.buf, err) && browser_open(path.buf, err);
	str_release(&path);
	return ok;
}

/* By the name that it has by now: the text may give it another. */
static bool edit_whole(void *owner, struct str *said, struct err *err)
{
	struct pick *pick = owner;
	struct arena arena = ARENA_INIT;
	struct thread thread;
	bool ok;

	ok = thread_load_id(pick->cli->store, pick->thread, &arena, &thread, err) &&
	     edit_thread(pick->cli, thread.slug, said, err);
	arena_release(&arena);
	return ok;
}

struct tui_helpers pick_helpers(struct pick *pick)
{
	return (struct tui_helpers){ .edit_text = edit_text,
				     .edit_thread = edit_whole,
				     .open_url = open_url,
				     .open_page = open_page,
				     .owner = pick };
}

void pick_release(struct pick *pick)
{
	scratch_release(&pick->scratch);
}
