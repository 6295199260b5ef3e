#include "archive/model/picture-read.h"

#include <string.h>
#include <strings.h>

#include "archive/base/mem.h"
#include "archive/model/picture.h"

#define HEAD_BYTES 1024 /* of what is no picture, looked at for what it is instead */

/* ---- each type ---- */

static bool is_jpeg(const struct bytes *bytes)
{
	return bytes_hold(bytes, 0, "\xff\xd8\xff");
}

/* Start of frame (ITU-T T.81, table B.1): C0 to CF but for tables and reserved ones. */
static bool is_frame(uint32_t marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
	       marker != 0xcc;
}

static bool stands_alone(uint32_t marker)
{
	return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

static bool lies(const struct bytes *bytes)
{
	struct bytes segment = *bytes;
	size_t len = bytes_big(bytes, 0, 2);

	if (len < segment.left)
		segment.left = len;
	bytes_skip(&segment, 2);
	return picture_exif_lies(&segment);
}

/* Segment by segment up to the frame's, which tells the size; behind the scan's begin the pixels.
 */
static bool measure_jpeg(struct bytes bytes, struct shape *out)
{
	bool on_its_side = false;

	while (bytes.left > 1 && bytes.at[0] == 0xff) {
		uint32_t marker = bytes.at[1];

		if (marker == 0xff) {
			bytes_skip(&bytes, 1); /* filled up */
			continue;
		}
		bytes_skip(&bytes, 2);
		if (stands_alone(marker))
			continue;
		if (marker == 0xd9 || marker == 0xda || bytes_big(&bytes, 0, 2) < 2)
			return false;
		if (is_frame(marker)) {
			uint32_t rows = bytes_big(&bytes, 3, 2), columns = bytes_big(&bytes, 5, 2);

			*out = on_its_side ? (struct shape){ rows, columns }
					   : (struct shape){ columns, rows };
			return true;
		}
		on_its_side = on_its_side || (marker == 0xe1 && lies(&bytes));
		bytes_skip(&bytes, bytes_big(&bytes, 0, 2));
	}
	return false;
}

static bool is_png(const struct bytes *bytes)
{
	return bytes_hold(bytes, 0, "\x89PNG\r\n\x1a\n");
}

static bool measure_png(struct bytes bytes, struct shape *out)
{
	*out = (struct shape){ bytes_big(&bytes, 16, 4), bytes_big(&bytes, 20, 4) };
	return bytes_big(&bytes, 8, 4) == 13 && bytes_hold(&bytes, 12, "IHDR");
}

static bool is_gif(const struct bytes *bytes)
{
	return bytes_hold(bytes, 0, "GIF87a") || bytes_hold(bytes, 0, "GIF89a");
}

static bool measure_gif(struct bytes bytes, struct shape *out)
{
	*out = (struct shape){ bytes_little(&bytes, 6, 2), bytes_little(&bytes, 8, 2) };
	return true;
}

static bool is_webp(const struct bytes *bytes)
{
	return bytes_hold(bytes, 0, "RIFF") && bytes_hold(bytes, 8, "WEBP");
}

/* RFC 9649: extended, lossless (14 bits each behind a signature), lossy (RFC 6386 section 9.1). */
static bool measure_webp(struct bytes bytes, struct shape *out)
{
	uint32_t bits = bytes_little(&bytes, 21, 4);

	if (bytes_hold(&bytes, 12, "VP8X"))
		*out = (struct shape){ bytes_little(&bytes, 24, 3) + 1,
				       bytes_little(&bytes, 27, 3) + 1 };
	else if (bytes_hold(&bytes, 12, "VP8L") && bytes_hold(&bytes, 20, "\x2f"))
		*out = (struct shape){ (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1 };
	else if (bytes_hold(&bytes, 12, "VP8 ") && bytes_hold(&bytes, 23, "\x9d\x01\x2a"))
		*out = (struct shape){ bytes_little(&bytes, 26, 2) & 0x3fff,
				       bytes_little(&bytes, 28, 2) & 0x3fff };
	return bytes.left >= 30;
}

static const struct {
	enum picture_type type;
	const char *label;
	bool (*is)(const struct bytes *bytes);
	bool (*measure)(struct bytes bytes, struct shape *out);
} readers[] = {
	{ PICTURE_JPEG, "JPEG", is_jpeg, measure_jpeg },
	{ PICTURE_PNG, "PNG", is_png, measure_png },
	{ PICTURE_GIF, "GIF", is_gif, measure_gif },
	{ PICTURE_WEBP, "WebP", is_webp, measure_webp },
	{ PICTURE_AVIF, "AVIF", picture_is_avif, picture_measure_avif },
};

/* ---- what is refused ---- */

static bool mentions(const struct bytes *bytes, const char *word)
{
	size_t len = strlen(word);
	size_t most = bytes->left < HEAD_BYTES ? bytes->left : HEAD_BYTES;

	for (size_t i = 0; i + len <= most; i++)
		if (strncasecmp((const char *)bytes->at + i, word, len) == 0)
			return true;
	return false;
}

static bool refuse(const struct bytes *bytes, struct err *err)
{
	if (bytes->left == 0)
		return err_set(err, ERR_MALFORMED, "is empty");
	if (mentions(bytes, "<svg"))
		return err_set(err, ERR_MALFORMED,
			       "is an SVG drawing, which may hold scripts: it is not kept");
	if (mentions(bytes, "<!doctype html") || mentions(bytes, "<html"))
		return err_set(err, ERR_MALFORMED, "is a web page, no picture");
	return err_set(err, ERR_MALFORMED,
		       "is no picture of a kind that is kept: JPEG, PNG, GIF, WebP or AVIF");
}

static bool check(const char *label, const struct shape *shape, struct err *err)
{
	if (shape->width == 0 || shape->height == 0)
		return err_set(err, ERR_MALFORMED,
			       "is a damaged %s: how large it is cannot be read", label);
	if (shape->width > PICTURE_MAX_SIDE || shape->height > PICTURE_MAX_SIDE)
		return err_set(err, ERR_MALFORMED,
			       "is %u by %u pixels large, more than the %d a side that are kept",
			       shape->width, shape->height, PICTURE_MAX_SIDE);
	return true;
}

bool picture_read(const char *bytes, size_t len, struct picture *out, struct err *err)
{
	const struct bytes all = { (const uint8_t *)bytes, len };
	struct shape shape = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(readers); i++) {
		if (!readers[i].is(&all))
			continue;
		if (!readers[i].measure(all, &shape))
			shape = (struct shape){ 0 };
		if (!check(readers[i].label, &shape, err))
			return false;
		*out = (struct picture){
			.type = readers[i].type,
			.width = (int)shape.width,
			.height = (int)shape.height,
			.bytes = (int64_t)len,
		};
		picture_set_name(out->name, out->type, bytes, len);
		return true;
	}
	return refuse(&all, err);
}
