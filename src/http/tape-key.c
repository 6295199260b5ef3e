#include "archive/http/tape.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/http/line.h"

#define MAX_LABEL     100
#define PATH_KEEPS    "/:@!$&'()*+,;="
#define HOST_KEEPS    "/:@[]!$&'()*+,;="
#define SIZE	      "max_results="
#define BODY_TRAILERS " \t\r\n"

static void add_lower(struct str *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		str_add_char(out, text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] - 'A' + 'a')
								   : text[i]);
}

/* Where the host begins, behind "scheme://" and what stands before an "@". */
static const char *host_start(const char *url, const char **authority)
{
	const char *start = strstr(url, "://");
	const char *at;
	size_t len;

	*authority = start ? start + 3 : url;
	len = strcspn(*authority, "/?#");
	at = memrchr(*authority, '@', len);
	return at ? at + 1 : *authority;
}

void tape_host_label(struct str *out, const char *url)
{
	const char *authority;
	const char *host = host_start(url, &authority);
	size_t before = out->len;
	size_t stop = *host == '[' ? strcspn(host, "]/?#") : strcspn(host, ":/?#");
	struct str lower = STR_INIT;

	add_lower(&lower, host, stop);
	for (const char *c = lower.buf; *c && out->len - before < MAX_LABEL; c++)
		if ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '.' || *c == '-')
			str_add_char(out, *c);
	if (out->len == before)
		str_add(out, "host");
	str_release(&lower);
}

/* A parameter is decoded as forms do ("+" is a blank) and encoded anew; its first "=" stays one. */
static char *respell_parameter(const char *text, size_t len)
{
	struct str out = STR_INIT;
	bool in_name = true;

	for (size_t i = 0; i < len;) {
		if (text[i] == '+') {
			str_add(&out, "%20");
			i++;
		} else {
			i += line_respell_one(&out, text + i, len - i, in_name ? "=" : "");
		}
		in_name = in_name && text[i - 1] != '=';
	}
	return str_detach(&out);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* How many are asked for at most depends on what is left of a budget, and makes no other question.
 */
static bool is_size(const char *parameter, size_t len)
{
	return len >= strlen(SIZE) && memcmp(parameter, SIZE, strlen(SIZE)) == 0;
}

static void add_parameters(struct str *out, const char *query, size_t len)
{
	char **list = xcalloc(len / 2 + 1, sizeof(*list));
	const char *end = query + len;
	size_t count = 0;

	for (const char *at = query; at < end;) {
		const char *stop = memchr(at, '&', (size_t)(end - at));

		stop = stop ? stop : end;
		if (stop > at && !is_size(at, (size_t)(stop - at)))
			list[count++] = respell_parameter(at, (size_t)(stop - at));
		at = stop + 1;
	}
	qsort(list, count, sizeof(*list), compare_texts);
	for (size_t i = 0; i < count; i++) {
		str_add_char(out, i == 0 ? '?' : '&');
		str_add(out, list[i]);
		free(list[i]);
	}
	free(list);
}

void tape_canonical_url(struct str *out, const char *url)
{
	const char *authority;
	const char *path, *query;
	struct str site = STR_INIT;
	size_t len;

	host_start(url, &authority);
	path = authority + strcspn(authority, "/?#");
	line_respell(&site, url, (size_t)(path - url), HOST_KEEPS);
	add_lower(out, site.buf, site.len);
	len = strcspn(path, "?#");
	if (len == 0)
		str_add_char(out, '/');
	line_respell(out, path, len, PATH_KEEPS);
	query = path + len;
	if (*query == '?')
		add_parameters(out, query + 1, strcspn(query + 1, "#"));
	str_release(&site);
}

void tape_key(const struct http_request *request, uint8_t key[HASH_SIZE])
{
	struct str text = STR_INIT;
	size_t len = request->body.len;

	while (len > 0 && strchr(BODY_TRAILERS, request->body.buf[len - 1]))
		len--;
	str_add(&text, http_request_is_post(request) ? "POST " : "GET ");
	tape_canonical_url(&text, request->url.buf);
	str_add_char(&text, '\n');
	str_add_n(&text, request->body.buf, len);
	hash_sha256(text.buf, text.len, key);
	str_release(&text);
}

void tape_request_write(const struct http_request *request, struct str *out)
{
	str_addf(out, "%s %s\n", http_request_is_post(request) ? "POST" : "GET", request->url.buf);
	if (request->body.len == 0)
		return;
	str_add_char(out, '\n');
	str_add_n(out, request->body.buf, request->body.len);
}

static bool has_controls(const char *at, const char *end)
{
	while (at < end && (unsigned char)*at > ' ' && *at != 0x7F)
		at++;
	return at < end;
}

/* "GET URL", "POST URL", and perhaps a protocol behind it. */
static bool read_request_line(struct span line, struct http_request *request, struct err *err)
{
	const char *blank = memchr(line.at, ' ', line.len);
	size_t method = blank ? (size_t)(blank - line.at) : 0;
	const char *url = line.at + method + 1;
	const char *end = line.at + line.len;
	const char *stop;

	if ((method != 3 || memcmp(line.at, "GET", 3) != 0) &&
	    (method != 4 || memcmp(line.at, "POST", 4) != 0))
		return err_set(err, ERR_MALFORMED, "its first line is not GET or POST and a URL");
	stop = memchr(url, ' ', (size_t)(end - url));
	stop = stop ? stop : end;
	if (stop == url || has_controls(url, stop))
		return err_set(err, ERR_MALFORMED, "its first line names no URL");
	str_add_n(&request->url, url, (size_t)(stop - url));
	request->post = method == 4;
	return true;
}

bool tape_request_read(const char *bytes, size_t len, struct http_request *request, struct err *err)
{
	const char *rest = bytes;
	const char *end = bytes + len;
	struct span line = { 0 };

	http_request_clear(request);
	if (!line_next(&rest, end, &line))
		return err_set(err, ERR_MALFORMED, "it is empty");
	if (!read_request_line(line, request, err))
		return false;
	while (line_next(&rest, end, &line) && line.len > 0)
		continue;
	str_add_n(&request->body, rest, (size_t)(end - rest));
	return true;
}
