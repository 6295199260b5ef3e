#include "archive/cli/export-place.h"

#include <sys/stat.h>

#include "archive/base/path.h"
#include "archive/cli/hugo-site.h"
#include "archive/export/hugo.h"

/* A pipe and a device are no place beside which anything could lie. */
static bool find_file(const char *file, struct str *out, struct err *err)
{
	struct stat st;

	if (!file || (stat(file, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
		return true;
	return path_real(file, out, err);
}

static bool find_site(const struct export_order *order, const char *slug, const char *section,
		      struct export_place *out, struct err *err)
{
	if (!order->blog || order->blog->wrap != WRAP_CALL)
		return true;
	if (out->file.len == 0)
		return err_set(err, ERR_USAGE,
			       "--for %s calls the thread from a post: name its "
			       "file by --into",
			       order->blog->name);
	if (!hugo_find_site(out->file.buf, &out->site, err))
		return false;
	str_addf(&out->part, "%s/", out->site.buf);
	hugo_add_part(&out->part, slug, section);
	return true;
}

/* ---- pictures ---- */

static void add_usual_folder(const char *slug, struct export_place *out)
{
	if (out->file.len == 0)
		return;
	if (out->site.len > 0 && !hugo_is_bundle(out->file.buf))
		str_addf(&out->usual, "%s/static", out->site.buf);
	else
		path_add_parent(&out->usual, out->file.buf);
	str_addf(&out->usual, "%s%s.media", str_ends(out->usual.buf, "/") ? "" : "/", slug);
}

static void add_base(struct str *base, const char *relative)
{
	path_add_url(base, relative);
	if (base->len > 0)
		str_add_char(base, '/');
}

/* What the shortcode makes an address of: a path in the page's folder, or in static. */
static bool add_base_of_site(struct export_place *out, struct err *err)
{
	struct str folder = STR_INIT;
	const char *rest = NULL;
	bool found;

	path_add_parent(&folder, out->file.buf);
	found = hugo_is_bundle(out->file.buf) &&
		path_is_inside(out->pictures.buf, folder.buf, &rest);
	if (!found) {
		str_clear(&folder);
		str_addf(&folder, "%s/static", out->site.buf);
		found = path_is_inside(out->pictures.buf, folder.buf, &rest);
	}
	str_release(&folder);
	if (!found)
		return err_set(err, ERR_USAGE,
			       "%s: Hugo publishes nothing from there: name a folder in static or "
			       "beside the post's index.md, or say by --media-url where the "
			       "pictures are on the web",
			       out->pictures.buf);
	add_base(&out->base, rest);
	return true;
}

static bool find_base(const struct export_order *order, struct export_place *out, struct err *err)
{
	struct str folder = STR_INIT, relative = STR_INIT;

	if (order->media_url) {
		str_add(&out->base, order->media_url);
		return true;
	}
	out->hidden = order->blog && order->blog->uploads;
	if (out->pictures.len == 0 || (out->file.len == 0 && !out->hidden))
		return err_set(err, ERR_USAGE,
			       "--media files puts pictures beside a file: name one by -o or "
			       "--into, or say by --media-url where they are on the web");
	if (out->hidden)
		return true;
	if (out->site.len > 0)
		return add_base_of_site(out, err);
	path_add_parent(&folder, out->file.buf);
	path_add_relative(&relative, folder.buf, out->pictures.buf);
	add_base(&out->base, relative.buf);
	str_release(&folder);
	str_release(&relative);
	return true;
}

bool export_place_find(const struct export_order *order, const char *slug, const char *section,
		       struct export_place *out, struct err *err)
{
	if (!find_file(order->file, &out->file, err) || !find_site(order, slug, section, out, err))
		return false;
	add_usual_folder(slug, out);
	if (order->media != MEDIA_FILES)
		return true;
	str_add(&out->pictures, order->media_dir ? order->media_dir : out->usual.buf);
	return find_base(order, out, err);
}

void export_place_release(struct export_place *place)
{
	str_release(&place->file);
	str_release(&place->site);
	str_release(&place->part);
	str_release(&place->usual);
	str_release(&place->pictures);
	str_release(&place->base);
}

const char *export_place_document(const struct export_place *place)
{
	return place->part.len > 0 ? place->part.buf : place->file.buf;
}
