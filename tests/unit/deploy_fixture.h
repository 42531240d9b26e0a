/*
 * Deployments against a CloudFront and a store in memory, from every state
 * that an earlier run can leave.
 */
#ifndef UNIT_DEPLOY_FIXTURE_H
#define UNIT_DEPLOY_FIXTURE_H

#include "deploy/deploy.h"
#include "tests/unit/fake_cloudfront.h"
#include "tests/unit/fake_store.h"
#include "tests/unit/manifest_fixture.h"

#define BUILD "a=2 b=1"
#define OTHER_BUILD "a=3 b=1"

enum {
	HOUR = 60 * 60 * 1000, /* ms */
	DAY = 24 * HOUR,
};

/* What earlier runs have left. */
enum state {
	NONE, /* no baseline */
	KNOWN, /* a=1 b=1, deployed yesterday */
	UNSENT, /* KNOWN, and BUILD pending: no request arrived */
	SENT, /* KNOWN, and BUILD pending: it was accepted */
	RESTORED, /* SENT, put back after OTHER_BUILD was deployed */
	COPY, /* KNOWN, put back after BUILD was deployed */
	TAKEN, /* KNOWN, and the reference of BUILD was used for others */
};

static struct fixture {
	struct buf log;
	bool held, interrupted;
	bool no_history;
	bool limited; /* to one path, and no wildcard */
	enum first_run first_run;
	const char *prefix; /* NULL: / */
	bool refuse; /* the guards refuse the build */
	unsigned char random, random_step;
	struct err err;
	void (*before_deploy)(void); /* when the build is read; or NULL */
} t;

/* ------------------------------------------------------------- callbacks */

static inline void
keep_line(void *context, enum deploy_level level, const char *text)
{
	(void)context, (void)level;
	buf_addf(&t.log, "%s\n", text);
}

static inline void
ignore_elapsed(void *context, long long began, const char *text)
{
	(void)context, (void)began, (void)text;
}

static inline int
guard(void *context, const struct delta *delta, struct err *err)
{
	(void)context, (void)delta;
	return t.refuse ? err_set(err, ERR_INPUT, "not the site") : 0;
}

static inline int
agree(void *context, const struct delta *delta, const char *reference,
	bool earlier, struct err *err)
{
	(void)context, (void)delta, (void)reference;
	(void)earlier, (void)err;
	return 0;
}

static inline void
begin_wait(void *context, long long limit)
{
	(void)context, (void)limit;
}

static inline int
pause_wait(void *context, const char *what, long long milliseconds)
{
	(void)context, (void)what;
	cloudfront_fake.now += milliseconds;
	return 0;
}

static inline void
end_wait(void *context)
{
	(void)context;
}

static inline void
hold_signals(void *context)
{
	(void)context;
	t.held = true;
}

static inline void
release_signals(void *context)
{
	(void)context;
	t.held = false;
}

static inline bool
is_interrupted(void *context)
{
	(void)context;
	return t.interrupted;
}

static inline int
random_bytes(void *context, unsigned char *bytes, size_t len)
{
	(void)context;
	t.random = (unsigned char)(t.random + t.random_step);
	memset(bytes, t.random, len);
	return 0;
}

static const struct deploy_callbacks callbacks = {
	.log = keep_line,
	.log_elapsed = ignore_elapsed,
	.guard = guard,
	.review = agree,
	.wait_begin = begin_wait,
	.wait_pause = pause_wait,
	.wait_end = end_wait,
	.hold_signals = hold_signals,
	.release_signals = release_signals,
	.is_interrupted = is_interrupted,
	.random = random_bytes,
};

/* An invariant: what is sent was stored before, and no signal ends us now. */
static inline void
check_post(const struct http_request *request)
{
	struct baseline stored;

	assert_true(t.held);
	fake_load(&stored);
	assert_true(stored.has_pending);
	assert_int_equal(stored.pending.body.len, request->body_len);
	assert_memory_equal(
		stored.pending.body.data, request->body, request->body_len);
	baseline_release(&stored);
}

/* ------------------------------------------------------------------ runs */

/* Deploy the build of these words; NULL for one that cannot be read. */
static inline enum deploy_outcome
deploy(const char *words, bool rehearse)
{
	struct cloudfront client = fake_client();
	struct deploy deploy = {
		.mount = {.distribution = "E1"},
		.store = &store_fake.store,
		.cloudfront = rehearse ? NULL : &client,
		.callbacks = &callbacks,
		.first_run = t.first_run,
		.options = {.rules = {.prefix = t.prefix ? t.prefix : "/",
				    .forms.index_document = "index.html",
				    .forms.index_file = true,
				    .forms.index_slash = true},
			.limits = {.paths_max = t.limited ? 1 : 100,
				.wildcards_max = t.limited ? 0 : 15,
				.collateral_cost = 1000000}},
		.wait_max = 60 * 1000,
		.history = !t.no_history,
		.rehearse = rehearse,
	};
	struct deploy_result result = {.accepted = false};
	enum deploy_outcome outcome;
	struct manifest build;

	t.err = (struct err)ERR_INIT;
	t.held = false;
	manifest_init(&build);
	if (words)
		read_manifest(&build, words);
	if (t.before_deploy)
		t.before_deploy();
	outcome = DEPLOY_FAILED;
	if (deploy_begin(&deploy, &t.err) == 0)
		outcome = words ? deploy_build(&deploy, &build, &result, &t.err)
				: deploy_without_build(&deploy, &result);
	/* what was moved or loaded again must not be pointed at */
	if (result.recorded || outcome == DEPLOY_PENDING) {
		assert_null(result.transition.delta.before);
		assert_null(result.transition.delta.after);
		assert_null(result.transition.delta.changes.list);
	}
	deploy_result_release(&result);
	deploy_release(&deploy);
	manifest_release(&build);
	return outcome;
}

static inline void
script(const char *posts, const char *reads, const char *saves)
{
	cloudfront_fake.script = posts ? posts : "";
	cloudfront_fake.read_script = reads ? reads : "";
	store_fake.script = saves ? saves : "";
}

static inline void
deploy_well(const char *words)
{
	script(NULL, NULL, NULL);
	if (deploy(words, false) != DEPLOY_DONE)
		fail_msg("%s", t.err.message);
}

/* Deploy, then put the baseline back that there was before. */
static inline void
deploy_and_restore(const char *words)
{
	struct buf copy = store_fake.text;

	buf_init(&store_fake.text, copy.max);
	buf_add(&store_fake.text, copy.data, copy.len);
	deploy_well(words);
	buf_release(&store_fake.text);
	store_fake.text = copy;
}

/* Let the newest invalidation be of other paths. */
static inline void
change_newest(void)
{
	struct fake_invalidation *newest =
		&cloudfront_fake.made[cloudfront_fake.count - 1];
	struct buf body = newest->body;
	char *path = strstr(body.data, "<Path>/");
	struct err err = ERR_INIT;

	assert_non_null(path);
	path[7] = 'z';
	invalidation_release(&newest->batch);
	assert_int_equal(invalidation_batch_read(
				 &newest->batch, body.data, body.len, &err),
		0);
}

static inline void
reach(enum state state)
{
	if (state == NONE)
		return;
	deploy_well("a=1 b=1");
	cloudfront_fake.now += DAY;
	switch (state) {
	case UNSENT:
		script("lll", NULL, NULL);
		assert_int_equal(deploy(BUILD, false), DEPLOY_PENDING);
		break;
	case SENT:
	case RESTORED:
		script(NULL, NULL, "sf");
		assert_int_equal(deploy(BUILD, false), DEPLOY_PENDING);
		break;
	case COPY:
	case TAKEN:
		deploy_and_restore(BUILD);
		break;
	default:
		break;
	}
	cloudfront_fake.now += HOUR;
	if (state == RESTORED)
		deploy_and_restore(OTHER_BUILD);
	if (state == TAKEN)
		change_newest();
	cloudfront_fake.now += HOUR;
}

/* ------------------------------------------------------------ sequences */

/* The newest invalidation is of these items, and it is number `count`. */
static inline void
assert_newest(size_t count, const char *items)
{
	const struct fake_invalidation *newest =
		&cloudfront_fake.made[cloudfront_fake.count - 1];
	char text[256] = "";
	size_t i, used = 0;

	assert_int_equal(cloudfront_fake.count, count);
	for (i = 0; i < newest->batch.item_count; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used,
			"%s%s", i ? " " : "", newest->batch.items[i]);
	assert_string_equal(text, items);
}

static inline void
pass_time(void)
{
	cloudfront_fake.now += HOUR;
}

/* Copies of the stored baseline, to be put back. */
static inline struct buf
copy_of_baseline(void)
{
	struct buf copy;

	buf_init(&copy, store_fake.text.max);
	buf_add(&copy, store_fake.text.data, store_fake.text.len);
	return copy;
}

/* Releases the copy. */
static inline void
put_back(struct buf *copy)
{
	buf_clear(&store_fake.text);
	buf_add(&store_fake.text, copy->data, copy->len);
	buf_release(copy);
}

static inline void
expect(const char *words, const char *posts, enum deploy_outcome outcome)
{
	pass_time();
	script(posts, NULL, NULL);
	if (deploy(words, false) != outcome)
		fail_msg("%s: %s", words ? words : "no build", t.err.message);
}

static inline void
assert_nothing_to_do(const char *words)
{
	size_t count = cloudfront_fake.count;

	pass_time();
	deploy_well(words);
	assert_int_equal(cloudfront_fake.count, count);
}

/* ---------------------------------------------------------- each test */

static inline int
set_up(void **state)
{
	(void)state;
	t = (struct fixture){.random_step = 1};
	buf_init(&t.log, 65536);
	fake_cloudfront_init();
	cloudfront_fake.before_post = check_post;
	fake_store_init();
	return 0;
}

static inline int
tear_down(void **state)
{
	(void)state;
	fake_cloudfront_release();
	buf_release(&store_fake.text);
	buf_release(&t.log);
	return 0;
}

#define WITH_FAKES(test) \
	cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
