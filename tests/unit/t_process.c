/* Programs that print credentials: output, limits, an end to all they start. */
#include <stdbool.h>
#include <time.h>

#include "aws/process.h"
#include "tests/unit/fixture.h"

static bool interrupt;

static int
fake_wait(void *context, long milliseconds)
{
	(void)context, (void)milliseconds;
	return interrupt ? -1 : 0;
}

static int64_t
elapsed(void *context)
{
	struct timespec t;

	(void)context;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const struct aws_system host = {.wait = fake_wait, .elapsed = elapsed};

static int
run(const char *command, size_t most, long longest, struct buf *out,
	struct err *err)
{
	*err = (struct err)ERR_INIT;
	buf_init(out, most);
	return process_run(out, command, &host, longest, err);
}

static void
test_process(void **state)
{
	static const struct {
		const char *command, *printed, *said;
	} rows[] = {
		{"printf 'a  b'", "a  b", NULL},
		{"sh -c 'cat; echo x >&2'", "", NULL},
		{"echo $HOME ; true", "$HOME ; true\n", NULL},
		{"sh -c 'exit 7'", NULL, "it ended with status 7"},
		{"sh -c 'kill -9 $$'", NULL, "it was killed by signal 9"},
		{"sh -c 'printf \"a\\nb\\033\" >&2; exit 1'", NULL,
			"a\\x0ab\\x1b"},
		{"", NULL, "the command is empty"},
		{" ", NULL, "the command is empty"},
		{"sh -c 'while :; do echo 0123456789; done'", NULL,
			"it prints more than 1000 bytes"},
		{"sh -c 'yes | head -c 100000 >&2; exit 1'", NULL, "y\\x0ay"},
		{"sleep 100", NULL, "it did not end within 0 s"},
		{"sh -c 'sleep 100 & exec >/dev/null 2>&1; wait'", NULL,
			"it did not end within 0 s"},
	};
	struct err err;
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		/* the last two are those that must not end in time */
		long longest = i + 2 < sizeof(rows) / sizeof(rows[0])
				       ? PROCESS_MS_MAX
				       : 300;
		int rc = run(rows[i].command, 1000, longest, &out, &err);

		assert_int_equal(rc, rows[i].said ? -1 : 0);
		if (rows[i].said) {
			assert_int_equal(err.code, ERR_INPUT);
			assert_non_null(strstr(err.message, rows[i].said));
		} else {
			assert_string_equal(buf_str(&out), rows[i].printed);
		}
		buf_release(&out);
	}
}

/* Not under valgrind, whose vfork does not tell. */
static void
test_process_missing(void **state)
{
	struct err err;
	struct buf out;

	(void)state;
	assert_int_equal(
		run("/no/such/program hush", 1000, PROCESS_MS_MAX, &out, &err),
		-1);
	assert_int_equal(err.code, ERR_INPUT);
	if (!getenv("EDGEDIFF_SHORT"))
		assert_string_equal(err.message,
			"cannot run /no/such/program: No such file or "
			"directory");
	buf_release(&out);
}

/* What it started is ended with it: its end of the pipe is closed. */
static void
test_process_group(void **state)
{
	struct err err;
	struct buf out;
	int fds[2];
	char c;

	(void)state;
	/* not closed on exec, so that the program has it too */
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(run("sh -c '(sleep 1000; echo) & sleep 1000'", 1000,
				 300, &out, &err),
		-1);
	assert_string_equal(err.message, "it did not end within 0 s");
	close(fds[1]);
	assert_int_equal(read(fds[0], &c, 1), 0);
	close(fds[0]);
	buf_release(&out);
}

/* The program is ended even if it is not in the group that it began in. */
static void
test_process_without_group(void **state)
{
	struct err err;
	struct buf out;
	char command[160];
	int fds[2];
	char c;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	snprintf(command, sizeof(command),
		"perl -e 'setpgrp(0, getpgrp(getppid)); sleep 5; "
		"open(F, \">&=\", %d); syswrite(F, \"x\")'",
		fds[1]);
	assert_int_equal(run(command, 1000, 1000, &out, &err), -1);
	assert_string_equal(err.message, "it did not end within 1 s");
	close(fds[1]);
	assert_int_equal(read(fds[0], &c, 1), 0);
	close(fds[0]);
	buf_release(&out);
}

static void
test_process_interrupted(void **state)
{
	struct err err;
	struct buf out;

	(void)state;
	interrupt = true;
	assert_int_equal(
		run("sleep 100", 1000, PROCESS_MS_MAX, &out, &err), -1);
	assert_int_equal(err.code, ERR_BUSY);
	interrupt = false;
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_process),
		cmocka_unit_test(test_process_missing),
		cmocka_unit_test(test_process_group),
		cmocka_unit_test(test_process_without_group),
		cmocka_unit_test(test_process_interrupted),
	};

	return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}
