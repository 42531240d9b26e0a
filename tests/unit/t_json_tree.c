/* JSON that is read, and what cJSON alone would read as something else. */
#include "base/json_tree.h"
#include "tests/unit/fixture.h"

static void
test_values(void **state)
{
	static const char text[] =
		" {\"a\": \"\\u00e9\\\\u0000\", \"b\": [1]}\r\n\t";
	const char *fault;
	cJSON *tree = json_tree_parse(text, sizeof(text) - 1, &fault);

	(void)state;
	assert_non_null(tree);
	assert_string_equal(
		cJSON_GetObjectItemCaseSensitive(tree, "a")->valuestring,
		"\xc3\xa9\\u0000");
	cJSON_Delete(tree);
}

/* Refuse it, and notice that at a byte. */
static void
expect_fault(const char *text, size_t len, size_t at)
{
	const char *fault;

	assert_null(json_tree_parse(text, len, &fault));
	assert_int_equal(fault - text, at);
}

#define EXPECT_FAULT(text, at) expect_fault(text, sizeof(text) - 1, at)

static void
test_misread_strings(void **state)
{
	(void)state;
	EXPECT_FAULT("[\"\\u0;0e\"]", 2);
	EXPECT_FAULT("[\"\\\\\\u0000\"]", 4);
	EXPECT_FAULT("[\"\\u00\"]", 2);
	EXPECT_FAULT("[\"\\u00", 2);
	EXPECT_FAULT("[\"a\0b\"]", 3);
	EXPECT_FAULT("[\"a\nb\"]", 3);
	EXPECT_FAULT("[\"\\\"\x1f\"]", 4);
}

static void
test_what_is_around(void **state)
{
	(void)state;
	EXPECT_FAULT("", 0);
	EXPECT_FAULT("[]\0", 2);
	EXPECT_FAULT("[\x01]", 1);
	EXPECT_FAULT("[] []", 3);
	EXPECT_FAULT("[] \\", 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_misread_strings),
		cmocka_unit_test(test_what_is_around),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
