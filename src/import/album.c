#include "archive/import/album.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/part.h"

enum field { FIELD_NAME, FIELD_URL, FIELD_POST, FIELD_AUTHOR };

void album_release(struct album *album)
{
	if (album->file)
		fclose(album->file);
	free(album->entries);
	for (size_t i = 0; i < ALBUM_FIELDS; i++)
		free(album->fields[i]);
	*album = (struct album){ 0 };
}

/* ---- what waits ---- */

static uint64_t hash_name(const char *name)
{
	uint8_t bytes[HASH_SIZE];
	uint64_t hash;

	hash_sha256(name, strlen(name), bytes);
	memcpy(&hash, bytes, sizeof(hash));
	return hash;
}

static bool not_kept(struct err *err)
{
	return err_set(err, ERR_IO, "the list of pictures could not be kept while it is read: %s",
		       strerror(errno));
}

static bool write_fields(struct album *album, const char *const *fields, struct err *err)
{
	for (size_t i = 0; i < ALBUM_FIELDS; i++) {
		const char *text = fields[i] ? fields[i] : "";

		if (fwrite(text, 1, strlen(text) + 1, album->file) != strlen(text) + 1)
			return not_kept(err);
	}
	return true;
}

static bool keep(struct album *album, const char *const *fields, struct err *err)
{
	struct album_entry entry = { .hash = hash_name(fields[FIELD_NAME]) };

	if (album->count == ALBUM_MOST)
		return true;
	if (!album->file)
		album->file = tmpfile();
	if (!album->file || (entry.at = ftello(album->file)) < 0)
		return not_kept(err);
	if (!write_fields(album, fields, err))
		return false;
	if (album->count == album->room) {
		album->room = album->room ? 2 * album->room : 64;
		album->entries = xreallocarray(album->entries, album->room,
					       sizeof(*album->entries));
	}
	album->entries[album->count++] = entry;
	return true;
}

bool album_add(struct album *album, const char *name, const char *url, const struct post *post,
	       struct err *err)
{
	const char *const fields[ALBUM_FIELDS] = {
		[FIELD_NAME] = name, [FIELD_URL] = url, [FIELD_POST] = post->uri
	};

	return keep(album, fields, err);
}

bool album_add_portrait(struct album *album, const char *name, const struct post *post,
			struct err *err)
{
	const char *const fields[ALBUM_FIELDS] = { [FIELD_NAME] = name,
						   [FIELD_URL] = post->author.avatar,
						   [FIELD_AUTHOR] = post->author.uri };

	if (album->has_portrait || !post->author.avatar || !post->author.uri)
		return true;
	album->has_portrait = true;
	return keep(album, fields, err);
}

void album_last_part(const char *url, struct str *out)
{
	const char *from = strstr(url, "://");
	size_t len;

	str_clear(out);
	from = from ? from + strlen("://") : url;
	len = strcspn(from, "?#");
	for (size_t i = len; i > 0; i--) {
		if (from[i - 1] != '/')
			continue;
		str_add_n(out, from + i, len - i);
		return;
	}
}

/* ---- going over the archive ---- */

struct showing {
	struct album *album;
	const struct album_places *places;
	const struct import_client *client;
	struct str path;
};

static bool read_entry(struct album *album, const struct album_entry *entry)
{
	if (fseeko(album->file, entry->at, SEEK_SET) != 0)
		return false;
	for (size_t i = 0; i < ALBUM_FIELDS; i++)
		if (getdelim(&album->fields[i], &album->rooms[i], '\0', album->file) <= 0)
			return false;
	return true;
}

static const char *field(const struct album *album, enum field at)
{
	return album->fields[at][0] ? album->fields[at] : NULL;
}

/* The picture whose fields were read, out of that stream, which is closed. */
static bool give(struct showing *showing, struct container *container, FILE *in, const char *place,
		 struct err *err)
{
	const struct found_picture found = {
		.url = field(showing->album, FIELD_URL),
		.post = field(showing->album, FIELD_POST),
		.author = field(showing->album, FIELD_AUTHOR),
		.size = showing->places->size,
		.place = place,
		.in = in,
		.container = container,
	};
	bool ok = showing->client->picture(showing->client->owner, &found, err);

	fclose(in);
	return ok;
}

static int by_hash(const void *a, const void *b)
{
	const struct album_entry *left = a, *right = b;

	if (left->hash != right->hash)
		return left->hash > right->hash ? 1 : -1;
	return (left->at > right->at) - (left->at < right->at);
}

/* Reads the fields of the picture of that name, once; the name is not waited for any more. */
static bool find(struct album *album, const char *name)
{
	uint64_t hash = hash_name(name);
	size_t low = 0, high = album->count;
	bool found = false;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (album->entries[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < album->count && album->entries[low].hash == hash && !found; low++) {
		struct album_entry *entry = &album->entries[low];

		if (entry->at < 0)
			continue;
		found = read_entry(album, entry) && str_same(field(album, FIELD_NAME), name);
		if (found)
			entry->at = -1;
	}
	return found;
}

/* The path below that folder, whatever stands around it. */
static const char *name_below(struct container *container, const char *folder)
{
	const char *path = container_path(container);
	const char *at = strstr(path, folder);

	if (!*folder)
		return container_entry(container);
	while (at && at != path && at[-1] != '/')
		at = strstr(at + 1, folder);
	return at ? at + strlen(folder) : NULL;
}

static bool show_entry(void *owner, struct container *container, struct err *err)
{
	struct showing *showing = owner;

	for (size_t i = 0; i < showing->places->count; i++) {
		const char *name = name_below(container, showing->places->folders[i]);
		FILE *in;

		if (!name || !find(showing->album, name))
			continue;
		in = container_stream(container);
		return !in || give(showing, container, in, container_path(container), err);
	}
	return true;
}

/* Of a folder only what is looked for is opened. */
static FILE *open_in_folder(struct showing *showing, struct container *container)
{
	static const char *const roots[] = { "data/", "" };
	const struct album_places *places = showing->places;

	for (size_t i = 0; i < places->count * ARRAY_LEN(roots); i++) {
		FILE *in;

		str_clear(&showing->path);
		str_addf(&showing->path, "%s%s%s", roots[i % ARRAY_LEN(roots)],
			 places->folders[i / ARRAY_LEN(roots)], field(showing->album, FIELD_NAME));
		in = container_find(container, showing->path.buf);
		if (in)
			return in;
	}
	return NULL;
}

static bool show_folder(struct showing *showing, const struct import_archive *archive,
			struct err *err)
{
	struct container *container = container_open(NULL, archive->folder, archive->name, err);
	const struct album *album = showing->album;
	bool ok = container != NULL;

	for (size_t i = 0; i < album->count && ok; i++) {
		FILE *in;

		if (!read_entry(showing->album, &album->entries[i]))
			continue;
		in = open_in_folder(showing, container);
		ok = !in || give(showing, container, in, showing->path.buf, err);
	}
	container_close(container);
	return ok;
}

bool album_hand_out(struct album *album, const struct import_archive *archive,
		    const struct album_places *places, const struct import_client *client,
		    struct import_report *report, struct err *err)
{
	struct showing showing = {
		.album = album, .places = places, .client = client, .path = STR_INIT
	};
	bool ok;

	if (album->count == 0)
		return true;
	if (fflush(album->file) != 0)
		return not_kept(err);
	if (archive->in)
		qsort(album->entries, album->count, sizeof(*album->entries), by_hash);
	ok = archive->in ? part_entries(archive, report, show_entry, &showing, err)
			 : show_folder(&showing, archive, err);
	str_release(&showing.path);
	return ok;
}
