#include "in-folder.h"

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/curate/crosspost.h"

#define MINUTE INT64_C(60000)
#define RESTORE                                                                             \
	"月に一度の「復元の日」。サイコロを振って、出た目の系を" \
	"、その系に詳しくない人が手順書だけで復元する。詳しい"    \
	"人は同じ部屋にいるけれど、聞かれるまで黙っている。"
#define REST "黙っているのが一番つらいそうです。鐘も鳴らします"

struct pair {
	const char *why;
	struct crosspost a, b;
	bool same;
};

#define ON(site, id, who, at, what)                                                       \
	{                                                                                 \
		.network = NETWORK_##site, .author = (id), .name = (who), .handle = (at), \
		.text = (what)                                                            \
	}
#define HANA(what)   ON(MASTODON, 1, "はな 🌸", "@hana@social.example", what)
#define HANA_X(what) ON(X, 2, "はな", "@hana", what)
#define HANA_B(what) ON(BLUESKY, 3, "ハナ(はな)", "@hana.bsky.example", what)

static const struct pair pairs[] = {
	{ "to the letter", HANA("復元は月に一度やる #ssmjp"), HANA_X("復元は月に一度やる #ssmjp"),
	  true },
	{ "punctuation and tags elsewhere", HANA("#ssmjp 復元は、月に一度やる。"),
	  HANA_X("復元は月に一度やる！ #ssmjp #ops"), true },
	{ "width and case", HANA("ＤＮＳでした、また DNS でした"),
	  HANA_X("dnsでした､またｄｎｓでした"), true },
	{ "a link at the end", HANA("資料はこちらです、復元の話 https://slides.example/a"),
	  HANA_X("資料はこちらです、復元の話 https://t.co/abcdefghijkl"), true },
	{ "cut off at X", HANA(RESTORE REST " #ssmjp"),
	  HANA_X(RESTORE "… https://t.co/abcdefghijkl"), true },
	{ "cut off with an ending", HANA(RESTORE REST),
	  HANA_X(RESTORE "…（続きはこちら）https://t.co/abcdefghijkl"), true },
	{ "cut off, but another text",
	  HANA("水野さんの話がとても良かったので、明日の朝いちばんに証明書を見ます" REST),
	  HANA_X(RESTORE "…"), false },
	{ "a quoted line",
	  HANA("これ、うちでも明日からやります\n> 復元の日、うちの部署でも提案してみようかな"),
	  HANA_X("これ、うちでも明日からやります https://x.com/a/status/1"), true },
	{ "a quoted post's link",
	  HANA("RE: https://social.example/@sasa/1\n\nこれは大事なことを言っている"),
	  HANA_X("これは大事なことを言っている"), true },
	{ "something added at the end", HANA(RESTORE),
	  HANA_X(RESTORE "（写真はあとで貼ります、会場から）"), true },
	{ "something added in front", HANA("会場からです。いま聞いた話。" RESTORE), HANA_X(RESTORE),
	  true },
	{ "custom emoji on one side", HANA("原因、やっぱりDNSでした :blobcat_nod:"),
	  HANA_X("原因、やっぱりDNSでした"), true },
	{ "a word mended", HANA("復元の日は毎月十五日だそうです、鐘が鳴ります"),
	  HANA_X("復元の日は毎月十五日だそうです、鐘がなります"), true },
	{ "near names, one handle", HANA_X("復元は月に一度やる"), HANA_B("復元は月に一度やる"),
	  true },
	{ "few letters, surely one person", HANA_X("なるほど"), HANA_B("なるほど #ssmjp"), true },
	{ "emoji alone, surely one person", HANA_X("🍻🍕 #ssmjp"), HANA_B("🍻🍕"), true },
	{ "few letters, only a namesake", HANA_X("なるほど"),
	  ON(MISSKEY, 9, "はな", "@flower@misskey.example", "なるほど"), false },
	{ "few letters by two people", HANA("なるほど"), ON(X, 7, "古賀", "@koga_x", "なるほど"),
	  false },
	{ "the same words by two people", HANA("復元していないバックアップは、まだ願いごと"),
	  ON(X, 7, "古賀", "@koga_x", "復元していないバックアップは、まだ願いごと"), false },
	{ "one handle, another name", HANA("復元していないバックアップは、まだ願いごと"),
	  ON(X, 7, "Hannah Koga", "@hana", "復元していないバックアップは、まだ願いごと"), false },
	{ "one name, other handles", HANA("復元していないバックアップは、まだ願いごと"),
	  ON(X, 7, "はな🌻", "@flower_ops", "復元していないバックアップは、まだ願いごと"), true },
	{ "a bridge",
	  ON(BLUESKY, 4, "水野", "@mizuno.bsky.example", "退屈な話をします、二年の話です"),
	  ON(MASTODON, 5, "水野 そら", "@mizuno.bsky.example@bridge.example",
	     "退屈な話をします、二年の話です"),
	  true },
	{ "a longer thought", HANA("なるほど"), HANA_X("なるほど、復元は月に一度で足りるのか"),
	  false },
	{ "two posts of one evening", HANA("一つめ、はなださん「復元していないバックアップ」"),
	  HANA_X("二つめ、古賀さん「午前3時、それは本当にDNSだった」"), false },
	{ "no text", HANA("#ssmjp https://a.example"), HANA_X("#ssmjp https://b.example"), false },
	{ "no name and no handle", ON(X, 1, NULL, NULL, "復元は月に一度やる"),
	  ON(MASTODON, 2, NULL, NULL, "復元は月に一度やる"), false },
	{ "nobody known", ON(X, 0, "はな", "@hana", "復元は月に一度やる"),
	  ON(MASTODON, 2, "はな", "@hana@a.example", "復元は月に一度やる"), false },
	{ "one network", ON(X, 1, "はな", "@hana", "復元は月に一度やる"),
	  ON(X, 2, "はな", "@hana_", "復元は月に一度やる"), false },
};

static void two_posts_are_one_or_are_not(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		for (int turned = 0; turned < 2; turned++) {
			struct crosspost both[] = { turned ? pairs[i].b : pairs[i].a,
						    turned ? pairs[i].a : pairs[i].b };
			size_t first[2];

			both[1].time = MINUTE;
			crosspost_fold(both, 2, first);
			if ((first[0] == first[1]) != pairs[i].same)
				fail_msg("%s%s", pairs[i].why, turned ? ", turned" : "");
		}
	}
}

static void the_profiles_page_tells_a_person(void **state)
{
	struct crosspost both[] = { ON(X, 1, "A", "@a", "なるほど"),
				    ON(MASTODON, 2, "B", "@b@b.example", "なるほど") };
	size_t first[2];

	(void)state;
	both[0].profile = "https://www.hana.example/me/";
	both[1].profile = "http://hana.example/me";
	crosspost_fold(both, 2, first);
	assert_int_equal(first[1], 0);
	both[1].profile = "http://hana.example/me2";
	crosspost_fold(both, 2, first);
	assert_int_equal(first[1], 1);
}

static void ten_minutes_are_the_longest(void **state)
{
	struct crosspost both[] = { HANA("復元は月に一度やる"), HANA_X("復元は月に一度やる") };
	size_t first[2];

	(void)state;
	both[1].time = CROSSPOST_WINDOW_MS;
	crosspost_fold(both, 2, first);
	assert_int_equal(first[1], 0);
	both[1].time++;
	crosspost_fold(both, 2, first);
	assert_int_equal(first[1], 1);
}

/* 0 stands alone, 2 is whole, 1 and 3 are cut. */
static void the_longest_that_is_not_cut_stands_for_all(void **state)
{
	struct crosspost all[] = { ON(X, 7, "古賀", "@koga_x", "いまから話します。資料です。"),
				   HANA_X(RESTORE "…"), HANA(RESTORE REST),
				   HANA_B(RESTORE REST "そして") };
	size_t first[4];

	(void)state;
	all[3].cut = true;
	crosspost_fold(all, 4, first);
	assert_int_equal(first[0], 0);
	assert_int_equal(first[1], 2);
	assert_int_equal(first[2], 2);
	assert_int_equal(first[3], 2);
}

static void of_equals_the_earliest_stands_for_all(void **state)
{
	struct crosspost all[] = { HANA_X("復元は月に一度やる。"), HANA("復元は月に一度やる"),
				   HANA_B("復元は月に一度やる！") };
	size_t first[3];

	(void)state;
	crosspost_fold(all, 3, first);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(first[i], 0);
}

static void a_group_has_one_post_of_a_network(void **state)
{
	struct crosspost all[] = { HANA_X("復元は月に一度やる"), HANA("復元は月に一度やる"),
				   HANA_X("復元は月に一度やる") };
	size_t first[3];

	(void)state;
	all[2].time = MINUTE;
	crosspost_fold(all, 3, first);
	assert_int_equal(first[1], 0);
	assert_int_equal(first[2], 2);
}

/* Many short texts by many people, a third of them said twice. */
static void whatever_comes_groups_are_sound(void **state)
{
	static const char *const said[] = { "なるほど",	 "DNSでした",  RESTORE,
					    RESTORE "…", RESTORE REST, "…",
					    "",		 NULL,	       "\xff\xfe::a:…" };
	static const char *const called[] = { "はな", "古賀", "ハナ", NULL };
	static const char *const handles[] = { "@hana", "@hana@a.example", "@hana.b.example", "",
					       NULL };
	struct crosspost all[400];
	size_t first[400];
	uint32_t seed = 7;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		seed = seed * 1103515245 + 12345;
		all[i] = (struct crosspost){ .network = (seed >> 8) % NETWORK_COUNT,
					     .author = (seed >> 10) % 5,
					     .name = called[(seed >> 12) % ARRAY_LEN(called)],
					     .handle = handles[(seed >> 16) % ARRAY_LEN(handles)],
					     .text = said[(seed >> 20) % ARRAY_LEN(said)],
					     .time = (int64_t)i * 20000 };
	}
	crosspost_fold(all, ARRAY_LEN(all), first);
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		int64_t apart = all[i].time - all[first[i]].time;

		assert_int_equal(first[first[i]], first[i]);
		assert_true(apart <= CROSSPOST_WINDOW_MS && apart >= -CROSSPOST_WINDOW_MS);
		for (size_t j = 0; j < i; j++)
			assert_false(first[j] == first[i] && all[j].network == all[i].network);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_posts_are_one_or_are_not),
		cmocka_unit_test(the_profiles_page_tells_a_person),
		cmocka_unit_test(ten_minutes_are_the_longest),
		cmocka_unit_test(the_longest_that_is_not_cut_stands_for_all),
		cmocka_unit_test(of_equals_the_earliest_stands_for_all),
		cmocka_unit_test(a_group_has_one_post_of_a_network),
		cmocka_unit_test(whatever_comes_groups_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
