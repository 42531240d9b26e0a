/* Output of the AWS CLI: text, YAML and tables. */
#include "cmd/awscli/table_formatter.h"
#include "cmd/awscli/text_formatter.h"
#include "cmd/awscli/yaml_formatter.h"
#include "tests/unit/awscli_fixture.h"

static void
test_text(void **state)
{
	static const struct row rows[] = {
		{"{\"Location\":\"l\",\"Invalidation\":{\"Id\":\"I\","
		 "\"Status\":"
		 "\"S\",\"CreateTime\":\"C\",\"InvalidationBatch\":{\"Paths\":{"
		 "\"Quantity\":2,\"Items\":[\"/b\",\"/a\"]},"
		 "\"CallerReference\":\"r\"}}}",
			"l\nINVALIDATION\tC\tI\tS\nINVALIDATIONBATCH\tr\n"
			"PATHS\t2\nITEMS\t/b\nITEMS\t/a\n"},
		{"{\"L\":{\"Items\":[{\"a\":1,\"c\":true},{\"b\":null}]}}",
			"ITEMS\t1\t\tTrue\nITEMS\t\tNone\t\n"},
		{"[\"a\",1,null]", "a\t1\tNone\n"},
		{"[[\"a\",\"b\"],\"c\",[\"d\"]]", "c\na\tb\nd\n"},
		{"[]", ""},
		{"{}", ""},
		{"null", "None\n"},
		{"\"x\"", "x\n"},
		{"{\"L\":{\"Items\":null}}", "L\tNone\n"},
		{"{\"z\":1,\"a\":2}", "2\t1\n"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_true(text_format(&out, json(rows[i].input)));
		expect_text(rows[i].output);
	}
}

static void
test_yaml(void **state)
{
	static const struct row rows[] = {
		{"{\"b\":[1,[2,[]],{}],\"a\":{\"d\":null,\"c\":[{\"z\":1,"
		 "\"x\":[2]}]}}",
			"a:\n  c:\n  - x:\n    - 2\n    z: 1\n  d: null\n"
			"b:\n- 1\n- - 2\n  - []\n- {}\n"},
		{"[\"\",\"a b\",\"a: b\",\"a #b\",\"a#b:c\",\"-\",\"1a\","
		 "\"yes\",\"NULL\",\"it's\",\"'\",\"*\",\" \",\"a:\"]",
			"- ''\n- a b\n- 'a: b'\n- 'a #b'\n- a#b:c\n- '-'\n"
			"- '1a'\n- 'yes'\n- 'NULL'\n- it's\n- ''''\n- '*'\n"
			"- ' '\n- 'a:'\n"},
		{"[\"a\\nb\\t\\\"\\u0001\\u2028\",\"\\ud800\"]",
			"- \"a\\nb\\t\\\"\\u0001\\u2028\"\n- \"\\ud800\"\n"},
		{"[1.5,1e22,1e400,-1e400,NaN,true]",
			"- 1.5\n- 1.0e+22\n- .inf\n- -.inf\n- .nan\n- true\n"},
		{"\"a\"", "\"a\"\n"},
		{"1", "1\n"},
		{"null", "null\n"},
		{"[]", "[]\n"},
		{"{}", ""},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_true(yaml_format(&out, json(rows[i].input)));
		expect_text(rows[i].output);
	}
	assert_true(yaml_format_item(&out, json("{\"a\":[1,2],\"b\":2}")));
	expect_text("- a:\n  - 1\n  - 2\n  b: 2\n");
	assert_true(yaml_format_item(&out, json("{}")));
	expect_text("- {}\n");
}

static void
expect_table(const char *input, long columns, const char *wanted)
{
	if (table_format(&out, &arena, "Name", json(input), columns, false,
		    &fault) == 0)
		expect_text(wanted);
	else
		assert_string_equal(buf_str(&fault.text), wanted);
}

static void
test_table(void **state)
{
	(void)state;
	expect_table("{\"b\":\"日本\",\"a\":1,\"c\":[2]}", 80,
		"---------------\n"
		"|    Name     |\n"
		"+----+--------+\n"
		"|  a |   b    |\n"
		"+----+--------+\n"
		"|  1 |  日本  |\n"
		"+----+--------+\n"
		"||     c     ||\n"
		"|+-----------+|\n"
		"||  2        ||\n"
		"|+-----------+|\n");
	expect_table("{\"b\":2,\"a\":1}", 10,
		"------------\n"
		"|   Name   |\n"
		"+----+-----+\n"
		"|  a |  1  |\n"
		"|  b |  2  |\n"
		"+----+-----+\n");
	expect_table("[[1,2],[3]]", 80,
		"Row should have 2 elements, instead it has 1");
	expect_table("[{\"a\":1},2]", 80,
		"a list of objects and of other values, such as 'int', is no "
		"table");
	expect_table("\"text\"", 80, "------\n|Name|\n+----+\n");
	expect_table("{}", 80, "");
	expect_table("0", 80, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_text),
		WITH_ARENA(test_yaml),
		WITH_ARENA(test_table),
	};

	return cmocka_run_group_tests_name("awscli_output", tests, NULL, NULL);
}
