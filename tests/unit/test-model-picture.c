#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/model/picture.h"

/* A string literal with its NULs, without the last one. */
#define BYTES(text)                    \
	{                              \
		text, sizeof(text) - 1 \
	}

struct sample {
	const char *bytes;
	size_t len;
};

#define JPEG_HEAD "\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
#define JPEG_SIZE "\xff\xff\xc2\x00\x0b\x08\x01\x2c\x01\x90\x01\x01\x11\0"
#define JPEG	  JPEG_HEAD "\xff\xdb\x00\x03\0" JPEG_SIZE
#define PNG	  "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0"
#define GIF	  "GIF89a\x0a\0\x14\0\xf0\0\0"
#define WEBP_X	  "RIFF\x2e\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x8f\x01\0\x2b\x01\0"
#define WEBP_L	  "RIFF\x2e\0\0\0WEBPVP8L\x1a\0\0\0\x2f\x8f\xc1\x4a\0\x07\x10\x11\xfd\x0f"
#define WEBP_	  "RIFF\x2e\0\0\0WEBPVP8 \x18\0\0\0\x30\x01\0\x9d\x01\x2a\x90\x01\x2c\x01"
#define FTYP         \
	"\0\0\0\x1c" \
	"ftypavif\0\0\0\0avifmif1miaf"
#define ISPE(w, h) "\0\0\0\x14ispe\0\0\0\0\0\0" w "\0\0" h
#define PROPERTIES   \
	"\0\0\0\x08" \
	"pixi" ISPE("\0\x40", "\0\x40") ISPE("\x01\x90", "\x01\x2c")
#define CONTAINER    \
	"\0\0\0\x38" \
	"ipco" PROPERTIES
#define META                     \
	"\0\0\0\x4c"             \
	"meta\0\0\0\0\0\0\0\x40" \
	"iprp" CONTAINER
#define AVIF FTYP META

#define EXIF(len, order, magic, at, count, tag, format, one, value) \
	"\xff\xd8\xff\xe1" len "Exif\0\0" order magic at count tag format one value JPEG_SIZE
#define LYING(value)                                                                               \
	EXIF("\0\x1e", "MM", "\0\x2a", "\0\0\0\x08", "\0\x01", "\x01\x12", "\0\x03", "\0\0\0\x01", \
	     "\0" value "\0\0")
#define LITTLE(value)                                                                              \
	EXIF("\0\x1e", "II", "\x2a\0", "\x08\0\0\0", "\x01\0", "\x12\x01", "\x03\0", "\x01\0\0\0", \
	     value "\0\0\0")

static bool read(const struct sample *sample, struct picture *out, struct err *err)
{
	/* of its exact size, so that a look beyond it is noticed */
	char *bytes = xcalloc(1, sample->len);
	bool ok;

	if (sample->len > 0)
		memcpy(bytes, sample->bytes, sample->len);
	ok = picture_read(bytes, sample->len, out, err);
	free(bytes);
	return ok;
}

static void a_picture_is_known_and_measured_by_its_bytes(void **state)
{
	static const struct {
		struct sample sample;
		enum picture_type type;
		int width, height;
		const char *ending;
	} cases[] = {
		{ BYTES(JPEG), PICTURE_JPEG, 400, 300, ".jpg" },
		{ BYTES("\xff\xd8\xff\xff\xff\xc0\0\x0b\x08\0\x01\0\x02\x01\x01\x11\0"),
		  PICTURE_JPEG, 2, 1, ".jpg" },
		{ BYTES(PNG), PICTURE_PNG, 640, 480, ".png" },
		{ BYTES(GIF), PICTURE_GIF, 10, 20, ".gif" },
		{ BYTES("GIF87a\x01\0\x01\0"), PICTURE_GIF, 1, 1, ".gif" },
		{ BYTES(WEBP_X), PICTURE_WEBP, 400, 300, ".webp" },
		{ BYTES(WEBP_L), PICTURE_WEBP, 400, 300, ".webp" },
		{ BYTES(WEBP_), PICTURE_WEBP, 400, 300, ".webp" },
		{ BYTES(AVIF), PICTURE_AVIF, 400, 300, ".avif" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct picture picture = { 0 };
		struct err err = { 0 };

		if (!read(&cases[i].sample, &picture, &err))
			fail_msg("%zu: %s", i, err.msg);
		assert_int_equal(picture.type, cases[i].type);
		assert_int_equal(picture.width, cases[i].width);
		assert_int_equal(picture.height, cases[i].height);
		assert_int_equal(picture.bytes, cases[i].sample.len);
		assert_int_equal(strlen(picture.name), 64 + strlen(cases[i].ending));
		assert_true(str_ends(picture.name, cases[i].ending));
	}
}

static void what_is_no_picture_or_too_large_is_refused_with_a_sentence(void **state)
{
	static const struct {
		struct sample sample;
		const char *says;
	} cases[] = {
		{ BYTES(""), "is empty" },
		{ BYTES("<?xml version='1.0'?>\n<SVG onload='x'>"), "SVG" },
		{ BYTES("<svg/>"), "SVG" },
		{ BYTES("\n<!DOCTYPE html><title>404</title>"), "web page" },
		{ BYTES("<html>"), "web page" },
		{ BYTES("not found"), "no picture" },
		{ BYTES("%PDF-1.7"), "no picture" },
		{ BYTES("\0\0\0\x14"
			"ftypheic\0\0\0\0heic"),
		  "no picture" },
		{ BYTES("\0\0\0\x18"
			"ftypisom\0\0\0\0isommp42"),
		  "no picture" },
		{ BYTES("RIFF\x2e\0\0\0WAVEfmt "), "no picture" },
		{ BYTES("\x1f\x8b\x08\0"), "no picture" },
		{ BYTES("\0\0\0\x1c"
			"ftypmif1avif"),
		  "no picture" },
		{ BYTES("\xff\xd8\xff\xd9"), "damaged JPEG" },
		{ BYTES("\xff\xd8\xff\xda\0\x08\x01\x01\0\0\x3f\0"), "damaged JPEG" },
		{ BYTES("\xff\xd8\xff\xc0\0\x0b\x08\0\0\0\x01\x01\x01\x11\0"), "damaged JPEG" },
		{ BYTES("\xff\xd8\xff\xe0\0\0"), "damaged JPEG" },
		{ BYTES("\x89PNG\r\n\x1a\n\0\0\0\x0dIDAT\0\0\x02\x80\0\0\x01\xe0"), "damaged PNG" },
		{ BYTES("GIF89a\0\0\x14\0"), "damaged GIF" },
		{ BYTES("RIFF\x2e\0\0\0WEBPJUNK\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "damaged WebP" },
		{ BYTES(FTYP), "damaged AVIF" },
		{ BYTES("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x4e\x21\0\0\0\x01\x08\x02\0\0\0"),
		  "20001 by 1" },
		{ BYTES("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\xff\xff\xff\xff\x08\x02\0\0\0"),
		  "1 by 4294967295" },
		{ BYTES("RIFF\x2e\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\xff\xff\xff\xff\xff\xff"),
		  "16777216 by 16777216" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct picture picture = { 0 };
		struct err err = { 0 };

		if (read(&cases[i].sample, &picture, &err))
			fail_msg("%zu is taken", i);
		assert_int_equal(err.code, ERR_MALFORMED);
		if (!strstr(err.msg, cases[i].says))
			fail_msg("%zu: %s", i, err.msg);
	}
}

static void a_picture_that_breaks_off_anywhere_is_measured_or_refused(void **state)
{
	static const struct sample whole[] = { BYTES(JPEG),   BYTES(PNG),	   BYTES(GIF),
					       BYTES(WEBP_X), BYTES(WEBP_L),	   BYTES(WEBP_),
					       BYTES(AVIF),   BYTES(LYING("\x06")) };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(whole); i++) {
		for (size_t len = 0; len < whole[i].len; len++) {
			const struct sample part = { whole[i].bytes, len };
			struct picture picture = { 0 };
			struct err err = { 0 };

			if (read(&part, &picture, &err))
				assert_true(picture.width > 0 && picture.height > 0);
		}
	}
}

static void a_picture_on_its_side_is_measured_as_it_is_shown(void **state)
{
	static const struct {
		struct sample sample;
		int width, height;
	} cases[] = {
		{ BYTES(LYING("\x01")), 400, 300 },
		{ BYTES(LYING("\x04")), 400, 300 },
		{ BYTES(LYING("\x05")), 300, 400 },
		{ BYTES(LYING("\x06")), 300, 400 },
		{ BYTES(LYING("\x08")), 300, 400 },
		{ BYTES(LYING("\x09")), 400, 300 },
		{ BYTES(LITTLE("\x03")), 400, 300 },
		{ BYTES(LITTLE("\x06")), 300, 400 },
		/* what is no Exif, or damaged, turns nothing: its order, magic, place, count,
		 * format, number of values; a segment that ends too soon */
		{ BYTES(EXIF("\0\x1e", "MI", "\0\x2a", "\0\0\0\x08", "\0\x01", "\x01\x12", "\0\x03",
			     "\0\0\0\x01", "\0\x06\0\0")),
		  400, 300 },
		{ BYTES(EXIF("\0\x1e", "MM", "\0\x2b", "\0\0\0\x08", "\0\x01", "\x01\x12", "\0\x03",
			     "\0\0\0\x01", "\0\x06\0\0")),
		  400, 300 },
		{ BYTES(EXIF("\0\x1e", "MM", "\0\x2a", "\xff\xff\xff\xff", "\xff\xff", "\x01\x12",
			     "\0\x03", "\0\0\0\x01", "\0\x06\0\0")),
		  400, 300 },
		{ BYTES(EXIF("\0\x1e", "MM", "\0\x2a", "\0\0\0\x08", "\xff\xff", "\x01\x13",
			     "\0\x03", "\0\0\0\x01", "\0\x06\0\0")),
		  400, 300 },
		{ BYTES(EXIF("\0\x1e", "MM", "\0\x2a", "\0\0\0\x08", "\0\x01", "\x01\x12", "\0\x04",
			     "\0\0\0\x01", "\0\x06\0\0")),
		  400, 300 },
		{ BYTES(EXIF("\0\x1e", "MM", "\0\x2a", "\0\0\0\x08", "\0\x01", "\x01\x12", "\0\x03",
			     "\0\0\0\x02", "\0\x06\0\0")),
		  400, 300 },
		{ BYTES("\xff\xd8\xff\xe1\0\x08"
			"Exif\0\0" JPEG_SIZE),
		  400, 300 },
		{ BYTES("\xff\xd8\xff\xe1\0\x02" JPEG_SIZE), 400, 300 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct picture picture = { 0 };
		struct err err = { 0 };

		assert_true(read(&cases[i].sample, &picture, &err));
		assert_int_equal(picture.width, cases[i].width);
		assert_int_equal(picture.height, cases[i].height);
	}
}

static void endings_and_sizes_have_names(void **state)
{
	enum picture_type type = PICTURE_JPEG;
	enum picture_size size = PICTURE_SMALL;

	(void)state;
	for (int i = 0; i < PICTURE_TYPE_COUNT; i++) {
		char name[PICTURE_NAME_SIZE];

		picture_set_name(name, (enum picture_type)i, "", 0);
		assert_true(picture_type_of_name(name, &type));
		assert_int_equal(type, i);
	}
	for (int i = 0; i < PICTURE_SIZE_COUNT; i++) {
		assert_true(picture_size_parse(picture_size_name((enum picture_size)i), &size));
		assert_int_equal(size, i);
	}
	assert_false(picture_size_parse("huge", &size));
	assert_false(picture_type_of_name("a.svg", &type));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_is_known_and_measured_by_its_bytes),
		cmocka_unit_test(what_is_no_picture_or_too_large_is_refused_with_a_sentence),
		cmocka_unit_test(a_picture_that_breaks_off_anywhere_is_measured_or_refused),
		cmocka_unit_test(a_picture_on_its_side_is_measured_as_it_is_shown),
		cmocka_unit_test(endings_and_sizes_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
