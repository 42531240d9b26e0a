/* The words that "did you mean" offers. */
#include "base/closest.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/fixture.h"

static const char *const known[] = {"invalidate", "status", "plan", "diff",
	"manifest", "merge", "help", "--dry-run", "--distribution",
	"--distribution-id", "--wait"};

static const char *
find(const char *word)
{
	struct closest closest;
	size_t i;

	closest_init(&closest, word, strlen(word));
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		closest_offer(&closest, known[i]);
	return closest.found;
}

static void
test_closest(void **state)
{
	static const struct {
		const char *word, *found;
	} rows[] = {
		{"invalidat", "invalidate"}, /* one is missing */
		{"invallidate", "invalidate"}, /* one too many */
		{"invslidate", "invalidate"}, /* another one */
		{"invaildate", "invalidate"}, /* swapped */
		{"staus", "status"},
		{"STATUS", "status"}, /* in capitals */
		{"--DYR-RUN", "--dry-run"}, /* and swapped */
		{"paln", "plan"},
		{"--dryrun", "--dry-run"},
		{"--dry_run", "--dry-run"},
		{"--dry", "--dry-run"}, /* shortened */
		{"inv", "invalidate"},
		{"--distribution-ids", "--distribution-id"},
		{"--dist", "--distribution"}, /* the first of several */
		{"frobnicate", NULL},
		{"--frob", NULL},
		{"x", NULL},
		{"", NULL},
		{"-", NULL},
		{"--", NULL},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *found = find(rows[i].word);

		if (!rows[i].found)
			assert_null(found);
		else
			assert_string_equal(
				found ? found : "nothing", rows[i].found);
	}
}

static void
test_closest_length(void **state)
{
	char word[CLOSEST_MAX + 2], longer[CLOSEST_MAX + 3];
	struct closest closest;
	size_t len;

	(void)state;
	for (len = CLOSEST_MAX - 1; len <= CLOSEST_MAX + 1; len++) {
		memset(word, 'a', len);
		word[len] = '\0';
		memcpy(longer, word, len);
		memcpy(longer + len, "b", 2);
		closest_init(&closest, word, len);
		closest_offer(&closest, longer);
		if (len + 1 <= CLOSEST_MAX)
			assert_ptr_equal(closest.found, longer);
		else
			assert_null(closest.found);
		closest_init(&closest, longer, len + 1);
		closest_offer(&closest, word);
		if (len + 1 <= CLOSEST_MAX)
			assert_ptr_equal(closest.found, word);
		else
			assert_null(closest.found);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closest),
		cmocka_unit_test(test_closest_length),
	};

	return cmocka_run_group_tests_name("closest", tests, NULL, NULL);
}
