#include "archive/http/transfer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <curl/curl.h>

#include "archive/base/clock.h"
#include "archive/base/io.h"
#include "archive/base/mem.h"

#define MAX_HEAD	   (256 << 10)
#define MAX_CA		   (16 << 20)
#define CONNECT_TIMEOUT_MS 15000
#define LOW_SPEED_BYTES	   64L /* a second, over half of the time limit */

bool transfer_read_ca(struct transfer_rules *rules, const char *file, struct err *err)
{
	const char *system = curl_version_info(CURLVERSION_NOW)->cainfo;
	struct err none = { 0 };
	size_t before;

	if (!file)
		return true;
	if (system && !io_read_file(system, MAX_CA, &rules->ca, &none))
		str_clear(&rules->ca);
	str_add_char(&rules->ca, '\n');
	before = rules->ca.len;
	if (!io_read_file(file, MAX_CA, &rules->ca, err))
		return err_wrap(err, "certificate authority");
	if (strstr(rules->ca.buf + before, "-----BEGIN CERTIFICATE-----"))
		return true;
	return err_set(
		err, ERR_MALFORMED,
		"certificate authority: %s: no certificate is in it (PEM is wanted, \"-----BEGIN "
		"CERTIFICATE-----\")",
		file);
}

void transfer_rules_release(struct transfer_rules *rules)
{
	free(rules->user_agent);
	str_release(&rules->ca);
}

/* Interim answers come before the last one, trailers behind its body: of both nothing is kept. */
static size_t take_header(char *bytes, size_t size, size_t count, void *data)
{
	struct transfer *transfer = data;
	size_t len = size * count;

	transfer->head_bytes += len;
	if (transfer->head_bytes > MAX_HEAD) {
		transfer->too_large = true;
		return 0;
	}
	if (len >= 5 && memcmp(bytes, "HTTP/", 5) == 0) {
		str_clear(&transfer->answer->headers);
		transfer->head_is_over = false;
	} else if (len <= 2 && (len == 0 || bytes[len - 1] == '\n')) {
		transfer->head_is_over = true;
	} else if (!transfer->head_is_over) {
		http_answer_add_header(transfer->answer, bytes, len);
	}
	return len;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *data)
{
	struct transfer *transfer = data;
	struct str *body = &transfer->answer->body;
	size_t len = size * count;

	if (len > transfer->rules->max_bytes - body->len) {
		transfer->too_large = true;
		return 0;
	}
	str_add_n(body, bytes, len);
	return len;
}

static void add_line(struct transfer *transfer, const char *line)
{
	struct curl_slist *longer = curl_slist_append(transfer->headers, line);

	if (longer)
		transfer->headers = longer;
}

static void set_headers(struct transfer *transfer, const struct http_request *request,
			bool with_bearer)
{
	struct str line = STR_INIT;

	curl_slist_free_all(transfer->headers);
	transfer->headers = NULL;
	str_addf(&line, "Accept: %s",
		 request->accept.len ? request->accept.buf : "application/json");
	add_line(transfer, line.buf);
	str_clear(&line);
	if (http_request_is_post(request)) {
		add_line(transfer,
			 request->body.len ? "Content-Type: application/json" : "Content-Type:");
		add_line(transfer, "Expect:");
	}
	if (with_bearer) {
		str_addf(&line, "Authorization: Bearer %s", request->bearer.buf);
		add_line(transfer, line.buf);
		explicit_bzero(line.buf, line.len);
	}
	curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers);
	str_release(&line);
}

static void set_limits(CURL *easy, const struct transfer_rules *rules, int64_t timeout_ms)
{
	long connect_ms = timeout_ms < CONNECT_TIMEOUT_MS ? (long)timeout_ms : CONNECT_TIMEOUT_MS;

	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, LOW_SPEED_BYTES);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)(rules->timeout_ms / 2000 + 1));
	curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)rules->max_bytes);
}

static void set_trust(CURL *easy, const struct transfer_rules *rules)
{
	struct curl_blob blob = {
		.data = rules->ca.buf,
		.len = rules->ca.len,
		.flags = CURL_BLOB_NOCOPY,
	};

	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (rules->ca.len > 0)
		curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob);
}

static void set_receivers(struct transfer *transfer)
{
	CURL *easy = transfer->easy;

	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

static curl_socket_t open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfer *transfer = data;

	if (purpose == CURLSOCKTYPE_IPCXN && guard_may_open(transfer->rules->guard, &address->addr))
		return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
	transfer->refused = true;
	return CURL_SOCKET_BAD;
}

static void set_guard(struct transfer *transfer, const struct http_url *url)
{
	const struct guard *guard = transfer->rules->guard;

	transfer->refused = false;
	if (!guard || guard_knows(guard, url))
		return;
	curl_easy_setopt(transfer->easy, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(transfer->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(transfer->easy, CURLOPT_OPENSOCKETDATA, transfer);
}

/* libcurl gives none only for want of memory, which ends the program as it does everywhere. */
static CURL *new_handle(struct transfer *transfer)
{
	if (!transfer->easy)
		transfer->easy = curl_easy_init();
	if (!transfer->easy)
		abort();
	curl_easy_reset(transfer->easy);
	return transfer->easy;
}

void transfer_prepare(struct transfer *transfer, const struct transfer_rules *rules,
		      const struct http_url *url, const struct http_request *request,
		      bool with_bearer, int64_t timeout_ms, struct http_answer *answer)
{
	CURL *easy = new_handle(transfer);

	transfer->rules = rules;
	transfer->answer = answer;
	transfer->head_bytes = 0;
	transfer->head_is_over = transfer->too_large = false;
	http_answer_clear(answer);
	curl_easy_setopt(easy, CURLOPT_URL, url->text.buf);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, rules->user_agent);
	if (url->loopback)
		curl_easy_setopt(easy, CURLOPT_PROXY, "");
	if (http_request_is_post(request)) {
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.len);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body.buf);
	}
	if (request->anew) {
		curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
		curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
	}
	set_headers(transfer, request, with_bearer);
	set_limits(easy, rules, timeout_ms);
	set_trust(easy, rules);
	set_receivers(transfer);
	set_guard(transfer, url);
}

/* Does every bracket that opens close? What JSON that was cut off anywhere does not do. */
static bool brackets_close(const struct str *body)
{
	size_t depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < body->len; i++) {
		char c = body->buf[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '[' || c == '{'))
			depth++;
		else if (!quoted && (c == ']' || c == '}') && depth > 0)
			depth--;
	}
	return depth == 0 && !quoted;
}

static bool is_cut_off(const struct http_answer *answer)
{
	struct str coding = STR_INIT;
	bool packed = http_answer_header(answer, "Content-Encoding", &coding);

	str_release(&coding);
	return packed && http_answer_is_json(answer) && !brackets_close(&answer->body);
}

/* What libcurl's result means here: it takes a head without an end, and a packed body without
 * one, for whole. */
static int real_code(const struct transfer *transfer, int code)
{
	curl_off_t began = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &began);
	if (code == CURLE_OPERATION_TIMEDOUT && began == 0)
		return CURLE_COULDNT_CONNECT;
	if (code == CURLE_OK && (!transfer->head_is_over || is_cut_off(transfer->answer)))
		return CURLE_PARTIAL_FILE;
	return code;
}

bool transfer_finish(struct transfer *transfer, int code, struct failure *failure)
{
	struct http_answer *answer = transfer->answer;
	long status = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	answer->status = (int)status;
	answer->received = clock_now();
	code = real_code(transfer, code);
	if (code == CURLE_OK)
		return true;
	*failure = (struct failure){
		.code = code,
		.limit_ms = transfer->rules->timeout_ms,
		.limit_bytes = transfer->rules->max_bytes,
		.refused = transfer->refused,
		.too_large = transfer->too_large || code == CURLE_FILESIZE_EXCEEDED,
	};
	curl_easy_getinfo(transfer->easy, CURLINFO_SSL_VERIFYRESULT, &failure->verify);
	return false;
}

void transfer_release(struct transfer *transfer)
{
	curl_easy_cleanup(transfer->easy);
	curl_slist_free_all(transfer->headers);
	*transfer = (struct transfer){ 0 };
}
