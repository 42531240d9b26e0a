/*
 * The exactly-once protocol: what CloudFront answers and what becomes of each
 * save, in every state that an earlier run can leave. Each row is followed by
 * a run in which nothing fails, which must end the matter.
 */
#include "tests/unit/deploy_fixture.h"

/*
 * Scripts as in fake_cloudfront.h and fake_store.h. The stored baseline after
 * the run is that of `serial`, with a batch pending or none. `made` are the
 * invalidations that the run has created; `total` those after the next run.
 */
static const struct row {
	const char *name;
	enum state state;
	const char *posts, *reads, *saves;
	enum deploy_outcome outcome;
	const char *message; /* part of the error's */
	uint64_t serial;
	bool pending;
	size_t made, total;
} rows[] = {
	{"first deployment", NONE, "", "", "", DEPLOY_DONE, NULL, 1, false, 1,
		1},
	{"accepted", KNOWN, "", "", "", DEPLOY_DONE, NULL, 2, false, 1, 1},

	/* one try fails */
	{"no connection", KNOWN, "n", "", "", DEPLOY_DONE, NULL, 2, false, 1,
		1},
	{"request lost", KNOWN, "l", "", "", DEPLOY_DONE, NULL, 2, false, 1, 1},
	{"answer lost", KNOWN, "L", "", "", DEPLOY_DONE, NULL, 2, false, 1, 1},
	{"answer cut", KNOWN, "C", "", "", DEPLOY_DONE, NULL, 2, false, 1, 1},
	{"answer unreadable", KNOWN, "U", "", "", DEPLOY_DONE, NULL, 2, false,
		1, 1},
	{"503", KNOWN, "e", "", "", DEPLOY_DONE, NULL, 2, false, 1, 1},
	{"503, yet done", KNOWN, "E", "", "", DEPLOY_DONE, NULL, 2, false, 1,
		1},
	{"no room at first", KNOWN, "mm", "", "", DEPLOY_DONE, NULL, 2, false,
		1, 1},

	/* all tries fail */
	{"never a connection", KNOWN, "nnn", "", "", DEPLOY_FAILED, "", 1,
		false, 0, 1},
	{"all requests lost", KNOWN, "lll", "", "", DEPLOY_PENDING, "pending",
		1, true, 0, 1},
	{"all answers lost", KNOWN, "LLL", "", "", DEPLOY_PENDING, "pending", 1,
		true, 1, 1},
	{"all answers cut", KNOWN, "CCC", "", "", DEPLOY_PENDING, "pending", 1,
		true, 1, 1},
	{"all answers unreadable", KNOWN, "UUU", "", "", DEPLOY_PENDING,
		"pending", 1, true, 1, 1},
	{"503 each time", KNOWN, "eee", "", "", DEPLOY_PENDING, "pending", 1,
		true, 0, 1},
	{"503 each time, yet done", KNOWN, "EEE", "", "", DEPLOY_PENDING,
		"pending", 1, true, 1, 1},
	{"about another batch", KNOWN, "O", "", "", DEPLOY_PENDING, "pending",
		1, true, 1, 1},
	{"no room in time", KNOWN, "mmmmmmmmmm", "", "", DEPLOY_FAILED,
		"too many invalidations", 1, false, 0, 1},
	{"refused", KNOWN, "r", "", "", DEPLOY_FAILED, "AccessDenied", 1, false,
		0, 1},
	{"request lost, then refused", KNOWN, "lr", "", "", DEPLOY_PENDING,
		"pending", 1, true, 0, 1},
	{"answer lost, then refused", KNOWN, "Lr", "", "", DEPLOY_PENDING,
		"pending", 1, true, 1, 1},

	{"answer lost, no room, then refused", KNOWN, "Lmr", "", "",
		DEPLOY_PENDING, "pending", 1, true, 1, 1},
	{"answer lost, then the reference is used", KNOWN, "LK", "", "",
		DEPLOY_DONE, NULL, 2, false, 1, 1},

	/* the store fails */
	{"save before sending fails", KNOWN, "", "", "f", DEPLOY_FAILED, "disk",
		1, false, 0, 1},
	{"save before sending is unsure", KNOWN, "", "", "u", DEPLOY_FAILED,
		"disk", 1, true, 0, 1},
	{"race lost before sending", KNOWN, "", "", "x", DEPLOY_FAILED,
		"another run", 1, false, 0, 1},
	{"save after sending fails", KNOWN, "", "", "sf", DEPLOY_PENDING,
		"accepted as I2 but not recorded", 1, true, 1, 1},
	{"save after sending is unsure", KNOWN, "", "", "su", DEPLOY_PENDING,
		"accepted as I2 but not recorded", 2, false, 1, 1},
	{"another run recorded it", KNOWN, "", "", "sw", DEPLOY_DONE, NULL, 2,
		false, 1, 1},
	{"another run recorded it and more", KNOWN, "", "", "sv", DEPLOY_DONE,
		NULL, 3, false, 1, 1},
	{"another run overtook with its own", KNOWN, "", "", "sy",
		DEPLOY_PENDING, "another run has changed the baseline", 3,
		false, 1, 2},
	{"race lost after sending", KNOWN, "", "", "sx", DEPLOY_DONE, NULL, 2,
		false, 1, 1},
	{"refused, and that is not saved", KNOWN, "r", "", "sf", DEPLOY_PENDING,
		"pending", 1, true, 0, 1},
	{"first save fails", NONE, "", "", "f", DEPLOY_FAILED, "disk", 0, false,
		0, 1},

	/* the pending batch of an earlier run, which never arrived */
	{"unsent: accepted", UNSENT, "", "", "", DEPLOY_DONE, NULL, 2, false, 1,
		1},
	{"unsent: answer lost", UNSENT, "L", "", "", DEPLOY_DONE, NULL, 2,
		false, 1, 1},
	{"unsent: lost again", UNSENT, "lll", "", "", DEPLOY_PENDING, "pending",
		1, true, 0, 1},
	{"unsent: no connection", UNSENT, "nnn", "", "", DEPLOY_PENDING,
		"pending", 1, true, 0, 1},
	{"unsent: no room", UNSENT, "mmmmmmmmmm", "", "", DEPLOY_PENDING,
		"pending", 1, true, 0, 1},
	{"unsent: refused", UNSENT, "r", "", "", DEPLOY_DONE, NULL, 2, false, 1,
		1},
	{"unsent: not recorded", UNSENT, "", "", "f", DEPLOY_PENDING,
		"accepted as I2 but not recorded", 1, true, 1, 1},
	{"unsent: another run recorded it", UNSENT, "", "", "w", DEPLOY_DONE,
		NULL, 2, false, 1, 1},
	{"unsent: another build came after it", UNSENT, "", "", "o",
		DEPLOY_DONE, NULL, 4, false, 2, 2},
	{"unsent: that, and a save fails", UNSENT, "", "", "of", DEPLOY_FAILED,
		"disk", 3, false, 1, 2},
	{"unsent: race lost", UNSENT, "", "", "x", DEPLOY_DONE, NULL, 2, false,
		1, 1},
	{"unsent: the list fails", UNSENT, "", "eee", "", DEPLOY_PENDING,
		"accepted as I2, but", 1, true, 1, 1},

	/* the pending batch of an earlier run, which was accepted */
	{"sent: replayed", SENT, "", "", "", DEPLOY_DONE, NULL, 2, false, 0, 0},
	{"sent: the reference is used", SENT, "K", "", "", DEPLOY_DONE, NULL, 2,
		false, 0, 0},
	{"sent: answer lost", SENT, "L", "", "", DEPLOY_DONE, NULL, 2, false, 0,
		0},
	{"sent: all answers lost", SENT, "LLL", "", "", DEPLOY_PENDING,
		"pending", 1, true, 0, 0},
	{"sent: refused", SENT, "r", "", "", DEPLOY_DONE, NULL, 2, false, 1, 1},
	{"sent: refused twice", SENT, "rr", "", "", DEPLOY_FAILED,
		"AccessDenied", 1, false, 0, 1},
	{"unsent: refused twice", UNSENT, "rr", "", "", DEPLOY_FAILED,
		"AccessDenied", 1, false, 0, 1},
	{"sent: the list fails", SENT, "", "eee", "", DEPLOY_PENDING,
		"accepted as I2, but", 1, true, 0, 0},
	{"sent: not recorded", SENT, "", "", "f", DEPLOY_PENDING,
		"accepted as I2 but not recorded", 1, true, 0, 0},

	/* a copy of the baseline was put back: everything is invalidated */
	{"restored: deployed since", RESTORED, "", "", "", DEPLOY_DONE, NULL, 3,
		false, 1, 1},
	{"restored: the reference is used", RESTORED, "K", "", "", DEPLOY_DONE,
		NULL, 3, false, 1, 1},
	{"restored: not recorded", RESTORED, "", "", "f", DEPLOY_PENDING,
		"accepted as I2 but not recorded", 1, true, 0, 1},
	{"restored: race lost", RESTORED, "", "", "x", DEPLOY_DONE, NULL, 3,
		false, 1, 1},
	{"restored: all is refused", RESTORED, "Ar", "", "",
		DEPLOY_ACCEPTED_ONLY, "AccessDenied", 2, false, 0, 1},
	{"copy: replayed", COPY, "", "", "", DEPLOY_DONE, NULL, 2, false, 1, 1},
	{"copy: the reference is used", COPY, "K", "", "", DEPLOY_DONE, NULL, 2,
		false, 1, 1},
	{"copy: second answer lost", COPY, "AL", "", "", DEPLOY_DONE, NULL, 2,
		false, 1, 1},
	{"copy: second is refused", COPY, "Ar", "", "", DEPLOY_FAILED,
		"AccessDenied", 1, false, 0, 1},
	{"copy: that is not saved", COPY, "", "", "sf", DEPLOY_PENDING, "disk",
		1, true, 0, 0},

	/* the reference was used for other paths */
	{"taken: a new reference", TAKEN, "", "", "", DEPLOY_DONE, NULL, 2,
		false, 1, 1},
	{"taken: the list fails", TAKEN, "", "eee", "", DEPLOY_PENDING,
		"pending", 1, true, 0, 1},
	{"taken: an answer lost before", TAKEN, "l", "", "", DEPLOY_DONE, NULL,
		2, false, 1, 1},
};

static void
check_stored(const struct row *row, uint64_t serial, bool pending)
{
	struct baseline stored;

	fake_load(&stored);
	if (stored.serial != serial || stored.has_pending != pending)
		fail_msg("%s: serial %d, %s", row->name, (int)stored.serial,
			stored.has_pending ? "pending" : "nothing pending");
	baseline_release(&stored);
}

/* What the edge agrees with at last. */
static void
check_build(const struct row *row)
{
	struct baseline stored;
	struct manifest build;

	fake_load(&stored);
	read_manifest(&build, BUILD);
	if (stored.has_pending || strcmp(stored.manifest.hash, build.hash) != 0)
		fail_msg("%s: not recorded at last", row->name);
	manifest_release(&build);
	baseline_release(&stored);
}

static void
check_row(const struct row *row)
{
	enum deploy_outcome outcome;
	size_t before;

	reach(row->state);
	before = cloudfront_fake.count;
	script(row->posts, row->reads, row->saves);
	outcome = deploy(BUILD, false);
	if (outcome != row->outcome)
		fail_msg("%s: outcome %d, %s", row->name, (int)outcome,
			t.err.message);
	if (row->message && !strstr(t.err.message, row->message))
		fail_msg("%s: says %s", row->name, t.err.message);
	if (cloudfront_fake.count - before != row->made)
		fail_msg("%s: made %zu", row->name,
			cloudfront_fake.count - before);
	check_stored(row, row->serial, row->pending);

	cloudfront_fake.now += HOUR;
	script(NULL, NULL, NULL);
	if (deploy(BUILD, false) != DEPLOY_DONE)
		fail_msg("%s, then: %s", row->name, t.err.message);
	if (cloudfront_fake.count - before != row->total)
		fail_msg("%s, then: made %zu", row->name,
			cloudfront_fake.count - before);
	check_build(row);
}

static void
test_rows(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		set_up(NULL);
		check_row(&rows[i]);
		tear_down(NULL);
	}
}

/* The older form of the error leads to the same. */
static void
test_reference_taken_by_invalid_argument(void **state)
{
	(void)state;
	reach(TAKEN);
	cloudfront_fake.reference_argument = true;
	deploy_well(BUILD);
	assert_int_equal(cloudfront_fake.count, 3);
}

/* Also without CloudFront's clock: its answer is older than the baseline. */
static void
test_answer_is_older_than_the_baseline(void **state)
{
	struct baseline stored;

	(void)state;
	reach(COPY);
	cloudfront_fake.has_no_date = true;
	fake_load(&stored);
	snprintf(stored.create_time, sizeof(stored.create_time),
		"2025-12-01T00:00:00.5Z");
	fake_keep(&stored);
	baseline_release(&stored);
	deploy_well(BUILD);
	assert_int_equal(cloudfront_fake.count, 3);
}

/* A service that knows every reference is broken. */
static void
test_no_new_reference(void **state)
{
	(void)state;
	reach(KNOWN);
	script("kkk", NULL, NULL);
	assert_int_equal(deploy(BUILD, false), DEPLOY_FAILED);
	assert_non_null(strstr(t.err.message, "3 times in a row"));
	assert_int_equal(cloudfront_fake.count, 1);
}

static void
test_earlier_batch_then_refused_build(void **state)
{
	(void)state;
	reach(UNSENT);
	script("Ar", NULL, NULL);
	assert_int_equal(deploy(OTHER_BUILD, false), DEPLOY_FAILED);
	assert_int_equal(cloudfront_fake.count, 2);
	deploy_well(OTHER_BUILD);
	assert_int_equal(cloudfront_fake.count, 3);
}

static void
test_unchanged_build_sends_nothing(void **state)
{
	(void)state;
	reach(KNOWN);
	cloudfront_fake.posts = store_fake.saves = 0;
	deploy_well("a=1 b=1");
	assert_int_equal(cloudfront_fake.posts, 0);
	assert_int_equal(store_fake.saves, 0);
}

static void
test_interrupted_before_sending(void **state)
{
	(void)state;
	reach(KNOWN);
	cloudfront_fake.posts = store_fake.saves = 0;
	t.interrupted = true;
	assert_int_equal(deploy(BUILD, false), DEPLOY_FAILED);
	assert_non_null(strstr(t.err.message, "nothing was sent"));
	assert_int_equal(cloudfront_fake.posts, 0);
	assert_int_equal(store_fake.saves, 1); /* caches may hold the build */
}

/* Even with a batch pending. */
static void
test_rehearsal_changes_nothing(void **state)
{
	(void)state;
	reach(UNSENT);
	cloudfront_fake.posts = store_fake.saves = 0;
	assert_int_equal(deploy(OTHER_BUILD, true), DEPLOY_DONE);
	assert_int_equal(cloudfront_fake.posts, 0);
	assert_int_equal(store_fake.saves, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		WITH_FAKES(test_reference_taken_by_invalid_argument),
		WITH_FAKES(test_answer_is_older_than_the_baseline),
		WITH_FAKES(test_no_new_reference),
		WITH_FAKES(test_earlier_batch_then_refused_build),
		WITH_FAKES(test_unchanged_build_sends_nothing),
		WITH_FAKES(test_interrupted_before_sending),
		WITH_FAKES(test_rehearsal_changes_nothing),
	};

	return cmocka_run_group_tests_name("deploy", tests, NULL, NULL);
}
