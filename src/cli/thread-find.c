#include <string.h>

#include "archive/base/mem.h"
#include "archive/cli/thread-words.h"

#define NAMED_SECTIONS 8 /* in a sentence that says what there is */

static const struct item *by_id(const struct thread_job *job, int64_t id)
{
	for (size_t i = 0; i < job->item_count; i++)
		if (job->items[i].id == id)
			return &job->items[i];
	return NULL;
}

const struct item *thread_item_of(const struct thread_job *job, int64_t post)
{
	for (size_t i = 0; i < job->item_count; i++)
		if (job->items[i].post && job->items[i].post->id == post)
			return &job->items[i];
	return NULL;
}

const struct item *thread_section_last(const struct thread_job *job, const struct item *heading)
{
	const struct item *end = job->items + job->item_count;

	while (heading + 1 < end && heading[1].kind != ITEM_HEADING)
		heading++;
	return heading;
}

/* ---- sections ---- */

static const struct item *section_named(const struct thread_job *job, const char *name)
{
	int64_t number = 0, n = 0;

	if (!str_to_int(name, 1, INT64_MAX, &number))
		number = 0;
	for (size_t i = 0; i < job->item_count; i++) {
		const struct item *item = &job->items[i];

		if (item->kind != ITEM_HEADING)
			continue;
		if (number ? ++n == number : str_same_ascii(item->key, name))
			return item;
	}
	return NULL;
}

static bool no_section(const struct thread_job *job, const char *name, struct err *err)
{
	struct str names = STR_INIT;
	size_t count = 0;

	for (size_t i = 0; i < job->item_count && count < NAMED_SECTIONS; i++)
		if (job->items[i].kind == ITEM_HEADING && job->items[i].key)
			str_addf(&names, "%s#%s", count++ > 0 ? ", " : "", job->items[i].key);
	if (count == 0)
		err_set(err, ERR_NOT_FOUND,
			"there is no section '#%s' in %s: archive thread heading makes one", name,
			job->thread.slug);
	else
		err_set(err, ERR_NOT_FOUND, "there is no section '#%s' in %s: there is %s", name,
			job->thread.slug, names.buf);
	str_release(&names);
	return false;
}

bool thread_find_section(struct thread_job *job, const char *word, const struct item **out,
			 struct err *err)
{
	if (!thread_job_outline(job, err))
		return false;
	word += *word == '#';
	*out = section_named(job, word);
	return *out || no_section(job, word, err);
}

/* ---- posts and other items ---- */

/* "i12", as thread show prints it. */
static bool read_handle(const char *word, int64_t *id)
{
	return (word[0] == 'i' || word[0] == 'I') && str_to_int(word + 1, 1, INT64_MAX, id);
}

/* The first word may have been meant for a thread. */
static bool no_such_word(const struct thread_job *job, const char *word, struct err *err)
{
	if (!job->implied || word != job->operands[0] || err->code != ERR_NOT_FOUND)
		return false;
	*err = (struct err){ 0 };
	return err_set(err, ERR_NOT_FOUND,
		       "'%s' names no thread (there is %s), and no post in %s: a post is named by "
		       "its short id or its address",
		       word, job->thread.slug, store_path(job->cli->store));
}

/* A short id may look like an item's name: what could be both is refused. */
static bool find_both(struct thread_job *job, const char *word, const struct item **item,
		      int64_t *post, struct err *err)
{
	struct err why = { 0 };
	int64_t id = 0;
	bool found;

	*post = 0;
	*item = read_handle(word, &id) ? by_id(job, id) : NULL;
	found = store_find_post(job->cli->store, word, post, &why);
	if (*item && found && (!(*item)->post || (*item)->post->id != *post))
		return err_set(err, ERR_USAGE,
			       "%s could be an item and a post: write the whole short id of the "
			       "post, or the item's post",
			       word);
	if (*item || found)
		return true;
	*err = why;
	if (id && why.code == ERR_NOT_FOUND)
		return err_set(err, ERR_NOT_FOUND,
			       "there is no item %s in %s: archive thread show prints their names",
			       word, job->thread.slug);
	return no_such_word(job, word, err);
}

static bool not_chosen(const struct thread_job *job, const char *word, struct err *err)
{
	return err_set(err, ERR_NOT_FOUND,
		       "post %s is not in %s: archive thread add %s %s chooses it", word,
		       job->thread.slug, job->thread.slug, word);
}

bool thread_find_any(struct thread_job *job, const char *word, const struct item **item,
		     int64_t *post, struct err *err)
{
	*post = 0;
	if (*word == '#')
		return thread_find_section(job, word, item, err);
	if (!thread_job_outline(job, err) || !find_both(job, word, item, post, err))
		return false;
	if (*item)
		*post = (*item)->post ? (*item)->post->id : 0;
	else
		*item = thread_item_of(job, *post);
	return true;
}

bool thread_find_item(struct thread_job *job, const char *word, const struct item **out,
		      struct err *err)
{
	int64_t post;

	if (!thread_find_any(job, word, out, &post, err))
		return false;
	return *out || not_chosen(job, word, err);
}

bool thread_find_post(struct thread_job *job, const char *word, int64_t *post, struct err *err)
{
	const struct item *item;

	if (!thread_find_any(job, word, &item, post, err))
		return false;
	if (*post)
		return true;
	return err_set(err, ERR_USAGE, "%s is a %s, not a post", word, item_kind_name(item->kind));
}
