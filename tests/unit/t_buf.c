/* Buffers that have a maximum. */
#include "base/buf.h"
#include "tests/unit/fixture.h"

static void
test_buf_sticks_at_its_maximum(void **state)
{
	struct err err = ERR_INIT;
	struct buf buf;

	(void)state;
	buf_init(&buf, 5);
	buf_addstr(&buf, "abc");
	buf_addf(&buf, "%d", 45);
	assert_int_equal(buf_check(&buf, &err), 0);
	assert_string_equal(buf_str(&buf), "abc45");
	buf_addch(&buf, 'x');
	buf_addstr(&buf, "");
	assert_int_equal(buf_check(&buf, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_string_equal(buf_str(&buf), "abc45");
	buf_clear(&buf);
	assert_int_equal(buf_check(&buf, &err), 0);
	assert_string_equal(buf_str(&buf), "");
	buf_release(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buf_sticks_at_its_maximum),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
