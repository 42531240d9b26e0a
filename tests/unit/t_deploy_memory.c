/*
 * Memory runs out in a deployment, from every state that an earlier run can leave.
 * A plain run afterwards ends in what it would have ended in without that.
 */
#include "aws/http.h"
#include "tests/unit/failing.h"

/* The service and the store have memory. */
int fake_http_send(struct http *http, const struct http_request *request,
	struct http_response *response, struct err *err);
#define http_send fake_http_send
#include "tests/unit/deploy_fixture.h"
#undef http_send

static struct {
	long at;
	bool after;
} wanted;

static struct store_kind kind;

int
http_send(struct http *http, const struct http_request *request,
	struct http_response *response, struct err *err)
{
	int rc;

	failing.paused++;
	rc = fake_http_send(http, request, response, err);
	failing.paused--;
	return rc;
}

static int
save(struct store *store, const struct baseline *baseline, struct err *err)
{
	int rc;

	failing.paused++;
	rc = fake_save(store, baseline, err);
	failing.paused--;
	return rc;
}

static void
begin_to_fail(void)
{
	failing.made = 0;
	failing.at = wanted.at;
	failing.after = wanted.after;
}

/* From this state, with these answers; `build` may be NULL. */
static const struct row {
	enum state state;
	const char *build, *posts, *reads, *saves;
	enum first_run first_run;
	bool limited;
	bool varies; /* what is invalidated depends on how far the run came */
} rows[] = {
	{NONE, BUILD, NULL, NULL, NULL, FIRST_RUN_ALL, false, false},
	{NONE, BUILD, NULL, NULL, NULL, FIRST_RUN_NONE, false, true},
	{KNOWN, BUILD, NULL, NULL, NULL, FIRST_RUN_ALL, false, false},
	{KNOWN, OTHER_BUILD, "mL", NULL, NULL, FIRST_RUN_ALL, true, false},
	{KNOWN, BUILD, "r", NULL, NULL, FIRST_RUN_ALL, false, false},
	{KNOWN, NULL, NULL, NULL, NULL, FIRST_RUN_ALL, false, false},
	{UNSENT, BUILD, NULL, NULL, NULL, FIRST_RUN_ALL, false, false},
	{UNSENT, OTHER_BUILD, NULL, NULL, NULL, FIRST_RUN_ALL, false, false},
	{UNSENT, OTHER_BUILD, "r", NULL, NULL, FIRST_RUN_ALL, false, true},
	{UNSENT, NULL, NULL, NULL, NULL, FIRST_RUN_ALL, false, false},
	{UNSENT, BUILD, NULL, NULL, "o", FIRST_RUN_ALL, false, true},
	{SENT, BUILD, NULL, NULL, NULL, FIRST_RUN_ALL, false, false},
	{SENT, BUILD, "K", NULL, NULL, FIRST_RUN_ALL, false, false},
	{SENT, OTHER_BUILD, NULL, NULL, NULL, FIRST_RUN_ALL, false, false},
	{RESTORED, BUILD, NULL, NULL, NULL, FIRST_RUN_ALL, false, false},
	/* a batch that is pending may have been answered before */
	{COPY, BUILD, NULL, NULL, NULL, FIRST_RUN_ALL, false, true},
	{TAKEN, BUILD, NULL, NULL, NULL, FIRST_RUN_ALL, false, false},
};

static void
begin(const struct row *row)
{
	set_up(NULL);
	kind = *store_fake.store.kind;
	kind.save = save;
	store_fake.store.kind = &kind;
	reach(row->state);
	t.first_run = row->first_run;
	t.limited = row->limited;
	t.before_deploy = begin_to_fail;
	script(row->posts, row->reads, row->saves);
}

/* A deployment with a fault, then one without. */
static bool
fails(const struct row *row, size_t *total)
{
	enum deploy_outcome outcome;
	bool failed;

	begin(row);
	outcome = deploy(row->build, false);
	failing.at = 0;
	failed = wanted.at > 0 && failing.made >= wanted.at;
	if (failed && outcome == DEPLOY_FAILED && row->build &&
		!strstr(t.err.message, "memory") &&
		(!row->posts || !strchr(row->posts, 'r')))
		fail_msg("allocation %ld: %s", wanted.at, t.err.message);
	t.before_deploy = NULL;
	deploy_well(row->build ? row->build : BUILD);
	*total = cloudfront_fake.count;
	tear_down(NULL);
	return failed;
}

static void
check_row(const struct row *row)
{
	size_t total, expected;
	int after, step = getenv("EDGEDIFF_SHORT") ? 13 : 1;

	wanted.at = 0;
	fails(row, &expected);
	for (after = 0; after < 2; after++) {
		wanted.after = after;
		for (wanted.at = 1; fails(row, &total); wanted.at += step)
			if (total != expected && !row->varies)
				fail_msg("allocation %ld%s: %zu invalidations, "
					 "not %zu",
					wanted.at,
					after ? " and all after it" : "", total,
					expected);
	}
	assert_true(wanted.at > 5);
}

static void
test_each_allocation(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		print_message("row %zu\n", i);
		check_row(&rows[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_allocation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
