#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/base/mem.h"
#include "archive/json/read.h"

#define FFFD "\xEF\xBF\xBD"

static struct jnode *parse(const char *bytes, size_t len)
{
	struct err err = { 0 };
	struct jnode *root = jnode_parse(bytes, len, &err);

	if (!root)
		fail_msg("%s", err.msg);
	return root;
}

static void refuse(const char *bytes, size_t len)
{
	struct err err = { 0 };

	assert_null(jnode_parse(bytes, len, &err));
	assert_int_equal(err.code, ERR_MALFORMED);
	assert_true(strlen(err.msg) > 0);
}

static void members_are_found_by_key_and_path(void **state)
{
	static const char json[] =
		"{\"a\":{\"b\":{\"c\":\"x\",\"n\":null}},\"list\":[1,\"two\"],\"yes\":true}";
	struct jnode *root = parse(json, strlen(json));

	(void)state;
	assert_true(jnode_is_object(root));
	assert_string_equal(jnode_text(jnode_path(root, "a.b.c")), "x");
	assert_string_equal(jnode_string(jnode_path(root, "a.b"), "c"), "x");
	assert_null(jnode_path(root, "a.b.n"));
	assert_null(jnode_path(root, "a.x.c"));
	assert_null(jnode_path(root, "list.c"));
	assert_true(jnode_is_array(jnode_get(root, "list")));
	assert_int_equal(jnode_len(jnode_get(root, "list")), 2);
	assert_string_equal(jnode_text(jnode_at(jnode_get(root, "list"), 1)), "two");
	assert_null(jnode_at(jnode_get(root, "list"), 2));
	assert_true(jnode_bool(root, "yes", false));
	assert_true(jnode_bool(root, "no", true));
	jnode_free(root);
}

static void what_is_not_there_gives_the_fallback(void **state)
{
	struct arena arena = ARENA_INIT;

	(void)state;
	assert_null(jnode_get(NULL, "a"));
	assert_null(jnode_path(NULL, "a.b"));
	assert_null(jnode_string(NULL, "a"));
	assert_null(jnode_text(NULL));
	assert_int_equal(jnode_int(NULL, "a", 7), 7);
	assert_true(jnode_bool(NULL, "a", true));
	assert_null(jnode_id(NULL, "a", &arena));
	assert_int_equal(jnode_len(NULL), 0);
	assert_null(jnode_at(NULL, 0));
	assert_true(jnode_is_null(NULL));
	assert_false(jnode_is_object(NULL));
	assert_false(jnode_is_array(NULL));
	jnode_free(NULL);
	arena_release(&arena);
}

static void an_empty_string_is_none(void **state)
{
	struct jnode *root = parse("{\"a\":\"\"}", 8);

	(void)state;
	assert_null(jnode_string(root, "a"));
	jnode_free(root);
}

static void numbers_are_read_in_every_spelling(void **state)
{
	static const struct {
		const char *value;
		int64_t number;
	} cases[] = {
		{ "12", 12 },
		{ "-3.9", -3 },
		{ "\"42\"", 42 },
		{ "\" 42\"", -7 },
		{ "\"4.5\"", -7 },
		{ "null", -7 },
		{ "true", -7 },
		{ "[]", -7 },
		{ "1e300", -7 },
		{ "9223372036854775807", INT64_MAX },
		{ "9223372036854775808", -7 },
		{ "-9223372036854775808", INT64_MIN },
		{ "1e999", -7 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str json = STR_INIT;
		struct jnode *root;

		str_addf(&json, "{\"n\":%s}", cases[i].value);
		root = parse(json.buf, json.len);
		if (jnode_int(root, "n", -7) != cases[i].number)
			fail_msg("%s gave %lld", cases[i].value,
				 (long long)jnode_int(root, "n", -7));
		jnode_free(root);
		str_release(&json);
	}
}

static void ids_keep_all_their_digits(void **state)
{
	static const char json[] = "{\"a\":879999999999999999,\"b\":\"01H\",\"c\":"
				   "184467440737095516150,\"d\":[],\"e\":1.5}";
	struct jnode *root = parse(json, strlen(json));
	struct arena arena = ARENA_INIT;

	(void)state;
	assert_string_equal(jnode_id(root, "a", &arena), "879999999999999999");
	assert_string_equal(jnode_id(root, "b", &arena), "01H");
	assert_string_equal(jnode_id(root, "c", &arena), "184467440737095516150");
	assert_null(jnode_id(root, "d", &arena));
	assert_null(jnode_id(root, "e", &arena));
	jnode_free(root);
	arena_release(&arena);
}

static void one_bad_character_costs_only_itself(void **state)
{
	static const struct {
		const char *json, *text;
		size_t len;
	} cases[] = {
#define CASE(json, text) { json, text, sizeof(json) - 1 }
		CASE("{\"a\":\"x\xFFy\"}", "x" FFFD "y"),
		CASE("{\"a\":\"x\xE3\x81y\"}", "x" FFFD "y"),
		CASE("{\"a\":\"\xED\xA0\x80\"}", FFFD FFFD FFFD),
		CASE("{\"a\":\"\xF4\x90\x80\x80\"}", FFFD FFFD FFFD FFFD),
		CASE("{\"a\":\"x\xE3\x81\"}", "x" FFFD),
		CASE("{\"a\":\"\\ud83c\\udf89\"}", "\xF0\x9F\x8E\x89"),
		CASE("{\"a\":\"\\ud83cx\"}", FFFD "x"),
		CASE("{\"a\":\"\\ud83c\\u0041\"}", FFFD "A"),
		CASE("{\"a\":\"\\udf89\\ud83c\"}", FFFD FFFD),
		CASE("{\"a\":\"\\ud83c\\ud83c\\udf89\"}", FFFD "\xF0\x9F\x8E\x89"),
		CASE("{\"a\":\"x\\u0000y\"}", "x" FFFD "y"),
		CASE("{\"a\":\"x\0y\"}", "x" FFFD "y"),
		CASE("{\"a\":\"x\ty\nz\"}", "x\ty\nz"),
		CASE("{\"a\":\"\\\\ud800\"}", "\\ud800"),
		CASE("\xEF\xBB\xBF{\"a\":\"x\"}", "x"),
#undef CASE
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct jnode *root = parse(cases[i].json, cases[i].len);

		assert_string_equal(jnode_string(root, "a"), cases[i].text);
		jnode_free(root);
	}
}

static void what_is_not_json_is_refused_with_a_sentence(void **state)
{
	static const char *const cases[] = {
		"",	  " ",	 "{",		"[1,2",	   "{\"a\"}", "{\"a\":1,}", "[1]]",
		"<html>", "nul", "{\"a\":\"x}", "\"\\x\"", "[}",      "1 2",	    "\"\\u12",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		refuse(cases[i], strlen(cases[i]));
	refuse("[]\0", 3);
	refuse("[2\0]", 4);
	refuse("{\"a\":2\0}", 8);
}

static void no_foreign_byte_is_in_the_sentence(void **state)
{
	static const char json[] = "{\"a\": \x1b[31mred}";
	struct err err = { 0 };

	(void)state;
	assert_null(jnode_parse(json, strlen(json), &err));
	assert_null(strchr(err.msg, '\x1b'));
}

static char *nested(size_t depth, char open, char close)
{
	char *json = xcalloc(depth + 1, 2);

	memset(json, open, depth);
	memset(json + depth, close, depth);
	return json;
}

static void depth_is_limited(void **state)
{
	char *deep = nested(513, '[', ']');
	char *most = nested(512, '[', ']');
	char *open = nested(1 << 20, '[', '[');
	struct jnode *root = parse(most, 1024);

	(void)state;
	jnode_free(root);
	refuse(deep, 1026);
	refuse(open, 2 << 20);
	free(deep);
	free(most);
	free(open);
}

/* Small values take the most room as nodes: their number is bounded, not their bytes alone. */
static void more_values_than_memory_is_meant_for_are_refused(void **state)
{
	struct str text = STR_INIT;
	struct jnode *root;

	(void)state;
	str_add(&text, "[0");
	for (int i = 0; i < 140000; i++)
		str_add(&text, ",0");
	str_add(&text, "]");
	root = parse(text.buf, text.len);
	assert_int_equal(jnode_len(root), 140001);
	jnode_free(root);
	text.buf[text.len - 1] = ',';
	for (int i = 0; i < 70000; i++)
		str_add(&text, "[],");
	str_add(&text, "0]");
	refuse(text.buf, text.len);
	str_release(&text);
}

/* ---- elements ---- */

/* The elements' "n", '!' for one that is broken, joined. */
static void read_elements(struct str *out, const char *json, const char *path)
{
	struct jelements reader;
	struct jnode *element;
	struct err err = { 0 };
	int rc;

	if (!jelements_begin(&reader, json, strlen(json), path))
		str_add(out, "none");
	while ((rc = jelements_next(&reader, &element, &err)) != 0) {
		if (rc < 0) {
			assert_int_equal(err.code, ERR_MALFORMED);
			str_add_char(out, '!');
			continue;
		}
		str_addf(out, "%d", (int)jnode_int(element, "n", 0));
		jnode_free(element);
	}
	assert_int_equal(jelements_next(&reader, &element, &err), 0);
}

static void elements_come_one_at_a_time(void **state)
{
	static const struct {
		const char *json, *path, *elements;
	} cases[] = {
		{ "[{\"n\":1},{\"n\":2}]", "", "12" },
		{ " [ ] ", "", "" },
		{ "[{\"n\":1} , {\"n\":2}\n]\n", "", "12" },
		{ "{\"data\":[{\"n\":1}]}", "data", "1" },
		{ "{\"x\":[9,\"]\"],\"data\" : [{\"n\":1}]}", "data", "1" },
		{ "{\"includes\":{\"users\":[],\"tweets\":[{\"n\":3}]}}", "includes.tweets", "3" },
		{ "{\"data\":{}}", "data", "none" },
		{ "{}", "data", "none" },
		{ "{\"data\":", "data", "none" },
		{ "", "", "none" },
		{ "\xEF\xBB\xBF[{\"n\":1}]", "", "1" },
		{ "[1,\"a\",null,{\"n\":4}]", "", "0004" },
		{ "[{\"n\":1},{\"n\":nul},{\"n\":3}]", "", "1!3" },
		{ "[{\"n\":1},{\"n\":[},{\"n\":3}]", "", "1!3" },
		{ "[{\"n\":1},{\"n\":2],\"x\"]", "", "1!" },
		{ "[{\"n\":1},{\"n\":\"]}\\\"\",\"n\":2}]", "", "12" },
		{ "[{\"n\":1},{\"n\":", "", "1!" },
		{ "[{\"n\":1},", "", "1!" },
		{ "[{\"n\":1}", "", "1!" },
		{ "[", "", "!" },
		{ "[{\"n\":1},{\"n\":\"cut", "", "1!" },
		{ "[{\"n\":1},,{\"n\":2},]", "", "12" },
		{ "[{\"n\":1,\"a\":\"\\ud800\"},{\"n\":12345678901234567890}]", "", "10" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		read_elements(&out, cases[i].json, cases[i].path);
		if (strcmp(out.buf, cases[i].elements) != 0)
			fail_msg("%s gave \"%s\", not \"%s\"", cases[i].json, out.buf,
				 cases[i].elements);
		str_release(&out);
	}
}

static void an_element_tells_where_it_stands(void **state)
{
	static const char json[] = "[ {\"n\":1} ,{\"n\":x}]";
	struct jelements reader;
	struct jnode *element;
	struct err err = { 0 };

	(void)state;
	assert_true(jelements_begin(&reader, json, strlen(json), ""));
	assert_int_equal(jelements_next(&reader, &element, &err), 1);
	assert_memory_equal(json + reader.from, "{\"n\":1}", reader.to - reader.from);
	jnode_free(element);
	assert_int_equal(jelements_next(&reader, &element, &err), -1);
	assert_memory_equal(json + reader.from, "{\"n\":x}", reader.to - reader.from);
}

static void an_element_that_is_too_deep_costs_only_itself(void **state)
{
	char *deep = nested(600, '[', ']');
	struct str json = STR_INIT, out = STR_INIT;

	(void)state;
	str_addf(&json, "[{\"n\":1},%s,{\"n\":2}]", deep);
	read_elements(&out, json.buf, "");
	assert_string_equal(out.buf, "1!2");
	str_release(&json);
	str_release(&out);
	free(deep);
}

/* Nodes take thirty times what they are made of. */
static void an_element_that_is_too_long_costs_only_itself(void **state)
{
	struct str json = STR_INIT, elements = STR_INIT;

	(void)state;
	str_add(&json, "[{\"n\":1},{\"n\":2,\"x\":[0");
	while (json.len < JSON_MAX_TREE + 32)
		str_add(&json, ",0");
	str_add(&json, "]},{\"n\":3}]");
	read_elements(&elements, json.buf, "");
	assert_string_equal(elements.buf, "1!3");
	refuse(json.buf, json.len);
	str_release(&json);
	str_release(&elements);
}

static void brackets_that_never_close_are_read_once(void **state)
{
	char *open = nested(4 << 20, '{', ']');
	struct str out = STR_INIT;

	(void)state;
	open[0] = '[';
	read_elements(&out, open, "");
	assert_int_equal(out.buf[0], '!');
	str_release(&out);
	free(open);
}

/* ---- what is left out, and nodes in an arena ---- */

/* The elements' "n" without "k", up to one that is broken, and what is left of "k". */
static void read_thin(struct str *out, const char *json, struct arena *arena)
{
	static const char *const unread[] = { "k", "long key", NULL };
	struct jelements reader;
	struct jnode *element;
	struct err err = { 0 };

	assert_true(jelements_begin(&reader, json, strlen(json), ""));
	reader.unread = unread;
	reader.arena = arena;
	while (jelements_next(&reader, &element, &err) > 0) {
		assert_int_equal(json[reader.from], '{');
		assert_int_equal(json[reader.to - 1], '}');
		str_addf(out, "%d", (int)jnode_int(element, "n", 0));
		if (jnode_get(element, "k"))
			str_add(out, jnode_text(jnode_get(element, "k")) ? " text" : " k");
		if (!arena)
			jnode_free(element);
	}
	if (err.code == ERR_MALFORMED)
		str_add_char(out, '!');
}

static void what_nobody_reads_is_left_out(void **state)
{
	static const struct {
		const char *json, *read;
	} cases[] = {
		{ "[{\"n\":1,\"k\":\"text\"}]", "1" },
		{ "[{\"k\" : [1,{\"n\":2}] ,\"n\":1},{\"n\":3}]", "13" },
		{ "[{\"k\":{\"n\":2},\"long key\":{\"k\":\"}\\\"\"},\"n\":1}]", "1" },
		{ "[{\"a\":{\"k\":[]},\"n\":1,\"k\":\"last\"}]", "1" },
		{ "[{\"k\":5,\"n\":1}]", "1 k" },		     /* as short as null */
		{ "[{\"K\":\"\",\"kk\":[],\"\":{},\"n\":1}]", "1" }, /* other keys */
		{ "[{\"n\":1,\"\\u006b\":\"x\"}]", "1 text" },
		{ "[{\"s\":\"\\\"k\\\":[\",\"n\":1}]", "1" }, /* in a text, no key */
		{ "[{\"s\":[\"k\",\"k\"],\"n\":1}]", "1" },
		{ "[{\"k\":[1,,nul],\"n\":1}]", "1" }, /* not looked at */
		{ "[{\"k\":[1}],\"n\":1}]", "!" },
		{ "[{\"k\":[[}],\"n\":1}]", "!" },
		{ "[{\"k\":{],\"n\":1}]", "!" },
		{ "[{\"k\":nul,\"n\":1}]", "!" },
		{ "[{\"k\":[,\"n\":1}]", "!" },
		{ "[{\"k\":\"cut", "!" },
		{ "[{\"k\":", "!" },
		{ "[{\"k\"", "!" },
		{ "[{\"n\":x,\"k\":[]}]", "!" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT, again = STR_INIT;
		struct arena arena = ARENA_INIT;

		read_thin(&out, cases[i].json, NULL);
		if (strcmp(out.buf, cases[i].read) != 0)
			fail_msg("%s gave \"%s\", not \"%s\"", cases[i].json, out.buf,
				 cases[i].read);
		read_thin(&again, cases[i].json, &arena);
		assert_string_equal(again.buf, out.buf);
		arena_release(&arena);
		str_release(&out);
		str_release(&again);
	}
}

static void what_is_left_out_may_be_of_any_depth(void **state)
{
	char *deep = nested(600, '[', ']');
	struct str json = STR_INIT, out = STR_INIT;

	(void)state;
	str_addf(&json, "[{\"k\":%s,\"n\":1},{\"n\":2}]", deep);
	read_thin(&out, json.buf, NULL);
	assert_string_equal(out.buf, "12");
	str_release(&out);
	str_release(&json);
	free(deep);
}

/* All that is in an arena is let go with it; a tree on the heap is not touched by it. */
static void nodes_live_in_an_arena_or_on_the_heap(void **state)
{
	static const char json[] = "[{\"n\":1,\"s\":\"one\"},{\"n\":2,\"s\":\"\xFF\"},{\"n\":x}]";
	struct arena arena = ARENA_INIT;
	struct err err = { 0 };
	struct jnode *kept = jnode_parse("{\"s\":\"kept\"}", 12, &err);
	struct jnode *element, *other;
	struct jelements reader;

	(void)state;
	assert_true(jelements_begin(&reader, json, strlen(json), ""));
	reader.arena = &arena;
	assert_int_equal(jelements_next(&reader, &element, &err), 1);
	other = jnode_parse("[\"other\"]", 9, &err);
	assert_string_equal(jnode_string(element, "s"), "one");
	assert_string_equal(jnode_text(jnode_at(other, 0)), "other");
	jnode_free(other);
	assert_int_equal(jelements_next(&reader, &element, &err), 1);
	assert_string_equal(jnode_string(element, "s"), "\xEF\xBF\xBD");
	assert_int_equal(jelements_next(&reader, &element, &err), -1);
	assert_int_equal(jelements_next(&reader, &element, &err), 0);
	arena_release(&arena);
	assert_string_equal(jnode_string(kept, "s"), "kept");
	jnode_free(kept);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_found_by_key_and_path),
		cmocka_unit_test(what_is_not_there_gives_the_fallback),
		cmocka_unit_test(an_empty_string_is_none),
		cmocka_unit_test(numbers_are_read_in_every_spelling),
		cmocka_unit_test(ids_keep_all_their_digits),
		cmocka_unit_test(one_bad_character_costs_only_itself),
		cmocka_unit_test(what_is_not_json_is_refused_with_a_sentence),
		cmocka_unit_test(no_foreign_byte_is_in_the_sentence),
		cmocka_unit_test(depth_is_limited),
		cmocka_unit_test(more_values_than_memory_is_meant_for_are_refused),
		cmocka_unit_test(elements_come_one_at_a_time),
		cmocka_unit_test(an_element_tells_where_it_stands),
		cmocka_unit_test(what_nobody_reads_is_left_out),
		cmocka_unit_test(what_is_left_out_may_be_of_any_depth),
		cmocka_unit_test(nodes_live_in_an_arena_or_on_the_heap),
		cmocka_unit_test(an_element_that_is_too_deep_costs_only_itself),
		cmocka_unit_test(an_element_that_is_too_long_costs_only_itself),
		cmocka_unit_test(brackets_that_never_close_are_read_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
