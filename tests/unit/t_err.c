/* Errors: context in front, a cut between characters. */
#include <errno.h>

#include "base/err.h"
#include "base/utf8.h"
#include "tests/unit/fixture.h"

static void
test_err_context_comes_first(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	errno = ENOENT;
	assert_int_equal(err_system(&err, "cannot open %s", "a"), -1);
	assert_int_equal(err_context(&err, "line %d", 7), -1);
	assert_string_equal(err.message,
		"line 7: cannot open a: No such file or directory");
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_equal(err.sys_errno, ENOENT);
}

static void
test_err_is_cut_at_a_character(void **state)
{
	struct err err = ERR_INIT;
	char text[4000];
	size_t i;

	(void)state;
	for (i = 0; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[i] = '\0';
	for (i = 0; i < 4; i++) {
		err_set(&err, ERR_INPUT, "%.*s%s", (int)i, "abc", text);
		size_t len = strlen(err.message), at, n;

		assert_true(len < sizeof(err.message));
		assert_string_equal(err.message + len - 3, "...");
		for (at = 0; at < len; at += n) {
			n = utf8_length(err.message + at, len - at);
			assert_true(n > 0);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_err_context_comes_first),
		cmocka_unit_test(test_err_is_cut_at_a_character),
	};

	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
