/*
 * The picker as a person uses it, in a store that make-store made: how long from a key to the drawn
 * screen, and how long a key may have to wait for what is done in between.
 *
 *     bench-keys STORE
 */
#include <locale.h>

#include "archive/base/clock.h"
#include "archive/picker/key.h"
#include "archive/picker/picker.h"
#include "archive/store/threads.h"
#include "archive/text/utf8.h"
#include "figures.h"

#define COLUMNS	     120
#define LINES	     40
#define FIRST_GOAL   50
#define KEY_GOAL     16
#define MEMORY_GOAL  16
#define IDLE_STEPS   8 /* between two keys */
#define SLOWEST	     8
#define ROUNDS	     3
#define FIRST_ROUNDS 11

static struct err err[1];
static struct figures figures, keys, idles;

/* An evening's work: looking around, choosing and dropping, searching while typing, filters, a
 * heading, a note, moving, undoing. Enter, Tab, Escape and Backspace are written as they are. */
static const char session[] =
	"jjjj jj x j   kk\x04\x04  jjxx \x15  G k k  g"
	"/監視の話\rjj  n\x04 \033\033"
	"/信頼できる情報\rj \033\033/kubernetes night\r  \033\033/鬱蒼\r \033\033"
	"/の\rjj\x04  \033/東京 資料\r  \033\033/zeppelin\r\033\033"
	"fmjj \033fij  \033f?\x04j \033fujj  \033fl\x04 \033fajj\033fdj\033"
	"hはじめに / はな\r\tjjJJKKjJkK+-jcrjj]k[nメモです\rlhttps://slides.example/ 資料\r"
	"u\x12uu\x12\x12\tjjtjjt))((ss"
	"vjjjjj vjjjx?\x06\x02q\rjjq\t\x04\x04Gg\tG\x02\x02g";

static struct press press_of(uint32_t c)
{
	static const struct {
		uint32_t c;
		enum press_kind kind;
	} names[] = { { '\r', PRESS_ENTER },
		      { '\t', PRESS_TAB },
		      { '\033', PRESS_ESCAPE },
		      { '\177', PRESS_BACKSPACE } };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (c == names[i].c)
			return (struct press){ .kind = names[i].kind };
	return (struct press){ .kind = PRESS_CHAR, .c = c };
}

/* ---- the slowest ---- */

struct slow {
	double ms; /* of CPU: of other load it knows less */
	size_t at; /* in the session */
};

static struct slow slowest[SLOWEST];

static void note(double ms, size_t at)
{
	size_t least = 0;

	for (size_t i = 1; i < SLOWEST; i++)
		if (slowest[i].ms < slowest[least].ms)
			least = i;
	if (ms > slowest[least].ms)
		slowest[least] = (struct slow){ ms, at };
}

static void print_slowest(void)
{
	for (size_t i = 0; i < SLOWEST; i++) {
		const char *p = session + slowest[i].at;
		const struct press press = press_of(utf8_next(&p, session + sizeof(session) - 1));
		struct str name = STR_INIT;

		key_add_press(&name, &press);
		printf("%8.2f ms of CPU: %s, byte %zu of the session\n", slowest[i].ms, name.buf,
		       slowest[i].at);
		str_release(&name);
	}
}

/* ---- the session ---- */

static void rest(struct picker *picker)
{
	bool more = true, changed;

	for (int i = 0; more && i < IDLE_STEPS; i++) {
		figures_begin(&idles);
		more = picker_idle(picker, clock_steady(), &changed);
		figures_end(&idles);
	}
}

static void play(struct picker *picker, struct frame *frame)
{
	const char *p = session, *end = session + sizeof(session) - 1;

	while (p < end) {
		const size_t at = (size_t)(p - session);
		const struct press press = press_of(utf8_next(&p, end));

		figures_begin(&keys);
		picker_press(picker, &press);
		picker_draw(picker, frame, COLUMNS, LINES);
		figures_end(&keys);
		note(keys.cpu[keys.count - 1], at);
		rest(picker);
	}
}

static struct picker *first_screen(const char *path, int64_t thread, struct store **store,
				   struct frame *frame)
{
	struct picker *picker;

	figures_begin(&figures);
	*store = store_open(path, STORE_WRITE, err);
	figures_must(*store, err->msg);
	picker = picker_new(*store, thread, &(struct picker_options){ .zone = "Asia/Tokyo" }, err);
	figures_must(picker, err->msg);
	picker_draw(picker, frame, COLUMNS, LINES);
	figures_end(&figures);
	return picker;
}

static int64_t open_thread(const char *path)
{
	static const char *const tags[] = { "ssmjp" };
	struct thread thread = { .slug = "picked", .tags = tags, .tag_count = 1 }, there;
	struct store *store = store_open(path, STORE_WRITE, err);
	struct arena arena = ARENA_INIT;

	figures_must(store, err->msg);
	if (thread_load(store, thread.slug, &arena, &there, err))
		thread.id = there.id;
	else
		figures_must(thread_create(store, &thread, &thread.id, err), err->msg);
	arena_release(&arena);
	store_close(store);
	return thread.id;
}

static void print_memory(void)
{
	double megabytes = figures_resident("VmHWM:");

	printf("%8.1f MB resident at its peak, goal <= %d%s\n", megabytes, MEMORY_GOAL,
	       megabytes > MEMORY_GOAL ? " MISSED" : "");
}

int main(int argc, char **argv)
{
	struct frame frame = FRAME_INIT;
	struct picker *picker = NULL;
	struct store *store = NULL;
	int64_t thread;

	figures_must(argc == 2, "bench-keys STORE");
	setlocale(LC_CTYPE, "C.UTF-8");
	thread = open_thread(argv[1]);
	figures_head();
	for (int n = 0; n < FIRST_ROUNDS; n++) {
		picker_free(picker);
		store_close(store);
		picker = first_screen(argv[1], thread, &store, &frame);
	}
	figures_print("the picker's first screen, the store opened, too", &figures, FIRST_GOAL);
	for (int n = 0; n < ROUNDS; n++)
		play(picker, &frame);
	figures_print("a key, until its screen is drawn", &keys, KEY_GOAL);
	figures_print("a step of what is done between keys", &idles, KEY_GOAL);
	print_memory();
	print_slowest();
	picker_free(picker);
	store_close(store);
	frame_release(&frame);
	return EXIT_SUCCESS;
}
