#include "archive/cli/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool make(struct scratch *scratch, struct err *err)
{
	const char *place = getenv("TMPDIR");

	str_addf(&scratch->folder, "%s/archive-XXXXXX", place && *place == '/' ? place : "/tmp");
	if (mkdtemp(scratch->folder.buf))
		return true;
	err_set(err, ERR_IO, "%s: %s", scratch->folder.buf, strerror(errno));
	str_clear(&scratch->folder);
	return false;
}

bool scratch_path(struct scratch *scratch, const char *name, struct str *out, struct err *err)
{
	if (scratch->folder.len == 0 && !make(scratch, err))
		return false;
	str_addf(out, "%s/%s", scratch->folder.buf, name);
	return true;
}

/* An editor may have left a copy beside the text. */
static void empty(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir)))
		unlinkat(dirfd(dir), entry->d_name, 0); /* "." and ".." stay */
	closedir(dir);
}

void scratch_release(struct scratch *scratch)
{
	if (scratch->folder.len > 0) {
		empty(scratch->folder.buf);
		rmdir(scratch->folder.buf);
	}
	str_release(&scratch->folder);
}
