#include "report.h"

#include <stdio.h>

#include "archive/base/clock.h"
#include "archive/source/session.h"

static void say(struct report *report, bool ok, const char *name, const char *what)
{
	report->failed += !ok;
	printf("%s %d - %s: %s\n", ok ? "ok" : "not ok", ++report->count, name, what);
}

void report_skipped(struct report *report, const char *name, const char *why)
{
	printf("ok %d - %s # SKIP %s\n", ++report->count, name, why);
}

void report_failed(struct report *report, const char *name, const char *why)
{
	say(report, false, name, why);
}

static void add_span(struct str *out, const struct page *page)
{
	char oldest[CLOCK_ISO_SIZE], newest[CLOCK_ISO_SIZE];

	if (!page->oldest)
		return;
	clock_format_utc(page->oldest, false, oldest);
	clock_format_utc(page->newest, false, newest);
	str_addf(out, ", oldest %s, newest %s", oldest, newest);
}

static size_t count_own(const struct page *page)
{
	size_t own = 0;

	for (size_t i = 0; i < page->count; i++)
		own += !page->posts[i].context;
	return own;
}

static void report_page(struct report *report, const char *name, const struct page *page)
{
	struct str text = STR_INIT;
	size_t own = count_own(page);
	bool whole = own + page->dropped + page->unwanted == page->matched;

	str_addf(&text, "%zu posts", own);
	if (page->count > own)
		str_addf(&text, " and %zu beside them", page->count - own);
	if (page->dropped)
		str_addf(&text, ", %zu not public", page->dropped);
	if (page->unwanted)
		str_addf(&text, ", %zu without the tag", page->unwanted);
	if (page->malformed)
		str_addf(&text, ", %zu NOT READ", page->malformed);
	add_span(&text, page);
	str_add(&text, page->last ? ", the last page" : "");
	say(report, whole, name, text.buf);
	str_release(&text);
}

static bool read_posts(const struct source *source, const struct http_answer *answer,
		       enum asked asked, struct page *page, struct err *err)
{
	if (answer->status == 200 && asked == ASKED_POST)
		return source->ops->parse_body(source, answer->body.buf, answer->body.len, page,
					       err);
	return source->ops->parse(source, answer, page, err);
}

static void report_session(struct report *report, const char *name, const struct source *source,
			   const struct http_answer *answer)
{
	struct session session = SESSION_INIT;
	struct err err = { 0 };
	bool taken = source->ops->session->take(source, answer, &session, &err);

	say(report, taken == (answer->status == 200), name, taken ? "a session" : err.msg);
	session_release(&session);
}

void report_answer(struct report *report, const char *name, const struct source *source,
		   const struct http_answer *answer, enum asked asked)
{
	struct page page = PAGE_INIT;
	struct err err = { 0 };

	if (answer->status == 200 && asked == ASKED_OTHER)
		report_skipped(report, name, "no posts were asked for");
	else if (asked == ASKED_SESSION)
		report_session(report, name, source, answer);
	else if (read_posts(source, answer, asked, &page, &err))
		report_page(report, name, &page);
	else
		say(report, answer->status != 200 && err.msg[0], name, err.msg);
	page_release(&page);
}
