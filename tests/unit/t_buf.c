/* Buffers that have a maximum. */
#include "base/buf.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

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
	assert_string_equal(buf_shown(&buf), "abc45");
	buf_clear(&buf);
	assert_int_equal(buf_check(&buf, &err), 0);
	assert_string_equal(buf_str(&buf), "");
	buf_release(&buf);
}

static void
test_a_failure_is_appended_too(void **state)
{
	struct buf whole, part;

	(void)state;
	buf_init(&whole, 100);
	buf_init(&part, 3);
	buf_addstr(&part, "abc");
	buf_append(&whole, &part);
	assert_string_equal(buf_str(&whole), "abc");
	buf_addstr(&part, "d");
	buf_append(&whole, &part);
	assert_int_equal(whole.failed, ERR_INPUT);
	buf_clear(&whole);
	part.failed = ERR_MEMORY;
	buf_append(&whole, &part);
	assert_int_equal(whole.failed, ERR_MEMORY);
	buf_release(&whole);
	buf_release(&part);
	part.failed = ERR_MEMORY;
	assert_string_equal(buf_shown(&part), "(no memory)");
}

/* Whoever forgets buf_check() notices. */
static void
test_a_failed_buffer_has_no_text(void **state)
{
	struct buf buf;
	int status;
	pid_t pid;

	(void)state;
	buf_init(&buf, 1);
	buf_addstr(&buf, "ab");
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		signal(SIGABRT, SIG_DFL);
		(void)!freopen("/dev/null", "w", stderr);
		(void)buf_str(&buf);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	buf_release(&buf);
}

static void
test_what_is_detached_is_the_callers(void **state)
{
	struct err err = ERR_INIT;
	struct buf buf;
	char *text;

	(void)state;
	buf_init(&buf, 2);
	text = buf_detach(&buf, &err);
	assert_string_equal(text, "");
	free(text);
	buf_addstr(&buf, "ab");
	text = buf_detach(&buf, &err);
	assert_string_equal(text, "ab");
	free(text);
	assert_string_equal(buf_str(&buf), "");
	buf_addstr(&buf, "abc");
	assert_null(buf_detach(&buf, &err));
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(buf_check(&buf, &err), 0);
}

/* What buf_wipe overwrites: also what was cut off. */
static void
test_remembers_how_much_was_in_it(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 1000);
	buf_reserve(&buf, 900);
	assert_int_equal(buf.used, 0);
	assert_string_equal(buf_str(&buf), "");
	buf_addstr(&buf, "secret");
	buf_clear(&buf);
	buf_addf(&buf, "%s", "ab");
	buf_cut(&buf, 1);
	assert_int_equal(buf.used, 6);
	buf_wipe(&buf);
	assert_int_equal(buf.used, 0);
	assert_null(buf.data);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buf_sticks_at_its_maximum),
		cmocka_unit_test(test_a_failure_is_appended_too),
		cmocka_unit_test(test_a_failed_buffer_has_no_text),
		cmocka_unit_test(test_what_is_detached_is_the_callers),
		cmocka_unit_test(test_remembers_how_much_was_in_it),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
