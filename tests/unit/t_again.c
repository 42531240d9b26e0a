/* The list of what was covered again. */
#include "manifest/again.h"

#include <stdio.h>

#include "tests/unit/fixture.h"

static struct cached_value
value(char *key, char content, uint64_t size, bool absent)
{
	struct cached_value out = {.absent = absent};

	out.object.key = key;
	out.object.key_len = (uint32_t)strlen(key);
	out.object.size = size;
	out.object.fingerprint[0] = (unsigned char)content;
	return out;
}

static void
test_each_value_has_its_entry(void **state)
{
	char a[] = "a.html", b[] = "b.html";
	const struct cached_value values[] = {
		value(a, '1', 1, false),
		value(a, '2', 1, false),
		value(a, '1', 2, false),
		value(a, 0, 0, false), /* an empty object */
		value(a, 0, 0, true), /* none */
		value(b, '1', 1, false),
	};
	enum { COUNT = sizeof(values) / sizeof(values[0]) };
	char entries[COUNT][AGAIN_DIGITS + 1], same[AGAIN_DIGITS + 1];
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT; i++) {
		again_make(entries[i], &values[i]);
		again_make(same, &values[i]);
		assert_string_equal(entries[i], same);
		assert_true(again_is_list(entries[i]));
		for (j = 0; j < i; j++)
			assert_string_not_equal(entries[i], entries[j]);
	}
}

static void
test_what_is_in_a_list(void **state)
{
	char a[] = "a.html", b[] = "b.html", c[] = "c.html";
	const struct cached_value small = value(a, '1', 17, false),
				  large = value(a, '2', 1 << 30, false),
				  other = value(b, '1', 5, false);
	char entry[AGAIN_DIGITS + 1], list[3 * (AGAIN_DIGITS + 1)] = "";
	const struct cached_value *const in[] = {&small, &other, &large};
	uint64_t size = 3;
	size_t i;

	(void)state;
	again_make(entry, &small);
	assert_false(again_has(NULL, entry));
	assert_false(again_has_key(NULL, a, &size));
	for (i = 0; i < 3; i++) {
		again_make(entry, in[i]);
		assert_false(again_has(i > 0 ? list : NULL, entry));
		snprintf(list + strlen(list), sizeof(list) - strlen(list),
			"%s%s", i > 0 ? "," : "", entry);
		assert_true(again_has(list, entry));
	}
	assert_true(again_is_list(list));
	assert_false(again_has_key(list, c, &size));
	assert_int_equal(size, 3);
	assert_true(again_has_key(list, b, &size));
	assert_int_equal(size, 5);
	assert_true(again_has_key(list, a, &size));
	assert_int_equal(size, 1 << 30);
	assert_true(again_has_key(list, b, &size)); /* it is never lowered */
	assert_int_equal(size, 1 << 30);
}

/* More than S3 can hold is taken as the largest size that there is room for. */
static void
test_size_beyond_all(void **state)
{
	char a[] = "a", entry[AGAIN_DIGITS + 1];
	const struct cached_value huge = value(a, '1', UINT64_MAX, false);
	uint64_t size = 0;

	(void)state;
	again_make(entry, &huge);
	assert_int_equal(strlen(entry), AGAIN_DIGITS);
	assert_true(again_has_key(entry, a, &size));
	assert_int_equal(size, (1ULL << 48) - 1);
}

static void
test_what_is_no_list(void **state)
{
	char a[] = "a", good[2 * (AGAIN_DIGITS + 1)];
	const struct cached_value one = value(a, '1', 1, false);
	const size_t second = AGAIN_DIGITS + 1;
	char bad[sizeof(good)];

	(void)state;
	again_make(good, &one);
	again_make(good + second, &one);
	good[AGAIN_DIGITS] = ',';
	assert_true(again_is_list(good));
	assert_false(again_is_list(""));
	memcpy(bad, good, sizeof(bad));
	bad[AGAIN_DIGITS] = ';';
	assert_false(again_is_list(bad));
	memcpy(bad, good, sizeof(bad));
	bad[second] = 'A'; /* only small letters */
	assert_false(again_is_list(bad));
	bad[second] = ',';
	assert_false(again_is_list(bad));
	memcpy(bad, good, sizeof(bad));
	bad[second + AGAIN_DIGITS - 1] = '\0';
	assert_false(again_is_list(bad));
	bad[second] = '\0'; /* it ends in a comma */
	assert_false(again_is_list(bad));
}

static void
test_longest_list(void **state)
{
	enum { ROOM = (AGAIN_MAX + 1) * (AGAIN_DIGITS + 1) };
	static char list[ROOM];
	size_t i;

	(void)state;
	for (i = 0; i < ROOM; i++)
		list[i] = i % (AGAIN_DIGITS + 1) == AGAIN_DIGITS ? ',' : '0';
	list[AGAIN_MAX * (AGAIN_DIGITS + 1) - 1] = '\0';
	assert_true(again_is_list(list));
	list[AGAIN_MAX * (AGAIN_DIGITS + 1) - 1] = ',';
	list[ROOM - 1] = '\0';
	assert_false(again_is_list(list));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_value_has_its_entry),
		cmocka_unit_test(test_what_is_in_a_list),
		cmocka_unit_test(test_size_beyond_all),
		cmocka_unit_test(test_what_is_no_list),
		cmocka_unit_test(test_longest_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
