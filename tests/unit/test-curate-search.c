#include "in-folder.h"

#include "archive/base/mem.h"
#include "archive/curate/search.h"
#include "archive/text/utf8.h"

#define NOW INT64_C(1793368800000) /* 2026-10-30T14:00:00Z, 23:00 in Tokyo */

static struct arena arena;

static bool parse(const char *typed, struct search_query *query, struct err *err)
{
	arena_clear(&arena);
	return search_parse(&(struct search_reading){ &arena, NOW, "Asia/Tokyo" }, typed, query,
			    err);
}

static struct search_query parsed(const char *typed)
{
	struct search_query query;
	struct err err = { 0 };

	if (!parse(typed, &query, &err))
		fail_msg("%s: %s", typed, err.msg);
	return query;
}

/* ---- words ---- */

static void words_and_phrases_leave_quoted(void **state)
{
	static const struct {
		const char *typed, *match;
	} cases[] = {
		{ "東京", "\"東京\"" },
		{ "東", "\"東\"*" },
		{ "東京都庁", "\"東京 京都 都庁\"" },
		{ "foo bar", "\"foo\" AND \"bar\"" },
		{ "foo　bar", "\"foo\" AND \"bar\"" },
		{ "\"foo bar\"", "\"foo bar\"" },
		{ "“foo bar”", "\"foo bar\"" },
		{ "\"foo bar", "\"foo bar\"" },
		{ "fo*", "\"fo\"*" },
		{ "\"foo ba\"*", "\"foo ba\"*" },
		{ "東京*", "\"東京\"" },
		{ "K8s会", "\"k8s 会\"*" },
		{ "会K8s", "\"会 k8s\"" },
		{ "foo -bar", "(\"foo\") NOT (\"bar\")" },
		{ "-bar foo －baz qux", "(\"foo\" AND \"qux\") NOT (\"bar\" OR \"baz\")" },
		{ "foo -\"a b\"", "(\"foo\") NOT (\"a b\")" },
		{ "foo - bar", "\"foo\" AND \"bar\"" },
		{ "foo !? 、", "\"foo\"" },
		{ "NEAR(a b) OR ^c", "\"near a\" AND \"b\" AND \"or\" AND \"^ c\"" },
		{ "well-known", "\"well known\"" },
		{ "「東京」", "\"東京\"" },
		{ "", NULL },
		{ " 　", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct search_query query = parsed(cases[i].typed);

		assert_null(query.without);
		if (!str_same(query.match, cases[i].match))
			fail_msg("%s: %s", cases[i].typed, query.match);
	}
}

static void what_is_only_left_out_stands_apart(void **state)
{
	(void)state;
	assert_string_equal(parsed("-東京 -\"a b\"").without, "\"東京\" OR \"a b\"");
	assert_null(parsed("-東京").match);
	assert_string_equal(parsed("from:@hana -東京").without, "\"東京\"");
}

static void a_colon_makes_no_filter(void **state)
{
	static const struct {
		const char *typed, *match, *meant;
	} cases[] = {
		{ "http://slides.example/", "\"http slides example\"", NULL },
		{ "19:00", "\"19 00\"", NULL },
		{ "C++:", "\"c + +\"", NULL },
		{ ":smile:", "\"smile\"", NULL },
		{ "\"from:hana\"", "\"from hana\"", NULL },
		{ "注意:重要", "\"注意 意 重要\"", NULL },
		{ "form:hana", "\"form hana\"", "from" },
		{ "netwrok:x 東京", "\"netwrok x\" AND \"東京\"", "network" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct search_query query = parsed(cases[i].typed);

		assert_string_equal(query.match, cases[i].match);
		assert_true(str_same(query.meant, cases[i].meant));
	}
}

/* ---- filters ---- */

/* "from=@hana -tag=a,b has=… -has=… since=… until=… sort=…", what there is. Until the next call. */
static const char *filters_of(const struct search_query *query)
{
	static const char *const names[] = { "from", "tag", "network", "lang", "in" };
	static struct str out = STR_INIT;

	str_clear(&out);
	for (size_t side = 0; side < 2; side++)
		for (size_t f = 0; f < SEARCH_FIELD_COUNT; f++) {
			const struct search_values *values = side == 0 ? &query->wanted[f]
								       : &query->unwanted[f];

			for (size_t i = 0; i < values->count; i++)
				str_addf(&out, "%s%s%s%s",
					 i > 0	     ? ","
					 : side == 0 ? ""
						     : "-",
					 i > 0 ? "" : names[f], i > 0 ? "" : "=", values->items[i]);
			str_add(&out, values->count > 0 ? " " : "");
		}
	if (query->has || query->has_not)
		str_addf(&out, "has=%x,%x ", query->has, query->has_not);
	if (query->since || query->until)
		str_addf(&out, "time=%lld,%lld ", (long long)(query->since / 60000),
			 (long long)(query->until / 60000));
	if (query->sort)
		str_addf(&out, "sort=%d ", (int)query->sort);
	return out.buf;
}

static void a_filter_is_read_by_its_name(void **state)
{
	static const struct {
		const char *typed, *filters;
	} cases[] = {
		{ "from:@Hana", "from=@hana " },
		{ "ｆｒｏｍ：＠ｈａｎａ", "from=@hana " },
		{ "FROM:水野", "from=水野 " },
		{ "from:\"水野 そら\"", "from=水野 そら " },
		{ "from:a from:b", "from=a,b " },
		{ "-from:a", "-from=a " },
		{ "tag:#SSMJP tag:＃運用", "tag=ssmjp,運用 " },
		{ "network:X －network:Mastodon", "network=x -network=mastodon " },
		{ "lang:JA -lang:pt-BR", "lang=ja -lang=pt-br " },
		{ "in:SSMJP_2026", "in=ssmjp-2026 " },
		{ "has:media has:link", "has=3,0 " },
		{ "has:poll has:alt -has:cw", "has=c,10 " },
		{ "is:reply is:quote is:gone", "has=e0,0 " },
		{ "is:unlisted -is:edited is:chosen", "has=500,200 " },
		{ "since:2026-10-30T19:00", "time=29889240,0 " },
		{ "since:2026-10-30T19:00Z", "time=29889780,0 " },
		{ "since:19:00", "time=29889240,0 " },
		{ "until:2026-10-29", "time=0,29888100 " },
		{ "since:-2h since:-3h until:now", "time=29889360,29889480 " },
		{ "since:\"2026-10-30 19:00\"", "time=29889240,0 " },
		{ "-since:19:00", "time=0,29889240 " },
		{ "-until:19:00", "time=29889240,0 " },
		{ "sort:relevance", "sort=2 " },
		{ "sort:oldest sort:time", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct search_query query = parsed(cases[i].typed);

		assert_null(query.match);
		if (!str_same(filters_of(&query), cases[i].filters))
			fail_msg("%s: %s", cases[i].typed, filters_of(&query));
	}
}

static void filters_and_words_stand_in_any_order(void **state)
{
	const struct search_query query =
		parsed("復旧 from:@hana has:media -network:x \"一次ソース\" -仮");

	(void)state;
	assert_string_equal(query.match, "(\"復旧\" AND \"一次 次ソ ソー ース\") NOT (\"仮\"*)");
	assert_string_equal(filters_of(&query), "from=@hana -network=x has=1,0 ");
	assert_int_equal(query.part_count, 2);
}

static void a_value_that_is_none_is_said_with_its_cure(void **state)
{
	static const struct {
		const char *typed, *sentence;
	} cases[] = {
		{ "has:medai", "has:medai: did you mean has:media?" },
		{ "has:x", "has:x: take media, link, poll, alt or cw" },
		{ "has:", "has:: take media, link, poll, alt or cw" },
		{ "is:repyl", "is:repyl: did you mean is:reply?" },
		{ "network:mastdon", "network:mastdon: did you mean network:mastodon?" },
		{ "sort:new", "sort:new: take time, oldest or relevance" },
		{ "-sort:time", "sort: takes no '-' in front of it" },
		{ "from:", "from: wants a handle or a part of a name, as in from:@hana" },
		{ "from:@", "from: wants a handle or a part of a name, as in from:@hana" },
		{ "tag:#", "'#' names no hashtag: try #ssmjp" },
		{ "lang:日本語", "lang: wants the short name of a language, as in lang:ja" },
		{ "in:…", "'…' cannot name a thread: it takes letters or digits, such as "
			  "ssmjp-2017-06" },
		{ "since:evening", "'evening' is no time: try 2017-06-30T19:00, 2017-06-30, "
				   "19:00, yesterday or -2h" },
		{ "since:today until:yesterday", "since: is not before until:" },
		{ "。", "'。' holds no word to look for" },
		{ "\"\"", "'\"\"' holds no word to look for" },
		{ "* -", "'* -' holds no word to look for" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct search_query query;
		struct err err = { 0 };

		assert_false(parse(cases[i].typed, &query, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_string_equal(err.msg, cases[i].sentence);
	}
}

static void a_search_that_is_too_long_is_refused(void **state)
{
	char *typed = xcalloc(SEARCH_MAX_BYTES + 2, 1);
	struct search_query query;
	struct err err = { 0 };

	(void)state;
	memset(typed, 'a', SEARCH_MAX_BYTES);
	assert_true(parse(typed, &query, &err));
	typed[SEARCH_MAX_BYTES] = 'a';
	assert_false(parse(typed, &query, &err));
	assert_int_equal(err.code, ERR_USAGE);
	free(typed);
}

static void an_option_is_the_filter_of_its_name(void **state)
{
	const struct search_reading reading = { &arena, NOW, "Asia/Tokyo" };
	struct search_query query = parsed("復旧 tag:a");
	struct err err = { 0 };

	(void)state;
	assert_true(search_parse_filter(&reading, "tag", "＃B", &query, &err));
	assert_string_equal(filters_of(&query), "tag=a,b ");
	assert_false(search_parse_filter(&reading, "network", "twitter", &query, &err));
	assert_string_equal(err.msg, "network:twitter: take x, mastodon, bluesky or misskey");
}

static void only_a_word_that_is_being_typed_may_go_on(void **state)
{
	static const char *const open[] = { "a", "東京 ku", "tag:a ku", "fro", "C+" };
	static const char *const closed[] = { "",   " ",     "a ",    "\"a b",	 "\"a b\"", "a*",
					      "-a", "tag:a", "from:", "a tag:b", "from:@" };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(open); i++)
		assert_true(search_open_end(open[i]));
	for (size_t i = 0; i < ARRAY_LEN(closed); i++)
		assert_false(search_open_end(closed[i]));
}

/* ---- highlights ---- */

/* The text with what is marked in brackets. Valid until the next call. */
static const char *marked(const char *typed, const char *text)
{
	static struct str out = STR_INIT;
	const struct search_query query = parsed(typed);
	struct str marks = STR_INIT;
	char before = ' ';

	str_clear(&out);
	search_highlight(&marks, &query, text);
	for (size_t i = 0; text[i]; i++) {
		char mark = marks.len > 0 ? marks.buf[i] : ' ';

		if (mark != before)
			str_add_char(&out, mark == '+' ? '[' : ']');
		str_add_char(&out, text[i]);
		before = mark;
	}
	str_add(&out, before == '+' ? "]" : "");
	str_release(&marks);
	return out.buf;
}

static void what_was_searched_for_is_marked(void **state)
{
	static const struct {
		const char *typed, *text, *marked;
	} cases[] = {
		{ "復元", "帰ったら、何か一つ復元してみる", "帰ったら、何か一つ[復元]してみる" },
		{ "復元*", "復元、復元", "[復元]、[復元]" },
		{ "復元 宿題", "宿題は復元", "[宿題]は[復元]" },
		{ "dns", "DNSでした。ｄｎｓ", "[DNS]でした。[ｄｎｓ]" },
		{ "テープ", "昔、ﾃｰﾌﾟの世代", "昔、[ﾃｰﾌﾟ]の世代" },
		{ "プロ", "プログラム ﾌﾟﾛ", "[プロ]グラム [ﾌﾟﾛ]" },
		{ "ﾃｰﾌﾟ　宿題", "テープの宿題", "[テープ]の[宿題]" },
		{ "が", "か\xE3\x82\x99んばる", "[か\xE3\x82\x99]んばる" },
		{ "株式", "㍿の話", "[㍿]の話" },
		/* a word, not a part of another; its beginning where that was asked for */
		{ "dns", "mdnsd dnssec dns", "mdnsd dnssec [dns]" },
		{ "dns*", "mdnsd dnssec dns", "mdnsd [dns]sec [dns]" },
		{ "k8s", "勉強会k8sの話", "勉強会[k8s]の話" },
		{ "勉強会k8s", "勉強会 K8s", "[勉強会 K8s]" },
		{ "\"of it\" -not", "words of it, not it of", "words [of it], not it of" },
		{ "\"full disk\"", "full, disk; fulldisk", "[full, disk]; fulldisk" },
		{ "東京", "東、京 東京", "東、京 [東京]" },
		{ "cooperate", "co\xC2\xADoperate", "[co\xC2\xADoperate]" },
		{ "-not", "not this", "not this" },
		{ "🍺", "乾杯🍺🍺", "乾杯[🍺🍺]" },
		{ "from:@hana", "hana", "hana" },
		{ "", "nothing", "nothing" },
		{ "a", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(marked(cases[i].typed, cases[i].text), cases[i].marked);
	/* broken bytes harm nothing */
	assert_true(strlen(marked("\xff", "\xff\xfe\xe3\x81")) >= 4);
}

static int free_arena(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_phrases_leave_quoted),
		cmocka_unit_test(what_is_only_left_out_stands_apart),
		cmocka_unit_test(a_colon_makes_no_filter),
		cmocka_unit_test(a_filter_is_read_by_its_name),
		cmocka_unit_test(filters_and_words_stand_in_any_order),
		cmocka_unit_test(a_value_that_is_none_is_said_with_its_cure),
		cmocka_unit_test(a_search_that_is_too_long_is_refused),
		cmocka_unit_test(an_option_is_the_filter_of_its_name),
		cmocka_unit_test(only_a_word_that_is_being_typed_may_go_on),
		cmocka_unit_test(what_was_searched_for_is_marked),
	};

	return cmocka_run_group_tests(tests, NULL, free_arena);
}
