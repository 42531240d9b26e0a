/* What answers of the edge say, and the words for it. */
#include "edge/verification_words.h"
#include "tests/unit/manifest_fixture.h"

/* The values of a URL, by a letter: the first byte of the fingerprint. */
static struct sample_value fresh = {
	.key = "a", .size = 1, .fingerprint = {'n'}};
static struct sample_value old = {.key = "a", .size = 1, .fingerprint = {'o'}};
static struct sample_value absent = {.key = "a", .absent = true};
static struct sample_value page = {.key = "p", .size = 1, .fingerprint = {'p'}};

struct row {
	const char *name;
	char kind; /* of the URL: changed, added, removed; gone, there */
	enum answer_end end;
	long status;
	char body; /* n(ew), o(ld), p(age), x: other */
	bool is_signed;
	const char *word; /* the verdict */
	const char *text; /* how it begins */
};

static const struct row rows[] = {
	{"new bytes", 'c', ANSWER_WHOLE, 200, 'n', false, "fresh", ""},
	{"old bytes", 'c', ANSWER_WHOLE, 200, 'o', false, "stale",
		"the edge serves the bytes of an older build"},
	{"other bytes", 'c', ANSWER_WHOLE, 200, 'x', false, "altered",
		"bytes that no known build has"},
	{"too many bytes", 'c', ANSWER_LARGER, 200, 'x', false, "altered",
		"more bytes than any known build has"},
	{"a cut answer", 'c', ANSWER_CUT, 200, 'n', false, "unknown",
		"the answer is not whole: why"},
	{"no answer", 'c', ANSWER_NONE, 0, 'n', false, "unknown",
		"no answer: why"},
	{"a redirect", 'c', ANSWER_WHOLE, 301, 'n', false, "unknown",
		"a redirect (301) to /there"},
	{"a failure", 'c', ANSWER_WHOLE, 503, 'n', false, "unknown",
		"status 503"},
	{"private", 'c', ANSWER_WHOLE, 401, 'x', false, "private",
		"only for whom may see it (status 401)"},
	{"signed", 'c', ANSWER_WHOLE, 403, 'x', true, "private",
		"only for signed URLs or cookies"},
	{"a changed one is not there", 'c', ANSWER_WHOLE, 404, 'x', false,
		"unknown", "status 404"},
	{"new bytes with another status", 'c', ANSWER_WHOLE, 206, 'n', false,
		"unknown", "status 206"},

	{"added, and there", 'a', ANSWER_WHOLE, 200, 'n', false, "fresh", ""},
	{"added, and not there", 'a', ANSWER_WHOLE, 403, 'x', false, "stale",
		"the edge answers as before it was added (status 403)"},
	{"added, and an error's page", 'a', ANSWER_WHOLE, 200, 'p', false,
		"stale", "the edge answers as before it was added"},
	{"added, and other bytes", 'a', ANSWER_WHOLE, 200, 'x', false,
		"altered", "bytes that no known build has"},

	{"removed", 'r', ANSWER_WHOLE, 404, 'x', false, "gone", ""},
	{"removed, 403", 'r', ANSWER_WHOLE, 403, 'x', false, "gone", ""},
	{"removed, 410", 'r', ANSWER_WHOLE, 410, 'x', false, "gone", ""},
	{"removed, and a page instead", 'r', ANSWER_WHOLE, 200, 'p', false,
		"gone", ""},
	{"removed, and served", 'r', ANSWER_WHOLE, 200, 'o', false,
		"still there", "it was removed, but its old bytes are served"},
	{"removed, and gone from the bucket", 'g', ANSWER_WHOLE, 200, 'o',
		false, "stale",
		"it is gone from the bucket, but its old bytes are served"},
	{"removed, and in the bucket", 't', ANSWER_WHOLE, 200, 'o', false,
		"still there", "it was removed, but is still in the bucket"},
	{"gone from the bucket, and nowhere", 'g', ANSWER_WHOLE, 404, 'x',
		false, "gone", ""},
	{"removed, and something else", 'r', ANSWER_WHOLE, 200, 'x', false,
		"altered", "bytes that no known build has"},
	{"removed, and a lot else", 'r', ANSWER_LARGER, 200, 'x', false,
		"altered", "more bytes than any known build has"},
	{"removed, and a redirect", 'r', ANSWER_WHOLE, 302, 'x', false,
		"unknown", "a redirect (302) to /there"},
	{"removed, and private", 'r', ANSWER_WHOLE, 403, 'x', true, "private",
		"only for signed URLs or cookies"},
};

static struct answer
answer_of(const struct row *row)
{
	struct answer answer = {
		.end = row->end,
		.status = row->status,
		.age = AGE_UNKNOWN,
		.is_signed = row->is_signed,
		.size = 1,
		.fingerprint = {(unsigned char)row->body},
		.location = "/there",
		.problem = "why",
	};

	return answer;
}

static void
check_row(const struct row *row)
{
	const struct sample sample = {.pages = &page};
	struct sample_url url = {.url = "/a",
		.fresh = strchr("rgt", row->kind) ? NULL : &fresh,
		.old = row->kind == 'a' ? &absent : &old};
	struct verified one = {.url = &url, .request = {.url = "/a"}};
	struct buf text;

	old.bucket = row->kind == 'g'   ? BUCKET_GONE
		     : row->kind == 't' ? BUCKET_THERE
					: BUCKET_UNKNOWN;
	one.request.answer = answer_of(row);
	one.freshness =
		freshness_judge(&sample, &url, &one.request.answer, &one.found);
	if (strcmp(freshness_word(one.freshness), row->word) != 0)
		fail_msg("%s: %s", row->name, freshness_word(one.freshness));
	buf_init(&text, 1000);
	verification_words_of(&text, &one);
	if (strncmp(buf_str(&text), row->text, strlen(row->text)) != 0)
		fail_msg("%s: %s", row->name, buf_str(&text));
	if (one.freshness == FRESHNESS_STALE)
		assert_int_equal(one.found.absent, row->kind == 'a');
	buf_release(&text);
}

static void
test_verdicts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_row(&rows[i]);
}

static void
test_what_may_pass(void **state)
{
	static const struct {
		enum answer_end end;
		long status;
		bool may;
	} list[] = {
		{ANSWER_NONE, 0, true},
		{ANSWER_CUT, 200, true},
		{ANSWER_WHOLE, 500, true},
		{ANSWER_WHOLE, 429, true},
		{ANSWER_WHOLE, 404, false},
		{ANSWER_WHOLE, 302, false},
		{ANSWER_WHOLE, 200, false},
		{ANSWER_LARGER, 200, false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		struct answer answer = {
			.end = list[i].end, .status = list[i].status};

		assert_int_equal(freshness_may_pass(&answer), list[i].may);
	}
}

static void
check_sum(const struct verification *v, enum other_locations others,
	const char *expected)
{
	struct buf text;

	buf_init(&text, 1000);
	verification_words_sum(&text, v, others);
	assert_string_equal(buf_str(&text), expected);
	buf_release(&text);
}

static void
test_sums(void **state)
{
	struct sample sample = {.urls = 9000, .stale = 2559};
	struct verification v = {.sample = &sample,
		.asked = 143,
		.kinds = {[FRESHNESS_FRESH] = 143},
		.pops = {"FRA56-P4", "FRA60-P1", "MUC50-P1"},
		.pop_count = 1};

	(void)state;
	check_sum(&v, LOCATIONS_COMPLETED,
		"fresh 143 of 143 asked, of 2,559 stale URLs, at FRA56-P4; "
		"other locations: CloudFront reports the invalidation as "
		"completed");
	v.kinds[FRESHNESS_FRESH] = 0;
	v.kinds[FRESHNESS_GONE] = 140;
	v.kinds[FRESHNESS_STALE] = 3;
	v.pop_count = 3;
	check_sum(&v, LOCATIONS_IN_PROGRESS,
		"fresh 0, gone 140, stale 3 of 143 asked, of 2,559 stale URLs, "
		"at FRA56-P4, FRA60-P1 and MUC50-P1; other locations: "
		"CloudFront has not reported the invalidation as completed");
	sample.of_all = true;
	sample.urls = 1;
	v.pop_count = 0;
	check_sum(&v, LOCATIONS_UNKNOWN,
		"fresh 0, gone 140, stale 3 of 143 asked, of 1 URL; other "
		"locations were not asked");
}

static void
test_age(void **state)
{
	const struct sample_url url = {.url = "/a"};
	struct verified one = {.url = &url,
		.freshness = FRESHNESS_ALTERED,
		.older = true,
		.request = {.answer = {.end = ANSWER_WHOLE,
				    .status = 200,
				    .age = 7200}}};
	struct buf text;

	(void)state;
	buf_init(&text, 1000);
	verification_words_of(&text, &one);
	assert_non_null(strstr(buf_str(&text),
		"with an Age of 7200 s, which is older than the invalidation"));
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_what_may_pass),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_age),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
