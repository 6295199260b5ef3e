#include "archive/cli/blog.h"

#include "archive/base/mem.h"
#include "archive/text/near.h"

static const struct blog blogs[] = {
	{
		.name = "hugo",
		.form = "fragment",
		.wrap = WRAP_CALL,
		.media = MEDIA_FILES,
	},
	{
		.name = "wordpress",
		.form = "fragment",
		.wrap = WRAP_BLOCK,
		.media = MEDIA_LINK,
		.uploads = true,
		.next = "in WordPress: open the post, menu Options (three dots) > Code editor, "
			"paste "
			"it where it belongs, Exit code editor, Update; in the classic editor "
			"paste "
			"it in the Text tab and never open the Visual tab",
		.uploads_to = "Media > Add New",
	},
	{
		.name = "zenn",
		.form = "markdown",
		.wrap = WRAP_NONE,
		.media = MEDIA_LINK,
		.uploads = true,
		.uploads_to = "the folder images of the repository, or the editor",
	},
	{
		.name = "qiita",
		.form = "markdown",
		.wrap = WRAP_NONE,
		.media = MEDIA_LINK,
		.uploads = true,
		.uploads_to = "the editor, which gives their addresses",
	},
};

const struct blog *blog_find(const char *name, struct err *err)
{
	const char *near = NULL;

	for (size_t i = 0; i < ARRAY_LEN(blogs); i++) {
		if (str_same(blogs[i].name, name))
			return &blogs[i];
		near = near_word(name, near, blogs[i].name);
	}
	if (near)
		err_set(err, ERR_USAGE, "--for knows no '%s': did you mean %s?", name, near);
	else
		err_set(err, ERR_USAGE,
			"--for knows no '%s': there are hugo, wordpress, zenn and qiita", name);
	return NULL;
}
