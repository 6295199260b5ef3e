#include "archive/base/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"

const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

void path_add_parent(struct str *out, const char *path)
{
	size_t len = (size_t)(path_name(path) - path);

	if (len == 0) {
		str_add_char(out, '.');
		return;
	}
	while (len > 1 && path[len - 1] == '/')
		len--;
	str_add_n(out, path, len);
}

/* How much of a real path is its folder. */
static size_t parent_of(const struct str *path)
{
	size_t len = (size_t)(path_name(path->buf) - path->buf);

	return len > 1 ? len - 1 : len;
}

/* One more name behind a real path. */
static void add_name(struct str *out, const char *name, size_t len)
{
	if (len == 0 || (len == 1 && name[0] == '.'))
		return;
	if (len == 2 && memcmp(name, "..", 2) == 0) {
		str_truncate(out, parent_of(out));
		return;
	}
	if (out->len > 0 && out->buf[out->len - 1] != '/')
		str_add_char(out, '/');
	str_add_n(out, name, len);
}

static void add_names(struct str *out, const char *names)
{
	while (*names) {
		size_t len = strcspn(names, "/");

		add_name(out, names, len);
		names += len + (names[len] == '/');
	}
}

bool path_real(const char *path, struct str *out, struct err *err)
{
	struct str whole = STR_INIT, there = STR_INIT;
	char *real;

	/* the longest beginning that exists; the root does, and the working folder */
	str_addf(&whole, "%s%s", *path == '/' ? "" : "./", path);
	str_add(&there, whole.buf);
	while (!(real = realpath(there.buf, NULL)) && strchr(there.buf, '/')) {
		size_t len = there.len;

		while (len > 0 && there.buf[len - 1] == '/')
			len--;
		while (len > 0 && there.buf[len - 1] != '/')
			len--;
		str_truncate(&there, len > 1 ? len - 1 : 1);
	}
	if (!real)
		err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	else
		str_add(out, real);
	if (real)
		add_names(out, whole.buf + there.len);
	free(real);
	str_release(&whole);
	str_release(&there);
	return real != NULL;
}

bool path_is_inside(const char *path, const char *folder, const char **rest)
{
	size_t len = strlen(folder);

	if (len > 0 && folder[len - 1] == '/')
		len--; /* the root */
	if (strncmp(path, folder, len) != 0 || (path[len] != '/' && path[len] != '\0'))
		return false;
	*rest = path + len + (path[len] == '/');
	return true;
}

void path_add_relative(struct str *out, const char *from, const char *to)
{
	struct str common = STR_INIT;
	const char *rest = to, *ups = from;

	str_add(&common, from);
	while (!path_is_inside(to, common.buf, &rest))
		str_truncate(&common, parent_of(&common));
	if (!path_is_inside(from, common.buf, &ups))
		ups = "";
	while (*ups) {
		ups += strcspn(ups, "/");
		ups += *ups == '/';
		str_add(out, *ups || *rest ? "../" : "..");
	}
	str_add(out, rest);
	str_release(&common);
}

void path_add_url(struct str *out, const char *path)
{
	for (; *path; path++) {
		unsigned char c = (unsigned char)*path;

		if (c <= ' ' || c == 0x7F || strchr("\"#%'<>?[\\]^`{|}:", c))
			str_addf(out, "%%%02X", c);
		else
			str_add_char(out, *path);
	}
}
