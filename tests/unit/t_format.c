/* Numbers as people read them. */
#include "base/format.h"
#include "tests/unit/fixture.h"

static const struct {
	uint64_t number;
	const char *count, *bytes;
} rows[] = {
	{0, "0", "0 B"},
	{999, "999", "999 B"},
	{1000, "1,000", "1.0 kB"},
	{1049, "1,049", "1.0 kB"},
	{1050, "1,050", "1.1 kB"},
	{999949, "999,949", "999.9 kB"},
	{999950, "999,950", "1.0 MB"},
	{1234567, "1,234,567", "1.2 MB"},
	{1000000001, "1,000,000,001", "1.0 GB"},
	{UINT64_MAX, "18,446,744,073,709,551,615", "18.4 EB"},
};

static void
test_rows(void **state)
{
	struct buf text;
	size_t i;

	(void)state;
	buf_init(&text, 64);
	for (i = 0; i < COUNT(rows); i++) {
		buf_clear(&text);
		format_count(&text, rows[i].number);
		assert_string_equal(buf_str(&text), rows[i].count);
		buf_clear(&text);
		format_bytes(&text, rows[i].number);
		assert_string_equal(buf_str(&text), rows[i].bytes);
	}
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
