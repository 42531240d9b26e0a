/* The CallerReference: its form, and that everything in it counts. */
#include "diff/batch.h"
#include "tests/unit/fixture.h"

#define HASH_A \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_B \
	"0123456789abcdefbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define HASH_C \
	"0123456789abcdefcccccccccccccccccccccccccccccccccccccccccccccccc"

/* The first is the reference of all the others; each differs in one thing. */
static const struct row {
	const char *name;
	struct batch_origin origin;
	const char *items[3];
	size_t count;
} rows[] = {
	{"plain", {"E1", "l", 1, HASH_A, HASH_B}, {"/a", "/b"}, 2},
	{"distribution", {"E2", "l", 1, HASH_A, HASH_B}, {"/a", "/b"}, 2},
	{"lineage", {"E1", "m", 1, HASH_A, HASH_B}, {"/a", "/b"}, 2},
	{"bytes move", {"E1l", "", 1, HASH_A, HASH_B}, {"/a", "/b"}, 2},
	{"serial", {"E1", "l", 2, HASH_A, HASH_B}, {"/a", "/b"}, 2},
	{"before", {"E1", "l", 1, "", HASH_B}, {"/a", "/b"}, 2},
	{"after", {"E1", "l", 1, HASH_A, HASH_C}, {"/a", "/b"}, 2},
	{"fewer items", {"E1", "l", 1, HASH_A, HASH_B}, {"/a"}, 1},
	{"joined items", {"E1", "l", 1, HASH_A, HASH_B}, {"/a/b"}, 1},
};

static void
test_everything_counts(void **state)
{
	char references[COUNT(rows)][CALLER_REFERENCE_SIZE];
	struct err err = ERR_INIT;
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(batch_reference(references[i], &rows[i].origin,
					 rows[i].items, rows[i].count, &err),
			0);
		assert_int_equal(
			strlen(references[i]), CALLER_REFERENCE_SIZE - 1);
		for (j = 0; j < i; j++)
			if (strcmp(references[i], references[j]) == 0)
				fail_msg("%s: as %s", rows[i].name,
					rows[j].name);
	}
}

/* Computed by sha256sum from the netstrings. */
static void
test_golden(void **state)
{
	char reference[CALLER_REFERENCE_SIZE];
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(batch_reference(reference, &rows[0].origin,
				 rows[0].items, rows[0].count, &err),
		0);
	assert_string_equal(reference,
		"edgediff-0123456789abcdef-5a502517bab7f6e6ec02b5d97a29d8fc");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything_counts),
		cmocka_unit_test(test_golden),
	};

	return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
