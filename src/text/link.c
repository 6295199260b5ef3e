#include "archive/text/link.h"

#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/text/tag.h"
#include "archive/text/utf8.h"

#define MAX_HOST      253
#define MAX_LABEL     63
#define MAX_IDN_LABEL 252
#define MAX_NAME      64 /* of a mention that names its server */
#define MAX_BARE_NAME 30 /* of one that does not; X allows 15, its archives hold 20 */
#define MAX_DEPTH     4	 /* brackets in a path: a bound on what is read twice */

/* Without a scheme only these make a link. Those of two letters need more than one label before
 * them, or a path, but "co", "tv" (twitter-text, invalidShortDomain and specialShortDomain). */
static const char *const top_levels[] = {
	"com", "org", "net", "jp", "io", "dev", "app", "info", "me", "tv", "co", "ai",
};

/* The text and how far it was read; skip is where a stretch that holds no bare domain ends. */
struct scan {
	const char *text, *end, *skip;
};

static bool is_alnum(uint32_t c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool is_label(uint32_t c)
{
	return is_alnum(c) || c == '-' || c == '_';
}

static uint32_t peek(const char *p, const char *end)
{
	return p < end ? utf8_next(&p, end) : 0;
}

/* The code point that ends at p; 0 at the start. */
static uint32_t before(const char *text, const char *p)
{
	const char *start = p;

	while (start > text && p - start < 4) {
		start--;
		if (((unsigned char)*start & 0xC0) != 0x80)
			break;
	}
	return peek(start, p);
}

static bool is_latin_accented(uint32_t c)
{
	return c >= 0x00C0 && c <= 0x024F && c != 0x00D7 && c != 0x00F7;
}

/* ---- hosts ---- */

/* The end of a label of ASCII that begins at p. */
static const char *ascii_label(const char *p, const char *end)
{
	const char *start = p;

	while (p < end && p - start <= MAX_LABEL && is_label((unsigned char)*p))
		p++;
	return p - start <= MAX_LABEL ? p : start;
}

/* A label of any script counts only when another follows it: of "http://example.comの話" の話 is no
 * part. */
static const char *idn_label(const char *p, const char *end)
{
	const char *start = p;

	while (p < end && p - start <= MAX_IDN_LABEL) {
		const char *next = p;
		uint32_t c = utf8_next(&next, end);

		if (!is_label(c) && !utf8_is_letter(c) && !utf8_is_mark(c) && !utf8_is_digit(c))
			break;
		p = next;
	}
	return p < end && *p == '.' && p + 1 < end && is_alnum((unsigned char)p[1]) ? p : start;
}

/* The end of the host at p; p itself when there is none with a dot in it. Labels are counted. */
static const char *host_end(const char *p, const char *end, bool idn, int *labels)
{
	const char *start = p, *last = p;

	*labels = 0;
	while (p < end && p - start <= MAX_HOST) {
		const char *label = ascii_label(p, end);

		if (label == p && idn)
			label = idn_label(p, end);
		if (label == p)
			break;
		last = label;
		++*labels;
		if (label == end || *label != '.')
			break;
		p = label + 1;
	}
	while (last > start && (last[-1] == '-' || last[-1] == '_'))
		last--;
	return *labels > 1 && last - start <= MAX_HOST ? last : start;
}

static const char *port_end(const char *p, const char *end)
{
	const char *digit = p + 1;

	if (p == end || *p != ':')
		return p;
	while (digit < end && digit - p <= 6 && *digit >= '0' && *digit <= '9')
		digit++;
	return digit - p > 1 && digit - p <= 6 ? digit : p;
}

/* ---- what follows the host ---- */

static bool is_path(uint32_t c)
{
	if (c < 0x80)
		return is_alnum(c) || (c > ' ' && strchr("!#$%&'()*+,-./:;=?@[]_|~", (int)c));
	return is_latin_accented(c) || (c >= 0x0400 && c <= 0x052F);
}

/* Full stops and the like belong to the sentence, not to the URL. */
static bool may_end(uint32_t c)
{
	return c >= 0x80 || is_alnum(c) || (c && strchr("+-=_#/&)]", (int)c));
}

/* Up to the first character that cannot stand in a path or query, or closes a bracket that was not
 * opened; back to the first bracket that was not closed. */
static const char *path_end(const char *p, const char *end)
{
	const char *open[MAX_DEPTH];
	char closes[MAX_DEPTH];
	size_t depth = 0;

	while (p < end) {
		const char *next = p;
		uint32_t c = utf8_next(&next, end);

		if (!is_path(c))
			break;
		if (c == '(' || c == '[') {
			if (depth == MAX_DEPTH)
				break;
			open[depth] = p;
			closes[depth++] = c == '(' ? ')' : ']';
		} else if (c == ')' || c == ']') {
			if (depth == 0 || closes[depth - 1] != (char)c)
				break;
			depth--;
		}
		p = next;
	}
	return depth > 0 ? open[0] : p;
}

/* The end of path, query and fragment behind a host; p when there is none. */
static const char *rest_end(const char *p, const char *end)
{
	const char *last;

	if (p == end || !strchr("/?#", *p) || *p == '\0')
		return p;
	last = path_end(p, end);
	while (last > p && !may_end((unsigned char)last[-1]))
		last--;
	return last;
}

/* ---- the three kinds ---- */

static bool found(const struct scan *scan, struct link_span *out, enum link_kind kind,
		  const char *start, const char *end)
{
	*out = (struct link_span){ .kind = kind,
				   .start = (size_t)(start - scan->text),
				   .end = (size_t)(end - scan->text) };
	return true;
}

/* No URL begins in the middle of a word, of an address or of a tag. */
static bool url_may_follow(uint32_t c)
{
	return !is_alnum(c) && c != '@' && c != 0xFF20 && c != '$' && c != '#' && c != 0xFF03;
}

static bool bare_may_follow(uint32_t c)
{
	return url_may_follow(c) && c != '-' && c != '_' && c != '.' && c != '/';
}

static size_t scheme_length(const char *p, const char *end)
{
	size_t len = (size_t)(end - p);

	if (len > 8 && strncasecmp(p, "https://", 8) == 0)
		return 8;
	return len > 7 && strncasecmp(p, "http://", 7) == 0 ? 7 : 0;
}

static bool find_url(const struct scan *scan, const char *p, struct link_span *out)
{
	size_t scheme = scheme_length(p, scan->end);
	const char *host = p + scheme, *last;
	int labels;

	if (!scheme || !url_may_follow(before(scan->text, p)))
		return false;
	last = host_end(host, scan->end, true, &labels);
	if (last == host)
		return false;
	last = rest_end(port_end(last, scan->end), scan->end);
	return found(scan, out, LINK_URL, p, last);
}

/* The top-level domain at the end of a host, NULL when it is not one of ours. */
static const char *top_level(const char *host, const char *last)
{
	const char *dot = memrchr(host, '.', (size_t)(last - host));
	size_t len = dot ? (size_t)(last - dot - 1) : 0;

	for (size_t i = 0; i < ARRAY_LEN(top_levels); i++)
		if (strlen(top_levels[i]) == len && strncasecmp(top_levels[i], dot + 1, len) == 0)
			return top_levels[i];
	return NULL;
}

static bool is_short(const char *top, int labels)
{
	return labels == 2 && strlen(top) == 2 && strcmp(top, "co") != 0 && strcmp(top, "tv") != 0;
}

/* The end of a stretch of labels and full stops. */
static const char *run_end(const char *p, const char *end)
{
	while (p < end && (is_label((unsigned char)*p) || *p == '.'))
		p++;
	return p;
}

static bool find_bare(struct scan *scan, const char *p, struct link_span *out)
{
	const char *last, *behind, *top;
	int labels;

	if (p < scan->skip || !is_alnum((unsigned char)*p))
		return false;
	last = host_end(p, scan->end, false, &labels);
	scan->skip = p;
	scan->skip = run_end(p, scan->end);
	if (last == p || !bare_may_follow(before(scan->text, p)))
		return false;
	top = top_level(p, last);
	if (!top || is_label(peek(last, scan->end)) || peek(last, scan->end) == '@')
		return false;
	behind = rest_end(port_end(last, scan->end), scan->end);
	if (is_short(top, labels) && (behind == last || *last != '/'))
		return false;
	found(scan, out, LINK_URL, p, behind);
	out->bare = true;
	return true;
}

/* twitter-text: hashtagBoundary, validHashtag, endHashtagMatch. *p is moved behind what cannot be
 * one. */
static bool find_tag(const struct scan *scan, const char **p, struct link_span *out)
{
	const char *start = *p, *body = start;
	uint32_t previous = before(scan->text, start), c;
	bool letter = false;

	utf8_next(&body, scan->end);
	*p = body;
	c = peek(body, scan->end);
	if (previous == '&' || (tag_may_hold(previous) && !utf8_is_variation(previous)) ||
	    utf8_is_variation(c) || c == 0x20E3)
		return false;
	while (*p < scan->end) {
		const char *next = *p;

		c = utf8_next(&next, scan->end);
		if (!tag_may_hold(c))
			break;
		letter = letter || utf8_is_letter(c);
		*p = next;
	}
	if (!letter || tag_sign(peek(*p, scan->end)) ||
	    (scan->end - *p >= 3 && memcmp(*p, "://", 3) == 0))
		return false;
	return found(scan, out, LINK_TAG, start, *p);
}

/* Letters, digits and '_'; '.' and '-' too where a server follows, but never at the end. */
static const char *name_end(const char *p, const char *end, bool with_server)
{
	const char *start = p;
	const char *last = p;

	for (; p < end && p - start <= MAX_NAME; p++) {
		if (is_alnum((unsigned char)*p) || *p == '_')
			last = p + 1;
		else if (!with_server || (*p != '.' && *p != '-') || p == start)
			break;
	}
	return last;
}

/* "@name@host" from its first '@'; that '@' when it is not one. */
static const char *full_mention_end(const char *at, const char *end)
{
	const char *name = name_end(at + 1, end, true), *last;
	int labels;

	if (name == at + 1 || name - at > MAX_NAME || name == end || *name != '@')
		return at;
	last = host_end(name + 1, end, false, &labels);
	return last == name + 1 || is_label(peek(last, end)) || peek(last, end) == '@' ? at : last;
}

/* twitter-text: validMentionPrecedingChars, validMention, endMentionMatch; '/' may not precede
 * either, for it ends a host that was not recognised. */
static bool find_mention(const struct scan *scan, const char *at, struct link_span *out)
{
	const char *body = at, *last;
	uint32_t previous = before(scan->text, at), c = utf8_next(&body, scan->end);

	if (is_alnum(previous) || previous == 0xFF20 ||
	    (previous && previous < 0x80 && strchr("_!#$%&*@/", (int)previous)))
		return false;
	if (c == '@') {
		last = full_mention_end(at, scan->end);
		if (last > at)
			return found(scan, out, LINK_MENTION, at, last);
	}
	last = name_end(body, scan->end, false);
	c = peek(last, scan->end);
	if (last == body || last - body > MAX_BARE_NAME || c == '@' || c == 0xFF20 ||
	    is_latin_accented(c))
		return false;
	if (scan->end - last >= 3 && memcmp(last, "://", 3) == 0)
		return false;
	return found(scan, out, LINK_MENTION, at, last);
}

/* What begins at *p, which is moved on otherwise. */
static bool find_here(struct scan *scan, const char **p, struct link_span *out)
{
	const char *start = *p;
	uint32_t c = utf8_next(p, scan->end);

	if (c == '@' || c == 0xFF20)
		return find_mention(scan, start, out);
	if (tag_sign(c)) {
		*p = start;
		return find_tag(scan, p, out);
	}
	return is_alnum(c) && (find_url(scan, start, out) || find_bare(scan, start, out));
}

bool link_next(const char *text, size_t len, size_t from, struct link_span *out)
{
	struct scan scan = { .text = text, .end = text + len, .skip = text };
	const char *p = text + (from < len ? from : len);

	while (p < scan.end)
		if (find_here(&scan, &p, out))
			return true;
	return false;
}
