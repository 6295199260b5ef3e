#include <string.h>

#include "archive/base/mem.h"
#include "archive/cli/thread-words.h"
#include "archive/store/view.h"
#include "archive/text/utf8.h"

#define ROWS_AT_ONCE 500

struct selection {
	struct thread window; /* the thread, its window made as narrow as was asked */
	struct view_filter filter;
	struct str author;     /* folded, without '@'; empty = any */
	bool chosen, unlisted; /* only chosen ones; unlisted ones too */
	bool gone;	       /* gone ones too */
};

bool thread_selects(const struct thread_words *words)
{
	return words->all || words->author || words->since || words->until || words->search ||
	       words->undecided;
}

/* ---- by author ---- */

/* As in a search: the handle, with its server or without, or a part of the name. */
static bool is_by(const struct row *row, const struct str *author, struct str *folded)
{
	if (row->handle) {
		str_clear(folded);
		utf8_add_folded(folded, row->handle, strlen(row->handle));
		str_add_char(folded, '@');
		if (str_starts(folded->buf + (folded->buf[0] == '@'), author->buf) &&
		    folded->buf[(folded->buf[0] == '@') + author->len] == '@')
			return true;
		str_truncate(folded, folded->len - 1);
		if (str_same(folded->buf + (folded->buf[0] == '@'), author->buf))
			return true;
	}
	str_clear(folded);
	if (row->name)
		utf8_add_folded(folded, row->name, strlen(row->name));
	return strstr(folded->buf, author->buf) != NULL;
}

/* ---- which ---- */

static bool read_times(struct thread_job *job, struct thread *window, struct err *err)
{
	const struct thread_words *words = job->words;
	int64_t since = 0, until = 0;

	if (words->since && !thread_job_time(job, words->since, WHEN_SINCE, &since, err))
		return false;
	if (words->until && !thread_job_time(job, words->until, WHEN_UNTIL, &until, err))
		return false;
	if (since && until && since >= until)
		return err_set(err, ERR_USAGE, "--since %s is not before --until %s", words->since,
			       words->until);
	if (since > window->since)
		window->since = since;
	if (until && (!window->until || until < window->until))
		window->until = until;
	return true;
}

static bool read_selection(struct thread_job *job, enum op_kind kind, struct selection *s,
			   struct err *err)
{
	const struct thread_words *words = job->words;
	const char *author = words->author;

	s->window = job->thread;
	s->filter = (struct view_filter){ .network = -1, .words = words->search };
	s->filter.undecided = kind == OP_CHOOSE || words->undecided;
	s->chosen = kind == OP_UNDECIDE;
	s->unlisted = kind != OP_CHOOSE || words->unlisted;
	s->gone = kind != OP_CHOOSE;
	if (author) {
		author += *author == '@';
		utf8_add_folded(&s->author, author, strlen(author));
		if (s->author.len == 0)
			return err_set(err, ERR_USAGE,
				       "--author wants a handle or a part of a name");
	}
	return read_times(job, &s->window, err);
}

static bool is_wanted(const struct selection *s, const struct row *row, struct str *folded)
{
	if ((s->chosen && row->verdict != VERDICT_CHOSEN) || (row->unlisted && !s->unlisted) ||
	    (row->gone && !s->gone))
		return false;
	/* chosen ones are among the candidates whenever they were written */
	if (row->time < s->window.since || (s->window.until && row->time >= s->window.until))
		return false;
	return s->author.len == 0 || is_by(row, &s->author, folded);
}

/* ---- all of them ---- */

static bool select_each(struct thread_job *job, const struct selection *s, enum op_kind kind,
			struct err *err)
{
	struct view_span span = { .limit = ROWS_AT_ONCE };
	struct str folded = STR_INIT;
	struct arena arena = ARENA_INIT;
	struct view_page page = { 0 };
	bool ok = true;

	while (ok && !page.end) {
		arena_clear(&arena);
		ok = view_candidates(job->cli->store, &s->window, &s->filter, &span, &arena, &page,
				     err);
		for (size_t i = 0; ok && i < page.count; i++)
			if (is_wanted(s, &page.rows[i], &folded))
				thread_job_add(job, kind)->post = page.rows[i].post;
		span.from = page.reached;
	}
	str_release(&folded);
	arena_release(&arena);
	return ok;
}

bool thread_select(struct thread_job *job, enum op_kind kind, struct err *err)
{
	struct selection selection = { .author = STR_INIT };
	bool ok = read_selection(job, kind, &selection, err);

	/* an empty window would be an open one */
	if (ok && (!selection.window.until || selection.window.since < selection.window.until))
		ok = select_each(job, &selection, kind, err);
	str_release(&selection.author);
	return ok;
}
