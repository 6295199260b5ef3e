#include <string.h>
#include <strings.h>

#include "archive/text/link.h"
#include "archive/text/utf8.h"

#define MAX_URL 4096
/* Of ASCII, what no rule speaks against. */
#define GOOD_ASCII                                                       \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" \
	"-._~:/?#[]@!$&'()*+,;=%^{|}"

static bool is_alnum(unsigned char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool is_escape(const char *p)
{
	return p[0] == '%' && is_hex(p[1]) && is_hex(p[2]);
}

/* Where the authority begins; NULL when it is not http or https. */
static const char *authority_of(const char *url)
{
	if (strncasecmp(url, "http://", 7) == 0)
		return url + 7;
	return strncasecmp(url, "https://", 8) == 0 ? url + 8 : NULL;
}

static const char *authority_end(const char *authority)
{
	return authority + strcspn(authority, "/?#\\");
}

/* The host with its port: what follows the last '@' of the authority. */
static const char *host_start(const char *authority, const char *end)
{
	const char *at = memrchr(authority, '@', (size_t)(end - authority));

	return at ? at + 1 : authority;
}

/* ":" and at most five digits, or nothing. */
static bool port_is_good(const char *p, const char *end)
{
	if (p == end)
		return true;
	if (*p != ':' || end - p > 6)
		return false;
	for (p++; p < end; p++)
		if (*p < '0' || *p > '9')
			return false;
	return true;
}

/* An escape in a host may stand only for a byte of UTF-8 beyond ASCII. */
static bool host_is_good(const char *host, const char *end)
{
	const char *p = host;

	if (*host == '[') {
		const char *close = host + 1 + strspn(host + 1, "0123456789abcdefABCDEF:.");

		return close > host + 2 && *close == ']' && port_is_good(close + 1, end);
	}
	while (p < end && *p != ':') {
		unsigned char c = (unsigned char)*p;

		if (is_escape(p) && p[1] >= '8')
			p += 2;
		else if (!is_alnum(c) && c < 0x80 && !strchr("-._~", c))
			return false;
		p++;
	}
	return p > host && port_is_good(p, end);
}

/* No byte that could end an attribute or be read in two ways. */
static bool characters_are_good(const char *url, size_t len)
{
	const char *p = url, *end = url + len;

	if (strspn(url, GOOD_ASCII) == len)
		return true;
	if (!utf8_valid(url, len))
		return false;
	while (p < end) {
		uint32_t c = utf8_next(&p, end);

		if (c <= ' ' || (c >= 0x7F && c <= 0xA0) || (c < 0x80 && strchr("\"<>\\`", (int)c)))
			return false;
		if (c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
		    utf8_is_format(c))
			return false;
	}
	return true;
}

bool link_safe_web(const char *url)
{
	size_t len = strnlen(url, MAX_URL + 1);
	const char *authority = authority_of(url), *end;

	if (!authority || len > MAX_URL || !characters_are_good(url, len))
		return false;
	end = authority_end(authority);
	return host_is_good(host_start(authority, end), end);
}

bool link_safe(const char *url)
{
	size_t len = strnlen(url, MAX_URL + 1);

	if (strncasecmp(url, "mailto:", 7) != 0)
		return link_safe_web(url);
	return len > 7 && len <= MAX_URL && characters_are_good(url, len);
}

static void add_escape(struct str *out, unsigned char byte)
{
	static const char digits[] = "0123456789ABCDEF";
	char escape[3] = { '%', digits[byte >> 4], digits[byte & 15] };

	str_add_n(out, escape, sizeof(escape));
}

/* RFC 3986: unreserved and reserved characters stay, but brackets only in the host. */
static bool stays(const char *p, bool in_host)
{
	unsigned char c = (unsigned char)*p;

	if (c == '%')
		return is_escape(p);
	if (c == '[' || c == ']')
		return in_host;
	return is_alnum(c) || strchr("-._~:/?#@!$&()*+,;=", c);
}

static void add_clean(struct str *out, const char *url, size_t len, size_t authority, size_t behind)
{
	for (size_t i = 0; i < len; i++) {
		if (stays(url + i, i >= authority && i < behind))
			str_add_char(out, url[i]);
		else
			add_escape(out, (unsigned char)url[i]);
	}
}

static void lower_scheme(char *url)
{
	for (; *url && *url != ':'; url++)
		if (*url >= 'A' && *url <= 'Z')
			*url = (char)(*url | 0x20);
}

bool link_add_clean(struct str *out, const char *url)
{
	struct str valid = STR_INIT, clean = STR_INIT;
	const char *authority;
	size_t len, from = 0, to = 0;
	bool ok;

	url += strspn(url, " \t\r\n\f");
	len = strnlen(url, MAX_URL + 1);
	while (len > 0 && strchr(" \t\r\n\f", url[len - 1]))
		len--;
	utf8_add_clean(&valid, url, len);
	authority = authority_of(valid.buf);
	if (authority) {
		from = (size_t)(authority - valid.buf);
		to = (size_t)(authority_end(authority) - valid.buf);
	}
	add_clean(&clean, valid.buf, valid.len, from, to);
	ok = len <= MAX_URL && link_safe(clean.buf);
	lower_scheme(clean.buf);
	if (ok)
		str_add_n(out, clean.buf, clean.len);
	str_release(&valid);
	str_release(&clean);
	return ok;
}

void link_add_escaped(struct str *out, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (is_alnum((unsigned char)*p) || strchr("-._~", *p))
			str_add_char(out, *p);
		else
			add_escape(out, (unsigned char)*p);
	}
}

bool link_host(const char *url, struct str *out)
{
	const char *authority = authority_of(url), *end, *host;

	if (!authority)
		return false;
	end = authority_end(authority);
	host = host_start(authority, end);
	if (!host_is_good(host, end))
		return false;
	for (; host < end; host++)
		str_add_char(out, (char)(*host >= 'A' && *host <= 'Z' ? *host | 0x20 : *host));
	return true;
}
