#include "archive/cli/export-report.h"

#include <string.h>

#include "archive/base/path.h"
#include "archive/cli/picture-folder.h"
#include "archive/cli/print.h"

static const char *const states[] = {
	[EXPORT_WRITTEN] = "written",
	[EXPORT_SAME] = "same",
	[EXPORT_DIFFERS] = "differs",
};

static void print_names_json(struct jwrite *w, const char *key, const char *names)
{
	struct str name = STR_INIT;

	jwrite_open_array(w, key);
	while (names && picture_folder_next(&names, &name))
		jwrite_text(w, NULL, name.buf);
	jwrite_close_array(w);
	str_release(&name);
}

static void print_pictures_json(struct jwrite *w, const struct export_result *result)
{
	jwrite_int(w, "pictures", (int64_t)result->pictures);
	jwrite_text(w, "folder", result->folder);
	print_names_json(w, "written", result->written);
	jwrite_int(w, "removed", (int64_t)result->removed);
	print_names_json(w, "unshown", result->unshown);
	jwrite_int(w, "not_kept", result->not_kept);
}

static void print_json(const struct export_order *order, const struct export_result *result)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "thread", result->thread.slug);
	jwrite_text(&w, "file", order->file);
	jwrite_text(&w, "as", order->form->name);
	jwrite_text(&w, "state", states[result->state]);
	jwrite_int(&w, "posts", result->summary.posts);
	jwrite_int(&w, "gone", result->summary.gone);
	jwrite_int(&w, "optouts", result->summary.optouts);
	jwrite_int(&w, "unlisted_left_out", result->summary.unlisted);
	print_pictures_json(&w, result);
	jwrite_close_object(&w);
	puts(out.buf);
	str_release(&out);
}

/* What was chosen and is not shown is said, never silently left out. */
static void add_hidden(struct str *line, const struct thread_summary *summary)
{
	if (summary->gone > 0)
		str_addf(line, "; %lld gone at their source, left out", (long long)summary->gone);
	if (summary->optouts > 0)
		str_addf(line, "; %lld by people who asked not to be archived, left out",
			 (long long)summary->optouts);
	if (summary->unlisted > 0)
		str_addf(line, "; %lld unlisted, left out (--unlisted takes them in)",
			 (long long)summary->unlisted);
}

/* As it is reached from here, when it lies below. */
static void add_path(struct str *line, const char *path)
{
	struct str here = STR_INIT;
	struct err ignored = { 0 };
	const char *rest = path;

	if (path_real(".", &here, &ignored) && path_is_inside(path, here.buf, &rest) && *rest)
		str_add(line, rest);
	else
		str_add(line, path);
	str_release(&here);
}

static void add_pictures(struct str *line, const struct export_order *order,
			 const struct export_result *result)
{
	if (order->media != MEDIA_FILES || result->pictures == 0)
		return;
	str_add(line, ", ");
	print_count(line, (int64_t)result->pictures, "picture", "pictures");
	if (!result->folder)
		return;
	str_add(line, " in ");
	add_path(line, result->folder);
}

static void add_files(struct str *lines, const struct export_result *result, const char *names)
{
	struct str name = STR_INIT;

	while (names && picture_folder_next(&names, &name)) {
		str_add(lines, "  ");
		add_path(lines, result->folder);
		str_addf(lines, "/%s\n", name.buf);
	}
	str_release(&name);
}

/* Of somebody who was forgotten, perhaps: nothing is taken out of a folder that is not ours. */
static void say_unshown(const struct export_result *result)
{
	struct str lines = STR_INIT;

	add_files(&lines, result, result->unshown);
	if (lines.len > 0)
		fprintf(stderr,
			"no file that is known shows these any more: take them away by hand, here "
			"and where they were uploaded\n%s",
			lines.buf);
	str_release(&lines);
}

/* Those that the blog does not have yet, as far as we know. */
static void say_uploads(const struct export_order *order, const struct export_result *result)
{
	struct str line = STR_INIT;

	add_files(&line, result, result->uploads);
	if (line.len > 0)
		fprintf(stderr, "to be uploaded (%s):\n%s", order->blog->uploads_to, line.buf);
	if (result->pictures > 0 && !order->media_url)
		fputs("then say where they are, and they are shown: the same command with "
		      "--media-url https://...\n",
		      stderr);
	str_release(&line);
}

static void say_pictures(const struct export_order *order, const struct export_result *result)
{
	struct str line = STR_INIT;

	if (result->not_kept > 0 && result->state != EXPORT_SAME)
		fprintf(stderr,
			"%lld of its pictures are not kept: archive media %s%s fetches them\n",
			(long long)result->not_kept, result->thread.slug,
			order->avatars ? " --avatars" : "");
	if (result->removed > 0) {
		print_count(&line, (int64_t)result->removed, "picture", "pictures");
		fprintf(stderr, "%s not shown any more, taken away\n", line.buf);
	}
	say_unshown(result);
	if (order->blog && order->blog->uploads)
		say_uploads(order, result);
	str_release(&line);
}

static void say_next(const struct export_order *order, const struct export_result *result)
{
	struct str line = STR_INIT;

	if (result->part && result->state == EXPORT_WRITTEN) {
		str_add(&line, "the post calls ");
		add_path(&line, result->part);
		if (result->shortcode) {
			str_add(&line, " by a new shortcode, ");
			add_path(&line, result->shortcode);
		}
		fprintf(stderr, "%s\n", line.buf);
	}
	if (order->blog && order->blog->next && !order->into && result->state == EXPORT_WRITTEN)
		fprintf(stderr, "%s\n", order->blog->next);
	str_release(&line);
}

static void report(const struct export_order *order, const struct export_result *result)
{
	const struct thread_summary *summary = &result->summary;
	int64_t hidden = summary->gone + summary->optouts + summary->unlisted;
	struct str line = STR_INIT;

	if (summary->posts + hidden == 0)
		fprintf(stderr,
			"no post is chosen yet: archive thread add %s --all chooses every "
			"candidate\n",
			result->thread.slug);
	print_count(&line, summary->posts, "post", "posts");
	if (order->file)
		str_addf(&line, " in %s", order->file);
	add_pictures(&line, order, result);
	if (result->state == EXPORT_SAME)
		str_add(&line, ", as before");
	add_hidden(&line, summary);
	if (order->file || result->folder || hidden > 0)
		fprintf(stderr, "%s\n", line.buf);
	say_pictures(order, result);
	say_next(order, result);
	str_release(&line);
}

void export_tell(const struct cli *cli, const struct export_order *order,
		 const struct export_result *result, bool check)
{
	if (cli->json && order->file)
		print_json(order, result);
	else if (check && result->state == EXPORT_DIFFERS)
		printf("%s would change\n", order->file);
	else if (!check && !cli->quiet)
		report(order, result);
}
