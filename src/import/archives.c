#include "archive/import/archives.h"

#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/form.h"
#include "archive/import/part.h"

static enum import_form form_of_single(struct container *container)
{
	FILE *in = container_stream(container);
	struct str head = STR_INIT;
	enum import_form form;

	if (!in)
		return IMPORT_NOTHING;
	str_reserve(&head, IMPORT_HEAD);
	head.len = fread(head.buf, 1, IMPORT_HEAD, in);
	form = import_form_of(head.buf, head.len, NULL);
	str_release(&head);
	fclose(in);
	return form;
}

static enum import_form form_of_entry(struct container *container)
{
	const char *entry = container_entry(container);

	if (container_is_single(container))
		return form_of_single(container);
	if (x_archive_has_posts(entry))
		return IMPORT_X_ARCHIVE;
	return str_same(entry, "outbox.json") ? IMPORT_MASTODON_ARCHIVE : IMPORT_NOTHING;
}

static bool is_locked(const struct import_archive *archive, const struct container *container,
		      struct err *err)
{
	if (!container_is_encrypted(container))
		return false;
	err_set(err, ERR_MALFORMED,
		"%s is encrypted: unpack it with its password first, then import the folder",
		archive->name);
	return true;
}

/* An archive that is damaged has the form of what can still be read of it. */
bool import_archive_form(const struct import_archive *archive, enum import_form *out,
			 struct err *err)
{
	struct container *container = container_open(archive->in, archive->folder, archive->name,
						     err);
	int rc = 0;

	*out = IMPORT_NOTHING;
	if (!container)
		return false;
	while (*out == IMPORT_NOTHING && (rc = container_next(container, err)) > 0)
		*out = form_of_entry(container);
	if (*out != IMPORT_NOTHING && is_locked(archive, container, err))
		rc = -1;
	container_close(container);
	return rc >= 0;
}

/* ---- what a folder is known by ---- */

static bool is_read(const char *entry)
{
	static const char *const names[] = {
		"account.js", "profile.js",  "note-tweet.js",	   "protected-history.js",
		"actor.json", "outbox.json", "js/user_details.js",
	};
	const char *name = str_starts(entry, "data/") ? entry + strlen("data/") : entry;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_same(name, names[i]))
			return true;
	return x_archive_has_posts(entry);
}

struct hashing {
	struct str lines; /* a name and a hash each */
	int64_t bytes;
};

static bool hash_entry(void *owner, struct container *container, struct err *err)
{
	struct hashing *hashing = owner;
	const char *entry = container_entry(container);
	FILE *in = is_read(entry) ? container_stream(container) : NULL;
	char hash[HASH_HEX_SIZE];
	bool ok = true;

	if (!in)
		return true;
	ok = hash_stream(in, hash);
	if (ok)
		str_addf(&hashing->lines, "%s %s\n", entry, hash);
	else
		err_set(err, ERR_IO, "%s cannot be read: %m", entry);
	hashing->bytes += ftello(in);
	fclose(in);
	return ok;
}

static void add_hex(const uint8_t *hash, char out[HASH_HEX_SIZE])
{
	for (size_t i = 0; i < HASH_SIZE; i++)
		snprintf(out + 2 * i, 3, "%02x", hash[i]);
}

bool import_archive_hash(const struct import_archive *archive, char out[HASH_HEX_SIZE],
			 int64_t *bytes, struct err *err)
{
	struct hashing hashing = { .lines = STR_INIT };
	struct import_report nothing = { 0 };
	uint8_t hash[HASH_SIZE];
	bool ok = part_entries(archive, &nothing, hash_entry, &hashing, err);

	hash_sha256(hashing.lines.buf, hashing.lines.len, hash);
	add_hex(hash, out);
	*bytes = hashing.bytes;
	str_release(&hashing.lines);
	return ok;
}

/* ---- reading ---- */

struct single {
	import_read_fn *read;
	const char *name;
	int64_t now;
	const struct import_client *client;
	struct import_report *report;
};

static bool read_single(void *owner, struct container *container, struct err *err)
{
	struct single *single = owner;
	FILE *in = container_stream(container);
	const char *why;
	bool ok;

	if (!in)
		return err_set(err, ERR_IO, "%s cannot be unpacked: %m", single->name);
	ok = single->read(in, single->name, single->now, single->client, single->report, err);
	fclose(in);
	why = container_damage(container);
	if (why && !single->report->bad_place[0])
		snprintf(single->report->bad_place, sizeof(single->report->bad_place),
			 "its end: %s", why);
	return ok;
}

bool import_archive_read(const struct import_archive *archive, enum import_form form, int64_t now,
			 const struct import_client *client, struct import_report *report,
			 struct err *err)
{
	struct single single = { .read = import_reader(form), .name = archive->name, .now = now };

	*report = (struct import_report){ 0 };
	if (form == IMPORT_X_ARCHIVE)
		return x_archive_read(archive, now, client, report, err);
	if (form == IMPORT_MASTODON_ARCHIVE)
		return outbox_read(archive, now, client, report, err);
	single.client = client;
	single.report = report;
	if (single.read)
		return part_entries(archive, report, read_single, &single, err);
	return err_set(err, ERR_MALFORMED,
		       "%s is no archive of X or Mastodon: neither data/tweets.js nor outbox.json "
		       "is in it",
		       archive->name);
}
