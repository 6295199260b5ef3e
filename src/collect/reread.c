#include "archive/collect/reread.h"

#include <stdio.h>

#include "archive/import/answers.h"
#include "archive/source/source.h"
#include "archive/store/derive.h"
#include "archive/store/forget.h"

struct reread {
	struct store *store;
	reread_fn *take;
	void *owner;
	size_t forgotten;
	bool failed; /* by whoever takes the pages */
};

static enum fate judge(void *owner, const struct post *post)
{
	struct reread *reread = owner;
	enum fate fate = store_judge(reread->store, post);

	reread->forgotten += fate == FATE_DROPPED;
	return fate;
}

static bool take_page(void *owner, struct page *page, const char *bytes, size_t len,
		      struct err *err)
{
	struct reread *reread = owner;

	(void)bytes;
	(void)len;
	if (reread->take(reread->owner, page, err))
		return true;
	reread->failed = true;
	return false;
}

static bool take_thread(void *owner, const struct found_thread *thread, struct err *err)
{
	(void)owner;
	(void)thread;
	(void)err;
	return true;
}

static bool take_mention(void *owner, const struct mention *mention, struct err *err)
{
	(void)owner;
	(void)mention;
	(void)err;
	return true;
}

static import_read_fn *reader_of(const char *form)
{
	enum import_form known;
	import_read_fn *reader = NULL;

	if (import_form_parse(form, &known))
		reader = import_reader(known);
	return reader ? reader : import_answers;
}

/* A reader that cannot make anything of it is no failure, one who takes the pages and fails is. */
static bool read_file(struct reread *reread, const struct kept_answer *answer, bool *understood,
		      struct err *err)
{
	const struct import_client client = {
		.take = take_page,
		.thread = take_thread,
		.mention = take_mention,
		.judge = judge,
		.owner = reread,
	};
	struct import_report report = { 0 };
	struct str form = STR_INIT;
	struct err why = { 0 };
	FILE *in = NULL;
	bool ok = false;

	if (!store_file_form(reread->store, answer->source.buf, &form, err))
		goto out;
	in = fmemopen(answer->body.buf, answer->body.len, "rb");
	if (!in) {
		err_set(err, ERR_IO, "an answer could not be read again: %m");
		goto out;
	}
	*understood = reader_of(form.buf)(in, "evidence", answer->fetched, &client, &report, &why);
	ok = !reread->failed;
	if (!ok)
		*err = why;
out:
	if (in)
		fclose(in);
	str_release(&form);
	return ok;
}

static bool read_answer(struct reread *reread, const struct kept_answer *answer, bool *understood,
			struct err *err)
{
	struct source source = SOURCE_INIT;
	struct page page = PAGE_INIT;
	struct err why = { 0 };
	bool ok = true;

	page.judge = judge;
	page.judge_owner = reread;
	*understood = source_parse(&source, answer->source.buf, &why) &&
		      source.ops->parse_body(&source, answer->body.buf, answer->body.len, &page,
					     &why);
	if (*understood)
		ok = take_page(reread, &page, NULL, 0, err);
	page_release(&page);
	source_release(&source);
	return ok;
}

bool reread_answer(struct store *store, const struct kept_answer *answer, reread_fn *take,
		   void *owner, bool *understood, size_t *forgotten, struct err *err)
{
	struct reread reread = { .store = store, .take = take, .owner = owner };
	bool ok = true;

	*understood = false;
	if (answer->body.len > 0)
		ok = str_starts(answer->source.buf, "file:")
			     ? read_file(&reread, answer, understood, err)
			     : read_answer(&reread, answer, understood, err);
	*forgotten = reread.forgotten;
	return ok;
}
