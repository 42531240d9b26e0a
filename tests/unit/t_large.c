/* Large memory begins at the start of a huge page, and keeps its bytes. */
#include "base/large.h"
#include "tests/unit/fixture.h"

enum {
	HUGE_PAGE = 2 * 1024 * 1024,
	SMALL = 100,
};

static unsigned char
byte_at(size_t i)
{
	return (unsigned char)(i * 31 + i / 256);
}

static void
fill(unsigned char *memory, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++)
		memory[i] = byte_at(i);
}

static void
assert_filled(const unsigned char *memory, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		if (memory[i] != byte_at(i))
			fail_msg("byte %zu has changed", i);
}

static void
test_large_memory_starts_a_huge_page(void **state)
{
	void *memory = large_alloc(HUGE_PAGE + 1);

	(void)state;
	assert_non_null(memory);
	assert_int_equal((uintptr_t)memory % HUGE_PAGE, 0);
	free(memory);
}

static void
test_resizing_keeps_bytes(void **state)
{
	static const size_t sizes[] = {SMALL, HUGE_PAGE - 1, HUGE_PAGE,
		3 * HUGE_PAGE + 5, HUGE_PAGE + 1, SMALL};
	unsigned char *memory = NULL;
	size_t size = 0, i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		memory = large_resize(memory, size, sizes[i]);
		assert_non_null(memory);
		if (sizes[i] > HUGE_PAGE)
			assert_int_equal((uintptr_t)memory % HUGE_PAGE, 0);
		assert_filled(memory, size < sizes[i] ? size : sizes[i]);
		size = sizes[i];
		fill(memory, 0, size);
	}
	free(memory);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_large_memory_starts_a_huge_page),
		cmocka_unit_test(test_resizing_keeps_bytes),
	};

	return cmocka_run_group_tests_name("large", tests, NULL, NULL);
}
