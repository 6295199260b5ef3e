#include "archive/import/part.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/album.h"
#include "archive/json/read.h"
#include "archive/source/span.h"

struct outbox {
	struct gather gather;
	struct album album;
	struct str actor, scratch, element;
};

/* Of actor.json what an author is made of; keys and mailboxes stay away. */
static const char *const members[] = {
	"id", "type", "preferredUsername", "name", "url", "summary", "icon", "tag", "suspended",
};

/* It will stand in each element: nothing in it may end one. */
static void settle(struct str *actor)
{
	struct err why = { 0 };
	struct jnode *node = jnode_parse(actor->buf, actor->len, &why);

	for (size_t i = 0; i < actor->len; i++)
		if (actor->buf[i] == '\n' || actor->buf[i] == '\r')
			actor->buf[i] = ' ';
	if (!node)
		str_clear(actor);
	jnode_free(node);
}

static void make_actor(const struct str *file, struct str *out)
{
	str_clear(out);
	for (size_t i = 0; i < ARRAY_LEN(members); i++) {
		struct span_member m;

		if (!span_find(file->buf, file->len, 0, members[i], &m))
			continue;
		str_addf(out, "%s\"%s\":", out->len > 0 ? "," : "{", members[i]);
		str_add_n(out, file->buf + m.value.from, m.value.to - m.value.from);
	}
	if (out->len > 0)
		str_add(out, "}");
	settle(out);
}

static bool look_at(void *owner, struct container *container, struct err *err)
{
	struct outbox *o = owner;

	(void)err;
	if (!str_same(container_entry(container), "actor.json"))
		return true;
	part_small(container, &o->scratch);
	make_actor(&o->scratch, &o->actor);
	return true;
}

static bool is_type(const char *bytes, size_t len, const char *type)
{
	struct span_member m;

	return span_find(bytes, len, 0, "type", &m) &&
	       m.value.to - m.value.from == strlen(type) + 2 &&
	       !memcmp(bytes + m.value.from + 1, type, strlen(type));
}

/* The activity with who did it inside, in the place of the address. */
static void compose(struct outbox *o, const char *bytes, size_t len)
{
	struct span_member by;

	str_addf(&o->element, "{\"actor\":%s,", o->actor.buf);
	if (!span_find(bytes, len, 0, "actor", &by)) {
		str_add_n(&o->element, bytes + 1, len - 1);
		return;
	}
	str_add_n(&o->element, bytes + 1, by.whole.from - 1);
	str_add_n(&o->element, bytes + by.whole.to, len - by.whole.to);
}

static bool take_item(void *owner, const char *bytes, size_t len, int64_t line, struct err *err)
{
	struct outbox *o = owner;

	if (is_type(bytes, len, "Announce")) {
		o->gather.report->reposts++;
		return true;
	}
	str_clear(&o->element);
	if (len <= GATHER_MAX_ELEMENT)
		compose(o, bytes, len);
	if (is_type(bytes, len, "Create") &&
	    import_kind_of(o->element.buf, o->element.len) == IMPORT_ACTIVITY)
		return gather_add(&o->gather, IMPORT_ACTIVITY, o->element.buf, o->element.len, line,
				  err);
	o->gather.report->unknown++;
	gather_note_bad(&o->gather, line);
	return true;
}

static bool take_items(void *owner, struct container *container, struct err *err)
{
	struct outbox *o = owner;

	return !str_same(container_entry(container), "outbox.json") ||
	       part_each(container, &o->gather, "\"orderedItems\"", take_item, o, err);
}

/* ---- the pictures ---- */

#define ATTACHED "media_attachments/"

/* Its path in the archive, below a folder of that name. */
static bool expect(struct outbox *o, const struct media *medium, const struct post *post,
		   struct err *err)
{
	const char *at = medium->url ? strstr(medium->url, "/" ATTACHED) : NULL;

	return medium->kind != MEDIA_IMAGE || !at ||
	       album_add(&o->album, at + strlen("/" ATTACHED), medium->url, post, err);
}

static bool expect_portrait(struct outbox *o, const struct post *post, struct err *err)
{
	struct str name = STR_INIT;
	bool ok;

	if (o->album.has_portrait || !post->author.avatar)
		return true;
	album_last_part(post->author.avatar, &name);
	ok = name.len == 0 || album_add_portrait(&o->album, name.buf, post, err);
	str_release(&name);
	return ok;
}

static bool expect_pictures(void *owner, const struct page *page, struct err *err)
{
	struct outbox *o = owner;
	bool ok = true;

	for (size_t i = 0; i < page->count && ok; i++) {
		const struct post *post = &page->posts[i];

		if (post->optout)
			continue;
		ok = expect_portrait(o, post, err);
		for (size_t k = 0; k < post->media_count && ok; k++)
			ok = expect(o, &post->media[k], post, err);
	}
	return ok;
}

static const char *const folders[] = { ATTACHED, "" };
static const struct album_places places = { folders, ARRAY_LEN(folders), PICTURE_ORIGINAL };

static bool read_all(struct outbox *o, const struct import_archive *archive, struct err *err)
{
	const struct gather *gather = &o->gather;

	return part_entries(archive, gather->report, take_items, o, err) &&
	       album_hand_out(&o->album, archive, &places, gather->client, gather->report, err);
}

bool outbox_read(const struct import_archive *archive, int64_t now,
		 const struct import_client *client, struct import_report *report, struct err *err)
{
	struct outbox *o = xcalloc(1, sizeof(*o));
	struct err broken = { 0 };
	bool ok = false;

	o->actor = o->scratch = o->element = (struct str)STR_INIT;
	gather_begin(&o->gather, now, client, report);
	o->gather.took = client->picture ? expect_pictures : NULL;
	o->gather.took_owner = o;
	if (!part_entries(archive, report, look_at, o, &broken) && broken.code != ERR_MALFORMED)
		*err = broken;
	else if (o->actor.len == 0)
		err_set(err, ERR_MALFORMED,
			"%s does not say whose posts it holds: actor.json is missing in it",
			archive->name);
	else
		ok = read_all(o, archive, err);
	gather_release(&o->gather);
	album_release(&o->album);
	str_release(&o->actor);
	str_release(&o->scratch);
	str_release(&o->element);
	free(o);
	return ok;
}
