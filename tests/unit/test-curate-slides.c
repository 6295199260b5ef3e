#include "in-folder.h"

#include "archive/base/mem.h"
#include "archive/base/str.h"
#include "archive/curate/slides.h"

static void links_to_slides_and_others(void **state)
{
	static const struct {
		const char *url;
		int host; /* -1 = none */
	} cases[] = {
		{ "https://speakerdeck.com/koga/it-was-dns", SLIDE_SPEAKERDECK },
		{ "https://speakerdeck.com/koga", -1 },
		{ "https://notspeakerdeck.com/koga/it-was-dns", -1 },
		{ "http://www.slideshare.net/koga/it-was-dns", SLIDE_SLIDESHARE },
		{ "https://www.slideshare.net/slideshow/it-was-dns/1234", SLIDE_SLIDESHARE },
		{ "https://www.docswell.com/s/koga/ABC123-dns", SLIDE_DOCSWELL },
		{ "https://www.docswell.com/user/koga", -1 },
		{ "https://docs.google.com/presentation/d/1AbC/edit#slide=id.p", SLIDE_GOOGLE },
		{ "https://docs.google.com/presentation/d/e/2PACX-1v/pub?start=false",
		  SLIDE_GOOGLE },
		{ "https://docs.google.com/document/d/1AbC/edit", -1 },
		{ "https://slides.example/koga/it-was-dns", SLIDE_OTHER },
		{ "https://slides.example/", -1 },
		{ "https://slides.com/koga/dns", SLIDE_OTHER },
		{ "https://ssmjp.example/2026/dns.PDF?dl=1", SLIDE_PDF },
		{ "https://ssmjp.example/pdf", -1 },
		{ "https://ssmjp.example/?f=a.pdf", -1 },
		{ "https://ssmjp.example/.pdf", -1 },
		{ "javascript:alert(1)//speakerdeck.com/a/b", -1 },
		{ "https://evil.example/speakerdeck.com/a/b", -1 },
		{ "https://speakerdeck.com@evil.example/a/b", -1 },
		{ "", -1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		enum slide_host host = SLIDE_PDF;
		bool is = slide_parse(cases[i].url, &host);

		if (is != (cases[i].host >= 0) || (is && (int)host != cases[i].host))
			fail_msg("%s: %d %d", cases[i].url, is, host);
	}
}

static void a_speaker_is_known_by_name_or_handle(void **state)
{
	static const struct {
		const char *name, *handle, *speaker;
		bool is;
	} cases[] = {
		{ "古賀｜DNS係", "@koga_dns_at_3am_ops", "古賀", true },
		{ "はなだ みのり🎲", "@hanada@social.example", "はなだみのり", true },
		{ "hanada", "@hanada@social.example", "はなだ @hanada@social.example", true },
		{ "だれか", "@koga", "古賀 (@koga)", true },
		{ "だれか", "@koga", "古賀 @koga_dns", false },
		{ "だれか", "@koga", "古賀", false },
		{ NULL, NULL, "古賀", false },
		{ "古賀", "@koga", NULL, false },
		{ "古", "@k", "古賀", false },
		{ "だれか", "@", "@古賀", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct author author = { .name = cases[i].name, .handle = cases[i].handle };

		if (slide_is_speaker(&author, cases[i].speaker) != cases[i].is)
			fail_msg("%s %s", cases[i].handle ? cases[i].handle : "nobody",
				 cases[i].speaker ? cases[i].speaker : "nobody");
	}
}

static const char *found(const struct post *posts, size_t count, const char *speaker)
{
	static struct str out = STR_INIT;
	struct arena arena = ARENA_INIT;
	struct slides slides = { .arena = &arena };

	str_clear(&out);
	for (size_t i = 0; i < count; i++)
		slides_add(&slides, &posts[i], speaker);
	slides_rank(&slides);
	for (size_t i = 0; i < slides.count; i++)
		str_addf(&out, "%s%s %zu%s", i ? "|" : "", slides.slides[i].url,
			 slides.slides[i].posts, slides.slides[i].by_speaker ? "!" : "");
	arena_release(&arena);
	return out.buf;
}

static void the_speakers_own_come_first_then_the_most_named(void **state)
{
	const struct post posts[] = {
		{ .text = "https://slides.example/a/x" },
		{ .text = "これ https://speakerdeck.com/b/y です" },
		{ .text = "https://www.speakerdeck.com/b/y/ https://speakerdeck.com/b/y?slide=3" },
		{ .text = "資料です https://ssmjp.example/z.pdf", .author = { .name = "古賀" } },
	};

	(void)state;
	assert_string_equal(found(posts, ARRAY_LEN(posts), "古賀"),
			    "https://ssmjp.example/z.pdf 1!|https://speakerdeck.com/b/y "
			    "2|https://slides.example/a/x 1");
}

static void links_behind_words_and_cards_count(void **state)
{
	const struct card card = { .url = "https://www.docswell.com/s/a/B" };
	const struct post posts[] = {
		{ .text = "資料",
		  .html = "<p><a href=\"https://a.example/x.pdf?a=1&amp;b=2\">資料</a></p>" },
		{ .text = "資料", .card = &card },
		{ .text = "speakerdeck.com/a/b" },
	};

	(void)state;
	assert_string_equal(found(posts, ARRAY_LEN(posts), NULL),
			    "https://a.example/x.pdf?a=1&b=2 1|https://www.docswell.com/s/a/B "
			    "1|https://speakerdeck.com/a/b 1");
}

static void one_presentation_of_google_has_many_addresses(void **state)
{
	const struct post posts[] = {
		{ .text = "https://docs.google.com/presentation/d/1AbC/edit?usp=sharing" },
		{ .text = "https://docs.google.com/presentation/d/1AbC/view#slide=id.p3" },
		{ .text = "https://docs.google.com/presentation/d/e/2PA/pub" },
	};

	(void)state;
	assert_string_equal(found(posts, ARRAY_LEN(posts), NULL),
			    "https://docs.google.com/presentation/d/1AbC/edit?usp=sharing 2|"
			    "https://docs.google.com/presentation/d/e/2PA/pub 1");
}

static void more_than_fifty_are_not_looked_at(void **state)
{
	struct str text = STR_INIT;
	struct post post = { 0 };
	struct arena arena = ARENA_INIT;
	struct slides slides = { .arena = &arena };

	(void)state;
	for (int i = 0; i < 200; i++)
		str_addf(&text, "https://slides.example/a/%d ", i);
	post.text = text.buf;
	slides_add(&slides, &post, NULL);
	assert_int_equal(slides.count, SLIDES_MAX);
	str_release(&text);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_to_slides_and_others),
		cmocka_unit_test(a_speaker_is_known_by_name_or_handle),
		cmocka_unit_test(the_speakers_own_come_first_then_the_most_named),
		cmocka_unit_test(links_behind_words_and_cards_count),
		cmocka_unit_test(one_presentation_of_google_has_many_addresses),
		cmocka_unit_test(more_than_fifty_are_not_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
