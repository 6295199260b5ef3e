#include "archive/http/message.h"

#include <string.h>

#include <curl/curl.h>

#include "archive/base/mem.h"
#include "archive/http/line.h"

#define MAX_WAIT_SECONDS INT64_C(315360000) /* ten years: whoever asks for more means never */

void http_request_release(struct http_request *request)
{
	str_release(&request->url);
	str_release(&request->body);
	str_release(&request->accept);
	str_release(&request->bearer);
}

void http_request_clear(struct http_request *request)
{
	str_clear(&request->url);
	str_clear(&request->body);
	str_clear(&request->accept);
	str_clear(&request->bearer);
	request->post = request->secret = request->anew = false;
}

bool http_request_is_post(const struct http_request *request)
{
	return request->post || request->body.len > 0;
}

void http_request_param(struct http_request *request, const char *name, const char *value)
{
	str_add_char(&request->url, strchr(request->url.buf, '?') ? '&' : '?');
	line_percent(&request->url, name, strlen(name));
	str_add_char(&request->url, '=');
	line_percent(&request->url, value, strlen(value));
}

void http_answer_release(struct http_answer *answer)
{
	str_release(&answer->headers);
	str_release(&answer->body);
	*answer = (struct http_answer)HTTP_ANSWER_INIT;
}

void http_answer_clear(struct http_answer *answer)
{
	answer->status = 0;
	answer->received = 0;
	str_clear(&answer->headers);
	str_clear(&answer->body);
}

void http_answer_add_header(struct http_answer *answer, const char *line, size_t len)
{
	const char *colon;

	while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		len--;
	colon = memchr(line, ':', len);
	if (!colon || colon == line || *line == ' ' || *line == '\t' || memchr(line, '\0', len) ||
	    memchr(line, '\n', len))
		return;
	str_add_n(&answer->headers, line, len);
	str_add(&answer->headers, "\r\n");
}

bool http_answer_header(const struct http_answer *answer, const char *name, struct str *out)
{
	const char *rest = answer->headers.buf;
	const char *end = rest + answer->headers.len;
	struct span line, value, found = { 0 };

	while (line_next(&rest, end, &line))
		if (line_is_header(line, name, &value))
			found = value;
	if (!found.at)
		return false;
	str_add_n(out, found.at, found.len);
	return true;
}

/* "application/json", "application/problem+json", whatever follows a semicolon. */
static bool is_json_type(struct str *type)
{
	size_t len = strcspn(type->buf, "; \t,");

	str_truncate(type, len);
	return str_same_ascii(type->buf, "application/json") ||
	       (len > 5 && str_same_ascii(type->buf + len - 5, "+json"));
}

bool http_answer_is_json(const struct http_answer *answer)
{
	struct str type = STR_INIT;
	const char *body = answer->body.buf;
	bool is_json;

	if (http_answer_header(answer, "Content-Type", &type) && type.len > 0) {
		is_json = is_json_type(&type);
	} else {
		if (str_starts(body, "\xEF\xBB\xBF"))
			body += 3;
		body += strspn(body, " \t\r\n");
		is_json = *body == '{' || *body == '[';
	}
	str_release(&type);
	return is_json;
}

int64_t http_answer_retry_after(const struct http_answer *answer)
{
	struct str value = STR_INIT;
	int64_t seconds, until = 0;

	if (!http_answer_header(answer, "Retry-After", &value))
		return 0;
	if (str_to_int(value.buf, 0, INT64_MAX, &seconds)) {
		if (seconds > MAX_WAIT_SECONDS)
			seconds = MAX_WAIT_SECONDS;
		until = answer->received + seconds * 1000;
	} else {
		seconds = curl_getdate(value.buf, NULL);
		until = seconds > 0 ? seconds * 1000 : 0;
	}
	str_release(&value);
	return until;
}

static bool is_left_out(struct span line)
{
	static const char *const names[] = {
		"Content-Length",
		"Content-Encoding",
		"Transfer-Encoding",
		"Connection",
		"Trailer",
		"Set-Cookie",
		"Set-Cookie2",
		"Cookie",
		"WWW-Authenticate",
		"Authorization",
		"Authentication-Info",
		"Proxy-Authenticate",
		"Proxy-Authorization",
		"Proxy-Authentication-Info",
	};
	struct span value;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (line_is_header(line, names[i], &value))
			return true;
	return false;
}

static const char *reason_of(int status)
{
	static const struct {
		int status;
		const char *reason;
	} reasons[] = {
		{ 200, "OK" },
		{ 304, "Not Modified" },
		{ 400, "Bad Request" },
		{ 401, "Unauthorized" },
		{ 402, "Payment Required" },
		{ 403, "Forbidden" },
		{ 404, "Not Found" },
		{ 410, "Gone" },
		{ 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" },
		{ 500, "Internal Server Error" },
		{ 502, "Bad Gateway" },
		{ 503, "Service Unavailable" },
		{ 504, "Gateway Timeout" },
	};

	for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "";
}

void http_answer_write(const struct http_answer *answer, struct str *out)
{
	const char *rest = answer->headers.buf;
	const char *end = rest + answer->headers.len;
	struct span line;

	str_addf(out, "HTTP/1.1 %03d %s\r\n", answer->status, reason_of(answer->status));
	while (line_next(&rest, end, &line)) {
		if (is_left_out(line))
			continue;
		str_add_n(out, line.at, line.len);
		str_add(out, "\r\n");
	}
	str_addf(out, "Content-Length: %zu\r\n\r\n", answer->body.len);
	str_add_n(out, answer->body.buf, answer->body.len);
}

/* One head. Interim answers (1xx) are heads too, and are followed by another one. */
static bool read_head(const char **rest, const char *end, struct http_answer *answer,
		      struct err *err)
{
	struct span line;

	http_answer_clear(answer);
	if (!line_next(rest, end, &line) || !line_status(line, &answer->status))
		return err_set(err, ERR_MALFORMED, "this is not an HTTP answer");
	while (line_next(rest, end, &line)) {
		if (line.len == 0)
			return true;
		http_answer_add_header(answer, line.at, line.len);
	}
	return err_set(err, ERR_NETWORK, "the answer is cut off within its head");
}

static bool check_length(const struct http_answer *answer, size_t len, struct err *err)
{
	struct str value = STR_INIT;
	int64_t told = -1;
	bool ok = true;

	if (!http_answer_header(answer, "Content-Length", &value))
		goto out;
	if (!str_to_int(value.buf, 0, INT64_MAX, &told))
		ok = err_set(err, ERR_MALFORMED, "the answer's Content-Length is not a number");
	else if ((uint64_t)told != len)
		ok = err_set(
			err, ERR_NETWORK,
			"the answer is cut off: its Content-Length says %lld bytes, there are %zu",
			(long long)told, len);
out:
	str_release(&value);
	return ok;
}

bool http_answer_read(const char *bytes, size_t len, struct http_answer *answer, struct err *err)
{
	const char *rest = bytes;
	const char *end = bytes + len;
	bool ok;

	do {
		ok = read_head(&rest, end, answer, err);
	} while (ok && answer->status < 200);
	ok = ok && check_length(answer, (size_t)(end - rest), err);
	if (ok)
		str_add_n(&answer->body, rest, (size_t)(end - rest));
	else
		http_answer_clear(answer);
	return ok;
}
