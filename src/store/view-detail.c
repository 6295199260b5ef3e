#include "archive/store/view.h"

#include "archive/base/hash.h"
#include "archive/store/find.h"
#include "archive/store/row.h"

/* The strings of a row, kept. */
static void keep_author(struct arena *arena, struct author *author)
{
	const char **texts[] = { &author->host,	  &author->network_id, &author->uri,
				 &author->handle, &author->name,       &author->url,
				 &author->avatar };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		*texts[i] = arena_strdup(arena, *texts[i]);
}

static void keep_post(struct arena *arena, struct post *post)
{
	const char **texts[] = { &post->host,	     &post->network_id, &post->uri,
				 &post->url,	     &post->lang,	&post->html,
				 &post->text,	     &post->spoiler,	&post->reply_uri,
				 &post->reply_id,    &post->quote_uri,	&post->quote_url,
				 &post->conversation };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		*texts[i] = arena_strdup(arena, *texts[i]);
	keep_author(arena, &post->author);
}

static bool read_post(struct store *store, int64_t id, struct arena *arena, struct post *out,
		      bool *found, struct err *err)
{
	struct query q = db_query(store, SQL_POST_GET);
	int rc = row_find_post(&q, id, arena, out, err);

	*found = rc > 0;
	if (*found)
		keep_post(arena, out);
	db_end(&q);
	return rc >= 0;
}

static bool read_quote(struct store *store, struct arena *arena, struct view_detail *out,
		       struct err *err)
{
	int64_t id = 0;
	bool found = false;

	if (!out->post.quote_uri)
		return true;
	if (!find_by_uri(store, out->post.quote_uri, &id, err) ||
	    (id && !read_post(store, id, arena, &out->quote, &found, err)))
		return false;
	if (!found || out->quote.gone || out->quote.optout)
		out->quote = (struct post){ 0 };
	return true;
}

static bool read_answered(struct store *store, struct arena *arena, struct view_detail *out,
			  struct err *err)
{
	struct query q = db_query(store, SQL_VIEW_ANSWERED);
	int rc;

	if (!out->post.reply_uri)
		return true;
	hash_short_id(out->post.reply_uri, out->answers);
	db_text(&q, out->answers);
	db_text(&q, out->post.reply_uri);
	rc = db_step(&q, err);
	if (rc > 0)
		out->answers_name = arena_strdup(arena, db_column(&q, 0));
	else
		out->answers[0] = '\0';
	db_end(&q);
	return rc >= 0;
}

static bool read_links(struct store *store, struct arena *arena, struct view_detail *out,
		       struct err *err)
{
	const char **links = arena_array(arena, VIEW_LINKS_MAX, sizeof(*links));
	struct query q = db_query(store, SQL_VIEW_LINKS);
	int rc = 0;

	db_int(&q, out->post.id);
	db_int(&q, VIEW_LINKS_MAX);
	while (out->link_count < VIEW_LINKS_MAX && (rc = db_step(&q, err)) > 0)
		links[out->link_count++] = arena_strdup(arena, db_column(&q, 0));
	db_end(&q);
	out->links = links;
	return rc >= 0;
}

bool view_detail(struct store *store, int64_t post, struct arena *arena, struct view_detail *out,
		 struct err *err)
{
	bool found = false;

	*out = (struct view_detail){ 0 };
	if (!read_post(store, post, arena, &out->post, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_NOT_FOUND, "that post is no more in %s", store->path);
	return read_quote(store, arena, out, err) && read_answered(store, arena, out, err) &&
	       read_links(store, arena, out, err);
}
