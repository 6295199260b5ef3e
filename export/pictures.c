#include "archive/export/pictures.h"

#include <errno.h>
#include <string.h>

#include "archive/export/safe.h"
#include "archive/text/link.h"

/* In front of the name of a picture whose bytes go there. Foreign text never holds it: safe.h. */
#define MARK	   '\x02'
#define ADDRESS	   "https://"
#define BASE_MAX   1024
#define PIECE_SIZE 3072 /* bytes at a time: a multiple of 3 */

/* ---- in front of names ---- */

static bool is_address(const char *base)
{
	return str_starts(base, ADDRESS) || str_starts(base, "http://");
}

static bool has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7F)
			return true;
	return false;
}

/* A name or a number, and perhaps a port. */
static bool has_plain_host(const char *base)
{
	const char *host = strchr(base, '/') + 2;
	size_t len = strcspn(host, "/");

	return strlen(base) < BASE_MAX && link_safe_web(base) &&
	       len == strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				   "-.:");
}

bool pictures_base_is_good(const char *base, struct err *err)
{
	bool ok = !has_control(base) && !strpbrk(base, "?#\\") && !str_starts(base, "//") &&
		  (is_address(base) ? has_plain_host(base) : !strchr(base, ':'));

	if (ok && (!*base || base[strlen(base) - 1] == '/'))
		return true;
	return err_set(err, ERR_USAGE,
		       "'%s' cannot stand in front of the names of pictures: it wants a path or an "
		       "https address that ends with '/'",
		       base);
}

static size_t host_end(const char *base)
{
	size_t start = (size_t)(strchr(base, '/') - base) + 2;

	return start + strcspn(base + start, "/");
}

void pictures_add_host(struct str *out, const char *base)
{
	str_add_n(out, base, host_end(base));
}

/* Behind the host nothing is left that a browser, an engine or Markdown would act on. */
static void add_base(struct str *out, const char *base)
{
	size_t start = 0;

	if (is_address(base)) {
		start = host_end(base);
		pictures_add_host(out, base);
	}
	for (const char *p = base + start; *p; p++) {
		bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
			     (*p >= '0' && *p <= '9') || strchr("-._~/%", *p);

		if (plain)
			str_add_char(out, *p);
		else
			str_addf(out, "%%%02X", (unsigned char)*p);
	}
}

/* ---- what is kept ---- */

bool pictures_kept(const struct fragment_options *options, const char *url, struct picture *out)
{
	const struct picture_shelf *shelf = options ? options->shelf : NULL;
	struct picture found = { 0 };
	size_t len;

	if (!shelf || !url || !shelf->find(shelf->owner, url, &found))
		return false;
	len = strnlen(found.name, sizeof(found.name));
	if (len == 0 || len == sizeof(found.name) ||
	    len != strspn(found.name, "0123456789abcdefghijklmnopqrstuvwxyz."))
		return false;
	*out = found;
	return true;
}

bool pictures_shown(const struct fragment_options *options, const char *url, struct picture *out)
{
	struct picture found;

	if (!options || (options->media != MEDIA_FILES && options->media != MEDIA_INSIDE) ||
	    !pictures_kept(options, url, &found) || !picture_is_still(found.type))
		return false;
	*out = found;
	return true;
}

bool pictures_film(const struct fragment_options *options, const char *url, struct picture *out)
{
	struct picture found;

	if (!options || options->media != MEDIA_FILES || !pictures_kept(options, url, &found) ||
	    picture_is_still(found.type))
		return false;
	*out = found;
	return true;
}

void pictures_add_src(struct str *out, const struct fragment_options *options,
		      const struct picture *picture)
{
	if (options->media == MEDIA_INSIDE)
		str_add_char(out, MARK);
	else
		add_base(out, options->media_base ? options->media_base : "");
	str_add(out, picture->name);
	if (options->media == MEDIA_FILES && options->used)
		options->used(options->used_owner, picture->name);
}

/* ---- their bytes ---- */

static char digit_of(unsigned value)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	return digits[value & 63];
}

/* RFC 4648, section 4; returns the length. */
static size_t encode(char *to, const unsigned char *bytes, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i += 3) {
		unsigned b = i + 1 < len ? bytes[i + 1] : 0;
		unsigned c = i + 2 < len ? bytes[i + 2] : 0;
		unsigned bits = (unsigned)bytes[i] << 16 | b << 8 | c;

		to[n++] = digit_of(bits >> 18);
		to[n++] = digit_of(bits >> 12);
		to[n++] = i + 1 < len ? digit_of(bits >> 6) : '=';
		to[n++] = i + 2 < len ? digit_of(bits) : '=';
	}
	return n;
}

static bool put(FILE *out, const char *bytes, size_t len, struct err *err)
{
	if (fwrite(bytes, 1, len, out) == len)
		return true;
	return err_set(err, ERR_IO, "the fragment cannot be written: %s", strerror(errno));
}

static bool put_encoded(FILE *out, const struct str *bytes, struct err *err)
{
	char piece[PIECE_SIZE / 3 * 4];

	for (size_t at = 0; at < bytes->len; at += PIECE_SIZE) {
		size_t len = bytes->len - at < PIECE_SIZE ? bytes->len - at : PIECE_SIZE;
		size_t n = encode(piece, (const unsigned char *)bytes->buf + at, len);

		if (!put(out, piece, n, err))
			return false;
	}
	return true;
}

static bool put_picture(FILE *out, const char *name, const struct picture_shelf *shelf,
			struct err *err)
{
	struct str bytes = STR_INIT, head = STR_INIT;
	enum picture_type type = PICTURE_PNG;
	bool ok = false;

	if (!picture_type_of_name(name, &type)) {
		err_set(err, ERR_MALFORMED, "the store keeps a picture of no known kind: %s", name);
		goto out;
	}
	str_addf(&head, "data:%s;base64,", picture_mime(type));
	ok = shelf->read(shelf->owner, name, &bytes, err) && put(out, head.buf, head.len, err) &&
	     put_encoded(out, &bytes, err);
out:
	str_release(&head);
	str_release(&bytes);
	return ok;
}

bool pictures_put(FILE *out, struct str *buf, const struct fragment_options *options,
		  struct err *err)
{
	char name[PICTURE_NAME_SIZE];
	const char *at = buf->buf, *end = buf->buf + buf->len, *mark;
	size_t len;

	while ((mark = memchr(at, MARK, (size_t)(end - at))) != NULL) {
		if (!put(out, at, (size_t)(mark - at), err))
			return false;
		len = strcspn(mark + 1, "\"");
		snprintf(name, sizeof(name), "%.*s", (int)len, mark + 1);
		if (!put_picture(out, name, options->shelf, err))
			return false;
		at = mark + 1 + len;
	}
	if (!put(out, at, (size_t)(end - at), err))
		return false;
	str_clear(buf);
	return true;
}
