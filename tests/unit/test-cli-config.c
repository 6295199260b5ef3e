#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/cli/config.h"

static bool parse(struct config *config, const char *text, struct err *err)
{
	*config = (struct config){ 0 };
	return config_parse(config, "c.ini", text, strlen(text), err);
}

static void all_that_a_configuration_can_say_is_read(void **state)
{
	static const char text[] = "\xEF\xBB\xBF# a remark; with a semicolon ; and another\r\n"
				   "[archive]\r\n"
				   "store = /srv/a.db\r\n"
				   "  zone=Asia/Tokyo\n"
				   "\toverlap : 45m\n"
				   "budget = 2.50\n"
				   "default-sources = No\n"
				   "ca-file = ~/ca.pem\n"
				   "\n"
				   "[price]\npost = 0.004\nauthor = 0.02\ncounts = 0.001\n"
				   "[mastodon]\n"
				   "instances = One.example, two.example:8443\n"
				   "instances = http://127.0.0.1:80, one.example\n"
				   "[source mastodon:two.example:8443]\n"
				   "token = sesame=1;2#3\n"
				   "pace = 90s\n"
				   "[source X]\n"
				   "token-command = pass show 'x y' | head -1\n"
				   "budget = 1\n"
				   "enabled = off\n"
				   "[source mastodon:ONE.example]\n"
				   "token-env = MY_TOKEN\n"
				   "overlap = 1h";
	struct config config;
	struct err err = { 0 };
	const struct config_source *source;

	(void)state;
	setenv("HOME", "/home/hana", 1);
	assert_true(parse(&config, text, &err));
	assert_string_equal(config.store, "/srv/a.db");
	assert_string_equal(config.zone, "Asia/Tokyo");
	assert_string_equal(config.ca_file, "/home/hana/ca.pem");
	assert_int_equal(config.overlap_ms, 45 * 60000);
	assert_int_equal(config.budget_micros, 2500000);
	assert_true(config.no_defaults);
	assert_int_equal(config.post_micros, 4000);
	assert_int_equal(config.author_micros, 20000);
	assert_int_equal(config.counts_micros, 1000);
	assert_int_equal(config.count, 4);
	source = config_find(&config, "mastodon:two.example:8443");
	assert_int_equal(source->token.kind, SECRET_HERE);
	assert_string_equal(source->token.text, "sesame=1;2#3");
	assert_int_equal(source->pace_ms, 90000);
	assert_int_equal(source->line, 15);
	assert_int_equal(config.secret_line, 18);
	source = config_find(&config, "x");
	assert_int_equal(source->token.kind, SECRET_COMMAND);
	assert_string_equal(source->token.text, "pass show 'x y' | head -1");
	assert_int_equal(source->budget_micros, 1000000);
	assert_true(source->off);
	source = config_find(&config, "mastodon:one.example");
	assert_int_equal(source->token.kind, SECRET_VARIABLE);
	assert_int_equal(source->overlap_ms, 3600000);
	assert_false(source->off);
	assert_non_null(config_find(&config, "mastodon:http://127.0.0.1"));
	assert_null(config_find(&config, "mastodon:three.example"));
	config_release(&config);
	assert_true(parse(&config, "", &err));
	config_release(&config);
}

static void how_the_picker_behaves_is_read(void **state)
{
	struct config config = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_true(parse(&config, "[pick]\nambiguous = narrow\nmouse = yes\ncolour = on\n", &err));
	assert_false(config.wide_ambiguous || config.no_mouse || config.no_colour);
	config_release(&config);
	assert_true(parse(&config, "[pick]\nambiguous = wide\nmouse = no\ncolour = no\n", &err));
	assert_true(config.wide_ambiguous && config.no_mouse && config.no_colour);
	config_release(&config);
}

static void what_is_not_understood_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *text, *said;
	} cases[] = {
		{ "[archive]\nstor = /a\n", "line 2: there is no key 'stor' in [archive]: did you "
					    "mean store?" },
		{ "[archive]\nfrobnicate = 1\n", "see man archive-config" },
		{ "\n\n[archve]\n",
		  "line 3: there is no section [archve]: did you mean [archive]?" },
		{ "[x]\n", "did you mean [source x]?" },
		{ "[mastodon:a.example]\n", "did you mean [source mastodon:a.example]?" },
		{ "[frobnicate]\n", "there are archive, pick, price, mastodon, misskey and "
				    "source NAME" },
		{ "[source mastodon]\n", "mastodon needs a server" },
		{ "[source nonsense:a]\n", "not a network" },
		{ "[source x]\ntokn = sesame\n", "did you mean token?" },
		{ "[source x]\ntoken = sesame\ntoken-env = A\n", "line 3: the token is told in two "
								 "ways" },
		{ "[source x]\nhandle = sesame\n", "x has no handle and no password" },
		{ "[source x]\ntoken-env = A=sesame\n", "the name of an environment variable" },
		{ "[source x]\npace = 30\n", "pace is a length of time such as 90s" },
		{ "[source x]\npace = 0\n", "pace is a length of time" },
		{ "[source x]\nbudget = 1,50\n", "budget is an amount of USD" },
		{ "[source x]\nenabled = perhaps\n", "enabled is yes or no, not 'perhaps'" },
		{ "[pick]\nambiguous = broad\n", "ambiguous is wide or narrow, not 'broad'" },
		{ "[pick]\nmouse = wide\n", "mouse is yes or no, not 'wide'" },
		{ "[source x]\ntoken =\n", "token has no value: leave the line out" },
		{ "[source x]\nbudget = 1\n[source X]\nbudget = 2\n",
		  "line 4: budget is told twice" },
		{ "[archive]\nzone = Mars/Olympus\n", "no time zone" },
		{ "[archive]\nstore = a.db\n", "a path that begins with / or ~/" },
		{ "[mastodon]\ninstances = a.example, b example/web\n", "without a path" },
		{ "store = /a\n", "line 1: a key stands under a section" },
		{ "[archive]\nsesame\n", "line 2: this is neither [section]" },
		{ "[archive]\n= sesame\n", "neither [section]" },
		{ "[archive] store = /a\n", "a section stands alone" },
		{ "[archive\n", "a section stands alone" },
		{ "[source x]\ntoken = sesame ;1\n", "a remark stands in a line of its own" },
		{ "[source x]\ntoken = ses\x01"
		  "ame\n",
		  "without control characters" },
		{ "[source x]\ntoken = ses\xFF"
		  "ame\n",
		  "UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct config config;
		struct err err = { 0 };

		assert_false(parse(&config, cases[i].text, &err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_true(str_starts(err.msg, "c.ini, line "));
		assert_non_null(strstr(err.msg, cases[i].said));
		assert_null(strstr(err.msg, "sesame"));
		config_release(&config);
	}
}

static void a_nul_is_no_end(void **state)
{
	static const char text[] = "[source x]\ntoken = a\0b\nbudget = 1\n";
	struct config config = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_false(config_parse(&config, "c.ini", text, sizeof(text) - 1, &err));
	assert_non_null(strstr(err.msg, "line 2"));
	config_release(&config);
}

/* A value comes whole or not at all, whatever the parser has room for. */
static void no_value_is_cut(void **state)
{
	size_t longest = 0;

	(void)state;
	for (size_t len = 1; len < 5000; len += len < 400 ? 1 : 97) {
		struct str text = STR_INIT;
		struct config config = { 0 };
		struct err err = { 0 };
		const struct config_source *source;

		str_add(&text, "[source x]\ntoken = ");
		for (size_t i = 0; i < len; i++)
			str_add_char(&text, 'a');
		str_add(&text, "\nbudget = 1\n");
		if (config_parse(&config, "c.ini", text.buf, text.len, &err)) {
			source = config_find(&config, "x");
			assert_int_equal(strlen(source->token.text), len);
			assert_int_equal(source->budget_micros, 1000000);
			longest = len;
		} else {
			assert_non_null(strstr(err.msg, "line 2: a line has room for"));
			assert_null(strstr(err.msg, "aaa"));
			assert_true(len > 150);
		}
		config_release(&config);
		str_release(&text);
	}
	assert_true(longest > 150);
}

static void no_name_of_a_section_is_cut(void **state)
{
	(void)state;
	for (size_t len = 20; len < 80; len++) {
		struct str text = STR_INIT;
		struct str name = STR_INIT;
		struct config config = { 0 };
		struct err err = { 0 };

		str_add(&name, "mastodon:");
		for (size_t i = 0; i < len; i++)
			str_add_char(&name, 'h');
		str_addf(&text, "[source %s]\ntoken-env = A\n", name.buf);
		if (config_parse(&config, "c.ini", text.buf, text.len, &err)) {
			assert_int_equal(config.count, 1);
			assert_string_equal(config.sources[0].name, name.buf);
			assert_string_equal(config.sources[0].token.text, "A");
		} else {
			assert_non_null(strstr(err.msg, "too long"));
			assert_true(len > 30);
		}
		config_release(&config);
		str_release(&text);
		str_release(&name);
	}
}

static void a_long_remark_is_no_long_line(void **state)
{
	struct str text = STR_INIT;
	struct config config = { 0 };
	struct err err = { 0 };

	(void)state;
	str_add(&text, "  # ");
	for (size_t i = 0; i < 3000; i++)
		str_add(&text, "x[=");
	str_add(&text, "\n[archive]\nbudget = 1\n");
	assert_true(config_parse(&config, "c.ini", text.buf, text.len, &err));
	assert_int_equal(config.budget_micros, 1000000);
	config_release(&config);
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_a_configuration_can_say_is_read),
		cmocka_unit_test(how_the_picker_behaves_is_read),
		cmocka_unit_test(what_is_not_understood_is_refused_with_its_line),
		cmocka_unit_test(a_nul_is_no_end),
		cmocka_unit_test(no_value_is_cut),
		cmocka_unit_test(no_name_of_a_section_is_cut),
		cmocka_unit_test(a_long_remark_is_no_long_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
