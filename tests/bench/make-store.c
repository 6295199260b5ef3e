/*
 * A store of invented posts, made as the program makes one, by store_put_page(): Japanese, English
 * and mixed, of four networks, a few thousand authors, over several evenings, nearly all of them
 * under one hashtag. The same store every time.
 *
 *     make-store STORE POSTS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/base/mem.h"
#include "archive/store/store.h"

#define FIRST_EVENING INT64_C(1498815000000) /* 2017-06-30T09:30:00Z */
#define EVENING_MS    (INT64_C(4) * 3600 * 1000)
#define WEEK_MS	      (INT64_C(7) * 24 * 3600 * 1000)
#define EVENINGS      20
#define PAGE_POSTS    40
#define COMMIT_PAGES  25

static const char *const subjects[] = {
	"監視",		"運用",	      "障害対応",	"一次ソース", "構成管理",   "勉強会",
	"発表",		"懇親会",     "会場",		"資料",	      "スライド",   "デプロイ",
	"バックアップ", "復旧手順",   "当番",		"アラート",   "ログ",	    "証明書",
	"名前解決",	"負荷分散",   "検証環境",	"本番",	      "自動化",	    "手順書",
	"引き継ぎ",	"新人",	      "先輩",		"夜間作業",   "深夜メンテ", "朝会",
	"ふりかえり",	"カナリア",   "ロールバック",	"暗号化",     "鍵の管理",   "東京",
	"京都",		"大阪の拠点", "沖縄",		"北海道",     "クラウド",   "オンプレ",
	"仮想化",	"コンテナ",   "踏み台",		"権限",	      "棚卸し",	    "脆弱性",
	"診断",		"情報収集",   "信頼できる情報", "まとめ",     "質問",	    "登壇者",
	"司会",		"乾杯",	      "ピザ",		"寿司",	      "終電",	    "雨",
};
static const char *const verbs[] = {
	"の話が良かった",     "は大事ですね",		"をどうしていますか？",
	"で困ったことがある", "の続きが聞きたい",	"、うちでも同じだ",
	"を見直している",     "は人がやるべきではない", "に助けられた",
	"を忘れていた",	      "が一番むずかしい",	"から始めるのが良さそう",
	"の資料はどこですか", "だけは毎日見ています",	"について調べる",
};
static const char *const english[] = {
	"the",	     "is",	   "on",     "and",	 "we",	    "deploy",	"monitoring",
	"archive",   "server",	   "logs",   "backup",	 "restore", "incident", "postmortem",
	"alert",     "pager",	   "slides", "talk",	 "speaker", "question", "kubernetes",
	"terraform", "ansible",	   "linux",  "kernel",	 "sqlite",  "query",	"index",
	"latency",   "throughput", "canary", "rollback", "people",  "team",	"friday",
	"night",     "coffee",	   "train",  "tokyo",	 "kyoto",
};
static const char *const rare[] = { "薔薇",	"鬱蒼とした森", "檸檬",	     "zeppelin",
				    "quixotic", "竜巻",		"xylophone", "麒麟" };
static const char *const ends[] = { "",	  "",	"。", "。",	   "！",	 "？",
				    " 🎉", "笑", "…",  " 👍🏽", "(´・ω・｀)", "?" };

static uint64_t state = 88172645463325252u;

static unsigned below(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33) % n;
}

/* The first ones often, the last ones seldom, as with words. */
static unsigned skewed(unsigned n)
{
	return (unsigned)((uint64_t)below(n) * below(n) / n);
}

static void add_japanese(struct str *out)
{
	for (unsigned i = below(3) + 1; i > 0; i--) {
		str_add(out, subjects[skewed(ARRAY_LEN(subjects))]);
		str_add(out, verbs[skewed(ARRAY_LEN(verbs))]);
		str_add(out, i > 1 ? "。" : "");
	}
}

static void add_english(struct str *out)
{
	for (unsigned i = below(12) + 3; i > 0; i--)
		str_addf(out, "%s%s", english[skewed(ARRAY_LEN(english))], i > 1 ? " " : "");
}

static void add_text(struct str *out)
{
	unsigned kind = below(10);

	str_clear(out);
	if (kind < 7)
		add_japanese(out);
	if (kind == 6)
		str_add_char(out, ' ');
	if (kind >= 6)
		add_english(out);
	if (below(20000) == 0)
		str_addf(out, " %s", rare[below(ARRAY_LEN(rare))]);
	str_add(out, ends[below(ARRAY_LEN(ends))]);
}

static void add_author(struct page *page, struct post *post, unsigned number)
{
	static const char *const hosts[] = { "x.com", "social.example", "bsky.example",
					     "misskey.example" };
	struct author *author = &post->author;
	const char *host = hosts[post->network];

	author->network = post->network;
	author->host = host;
	author->uri = arena_printf(&page->arena, "https://%s/users/u%u", host, number);
	author->handle = arena_printf(&page->arena, "@u%u@%s", number, host);
	author->name = arena_printf(&page->arena, "%s %u", subjects[number % ARRAY_LEN(subjects)],
				    number);
	author->url = arena_printf(&page->arena, "https://%s/@u%u", host, number);
	author->avatar = arena_printf(&page->arena, "https://%s/avatar/%u.webp", host, number);
}

static void add_media(struct page *page, struct post *post)
{
	struct media *media = arena_array(&page->arena, 4, sizeof(*media));

	post->media = media;
	post->media_count = below(4) + 1;
	for (size_t i = 0; i < post->media_count; i++)
		media[i] = (struct media){ .kind = below(9) ? MEDIA_IMAGE : MEDIA_VIDEO,
					   .url = arena_printf(&page->arena,
							       "https://media.example/%u/%zu.webp",
							       below(1u << 30), i),
					   .alt = below(2) ? "スライドの写真" : NULL,
					   .width = 1200,
					   .height = 675 };
}

static void add_tags(struct page *page, struct post *post)
{
	static const char *const others[] = { "運用", "infra", "sre" };
	const char **tags = arena_array(&page->arena, 2, sizeof(*tags));

	if (below(50) > 0)
		tags[post->tag_count++] = "ssmjp";
	if (below(8) == 0 || post->tag_count == 0)
		tags[post->tag_count++] = others[below(ARRAY_LEN(others))];
	post->tags = tags;
}

/* Somebody's earlier post, mostly of a short while ago. */
static void add_reply(struct page *page, struct post *post, unsigned number)
{
	unsigned parent = number - 1 - skewed(number < 200 ? number : 200);

	if (post->network == NETWORK_X)
		post->conversation = arena_printf(&page->arena, "%u", parent);
	post->reply_uri = arena_printf(&page->arena, "https://posts.example/%u", parent);
}

static void add_post(struct page *page, struct str *text, unsigned number, int64_t created,
		     unsigned authors)
{
	static const enum network networks[] = { NETWORK_X,	   NETWORK_X,
						 NETWORK_MASTODON, NETWORK_MASTODON,
						 NETWORK_MASTODON, NETWORK_MASTODON,
						 NETWORK_BLUESKY,  NETWORK_BLUESKY,
						 NETWORK_MISSKEY };
	unsigned author = skewed(authors);
	struct post *post = page_add(page);

	add_text(text);
	post->network = networks[author % ARRAY_LEN(networks)];
	post->created = created;
	post->network_id = arena_printf(&page->arena, "%u", number);
	post->uri = arena_printf(&page->arena, "https://posts.example/%u", number);
	post->url = post->uri;
	post->host = "posts.example";
	post->lang = "ja";
	post->text = arena_strndup(&page->arena, text->buf, text->len);
	post->html = arena_printf(&page->arena, "<p>%s</p>", text->buf);
	post->counts = (struct counts){ .likes = below(3) ? 0 : skewed(200),
					.reposts = skewed(10),
					.replies = skewed(4),
					.quotes = -1 };
	add_author(page, post, author);
	add_tags(page, post);
	if (below(8) == 0)
		add_media(page, post);
	if (below(60) == 0)
		post->spoiler = "長文";
	if (below(6) == 0 && number > 0)
		add_reply(page, post, number);
}

static bool put(struct store *store, struct page *page, struct err *err)
{
	struct put_report report = { 0 };
	bool ok = store_put_page(store, page, "mastodon:social.example", "ssmjp", 0,
				 FIRST_EVENING + EVENINGS * WEEK_MS, &report, err);

	page_clear(page);
	return ok;
}

/* The evenings one after the other, as a fetch of each would bring them. */
static bool fill(struct store *store, unsigned posts, struct err *err)
{
	struct page page = PAGE_INIT;
	struct str text = STR_INIT;
	unsigned each = (posts + EVENINGS - 1) / EVENINGS, pages = 0;
	unsigned authors = posts / 200 + 20;
	bool ok = store_begin(store, err);

	for (unsigned i = 0; ok && i < posts; i++) {
		int64_t evening = FIRST_EVENING + (i / each) * WEEK_MS;

		add_post(&page, &text, i, evening + EVENING_MS * (i % each) / each + below(900),
			 authors);
		if (page.count < PAGE_POSTS && i + 1 < posts)
			continue;
		ok = put(store, &page, err);
		if (ok && ++pages % COMMIT_PAGES == 0)
			ok = store_commit(store, err) && store_begin(store, err);
	}
	ok = ok && store_commit(store, err);
	page_release(&page);
	str_release(&text);
	return ok;
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	struct store *store;
	int64_t posts;
	bool ok;

	if (argc != 3 || !str_to_int(argv[2], 1, 100000000, &posts)) {
		fprintf(stderr, "make-store STORE POSTS\n");
		return EXIT_FAILURE;
	}
	store = store_open(argv[1], STORE_WRITE, &err);
	ok = store && fill(store, (unsigned)posts, &err);
	store_close(store);
	if (!ok)
		fprintf(stderr, "make-store: %s\n", err.msg);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
