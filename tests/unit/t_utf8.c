/* UTF-8: the length of a character, and what is none. */
#include "base/utf8.h"
#include "tests/unit/fixture.h"

static void
test_utf8(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
	} rows[] = {
		{"a", 1},
		{"\xc3\xa9", 2},
		{"\xe2\x82\xac", 3},
		{"\xf0\x9f\x98\x80", 4},
		{"\xc3", 0},
		{"\xc3(", 0},
		{"\xc0\xaf", 0}, /* over-long */
		{"\xe0\x80\xaf", 0}, /* over-long */
		{"\xed\xa0\x80", 0}, /* a surrogate */
		{"\xf4\x90\x80\x80", 0}, /* past U+10FFFF */
		{"\xff", 0},
		{"\x80", 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(
			utf8_length(rows[i].bytes, strlen(rows[i].bytes)),
			rows[i].length);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
