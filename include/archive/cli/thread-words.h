/*
 * What the parts of "archive thread" share: the words of the command line, and the job that a
 * subcommand does with them. cmd-thread.c finds the row, opens the store, finds the thread and runs
 * the row's function; what that does to the store is one transaction, and what it says is printed
 * when the transaction is done.
 */
#ifndef ARCHIVE_CLI_THREAD_WORDS_H
#define ARCHIVE_CLI_THREAD_WORDS_H

#include "archive/cli/args.h"
#include "archive/store/threads.h"
#include "archive/text/when.h"

/* All options of all subcommands; a row names those that it takes. NULL and false = not given. */
struct thread_words {
	struct arg_list operands; /* the subcommand, then what stands behind it */
	struct arg_list tags;
	const char *title, *slug, *since, *until, *zone, *lang, *lag, *curator, *description;
	const char *author, *search;
	bool all, unlisted, undecided;
	const char *after, *before, *section;
	bool top, end, whole;
	const char *speaker, *link, *label, *starts, *key;
	bool large, small, normal;
	const char *colour;
	const char *limit;
	bool dry_run, slides, yes;
};

struct thread_job {
	struct cli *cli;
	const struct thread_words *words;
	const char *name; /* of the subcommand */
	struct arena arena;
	struct thread thread;
	bool implied; /* no word named the thread: it is the only one */
	/* the operands behind the thread's name */
	const char *const *operands;
	size_t count;
	/* the thread as it was found (thread_job_outline()) */
	struct item *items;
	size_t item_count;
	bool read;
	/* what is to be done (thread_job_add()), and what was */
	struct op *ops;
	size_t op_count, op_room;
	struct op_report report;
	struct str out; /* what is said; printed when all is done */
};

typedef bool thread_fn(struct thread_job *job, struct err *err);

enum thread_need {
	THREAD_NONE,  /* opens the store itself */
	THREAD_READ,  /* the store and a thread */
	THREAD_WRITE, /* the same, in a transaction */
};

struct thread_command {
	const char *name;
	thread_fn *run;
	enum thread_need need;
	size_t most;	     /* operands behind the thread's name; with THREAD_NONE all of them */
	const char *options; /* the names of those that it takes, a space between */
};

/* ---- thread-job.c ---- */

/* Finds the thread that the operands mean: the first word names it if there is such a thread, else
 * there is only one thread, and all words are about that. A subcommand that takes a thread's name
 * alone takes any word for it. ERR_NOT_FOUND and ERR_USAGE say which threads there are. */
MUST_CHECK bool thread_job_find(struct thread_job *job, size_t most, struct err *err);
/* Reads the thread's items into the job, once. */
MUST_CHECK bool thread_job_outline(struct thread_job *job, struct err *err);
/* The op, zeroed but for its kind; it holds until the next one is added. */
struct op *thread_job_add(struct thread_job *job, enum op_kind kind);
/* Does what was added, as one step of that name (NULL = the first op's). */
MUST_CHECK bool thread_job_do(struct thread_job *job, const char *name, struct err *err);
/* Says what was done, "3 posts chosen", or why nothing was; with --json as the manual has it. */
struct thread_said {
	const char *one, *many, *done; /* "post", "posts", "chosen"; one NULL = done alone */
	int64_t count;		       /* of them; 0 = as many as ops changed something */
	const char *nothing;	       /* why nothing was to be done */
};
MUST_CHECK bool thread_job_say(struct thread_job *job, const struct thread_said *said,
			       struct err *err);

/* A time in the thread's zone; a bare "19:00" is that of the thread's evening: the last one before
 * half a day has passed since its window's end, or since its last candidate. */
MUST_CHECK bool thread_job_time(struct thread_job *job, const char *text, enum when_side side,
				int64_t *ms, struct err *err);

/* What was typed, safe to be stored: no control bytes, no blanks around; in the arena. */
const char *thread_plain(struct thread_job *job, const char *typed, bool one_line);

/* ---- thread-find.c ---- */

/* What a word names: "#k3f" or "#2" a section, "i12" an item, else a post by any name that it has.
 * *item is NULL for a post that is not chosen, *post 0 for an item that is none. ERR_NOT_FOUND and
 * ERR_USAGE name the word. */
MUST_CHECK bool thread_find_any(struct thread_job *job, const char *word, const struct item **item,
				int64_t *post, struct err *err);
/* The same where only an item will do, or only a post. */
MUST_CHECK bool thread_find_item(struct thread_job *job, const char *word, const struct item **out,
				 struct err *err);
MUST_CHECK bool thread_find_post(struct thread_job *job, const char *word, int64_t *post,
				 struct err *err);
/* The heading, "k3f", "#k3f" or "#2". */
MUST_CHECK bool thread_find_section(struct thread_job *job, const char *word,
				    const struct item **out, struct err *err);
/* The post's item; NULL = it is not chosen. */
const struct item *thread_item_of(const struct thread_job *job, int64_t post);
/* The last item of the section under the heading, the heading itself when it is empty. */
const struct item *thread_section_last(const struct thread_job *job, const struct item *heading);

/* ---- thread-place.c ---- */

/* --after, --before, --section, --top, --end: at most one of them. told: was one given? Without one
 * the spot is left as it is. */
MUST_CHECK bool thread_place(struct thread_job *job, struct spot *spot, bool *told,
			     struct err *err);

/* ---- thread-select.c ---- */

/* Was anything of --all, --author, --since, --until, --search, --undecided given? */
bool thread_selects(const struct thread_words *words);
/* Adds an op for each candidate that these select. */
MUST_CHECK bool thread_select(struct thread_job *job, enum op_kind kind, struct err *err);

/* ---- what several subcommands read ---- */

/* Zone and language of a thread. */
MUST_CHECK bool thread_check_words(const struct thread *thread, struct err *err);
/* "--lag": "90s", "2m"; NULL leaves it as it is. */
/* What the words say of its curator and description; "" takes one away. */
void thread_read_about(struct thread_job *job, struct thread *thread);
MUST_CHECK bool thread_read_lag(const char *typed, int64_t *lag, struct err *err);
/* An address that may be linked, in the arena. */
MUST_CHECK bool thread_read_url(struct thread_job *job, const char *typed, const char **url,
				struct err *err);
/* --speaker, --link, --label, --starts and --key into a heading; an empty word takes away. */
MUST_CHECK bool thread_read_heading(struct thread_job *job, struct item *item, struct err *err);

/* ---- the subcommands ---- */

thread_fn thread_new;						  /* thread-new.c */
thread_fn thread_show, thread_threads;				  /* thread-show.c */
thread_fn thread_add, thread_drop, thread_remove;		  /* thread-posts.c */
thread_fn thread_move, thread_sort;				  /* thread-move.c */
thread_fn thread_join, thread_part;				  /* thread-join.c */
thread_fn thread_heading, thread_note, thread_link;		  /* thread-insert.c */
thread_fn thread_edit, thread_style, thread_alt;		  /* thread-edit.c */
thread_fn thread_log_steps, thread_undo_steps, thread_redo_steps; /* thread-undo.c */
thread_fn thread_set;						  /* thread-set.c */
thread_fn thread_sections;					  /* thread-sections.c */

#endif
