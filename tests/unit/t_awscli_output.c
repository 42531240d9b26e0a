/* Output of the AWS CLI: the text format. */
#include "cmd/awscli/text_formatter.h"
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_text),
	};

	return cmocka_run_group_tests_name("awscli_output", tests, NULL, NULL);
}
