#include "archive/cli/follow-screen.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/base/clock.h"
#include "archive/base/mem.h"
#include "archive/cli/follow-frame.h"
#include "archive/cli/print.h"
#include "archive/store/minutes.h"

#define REDRAW_MS     INT64_C(1000)
#define EVENING_MS    (INT64_C(12) * 3600000) /* no evening is longer */
#define CLOCKS_DIFFER INT64_C(3600000)	      /* what says to be of later is not believed */
#define MOST_NETWORKS 8

enum manner { MANNER_SCREEN, MANNER_LINES, MANNER_JSON, MANNER_SILENT };

/* What was told of a walk. */
struct told {
	int64_t fresh;
	struct str why;
};

struct follow_screen {
	const struct cli *cli;
	const struct fetch_options *options;
	enum manner manner;
	struct told *told; /* one a walk; made when the first are seen */
	size_t told_count;
	/* of the screen */
	struct str drawn; /* the lines that stand there */
	int lines, columns;
	int64_t drawn_at;
	int64_t fresh; /* as of which the store was read; -1 = never */
	struct arena arena;
	struct minute *minutes;
	size_t minute_count;
	struct follow_last lasts[MOST_NETWORKS];
	size_t last_count;
};

static enum manner choose_manner(const struct cli *cli)
{
	if (cli->json)
		return MANNER_JSON;
	if (cli->quiet)
		return MANNER_SILENT;
	return isatty(STDOUT_FILENO) && isatty(STDERR_FILENO) ? MANNER_SCREEN : MANNER_LINES;
}

struct follow_screen *follow_screen_new(const struct cli *cli, const struct fetch_options *options)
{
	struct follow_screen *screen = xcalloc(1, sizeof(*screen));

	screen->cli = cli;
	screen->options = options;
	screen->manner = choose_manner(cli);
	screen->drawn = (struct str)STR_INIT;
	screen->drawn_at = -REDRAW_MS;
	screen->fresh = -1;
	return screen;
}

/* ---- in a pipe ---- */

static void prepare(struct follow_screen *screen, size_t count)
{
	if (screen->told)
		return;
	screen->told = xcalloc(count, sizeof(*screen->told));
	screen->told_count = count;
	for (size_t i = 0; i < count; i++)
		screen->told[i].why = (struct str)STR_INIT;
}

static void print_news(const struct follow_screen *screen, const struct walk_view *view,
		       int64_t news)
{
	struct str line = STR_INIT;
	char when[PRINT_TIME_SIZE];

	print_time(screen->cli->zone, clock_now(), when);
	str_addf(&line, "%s %s", when + 11, view->source->name.buf);
	if (screen->options->tag_count > 1)
		str_addf(&line, " #%s", view->tag);
	str_add(&line, ": ");
	print_count(&line, news, "new post", "new posts");
	print_safe(stdout, line.buf, 1000);
	putchar('\n');
	fflush(stdout);
	str_release(&line);
}

static void print_event(const char *event, const struct walk_view *view, int64_t news)
{
	struct str out = STR_INIT;
	struct jwrite w;

	jwrite_begin(&w, &out);
	jwrite_open_object(&w, NULL);
	jwrite_text(&w, "event", event);
	jwrite_time(&w, "at", clock_now());
	jwrite_text(&w, "source", view->source->name.buf);
	jwrite_text(&w, "tag", view->tag);
	if (news > 0) {
		jwrite_int(&w, "new", news);
		jwrite_time(&w, "newest", view->newest);
	} else {
		jwrite_text(&w, "why", view->why);
	}
	jwrite_close_object(&w);
	puts(out.buf);
	fflush(stdout);
	str_release(&out);
}

static void tell_news(const struct follow_screen *screen, struct told *told,
		      const struct walk_view *view)
{
	int64_t news = view->run.fresh - told->fresh;

	told->fresh = view->run.fresh;
	if (news <= 0)
		return;
	if (screen->manner == MANNER_JSON)
		print_event("posts", view, news);
	else
		print_news(screen, view, news);
}

/* A look that did not come to its end, once. */
static void tell_trouble(struct told *told, const struct walk_view *view)
{
	if (view->state == WALK_READING)
		return;
	if (view->why && !str_same(view->why, told->why.buf))
		print_event("trouble", view, 0);
	str_clear(&told->why);
	str_add(&told->why, view->why ? view->why : "");
}

/* ---- on a terminal ---- */

static bool is_listed(const struct follow_screen *screen, enum network network)
{
	for (size_t i = 0; i < screen->last_count; i++)
		if (screen->lasts[i].network == network)
			return true;
	return screen->last_count == MOST_NETWORKS;
}

static void list_networks(struct follow_screen *screen, const struct walk_view *views, size_t count)
{
	screen->last_count = 0;
	for (size_t i = 0; i < count; i++) {
		enum network network = views[i].source->ops->network;

		if (!is_listed(screen, network))
			screen->lasts[screen->last_count++].network = network;
	}
}

static void take_last(struct follow_screen *screen, struct follow_last *last,
		      const struct post *post)
{
	const struct author *author = &post->author;

	last->time = post->created;
	last->who = arena_strdup(&screen->arena, author->name ? author->name : author->handle);
	last->text = post->spoiler ? arena_printf(&screen->arena, "[CW %s]", post->spoiler)
				   : arena_strdup(&screen->arena, post->text);
}

static void read_last(struct follow_screen *screen, struct follow_last *last)
{
	const char *network = network_name(last->network);
	const struct search_query query = { .wanted[SEARCH_NETWORK] = { &network, 1 } };
	const struct post_filter filter = {
		.query = &query,
		.tags = screen->options->tags,
		.tag_count = screen->options->tag_count,
		.until = clock_now() + CLOCKS_DIFFER,
		.limit = 1,
		.unlisted = true,
	};
	struct post_cursor *cursor = NULL;
	struct err ignored = { 0 };
	struct post post;

	*last = (struct follow_last){ .network = last->network };
	if (store_posts(screen->cli->store, &filter, &cursor, &ignored) &&
	    post_cursor_next(cursor, &post, &ignored) > 0)
		take_last(screen, last, &post);
	post_cursor_free(cursor);
}

/* What the store says of the evening, when something came. A store that cannot be read ends the
 * fetch itself. */
static void read_store(struct follow_screen *screen, const struct walk_view *views, size_t count)
{
	int64_t since = screen->options->since;
	struct err ignored = { 0 };
	int64_t fresh = 0;
	int64_t now = clock_now();

	for (size_t i = 0; i < count; i++)
		fresh += views[i].run.fresh;
	if (fresh == screen->fresh)
		return;
	screen->fresh = fresh;
	arena_clear(&screen->arena);
	list_networks(screen, views, count);
	for (size_t i = 0; i < screen->last_count; i++)
		read_last(screen, &screen->lasts[i]);
	if (!store_minutes(screen->cli->store, screen->options->tags, screen->options->tag_count,
			   since ? since : now - EVENING_MS, now + MINUTE_MS, &screen->arena,
			   &screen->minutes, &screen->minute_count, &ignored))
		screen->minute_count = 0;
}

static void compose(const struct follow_screen *screen, const struct walk_view *views, size_t count,
		    struct str *out)
{
	const struct follow_frame frame = {
		.options = screen->options,
		.zone = screen->cli->zone,
		.now = clock_now(),
		.from = screen->minute_count > 0 ? screen->minutes[0].time : 0,
		.minutes = screen->minutes,
		.minute_count = screen->minute_count,
		.lasts = screen->lasts,
		.last_count = screen->last_count,
		.views = views,
		.view_count = count,
	};

	follow_frame_add(out, &frame, cli_columns(STDERR_FILENO) - 1, cli_rows(STDERR_FILENO) - 1);
}

/* To the first line of what is drawn. A terminal that became narrower has broken the lines anew,
 * nobody knows how: what is drawn then stays above. */
static void go_back(struct follow_screen *screen, struct str *out)
{
	if (screen->lines > 0 && screen->columns == cli_columns(STDERR_FILENO))
		str_addf(out, "\033[%dA", screen->lines);
	str_add(out, "\r\033[J");
}

static void draw(struct follow_screen *screen, const struct str *lines)
{
	struct str out = STR_INIT;

	go_back(screen, &out);
	str_add(&out, lines->buf);
	fwrite(out.buf, 1, out.len, stderr);
	fflush(stderr);
	str_release(&out);
	str_clear(&screen->drawn);
	str_add(&screen->drawn, lines->buf);
	screen->columns = cli_columns(STDERR_FILENO);
	screen->lines = 0;
	for (const char *p = lines->buf; (p = strchr(p, '\n')); p++)
		screen->lines++;
}

static void redraw(struct follow_screen *screen, const struct walk_view *views, size_t count)
{
	struct str lines = STR_INIT;

	if (clock_steady() - screen->drawn_at < REDRAW_MS)
		return;
	screen->drawn_at = clock_steady();
	read_store(screen, views, count);
	compose(screen, views, count, &lines);
	if (!str_same(lines.buf, screen->drawn.buf))
		draw(screen, &lines);
	str_release(&lines);
}

void follow_screen_watch(void *owner, const struct walk_view *views, size_t count)
{
	struct follow_screen *screen = owner;

	if (screen->manner == MANNER_SILENT)
		return;
	if (screen->manner == MANNER_SCREEN) {
		redraw(screen, views, count);
		return;
	}
	prepare(screen, count);
	for (size_t i = 0; i < screen->told_count; i++) {
		tell_news(screen, &screen->told[i], &views[i]);
		if (screen->manner == MANNER_JSON)
			tell_trouble(&screen->told[i], &views[i]);
	}
}

void follow_screen_free(struct follow_screen *screen)
{
	struct str out = STR_INIT;

	if (!screen)
		return;
	if (screen->lines > 0) {
		go_back(screen, &out);
		fwrite(out.buf, 1, out.len, stderr);
		fflush(stderr);
	}
	for (size_t i = 0; i < screen->told_count; i++)
		str_release(&screen->told[i].why);
	free(screen->told);
	str_release(&out);
	str_release(&screen->drawn);
	arena_release(&screen->arena);
	free(screen);
}
