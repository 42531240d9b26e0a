/* Progress: what fits into a line of a terminal, and what threads count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/crew.h"
#include "cmd/progress.h"

static const char parts[PARTS_MOST][PART_LONGEST] = {
	"1.5 MB of 3.0 MB", "5 s left", "12 files", "1.0 MB/s"};

/* What fits into so many columns. */
static const struct {
	int columns;
	const char *name, *line;
} rows[] = {
	{0, "site", ""},
	{34, "site", ""},
	{35, "site", "edgediff: reading: 1.5 MB of 3.0 MB"},
	{39, "site", "edgediff: reading: 1.5 MB of 3.0 MB"},
	{40, "site", "edgediff: reading site: 1.5 MB of 3.0 MB"},
	{49, "site", "edgediff: reading site: 1.5 MB of 3.0 MB"},
	{50, "site", "edgediff: reading site: 1.5 MB of 3.0 MB, 5 s left"},
	{200, "site",
		"edgediff: reading site: 1.5 MB of 3.0 MB, 5 s left, 12 "
		"files, 1.0 MB/s"},
	{44, "build/public", "edgediff: reading ...ublic: 1.5 MB of 3.0 MB"},
	{48, "build/public",
		"edgediff: reading build/public: 1.5 MB of 3.0 MB"},
	/* two columns each, and none of them cut in two */
	{44, "\xe6\xbc\xa2\xe5\xad\x97/\xe6\xbc\xa2\xe5\xad\x97",
		"edgediff: reading .../\xe6\xbc\xa2\xe5\xad\x97: 1.5 MB of "
		"3.0 MB"},
	{45, "\xe6\xbc\xa2\xe5\xad\x97/\xe6\xbc\xa2\xe5\xad\x97",
		"edgediff: reading \xe6\xbc\xa2\xe5\xad\x97/\xe6\xbc\xa2"
		"\xe5\xad\x97: 1.5 MB of 3.0 MB"},
	{200, "",
		"edgediff: reading: 1.5 MB of 3.0 MB, 5 s left, 12 files, "
		"1.0 MB/s"},
};

static void
test_what_fits(void **state)
{
	struct buf line;
	size_t i;

	(void)state;
	buf_init(&line, 1024);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		progress_fit(&line, rows[i].columns, "reading", rows[i].name,
			parts, PARTS_MOST);
		assert_string_equal(buf_str(&line), rows[i].line);
	}
	buf_release(&line);
}

static void
test_never_wider(void **state)
{
	const char *name = "a\xcc\x81/\xf0\x9f\x98\x80\xe6\xbc\xa2/\xc3\xa9x";
	struct buf line;
	size_t i;
	int columns;

	(void)state;
	buf_init(&line, 1024);
	assert_int_equal(text_columns(name), 1 + 1 + 2 + 2 + 1 + 1 + 1);
	for (columns = 0; columns < 120; columns++)
		for (i = 1; i <= PARTS_MOST; i++) {
			progress_fit(&line, columns, "reading", name, parts, i);
			assert_true(text_columns(buf_str(&line)) <=
				    (size_t)columns);
			assert_true(utf8_is_valid(buf_str(&line), line.len));
		}
	buf_release(&line);
}

enum { MEMBERS = 8, EACH = 1000 };

static atomic_uint looks;

static void
look(void *context)
{
	(void)context;
	atomic_fetch_add(&looks, 1);
}

static void
count(void *context)
{
	struct tally *tally = context;
	int i;

	for (i = 0; i < EACH; i++) {
		tally_bytes(tally, 3000);
		tally_saved(tally, 7);
		tally_file(tally);
	}
	tally_add(tally);
}

static void
test_threads_count(void **state)
{
	struct progress progress = {.look = look};
	struct tally tallies[MEMBERS];
	struct crew crew;
	size_t i;

	(void)state;
	for (i = 0; i < MEMBERS; i++)
		tallies[i] = (struct tally){.progress = &progress};
	crew_init(&crew);
	crew_run(&crew, MEMBERS, count, tallies, sizeof(tallies[0]));
	crew_release(&crew);
	assert_int_equal(progress.files, MEMBERS * EACH);
	assert_int_equal(progress.bytes, MEMBERS * EACH * 3000);
	assert_int_equal(progress.saved_files, MEMBERS * EACH);
	assert_int_equal(progress.saved_bytes, MEMBERS * EACH * 7);
	/* seldom enough, and yet now and then */
	assert_in_range(looks, MEMBERS, MEMBERS * EACH / 50);
}

static void
test_nobody_counts(void **state)
{
	struct tally tally = {.progress = NULL};

	(void)state;
	count(&tally);
	progress_expect(NULL, 1);
	progress_open_end(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_fits),
		cmocka_unit_test(test_never_wider),
		cmocka_unit_test(test_threads_count),
		cmocka_unit_test(test_nobody_counts),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
