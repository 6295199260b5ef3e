#include "archive/http/url.h"

#include <arpa/inet.h>
#include <string.h>

#include <curl/curl.h>

#include "archive/http/tape.h"

void http_url_release(struct http_url *url)
{
	str_release(&url->text);
	str_release(&url->scheme);
	str_release(&url->host);
	str_release(&url->port);
	str_release(&url->name);
}

static bool is_loopback(const char *host)
{
	struct in_addr address = { 0 };

	if (str_same_ascii(host, "localhost") || str_same(host, "[::1]"))
		return true;
	return inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

static bool has_part(CURLU *handle, CURLUPart which)
{
	char *part = NULL;
	bool has = curl_url_get(handle, which, &part, 0) == CURLUE_OK;

	curl_free(part);
	return has;
}

static void add_part(struct str *out, CURLU *handle, CURLUPart which)
{
	char *part = NULL;

	str_clear(out);
	if (curl_url_get(handle, which, &part, CURLU_DEFAULT_PORT) == CURLUE_OK)
		str_add(out, part);
	curl_free(part);
}

static void add_lower_part(struct str *out, CURLU *handle, CURLUPart which)
{
	add_part(out, handle, which);
	for (char *c = out->buf; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
}

static void take_apart(struct http_url *url, CURLU *handle)
{
	char *port = NULL;

	curl_url_set(handle, CURLUPART_FRAGMENT, NULL, 0);
	str_clear(&url->text);
	if (curl_url_get(handle, CURLUPART_URL, &port, 0) == CURLUE_OK)
		str_add(&url->text, port);
	curl_free(port);
	port = NULL;
	add_lower_part(&url->scheme, handle, CURLUPART_SCHEME);
	add_lower_part(&url->host, handle, CURLUPART_HOST);
	add_part(&url->port, handle, CURLUPART_PORT);
	str_clear(&url->name);
	str_add(&url->name, url->host.buf);
	if (curl_url_get(handle, CURLUPART_PORT, &port, CURLU_NO_DEFAULT_PORT) == CURLUE_OK)
		str_addf(&url->name, ":%s", port);
	curl_free(port);
	url->loopback = is_loopback(url->host.buf);
}

/* base may be NULL. What is refused is named by its host, cleaned. */
static bool read_url(struct http_url *url, const char *base, const char *text, enum err_code code,
		     struct err *err)
{
	CURLU *handle = curl_url();
	struct str label = STR_INIT;
	const unsigned flags = CURLU_NON_SUPPORT_SCHEME | (base ? CURLU_URLENCODE : 0);
	bool ok = handle && (!base || curl_url_set(handle, CURLUPART_URL, base, 0) == CURLUE_OK) &&
		  curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK &&
		  has_part(handle, CURLUPART_HOST);

	tape_host_label(&label, text);
	if (!ok)
		err_set(err, code, "%s: the address cannot be read; https://HOST/… is wanted",
			label.buf);
	else if (has_part(handle, CURLUPART_USER) || has_part(handle, CURLUPART_PASSWORD))
		ok = err_set(err, code,
			     "%s: the address holds a user's name or password; take it out, "
			     "credentials belong into the configuration",
			     label.buf);
	if (ok)
		take_apart(url, handle);
	str_release(&label);
	curl_url_cleanup(handle);
	return ok;
}

bool http_url_parse(struct http_url *url, const char *text, struct err *err)
{
	return read_url(url, NULL, text, ERR_USAGE, err);
}

bool http_url_resolve(struct http_url *url, const struct http_url *base, const char *location,
		      struct err *err)
{
	if (read_url(url, base->text.buf, location, ERR_MALFORMED, err))
		return true;
	return err_wrap(err, "%s sends us elsewhere", base->name.buf);
}

bool http_url_may_ask(const struct http_url *url, bool insecure, struct err *err)
{
	bool plain = str_same(url->scheme.buf, "http");

	if (!plain && !str_same(url->scheme.buf, "https"))
		return err_set(err, ERR_USAGE, "%s: only https:// is asked, not %s://",
			       url->name.buf, url->scheme.buf);
	if (plain && !url->loopback && !insecure)
		return err_set(err, ERR_USAGE,
			       "%s: http:// is not encrypted and is for this machine alone; use "
			       "https://, or allow it with --insecure-http",
			       url->name.buf);
	return true;
}

bool http_url_may_follow(const struct http_url *from, const struct http_url *to, bool insecure,
			 struct err *err)
{
	if (to->loopback && !from->loopback)
		return err_set(err, ERR_MALFORMED,
			       "%s sends us to %s, which is this machine: refused", from->name.buf,
			       to->name.buf);
	if (http_url_may_ask(to, insecure, err))
		return true;
	err->code = ERR_MALFORMED;
	return err_wrap(err, "%s sends us elsewhere", from->name.buf);
}

bool http_url_same_origin(const struct http_url *a, const struct http_url *b)
{
	return str_same(a->scheme.buf, b->scheme.buf) && str_same(a->host.buf, b->host.buf) &&
	       str_same(a->port.buf, b->port.buf);
}

bool http_url_proxy(struct http_url *url, const char *text)
{
	const unsigned flags = CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME;
	CURLU *handle = curl_url();
	bool ok = handle && curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK;
	char *port = NULL;

	if (ok) {
		take_apart(url, handle);
		if (curl_url_get(handle, CURLUPART_PORT, &port, 0) != CURLUE_OK &&
		    !str_same(url->scheme.buf, "https")) {
			str_clear(&url->port);
			str_add(&url->port, "1080"); /* libcurl's */
		}
		curl_free(port);
		if (url->host.len > 2 && url->host.buf[0] == '[') {
			str_truncate(&url->host, url->host.len - 1);
			memmove(url->host.buf, url->host.buf + 1, url->host.len);
			url->host.len--;
		}
	}
	curl_url_cleanup(handle);
	return ok;
}
