/* What GitHub's runner reads, however hostile the text. */
#include "base/file.h"
#include "cmd/console/github_actions.h"
#include "cmd/console/github_output.h"
#include "tests/unit/fixture.h"

static void
test_annotation(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 1024);
	github_actions_annotate(
		&out, "error", "100%\r\n::set-output name=a::b%0A");
	assert_string_equal(buf_str(&out),
		"::error title=edgediff::100%25%0D%0A::set-output "
		"name=a::b%250A\n");
	buf_release(&out);
}

/* Write one output; what the file then holds. */
static int
write_one(const char *value, struct buf *held, struct err *err)
{
	char path[] = "actions.XXXXXX";
	struct err ignored = ERR_INIT;
	struct github_output output;
	int fd = mkstemp(path), rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "before=1", 8), 8);
	close(fd);
	setenv("GITHUB_OUTPUT", path, 1);
	github_output_init(&output);
	github_output_add(&output, "id", value);
	github_output_add_count(&output, "items", 7);
	rc = github_output_write(&output, err);
	github_output_release(&output);
	buf_clear(held);
	assert_int_equal(file_read(path, held, &ignored), 0);
	unlink(path);
	return rc;
}

static void
test_no_value_begins_another_output(void **state)
{
	static const char *const hostile[] = {"I1\nresult=accepted", "I1\r",
		"<<E", "a=b", "%0A", "\xe2\x80\xa8", "\x85", "\t"};
	struct err err = ERR_INIT;
	struct buf held;
	size_t i;

	(void)state;
	buf_init(&held, 4096);
	assert_int_equal(write_one("edgediff-0a-Z.9_:", &held, &err), 0);
	assert_string_equal(
		buf_str(&held), "before=1\nid=edgediff-0a-Z.9_:\nitems=7\n");
	for (i = 0; i < COUNT(hostile); i++) {
		assert_int_equal(write_one(hostile[i], &held, &err), -1);
		assert_int_equal(err.code, ERR_BUG);
		assert_string_equal(buf_str(&held), "before=1");
	}
	buf_release(&held);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_annotation),
		cmocka_unit_test(test_no_value_begins_another_output),
	};

	return cmocka_run_group_tests_name("actions", tests, NULL, NULL);
}
