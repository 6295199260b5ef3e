#include "archive/http/retry.h"

#include <curl/curl.h>

#include "archive/base/mem.h"

#define FEW 3 /* what rarely heals by itself: a name that is not found, a failed handshake */

int64_t retry_backoff(int tries, uint32_t random)
{
	int64_t most = RETRY_FIRST_MS;

	while (--tries > 0 && most < RETRY_MOST_MS)
		most *= 2;
	if (most > RETRY_MOST_MS)
		most = RETRY_MOST_MS;
	return most * random / UINT32_MAX;
}

bool retry_after_status(const struct http_answer *answer, int64_t *until)
{
	static const int statuses[] = { 408, 429, 500, 502, 503, 504 };
	bool again = false;

	for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
		again = again || answer->status == statuses[i];
	*until = http_answer_retry_after(answer);
	if (!again || (answer->status == 429 && *until == 0))
		return false;
	return *until <= answer->received + RETRY_OBEYED_MS;
}

static const struct {
	CURLcode code;
	int tries;
	const char *sentence; /* behind "HOST: " */
} failures[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, FEW,
	  "this host is not found; check its spelling and the network" },
	{ CURLE_COULDNT_RESOLVE_PROXY, FEW,
	  "the proxy that the environment names is not found; check https_proxy" },
	{ CURLE_COULDNT_CONNECT, RETRY_ALWAYS,
	  "no connection; the server is down, or the network is" },
	{ CURLE_PROXY, FEW, "the proxy that the environment names refuses; check https_proxy" },
	{ CURLE_GOT_NOTHING, RETRY_ALWAYS, "the server hung up without an answer" },
	{ CURLE_SEND_ERROR, RETRY_ALWAYS, "the connection broke while asking" },
	{ CURLE_RECV_ERROR, RETRY_ALWAYS, "the connection broke in the middle of the answer" },
	{ CURLE_PARTIAL_FILE, RETRY_ALWAYS, "the answer is cut off" },
	{ CURLE_HTTP2, RETRY_ALWAYS, "the connection broke in the middle of the answer" },
	{ CURLE_HTTP2_STREAM, RETRY_ALWAYS, "the connection broke in the middle of the answer" },
	{ CURLE_BAD_CONTENT_ENCODING, FEW, "the answer cannot be unpacked" },
	{ CURLE_WEIRD_SERVER_REPLY, FEW, "what answers there does not speak HTTP" },
	{ CURLE_UNSUPPORTED_PROTOCOL, 1, "what answers there does not speak HTTP" },
	{ CURLE_SSL_CONNECT_ERROR, FEW,
	  "no TLS connection; check that the server speaks https on this port" },
	{ CURLE_SSL_CACERT_BADFILE, 1,
	  "the certificate authorities cannot be read; check ARCHIVE_CA_FILE" },
	{ CURLE_SSL_INVALIDCERTSTATUS, 1, "its certificate was revoked; nothing was asked" },
};

int retry_tries(const struct failure *failure)
{
	if (failure->too_large || failure->refused)
		return 1;
	if (failure->code == CURLE_OPERATION_TIMEDOUT)
		return RETRY_ALWAYS;
	for (size_t i = 0; i < ARRAY_LEN(failures); i++)
		if ((int)failures[i].code == failure->code)
			return failures[i].tries;
	return 1;
}

/* The numbers are OpenSSL's (x509_vfy.h) and do not change; another TLS library leaves 0. */
static const char *certificate_sentence(long verify)
{
	switch (verify) {
	case 9:
		return "its certificate is not valid yet; check this machine's clock";
	case 10:
		return "its certificate has expired; its operator has to renew it";
	case 18:
		return "its certificate is self-signed, so nobody vouches for it; if it is yours, "
		       "name it in ARCHIVE_CA_FILE";
	case 2:
	case 19:
	case 20:
	case 21:
		return "its certificate is of an authority that this machine does not know; if you "
		       "trust it, name it in ARCHIVE_CA_FILE";
	case 23:
		return "its certificate was revoked; nothing was asked";
	case 0:
	case 1: /* libcurl compares the name itself, before it asks for the verdict on the chain */
	case 62:
		return "its certificate is for another name; check the spelling of the host";
	default:
		return "its certificate cannot be verified";
	}
}

bool failure_say(const struct failure *failure, struct err *err)
{
	const char *sentence = NULL;

	if (failure->too_large)
		return err_set(err, ERR_MALFORMED,
			       "%s: the answer is larger than the %zu bytes that are read of one",
			       failure->host, failure->limit_bytes);
	if (failure->refused)
		return err_set(err, ERR_MALFORMED,
			       "%s: leads into a private network, where nothing that a post names "
			       "is asked for",
			       failure->host);
	if (failure->code == CURLE_OPERATION_TIMEDOUT)
		return err_set(err, ERR_NETWORK,
			       "%s: no answer, or too slow a one: %.3g seconds are given to a try",
			       failure->host, (double)failure->limit_ms / 1000);
	if (failure->code == CURLE_PEER_FAILED_VERIFICATION)
		sentence = certificate_sentence(failure->verify);
	for (size_t i = 0; i < ARRAY_LEN(failures) && !sentence; i++)
		if ((int)failures[i].code == failure->code)
			sentence = failures[i].sentence;
	if (!sentence)
		sentence = curl_easy_strerror((CURLcode)failure->code);
	return err_set(err, ERR_NETWORK, "%s: %s", failure->host, sentence);
}
