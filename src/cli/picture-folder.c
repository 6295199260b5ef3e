#include "archive/cli/picture-folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/base/hash.h"
#include "archive/base/io.h"
#include "archive/base/mem.h"

#define FIRST_ROOM 64 /* a power of two */
#define HEX	   "0123456789abcdef"

/* ---- notes ---- */

/* The name begins with a hash. Half of the index is always free. */
static size_t *slot_of(const struct picture_notes *notes, const char *name)
{
	size_t mask = 2 * notes->room - 1;
	size_t at = 0;

	for (size_t i = 0; i < 8 && name[i]; i++)
		at = at * 31 + (unsigned char)name[i];
	for (at &= mask; notes->index[at] != 0; at = (at + 1) & mask)
		if (str_same(notes->items[notes->index[at] - 1].name, name))
			break;
	return &notes->index[at];
}

static void grow(struct picture_notes *notes)
{
	notes->room = notes->room > 0 ? 2 * notes->room : FIRST_ROOM;
	notes->items = xreallocarray(notes->items, notes->room, sizeof(*notes->items));
	free(notes->index);
	notes->index = xcalloc(2 * notes->room, sizeof(*notes->index));
	for (size_t i = 0; i < notes->count; i++)
		*slot_of(notes, notes->items[i].name) = i + 1;
}

static struct picture_note *find_note(const struct picture_notes *notes, const char *name)
{
	size_t at = notes->count > 0 ? *slot_of(notes, name) : 0;

	return at > 0 ? &notes->items[at - 1] : NULL;
}

static bool find(void *owner, const char *url, struct picture *out)
{
	struct picture_notes *notes = owner;

	if (!url || !notes->source.find(notes->source.owner, url, out)) {
		notes->some_lack |= url != NULL;
		return false;
	}
	if (find_note(notes, out->name))
		return true;
	if (!notes->items || notes->count == notes->room)
		grow(notes);
	notes->items[notes->count] = (struct picture_note){ .bytes = out->bytes };
	memcpy(notes->items[notes->count].name, out->name, sizeof(out->name));
	*slot_of(notes, out->name) = notes->count + 1;
	notes->count++;
	return true;
}

static bool read_bytes(void *owner, const char *name, struct str *out, struct err *err)
{
	struct picture_notes *notes = owner;

	return notes->source.read(notes->source.owner, name, out, err);
}

struct picture_shelf picture_notes_shelf(struct picture_notes *notes)
{
	return (struct picture_shelf){ .find = find, .read = read_bytes, .owner = notes };
}

void picture_notes_used(void *owner, const char *name)
{
	struct picture_notes *notes = owner;
	struct picture_note *note = find_note(notes, name);

	if (!note || note->shown)
		return;
	note->shown = true;
	notes->shown++;
}

void picture_notes_list(const struct picture_notes *notes, struct str *names)
{
	for (size_t i = 0; i < notes->count; i++)
		if (notes->items[i].shown)
			str_addf(names, "%s\n", notes->items[i].name);
}

void picture_notes_release(struct picture_notes *notes)
{
	free(notes->items);
	free(notes->index);
	*notes = (struct picture_notes){ 0 };
}

/* ---- the folder ---- */

static bool is_there(const char *path, int64_t bytes)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == bytes;
}

static bool write_one(const struct picture_notes *notes, const char *name, const char *path,
		      struct err *err)
{
	struct str bytes = STR_INIT;
	bool ok = notes->source.read(notes->source.owner, name, &bytes, err) &&
		  io_write_file(path, bytes.buf, bytes.len, err);

	str_release(&bytes);
	return ok;
}

bool picture_folder_fill(const char *folder, const struct picture_notes *notes, bool check,
			 struct str *names, struct err *err)
{
	struct str path = STR_INIT;
	bool made = check, ok = true;

	for (size_t i = 0; ok && i < notes->count; i++) {
		const struct picture_note *note = &notes->items[i];

		str_clear(&path);
		str_addf(&path, "%s/%s", folder, note->name);
		if (!note->shown || is_there(path.buf, note->bytes))
			continue;
		str_addf(names, "%s\n", note->name);
		made = made || io_make_folder(folder, err);
		ok = made && (check || write_one(notes, note->name, path.buf, err));
	}
	str_release(&path);
	return ok;
}

/* SHA-256, a dot, and an ending that we write. */
static bool is_picture_name(const char *name)
{
	enum picture_type type;

	return strspn(name, HEX) == HASH_HEX_SIZE - 1 && name[HASH_HEX_SIZE - 1] == '.' &&
	       strlen(name) < PICTURE_NAME_SIZE && picture_type_of_name(name, &type);
}

static bool is_shown(const struct picture_notes *notes, const char *name)
{
	const struct picture_note *note = find_note(notes, name);

	return note && note->shown;
}

bool picture_folder_others(const char *folder, const struct picture_notes *notes, struct str *names,
			   struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return errno == ENOENT || err_set(err, ERR_IO, "%s: %s", folder, strerror(errno));
	while ((entry = readdir(dir)))
		if (is_picture_name(entry->d_name) && !is_shown(notes, entry->d_name))
			str_addf(names, "%s\n", entry->d_name);
	closedir(dir);
	return true;
}

bool picture_folder_next(const char **names, struct str *name)
{
	size_t len = strcspn(*names, "\n");

	str_clear(name);
	str_add_n(name, *names, len);
	*names += len + ((*names)[len] == '\n');
	return len > 0;
}

bool picture_folder_remove(const char *folder, const char *name, struct err *err)
{
	struct str path = STR_INIT;
	bool ok;

	str_addf(&path, "%s/%s", folder, name);
	ok = unlink(path.buf) == 0 || errno == ENOENT ||
	     err_set(err, ERR_IO, "%s: %s", path.buf, strerror(errno));
	if (ok && rmdir(folder) != 0)
		errno = 0; /* others are in it */
	str_release(&path);
	return ok;
}
