/*
 * A search's newest 50 in a store that make-store made, whatever is put together: words that many
 * and few posts say, tags, people, traits. Each in a store just opened, as the command has it.
 *
 *     bench-searches STORE [SEARCH...]
 */
#include "archive/store/store.h"
#include "figures.h"

#define LIMIT	50
#define RUNS	21
#define MOST_MS 2000 /* and no more runs when so much time was spent */
#define GOAL	5

static struct err err[1];

static const char *const searches[] = {
	/* words */
	"監視",
	"良かった",
	"薔薇",
	"の",
	"東",
	"鬱",
	"信頼できる情報",
	"資料 東京",
	"監視 運用 東京",
	"監視 -話",
	"archive",
	"zeppelin",
	"the",
	"\"the archive\"",
	"kyoto",
	"ku*",
	"🎉",
	"無い言葉",
	/* beside filters */
	"の has:media",
	"監視 has:alt",
	"監視 has:cw",
	"監視 network:misskey -has:alt",
	"の is:gone",
	"監視 tag:ssmjp",
	"監視 tag:sre",
	"の tag:sre since:2017-09-01",
	"薔薇 tag:sre",
	"監視 tag:sre tag:infra",
	"監視 -tag:ssmjp",
	"監視 since:2017-07-20 until:2017-08-01",
	"監視 from:@u7",
	"の from:@u1400",
	"監視 from:@u1400",
	"監視 from:@u7 tag:sre",
	"監視 from:@u5000",
	"薔薇 from:@u7",
	"資料 from:大阪",
	"資料 from:@u7 from:@u1400",
	"監視 -from:@u7",
	"監視 from:@u7 sort:oldest",
	"の tag:sre sort:oldest",
	/* filters alone */
	"-監視 is:reply",
	"-の",
	"-の tag:sre",
	"-監視 from:@u7",
	"-監視 from:大阪 tag:sre",
	"from:@u1400",
	"from:@u7 from:@u1400",
	"from:大阪",
	"from:大阪 tag:sre",
	"from:@nobody",
	"from:@u7 tag:sre",
	"from:@u7 has:alt",
	"from:@u7 tag:sre has:media",
	"tag:sre is:reply has:media",
	"tag:sre tag:infra",
	"tag:ssmjp tag:sre",
	"tag:ssmjp -tag:sre",
	"-tag:ssmjp",
	"is:gone",
	"has:poll",
	"has:cw is:reply",
	"network:misskey has:media",
	"lang:en",
	"is:unlisted",
	"is:edited",
	/* the best of them */
	"薔薇 sort:relevance",
	"kyoto sort:relevance",
	"監視 sort:relevance",
	"の sort:relevance",
	"監視 東京 sort:relevance",
};

static size_t find(struct store *store, const struct post_filter *filter)
{
	struct post_cursor *cursor = NULL;
	struct post post;
	size_t count = 0;
	int rc;

	figures_must(store_posts(store, filter, &cursor, err), err->msg);
	while ((rc = post_cursor_next(cursor, &post, err)) > 0)
		count++;
	figures_must(rc == 0, err->msg);
	post_cursor_free(cursor);
	return count;
}

/* Its CPU time in the middle. */
static double measure(const char *path, const char *typed)
{
	static struct figures figures;
	struct arena arena = ARENA_INIT;
	struct search_query query;
	struct post_filter filter = {
		.query = &query, .limit = LIMIT, .unlisted = true, .gone = true
	};
	char label[96];
	size_t count = 0;
	double middle;

	figures_must(search_parse(&(struct search_reading){ &arena, 1, "UTC" }, typed, &query, err),
		     err->msg);
	for (int n = 0; n < RUNS && figures_sum(&figures) < MOST_MS; n++) {
		struct store *store = store_open(path, STORE_READ, err);

		figures_must(store, err->msg);
		figures_begin(&figures);
		count = find(store, &filter);
		figures_end(&figures);
		store_close(store);
	}
	snprintf(label, sizeof(label), "search, newest %2zu: %s", count, typed);
	middle = figures_print(label, &figures, GOAL);
	arena_release(&arena);
	return middle;
}

int main(int argc, char **argv)
{
	const char *const *typed = argc > 2 ? (const char *const *)argv + 2 : searches;
	const size_t count = argc > 2 ? (size_t)argc - 2 : ARRAY_LEN(searches);
	const char *slowest = "";
	double most = -1;
	size_t beyond = 0;

	figures_must(argc > 1, "bench-searches STORE [SEARCH...]");
	figures_head();
	for (size_t i = 0; i < count; i++) {
		double middle = measure(argv[1], typed[i]);

		beyond += middle > GOAL;
		slowest = middle > most ? typed[i] : slowest;
		most = middle > most ? middle : most;
	}
	printf("the slowest of %zu searches, CPU p50: %.2f ms, %s; %zu beyond %d ms\n", count, most,
	       slowest, beyond, GOAL);
	return EXIT_SUCCESS;
}
