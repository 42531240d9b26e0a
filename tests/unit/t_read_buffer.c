/* Read buffers: every byte once, in order, of a file, a part or a pipe. */
#include <fcntl.h>
#include <sys/wait.h>

#include "base/read_buffer.h"
#include "tests/unit/fixture.h"

enum {
	SIZE = 100 * 1000,
	MAX = 40 * 1000, /* more than a buffer has at first */
};

static char content[SIZE];

static int
fill_file(void **state)
{
	size_t i;

	if (enter_folder(state) != 0)
		return -1;
	for (i = 0; i < SIZE; i++)
		content[i] = (char)(i * 7919 % 251);
	write_bytes("file", content, SIZE);
	return 0;
}

/* Reads up to the end, more at a time and less; compares with the content. */
static void
read_all(struct read_buffer *buffer, size_t from, size_t to)
{
	struct err err = ERR_INIT;
	size_t want = 1, len;

	while (from < to) {
		assert_int_equal(read_buffer_fill(buffer, want, &err), 0);
		len = read_buffer_len(buffer);
		assert_true(len >= want || len == to - from);
		if (len > want)
			len = want;
		assert_memory_equal(
			read_buffer_data(buffer), content + from, len);
		read_buffer_consume(buffer, len);
		from += len;
		want = want * 3 % MAX + 1;
	}
	assert_int_equal(read_buffer_fill(buffer, MAX, &err), 0);
	assert_int_equal(read_buffer_len(buffer), 0);
}

static void
test_file(void **state)
{
	struct read_buffer buffer;
	struct err err = ERR_INIT;
	int fd = open("file", O_RDONLY);

	(void)state;
	assert_int_equal(read_buffer_open(&buffer, fd, MAX, &err), 0);
	read_all(&buffer, 0, SIZE);
	read_buffer_release(&buffer);
	close(fd);
}

static void
test_parts_share_a_descriptor(void **state)
{
	struct read_buffer parts[2];
	struct err err = ERR_INIT;
	int fd = open("file", O_RDONLY);

	(void)state;
	assert_int_equal(
		read_buffer_open_part(&parts[0], fd, 0, 54321, MAX, &err), 0);
	assert_int_equal(
		read_buffer_open_part(&parts[1], fd, 54321, SIZE, MAX, &err),
		0);
	read_all(&parts[1], 54321, SIZE);
	read_all(&parts[0], 0, 54321);
	read_buffer_release(&parts[0]);
	read_buffer_release(&parts[1]);
	close(fd);
}

/* A pipe gives few bytes at a time. */
static void
test_pipe(void **state)
{
	struct read_buffer buffer;
	struct err err = ERR_INIT;
	int ends[2], status;
	size_t at;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		for (at = 0; at < SIZE; at += 1000)
			if (write(ends[1], content + at, 1000) != 1000)
				_exit(1);
		_exit(0);
	}
	close(ends[1]);
	assert_int_equal(read_buffer_open(&buffer, ends[0], MAX, &err), 0);
	read_all(&buffer, 0, SIZE);
	read_buffer_release(&buffer);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void
test_folder_cannot_be_read(void **state)
{
	struct read_buffer buffer;
	struct err err = ERR_INIT;
	int fd = open(".", O_RDONLY);

	(void)state;
	assert_int_equal(read_buffer_open(&buffer, fd, MAX, &err), 0);
	assert_int_equal(read_buffer_fill(&buffer, 1, &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	read_buffer_release(&buffer);
	close(fd);
}

#define WITH_FILE(test) \
	cmocka_unit_test_setup_teardown(test, fill_file, leave_folder)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FILE(test_file),
		WITH_FILE(test_parts_share_a_descriptor),
		WITH_FILE(test_pipe),
		WITH_FILE(test_folder_cannot_be_read),
	};

	return cmocka_run_group_tests_name("read_buffer", tests, NULL, NULL);
}
