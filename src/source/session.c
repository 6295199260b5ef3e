#include "archive/source/session.h"

#include <string.h>

#include "archive/json/read.h"
#include "archive/json/write.h"

void session_release(struct session *session)
{
	if (!session)
		return;
	str_release(&session->access);
	str_release(&session->refresh);
	*session = (struct session)SESSION_INIT;
}

void session_write(const struct session *session, struct str *out)
{
	struct jwrite w;

	jwrite_begin(&w, out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "access", session->access.buf);
	jwrite_text(&w, "refresh", session->refresh.buf);
	jwrite_int(&w, "made", session->made);
	jwrite_close_object(&w);
	str_add_char(out, '\n');
}

/* What can be sent in a header and is no longer than any token. */
static bool is_kept_token(const char *text)
{
	size_t len = strlen(text);

	if (len > SESSION_MAX_TOKEN)
		return false;
	for (size_t i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	return true;
}

bool session_read(const char *bytes, size_t len, struct session *session, struct err *err)
{
	struct err why = { 0 };
	struct jnode *root = jnode_parse(bytes, len, &why);
	const char *access = jnode_string(root, "access");
	const char *refresh = jnode_string(root, "refresh");
	int64_t made = jnode_int(root, "made", 0);
	bool ok = access && is_kept_token(access) && (!refresh || is_kept_token(refresh)) &&
		  made > 0;

	if (ok) {
		str_clear(&session->access);
		str_add(&session->access, access);
		str_clear(&session->refresh);
		str_add(&session->refresh, refresh ? refresh : "");
		session->made = made;
	} else {
		err_set(err, ERR_MALFORMED, "this is no session that was kept");
	}
	jnode_free(root);
	return ok;
}
