#include "archive/cli/export-words.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/base/path.h"
#include "archive/export/pictures.h"

static bool read_style(const struct export_words *words, struct export_order *order,
		       struct err *err)
{
	int64_t level = 0;

	if (str_same(words->style, "class"))
		order->style = STYLE_CLASS;
	else if (words->style && !str_same(words->style, "inline"))
		return err_set(err, ERR_USAGE, "--style wants inline or class, not '%s'",
			       words->style);
	if (words->level && !str_to_int(words->level, LEVEL_LEAST, LEVEL_MOST, &level))
		return err_set(err, ERR_USAGE, "--heading-level wants %d to %d, not '%s'",
			       LEVEL_LEAST, LEVEL_MOST, words->level);
	order->heading_level = (int)level;
	return true;
}

/* ---- form ---- */

/* What the blog takes; --as may only say the same. */
static bool read_form(const struct export_words *words, struct export_order *order, struct err *err)
{
	if (words->blog) {
		order->blog = blog_find(words->blog, err);
		if (!order->blog)
			return false;
	}
	if (order->blog && words->as && !str_same(words->as, order->blog->form))
		return err_set(err, ERR_USAGE, "--for %s takes the form %s: leave --as out",
			       order->blog->name, order->blog->form);
	order->form = form_find(order->blog ? order->blog->form : words->as, err);
	return order->form != NULL;
}

/* ---- pictures ---- */

/* The remembered folder must be found from anywhere. */
static bool read_folder(const char *typed, struct arena *arena, struct export_order *order,
			struct err *err)
{
	struct str path = STR_INIT;
	bool ok = path_real(typed, &path, err);

	order->media_dir = arena_strdup(arena, path.buf);
	str_release(&path);
	return ok;
}

static bool read_address(const char *typed, struct arena *arena, struct export_order *order,
			 struct err *err)
{
	struct str url = STR_INIT;
	bool ok;

	str_addf(&url, "%s%s", typed, str_ends(typed, "/") ? "" : "/");
	ok = pictures_base_is_good(url.buf, err) || err_wrap(err, "--media-url");
	order->media_url = arena_strdup(arena, url.buf);
	str_release(&url);
	return ok;
}

/* A folder or an address of pictures means that they are shown as files. */
static bool read_media(const struct export_words *words, struct arena *arena,
		       struct export_order *order, struct err *err)
{
	bool placed = words->media_dir || words->media_url;

	order->media = placed ? MEDIA_FILES : order_usual_media(order);
	if (words->media && !order_read_media(order, words->media, err))
		return false;
	if (!form_takes(order->form, order->media, err))
		return false;
	if (placed && order->media != MEDIA_FILES)
		return err_set(err, ERR_USAGE, "--media-dir and --media-url go with --media files");
	if (words->avatars && order->media != MEDIA_FILES && order->media != MEDIA_INSIDE)
		return err_set(err, ERR_USAGE,
			       "--avatars shows pictures: it goes with --media "
			       "files, or with a page");
	if (words->media_dir && !read_folder(words->media_dir, arena, order, err))
		return false;
	return !words->media_url || read_address(words->media_url, arena, order, err);
}

/* ---- the whole ---- */

/* An empty word is a variable of the shell that was not set; it never names anything. */
static bool none_is_empty(const struct export_words *words, struct err *err)
{
	const struct {
		const char *option, *value;
	} named[] = {
		{ "-o", words->file },
		{ "--into", words->into },
		{ "--under", words->under },
		{ "--media-dir", words->media_dir },
		{ "--media-url", words->media_url },
		{ "--drop", words->drop },
	};

	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		if (named[i].value && !*named[i].value)
			return err_set(err, ERR_USAGE,
				       "%s is followed by an empty word: say what is meant",
				       named[i].option);
	return true;
}

bool export_words_lack_file(struct err *err)
{
	return err_set(err, ERR_USAGE,
		       "--check looks at a file: name it by -o or --into, or say --all");
}

static bool fits_together(const struct export_words *words, const struct export_order *order,
			  struct err *err)
{
	if (words->into && words->file)
		return err_set(
			err, ERR_USAGE,
			"either -o FILE, which is all the thread's, or --into FILE, which is "
			"yours");
	if (words->under && !words->into)
		return err_set(err, ERR_USAGE, "--under goes with --into FILE");
	if (order->blog && order->blog->wrap == WRAP_CALL && !words->into)
		return err_set(err, ERR_USAGE,
			       "--for %s calls the thread from a post: name its file by --into",
			       order->blog->name);
	if (words->into && !str_same(order->form->name, "fragment") &&
	    !str_same(order->form->name, "markdown"))
		return err_set(err, ERR_USAGE, "--into takes a fragment or markdown, no %s",
			       order->form->name);
	return !words->check || order->file || words->all || export_words_are_name(words) ||
	       export_words_lack_file(err);
}

bool export_words_read(const struct export_words *words, struct arena *arena,
		       struct export_order *order, struct err *err)
{
	*order = (struct export_order){
		.counts = words->counts,
		.people = words->people,
		.unlisted = words->unlisted,
		.avatars = words->avatars,
		.file = words->into ? words->into : words->file,
		.into = words->into != NULL,
		.under = words->under,
	};
	if (str_same(order->file, "-"))
		order->file = NULL;
	order_read_name(order, words->operands.count > 0 ? words->operands.items[0] : NULL, arena);
	return none_is_empty(words, err) && read_form(words, order, err) &&
	       read_style(words, order, err) && fits_together(words, order, err) &&
	       read_media(words, arena, order, err);
}

bool export_words_are_name(const struct export_words *words)
{
	const char *const said[] = { words->file,  words->into,	     words->as,
				     words->blog,  words->style,     words->level,
				     words->media, words->media_dir, words->media_url };

	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		if (said[i])
			return false;
	return !words->counts && !words->people && !words->unlisted && !words->avatars;
}
