#include "archive/cli/check-report.h"

#include "archive/base/mem.h"
#include "archive/cli/print.h"
#include "archive/cli/task.h"
#include "archive/collect/rebuild.h"

static const struct {
	const char *name;
	const char *advice;
} cures[CURE_COUNT] = {
	[CURE_BACKUP] = { "backup",
			  "bring back a backup: archive backup makes them; without one keep "
			  "a copy of the store before anything else is done" },
	[CURE_REBUILD] = { "rebuild", "archive rebuild puts it right" },
	[CURE_FORGET] = { "forget", "archive forget, by the same names again, takes it out" },
	[CURE_MEDIA] = { "media", "archive media has it fetched again" },
};

struct check {
	struct cli *cli;
	struct task task;
	struct audit audit;
	struct rebuild_report evidence;
	bool wanted[CURE_COUNT];
	bool read; /* the evidence was looked at */
	struct str json;
	struct jwrite w;
};

static void tell(void *owner, enum cure cure, const char *line)
{
	struct check *check = owner;

	check->wanted[cure] = true;
	if (check->cli->json) {
		jwrite_open_object(&check->w, NULL);
		jwrite_text(&check->w, "what", line);
		jwrite_text(&check->w, "cure", cures[cure].name);
		jwrite_close_object(&check->w);
	} else if (!check->cli->quiet) {
		task_hide(&check->task);
		print_safe(stdout, line, 2000);
		putchar('\n');
		fflush(stdout);
	}
}

/* In a file that is damaged itself everything else would be told twice. */
static bool look(struct check *check, struct err *err)
{
	struct store *store = check->cli->store;
	struct audit *audit = &check->audit;
	bool whole;

	if (!audit_file(store, audit, &whole, err))
		return false;
	if (!whole)
		return true;
	check->read = true;
	return audit_rows(store, audit, err) && audit_posts(store, audit, err) &&
	       audit_words(store, audit, err) && audit_pictures(store, audit, err) &&
	       rebuild_compare(store, audit, audit->watch, &check->evidence, err);
}

static void finish_json(struct check *check)
{
	struct jwrite *w = &check->w;

	jwrite_close_array(w);
	jwrite_int(w, "found", check->audit.found);
	if (check->read) {
		jwrite_int(w, "answers", check->evidence.answers);
		jwrite_int(w, "posts", check->evidence.posts);
		jwrite_int(w, "without_evidence", check->evidence.kept);
	}
	jwrite_close_object(w);
	puts(check->json.buf);
}

static void finish_text(const struct check *check)
{
	const struct rebuild_report *evidence = &check->evidence;
	struct str line = STR_INIT;

	if (check->audit.found == 0) {
		str_add(&line, "nothing is wrong: ");
		print_count(&line, evidence->posts, "post is", "posts are");
		str_add(&line, " what ");
		print_count(&line, evidence->answers, "answer tells", "answers tell");
		if (evidence->kept > 0)
			str_addf(&line, "; of %lld no answer is kept", (long long)evidence->kept);
		puts(line.buf);
	}
	for (size_t i = 0; i < ARRAY_LEN(cures); i++)
		if (check->wanted[i])
			puts(cures[i].advice);
	str_release(&line);
}

static void begin(struct check *check)
{
	task_begin(&check->task, check->cli);
	check->audit = (struct audit){ .tell = tell, .owner = check, .watch = &check->task.watch };
	if (!check->cli->json)
		return;
	jwrite_begin(&check->w, &check->json);
	jwrite_open_object(&check->w, NULL);
	jwrite_text(&check->w, "store", store_path(check->cli->store));
	jwrite_open_array(&check->w, "damage");
}

int check_report(struct cli *cli, struct err *err)
{
	struct check check = { .cli = cli, .json = STR_INIT };
	int status = CLI_FAILED;

	if (!cli_open_store(cli, STORE_READ, err) || !store_look(cli->store, err))
		return CLI_FAILED;
	begin(&check);
	if (look(&check, err))
		status = check.audit.found > 0 ? CLI_FAILED : CLI_DONE;
	store_looked(cli->store);
	status = task_end(&check.task, status);
	if (err->code == ERR_NONE && cli->json)
		finish_json(&check);
	else if (err->code == ERR_NONE && !cli->quiet)
		finish_text(&check);
	str_release(&check.json);
	return status;
}
