#include "archive/export/reply.h"

#include <string.h>

static bool is_parent(const struct str *uri, const struct post *post)
{
	return post->reply_uri && uri->len > 0 && str_same(uri->buf, post->reply_uri);
}

/* The oldest goes, so that there is room behind the newest. */
static void drop_oldest(struct branch *branch)
{
	struct branch_post oldest = branch->posts[0];

	memmove(branch->posts, branch->posts + 1, sizeof(branch->posts) - sizeof(oldest));
	branch->posts[REPLY_MEMORY - 1] = oldest; /* its memory is used again */
	branch->depth--;
}

static void set(struct str *out, const char *text)
{
	str_clear(out);
	str_add(out, text);
}

size_t branch_take(struct branch *branch, const struct post *post, const char *short_id,
		   const char *name)
{
	size_t at;

	while (branch->depth > 0 && !is_parent(&branch->posts[branch->depth - 1].uri, post))
		branch->depth--;
	if (branch->depth == REPLY_MEMORY)
		drop_oldest(branch);
	at = branch->depth++;
	set(&branch->posts[at].uri, post->uri ? post->uri : "");
	set(&branch->posts[at].name, name);
	set(&branch->posts[at].short_id, short_id);
	return at;
}

void branch_end(struct branch *branch)
{
	branch->depth = 0;
}

void branch_release(struct branch *branch)
{
	for (size_t i = 0; i < REPLY_MEMORY; i++) {
		str_release(&branch->posts[i].uri);
		str_release(&branch->posts[i].name);
		str_release(&branch->posts[i].short_id);
	}
}

/* A link to an entry of this fragment. */
static void open_anchor(struct writer *w, const char *short_id)
{
	struct str href = STR_INIT;

	str_addf(&href, "#%s-%s", w->teller.thread->slug, short_id);
	part_begin(w, PART_REPLY_LINK);
	part_attr(w, "href", href.buf);
	part_end(w);
	str_release(&href);
}

/* The name, linked to the entry where there is one, else to the page. */
static void add_name(struct writer *w, struct str *out, const char *name, const char *short_id,
		     const char *url)
{
	size_t mark = w->buf.len;
	struct str text = STR_INIT;
	bool linked = true;

	part_add_value(&text, name);
	if (short_id)
		open_anchor(w, short_id);
	else
		linked = part_link(w, PART_REPLY_LINK, url, NULL);
	str_add(&w->buf, text.buf);
	if (linked)
		part_close(w, PART_REPLY_LINK);
	str_add(out, w->buf.buf + mark);
	str_truncate(&w->buf, mark);
	str_release(&text);
}

static const char *name_of(const struct answered *answers)
{
	if (!answers)
		return NULL;
	return part_has_text(answers->name) ? answers->name : answers->handle;
}

bool reply_write(struct writer *w, const struct item *item, const struct branch *branch,
		 size_t depth)
{
	const struct answered *answers = item->answers;
	const char *name = name_of(answers);
	struct str link = STR_INIT;

	if (depth > 0)
		add_name(w, &link, branch->posts[depth - 1].name.buf,
			 branch->posts[depth - 1].short_id.buf, NULL);
	else if (name)
		add_name(w, &link, name, answers->shown ? answers->short_id : NULL, answers->url);
	if (link.len == 0)
		return false;
	part_open(w, PART_REPLY);
	language_fill(&w->buf, w->teller.language->answer, link.buf, NULL);
	part_close(w, PART_REPLY);
	part_line(w);
	str_release(&link);
	return true;
}
