#include "in-folder.h"

#include "archive/base/mem.h"

#include "archive/export/embed.h"

#define BEGIN	 "<!-- archive:begin june -->\n"
#define END	 "<!-- archive:end june -->\n"
#define FRAGMENT "<section>\n<p>新しい</p>\n</section>\n"
#define PAIR	 BEGIN FRAGMENT END
#define OLD	 BEGIN "<p>old</p>\n" END

static struct str out = STR_INIT;

static bool put_in(const char *text, const char *under, enum embed_form form, struct err *err)
{
	const struct embed_place place = { .name = "june", .under = under, .form = form };
	struct str file = STR_INIT;
	bool ok;

	str_add(&file, text);
	ok = embed_put(&out, &file, &place, FRAGMENT, err);
	str_release(&file);
	return ok;
}

static void gives(const char *text, const char *under, enum embed_form form, const char *wanted)
{
	struct str again = STR_INIT;
	struct err err = { 0 };

	if (!put_in(text, under, form, &err))
		fail_msg("%s: %s", text, err.msg);
	assert_string_equal(out.buf, wanted);
	/* what was put is found again and stays */
	str_add(&again, out.buf);
	if (!put_in(again.buf, under, form, &err))
		fail_msg("again: %s", err.msg);
	assert_string_equal(out.buf, again.buf);
	str_release(&again);
}

static void markdown(const char *text, const char *under, const char *wanted)
{
	gives(text, under, EMBED_MARKDOWN, wanted);
}

static void html(const char *text, const char *under, const char *wanted)
{
	gives(text, under, EMBED_HTML, wanted);
}

static void refused(const char *text, const char *under, const char *said)
{
	struct err err = { 0 };

	assert_false(put_in(text, under, EMBED_MARKDOWN, &err));
	assert_int_equal(err.code, ERR_USAGE);
	if (!strstr(err.msg, said))
		fail_msg("%s: not '%s'", err.msg, said);
}

static void what_stands_between_the_markers_is_replaced(void **state)
{
	(void)state;
	markdown("a\n\n" OLD "\nb\n", NULL, "a\n\n" PAIR "\nb\n");
	markdown(BEGIN END, NULL, PAIR);
	markdown(BEGIN "no newline\n<!-- archive:end june -->", NULL,
		 BEGIN FRAGMENT "<!-- archive:end june -->");
	markdown("  <!--archive:begin june-->  \nx\n<!--  archive:end  june  -->\t\n", NULL,
		 "  <!--archive:begin june-->  \n" FRAGMENT "<!--  archive:end  june  -->\t\n");
	html("<div>\n\t\t\t\t" BEGIN "x\n" END "</div>\n", NULL, "<div>\n\t\t\t\t" PAIR "</div>\n");
	/* a pair needs no heading */
	markdown("# T\n\n# T\n" OLD, "T", "# T\n\n# T\n" PAIR);
	markdown(OLD, "T", PAIR);
	/* whatever the former fragment was */
	markdown(BEGIN "```\n<!-- open\n---\n" END "b\n", NULL, PAIR "b\n");
}

static void line_ends_are_the_files(void **state)
{
	(void)state;
	markdown("a\r\n\r\n<!-- archive:begin june -->\r\nx\r\n<!-- archive:end june -->\r\n", NULL,
		 "a\r\n\r\n<!-- archive:begin june -->\r\n<section>\r\n<p>新しい</p>\r\n"
		 "</section>\r\n<!-- archive:end june -->\r\n");
	markdown("# T\r\nx\n", "T",
		 "# T\r\n\r\n<!-- archive:begin june -->\r\n<section>\r\n<p>新しい</p>\r\n"
		 "</section>\r\n<!-- archive:end june -->\r\n\r\nx\n");
}

static void a_file_that_ends_in_a_carriage_return_alone(void **state)
{
	struct str once = STR_INIT;
	struct err err = { 0 };

	(void)state;
	assert_true(put_in("# T\r", "T", EMBED_MARKDOWN, &err));
	str_add(&once, out.buf);
	assert_true(put_in(once.buf, "T", EMBED_MARKDOWN, &err));
	assert_string_equal(out.buf, once.buf);
	str_release(&once);
}

static void other_threads_stay(void **state)
{
	static const char other[] = "<!-- archive:begin june#k3f -->\nx\n"
				    "<!-- archive:end june#k3f -->\n";
	char text[512], wanted[512];

	(void)state;
	snprintf(text, sizeof(text), "%s\n%s\n%s", other, OLD,
		 "<!-- archive:begin july -->\n"
		 "<h2>T</h2>\n<!-- archive:end july -->\n");
	snprintf(wanted, sizeof(wanted), "%s\n%s\n%s", other, PAIR,
		 "<!-- archive:begin july -->\n"
		 "<h2>T</h2>\n<!-- archive:end july -->\n");
	markdown(text, NULL, wanted);
}

static void a_heading_is_found_by_what_it_says(void **state)
{
	static const char *const headings[] = {
		"## Togetterまとめ\n",
		"##\tTogetterまとめ  \n",
		"### ＴＯＧＥＴＴＥＲまとめ ###\n",
		"## *Togetter*まとめ {#matome}\n",
		"## [Togetter](https://togetter.example/li/1)まとめ\n",
		"## <span id=\"x\">Togetterまとめ</span>\n",
		"Togetterまとめ\n===\n",
		"Togetterまとめ\n  ---  \n",
		"<h2 id=\"a\" class=\"b\">Togetter&#12414;とめ</h2>\n",
		"<H2>\n  Togetterまとめ\n</H2>\n",
		"---\ntitle: Togetterまとめ\n---\n# Togetterまとめ\n",
		"```\n# Togetterまとめ\n```\n# Togetterまとめ\n",
		"<!--\n# Togetterまとめ\n-->\n# Togetterまとめ\n",
		"<pre>\n# Togetterまとめ\n</pre>\n# Togetterまとめ\n",
		"    # Togetterまとめ\n\n# Togetterまとめ\n",
		"#Togetterまとめ\n\n# Togetterまとめ\n",
	};
	char text[512], wanted[1024];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(headings); i++) {
		snprintf(text, sizeof(text), "before\n\n%s\n後\n", headings[i]);
		snprintf(wanted, sizeof(wanted), "before\n\n%s\n" PAIR "\n後\n", headings[i]);
		if (strncmp(headings[i], "---", 3) == 0) { /* front matter stands first */
			snprintf(text, sizeof(text), "%s\n後\n", headings[i]);
			snprintf(wanted, sizeof(wanted), "%s\n" PAIR "\n後\n", headings[i]);
		}
		markdown(text, "Togetterまとめ", wanted);
	}
}

static void the_pair_stands_apart_from_what_follows(void **state)
{
	(void)state;
	markdown("# T\ntext\n", "T", "# T\n\n" PAIR "\ntext\n");
	markdown("# T\n", "T", "# T\n\n" PAIR);
	markdown("# T", "T", "# T\n\n" PAIR);
	markdown("# T\n\n# U\n", "T", "# T\n\n" PAIR "\n# U\n");
}

static void wordpress_gets_a_block_of_its_own(void **state)
{
	(void)state;
	html("<!-- wp:heading -->\n<h2>T</h2>\n<!-- /wp:heading -->\n\n<!-- wp:paragraph -->\n",
	     "T",
	     "<!-- wp:heading -->\n<h2>T</h2>\n<!-- /wp:heading -->\n\n<!-- wp:html -->\n" PAIR
	     "<!-- /wp:html -->\n\n<!-- wp:paragraph -->\n");
}

static void html_on_one_line(void **state)
{
	(void)state;
	html("<body><h2>S</h2><p>s</p><h2>T</h2><p>t</p></body>", "T",
	     "<body><h2>S</h2><p>s</p><h2>T</h2>\n\n" PAIR "\n<p>t</p></body>");
	html("<script>var a = \"<h2>T</h2>\";\n</script>\n<h2>T</h2>\n", "T",
	     "<script>var a = \"<h2>T</h2>\";\n</script>\n<h2>T</h2>\n\n" PAIR);
}

static void what_only_looks_like_a_marker_is_text(void **state)
{
	(void)state;
	markdown("```\n" OLD "```\n\n" OLD, NULL, "```\n" OLD "```\n\n" PAIR);
	markdown("~~~~ html\n~~~\n" BEGIN "~~~~\n" OLD, NULL,
		 "~~~~ html\n~~~\n" BEGIN "~~~~\n" PAIR);
	markdown("    " BEGIN "\n" OLD, NULL, "    " BEGIN "\n" PAIR);
	markdown("a <!-- archive:begin june -->\n" OLD, NULL,
		 "a <!-- archive:begin june -->\n" PAIR);
	markdown("+++\n" BEGIN "+++\n" OLD, NULL, "+++\n" BEGIN "+++\n" PAIR);
	markdown("{\n" BEGIN "}\n" OLD, NULL, "{\n" BEGIN "}\n" PAIR);
	markdown("<!--\n" BEGIN OLD, NULL, "<!--\n" BEGIN PAIR);
	markdown("{{< highlight html >}}\n" BEGIN "{{< /highlight >}}\n" OLD, NULL,
		 "{{< highlight html >}}\n" BEGIN "{{< /highlight >}}\n" PAIR);
}

static void a_pair_that_is_not_whole_is_refused_by_its_line(void **state)
{
	(void)state;
	refused("a\n" BEGIN "x\n", NULL, "line 2: this marker stands alone: <!-- archive:end june");
	refused("a\n" END, NULL, "line 2: this marker stands alone: <!-- archive:begin june");
	refused(BEGIN BEGIN END, NULL, "line 1: ");
	refused(OLD "\n" OLD, NULL,
		"line 5: the markers of june are there twice, the first in line "
		"1");
	refused(BEGIN "<!-- archive:end july -->\n" END, NULL, "line 1: ");
	refused(OLD "<!-- archive:begin july -->\n", NULL, "line 4: ");
}

static void without_a_place_it_says_what_there_is(void **state)
{
	(void)state;
	refused("a\n", NULL, "put <!-- archive:begin june --> and <!-- archive:end june -->");
	refused("a\n", "T", "there is no heading 'T', nor any other");
	refused("# U\n\nV\n---\n", "T", "there is no heading 'T': there are 'u', 'v'");
	refused("# T\n\n## T\n", "T",
		"line 3: the heading 'T' is there twice, the first in line 1");
}

static void zero_bytes_are_no_text(void **state)
{
	const struct embed_place place = { .name = "june" };
	struct str file = STR_INIT;
	struct err err = { 0 };

	(void)state;
	str_add_n(&file, "\0" OLD, 1 + strlen(OLD));
	assert_false(embed_put(&out, &file, &place, FRAGMENT, &err));
	str_release(&file);
}

static void the_form_is_told_by_the_name(void **state)
{
	(void)state;
	assert_int_equal(embed_form_of("a/post.md"), EMBED_MARKDOWN);
	assert_int_equal(embed_form_of("a/post.HTML"), EMBED_HTML);
	assert_int_equal(embed_form_of(".html"), EMBED_MARKDOWN);
	assert_int_equal(embed_form_of("post"), EMBED_MARKDOWN);
}

static int release(void **state)
{
	(void)state;
	str_release(&out);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_between_the_markers_is_replaced),
		cmocka_unit_test(line_ends_are_the_files),
		cmocka_unit_test(a_file_that_ends_in_a_carriage_return_alone),
		cmocka_unit_test(other_threads_stay),
		cmocka_unit_test(a_heading_is_found_by_what_it_says),
		cmocka_unit_test(the_pair_stands_apart_from_what_follows),
		cmocka_unit_test(wordpress_gets_a_block_of_its_own),
		cmocka_unit_test(html_on_one_line),
		cmocka_unit_test(what_only_looks_like_a_marker_is_text),
		cmocka_unit_test(a_pair_that_is_not_whole_is_refused_by_its_line),
		cmocka_unit_test(without_a_place_it_says_what_there_is),
		cmocka_unit_test(zero_bytes_are_no_text),
		cmocka_unit_test(the_form_is_told_by_the_name),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
