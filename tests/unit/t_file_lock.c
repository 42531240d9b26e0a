/* Locks between processes. */
#include <signal.h>
#include <sys/wait.h>

#include "base/file_lock.h"
#include "tests/unit/fixture.h"

static void
test_lock_dies_with_its_process(void **state)
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

/* In a folder that others can write, a link would make a file elsewhere. */
static void
test_links_are_not_followed(void **state)
{
	struct file_lock lock;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(symlink("elsewhere", "link"), 0);
	assert_int_equal(file_lock_take(&lock, "link", &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.message, "link is a symbolic link"));
	assert_int_equal(access("elsewhere", F_OK), -1);
	file_lock_drop(&lock);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_lock_dies_with_its_process),
		IN_FOLDER(test_links_are_not_followed),
	};

	return cmocka_run_group_tests_name("file_lock", tests, NULL, NULL);
}
