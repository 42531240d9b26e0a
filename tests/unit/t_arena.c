/* Arenas: copies are aligned and do not overlap. */
#include "base/arena.h"
#include "tests/unit/fixture.h"

static void
test_arena_copies_stay_apart(void **state)
{
	struct arena arena;
	char *copies[1000];
	char text[300];
	size_t i;

	(void)state;
	arena_init(&arena);
	for (i = 0; i < 1000; i++) {
		memset(text, (int)('a' + i % 26), sizeof(text));
		copies[i] = arena_copy(&arena, text, i % sizeof(text));
		assert_non_null(copies[i]);
		assert_int_equal(
			(uintptr_t)arena_alloc(&arena, 8) % sizeof(long), 0);
	}
	for (i = 0; i < 1000; i++) {
		assert_int_equal(strlen(copies[i]), i % sizeof(text));
		if (i % sizeof(text))
			assert_int_equal(copies[i][0], 'a' + i % 26);
	}
	assert_non_null(arena_alloc(&arena, 3 * 1024 * 1024));
	arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena_copies_stay_apart),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
