#include "archive/import/container.h"
#include "archive/import/import.h"

#define CHUNK	  65536
#define MEGABYTES (PICTURE_MAX_BYTES >> 20)

bool import_picture_read(const struct found_picture *found, struct str *bytes, struct picture *out,
			 struct err *err)
{
	char chunk[CHUNK];
	size_t got;

	str_clear(bytes);
	while (bytes->len <= PICTURE_MAX_BYTES &&
	       (got = fread(chunk, 1, sizeof(chunk), found->in)) > 0)
		str_add_n(bytes, chunk, got);
	if (container_damage(found->container))
		return err_set(err, ERR_MALFORMED, "cannot be unpacked: %s",
			       container_damage(found->container));
	if (ferror(found->in))
		return err_set(err, ERR_MALFORMED, "cannot be read");
	if (bytes->len > PICTURE_MAX_BYTES)
		return err_set(err, ERR_MALFORMED, "is larger than the %d MB that are kept",
			       MEGABYTES);
	return picture_read(bytes->buf, bytes->len, out, err);
}
