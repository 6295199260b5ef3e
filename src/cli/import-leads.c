#include "archive/cli/import-leads.h"

#include "archive/cli/print.h"

#define SHOWN_POSTS 20

static void say(const struct str *line)
{
	print_safe(stdout, line->buf, 4000);
	putchar('\n');
}

/* ---- the thread of a file ---- */

static void add_items(struct str *line, const struct intake_thread *thread)
{
	print_count(line, (int64_t)thread->posts, "post", "posts");
	if (thread->words) {
		str_add(line, " and ");
		print_count(line, (int64_t)thread->words, "heading, note or link",
			    "headings, notes and links");
	}
}

void import_thread_text(const struct intake_report *report, bool dry_run)
{
	const struct intake_thread *thread = &report->thread;
	struct str line = STR_INIT;

	if (!thread->slug[0])
		return;
	str_addf(&line, "thread %s", thread->slug);
	if (thread->part > 1)
		str_addf(&line, ", part %d", thread->part);
	if (thread->before) {
		str_add(&line, ": is there already, and stays as it is");
	} else {
		str_add(&line, dry_run ? " would have: " : thread->fresh ? ", made: " : ": ");
		add_items(&line, thread);
	}
	if (thread->missing)
		str_addf(&line, "; %zu of its posts %s not in the file", thread->missing,
			 thread->missing == 1 ? "is" : "are");
	say(&line);
	str_release(&line);
}

void import_thread_json(struct jwrite *w, const struct intake_report *report)
{
	const struct intake_thread *thread = &report->thread;

	jwrite_int(w, "addresses_known", (int64_t)report->known_mentions);
	jwrite_int(w, "addresses_unknown", (int64_t)report->unknown_mentions);
	if (!thread->slug[0]) {
		jwrite_null(w, "thread");
		return;
	}
	jwrite_open_object(w, "thread");
	jwrite_text(w, "slug", thread->slug);
	jwrite_int(w, "part", thread->part > 0 ? thread->part : 1);
	jwrite_bool(w, "made", thread->fresh);
	jwrite_bool(w, "there_before", thread->before);
	jwrite_int(w, "posts", (int64_t)thread->posts);
	jwrite_int(w, "words", (int64_t)thread->words);
	jwrite_int(w, "missing", (int64_t)thread->missing);
	jwrite_close_object(w);
}

/* ---- what leads on ---- */

static void add_place(struct str *line, const struct intake_lead *lead)
{
	str_addf(line, " (%s%s%s)", lead->file, lead->place ? ", " : "",
		 lead->place ? lead->place : "");
}

static void tell_thread(const struct intake_lead *lead)
{
	struct str line = STR_INIT;

	str_addf(&line, "%s", lead->url);
	add_place(&line, lead);
	if (lead->text)
		str_addf(&line, ", %s", lead->text);
	say(&line);
	str_clear(&line);
	str_add(&line, "  next: open it in a browser, save the page, archive import PAGE.html");
	say(&line);
	str_clear(&line);
	str_addf(&line, "  gone? look for a copy: https://web.archive.org/web/*/%s", lead->url);
	say(&line);
	str_release(&line);
}

static void tell_empty(const struct intake_lead *lead, const char *slug)
{
	struct str line = STR_INIT;

	str_addf(&line, "nothing is left under the heading '%s'", lead->text);
	add_place(&line, lead);
	say(&line);
	str_clear(&line);
	str_addf(&line, "  next: %sarchive export %s --into %s --under '%s'",
		 slug ? "" : "find the thread, import it, then ", slug ? slug : "SLUG", lead->file,
		 lead->text);
	say(&line);
	str_release(&line);
}

static void tell_post(const struct intake_lead *lead)
{
	struct str line = STR_INIT;

	str_addf(&line, "  %s", lead->url);
	add_place(&line, lead);
	say(&line);
	str_release(&line);
}

static void tell_json(const struct intake_lead *lead)
{
	static const char *const kinds[] = { "post", "thread", "empty" };
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "lead", kinds[lead->kind]);
	jwrite_text(&w, "url", lead->url);
	jwrite_text(&w, "text", lead->text);
	jwrite_text(&w, "file", lead->file);
	jwrite_text(&w, "place", lead->place);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

static void tell_posts(const struct intake_lead *const *posts, size_t count, size_t more)
{
	struct str line = STR_INIT;

	if (!count)
		return;
	print_count(&line, (int64_t)(count + more),
		    "address of a post that is not in the store, nor its content in the file:",
		    "addresses of posts that are not in the store, nor their content in the file:");
	say(&line);
	for (size_t i = 0; i < count && i < SHOWN_POSTS; i++)
		tell_post(posts[i]);
	str_clear(&line);
	if (count + more > SHOWN_POSTS)
		str_addf(&line, "  and %zu more\n", count + more - SHOWN_POSTS);
	fputs(line.buf, stdout);
	puts("  next: archive add URL..., or all of them by a pipe to archive add -");
	str_release(&line);
}

bool import_leads_print(const struct cli *cli, struct intake_leads *leads, struct err *err)
{
	const struct intake_lead *posts[INTAKE_MAX_LEADS];
	const char *slug = NULL;
	size_t count = 0;

	if (!intake_leads_thread(cli->store, leads, &slug, err))
		return false;
	for (size_t i = 0; i < leads->count; i++) {
		const struct intake_lead *lead = &leads->items[i];
		bool done = false;

		if (!intake_lead_is_done(cli->store, lead, &done, err))
			return false;
		if (done)
			continue;
		if (cli->json)
			tell_json(lead);
		else if (lead->kind == MENTION_POST)
			posts[count++] = lead;
		else if (lead->kind == MENTION_THREAD)
			tell_thread(lead);
		else
			tell_empty(lead, slug);
	}
	tell_posts(posts, count, leads->more);
	return true;
}
