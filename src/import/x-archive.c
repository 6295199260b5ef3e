#include "archive/import/part.h"

#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/import/album.h"
#include "archive/import/notes.h"
#include "archive/json/read.h"
#include "archive/json/write.h"
#include "archive/source/span.h"
#include "archive/source/x-old.h"

struct x_archive {
	struct gather gather;
	struct notes notes;
	struct album album;
	struct str account, profile, scratch; /* account and profile: JSON as it stood there */
	struct str user;		      /* "user":{…}, for each element */
	struct str element;
	struct str bio; /* of the first archives, as JSON: their posts hold all else of the owner */
	bool locked;	/* only followers could read it when the archive was made */
	bool has_months; /* it is one of the first */
	bool in_month;	 /* so is what is read now: each post has its author */
};

static const char *without_data(const char *entry)
{
	return str_starts(entry, "data/") ? entry + strlen("data/") : entry;
}

/* Of the archives from 2012 to 2018: ".../js/tweets/2013_05.js". */
static bool is_month(const char *entry)
{
	static const char folder[] = "js/tweets/";
	const char *at = strstr(entry, folder);
	const char *name = at ? at + strlen(folder) : "";

	return at && (at == entry || at[-1] == '/') && strspn(name, "0123456789") == 4 &&
	       name[4] == '_' && strspn(name + 5, "0123456789") == 2 && str_same(name + 7, ".js");
}

bool x_archive_has_posts(const char *entry)
{
	const char *rest = without_data(entry);

	if (is_month(entry))
		return true;
	if (!str_starts(rest, "tweet"))
		return false;
	rest += strlen("tweet");
	rest += *rest == 's';
	if (str_starts(rest, "-part")) {
		rest += strlen("-part");
		rest += strspn(rest, "0123456789");
	}
	return str_same(rest, ".js");
}

/* ---- whose it is ---- */

/* The member of the list's first element, as it stands there. */
static void keep_member(struct str *small, const char *path, struct str *out)
{
	const char *list = strchr(small->buf, '[');
	size_t from = list ? (size_t)(list - small->buf) : small->len;
	struct span_member member;

	str_clear(out);
	if (span_path(small->buf, small->len, from, path, &member))
		str_add_n(out, small->buf + member.value.from, member.value.to - member.value.from);
}

/* The last word on it: [{"protectedHistory": {"protectedAt": …, "action": "Protect"}}, …] */
static bool ends_protected(const struct str *small)
{
	struct str last = STR_INIT;
	struct jelements reader;
	struct jnode *node;
	struct err why = { 0 };
	const char *list = strchr(small->buf, '[');
	size_t len = list ? small->len - (size_t)(list - small->buf) : 0;
	bool is_protected = false;
	int rc;

	if (!list || !jelements_begin(&reader, list, len, ""))
		return false;
	while ((rc = jelements_next(&reader, &node, &why)) != 0) {
		const struct jnode *entry = rc > 0 ? jnode_get(node, "protectedHistory") : NULL;
		const char *at = jnode_string(entry, "protectedAt");

		if (at && strcmp(at, last.buf) >= 0) {
			str_clear(&last);
			str_add(&last, at);
			is_protected = str_same(jnode_string(entry, "action"), "Protect");
		}
		if (rc > 0)
			jnode_free(node);
	}
	str_release(&last);
	return is_protected;
}

static bool keep_note(void *owner, const char *bytes, size_t len, int64_t line, struct err *err)
{
	struct x_archive *x = owner;

	(void)line;
	(void)err;
	notes_add(&x->notes, bytes, len);
	return true;
}

/* var user_details = {"screen_name": …, "full_name": …, "bio": …, "id": …} */
static void keep_bio(struct x_archive *x)
{
	const char *from = strchr(x->scratch.buf, '{');
	struct err why = { 0 };
	struct jnode *details = from ? jnode_parse(from, strlen(from), &why) : NULL;
	const char *bio = jnode_string(details, "bio");
	struct jwrite w;

	str_clear(&x->bio);
	if (bio) {
		jwrite_begin(&w, &x->bio);
		jwrite_text(&w, NULL, bio);
	}
	jnode_free(details);
}

static bool look_at(void *owner, struct container *container, struct err *err)
{
	struct x_archive *x = owner;
	const char *name = without_data(container_entry(container));

	x->has_months = x->has_months || is_month(name);
	if (str_ends(name, "js/user_details.js")) {
		part_small(container, &x->scratch);
		keep_bio(x);
		return true;
	}
	if (str_same(name, "note-tweet.js"))
		return part_each(container, &x->gather, "", keep_note, x, err);
	if (!str_same(name, "account.js") && !str_same(name, "profile.js") &&
	    !str_same(name, "protected-history.js"))
		return true;
	part_small(container, &x->scratch);
	if (str_same(name, "account.js"))
		keep_member(&x->scratch, "0.account", &x->account);
	else if (str_same(name, "profile.js"))
		keep_member(&x->scratch, "0.profile", &x->profile);
	else
		x->locked = ends_protected(&x->scratch);
	return true;
}

/* Of what the archive tells of its owner only what every post shows. */
static bool make_user(struct x_archive *x)
{
	struct err why = { 0 };
	struct jnode *account = jnode_parse(x->account.buf, x->account.len, &why);
	struct jnode *profile = jnode_parse(x->profile.buf, x->profile.len, &why);
	bool ok = jnode_string(account, "username") && jnode_string(account, "accountId");
	struct jwrite w;

	str_clear(&x->user);
	jwrite_begin(&w, &x->user);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "id_str", jnode_string(account, "accountId"));
	jwrite_text(&w, "screen_name", jnode_string(account, "username"));
	jwrite_text(&w, "name", jnode_string(account, "accountDisplayName"));
	jwrite_text(&w, "profile_image_url_https", jnode_string(profile, "avatarMediaUrl"));
	jwrite_text(&w, "description", jnode_string(jnode_get(profile, "description"), "bio"));
	jwrite_bool(&w, "protected", x->locked);
	jwrite_close_object(&w);
	jnode_free(account);
	jnode_free(profile);
	return ok;
}

/* ---- the posts ---- */

/* A string of the element, without its escapes undone. */
static bool begins_with(const char *bytes, size_t len, const char *key, const char *word)
{
	struct span_member member;

	return span_find(bytes, len, 0, key, &member) &&
	       member.value.to - member.value.from > strlen(word) &&
	       !memcmp(bytes + member.value.from + 1, word, strlen(word));
}

/* Archives tell reposts by their text alone. */
static bool is_repost(const char *bytes, size_t len)
{
	return begins_with(bytes, len, "full_text", "RT @") ||
	       begins_with(bytes, len, "text", "RT @");
}

static bool find_note(struct x_archive *x, const char *bytes, size_t len, struct str *out)
{
	struct err why = { 0 };
	struct str time = STR_INIT;
	struct jnode *node;
	bool found;

	if (x->notes.count == 0)
		return false;
	node = jnode_parse(bytes, len, &why);
	found = x_old_time(&time, jnode_string(node, "created_at")) &&
		notes_find(&x->notes, time.buf, jnode_string(node, "full_text"), out);
	str_release(&time);
	jnode_free(node);
	return found;
}

/* The element with its author, and its long text, inside. */
static void compose(struct x_archive *x, const char *bytes, size_t len)
{
	struct str note = STR_INIT;

	str_addf(&x->element, "{\"user\":%s,", x->user.buf);
	if (find_note(x, bytes, len, &note))
		str_addf(&x->element, "\"noteTweet\":%s,", note.buf);
	str_add_n(&x->element, bytes + 1, len - 1);
	str_release(&note);
}

/* The element with what its author says of himself inside of him. */
static void compose_month(struct x_archive *x, const char *bytes, size_t len)
{
	struct span_member user;
	size_t inside;

	if (x->bio.len == 0 || !span_find(bytes, len, 0, "user", &user) ||
	    bytes[user.value.from] != '{' ||
	    bytes[span_blank(bytes, len, user.value.from + 1)] != '"') {
		str_add_n(&x->element, bytes, len);
		return;
	}
	inside = user.value.from + 1;
	str_add_n(&x->element, bytes, inside);
	str_addf(&x->element, "\"description\":%s,", x->bio.buf);
	str_add_n(&x->element, bytes + inside, len - inside);
}

static bool take_element(void *owner, const char *bytes, size_t len, int64_t line, struct err *err)
{
	struct x_archive *x = owner;
	struct span_member inner;

	if (span_find(bytes, len, 0, "tweet", &inner) && bytes[inner.value.from] == '{') {
		len = inner.value.to - inner.value.from;
		bytes += inner.value.from;
	}
	if (is_repost(bytes, len)) {
		x->gather.report->reposts++;
		return true;
	}
	str_clear(&x->element);
	if (len <= GATHER_MAX_ELEMENT && x->in_month)
		compose_month(x, bytes, len);
	else if (len <= GATHER_MAX_ELEMENT)
		compose(x, bytes, len);
	if (import_kind_of(x->element.buf, x->element.len) == IMPORT_X_OLD)
		return gather_add(&x->gather, IMPORT_X_OLD, x->element.buf, x->element.len, line,
				  err);
	x->gather.report->malformed++;
	gather_note_bad(&x->gather, line);
	return true;
}

static bool take_posts(void *owner, struct container *container, struct err *err)
{
	struct x_archive *x = owner;

	x->in_month = is_month(container_entry(container));
	return !x_archive_has_posts(container_entry(container)) ||
	       part_each(container, &x->gather, "", take_element, x, err);
}

/* ---- the pictures ---- */

/* "ID-FILE": the file as its address names it, the post or the account before it. */
static bool expect(struct x_archive *x, const char *id, const char *url, const struct post *post,
		   struct err *err)
{
	struct str file = STR_INIT, name = STR_INIT;
	bool ok = true;

	if (!id || !url)
		return true;
	album_last_part(url, &file);
	str_addf(&name, "%s-%s", id, file.buf);
	if (file.len > 0 && url == post->author.avatar)
		ok = album_add_portrait(&x->album, name.buf, post, err);
	else if (file.len > 0)
		ok = album_add(&x->album, name.buf, url, post, err);
	str_release(&file);
	str_release(&name);
	return ok;
}

/* Films are there, too; a still of one seldom is. */
static bool expect_pictures(void *owner, const struct page *page, struct err *err)
{
	struct x_archive *x = owner;
	bool ok = true;

	for (size_t i = 0; i < page->count && ok; i++) {
		const struct post *post = &page->posts[i];

		if (post->optout)
			continue;
		ok = x->album.has_portrait ||
		     expect(x, post->author.network_id, post->author.avatar, post, err);
		for (size_t k = 0; k < post->media_count && ok; k++) {
			const struct media *m = &post->media[k];

			ok = expect(x, post->network_id,
				    m->kind == MEDIA_IMAGE ? m->url : m->preview, post, err);
		}
	}
	return ok;
}

/* Where they lay in the years; what X serves of a picture may be larger. */
static const char *const folders[] = { "tweets_media/", "tweet_media/", "profile_media/" };
static const struct album_places places = { folders, ARRAY_LEN(folders), PICTURE_LARGE };

static bool read_all(struct x_archive *x, const struct import_archive *archive, struct err *err)
{
	const struct gather *gather = &x->gather;

	return part_entries(archive, gather->report, take_posts, x, err) &&
	       album_hand_out(&x->album, archive, &places, gather->client, gather->report, err);
}

bool x_archive_read(const struct import_archive *archive, int64_t now,
		    const struct import_client *client, struct import_report *report,
		    struct err *err)
{
	struct x_archive *x = xcalloc(1, sizeof(*x));
	struct err broken = { 0 };
	bool ok = false;

	x->account = x->profile = x->scratch = x->user = x->element = (struct str)STR_INIT;
	x->bio = (struct str)STR_INIT;
	gather_begin(&x->gather, now, client, report);
	x->gather.took = client->picture ? expect_pictures : NULL;
	x->gather.took_owner = x;
	/* a damaged one may still say whose it is */
	if (!part_entries(archive, report, look_at, x, &broken) && broken.code != ERR_MALFORMED)
		*err = broken;
	else if (!make_user(x) && !x->has_months)
		err_set(err, ERR_MALFORMED,
			"%s does not say whose posts it holds: data/account.js is missing in it",
			archive->name);
	else
		ok = read_all(x, archive, err);
	gather_release(&x->gather);
	notes_release(&x->notes);
	album_release(&x->album);
	str_release(&x->account);
	str_release(&x->profile);
	str_release(&x->scratch);
	str_release(&x->user);
	str_release(&x->element);
	str_release(&x->bio);
	free(x);
	return ok;
}
