#include "archive/collect/signin.h"

#include <sys/stat.h>

#include "archive/base/hash.h"
#include "archive/base/io.h"

#define MAX_FILE ((size_t)64 << 10)

/* A name of its own for each account at each server, that tells neither. */
static void add_name(struct str *out, const struct source *source)
{
	struct str key = STR_INIT;
	uint8_t hash[HASH_SIZE];

	str_addf(&key, "%s\n%s", source->base.buf, source->login.buf);
	hash_sha256(key.buf, key.len, hash);
	str_addf(out, "/session-%s-", network_name(source->ops->network));
	for (size_t i = 0; i < HASH_SIZE / 4; i++)
		str_addf(out, "%02x", hash[i]);
	str_release(&key);
}

void signin_init(struct signin *signin, struct source *source, const char *folder)
{
	*signin = (struct signin){ .source = source, .path = STR_INIT, .session = SESSION_INIT };
	if (!folder || !source->ops->session || source->login.len == 0)
		return;
	str_add(&signin->path, folder);
	add_name(&signin->path, source);
}

void signin_release(struct signin *signin)
{
	str_release(&signin->path);
	session_release(&signin->session);
}

static bool is_private(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 077) == 0;
}

/* A file that is not there, or is not what it should be, is none. */
static void look(struct signin *signin)
{
	struct err ignored = { 0 };
	struct str text = STR_INIT;

	signin->looked = true;
	if (signin->path.len > 0 && is_private(signin->path.buf) &&
	    io_read_file(signin->path.buf, MAX_FILE, &text, &ignored) &&
	    !session_read(text.buf, text.len, &signin->session, &ignored))
		session_release(&signin->session);
	str_wipe(&text);
	str_release(&text);
}

/* Without the file a session lasts as long as the program. */
static void keep(struct signin *signin)
{
	struct err ignored = { 0 };
	struct str text = STR_INIT;
	bool kept;

	session_write(&signin->session, &text);
	kept = signin->path.len > 0 && io_make_parent(signin->path.buf, &ignored) &&
	       io_write_private(signin->path.buf, text.buf, text.len, &ignored);
	(void)kept;
	str_wipe(&text);
	str_release(&text);
}

static void use(struct signin *signin)
{
	str_wipe(&signin->source->token);
	str_add(&signin->source->token, signin->session.access.buf);
}

bool signin_is_due(struct signin *signin, int64_t now)
{
	const struct session_ops *ops = signin->source->ops->session;
	const struct session *session = &signin->session;
	int64_t age;

	if (!ops || signin->source->login.len == 0)
		return false;
	if (!signin->looked)
		look(signin);
	age = now - session->made;
	if (signin->expired || session->access.len == 0 || age < 0 || age >= ops->lives_ms)
		return true;
	use(signin);
	return false;
}

bool signin_request(struct signin *signin, struct http_request *out, struct err *err)
{
	const struct session_ops *ops = signin->source->ops->session;

	signin->renewing = !signin->anew && signin->session.refresh.len > 0;
	if (signin->renewing)
		return ops->renew(signin->source, &signin->session, out, err);
	return ops->open(signin->source, out, err);
}

/* Another program may have renewed it meanwhile, which ends the one that is held here. */
static void give_up_renewing(struct signin *signin)
{
	struct str former = STR_INIT;

	str_add(&former, signin->session.refresh.buf);
	look(signin);
	signin->expired = str_same(former.buf, signin->session.refresh.buf);
	signin->anew = signin->expired;
	str_wipe(&former);
	str_release(&former);
}

bool signin_take(struct signin *signin, const struct http_answer *answer, struct err *err)
{
	struct err failure = { 0 };

	if (!signin->source->ops->session->take(signin->source, answer, &signin->session,
						&failure)) {
		if (!signin->renewing || failure.code != ERR_EXPIRED) {
			*err = failure;
			return false;
		}
		give_up_renewing(signin);
		return true;
	}
	signin->expired = signin->anew = false;
	keep(signin);
	use(signin);
	return true;
}

void signin_expire(struct signin *signin)
{
	signin->expired = true;
}
