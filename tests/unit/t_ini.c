/* INI files as botocore reads them, and the plain form. */
#include "base/ini.h"
#include "tests/unit/fixture.h"

static void
test_ini(void **state)
{
	static const char good[] =
		"\xef\xbb\xbf# c\r\n[a]\r\nKey\t=  v = w \r\n\r\nn =\r\n  x = 1"
		"\r\n\r\n\ty: 2\r\n; c\r\n[b] tail\nk:";
	static const char *const bad[] = {"k = hush\n", "[a]\nhush\n",
		"[a]\nk=1\nK=hush\n", "[a]\n[a]\n", "[a]\n= hush\n",
		"[a]\nk=\xff\n"};
	struct err err = ERR_INIT;
	struct ini ini;
	size_t i;

	(void)state;
	assert_int_equal(
		ini_parse(&ini, INI_AWS, "f", good, strlen(good), &err), 0);
	assert_string_equal(ini_get(&ini, "a", "key"), "v = w");
	assert_string_equal(ini_get(&ini, "a", "n"), "\nx = 1\n\ny: 2");
	assert_string_equal(ini_get(&ini, "b", "k"), "");
	assert_null(ini_get(&ini, "b", "n"));
	ini_release(&ini);
	for (i = 0; i < COUNT(bad); i++) {
		assert_int_equal(ini_parse(&ini, INI_AWS, "f", bad[i],
					 strlen(bad[i]), &err),
			-1);
		assert_non_null(strstr(err.message, "f, line "));
		assert_null(strstr(err.message, "hush"));
		ini_release(&ini);
	}
}

static void
test_ini_plain(void **state)
{
	static const char text[] = "top = 1\n# c\n[s]\nk = a\nK: b\n";
	static const char twice[] = "[s]\n[s]\n";
	static const char *const want[][3] = {
		{"", "top", "1"},
		{"s", NULL, NULL},
		{"s", "k", "a"},
		{"s", "k", "b"},
	};
	struct err err = ERR_INIT;
	struct ini ini;
	size_t i;

	(void)state;
	assert_int_equal(
		ini_parse(&ini, INI_PLAIN, "f", text, strlen(text), &err), 0);
	assert_int_equal(ini.count, 4);
	for (i = 0; i < 4; i++) {
		assert_string_equal(ini.entries[i].section, want[i][0]);
		if (!want[i][1])
			continue;
		assert_string_equal(ini.entries[i].key, want[i][1]);
		assert_string_equal(ini.entries[i].value, want[i][2]);
	}
	assert_int_equal(ini.entries[3].line, 5);
	ini_release(&ini);
	assert_int_equal(
		ini_parse(&ini, INI_PLAIN, "f", twice, strlen(twice), &err),
		-1);
	assert_non_null(strstr(err.message, "f, line 2"));
	ini_release(&ini);
}

static void
test_ini_nested(void **state)
{
	static const char text[] = "[a]\ns =\n  X = 1 = 2 \n\n  y=\n  X=3\n"
				   "t = z\n[DEFAULT]\nd = e\n[b]\n";
	static const char bad[] = "[a]\nk = v\ns =\n  x = 1\n  hush\n";
	struct err err = ERR_INIT;
	struct ini ini;
	struct buf out;

	(void)state;
	buf_init(&out, 64);
	assert_int_equal(
		ini_parse(&ini, INI_AWS, "f", text, strlen(text), &err), 0);
	assert_int_equal(ini_check_nested(&ini, "f", &err), 0);
	assert_true(ini_get_nested(&out, ini_get(&ini, "a", "s"), "X"));
	assert_string_equal(buf_str(&out), "3");
	assert_true(ini_get_nested(&out, ini_get(&ini, "a", "s"), "y"));
	assert_string_equal(buf_str(&out), "");
	assert_false(ini_get_nested(&out, ini_get(&ini, "a", "s"), "x"));
	assert_string_equal(ini_get(&ini, "b", "d"), "e");
	assert_null(ini_get(&ini, "none", "d"));
	ini_release(&ini);
	assert_int_equal(
		ini_parse(&ini, INI_AWS, "f", bad, strlen(bad), &err), 0);
	assert_int_equal(ini_check_nested(&ini, "f", &err), -1);
	assert_non_null(strstr(err.message, "f, line 3"));
	assert_null(strstr(err.message, "hush"));
	ini_release(&ini);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ini),
		cmocka_unit_test(test_ini_nested),
		cmocka_unit_test(test_ini_plain),
	};

	return cmocka_run_group_tests_name("ini", tests, NULL, NULL);
}
