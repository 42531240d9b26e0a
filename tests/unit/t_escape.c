/* Names as a line of text, and back. */
#include "base/escape.h"
#include "tests/unit/fixture.h"

static void
test_name_escape_is_undone(void **state)
{
	struct buf buf;
	char all[255];
	int i;

	(void)state;
	for (i = 0; i < 255; i++)
		all[i] = (char)(i + 1);
	buf_init(&buf, 4096);
	escape_name(&buf, all, sizeof(all));
	assert_null(strchr(buf_str(&buf), '\n'));
	assert_int_equal(escape_undo(buf.data, buf.len), 255);
	assert_memory_equal(buf.data, all, sizeof(all));
	buf_release(&buf);
}

static void
test_name_unescape_is_strict(void **state)
{
	static const char *const wrong[] = {"a\\", "\\x", "\\x4", "\\x41",
		"\\x0A", "\\n", "\\x00", "a\nb", "\x7f", "\\X0a"};
	char text[16];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(wrong); i++) {
		snprintf(text, sizeof(text), "%s", wrong[i]);
		assert_int_equal(escape_undo(text, strlen(text)), -1);
	}
}

/* Nothing of a name speaks to a terminal, or turns its line around. */
static void
test_name_is_seen(void **state)
{
	static const char *const rows[][2] = {
		{"a b \xc3\xa9 \xe2\x98\x83", "a b \xc3\xa9 \xe2\x98\x83"},
		{"a\xc2\x9b"
		 "31m",
			"a\\xc2\\x9b31m"},
		{"a\xe2\x80\xae"
		 "b",
			"a\\xe2\\x80\\xaeb"},
		{"a\xef\xbb\xbf", "a\\xef\\xbb\\xbf"},
		{"\xe1\x9e\xb4\xef\xbe\xa0", "\\xe1\\x9e\\xb4\\xef\\xbe\\xa0"},
		{"\xf0\x9d\x85\xb3", "\\xf0\\x9d\\x85\\xb3"},
		{"\x9b"
		 "31m\\",
			"\\x9b31m\\x5c"},
	};
	struct escaped_name shown;
	struct buf text;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		buf_init(&text, 100);
		escape_name_for_ci(&text, rows[i][0], strlen(rows[i][0]));
		assert_string_equal(buf_str(&text), rows[i][1]);
		assert_string_equal(
			escape_show_str(&shown, rows[i][0]), rows[i][1]);
		buf_release(&text);
	}
}

/* A Windows path is shown as it was typed, unless that could be misread. */
static void
test_name_show_keeps_backslashes(void **state)
{
	static const char *const rows[][2] = {
		{"dist\\site", "dist\\site"},
		{"\\", "\\"},
		{"a\\\\b\\", "a\\\\b\\"},
		{"a\\x0ab", "a\\x5cx0ab"}, /* not a newline */
		{"a\\b\n", "a\\x5cb\\x0a"},
		{"a\\b\xff", "a\\x5cb\\xff"},
	};
	struct escaped_name shown;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_string_equal(
			escape_show_str(&shown, rows[i][0]), rows[i][1]);
}

static void
test_name_show_keeps_one_short_line(void **state)
{
	struct escaped_name shown;
	char name[5000];

	(void)state;
	assert_string_equal(
		escape_show_str(&shown, "a\nb\xff"), "a\\x0ab\\xff");
	memset(name, 'n', sizeof(name));
	escape_show(&shown, name, sizeof(name));
	assert_true(strlen(shown.text) < sizeof(shown.text));
	assert_non_null(strstr(shown.text, "n...n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_name_escape_is_undone),
		cmocka_unit_test(test_name_unescape_is_strict),
		cmocka_unit_test(test_name_is_seen),
		cmocka_unit_test(test_name_show_keeps_backslashes),
		cmocka_unit_test(test_name_show_keeps_one_short_line),
	};

	return cmocka_run_group_tests_name("escape", tests, NULL, NULL);
}
