#include "archive/base/clock.h"
#include "archive/cli/thread-words.h"
#include "archive/store/view.h"

#define ROWS_AT_ONCE 500

struct selection {
	struct thread window; /* the thread, its window made as narrow as was asked */
	struct view_filter filter;
	struct search_query query;
	bool chosen, unlisted; /* only chosen ones; unlisted ones too */
	bool gone;	       /* gone ones too */
};

bool thread_selects(const struct thread_words *words)
{
	return words->all || words->author || words->since || words->until || words->search ||
	       words->undecided;
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

static bool read_query(struct thread_job *job, struct search_query *query, struct err *err)
{
	const struct thread_words *words = job->words;
	const char *zone = job->thread.zone ? job->thread.zone : job->cli->zone;
	const struct search_reading reading = { &job->arena, clock_now(), zone };

	return search_parse(&reading, words->search ? words->search : "", query, err) &&
	       (!words->author || search_parse_filter(&reading, "from", words->author, query, err));
}

static bool read_selection(struct thread_job *job, enum op_kind kind, struct selection *s,
			   struct err *err)
{
	const struct thread_words *words = job->words;

	s->window = job->thread;
	s->filter = (struct view_filter){ .network = -1, .query = &s->query };
	s->filter.undecided = kind == OP_CHOOSE || words->undecided;
	s->chosen = kind == OP_UNDECIDE;
	s->unlisted = kind != OP_CHOOSE || words->unlisted;
	s->gone = kind != OP_CHOOSE;
	return read_query(job, &s->query, err) && read_times(job, &s->window, err);
}

static bool is_wanted(const struct selection *s, const struct row *row)
{
	if ((s->chosen && row->verdict != VERDICT_CHOSEN) || (row->unlisted && !s->unlisted) ||
	    (row->gone && !s->gone))
		return false;
	/* chosen ones are among the candidates whenever they were written */
	return row->time >= s->window.since && (!s->window.until || row->time < s->window.until);
}

/* ---- all of them ---- */

static bool select_each(struct thread_job *job, const struct selection *s, enum op_kind kind,
			struct err *err)
{
	struct view_span span = { .limit = ROWS_AT_ONCE };
	struct arena arena = ARENA_INIT;
	struct view_page page = { 0 };
	bool ok = true;

	while (ok && !page.end) {
		arena_clear(&arena);
		ok = view_candidates(job->cli->store, &s->window, &s->filter, &span, &arena, &page,
				     err);
		for (size_t i = 0; ok && i < page.count; i++)
			if (is_wanted(s, &page.rows[i]))
				thread_job_add(job, kind)->post = page.rows[i].post;
		span.from = page.reached;
	}
	arena_release(&arena);
	return ok;
}

bool thread_select(struct thread_job *job, enum op_kind kind, struct err *err)
{
	struct selection selection = { 0 };
	bool ok = read_selection(job, kind, &selection, err);

	/* an empty window would be an open one */
	if (ok && (!selection.window.until || selection.window.since < selection.window.until))
		ok = select_each(job, &selection, kind, err);
	return ok;
}
