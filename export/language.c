#include "archive/export/language.h"

#include <stdio.h>
#include <string.h>

#include "archive/base/mem.h"

static const struct language languages[] = {
	{
		.code = "en",
		.posts = { "%1 post", "%1 posts" },
		.people = { "%1 person", "%1 people" },
		.votes = { "%1 vote", "%1 votes" },
		.voters = { "%1 voter", "%1 voters" },
		.likes = { "%1 like", "%1 likes" },
		.reposts = { "%1 repost", "%1 reposts" },
		.counts = "%1 by %2",
		.chosen = "%1 (chosen from %2)",
		.separator = ", ",
		.activity = "Posts over time: %1",
		.hour = "%1:00 %2",
		.listed = ", ",
		.talks = "; talks began at %1",
		.slides = "Slides",
		.described = "%1: %2",
		.worded = "%1, described by the curator: %2",
		.worded_alone = "%1 (described by the curator)",
		.undescribed = "%1 (no description)",
		.media = { "Picture", "Animation", "Video", "Audio", "File" },
		.sensitive = "Sensitive media",
		.warning = "Content warning: %1",
		.votes_shared = "%1 (%2)",
		.multiple = "several choices",
		.closed = "closed",
		.ends = "until %1",
		.edited = "edited",
		.reply = "reply",
		.original = "original",
		.answer = "in reply to %1",
		.also = "also on %1",
		.cited = "%1 quoted here",
		.taken = "from a saved page",
		.curated = "Curated by %1. ",
		.collected = "Collected from %2 on %1. ",
		.deleted = "Deleted posts are not shown. ",
		.zone = "Times are in %1.",
	},
	{
		.code = "ja",
		.posts = { "%1投稿", "%1投稿" },
		.people = { "%1人", "%1人" },
		.votes = { "%1票", "%1票" },
		.voters = { "投票者%1人", "投票者%1人" },
		.likes = { "いいね%1", "いいね%1" },
		.reposts = { "リポスト%1", "リポスト%1" },
		.counts = "%2の%1",
		.chosen = "%1（%2投稿から選択）",
		.separator = "・",
		.activity = "投稿の流れ：%1",
		.hour = "%1時 %2",
		.listed = "、",
		.talks = "。講演の始まり：%1",
		.slides = "スライド",
		.described = "%1：%2",
		.worded = "%1（まとめた人による説明）：%2",
		.worded_alone = "%1（まとめた人による説明）",
		.undescribed = "%1（説明なし）",
		.media = { "写真", "動く画像", "動画", "音声", "ファイル" },
		.sensitive = "閲覧注意のメディア",
		.warning = "閲覧注意：%1",
		.votes_shared = "%1（%2）",
		.multiple = "複数選択",
		.closed = "締切済み",
		.ends = "%1 締切",
		.edited = "編集済み",
		.reply = "返信",
		.original = "元の投稿",
		.answer = "%1 への返信",
		.also = "%1 にも",
		.cited = "引用した%1",
		.taken = "保存されたページより",
		.curated = "キュレーション：%1。",
		.collected = "%1 に %2 から集めたもの。",
		.deleted = "消された投稿は載せていない。",
		.zone = "時刻は %1。",
	},
};

const struct language *language_find(const char *code)
{
	const char *wanted = code ? code : "";
	size_t len = strcspn(wanted, "-_");

	for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
		const struct language *language = &languages[i];

		if (strlen(language->code) == len && strncmp(language->code, wanted, len) == 0)
			return language;
	}
	return &languages[0];
}

void language_fill(struct str *out, const char *template, const char *first, const char *second)
{
	for (const char *p = template; *p; p++) {
		const char *value = p[0] == '%' && p[1] == '1' ? first : second;

		if (p[0] != '%' || (p[1] != '1' && p[1] != '2')) {
			str_add_char(out, *p);
			continue;
		}
		if (value)
			str_add(out, value);
		p++;
	}
}

void language_count(struct str *out, const struct plural *plural, int64_t count)
{
	char number[24];

	snprintf(number, sizeof(number), "%lld", (long long)count);
	language_fill(out, count == 1 ? plural->one : plural->many, number, NULL);
}
