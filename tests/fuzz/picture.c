/* Any bytes as a picture: what is taken is of a kind that is kept and of a size that may be, and is
 * named by its content; what is refused says why. */
#include <stdlib.h>
#include <string.h>

#include "archive/model/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct picture picture = { 0 };
	enum picture_type type = PICTURE_TYPE_COUNT;
	struct err err = { 0 };

	if (!picture_read((const char *)bytes, len, &picture, &err)) {
		demand(err.code == ERR_MALFORMED && err.msg[0]);
		return 0;
	}
	demand(picture_is_still(picture.type) && picture.bytes == (int64_t)len);
	demand(picture.width > 0 && picture.width <= PICTURE_MAX_SIDE);
	demand(picture.height > 0 && picture.height <= PICTURE_MAX_SIDE);
	demand(picture_type_of_name(picture.name, &type) && type == picture.type);
	return 0;
}
