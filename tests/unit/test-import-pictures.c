/* The pictures of an archive, as a reader hands them out: behind all posts, and only those of posts
 * that the client left in their pages. */
#include "in-import.h"

#include "archive/import/archives.h"

#define BLOCK  512
#define FIRST  "https://social.example/users/hana/statuses/1"
#define SECOND "https://social.example/users/hana/statuses/2"
#define AT     "https://social.example/system/media_attachments/"
#define PUBLIC "\"https://www.w3.org/ns/activitystreams#Public\""
#define NOTE(id, file)                                                                      \
	"{\"type\":\"Create\",\"actor\":\"https://social.example/users/hana\",\"object\":{" \
	"\"id\":\"" id "\",\"type\":\"Note\",\"published\":\"2018-10-31T11:00:00Z\","       \
	"\"attributedTo\":\"https://social.example/users/hana\",\"to\":[" PUBLIC "],"       \
	"\"content\":\"<p>a</p>\",\"attachment\":[{\"type\":\"Document\","                  \
	"\"mediaType\":\"image/gif\",\"url\":\"/media_attachments/" file "\"}]}}"

static const char actor[] = "{\"id\":\"https://social.example/users/hana\",\"type\":\"Person\","
			    "\"preferredUsername\":\"hana\",\"icon\":{\"url\":\"avatar.gif\"}}";
static const char outbox[] = "{\"orderedItems\":[" NOTE(FIRST, "a.gif") "," NOTE(SECOND,
										 "b.gif") "]}";
static const char gif[] = "GIF89a\1\0\1\0";

struct seen {
	struct str out;
	const char *refuse; /* the client takes posts whose uri is this out of their page */
	bool fail;
};

static void add_entry(FILE *out, const char *name, const char *bytes, size_t len)
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

static bool take(void *owner, struct page *page, const char *bytes, size_t len, struct err *err)
{
	struct seen *seen = owner;
	size_t kept = 0;

	(void)bytes;
	(void)len;
	(void)err;
	for (size_t i = 0; i < page->count; i++)
		if (!str_same(page->posts[i].uri, seen->refuse))
			page->posts[kept++] = page->posts[i];
	page->count = kept;
	return true;
}

static bool show(void *owner, const struct found_picture *found, struct err *err)
{
	struct seen *seen = owner;
	struct str bytes = STR_INIT;
	struct picture picture;
	struct err why = { 0 };

	str_addf(&seen->out, "%s %s %s %s ", found->place, found->url,
		 found->post ? found->post : found->author, picture_size_name(found->size));
	if (import_picture_read(found, &bytes, &picture, &why))
		str_addf(&seen->out, "%s %dx%d\n", picture_ending(picture.type), picture.width,
			 picture.height);
	else
		str_addf(&seen->out, "%s\n", why.msg);
	str_release(&bytes);
	return !seen->fail || err_set(err, ERR_IO, "no room");
}

/* An archive with its pictures before its posts. */
static bool read_archive(struct seen *seen, const struct import_client *client, struct err *err)
{
	const char zeros[2 * BLOCK] = { 0 };
	FILE *in = tmpfile();
	const struct import_archive archive = { .in = in, .name = "a.tar" };
	struct import_report report;
	bool ok;

	seen->out = (struct str)STR_INIT;
	assert_non_null(in);
	add_entry(in, "media_attachments/b.gif", gif, sizeof(gif));
	add_entry(in, "around/media_attachments/a.gif", gif, sizeof(gif));
	add_entry(in, "media_attachments/other.gif", gif, sizeof(gif));
	add_entry(in, "media_attachments/a.gif", "again", 5);
	add_entry(in, "avatar.gif", "<html>", 6);
	add_entry(in, "outbox.json", outbox, sizeof(outbox) - 1);
	add_entry(in, "actor.json", actor, sizeof(actor) - 1);
	fwrite(zeros, 1, sizeof(zeros), in);
	rewind(in);
	ok = import_archive_read(&archive, IMPORT_MASTODON_ARCHIVE, READ_AT, client, &report, err);
	fclose(in);
	return ok;
}

static void each_picture_of_a_post_is_handed_out_once(void **state)
{
	struct seen seen = { 0 };
	const struct import_client client = { .take = take, .picture = show, .owner = &seen };
	struct err err = { 0 };

	(void)state;
	assert_true(read_archive(&seen, &client, &err));
	assert_string_equal(
		seen.out.buf,
		"media_attachments/b.gif " AT "b.gif " SECOND " original gif 1x1\n"
		"around/media_attachments/a.gif " AT "a.gif " FIRST " original gif 1x1\n"
		"avatar.gif https://social.example/users/hana/avatar.gif "
		"https://social.example/users/hana original is a web page, no picture\n");
	str_release(&seen.out);
}

static void what_the_client_took_out_of_the_page_has_no_picture(void **state)
{
	struct seen seen = { .refuse = FIRST };
	const struct import_client client = { .take = take, .picture = show, .owner = &seen };
	struct err err = { 0 };

	(void)state;
	assert_true(read_archive(&seen, &client, &err));
	assert_non_null(strstr(seen.out.buf, SECOND));
	assert_null(strstr(seen.out.buf, FIRST));
	str_release(&seen.out);
}

static void who_asks_for_no_pictures_gets_none(void **state)
{
	struct seen seen = { 0 };
	const struct import_client client = { .take = take, .owner = &seen };
	struct err err = { 0 };

	(void)state;
	assert_true(read_archive(&seen, &client, &err));
	assert_string_equal(seen.out.buf, "");
}

static void a_client_that_fails_ends_it(void **state)
{
	struct seen seen = { .fail = true };
	const struct import_client client = { .take = take, .picture = show, .owner = &seen };
	struct err err = { 0 };

	(void)state;
	assert_false(read_archive(&seen, &client, &err));
	assert_string_equal(err.msg, "no room");
	str_release(&seen.out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_picture_of_a_post_is_handed_out_once),
		cmocka_unit_test(what_the_client_took_out_of_the_page_has_no_picture),
		cmocka_unit_test(who_asks_for_no_pictures_gets_none),
		cmocka_unit_test(a_client_that_fails_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
