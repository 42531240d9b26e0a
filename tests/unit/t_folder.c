/* Making folders. */
#include <sys/stat.h>

#include "base/folder.h"
#include "tests/unit/fixture.h"

static void
test_parents_are_made(void **state)
{
	struct err err = ERR_INIT;
	struct stat st;

	(void)state;
	assert_int_equal(folder_make("a/b/c", &err), 0);
	assert_int_equal(folder_make("a/b/c", &err), 0);
	assert_int_equal(stat("a/b/c", &st), 0);
	assert_true(S_ISDIR(st.st_mode));
	write_file("f", "");
	assert_int_equal(folder_make("f/x", &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_equal(folder_make("f", &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_parents_are_made),
	};

	return cmocka_run_group_tests_name("folder", tests, NULL, NULL);
}
