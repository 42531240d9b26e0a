/* Patterns and the keys that match them. */
#include "base/glob.h"
#include "tests/unit/fixture.h"

static void
test_glob(void **state)
{
	static const struct {
		const char *pattern, *key;
		bool matches;
	} rows[] = {
		{"*.map", "a.map", true},
		{"*.map", "js/lib/a.map", true},
		{"*.map", "a.map.js", false},
		{"/*.map", "js/a.map", false},
		{"js/*.map", "js/a.map", true},
		{"js/*.map", "x/js/a.map", false},
		{"js/*.map", "js/x/a.map", false},
		{"**/js/*.map", "x/y/js/a.map", true},
		{"**/js/*.map", "js/a.map", true},
		{"js/**", "js/x/a.map", true},
		{"js/**", "js", false},
		{"js/**/a.map", "js/a.map", true},
		{"js/**/a.map", "js/x/y/a.map", true},
		{"node_modules", "a/node_modules/b/c.js", true},
		{"node_modules/", "node_modules", false},
		{"node_modules/", "node_modules/x", true},
		{"assets/*", "assets/a/b.js", true},
		{"a?c", "abc", true},
		{"a?c",
			"a\xc3\xa9"
			"c",
			true},
		{"a?c",
			"a\xff"
			"c",
			true},
		{"a?c", "a/c", false},
		{"[a-c]x", "bx", true},
		{"[!a-c]x", "bx", false},
		{"[^a-c]x", "dx", true},
		{"[]]x", "]x", true},
		{"[\xc3\xa0-\xc3\xbf]", "\xc3\xa9", true},
		{"\\*", "*", true},
		{"\\*", "a", false},
		{"a\\[b", "a[b", true},
		{"*a*b*c", "xaxbxbxc", true},
		{"*a*b*c", "xaxbxb", false},
		{"*", ".well-known", true},
		{"a.**.b", "a.x.b", true},
	};
	struct err err = ERR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(glob_check(rows[i].pattern, &err), 0);
		if (glob_match(rows[i].pattern, rows[i].key,
			    strlen(rows[i].key), false) != rows[i].matches)
			fail_msg("'%s' and '%s'", rows[i].pattern, rows[i].key);
	}
	assert_int_equal(glob_check("", &err), -1);
	assert_int_equal(glob_check("a[b", &err), -1);
	assert_int_equal(glob_check("a\\", &err), -1);
	assert_int_equal(glob_check("/", &err), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_glob),
	};

	return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}
