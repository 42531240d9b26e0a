/* Command lines split as Python's shlex splits them. */
#include "base/shell_words.h"
#include "tests/unit/fixture.h"

/* What shlex.split of Python 3.11 makes of each; words are separated by |. */
static const struct {
	const char *text;
	const char *words;
} rows[] = {
	{"", ""},
	{" \t\r\n", ""},
	{"a b", "a|b"},
	{"  a\t\tb \n", "a|b"},
	{"'a b' \"c d\"", "a b|c d"},
	{"a''b \"\" c", "ab||c"},
	{"a'b c'd\"e f\"g", "ab cde fg"},
	{"'a\\b' 'a\\'", "a\\b|a\\"},
	{"\"a\\b\" \"a\\\"b\" \"a\\\\b\" \"a\\$b\"", "a\\b|a\"b|a\\b|a\\$b"},
	{"a\\ b \\'c \\\\d \\e", "a b|'c|\\d|e"},
	{"$HOME `x` a;b #c *", "$HOME|`x`|a;b|#c|*"},
	{"\"'\" '\"'", "'|\""},
	{"a\v b", "a\v|b"},
};

static void
test_rows(void **state)
{
	struct err err = ERR_INIT;
	struct shell_words words;
	char joined[256];
	size_t i, j, len;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(
			shell_words_split(&words, rows[i].text, &err), 0);
		for (len = 0, j = 0; j < words.count; j++) {
			if (j > 0)
				joined[len++] = '|';
			memcpy(joined + len, words.list[j],
				strlen(words.list[j]));
			len += strlen(words.list[j]);
		}
		joined[len] = '\0';
		assert_null(words.list[words.count]);
		assert_string_equal(joined, rows[i].words);
		shell_words_release(&words);
	}
}

static void
test_not_closed(void **state)
{
	static const char *const bad[] = {
		"'hush", "hush \"", "hush \\", "\"hush\\", "\"hush\\\"", "a '"};
	struct err err = ERR_INIT;
	struct shell_words words;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		assert_int_equal(shell_words_split(&words, bad[i], &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_null(strstr(err.message, "hush"));
		shell_words_release(&words);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_not_closed),
	};

	return cmocka_run_group_tests_name("shell_words", tests, NULL, NULL);
}
