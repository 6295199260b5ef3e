#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/io.h"
#include "archive/cli/export-writing.h"
#include "archive/cli/hugo-site.h"
#include "archive/export/embed.h"
#include "archive/export/hugo.h"

#define BLOCK_BEGIN "<!-- wp:html -->\n"
#define BLOCK_END   "<!-- /wp:html -->\n"

/* What is to become of one file. */
struct change {
	const char *path;
	bool there;
	struct str former, wanted;
};

#define CHANGE_INIT                                    \
	{                                              \
		.former = STR_INIT, .wanted = STR_INIT \
	}

static void change_release(struct change *change)
{
	str_release(&change->former);
	str_release(&change->wanted);
}

/* ---- bytes ---- */

static bool is_block(const struct writing *w)
{
	return w->order->blog && w->order->blog->wrap == WRAP_BLOCK;
}

/* With what stands around it in a file of its own. A stream that fails says so when it ends. */
static bool write_whole(struct writing *w, FILE *out, struct err *err)
{
	if (is_block(w))
		fputs(BLOCK_BEGIN, out);
	if (!writing_render(w, out, err))
		return false;
	if (is_block(w))
		fputs(BLOCK_END, out);
	return true;
}

/* In memory: to be compared, or to be put between markers. */
static bool write_to_text(struct writing *w, struct str *out,
			  bool (*write)(struct writing *w, FILE *out, struct err *err),
			  struct err *err)
{
	char *bytes = NULL;
	size_t len = 0;
	FILE *stream = open_memstream(&bytes, &len);
	bool ok;

	if (!stream)
		return err_set(err, ERR_IO, "there is no memory for the thread: %s",
			       strerror(errno));
	ok = write(w, stream, err);
	if (fclose(stream) != 0)
		ok = ok && err_set(err, ERR_IO, "there is no memory for the thread");
	if (ok)
		str_add_n(out, bytes, len);
	free(bytes);
	return ok;
}

/* ---- one file ---- */

/* What it holds now; one that is not there holds nothing. */
static bool read_former(struct change *change, struct err *err)
{
	struct err missing = { 0 };

	change->there = io_read_file(change->path, EMBED_MAX_BYTES, &change->former, &missing);
	if (change->there || missing.code == ERR_NOT_FOUND)
		return true;
	*err = missing;
	return false;
}

/* The file that is somebody's has to be there. */
static bool read_post(const struct writing *w, struct change *file, struct err *err)
{
	if (!read_former(file, err))
		return false;
	return file->there ||
	       err_set(err, ERR_NOT_FOUND,
		       "%s is not there: --into wants a file that is, -o writes a new one; archive "
		       "export %s --drop FILE forgets one that was moved",
		       file->path, w->thread.slug);
}

static bool is_same(const struct change *change)
{
	return change->there && change->former.len == change->wanted.len &&
	       memcmp(change->former.buf, change->wanted.buf, change->wanted.len) == 0;
}

static bool apply(const struct writing *w, const struct change *change, enum export_state *state,
		  struct err *err)
{
	if (is_same(change))
		return true;
	*state = w->check ? EXPORT_DIFFERS : EXPORT_WRITTEN;
	return w->check || io_write_file(change->path, change->wanted.buf, change->wanted.len, err);
}

static bool put_pictures(struct writing *w, enum export_state *state, struct err *err)
{
	if (w->place.pictures.len == 0)
		return true;
	if (!picture_folder_fill(w->place.pictures.buf, &w->notes, w->check, &w->written, err))
		return false;
	if (w->written.len > 0)
		*state = w->check ? EXPORT_DIFFERS : EXPORT_WRITTEN;
	return true;
}

/* ---- into a file that is somebody's ---- */

static bool embed(const struct writing *w, const char *text, struct change *file, struct err *err)
{
	struct str name = STR_INIT;
	struct embed_place place = {
		.under = w->order->under,
		.form = embed_form_of(w->order->file),
		.blocks = is_block(w),
	};
	bool ok;

	str_add(&name, w->thread.slug);
	if (writing_section(w))
		str_addf(&name, "#%s", writing_section(w));
	place.name = name.buf;
	ok = embed_put(&file->wanted, &file->former, &place, text, err) ||
	     err_wrap(err, "%s", w->order->file);
	str_release(&name);
	return ok;
}

static bool put_into(struct writing *w, enum export_state *state, struct err *err)
{
	struct change file = CHANGE_INIT;
	struct str text = STR_INIT;
	bool ok;

	file.path = w->order->file;
	ok = read_post(w, &file, err) && write_to_text(w, &text, writing_render, err) &&
	     embed(w, text.buf, &file, err) && put_pictures(w, state, err) &&
	     apply(w, &file, state, err);
	change_release(&file);
	str_release(&text);
	return ok;
}

/* The file that is called; it is ours, and so is its folder. */
static bool put_part(struct writing *w, struct change *part, enum export_state *state,
		     struct err *err)
{
	return put_pictures(w, state, err) && (w->check || io_make_parent(part->path, err)) &&
	       apply(w, part, state, err);
}

static bool put_shortcode(const struct writing *w, enum hugo_state is, enum export_state *state,
			  struct err *err)
{
	if (is == HUGO_READY)
		return true;
	*state = w->check ? EXPORT_DIFFERS : EXPORT_WRITTEN;
	return w->check || hugo_add_shortcode(w->place.site.buf, err);
}

/* A file of its own, and a call of it in the post. All that can be refused is, before anything is
 * written. */
static bool put_call(struct writing *w, enum export_state *state, bool *shortcode, struct err *err)
{
	struct change file = CHANGE_INIT, part = CHANGE_INIT;
	enum hugo_state is = HUGO_READY;
	struct str call = STR_INIT;
	bool ok;

	file.path = w->order->file;
	part.path = w->place.part.buf;
	hugo_add_call(&call, w->thread.slug, writing_section(w));
	ok = hugo_look_for_shortcode(w->place.site.buf, &is, err) && read_post(w, &file, err) &&
	     embed(w, call.buf, &file, err) && read_former(&part, err) &&
	     write_to_text(w, &part.wanted, writing_render, err) &&
	     put_part(w, &part, state, err) && put_shortcode(w, is, state, err) &&
	     apply(w, &file, state, err);
	*shortcode = is == HUGO_LACKS;
	change_release(&file);
	change_release(&part);
	str_release(&call);
	return ok;
}

/* ---- a file of its own ---- */

static bool compare(struct writing *w, enum export_state *state, struct err *err)
{
	struct change file = CHANGE_INIT;
	bool ok;

	file.path = w->order->file;
	ok = read_former(&file, err) && write_to_text(w, &file.wanted, write_whole, err) &&
	     put_pictures(w, state, err) && apply(w, &file, state, err);
	change_release(&file);
	return ok;
}

/* Memory does not grow with the thread. */
static bool stream(struct writing *w, enum export_state *state, struct err *err)
{
	struct io_target target = IO_TARGET_INIT;
	bool ok;

	*state = EXPORT_WRITTEN;
	if (!io_target_open(&target, w->order->file, err))
		return false;
	target.is_private = w->order->passing;
	ok = (write_whole(w, target.stream, err) || err_wrap(err, "%s", w->order->file)) &&
	     put_pictures(w, state, err);
	return io_target_close(&target, ok, err) && ok;
}

bool writing_put(struct writing *w, enum export_state *state, bool *shortcode, struct err *err)
{
	*state = EXPORT_SAME;
	if (w->place.part.len > 0)
		return put_call(w, state, shortcode, err);
	if (w->order->into)
		return put_into(w, state, err);
	if (w->check)
		return compare(w, state, err);
	if (w->order->file)
		return stream(w, state, err);
	*state = EXPORT_WRITTEN;
	return write_whole(w, stdout, err) && put_pictures(w, state, err);
}
