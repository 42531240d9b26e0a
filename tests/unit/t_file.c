/* Files: reading, locks, folders, paths. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/file.h"
#include "tests/unit/fixture.h"

/* Where a file will be, once the folders on the way to it are made. */
static void
test_file_path_to_be(void **state)
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
		path = file_path_to_be(rows[i][0]);
		assert_string_equal(path, wanted);
		free(path);
	}
	path = file_path_to_be("/no-such-folder/../x");
	assert_string_equal(path, "/x");
	free(path);
	path = file_path_to_be("/no-such-file");
	assert_string_equal(path, "/no-such-file");
	free(path);
	free(here);
}

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

static void
test_file_lock_dies_with_its_process(void **state)
{
	struct file_lock lock;
	struct err err = ERR_INIT;
	int ready[2], status;
	char byte;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		if (file_lock_take(&lock, "l", &err) == 0 &&
			write(ready[1], "x", 1) == 1)
			for (;;)
				pause();
		_exit(1);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(file_lock_take(&lock, "l", &err), -1);
	assert_int_equal(err.code, ERR_BUSY);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(file_lock_take(&lock, "l", &err), 0);
	file_lock_drop(&lock);
	close(ready[0]);
	close(ready[1]);
}

static void
test_file_make_folders(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(file_make_folders("a/b/c", &err), 0);
	assert_int_equal(file_make_folders("a/b/c", &err), 0);
	write_file("f", "");
	assert_int_equal(file_make_folders("f/x", &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_file_path_to_be),
		IN_FOLDER(test_file_over_the_limit_is_refused),
		IN_FOLDER(test_file_lock_dies_with_its_process),
		IN_FOLDER(test_file_make_folders),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
