#include "archive/cli/hugo-site.h"

#include <string.h>
#include <unistd.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/base/path.h"
#include "archive/export/hugo.h"

#define TEMPLATE_MAX ((size_t)1 << 20)

/* Where Hugo looks for a site's configuration (0.110 and before: config.*). */
static bool is_site(const char *folder)
{
	static const char *const names[] = {
		"hugo.toml",   "hugo.yaml",  "hugo.yml",    "hugo.json",       "config.toml",
		"config.yaml", "config.yml", "config.json", "config/_default",
	};
	struct str path = STR_INIT;
	bool found = false;

	for (size_t i = 0; !found && i < ARRAY_LEN(names); i++) {
		str_clear(&path);
		str_addf(&path, "%s/%s", folder, names[i]);
		found = access(path.buf, F_OK) == 0;
	}
	str_release(&path);
	return found;
}

bool hugo_find_site(const char *file, struct str *site, struct err *err)
{
	struct str folder = STR_INIT, parent = STR_INIT;
	bool found = false;

	path_add_parent(&folder, file);
	while (!(found = is_site(folder.buf)) && folder.len > 1) {
		str_clear(&parent);
		path_add_parent(&parent, folder.buf);
		str_clear(&folder);
		str_add(&folder, parent.buf);
	}
	if (found)
		str_add(site, folder.buf);
	else
		err_set(err, ERR_USAGE,
			"%s: this is in no site of Hugo: no folder above it holds hugo.toml, "
			"config.toml or config/_default; without --for hugo the thread goes into "
			"any file",
			file);
	str_release(&folder);
	str_release(&parent);
	return found;
}

bool hugo_is_bundle(const char *file)
{
	const char *name = path_name(file);

	return str_starts(name, "index.");
}

/* Hugo 0.146 and later look in the second one, too. */
static const char *const places[] = { HUGO_SHORTCODE, "layouts/_shortcodes/archive.html" };

static bool look_at(const char *path, enum hugo_state *state, struct err *err)
{
	struct str text = STR_INIT;
	struct err missing = { 0 };
	bool there = io_read_file(path, TEMPLATE_MAX, &text, &missing);
	bool ours = there && hugo_is_shortcode(text.buf);

	str_release(&text);
	if (ours)
		*state = HUGO_READY;
	if (there && !ours)
		return err_set(err, ERR_USAGE,
			       "%s: this is a shortcode of your own, not the one that shows a "
			       "thread: rename it, and where posts call it",
			       path);
	if (there || missing.code == ERR_NOT_FOUND)
		return true;
	*err = missing;
	return false;
}

bool hugo_look_for_shortcode(const char *site, enum hugo_state *state, struct err *err)
{
	struct str path = STR_INIT;
	bool ok = true;

	*state = HUGO_LACKS;
	for (size_t i = 0; ok && i < ARRAY_LEN(places); i++) {
		str_clear(&path);
		str_addf(&path, "%s/%s", site, places[i]);
		ok = look_at(path.buf, state, err);
	}
	str_release(&path);
	return ok;
}

bool hugo_add_shortcode(const char *site, struct err *err)
{
	const char *text = hugo_shortcode();
	struct str path = STR_INIT;
	bool ok;

	str_addf(&path, "%s/%s", site, HUGO_SHORTCODE);
	ok = io_make_parent(path.buf, err) && io_write_file(path.buf, text, strlen(text), err);
	str_release(&path);
	return ok;
}
