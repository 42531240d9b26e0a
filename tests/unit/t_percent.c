/* Percent-encoding: which bytes are copied, and which are escaped. */
#include "base/percent.h"
#include "tests/unit/fixture.h"

static void
check(const char *text, size_t len, const char *safe, const char *encoded)
{
	struct buf out;

	buf_init(&out, 4096);
	percent_encode(&out, text, len, safe);
	assert_string_equal(buf_str(&out), encoded);
	buf_release(&out);
}

static void
test_bytes(void **state)
{
	(void)state;
	check("", 0, "", "");
	check("azAZ09-._~", 10, "", "azAZ09-._~");
	check("/ %+", 4, "", "%2F%20%25%2B");
	check("a/b", 3, "/", "a/b");
	check("\0\xff\xc3\xa9", 4, "/", "%00%FF%C3%A9");
}

static void
test_strings(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 4096);
	percent_encode_str(&out, "a=b&c/d", "=/");
	assert_string_equal(buf_str(&out), "a=b%26c/d");
	buf_release(&out);
}

static void
check_decoded(const char *text, const char *decoded, size_t len)
{
	char copy[32];
	size_t i = strlen(text);

	memcpy(copy, text, i + 1);
	assert_int_equal(percent_decode(copy, i), len);
	assert_memory_equal(copy, decoded, len);
}

static void
test_decode(void **state)
{
	(void)state;
	check_decoded("", "", 0);
	check_decoded("a%2Fb%c3%A9", "a/b\xc3\xa9", 5);
	check_decoded("%00", "\0", 1);
	check_decoded("%", "%", 1);
	check_decoded("%2", "%2", 2);
	check_decoded("%%2525%2g", "%%25%2g", 7);
}

static void
test_one_byte(void **state)
{
	(void)state;
	assert_int_equal(percent_byte("%2Fx", 4), '/');
	assert_int_equal(percent_byte("%ff", 3), 255);
	assert_int_equal(percent_byte("%00", 3), 0);
	assert_int_equal(percent_byte("%2F", 2), -1);
	assert_int_equal(percent_byte("%2g", 3), -1);
	assert_int_equal(percent_byte("2F%", 3), -1);
	assert_int_equal(percent_byte("", 0), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_one_byte),
	};

	return cmocka_run_group_tests_name("percent", tests, NULL, NULL);
}
