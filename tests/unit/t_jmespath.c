/* JMESPath: hostile expressions, and each limit. */
#include <stdlib.h>

#include "cmd/awscli/jmespath.h"
#include "cmd/awscli/jmespath_evaluator.h"
#include "cmd/awscli/jmespath_node.h"
#include "tests/unit/awscli_fixture.h"

static const struct jmespath_node *
compile(const char *expression)
{
	fault_release(&fault);
	fault_init(&fault);
	return jmespath_compile(&arena, expression, &fault);
}

static const struct value *
search(const char *expression, const char *document)
{
	const struct jmespath_node *node = compile(expression);

	return node ? jmespath_search(&arena, node, json(document), &fault)
		    : NULL;
}

static void
expect_fault(const char *expression, int status, const char *words)
{
	assert_null(search(expression, "{\"a\":[1,[2]]}"));
	assert_int_equal(fault.status, status);
	if (!strstr(buf_str(&fault.text), words))
		fail_msg("%s", buf_str(&fault.text));
}

/* `count` times what comes before the middle and what comes after it. */
static char *
nest(const char *before, const char *middle, const char *after, int count)
{
	struct buf text;
	char *copy;
	int i;

	buf_init(&text, 16 * 1024 * 1024);
	for (i = 0; i < count; i++)
		buf_addstr(&text, before);
	buf_addstr(&text, middle);
	for (i = 0; i < count; i++)
		buf_addstr(&text, after);
	copy = arena_copy(&arena, buf_str(&text), text.len);
	assert_non_null(copy);
	buf_release(&text);
	return copy;
}

static void
test_depth(void **state)
{
	static const struct {
		const char *before, *after;
	} rows[] = {
		{"(", ")"},
		{"[", "]"},
		{"{a: ", "}"},
		{"a.{a: ", "}"},
		{"[?", "]"},
		{"!", ""},
		{"& ", ""},
		{"*.", ""},
		{"a[*].", ""},
		{"abs(", ")"},
		{"a || ", ""},
		{"", " || a"},
		{"", " | a"},
		{"", " == a"},
		{"", "[]"},
		{"", "[*]"},
		{"", "(a)"},
	};
	const int levels[] = {JMESPATH_DEPTH_MAX, 100 * 1000};
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		for (j = 0; j < COUNT(levels); j++)
			expect_fault(nest(rows[i].before, "a", rows[i].after,
					     levels[j]),
				AWSCLI_PARAM_ERROR,
				strcmp(rows[i].after, "(a)") == 0
					? "Invalid function name"
					: "nested more than 500 levels");
	/* long, but not deep */
	expect_shown(search(nest("", "a", ".a", 30000), "{}"), "None");
	expect_shown(search(nest("", "a", "[0]", 30000), "{}"), "None");
	expect_shown(search(nest("(", "a", ")", JMESPATH_DEPTH_MAX - 1),
			     "{\"a\":1}"),
		"1");
	expect_shown(search(nest("", "a", " || a", 400), "{\"a\":1}"), "1");
}

static void
test_self_application(void **state)
{
	(void)state;
	/* an expression that is applied to itself */
	expect_fault("(&map(@, [@])) | map(@, [@])", AWSCLI_GENERAL_ERROR,
		"--query calls itself more than 500 levels deep");
	expect_fault("(&map(@, [@, @])) | map(@, [@])", AWSCLI_GENERAL_ERROR,
		"levels deep");
	expect_fault("(&sort_by([@], @)) | sort_by([@], @)",
		AWSCLI_GENERAL_ERROR, "levels deep");
}

static void
test_references(void **state)
{
	static const char *const rows[] = {
		"&a", "[&a]", "{x: [&a]}", "to_array(&a)", "not_null(&a)"};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		expect_fault(rows[i], AWSCLI_GENERAL_ERROR,
			"--query: an expression, as in &name, is no value");
	expect_fault("length(&a)", AWSCLI_GENERAL_ERROR,
		"invalid type for value: &expression, expected one of: "
		"['string', 'array', 'object'], received: \"expref\"");
	expect_fault("to_number(&a)", AWSCLI_GENERAL_ERROR,
		"a real number, not '_Expression'");
	expect_fault("merge(`{}`, &a)", AWSCLI_GENERAL_ERROR,
		"'_Expression' object is not iterable");
	expect_shown(search("type(&a)", "{}"), "None");
	expect_shown(search("(&a).b", "{}"), "None");
	expect_shown(search("!(&a)", "{}"), "False");
	expect_shown(search("(&a) == (&b)", "{}"), "False");
	expect_shown(search("to_string([&a])", "{}"), "'[\"&expression\"]'");
}

/* Search with steps and values that begin at some number. */
static const struct value *
search_from(
	const char *expression, const char *document, long steps, long values)
{
	struct jmespath_run run = {
		.arena = &arena,
		.fault = &fault,
		.visit = jmespath_evaluator_visit,
		.steps = steps,
		.values = values,
	};
	const struct jmespath_node *node = compile(expression);

	assert_non_null(node);
	return jmespath_run_check_printable(
		&run, jmespath_evaluator_visit(&run, node, json(document)));
}

static void
test_steps_and_values(void **state)
{
	static const char *const rows[] = {"[@, @]", "{a: @}", "[*]", "[]",
		"[?@]", "[::-1]", "sort(@)", "map(&a, @)", "[?@ == `1`]",
		"reverse(@)", "sort_by(@, &@)", "[] || [*]", "a"};
	const long most = JMESPATH_STEPS_MAX;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_non_null(
			search_from(rows[i], "[3,2,1]", most - 1000, 0));
		assert_null(search_from(rows[i], "[3,2,1]", most - 1, 0));
		assert_string_equal(buf_str(&fault.text),
			"--query takes more than 1000000000 steps");
	}
	for (i = 0; i + 1 < COUNT(rows); i++) {
		assert_null(search_from(
			rows[i], "[3,2,1]", 0, JMESPATH_VALUES_MAX));
		assert_string_equal(buf_str(&fault.text),
			"--query makes more than 50000000 values");
	}
}

/* Values that share parts, so that a small expression makes a huge one. */
static void
test_shared_parts(void **state)
{
	static const char *const rows[] = {"", "| to_string(@)", "| @ == @",
		"| contains(@, @)", "| abs(@)"};
	const long most = JMESPATH_STEPS_MAX;
	const char *doubled = nest("", "@", " | [@, @]", 60);
	struct buf text;
	size_t i;

	(void)state;
	buf_init(&text, 16 * 1024);
	for (i = 0; i < COUNT(rows); i++) {
		buf_clear(&text);
		buf_addf(&text, "%s %s", doubled, rows[i]);
		assert_null(
			search_from(buf_str(&text), "1", most - 100 * 1000, 0));
		assert_string_equal(buf_str(&fault.text),
			"--query takes more than 1000000000 steps");
	}
	buf_release(&text);
}

static void
test_deep_values(void **state)
{
	/* each application nests the value 400 levels deeper */
	const char *deeper = nest("", "map(&(@", " | [@]", 400);
	struct buf text;

	(void)state;
	buf_init(&text, 1024 * 1024);
	buf_addf(&text, "%s), [@]) | %s), [@]) | %s), [@])", deeper, deeper,
		deeper);
	expect_fault(buf_str(&text), AWSCLI_GENERAL_ERROR,
		"--query makes a value of more than 900 levels");
	buf_clear(&text);
	buf_addf(&text, "%s), [@]) | %s), [@]) | %s), [@]) | @ == @", deeper,
		deeper, deeper);
	expect_fault(buf_str(&text), AWSCLI_GENERAL_ERROR, "900 levels");
	buf_release(&text);
}

static void
test_literals(void **state)
{
	char *digits = nest("9", "", "", 4301), *small = digits + 1;
	struct buf text;

	(void)state;
	buf_init(&text, 1024 * 1024);
	/* Python reads no more than 4300 digits: an index, and a literal */
	buf_addf(&text, "[%s]", digits);
	expect_fault(buf_str(&text), AWSCLI_PARAM_ERROR,
		"Exceeds the limit (4300 digits) for integer string "
		"conversion: value has 4301 digits");
	buf_clear(&text);
	buf_addf(&text, "[%s]", small);
	expect_shown(search(buf_str(&text), "[1]"), "None");
	buf_clear(&text);
	buf_addf(&text, "type(`%s`)", digits);
	expect_shown(search(buf_str(&text), "[1]"), "'string'");
	buf_clear(&text);
	buf_addf(&text, "type(`%s`)", small);
	expect_shown(search(buf_str(&text), "[1]"), "'number'");
	buf_clear(&text);
	buf_addf(&text, "sum(`[%s, 1]`)", small);
	expect_fault(buf_str(&text), AWSCLI_GENERAL_ERROR,
		"Exceeds the limit (4300 digits)");
	buf_clear(&text);
	buf_addf(&text, "avg(`[%s]`)", small);
	expect_fault(buf_str(&text), AWSCLI_GENERAL_ERROR,
		"int too large to convert to float");
	buf_clear(&text);
	buf_addf(&text, "sum(`[%s, 0.5]`)", small);
	expect_fault(buf_str(&text), AWSCLI_GENERAL_ERROR,
		"int too large to convert to float");
	buf_clear(&text);
	buf_addf(&text, "to_number('%s')", digits);
	expect_shown(search(buf_str(&text), "[1]"), "inf");
	buf_clear(&text);
	expect_fault(nest("`", nest("[", "", "]", 901), "`", 1),
		AWSCLI_PARAM_ERROR, "Nested too deep");
	buf_release(&text);
}

static void
test_bytes(void **state)
{
	(void)state;
	/* not UTF-8: each byte is a character, as Python decodes arguments */
	expect_fault("a \xff", AWSCLI_PARAM_ERROR,
		"Bad jmespath expression: Unknown token \xff:\na \xff\n  ^");
	expect_fault(
		"'\xff\xfe' #", AWSCLI_PARAM_ERROR, "#:\n'\xff\xfe' #\n     ^");
	expect_fault("\"\xc3", AWSCLI_PARAM_ERROR, "Unclosed \" delimiter");
	expect_shown(search("length('\xff\xc3\xa9\xed\xa0')", "{}"), "4");
	expect_shown(
		search("reverse('a\xff\xc3\xa9')", "{}"), "'\xc3\xa9\\udcffa'");
	expect_shown(search("to_string(['\xff'])", "{}"), "'[\"\\\\udcff\"]'");
	expect_shown(
		search("sort(['\xff', '\xf0\x9f\x9a\x80', '\xee\x80\x80'])",
			"{}"),
		"['\\udcff', '\xee\x80\x80', '\xf0\x9f\x9a\x80']");
	expect_shown(search("\"\\u0000\"", "{\"\\u0000\": 1}"), "1");
	expect_shown(search("`\"a\\u0000b\"`", "{}"), "'a\\x00b'");
	expect_shown(search("to_number(`\"1\\u0000\"`)", "{}"), "None");
	expect_shown(search("to_number(`\"1.5\\u00002\"`)", "{}"), "None");
	expect_fault("(\"abs\\u0000\")(`1`)", AWSCLI_GENERAL_ERROR,
		"Unknown function: abs");
}

static void
test_numbers(void **state)
{
	static const struct row rows[] = {
		{"[-9223372036854775809]", "None"},
		{"[9223372036854775808]", "None"},
		{"[-9223372036854775808:9223372036854775807]", "[1, 2, 3]"},
		{"[:-9223372036854775809:-9223372036854775808]", "[3]"},
		{"[::9223372036854775807]", "[1]"},
		{"[007]", "None"},
		{"[-0]", "1"},
		{"[-003]", "1"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		expect_shown(search(rows[i].input, "[1,2,3]"), rows[i].output);
}

static void
test_many_keys(void **state)
{
	struct buf text;
	int i;

	(void)state;
	buf_init(&text, 1024 * 1024);
	for (i = 0; i <= VALUE_KEYS_MAX; i++)
		buf_addf(&text, "%sk%d: a", i > 0 ? "," : "{", i);
	buf_addch(&text, '}');
	expect_fault(buf_str(&text), AWSCLI_GENERAL_ERROR,
		"--query makes an object of more than 10000 keys");
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_depth),
		WITH_ARENA(test_self_application),
		WITH_ARENA(test_references),
		WITH_ARENA(test_steps_and_values),
		WITH_ARENA(test_shared_parts),
		WITH_ARENA(test_deep_values),
		WITH_ARENA(test_literals),
		WITH_ARENA(test_bytes),
		WITH_ARENA(test_numbers),
		WITH_ARENA(test_many_keys),
	};

	return cmocka_run_group_tests_name("jmespath", tests, NULL, NULL);
}
