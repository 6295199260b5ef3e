#include "archive/cli/sections-report.h"

#include <string.h>
#include <unistd.h>

#include "archive/cli/print.h"

static const char *const fates[] = {
	[SECTION_TOP] = "top",	       [SECTION_NEW] = "new",	[SECTION_SAME] = "same",
	[SECTION_CHANGED] = "changed", [SECTION_KEPT] = "kept", [SECTION_GONE] = "gone",
};

static const char *const remarks[] = {
	[SECTION_TOP] = "",
	[SECTION_NEW] = "  (new)",
	[SECTION_SAME] = "",
	[SECTION_CHANGED] = "  (corrected)",
	[SECTION_KEPT] = "  (in the timetable no more: stays for what is its own)",
	[SECTION_GONE] = "  (in the timetable no more: gone)",
};

static const char *title_of(const struct section *section)
{
	if (section->talk)
		return section->talk->title;
	return section->heading ? section->heading->text : NULL;
}

static int64_t start_of(const struct section *section)
{
	if (section->talk)
		return section->talk->starts;
	return section->heading ? section->heading->starts : 0;
}

static const char *speaker_of(const struct section *section)
{
	if (section->talk && section->talk->speaker)
		return section->talk->speaker;
	return section->heading ? section->heading->speaker : NULL;
}

/* The time of day in the zone; "" for 0. */
static const char *hour(const char *zone, int64_t ms, char out[PRINT_TIME_SIZE])
{
	print_time(zone, ms, out);
	return *out ? out + strlen("2017-06-30 ") : out;
}

static void put_line(struct str *line)
{
	print_safe(stdout, line->buf, cli_columns(STDOUT_FILENO));
	putchar('\n');
	str_clear(line);
}

/* ---- for people ---- */

static void add_lag(struct str *out, int64_t lag)
{
	if (lag % 60000 == 0)
		str_addf(out, "%lldm", (long long)(lag / 60000));
	else
		str_addf(out, "%llds", (long long)(lag / 1000));
}

static void print_head(const struct sections_report *report)
{
	const struct timetable *timetable = report->timetable;
	struct str line = STR_INIT;

	print_count(&line, (int64_t)timetable->count, "talk", "talks");
	str_add(&line, ", ");
	print_range(&line, report->zone, timetable->talks[0].starts,
		    timetable->talks[timetable->count - 1].starts);
	if (report->lag) {
		str_add(&line, ", posts come later by ");
		add_lag(&line, report->lag);
	}
	if (timetable->passed_over > 0)
		str_addf(&line, "; %zu of the calendar's events passed over",
			 timetable->passed_over);
	put_line(&line);
	str_release(&line);
}

static void print_section(const struct sections_report *report, const struct section *section)
{
	struct str line = STR_INIT;
	char when[PRINT_TIME_SIZE];
	const char *speaker = speaker_of(section);

	str_addf(&line, "%5zu  ", section->posts);
	if (section->fate == SECTION_TOP)
		str_add(&line, "above the first talk");
	else
		str_addf(&line, "%s  %s", hour(report->zone, start_of(section), when),
			 title_of(section));
	if (speaker)
		str_addf(&line, " / %s", speaker);
	str_add(&line, remarks[section->fate]);
	put_line(&line);
	str_release(&line);
}

static const char *name_of(const struct section *section)
{
	const char *title = title_of(section);

	return title ? title : "above the first talk";
}

static void print_post_line(const struct sections_report *report, const struct post *post,
			    const char *mark)
{
	struct str line = STR_INIT;
	char when[PRINT_TIME_SIZE];

	str_addf(&line, "  %s  %s  %s%s", post->short_id, hour(report->zone, post->created, when),
		 mark, post->text ? post->text : "");
	put_line(&line);
	str_release(&line);
}

/* One line for the two sections between which posts stand, then those: '<' is in the upper one,
 * '>' in the lower. */
static void print_border(const struct sections_report *report)
{
	const struct sections *plan = report->plan;
	const struct section *former = NULL;
	struct str line = STR_INIT;

	if (plan->border_count == 0)
		return;
	print_count(&line, (int64_t)plan->border_count, "post", "posts");
	printf("%s within %lld minutes of a talk's start:\n", line.buf,
	       (long long)(SECTION_BORDER_MS / 60000));
	str_clear(&line);
	for (size_t i = 0; i < plan->border_count; i++) {
		const struct section_post *post = &plan->border[i];
		const bool upper = post->section < post->other;
		const struct section *above = upper ? post->section : post->other;

		if (above != former) {
			str_addf(&line, " %s < > %s", name_of(above),
				 name_of(upper ? post->other : post->section));
			put_line(&line);
		}
		former = above;
		print_post_line(report, post->item->post, upper ? "<  " : ">  ");
	}
	str_release(&line);
}

static void print_by_hand(const struct sections_report *report)
{
	const struct sections *plan = report->plan;
	struct str line = STR_INIT;

	if (plan->by_hand_count == 0)
		return;
	print_count(&line, (int64_t)plan->by_hand_count, "post", "posts");
	printf("%s left where they were put by hand:\n", line.buf);
	str_clear(&line);
	for (size_t i = 0; i < plan->by_hand_count; i++) {
		const struct section_post *post = &plan->by_hand[i];

		print_post_line(report, post->item->post, "");
		str_addf(&line, "    in %s; by its time in %s", name_of(post->section),
			 name_of(post->other));
		put_line(&line);
	}
	str_release(&line);
}

static void print_end(const struct sections_report *report)
{
	struct str moved = STR_INIT, changes = STR_INIT;

	print_count(&moved, (int64_t)report->plan->moved, "post", "posts");
	print_count(&changes, (int64_t)report->plan->op_count, "change", "changes");
	if (report->plan->op_count == 0)
		puts("all is as it should be: nothing was changed");
	else if (report->dry_run)
		printf("%s to make, %s to move; nothing was changed (--dry-run)\n", changes.buf,
		       moved.buf);
	else
		printf("%s made, %s moved\nnext: archive thread show %s; archive thread undo %s "
		       "takes it back\n",
		       changes.buf, moved.buf, report->thread->slug, report->thread->slug);
	str_release(&moved);
	str_release(&changes);
}

void sections_report_print(const struct cli *cli, const struct sections_report *report)
{
	const struct sections *plan = report->plan;

	if (cli->quiet)
		return;
	print_head(report);
	for (size_t i = 0; i < plan->count; i++)
		print_section(report, &plan->sections[i]);
	print_border(report);
	print_by_hand(report);
	print_end(report);
}

/* ---- for scripts ---- */

/* A heading's key, of one that was just made, too. */
static const char *key_of(const struct sections_report *report, const struct section *section)
{
	if (section->heading)
		return section->heading->key;
	for (size_t i = 0; section->talk && i < report->after_count; i++) {
		const struct item *item = &report->after[i];

		if (item->kind == ITEM_HEADING && item->starts == section->talk->starts &&
		    str_same(item->text, section->talk->title))
			return item->key;
	}
	return NULL;
}

static void section_json(struct jwrite *w, const struct sections_report *report,
			 const struct section *section)
{
	jwrite_open_object(w, NULL);
	jwrite_text(w, "key", key_of(report, section));
	jwrite_text(w, "title", title_of(section));
	jwrite_text(w, "speaker", speaker_of(section));
	jwrite_time(w, "starts", start_of(section));
	jwrite_text(w, "state", fates[section->fate]);
	jwrite_int(w, "posts", (int64_t)section->posts);
	jwrite_close_object(w);
}

static void posts_json(struct jwrite *w, const struct sections_report *report, const char *key,
		       const struct section_post *posts, size_t count)
{
	jwrite_open_array(w, key);
	for (size_t i = 0; i < count; i++) {
		const struct post *post = posts[i].item->post;

		jwrite_open_object(w, NULL);
		jwrite_text(w, "id", post->short_id);
		jwrite_time(w, "created_at", post->created);
		jwrite_text(w, "text", post->text);
		jwrite_text(w, "section", key_of(report, posts[i].section));
		jwrite_text(w, "other", key_of(report, posts[i].other));
		jwrite_close_object(w);
	}
	jwrite_close_array(w);
}

void sections_report_json(struct jwrite *w, const struct sections_report *report)
{
	const struct sections *plan = report->plan;

	jwrite_int(w, "lag_seconds", report->lag / 1000);
	jwrite_bool(w, "dry_run", report->dry_run);
	jwrite_int(w, "moved", (int64_t)plan->moved);
	jwrite_int(w, "step", report->step);
	jwrite_int(w, "passed_over", (int64_t)report->timetable->passed_over);
	jwrite_open_array(w, "sections");
	for (size_t i = 0; i < plan->count; i++)
		section_json(w, report, &plan->sections[i]);
	jwrite_close_array(w);
	posts_json(w, report, "border", plan->border, plan->border_count);
	posts_json(w, report, "by_hand", plan->by_hand, plan->by_hand_count);
}
