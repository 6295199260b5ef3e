/* Any bytes as an archive, as the posts of one of X, and as the outbox of one of Mastodon: in the
 * client nothing but posts that are whole, with evidence that gives them again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/str.h"
#include "archive/import/archives.h"
#include "archive/import/form.h"
#include "check-post.h"

#define BLOCK 512

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

struct again {
	size_t posts;
};

static bool count_again(void *owner, struct page *page, const char *bytes, size_t len,
			struct err *err)
{
	struct again *again = owner;

	(void)bytes;
	(void)len;
	(void)err;
	again->posts += page->count;
	return true;
}

static bool take(void *owner, struct page *page, const char *bytes, size_t len, struct err *err)
{
	enum import_form *form = owner;
	struct again again = { 0 };
	const struct import_client client = { .take = count_again, .owner = &again };
	struct import_report report = { 0 };
	struct err why = { 0 };
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): a reader's bytes stay as they are */
	FILE *in = fmemopen((void *)(uintptr_t)bytes, len, "r");

	(void)err;
	check_page(page, len);
	demand(in != NULL);
	if (*form != IMPORT_X_ARCHIVE && *form != IMPORT_MASTODON_ARCHIVE)
		again.posts = page->count; /* others have fuzzers of their own */
	else
		(void)import_evidence_reader (*form)(in, "evidence", 1, &client, &report, &why);
	fclose(in);
	demand(again.posts == page->count);
	return true;
}

/* Reads it, whatever it is. */
static bool look(void *owner, const struct found_picture *found, struct err *err)
{
	struct str bytes = STR_INIT;
	struct picture picture = { 0 };
	struct err why = { 0 };

	(void)owner;
	(void)err;
	demand(found->url && found->place && !found->post == !!found->author);
	if (import_picture_read(found, &bytes, &picture, &why))
		demand(bytes.len > 0 && bytes.len <= PICTURE_MAX_BYTES && picture.width > 0);
	else
		demand(why.code == ERR_MALFORMED && why.msg[0]);
	str_release(&bytes);
	return true;
}

static void read_it(FILE *in)
{
	const struct import_archive archive = { .in = in, .name = "fuzz" };
	enum import_form form = IMPORT_NOTHING;
	const struct import_client client = { .take = take, .picture = look, .owner = &form };
	struct import_report report = { 0 };
	struct err err = { 0 };

	if (!import_archive_form(&archive, &form, &err) ||
	    !import_archive_read(&archive, form, 1, &client, &report, &err))
		demand(err.code != ERR_NONE && err.msg[0]);
}

static void add_entry(FILE *out, const char *name, const void *bytes, size_t len)
{
	static const char magic[8] = { 'u', 's', 't', 'a', 'r', 0, '0', '0' };
	char head[BLOCK] = { 0 };
	const char zeros[BLOCK] = { 0 };
	unsigned sum = 0;

	snprintf(head, 100, "%s", name);
	snprintf(head + 100, 8, "0000644");
	snprintf(head + 124, 12, "%011zo", len);
	memset(head + 148, ' ', 8);
	head[156] = '0';
	memcpy(head + 257, magic, sizeof(magic));
	for (size_t i = 0; i < BLOCK; i++)
		sum += (unsigned char)head[i];
	snprintf(head + 148, 8, "%06o", sum);
	fwrite(head, 1, BLOCK, out);
	fwrite(bytes, 1, len, out);
	fwrite(zeros, 1, (BLOCK - len % BLOCK) % BLOCK, out);
}

/* The bytes as one of its parts, beside others that are as they should be. */
static void read_part(const char *name, const uint8_t *bytes, size_t len)
{
	static const char account[] =
		"window.YTD.account.part0 = [{\"account\":{\"username\":\"hana\","
		"\"accountId\":\"7\",\"accountDisplayName\":\"H\"}}]";
	static const char actor[] = "{\"id\":\"https://social.example/users/hana\","
				    "\"preferredUsername\":\"hana\",\"type\":\"Person\","
				    "\"icon\":{\"url\":\"avatar.gif\"}}";
	static const char gif[] = "GIF89a\1\0\1";
	const char zeros[2 * BLOCK] = { 0 };
	FILE *made = tmpfile();

	demand(made != NULL);
	if (strcmp(name, "data/account.js") != 0)
		add_entry(made, "data/account.js", account, sizeof(account) - 1);
	if (strcmp(name, "actor.json") != 0)
		add_entry(made, "actor.json", actor, sizeof(actor) - 1);
	add_entry(made, name, bytes, len);
	add_entry(made, "avatar.gif", gif, sizeof(gif));
	add_entry(made, "media_attachments/a.gif", gif, sizeof(gif));
	add_entry(made, "data/tweets_media/1-a.gif", gif, sizeof(gif));
	fwrite(zeros, 1, sizeof(zeros), made);
	rewind(made);
	read_it(made);
	fclose(made);
}

/* The first byte tells what the others are. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const char *const names[] = { "data/tweets.js",	       "outbox.json",
					     "data/account.js",	       "actor.json",
					     "data/note-tweet.js",     "data/js/tweets/2013_05.js",
					     "data/js/user_details.js" };
	FILE *made;

	if (len == 0)
		return 0;
	if (bytes[0] < sizeof(names) / sizeof(names[0])) {
		read_part(names[bytes[0]], bytes + 1, len - 1);
		return 0;
	}
	made = tmpfile();
	demand(made != NULL);
	fwrite(bytes, 1, len, made);
	rewind(made);
	read_it(made);
	fclose(made);
	return 0;
}
