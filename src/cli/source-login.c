#include <stdlib.h>
#include <string.h>

#include "archive/cli/config-edit.h"
#include "archive/cli/print.h"
#include "archive/cli/prompt.h"
#include "archive/cli/source-words.h"
#include "archive/cli/sources.h"
#include "archive/collect/login.h"

#define TIMEOUT_MS INT64_C(30000)
#define MAX_TRIES  2

/* In the browser, and a code back from there. */
static bool log_in_by_page(struct http_loop *loop, struct source *source, struct err *err)
{
	struct login_app app = LOGIN_APP_INIT;
	struct str page = STR_INIT;
	struct str code = STR_INIT;
	bool ok = false;

	if (!login_begin(loop, source, &app, &page, err))
		goto out;
	fprintf(stderr, "Open this page, allow archive to read posts, and copy the code:\n  ");
	print_safe(stderr, page.buf, 8000);
	fputc('\n', stderr);
	ok = prompt_line("Code", &code, err) && login_finish(loop, source, &app, code.buf, err);
out:
	explicit_bzero(code.buf, code.len);
	str_release(&code);
	str_release(&page);
	login_app_release(&app);
	return ok;
}

static bool log_in_by_password(struct http_loop *loop, struct source *source, struct err *err)
{
	if (!prompt_line("Handle", &source->login, err) ||
	    !prompt_secret("App password (from the settings, not the account's own)",
			   &source->password, err))
		return false;
	sources_ask_entry(source);
	return login_try_session(loop, source, err);
}

static bool get_token(struct http_loop *loop, struct source *source, struct err *err)
{
	switch (source->ops->network) {
	case NETWORK_MASTODON:
		return log_in_by_page(loop, source, err);
	case NETWORK_X:
		return prompt_secret("Bearer token of the app (console.x.com)", &source->token,
				     err);
	default:
		return prompt_secret("Access token (Settings, API)", &source->token, err);
	}
}

static bool keep(const struct cli *cli, const struct source *source, struct err *err)
{
	bool by_session = source->ops->session != NULL;
	const char *secret = by_session ? "password" : "token";
	struct str section = STR_INIT;
	struct str text = STR_INIT;
	struct str key = STR_INIT;
	bool ok = config_edit_read(cli->config.path, &text, err);

	str_addf(&section, "source %s", source->name.buf);
	if (ok) {
		config_edit_unset(&text, section.buf, "enabled");
		if (by_session)
			config_edit_set(&text, section.buf, "handle", source->login.buf);
		config_edit_set(&text, section.buf, secret,
				by_session ? source->password.buf : source->token.buf);
		str_addf(&key, "%s-env", secret);
		config_edit_unset(&text, section.buf, key.buf);
		str_clear(&key);
		str_addf(&key, "%s-command", secret);
		config_edit_unset(&text, section.buf, key.buf);
		ok = config_edit_write(cli->config.path, &text, err);
	}
	explicit_bzero(text.buf, text.len);
	str_release(&key);
	str_release(&text);
	str_release(&section);
	return ok;
}

static void say(const struct cli *cli, const struct source *source, const char *account, bool sure)
{
	struct str done = STR_INIT;
	struct str variable = STR_INIT;
	const char *value;

	str_add(&done, sure ? "signed in" : "kept; whether it is good was not told");
	if (*account)
		str_addf(&done, " as %s", account);
	source_token_name(source, &variable);
	value = getenv(variable.buf);
	if (value && *value)
		str_addf(&done, "; but %s is set, and comes before it", variable.buf);
	source_say(cli, source->name.buf, done.buf);
	str_release(&variable);
	str_release(&done);
}

static bool log_in(const struct cli *cli, struct http_loop *loop, struct source *source,
		   struct err *err)
{
	struct str account = STR_INIT;
	bool sure = true;
	bool ok;

	if (source->ops->session)
		ok = log_in_by_password(loop, source, err);
	else
		ok = get_token(loop, source, err) &&
		     login_try_token(loop, source, &account, &sure, err);
	ok = ok && keep(cli, source, err);
	if (ok)
		say(cli, source, source->ops->session ? source->login.buf : account.buf, sure);
	str_release(&account);
	return ok;
}

static void forget(struct source *source)
{
	explicit_bzero(source->token.buf, source->token.len);
	explicit_bzero(source->password.buf, source->password.len);
	source_release(source);
}

int source_login(struct cli *cli, const struct source_words *words, struct err *err)
{
	struct http_options http = cli_http(cli);
	struct source source = SOURCE_INIT;
	struct http_loop *loop = NULL;
	bool ok = false;

	http.timeout_ms = TIMEOUT_MS;
	http.max_tries = MAX_TRIES;
	if (!source_words_one(words, &source, err))
		goto out;
	source.named = true;
	loop = http_loop_new(&http, err);
	ok = loop && log_in(cli, loop, &source, err);
out:
	http_loop_free(loop);
	forget(&source);
	return ok ? CLI_DONE : CLI_FAILED;
}
