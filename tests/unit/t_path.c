/* Paths as text, and with their links resolved. */
#include <errno.h>
#include <limits.h>
#include <sys/stat.h>

#include "base/path.h"
#include "tests/unit/fixture.h"

static const struct {
	const char *path, *folder, *name;
} parts[] = {
	{"name", ".", "name"},
	{"/name", "/", "name"},
	{"a/b/name", "a/b", "name"},
	{"a/", "a", ""},
};

static void
test_parts(void **state)
{
	char *folder;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(parts); i++) {
		folder = path_folder(parts[i].path);
		assert_string_equal(folder, parts[i].folder);
		assert_string_equal(path_name(parts[i].path), parts[i].name);
		free(folder);
	}
}

static void
expect_path(char *path, const char *wanted)
{
	assert_string_equal(path, wanted);
	free(path);
}

static void
test_join(void **state)
{
	(void)state;
	expect_path(path_join("a", "b"), "a/b");
	expect_path(path_join("/", "b"), "/b");
	expect_path(path_join("a/", "b"), "a/b");
	expect_path(path_with_suffix("a", ".lock"), "a.lock");
}

/* A link that leads nowhere, through another one, to a file to be made. */
static void
test_canonical_path_of_a_dangling_link(void **state)
{
	char *here = realpath(".", NULL), wanted[PATH_MAX];
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(symlink("second", "first"), 0);
	assert_int_equal(symlink("folder/file", "second"), 0);
	snprintf(wanted, sizeof(wanted), "%s/folder/file", here);
	expect_path(path_canonical("first", &err), wanted);
	assert_int_equal(symlink("loop", "loop"), 0);
	assert_null(path_canonical("loop", &err));
	assert_int_equal(err.sys_errno, ELOOP);
	assert_null(path_canonical("no-folder/file", &err));
	assert_int_equal(err.sys_errno, ENOENT);
	free(here);
}

/* Where a file will be once the missing folders are made. */
static void
test_canonical_path_of_a_missing_file(void **state)
{
	static const char *const rows[][2] = {
		{"x", "/x"},
		{"missing/x", "/missing/x"},
		{"./missing//./x", "/missing/x"},
		{"missing/../x", "/x"},
		{"missing/deep/../../there/x", "/there/x"},
		{"link/missing/x", "/there/missing/x"},
	};
	char *here = realpath(".", NULL), *path, wanted[PATH_MAX];
	size_t i;

	(void)state;
	assert_int_equal(mkdir("there", 0777), 0);
	assert_int_equal(symlink("there", "link"), 0);
	for (i = 0; i < COUNT(rows); i++) {
		snprintf(wanted, sizeof(wanted), "%s%s", here, rows[i][1]);
		path = path_canonical_missing(rows[i][0]);
		assert_string_equal(path, wanted);
		free(path);
	}
	path = path_canonical_missing("/no-such-folder/../x");
	assert_string_equal(path, "/x");
	free(path);
	path = path_canonical_missing("/no-such-file");
	assert_string_equal(path, "/no-such-file");
	free(path);
	free(here);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_join),
		IN_FOLDER(test_canonical_path_of_a_dangling_link),
		IN_FOLDER(test_canonical_path_of_a_missing_file),
	};

	return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
