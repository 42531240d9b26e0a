/* The CallerReference: its form, and that everything in it counts. */
#include "diff/batch.h"
#include "tests/unit/fixture.h"

#define HASH_A \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_B \
	"0123456789abcdefbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define HASH_C \
	"0123456789abcdefcccccccccccccccccccccccccccccccccccccccccccccccc"

#define TAG "01234567"

/* The first is the reference of all the others; each differs in one thing. */
static const struct row {
	const char *name;
	struct batch_origin origin;
	const char *items[3];
	size_t count;
} rows[] = {
	{"plain", {"E1", "l", TAG, 1, HASH_A, HASH_B}, {"/a", "/b"}, 2},
	{"distribution", {"E2", "l", TAG, 1, HASH_A, HASH_B}, {"/a", "/b"}, 2},
	{"lineage", {"E1", "m", TAG, 1, HASH_A, HASH_B}, {"/a", "/b"}, 2},
	{"bytes move", {"E1l", "", TAG, 1, HASH_A, HASH_B}, {"/a", "/b"}, 2},
	{"tag", {"E1", "l", "01234568", 1, HASH_A, HASH_B}, {"/a", "/b"}, 2},
	{"serial", {"E1", "l", TAG, 2, HASH_A, HASH_B}, {"/a", "/b"}, 2},
	{"before", {"E1", "l", TAG, 1, "", HASH_B}, {"/a", "/b"}, 2},
	{"after", {"E1", "l", TAG, 1, HASH_A, HASH_C}, {"/a", "/b"}, 2},
	{"fewer items", {"E1", "l", TAG, 1, HASH_A, HASH_B}, {"/a"}, 1},
	{"joined items", {"E1", "l", TAG, 1, HASH_A, HASH_B}, {"/a/b"}, 1},
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
	assert_string_equal(reference, "edgediff-0123456789abcdef-01234567-"
				       "5a502517bab7f6e6ec02b5d97a29d8fc");
}

#define BUILD "0123456789abcdef"
#define HASH BUILD BUILD

static const struct reference_row {
	const char *text;
	const char *tag; /* NULL if the text is no reference of edgediff's */
} reference_rows[] = {
	{"edgediff-" BUILD "-" TAG "-" HASH, TAG},
	{"edgediff-" BUILD "-" HASH, ""}, /* as it was without a tag */
	{"", NULL},
	{"edgediff", NULL},
	{"edgediff-", NULL},
	{"cli-1764450000-123456", NULL},
	{"edgediff-nightly", NULL},
	{"Edgediff-" BUILD "-" TAG "-" HASH, NULL},
	{"edgediff-" BUILD "-" TAG "-" HASH "0", NULL},
	{"edgediff-" BUILD "-" TAG "-" HASH "-", NULL},
	{"edgediff-" BUILD "-" TAG "-" BUILD, NULL},
	{"edgediff-" BUILD "-" TAG "-", NULL},
	{"edgediff-" BUILD "-" TAG, NULL},
	{"edgediff-" BUILD "-" TAG "-" TAG "-" HASH, NULL},
	{"edgediff-" BUILD "-0123456-" HASH, NULL},
	{"edgediff-" BUILD "-0123456G-" HASH, NULL},
	{"edgediff-" BUILD "--" HASH, NULL},
	{"edgediff-" BUILD "0-" TAG "-" HASH, NULL},
	{"edgediff-" TAG "-" TAG "-" HASH, NULL},
};

static void
test_read(void **state)
{
	char tag[BATCH_TAG_DIGITS + 1];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(reference_rows); i++) {
		const struct reference_row *row = &reference_rows[i];

		if (batch_reference_read(row->text, tag) != !!row->tag)
			fail_msg("%s", row->text);
		if (!row->tag)
			continue;
		assert_string_equal(tag, row->tag);
		assert_true(batch_reference_is_of(row->text, HASH_B));
		assert_false(batch_reference_is_of(row->text, HASH_A));
	}
}

/* Whatever is made can be read. */
static void
test_read_what_was_made(void **state)
{
	char reference[CALLER_REFERENCE_SIZE];
	char tag[BATCH_TAG_DIGITS + 1];
	struct err err = ERR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(batch_reference(reference, &rows[i].origin,
					 rows[i].items, rows[i].count, &err),
			0);
		assert_true(batch_reference_read(reference, tag));
		assert_string_equal(tag, rows[i].origin.tag);
		assert_true(batch_reference_is_of(
			reference, rows[i].origin.hash_after));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything_counts),
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_read_what_was_made),
	};

	return cmocka_run_group_tests_name("batch", tests, NULL, NULL);
}
