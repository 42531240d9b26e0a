/* Hexadecimal digits. */
#include "base/hex.h"
#include "tests/unit/fixture.h"

static void
test_round_trip(void **state)
{
	unsigned char bytes[256], back[256];
	char digits[2 * sizeof(bytes) + 1];
	unsigned i;

	(void)state;
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)i;
	hex_encode(digits, bytes, sizeof(bytes));
	assert_memory_equal(digits, "000102", 6);
	assert_string_equal(digits + 2 * 253, "fdfeff");
	assert_int_equal(hex_decode(back, digits, sizeof(back)), 0);
	assert_memory_equal(back, bytes, sizeof(back));
}

static void
test_other_characters_are_refused(void **state)
{
	static const char *const wrong[] = {
		"AB", "aB", "g0", "0g", "/0", ":0", "`0", " 0", "", "0"};
	unsigned char byte;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wrong); i++)
		assert_int_equal(hex_decode(&byte, wrong[i], 1), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_other_characters_are_refused),
	};

	return cmocka_run_group_tests_name("hex", tests, NULL, NULL);
}
