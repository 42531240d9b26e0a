/* Sealing a manifest: the order of its keys, and duplicate keys. */
#include "manifest/manifest_seal.h"
#include "tests/unit/manifest_fixture.h"

static void
test_seal_names_a_key_that_is_there_twice(void **state)
{
	struct err err = ERR_INIT;
	struct manifest m;

	(void)state;
	manifest_init(&m);
	add_object(&m, "b\n.js", '1');
	add_object(&m, "a.js", '1');
	add_object(&m, "c.js", '1');
	add_object(&m, "b\n.js", '1');
	assert_int_equal(manifest_seal(&m, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.message, "b\\x0a.js: "));
	manifest_release(&m);
}

/*
 * Keys in ascending runs, as walks of folders find them, and without: every
 * mixture of run lengths comes out as qsort orders it, and a key that is in two
 * runs is noticed.
 */
static int
compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
test_runs_are_merged(void **state)
{
	enum { KEYS = 700, ROUNDS = 400 };
	static char names[KEYS][12], sorted[KEYS][12];
	struct err err = ERR_INIT;
	struct manifest m;
	size_t round, count, run, from, i;
	uint64_t seed = 1;

	(void)state;
	for (round = 0; round < ROUNDS; round++) {
		count = round * 7919 % KEYS;
		run = 1 + round % 61;
		for (i = 0; i < count; i++) {
			seed = seed * 6364136223846793005 + 1442695040888963407;
			snprintf(names[i], sizeof(names[i]), "%.*s%llx",
				(int)(round % 4), "aa/",
				(unsigned long long)(seed >> 44));
		}
		memcpy(sorted, names, sizeof(names));
		qsort(sorted, count, sizeof(*sorted), compare_names);
		for (from = 0; from < count; from += run)
			qsort(names + from,
				run < count - from ? run : count - from,
				sizeof(*names), compare_names);
		manifest_init(&m);
		for (i = 0; i < count; i++)
			add_object(&m, names[i], '1');
		for (i = 1; i < count; i++)
			if (strcmp(sorted[i - 1], sorted[i]) == 0)
				break;
		if (i < count) {
			assert_int_equal(manifest_seal(&m, &err), -1);
			assert_non_null(strstr(err.message, "duplicate key"));
			manifest_release(&m);
			continue;
		}
		assert_int_equal(manifest_seal(&m, &err), 0);
		for (i = 0; i < count; i++)
			assert_string_equal(m.objects[i].key, sorted[i]);
		manifest_release(&m);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_seal_names_a_key_that_is_there_twice),
		cmocka_unit_test(test_runs_are_merged),
	};

	return cmocka_run_group_tests_name("manifest_seal", tests, NULL, NULL);
}
