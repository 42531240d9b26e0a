/* Progress: what is shown and when, what fits, and what threads count. */
#include <locale.h>

#include "base/clock.h"
#include "base/tally.h"
#include "base/thread_pool.h"
#include "base/utf8.h"
#include "cmd/console/progress_line.h"
#include "cmd/console/reading_progress.h"
#include "cmd/console/system.h"
#include "cmd/console/waiting_progress.h"
#include "tests/unit/fixture.h"

/* In the place of cmd/console/system.c: a clock that only a waiting moves. */
static long long clock_now;

long long
clock_elapsed(void)
{
	return clock_now;
}

static int
wait_on_clock(void *context, long milliseconds)
{
	(void)context;
	clock_now += milliseconds;
	return 0;
}

const struct aws_system system_for_aws = {.wait = wait_on_clock};

static const char parts[PARTS_MAX][PART_MAX] = {
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
	for (i = 0; i < COUNT(rows); i++) {
		progress_line_fit(&line, rows[i].columns, "reading",
			rows[i].name, parts, PARTS_MAX);
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
	assert_int_equal(
		progress_line_columns(name), 1 + 1 + 2 + 2 + 1 + 1 + 1);
	for (columns = 0; columns < 120; columns++)
		for (i = 1; i <= PARTS_MAX; i++) {
			progress_line_fit(
				&line, columns, "reading", name, parts, i);
			assert_true(progress_line_columns(buf_str(&line)) <=
				    (size_t)columns);
			assert_true(utf8_is_valid(buf_str(&line), line.len));
		}
	buf_release(&line);
}

/* Standard error, kept in a file while it is looked at. */
static FILE *kept;
static int usual = -1;

static void
keep_errors(void)
{
	kept = tmpfile();
	assert_non_null(kept);
	usual = dup(STDERR_FILENO);
	assert_true(usual >= 0 && dup2(fileno(kept), STDERR_FILENO) >= 0);
}

/* What was said since: at most 1023 bytes. */
static void
kept_errors(char said[1024])
{
	assert_true(dup2(usual, STDERR_FILENO) >= 0);
	close(usual);
	rewind(kept);
	said[fread(said, 1, 1023, kept)] = '\0';
	fclose(kept);
}

/*
 * The line about a reading after so many milliseconds, if lines stay. Its
 * rate is that of one more, so that it is not divided by 0.
 */
static const struct {
	long long after;
	uint64_t files, bytes, expected, guess;
	bool open_ended;
	const char *said;
} readings[] = {
	{59999, 12, 600000000, 1500000000, 0, false,
		"600.0 MB of 1.5 GB, 1 min 31 s left, 12 files, 10.0 MB/s"},
	{99999, 12, 1000000000, 1100000000, 40, false,
		"1.0 GB of 1.1 GB, 11 s left, 12 files, 10.0 MB/s"},
	{999999, 12, 1000000000, 13000000000, 0, false,
		"1.0 GB of 13.0 GB, 3 h 20 min left, 12 files, 1.0 MB/s"},
	{99999, 12, 1000, 1000, 0, false,
		"1.0 kB of 1.0 kB, 1 s left, 12 files, 10 B/s"},
	/* too long to be told: 100 hours, and for ever */
	{99999, 12, 1000, 3600000, 0, false,
		"1.0 kB of 3.6 MB, 99 h 58 min left, 12 files, 10 B/s"},
	{99999, 12, 1000, 3601000, 0, false,
		"1.0 kB of 3.6 MB, 12 files, 10 B/s"},
	{99999, 12, 0, 3600000, 0, false, "0 B of 3.6 MB, 12 files"},
	/* if the end is not known */
	{59999, 12, 600000000, 0, 0, false, "12 files, 600.0 MB, 10.0 MB/s"},
	{59999, 12, 600000000, 599999999, 0, false,
		"12 files, 600.0 MB, 10.0 MB/s"},
	{59999, 12, 600000000, 1500000000, 40, true,
		"12 of about 40 files, about 2 min 21 s left, 600.0 MB, "
		"10.0 MB/s"},
	{59999, 12, 600000000, 0, 12, true,
		"12 of about 12 files, 600.0 MB, 10.0 MB/s"},
	{59999, 12, 600000000, 0, 11, false, "12 files, 600.0 MB, 10.0 MB/s"},
};

static void
test_what_is_said(void **state)
{
	struct reading_progress r;
	char said[1024], wanted[1024];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(readings); i++) {
		clock_now = 5000;
		keep_errors();
		reading_progress_begin(&r, "site", readings[i].guess);
		r.progress.files = readings[i].files;
		r.progress.bytes = readings[i].bytes;
		r.progress.expected = readings[i].expected;
		r.progress.open_ended = readings[i].open_ended;
		/* not yet, now, and not again so soon */
		clock_now = 5000 + 29999;
		r.progress.look(r.progress.context);
		clock_now = 5000 + readings[i].after;
		r.progress.look(r.progress.context);
		clock_now += 29999;
		r.progress.look(r.progress.context);
		reading_progress_end(&r);
		kept_errors(said);
		snprintf(wanted, sizeof(wanted), "edgediff: reading site: %s\n",
			readings[i].said);
		assert_string_equal(said, wanted);
	}
}

static void
test_what_is_said_of_a_waiting(void **state)
{
	struct waiting_progress w;
	char said[1024];
	int i;

	(void)state;
	keep_errors();
	waiting_progress_begin(&w, 90 * 1000);
	for (i = 0; i < 4; i++)
		assert_int_equal(
			waiting_progress_pause(&w, "I1", 20 * 1000), 0);
	waiting_progress_end();
	kept_errors(said);
	assert_string_equal(said,
		"edgediff: waiting for I1: 40 s of 1 min 30 s at most\n"
		"edgediff: waiting for I1: 1 min 20 s of 1 min 30 s at most\n");
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
	struct thread_pool pool;
	size_t i;

	(void)state;
	for (i = 0; i < MEMBERS; i++)
		tallies[i] = (struct tally){.progress = &progress};
	thread_pool_init(&pool);
	thread_pool_run(&pool, MEMBERS, count, tallies, sizeof(tallies[0]));
	thread_pool_release(&pool);
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
		cmocka_unit_test(test_what_is_said),
		cmocka_unit_test(test_what_is_said_of_a_waiting),
		cmocka_unit_test(test_threads_count),
		cmocka_unit_test(test_nobody_counts),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
