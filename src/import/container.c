#include "archive/import/container.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/import/folder.h"

#define BLOCK	     65536
#define ZIP_TAIL     65557 /* bytes: the end of a zip with the longest comment */
#define ZIP_LISTED   20000 /* entries whose list is read; a longer one is walked through */
#define BOMB_FROM    (INT64_C(64) << 20)
#define BOMB_TIMES   200 /* what is text becomes ten times as small */
#define STREAM_CHUNK 65536

struct container {
	struct archive *reader; /* NULL: a folder */
	struct folder *folder;
	const char *name;
	char entry[CONTAINER_NAME_SIZE], path[CONTAINER_NAME_SIZE];
	bool single, encrypted;
	int64_t given, from; /* bytes of the entry; where its packed bytes begin */
	struct str damage;
};

/* ---- opening ---- */

/* A zip's list of entries stands at its end. Without one, or with one that is too long to be kept,
 * the zip is read from its beginning on, which costs more time. */
static bool has_short_list(FILE *in)
{
	unsigned char tail[ZIP_TAIL];
	size_t len;

	if (fseeko(in, 0, SEEK_END) != 0)
		return false;
	if (fseeko(in, ftello(in) > ZIP_TAIL ? -(off_t)ZIP_TAIL : -ftello(in), SEEK_END) != 0)
		return false;
	len = fread(tail, 1, sizeof(tail), in);
	for (size_t i = len >= 22 ? len - 21 : 0; i-- > 0;)
		if (!memcmp(tail + i, "PK\5\6", 4))
			return (tail[i + 10] | tail[i + 11] << 8) <= ZIP_LISTED;
	return false;
}

static struct archive *new_reader(bool listed)
{
	struct archive *reader = archive_read_new();

	if (!reader)
		mem_exhausted();
	archive_read_support_filter_gzip(reader);
	archive_read_support_format_tar(reader);
	archive_read_support_format_raw(reader);
	if (listed)
		archive_read_support_format_zip_seekable(reader);
	else
		archive_read_support_format_zip_streamable(reader);
	return reader;
}

static bool open_file(struct container *c, FILE *in, struct err *err)
{
	c->reader = new_reader(has_short_list(in));
	rewind(in);
	if (lseek(fileno(in), 0, SEEK_SET) == 0 &&
	    archive_read_open_fd(c->reader, fileno(in), BLOCK) == ARCHIVE_OK)
		return true;
	return err_set(err, ERR_MALFORMED, "%s cannot be unpacked: %s", c->name,
		       archive_error_string(c->reader));
}

struct container *container_open(FILE *in, const char *folder, const char *name, struct err *err)
{
	struct container *c = xcalloc(1, sizeof(*c));

	c->name = name;
	c->damage = (struct str)STR_INIT;
	if (in ? open_file(c, in, err) : (c->folder = folder_open(folder, err)) != NULL)
		return c;
	container_close(c);
	return NULL;
}

void container_close(struct container *c)
{
	if (!c)
		return;
	archive_read_free(c->reader);
	folder_close(c->folder);
	str_release(&c->damage);
	free(c);
}

/* ---- entries ---- */

/* Archives are packed with or without a folder around everything. */
static const char *inner_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *data = strstr(path, "data/");

	if (data && (data == path || data[-1] == '/') && strchr(data + 5, '/') == NULL)
		return data;
	if (!slash || strchr(path, '/') != slash || str_starts(path, "data/"))
		return path;
	return slash + 1;
}

static bool is_clean(const char *path)
{
	return *path && *path != '/' && !strstr(path, "..") && !strchr(path, '\\');
}

static bool take_entry(struct container *c, struct archive_entry *entry)
{
	const char *path = archive_entry_pathname(entry);

	if (!path || archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry))
		return false;
	if (str_starts(path, "./"))
		path += 2;
	if (!is_clean(path) || strlen(inner_name(path)) >= sizeof(c->entry))
		return false;
	memcpy(c->entry, inner_name(path), strlen(inner_name(path)) + 1);
	snprintf(c->path, sizeof(c->path), "%s", strlen(path) < sizeof(c->path) ? path : "");
	c->single = archive_format(c->reader) == ARCHIVE_FORMAT_RAW;
	c->encrypted = archive_entry_is_encrypted(entry);
	c->given = 0;
	c->from = archive_filter_bytes(c->reader, -1);
	return true;
}

static bool failed(const struct container *c, struct err *err)
{
	const char *why = archive_error_string(c->reader);

	return err_set(err, ERR_MALFORMED, "%s is damaged: %s", c->name,
		       why ? why : "it breaks off");
}

int container_next(struct container *c, struct err *err)
{
	struct archive_entry *entry;
	int rc;

	str_clear(&c->damage);
	if (c->folder)
		return folder_next(c->folder, c->entry, sizeof(c->entry)) ? 1 : 0;
	while ((rc = archive_read_next_header(c->reader, &entry)) != ARCHIVE_EOF) {
		if (rc == ARCHIVE_RETRY || rc == ARCHIVE_WARN || rc == ARCHIVE_OK) {
			if (take_entry(c, entry))
				return 1;
			continue;
		}
		failed(c, err);
		return -1;
	}
	return 0;
}

const char *container_entry(const struct container *c)
{
	return c->entry;
}

const char *container_path(const struct container *c)
{
	return c->path;
}

FILE *container_find(struct container *c, const char *path)
{
	return c->folder ? folder_find(c->folder, path) : NULL;
}

bool container_is_single(const struct container *c)
{
	return c->single;
}

bool container_is_encrypted(const struct container *c)
{
	return c->encrypted;
}

const char *container_damage(const struct container *c)
{
	return c->damage.len > 0 ? c->damage.buf : NULL;
}

/* ---- a stream ---- */

static bool is_bomb(const struct container *c)
{
	int64_t packed = archive_filter_bytes(c->reader, -1) - c->from + BLOCK;

	return c->given > BOMB_FROM && c->given / BOMB_TIMES > packed;
}

static void note_damage(struct container *c)
{
	const char *why = archive_error_string(c->reader);

	if (archive_read_has_encrypted_entries(c->reader) > 0)
		str_add(&c->damage, "it is encrypted: unpack it with its password first");
	else
		str_add(&c->damage, why ? why : "it breaks off");
}

/* What cannot be unpacked ends the stream; what came before it counts. */
static ssize_t read_some(void *cookie, char *buf, size_t size)
{
	struct container *c = cookie;
	ssize_t got;

	if (c->damage.len > 0)
		return 0;
	if (is_bomb(c)) {
		str_add(&c->damage, "it unpacks to so much that it can only be a trap");
		return 0;
	}
	do {
		got = archive_read_data(c->reader, buf, size);
	} while (got == ARCHIVE_RETRY);
	if (got < 0) {
		note_damage(c);
		return 0;
	}
	c->given += got;
	return got;
}

FILE *container_stream(struct container *c)
{
	static const cookie_io_functions_t functions = { .read = read_some };

	return c->folder ? folder_stream(c->folder) : fopencookie(c, "r", functions);
}
