#include "archive/cli/pick-new.h"

#include <string.h>

#include "archive/base/clock.h"
#include "archive/base/zone.h"
#include "archive/cli/args.h"
#include "archive/cli/evening.h"
#include "archive/cli/print.h"
#include "archive/cli/prompt.h"
#include "archive/store/threads.h"
#include "archive/text/when.h"

#define NONE "-"

struct asking {
	struct cli *cli;
	struct arena *arena;
	struct thread *thread;
	int64_t from, to; /* of the evening; 0 = there was none */
};

typedef bool take_fn(struct asking *asking, const char *answer, struct err *err);

/* Until there is an answer that can be taken. */
static bool ask(struct asking *asking, const char *question, const char *usual, take_fn *take,
		struct err *err)
{
	struct str answer = STR_INIT;
	bool ended = false;
	bool ok;

	while (!(ok = prompt_default(question, usual, &answer, &ended, err) &&
		      take(asking, answer.buf, err)) &&
	       !ended && err->code == ERR_USAGE) {
		fputs("  ", stderr);
		print_safe(stderr, err->msg, (int)sizeof(err->msg));
		fputc('\n', stderr);
		*err = (struct err){ 0 };
		str_clear(&answer);
	}
	str_release(&answer);
	return ok;
}

/* ---- the answers ---- */

/* Several stand with blanks or commas between them. */
static bool take_tags(struct asking *asking, const char *answer, struct err *err)
{
	const char **words = arena_array(asking->arena, strlen(answer) / 2 + 1, sizeof(*words));
	struct arg_list list = { .items = words };

	while (*(answer += strspn(answer, " ,\t")) != '\0') {
		size_t len = strcspn(answer, " ,\t");

		words[list.count++] = arena_strndup(asking->arena, answer, len);
		answer += len;
	}
	if (list.count == 0)
		return err_set(err, ERR_USAGE, "a hashtag is wanted, or several");
	return args_tags(asking->arena, &list, &asking->thread->tags, &asking->thread->tag_count,
			 err);
}

static bool is_taken(struct asking *asking, const char *slug, bool *taken, struct err *err)
{
	struct err absent = { 0 };
	struct thread other;

	*taken = thread_load(asking->cli->store, slug, asking->arena, &other, &absent);
	if (*taken || absent.code == ERR_NOT_FOUND)
		return true;
	*err = absent;
	return false;
}

static bool take_slug(struct asking *asking, const char *answer, struct err *err)
{
	struct str slug = STR_INIT;
	bool taken = false;
	bool ok;

	ok = slug_fold(&slug, answer, err) && is_taken(asking, slug.buf, &taken, err);
	asking->thread->slug = arena_strdup(asking->arena, slug.buf);
	str_release(&slug);
	if (taken)
		return err_set(err, ERR_USAGE,
			       "there is a thread '%s' already: choose another name",
			       asking->thread->slug);
	return ok;
}

static bool take_title(struct asking *asking, const char *answer, struct err *err)
{
	(void)err;
	asking->thread->title = arena_strdup(asking->arena, answer);
	return true;
}

/* "19:00" is one of that evening, not of today. */
static bool read_time(struct asking *asking, const char *answer, enum when_side side, int64_t *ms,
		      struct err *err)
{
	const char *zone = asking->thread->zone;
	struct civil day;

	*ms = 0;
	if (str_same(answer, NONE))
		return true;
	if (asking->from && strlen(answer) <= 5 && strchr(answer, ':')) {
		zone_civil(zone, asking->from, &day);
		answer = arena_printf(asking->arena, "%04d-%02d-%02dT%s%s", day.year, day.month,
				      day.day, strlen(answer) == 4 ? "0" : "", answer);
	}
	return when_parse(answer, side, clock_now(), zone, ms, err);
}

static bool take_since(struct asking *asking, const char *answer, struct err *err)
{
	return read_time(asking, answer, WHEN_SINCE, &asking->thread->since, err);
}

static bool take_until(struct asking *asking, const char *answer, struct err *err)
{
	struct thread *thread = asking->thread;

	if (!read_time(asking, answer, WHEN_UNTIL, &thread->until, err))
		return false;
	if (thread->until && thread->until <= thread->since)
		return err_set(err, ERR_USAGE, "that is not after it began");
	return true;
}

/* ---- the questions ---- */

static bool ask_tags(struct asking *asking, struct err *err)
{
	const char *tag = NULL;

	if (!evening_tag(asking->cli->store, asking->thread->zone, asking->arena, &tag, err))
		return false;
	if (!tag)
		return err_set(err, ERR_NOT_FOUND,
			       "there is no post to choose from yet: archive fetch TAG collects "
			       "them");
	fputs("A new thread. Enter takes what stands in brackets, Ctrl-C makes nothing.\n", stderr);
	return ask(asking, "hashtag", tag, take_tags, err);
}

static const char *day_of(const struct asking *asking)
{
	struct civil day;

	zone_civil(asking->thread->zone, asking->from ? asking->from : clock_now(), &day);
	return arena_printf(asking->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static const char *moment(const struct asking *asking, int64_t ms)
{
	char when[PRINT_TIME_SIZE];

	if (ms == 0)
		return NONE;
	print_time(asking->thread->zone, ms, when);
	when[10] = 'T';
	return arena_strdup(asking->arena, when);
}

static bool ask_rest(struct asking *asking, const char *slug, struct err *err)
{
	const struct thread *thread = asking->thread;
	const char *day = day_of(asking);
	const char *tag = thread->tags[0];

	if (slug ? !take_slug(asking, slug, err)
		 : !ask(asking, "name", arena_printf(asking->arena, "%s-%s", tag, day), take_slug,
			err))
		return false;
	return ask(asking, "title", arena_printf(asking->arena, "#%s %s", tag, day), take_title,
		   err) &&
	       ask(asking, "from", moment(asking, asking->from), take_since, err) &&
	       ask(asking, "until", moment(asking, asking->to), take_until, err);
}

bool pick_ask_new(struct cli *cli, const char *slug, struct arena *arena, struct thread *thread,
		  struct err *err)
{
	struct asking asking = { .cli = cli, .arena = arena, .thread = thread };

	*thread = (struct thread){ .zone = cli->zone,
				   .lang = cli->lang,
				   .curator = cli->config.curator };
	return ask_tags(&asking, err) &&
	       evening_window(cli->store, thread->zone, thread->tags, thread->tag_count,
			      &asking.from, &asking.to, err) &&
	       ask_rest(&asking, slug, err);
}
