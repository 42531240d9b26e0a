/* Locks between processes. */
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "base/file_lock.h"
#include "tests/unit/fixture.h"

static const struct file_lock_wait at_once;

/* Another process that holds the lock "l" until it is killed. */
static pid_t
start_holder(void)
{
	struct file_lock lock;
	struct err err = ERR_INIT;
	int ready[2];
	char byte;
	pid_t child;

	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		alarm(60);
		if (file_lock_take(&lock, "l", &at_once, &err) == 0 &&
			write(ready[1], "x", 1) == 1)
			for (;;)
				pause();
		_exit(1);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return child;
}

static void
end_holder(pid_t child)
{
	int status;

	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
}

static void
test_lock_dies_with_its_process(void **state)
{
	pid_t holder = start_holder();
	struct file_lock lock;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(file_lock_take(&lock, "l", &at_once, &err), -1);
	assert_int_equal(err.code, ERR_BUSY);
	assert_non_null(strstr(err.message, "another process holds it"));
	assert_int_equal(lock.fd, -1);
	end_holder(holder);
	assert_int_equal(file_lock_take(&lock, "l", &at_once, &err), 0);
	file_lock_drop(&lock);
}

/* A holder that ends in the course of the wait. */
struct patience {
	pid_t holder;
	int pauses;
	int end_at, give_up_at; /* at which pause; 0: never */
};

static int
count_pause(void *context, long milliseconds)
{
	struct patience *patience = context;

	assert_true(milliseconds > 0 && milliseconds <= 1000);
	patience->pauses++;
	if (patience->pauses == patience->end_at)
		end_holder(patience->holder);
	return patience->pauses == patience->give_up_at ? -1 : 0;
}

static void
test_lock_is_waited_for(void **state)
{
	struct patience patience = {.holder = start_holder(), .end_at = 3};
	const struct file_lock_wait wait = {.most = 3600 * 1000,
		.pause = count_pause,
		.context = &patience};
	struct file_lock lock;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(file_lock_take(&lock, "l", &wait, &err), 0);
	assert_int_equal(patience.pauses, 3);
	file_lock_drop(&lock);
}

static void
test_wait_for_a_lock_ends(void **state)
{
	struct patience patience = {.holder = start_holder()};
	struct file_lock_wait wait = {
		.most = 20, .pause = count_pause, .context = &patience};
	struct file_lock lock;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(file_lock_take(&lock, "l", &wait, &err), -1);
	assert_int_equal(err.code, ERR_BUSY);
	assert_non_null(strstr(err.message, "still holds it after 0.02 s"));
	assert_true(patience.pauses > 0);

	patience.give_up_at = patience.pauses + 2;
	wait.most = 3600 * 1000;
	assert_int_equal(file_lock_take(&lock, "l", &wait, &err), -1);
	assert_int_equal(err.code, ERR_BUSY);
	assert_non_null(strstr(err.message, "a signal ended the wait"));
	assert_int_equal(patience.pauses, patience.give_up_at);
	end_holder(patience.holder);
}

static void
ring(int signal_number)
{
	(void)signal_number;
}

/* Without a pause of the caller's, a signal that is caught ends the sleep. */
static void
test_signal_ends_the_wait(void **state)
{
	const struct file_lock_wait wait = {.most = 3600 * 1000};
	const struct itimerval often = {{0, 20000}, {0, 20000}}, never = {0};
	const struct sigaction caught = {.sa_handler = ring};
	pid_t holder = start_holder();
	struct file_lock lock;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(sigaction(SIGALRM, &caught, NULL), 0);
	setitimer(ITIMER_REAL, &often, NULL);
	assert_int_equal(file_lock_take(&lock, "l", &wait, &err), -1);
	setitimer(ITIMER_REAL, &never, NULL);
	assert_int_equal(err.code, ERR_BUSY);
	assert_non_null(strstr(err.message, "a signal ended the wait"));
	end_holder(holder);
}

/* In a folder that others can write, a link would make a file elsewhere. */
static void
test_links_are_not_followed(void **state)
{
	struct file_lock lock;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(symlink("elsewhere", "link"), 0);
	assert_int_equal(file_lock_take(&lock, "link", &at_once, &err), -1);
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
		IN_FOLDER(test_lock_is_waited_for),
		IN_FOLDER(test_wait_for_a_lock_ends),
		IN_FOLDER(test_signal_ends_the_wait),
		IN_FOLDER(test_links_are_not_followed),
	};

	return cmocka_run_group_tests_name("file_lock", tests, NULL, NULL);
}
