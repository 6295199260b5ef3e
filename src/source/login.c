#include "archive/source/login.h"

#include <string.h>

#include "archive/json/read.h"
#include "archive/json/write.h"
#include "archive/text/link.h"

#define NAME	 "archive"
#define NOWHERE	 "urn:ietf:wg:oauth:2.0:oob"
#define SCOPE	 "read:statuses"
#define MAX_WORD 4096 /* bytes of an id, a secret, a token */

void login_app_release(struct login_app *app)
{
	str_release(&app->id);
	str_release(&app->secret);
}

static void begin(const struct source *source, const char *path, struct http_request *out,
		  struct jwrite *w)
{
	http_request_clear(out);
	str_addf(&out->url, "%s%s", source->base.buf, path);
	out->post = true;
	out->secret = true;
	jwrite_begin(w, &out->body);
	jwrite_open_object(w, NULL);
}

void login_ask_app(const struct source *source, struct http_request *out)
{
	struct jwrite w;

	begin(source, "/api/v1/apps", out, &w);
	jwrite_text(&w, "client_name", NAME);
	jwrite_text(&w, "redirect_uris", NOWHERE);
	jwrite_text(&w, "scopes", SCOPE);
	jwrite_close_object(&w);
}

/* Visible ASCII alone: it goes into a header, an address and a file. */
static bool is_word(const char *text)
{
	size_t len = text ? strlen(text) : 0;

	for (size_t i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	return len > 0 && len <= MAX_WORD;
}

static struct jnode *read_object(const struct source *source, const struct http_answer *answer,
				 struct err *err)
{
	struct err why = { 0 };
	struct jnode *root = NULL;

	if (answer->status == 200 && http_answer_is_json(answer))
		root = jnode_parse(answer->body.buf, answer->body.len, &why);
	if (jnode_is_object(root))
		return root;
	jnode_free(root);
	if (answer->status == 404)
		err_set(err, ERR_NOT_FOUND,
			"%s has no login of Mastodon's kind (status 404): is the name right?",
			source->name.buf);
	else
		source_refused(source, answer, err);
	return NULL;
}

bool login_read_app(const struct source *source, const struct http_answer *answer,
		    struct login_app *app, struct err *err)
{
	struct jnode *root = read_object(source, answer, err);
	const char *id = jnode_string(root, "client_id");
	const char *secret = jnode_string(root, "client_secret");
	bool ok = is_word(id) && is_word(secret);

	if (ok) {
		str_add(&app->id, id);
		str_add(&app->secret, secret);
	} else if (root) {
		err_set(err, ERR_MALFORMED, "%s gave this program no name to log in with",
			source->name.buf);
	}
	jnode_free(root);
	return ok;
}

void login_page(const struct source *source, const struct login_app *app, struct str *url)
{
	str_addf(url, "%s/oauth/authorize?response_type=code&client_id=", source->base.buf);
	link_add_escaped(url, app->id.buf);
	str_add(url, "&redirect_uri=");
	link_add_escaped(url, NOWHERE);
	str_add(url, "&scope=");
	link_add_escaped(url, SCOPE);
}

void login_ask_token(const struct source *source, const struct login_app *app, const char *code,
		     struct http_request *out)
{
	struct jwrite w;

	begin(source, "/oauth/token", out, &w);
	jwrite_text(&w, "grant_type", "authorization_code");
	jwrite_text(&w, "client_id", app->id.buf);
	jwrite_text(&w, "client_secret", app->secret.buf);
	jwrite_text(&w, "redirect_uri", NOWHERE);
	jwrite_text(&w, "scope", SCOPE);
	jwrite_text(&w, "code", code);
	jwrite_close_object(&w);
}

bool login_read_token(const struct source *source, const struct http_answer *answer,
		      struct str *token, struct err *err)
{
	struct jnode *root;
	const char *word;
	bool ok;

	if ((answer->status == 400 || answer->status == 401) && http_answer_is_json(answer))
		return err_set(err, ERR_AUTH,
			       "%s does not accept the code: it is good once and for some minutes; "
			       "log in again and copy all of it",
			       source->name.buf);
	root = read_object(source, answer, err);
	if (!root)
		return false;
	word = jnode_string(root, "access_token");
	ok = is_word(word);
	if (ok)
		str_add(token, word);
	else
		err_set(err, ERR_MALFORMED, "%s gave no token for the code", source->name.buf);
	jnode_free(root);
	return ok;
}
