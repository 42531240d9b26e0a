/* The list price of invalidation paths. */
#include "diff/price.h"
#include "tests/unit/fixture.h"

static const struct {
	size_t paths;
	const char *text;
	const char *usd; /* as JSON has it */
} rows[] = {
	{0, "$0.000", "0"},
	{1, "$0.005", "0.005"},
	{200, "$1.000", "1"},
	{3000, "$15.000", "15"},
	{246801, "$1,234.005", "1234.005"},
};

static void
test_rows(void **state)
{
	struct buf text;
	char usd[32];
	size_t i;

	(void)state;
	buf_init(&text, 64);
	for (i = 0; i < COUNT(rows); i++) {
		buf_clear(&text);
		price_format(&text, rows[i].paths);
		assert_string_equal(buf_str(&text), rows[i].text);
		snprintf(usd, sizeof(usd), "%.15g", price_usd(rows[i].paths));
		assert_string_equal(usd, rows[i].usd);
	}
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};

	return cmocka_run_group_tests_name("price", tests, NULL, NULL);
}
