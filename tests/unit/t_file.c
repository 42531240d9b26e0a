/* Reading files. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

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

static void
test_file_range_is_read_up_to_the_end(void **state)
{
	static const struct {
		uint64_t offset;
		size_t len;
		const char *content;
	} rows[] = {{0, 5, "12345"}, {1, 3, "234"}, {3, 9, "45"}, {5, 1, ""},
		{9, 9, ""}, {2, 0, ""}};
	char out[10];
	size_t i;
	int fd;

	(void)state;
	write_file("f", "12345");
	fd = open("f", O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(out, '#', sizeof(out));
		assert_int_equal(
			file_read_at(fd, rows[i].offset, out, rows[i].len),
			strlen(rows[i].content));
		assert_memory_equal(
			out, rows[i].content, strlen(rows[i].content));
		assert_int_equal(out[strlen(rows[i].content)], '#');
	}
	assert_int_equal(lseek(fd, 0, SEEK_CUR), 0);
	close(fd);
	assert_int_equal(file_read_at(fd, 0, out, 1), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_file_over_the_limit_is_refused),
		IN_FOLDER(test_file_range_is_read_up_to_the_end),
	};

	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
