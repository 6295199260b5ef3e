#include "archive/import/import.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/answers.h"
#include "archive/import/blog.h"
#include "archive/import/feed.h"
#include "archive/import/matome.h"
#include "archive/import/thread.h"

static const struct {
	const char *name;
	import_read_fn *read;
} forms[IMPORT_FORM_COUNT] = {
	[IMPORT_ANSWERS] = { "answers", import_answers },
	[IMPORT_X_ARCHIVE] = { "x-archive", NULL },
	[IMPORT_MASTODON_ARCHIVE] = { "mastodon-archive", NULL },
	[IMPORT_THREAD] = { "thread", import_thread },
	[IMPORT_FEED] = { "feed", import_feed },
	[IMPORT_MATOME] = { "matome", import_matome },
	[IMPORT_BLOG] = { "blog", import_blog },
	[IMPORT_TEXT] = { "text", import_text },
	[IMPORT_STORE] = { "store", NULL },
	[IMPORT_NOTHING] = { "nothing", NULL },
};

const char *import_form_name(enum import_form form)
{
	return forms[form].name;
}

bool import_form_parse(const char *name, enum import_form *out)
{
	for (size_t i = 0; i < IMPORT_FORM_COUNT; i++) {
		if (strcmp(forms[i].name, name) != 0)
			continue;
		*out = (enum import_form)i;
		return true;
	}
	return false;
}

/* What is kept of an archive is each element with its author inside: as answers hold it. */
import_read_fn *import_evidence_reader(enum import_form form)
{
	return forms[form].read ? forms[form].read : import_answers;
}

import_read_fn *import_reader(enum import_form form)
{
	return forms[form].read;
}
