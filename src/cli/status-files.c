#include "archive/cli/status-files.h"

#include "archive/import/import.h"

#define MOST_FILES 10

static const char *const forms[IMPORT_FORM_COUNT] = {
	[IMPORT_ANSWERS] = "answers of networks",
	[IMPORT_X_ARCHIVE] = "an archive of X",
	[IMPORT_MASTODON_ARCHIVE] = "an archive of Mastodon",
	[IMPORT_THREAD] = "an exported thread",
	[IMPORT_FEED] = "a feed",
	[IMPORT_MATOME] = "a saved thread",
	[IMPORT_BLOG] = "a page",
	[IMPORT_TEXT] = "a text",
	[IMPORT_STORE] = "a store",
	[IMPORT_NOTHING] = "nothing known",
};

const char *status_form_words(const char *name)
{
	enum import_form form;

	return name && import_form_parse(name, &form) ? forms[form] : forms[IMPORT_NOTHING];
}

static void add_state(struct str *line, const struct file_row *row)
{
	switch (row->last.outcome) {
	case RUN_DONE:
		break;
	case RUN_UNDER_WAY:
		str_add(line, " (not to its end: import it again)");
		break;
	default:
		str_addf(line, " (%s)", row->last.why ? row->last.why : "not all of it");
	}
}

/* Nothing of it is in the store: it was refused, or could not be read. */
static bool is_refused(const struct file_row *row)
{
	return row->last.outcome == RUN_FAILED && row->file.done == 0 &&
	       row->last.fresh + row->last.known == 0;
}

static void print_file(const struct cli *cli, const struct file_row *row)
{
	char when[PRINT_TIME_SIZE];
	struct str line = STR_INIT;

	print_time(cli->zone, row->file.began, when);
	str_addf(&line, "  %s, %s, %s %s: ", row->file.name, status_form_words(row->file.form),
		 is_refused(row) ? "not taken in" : "taken in", when);
	if (is_refused(row)) {
		str_add(&line, row->last.why ? row->last.why : "nothing of it could be read");
	} else {
		print_count(&line, row->last.fresh + row->last.known, "post", "posts");
		add_state(&line, row);
	}
	print_safe(stdout, line.buf, 1000);
	putchar('\n');
	str_release(&line);
}

void status_files_text(const struct cli *cli, const struct file_row *rows, size_t count)
{
	size_t shown = cli->verbose || count <= MOST_FILES ? count : MOST_FILES;

	for (size_t i = 0; i < shown; i++)
		print_file(cli, &rows[i]);
	if (shown < count)
		printf("  and %zu more %s\n", count - shown,
		       count - shown == 1 ? "file: --verbose lists it"
					  : "files: --verbose lists them");
}

static void file_json(struct jwrite *w, const struct file_row *row)
{
	jwrite_open_object(w, NULL);
	jwrite_text(w, "name", row->file.name);
	jwrite_text(w, "source", row->file.source);
	jwrite_text(w, "form", row->file.form);
	jwrite_int(w, "bytes", row->file.bytes);
	jwrite_time(w, "tried", row->file.began);
	jwrite_time(w, "taken_in", is_refused(row) ? 0 : row->file.began);
	jwrite_bool(w, "whole", row->file.done != 0);
	jwrite_int(w, "new", row->last.fresh);
	jwrite_int(w, "seen_before", row->last.known);
	jwrite_text(w, "why", row->last.why);
	jwrite_close_object(w);
}

void status_files_json(struct jwrite *w, const struct file_row *rows, size_t count)
{
	jwrite_open_array(w, "files");
	for (size_t i = 0; i < count; i++)
		file_json(w, &rows[i]);
	jwrite_close_array(w);
}

bool status_post_files_json(struct jwrite *w, struct store *store, int64_t post, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct file_place *places = NULL;
	size_t count = 0;
	bool ok = store_post_files(store, post, &arena, &places, &count, err);

	jwrite_open_array(w, "files");
	for (size_t i = 0; i < count; i++) {
		jwrite_open_object(w, NULL);
		jwrite_text(w, "name", places[i].name);
		jwrite_text(w, "source", places[i].source);
		jwrite_text(w, "place", places[i].place);
		jwrite_close_object(w);
	}
	jwrite_close_array(w);
	arena_release(&arena);
	return ok;
}
