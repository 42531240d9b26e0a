/* Output of the AWS CLI: queries and the text format. */
#include "cmd/awscli/query.h"
#include "cmd/awscli/text_formatter.h"
#include "tests/unit/awscli_fixture.h"

static void
test_query(void **state)
{
	static const char data[] =
		"{\"L\":{\"Items\":[{\"Id\":\"a\",\"n\":[1,2]},{\"x\":1},"
		"{\"Id\":\"b\",\"n\":[3]}],\"a b\":null,\"m\":{\"p\":{\"q\":1},"
		"\"r\":{\"q\":2}},\"deep\":[[1,[2]],3,[]]}}";
	static const struct row rows[] = {
		{"L.Items[].Id", "['a', 'b']"},
		{"L.Items[*].Id", "['a', 'b']"},
		{"L.Items[0].Id", "'a'"},
		{"L.Items[-1].Id", "'b'"},
		{"L.Items[-4]", "None"},
		{"L.Items[3]", "None"},
		{" L . Items [ 1 ] . x ", "1"},
		{"L.Items[*].n", "[[1, 2], [3]]"},
		{"L.Items[*].n[]", "[1, 2, 3]"},
		{"L.Items[].n[0]", "[1, 3]"},
		{"L.Items[*].n | [0]", "[1, 2]"},
		{"L.Items[].n[].x", "[]"},
		{"L.deep[]", "[1, [2], 3]"},
		{"L.deep[][]", "[1, 2, 3]"},
		{"L.m.*.q", "[1, 2]"},
		{"L.m[*]", "None"},
		{"L.m[]", "None"},
		{"L.Items.Id", "None"},
		{"L.\"a b\"", "None"},
		{"L.\"\\u006d\".p", "{'q': 1}"},
		{"nope.x[0].y", "None"},
		{"@.L.m.p.q", "1"},
		{"", "Bad value for --query : Invalid JMESPath expression: "
		     "cannot be empty."},
	};
	static const char *const wrong[] = {"a.", "a..b", ".a", "a[", "a[x]",
		"a b", "a-b", "a[?b]", "length(a)", "{a: b}", "a || b",
		"[a, b]", "a[0:1]", "`1`", "'x'", "\"a", "1", "a |"};
	struct query query;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		expect_shown(
			query_parse(&query, &arena, rows[i].input, &fault) == 0
				? query_search(&query, &arena, json(data))
				: NULL,
			rows[i].output);
	for (i = 0; i < COUNT(wrong); i++) {
		assert_int_equal(
			query_parse(&query, &arena, wrong[i], &fault), -1);
		assert_int_equal(fault.status, AWSCLI_PARAM_ERROR);
		assert_non_null(
			strstr(buf_str(&fault.text), "Bad value for --query "));
	}
}

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_query),
		WITH_ARENA(test_text),
	};

	return cmocka_run_group_tests_name("awscli_output", tests, NULL, NULL);
}
