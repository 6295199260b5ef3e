#include "archive/http/tape.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/io.h"
#include "archive/base/mem.h"
#include "archive/http/tape-index.h"

#define MAX_REQUEST (1 << 20)	/* bytes of a .request file */
#define MAX_ANSWER  (128 << 20) /* bytes of an .http file: more than the loop lets in */
#define ENDING	    ".request"

struct entry {
	uint8_t key[HASH_SIZE];
	int64_t number;
	size_t name;  /* where in names its file's name begins, without ending */
	size_t asked; /* of the first of equal keys: how many were handed out */
};

struct tape {
	struct str folder;
	struct tape_index index;
	int64_t last; /* number */
	struct entry *entries;
	size_t count, room;
	struct str names;
	struct str bytes; /* of the file read last, kept for the next */
};

/* The number of "0001-social.example.request"; 0 for any other file. */
static int64_t file_number(const char *name)
{
	size_t digits = strspn(name, "0123456789");
	char text[16];
	int64_t number = 0;

	if (digits < 1 || digits >= sizeof(text) || name[digits] != '-' || !str_ends(name, ENDING))
		return 0;
	memcpy(text, name, digits);
	text[digits] = '\0';
	return str_to_int(text, 1, INT64_MAX, &number) ? number : 0;
}

static void add_name(struct tape *tape, const char *name, int64_t number)
{
	struct entry *entry;

	if (tape->count == tape->room) {
		tape->room = tape->room ? tape->room * 2 : 64;
		tape->entries = xreallocarray(tape->entries, tape->room, sizeof(*entry));
	}
	entry = &tape->entries[tape->count++];
	*entry = (struct entry){ .number = number, .name = tape->names.len };
	str_add_n(&tape->names, name, strlen(name) - strlen(ENDING));
	str_add_n(&tape->names, "", 1);
	if (number > tape->last)
		tape->last = number;
}

static bool read_names(struct tape *tape, struct err *err)
{
	DIR *folder = opendir(tape->folder.buf);
	const struct dirent *file;

	if (!folder)
		return err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: %s",
			       tape->folder.buf, strerror(errno));
	while ((file = readdir(folder))) {
		int64_t number = file_number(file->d_name);

		if (number > 0)
			add_name(tape, file->d_name, number);
	}
	closedir(folder);
	return true;
}

static void entry_path(const struct tape *tape, const struct entry *entry, const char *ending,
		       struct str *path)
{
	str_addf(path, "%s/%s%s", tape->folder.buf, tape->names.buf + entry->name, ending);
}

static bool read_key(struct tape *tape, struct entry *entry, struct err *err)
{
	struct http_request request = HTTP_REQUEST_INIT;
	struct str path = STR_INIT;
	bool ok;

	entry_path(tape, entry, ENDING, &path);
	str_clear(&tape->bytes);
	ok = io_read_file(path.buf, MAX_REQUEST, &tape->bytes, err);
	if (ok && !tape_request_read(tape->bytes.buf, tape->bytes.len, &request, err))
		ok = err_wrap(err, "%s", path.buf);
	if (ok)
		tape_key(&request, entry->key);
	http_request_release(&request);
	str_release(&path);
	return ok;
}

/* By key, equal ones in recorded order. */
static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = memcmp(a->key, b->key, HASH_SIZE);

	return order ? order : (a->number > b->number) - (a->number < b->number);
}

static struct tape *tape_new(const char *folder)
{
	struct tape *tape = xcalloc(1, sizeof(*tape));

	*tape = (struct tape){ .folder = STR_INIT, .names = STR_INIT, .bytes = STR_INIT };
	str_add(&tape->folder, folder);
	return tape;
}

struct tape *tape_open(const char *folder, struct err *err)
{
	struct tape *tape = tape_new(folder);
	bool ok = tape_index_read(&tape->index, folder, err) && read_names(tape, err);

	for (size_t i = 0; ok && i < tape->count; i++)
		ok = read_key(tape, &tape->entries[i], err);
	if (!ok) {
		tape_free(tape);
		return NULL;
	}
	if (tape->count > 0)
		qsort(tape->entries, tape->count, sizeof(*tape->entries), compare_entries);
	return tape;
}

/* What stands there, or nothing when the folder holds no tape yet. */
static bool read_former(struct tape *tape, int64_t now, struct err *err)
{
	if (tape_index_read(&tape->index, tape->folder.buf, err))
		return true;
	if (err->code != ERR_NOT_FOUND)
		return false;
	*err = (struct err){ 0 };
	tape->index.time = now;
	return true;
}

struct tape *tape_record(const char *folder, const char *const *sources, size_t count, int64_t now,
			 struct err *err)
{
	struct tape *tape = tape_new(folder);
	bool ok = io_make_folder(folder, err) && read_former(tape, now, err) &&
		  read_names(tape, err);

	for (size_t i = 0; ok && i < count; i++)
		tape_index_add(&tape->index, sources[i]);
	if (!ok || !tape_index_write(&tape->index, folder, err)) {
		tape_free(tape);
		return NULL;
	}
	return tape;
}

void tape_free(struct tape *tape)
{
	if (!tape)
		return;
	tape_index_release(&tape->index);
	str_release(&tape->folder);
	str_release(&tape->names);
	str_release(&tape->bytes);
	free(tape->entries);
	free(tape);
}

int64_t tape_time(const struct tape *tape)
{
	return tape->index.time;
}

size_t tape_source_count(const struct tape *tape)
{
	return tape->index.count;
}

const char *tape_source(const struct tape *tape, size_t index)
{
	return tape->index.sources[index];
}

bool tape_put(struct tape *tape, const struct http_request *request,
	      const struct http_answer *answer, struct err *err)
{
	struct str path = STR_INIT;
	size_t stem;
	bool ok;

	str_addf(&path, "%s/%04lld-", tape->folder.buf, (long long)tape->last + 1);
	tape_host_label(&path, request->url.buf);
	stem = path.len;
	str_add(&path, ".http");
	str_clear(&tape->bytes);
	http_answer_write(answer, &tape->bytes);
	ok = io_write_file(path.buf, tape->bytes.buf, tape->bytes.len, err);
	str_truncate(&path, stem);
	str_add(&path, ENDING);
	str_clear(&tape->bytes);
	tape_request_write(request, &tape->bytes);
	ok = ok && io_write_file(path.buf, tape->bytes.buf, tape->bytes.len, err);
	if (ok)
		tape->last++;
	str_release(&path);
	return ok;
}

/* The first of the entries with this key. */
static struct entry *find_first(struct tape *tape, const uint8_t key[HASH_SIZE])
{
	size_t low = 0, high = tape->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (memcmp(tape->entries[middle].key, key, HASH_SIZE) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == tape->count || memcmp(tape->entries[low].key, key, HASH_SIZE) != 0)
		return NULL;
	return &tape->entries[low];
}

/* The next of the equal ones, the last one again and again. */
static const struct entry *next_equal(const struct tape *tape, struct entry *first)
{
	const struct entry *next = first + first->asked;
	const struct entry *end = tape->entries + tape->count;

	if (next + 1 < end && memcmp(next[1].key, first->key, HASH_SIZE) == 0)
		first->asked++;
	return next;
}

bool tape_find(struct tape *tape, const struct http_request *request, struct http_answer *answer,
	       struct err *err)
{
	uint8_t key[HASH_SIZE];
	struct entry *first;
	struct str path = STR_INIT;
	bool ok;

	tape_key(request, key);
	first = find_first(tape, key);
	if (!first)
		return err_set(err, ERR_NOT_FOUND, "the tape %s holds no answer to %s %s",
			       tape->folder.buf, http_request_is_post(request) ? "POST" : "GET",
			       request->url.buf);
	entry_path(tape, next_equal(tape, first), ".http", &path);
	str_clear(&tape->bytes);
	ok = io_read_file(path.buf, MAX_ANSWER, &tape->bytes, err);
	if (ok && !http_answer_read(tape->bytes.buf, tape->bytes.len, answer, err))
		ok = err_wrap(err, "%s", path.buf);
	if (ok)
		answer->received = tape->index.time;
	str_release(&path);
	return ok;
}
