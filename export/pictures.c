#include "archive/export/pictures.h"

#include <string.h>

#include "archive/text/link.h"

static bool is_address(const char *base)
{
	return str_starts(base, "https://") || str_starts(base, "http://");
}

static bool has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7F)
			return true;
	return false;
}

bool pictures_base_is_good(const char *base, struct err *err)
{
	struct str clean = STR_INIT;
	bool web = is_address(base);
	bool ok = !has_control(base) && !strpbrk(base, "?#\\") && !str_starts(base, "//") &&
		  (web ? link_add_clean(&clean, base) : !strchr(base, ':'));

	str_release(&clean);
	if (ok && (!*base || base[strlen(base) - 1] == '/'))
		return true;
	return err_set(err, ERR_USAGE,
		       "'%s' cannot stand in front of the names of pictures: it wants a path or an "
		       "https address that ends with '/'",
		       base);
}
