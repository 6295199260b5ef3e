#include "archive/cli/print.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/base/zone.h"
#include "archive/text/utf8.h"

void print_time(const char *zone, int64_t ms, char out[PRINT_TIME_SIZE])
{
	struct civil c;

	out[0] = '\0';
	if (ms == 0)
		return;
	zone_civil(zone, ms, &c);
	snprintf(out, PRINT_TIME_SIZE, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour,
		 c.minute);
}

void print_count(struct str *out, int64_t n, const char *one, const char *many)
{
	str_addf(out, "%lld %s", (long long)n, n == 1 ? one : many);
}

void print_range(struct str *out, const char *zone, int64_t from, int64_t to)
{
	char first[PRINT_TIME_SIZE];
	char last[PRINT_TIME_SIZE];

	print_time(zone, from, first);
	print_time(zone, to, last);
	str_add(out, first);
	if (strcmp(first, last) != 0)
		str_addf(out, " to %s", strncmp(first, last, 10) == 0 ? last + 11 : last);
}

void print_safe(FILE *out, const char *text, int columns)
{
	struct str safe = STR_INIT;

	utf8_add_terminal(&safe, text, columns);
	fputs(safe.buf, out);
	str_release(&safe);
}

static const char *post_marks(const struct post *post)
{
	if (post->gone)
		return "(gone) ";
	if (post->visibility == VISIBILITY_UNLISTED)
		return "(unlisted) ";
	return "";
}

/* What is not text of the post stands in brackets behind it, each on a line of its own. */
static void add_body(struct str *out, const struct post *post)
{
	str_add(out, post_marks(post));
	if (post->spoiler)
		str_addf(out, "[CW %s] ", post->spoiler);
	str_add(out, post->text ? post->text : "");
	for (size_t i = 0; i < post->media_count; i++)
		str_addf(out, "\n[%s%s%s]", media_kind_name(post->media[i].kind),
			 post->media[i].alt ? ": " : "",
			 post->media[i].alt ? post->media[i].alt : "");
}

void print_post(FILE *out, const struct post *post, const char *zone, const struct wrap *wrap)
{
	const struct author *author = &post->author;
	struct str text = STR_INIT;
	char when[PRINT_TIME_SIZE];

	print_time(zone, post->created, when);
	str_addf(&text, "%s  %s  %s  %s", post->short_id, when, network_label(post->network),
		 author->name ? author->name : "");
	if (author->handle && !str_same(author->handle, author->name))
		str_addf(&text, " %s", author->handle);
	print_safe(out, text.buf, wrap->columns);
	fputc('\n', out);
	str_clear(&text);
	add_body(&text, post);
	wrap_print(out, text.buf, wrap);
	str_release(&text);
}

static void author_json(struct jwrite *w, const struct author *author)
{
	jwrite_open_object(w, "author");
	jwrite_text(w, "handle", author->handle);
	jwrite_text(w, "name", author->name);
	jwrite_text(w, "url", author->url);
	jwrite_close_object(w);
}

static void media_json(struct jwrite *w, const struct post *post)
{
	jwrite_open_array(w, "media");
	for (size_t i = 0; i < post->media_count; i++) {
		const struct media *media = &post->media[i];

		jwrite_open_object(w, NULL);
		jwrite_text(w, "kind", media_kind_name(media->kind));
		jwrite_text(w, "url", media->url);
		jwrite_text(w, "preview", media->preview);
		jwrite_text(w, "alt", media->alt);
		jwrite_int(w, "width", media->width);
		jwrite_int(w, "height", media->height);
		jwrite_close_object(w);
	}
	jwrite_close_array(w);
}

void print_post_json(struct jwrite *w, const char *key, const struct post *post)
{
	jwrite_open_object(w, key);
	print_post_members(w, post);
	jwrite_close_object(w);
}

void print_post_members(struct jwrite *w, const struct post *post)
{
	jwrite_text(w, "id", post->short_id);
	jwrite_text(w, "uri", post->uri);
	jwrite_text(w, "url", post->url);
	jwrite_text(w, "network", network_name(post->network));
	author_json(w, &post->author);
	jwrite_time(w, "created_at", post->created);
	jwrite_text(w, "text", post->text);
	jwrite_text(w, "html", post->html);
	jwrite_text(w, "spoiler", post->spoiler);
	jwrite_text(w, "lang", post->lang);
	jwrite_texts(w, "tags", post->tags, post->tag_count);
	media_json(w, post);
	jwrite_text(w, "reply_to", post->reply_uri);
	jwrite_text(w, "quote_of", post->quote_uri);
	jwrite_text(w, "visibility", visibility_name(post->visibility));
	jwrite_bool(w, "gone", post->gone != 0);
}

/* NULL when none is named. */
static const char *pager_name(void)
{
	const char *own = getenv("ARCHIVE_PAGER"), *any = getenv("PAGER");

	if (own && *own)
		return own;
	return any && *any ? any : NULL;
}

FILE *print_open_pager(bool wanted)
{
	static const char fallback[] =
		"if command -v less >/dev/null; then exec less; else exec cat; fi";
	const char *pager = pager_name();
	FILE *out;

	if (!wanted || !isatty(STDOUT_FILENO))
		return stdout;
	setenv("LESS", "FRX", 0);
	fflush(stdout);
	/* The user's own words, as every program runs them. NOLINTNEXTLINE(cert-env33-c) */
	out = popen(pager ? pager : fallback, "w");
	if (!out)
		return stdout;
	signal(SIGPIPE, SIG_IGN); /* who leaves the pager has seen enough */
	return out;
}

bool print_close_pager(FILE *out, bool ok, struct err *err)
{
	const char *pager = pager_name();
	int status = out != stdout ? pclose(out) : 0;

	/* The shell's words for what is not there or is no program; how a pager that ran has ended
	 * is its own affair. */
	if (!ok || status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) < 126)
		return ok;
	return err_set(err, ERR_IO, "the pager '%s' failed: name another in PAGER (cat is none)",
		       pager ? pager : "");
}
