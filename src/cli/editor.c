#include "archive/cli/editor.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/base/io.h"
#include "archive/cli/child.h"
#include "archive/cli/scratch.h"

#define NO_SUCH_PROGRAM 127

static bool is_there(const char *program)
{
	const char *path = getenv("PATH");
	struct str file = STR_INIT;
	bool there = false;

	for (size_t len; !there && path && *path; path += len + (path[len] == ':')) {
		len = strcspn(path, ":");
		str_clear(&file);
		str_add_n(&file, path, len);
		str_addf(&file, "/%s", program);
		there = access(file.buf, X_OK) == 0;
	}
	str_release(&file);
	return there;
}

static const char *find_editor(void)
{
	static const char *const variables[] = { "VISUAL", "EDITOR" };

	for (size_t i = 0; i < 2; i++) {
		const char *editor = getenv(variables[i]);

		if (editor && *editor)
			return editor;
	}
	return is_there("editor") ? "editor" : "vi";
}

static bool run(const char *path, struct err *err)
{
	const char *editor = find_editor();
	int status = child_run(editor, path, err);

	if (status == NO_SUCH_PROGRAM)
		return err_set(err, ERR_IO,
			       "the editor '%s' is not there: name another in VISUAL or EDITOR",
			       editor);
	if (status > 0)
		return err_set(err, ERR_IO,
			       "the editor '%s' failed (status %d): nothing was changed", editor,
			       status);
	return status == 0;
}

bool editor_edit(const char *name, const char *text, struct str *out, struct err *err)
{
	struct scratch scratch = SCRATCH_INIT;
	struct str path = STR_INIT;
	struct err ignored = { 0 };
	bool ok;

	ok = scratch_path(&scratch, name, &path, err) &&
	     io_write_private(path.buf, text, strlen(text), err);
	if (ok && !run(path.buf, err)) {
		ok = false;
		if (!io_read_file(path.buf, EDITOR_MAX_BYTES, out, &ignored))
			str_clear(out);
	}
	ok = ok && io_read_file(path.buf, EDITOR_MAX_BYTES, out, err);
	scratch_release(&scratch);
	str_release(&path);
	return ok;
}
