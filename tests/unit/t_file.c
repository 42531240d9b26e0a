/* Reading files. */
#include <errno.h>

#include "base/file.h"
#include "tests/unit/fixture.h"

static void
test_file_over_the_limit_is_refused(void **state)
{
	struct err err = ERR_INIT;
	struct buf buf;

	(void)state;
	write_file("f", "12345");
	buf_init(&buf, 4);
	assert_int_equal(file_read("f", &buf, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(file_read("missing", &buf, &err), -1);
	assert_int_equal(err.sys_errno, ENOENT);
	buf_release(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_file_over_the_limit_is_refused),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
