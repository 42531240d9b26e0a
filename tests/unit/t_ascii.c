/* ASCII text whose letters' case does not matter. */
#include "base/ascii.h"
#include "tests/unit/fixture.h"

static const struct {
	const char *text, *wanted;
	bool found;
} rows[] = {
	{"The Caller Reference is in use", "caller reference", true},
	{"caller", "CALLER", true},
	{"aab", "ab", true},
	{"call", "caller", false},
	{"", "a", false},
	{"a", "", true},
	{"", "", true},
	{"[@", "{`", false}, /* differ in the same bit as letters do */
	{"\xc3\x84", "\xc3\xa4", false},
};

static void
test_contains(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(ascii_contains_ignoring_case(
					 rows[i].text, rows[i].wanted),
			rows[i].found);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_contains),
	};

	return cmocka_run_group_tests_name("ascii", tests, NULL, NULL);
}
