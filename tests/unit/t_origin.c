/* The hosts of origins, and the aliases of distributions. */
#include "aws/distribution.h"
#include "tests/unit/fixture.h"

static void
test_kind(void **state)
{
	static const struct {
		const char *host;
		bool s3, custom;
		enum origin_kind kind;
	} rows[] = {
		{"b.s3.amazonaws.com", true, false, ORIGIN_S3},
		{"b.s3.eu-west-1.amazonaws.com", true, false, ORIGIN_S3},
		{"b.s3-eu-west-1.amazonaws.com", true, false, ORIGIN_S3},
		{"b.s3.cn-north-1.amazonaws.com.cn", true, false, ORIGIN_S3},
		{"B.S3.AMAZONAWS.COM", true, false, ORIGIN_S3},
		{"b.s3.amazonaws.com", false, true, ORIGIN_CUSTOM},
		{"b.s3.amazonaws.com", true, true, ORIGIN_CUSTOM},
		{"b.s3.amazonaws.com", false, false, ORIGIN_CUSTOM},
		{"b.s3-website-us-east-1.amazonaws.com", false, true,
			ORIGIN_WEBSITE},
		{"b.s3-website.eu-central-1.amazonaws.com", false, true,
			ORIGIN_WEBSITE},
		{"b.s3-website.eu-central-1.amazonaws.com", true, false,
			ORIGIN_WEBSITE},
		{"b.s3-website.s3.amazonaws.com", true, false, ORIGIN_S3},
		{"b.s3.example.com", true, false, ORIGIN_CUSTOM},
		{"www.example.com", false, true, ORIGIN_CUSTOM},
		{"", true, false, ORIGIN_CUSTOM},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		if (origin_kind_of(rows[i].host, rows[i].s3, rows[i].custom) !=
			rows[i].kind)
			fail_msg("%s", rows[i].host);
}

static void
test_bucket(void **state)
{
	(void)state;
	assert_true(origin_is_bucket("b.s3.amazonaws.com", "b"));
	assert_true(origin_is_bucket("a.b.s3-website.x.amazonaws.com", "a.b"));
	assert_false(origin_is_bucket("a.b.s3.amazonaws.com", "b"));
	assert_false(origin_is_bucket("a.b.s3.amazonaws.com", "a"));
	assert_false(origin_is_bucket("a.s3-x.s3.amazonaws.com", "a"));
	assert_true(origin_is_bucket("a.s3-x.s3.amazonaws.com", "a.s3-x"));
	assert_false(origin_is_bucket("b.example.com", "b"));
	assert_false(origin_is_bucket("", ""));
}

static void
test_bucket_and_region(void **state)
{
	static const struct {
		const char *host, *bucket, *region; /* bucket NULL: none */
	} rows[] = {
		{"b.s3.eu-west-1.amazonaws.com", "b", "eu-west-1"},
		{"b.s3.amazonaws.com", "b", ""},
		{"b.s3-eu-west-1.amazonaws.com", "b", "eu-west-1"},
		{"a.b.s3.dualstack.us-east-2.amazonaws.com", "a.b",
			"us-east-2"},
		{"b.s3-website-us-west-1.amazonaws.com", "b", "us-west-1"},
		{"b.s3-website.eu-central-1.amazonaws.com", "b",
			"eu-central-1"},
		{"b.s3-fips.us-gov-west-1.amazonaws.com", "b", "us-gov-west-1"},
		{"b.s3.cn-north-1.amazonaws.com.cn", "b", "cn-north-1"},
		{"a-1.s3-accesspoint.eu-west-1.amazonaws.com", NULL, NULL},
		{"b.s3-accelerate.amazonaws.com", NULL, NULL},
		{"www.example.com", NULL, NULL},
		{".s3.amazonaws.com", NULL, NULL},
	};
	char bucket[ORIGIN_BUCKET_SIZE], region[ORIGIN_BUCKET_SIZE];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (origin_get_bucket(rows[i].host, bucket, region) !=
			(rows[i].bucket != NULL))
			fail_msg("%s", rows[i].host);
		if (!rows[i].bucket)
			continue;
		assert_string_equal(bucket, rows[i].bucket);
		assert_string_equal(region, rows[i].region);
	}
}

static void
test_alias(void **state)
{
	(void)state;
	assert_true(
		distribution_alias_covers("a.example.com", "A.example.COM"));
	assert_false(distribution_alias_covers("a.example.com", "example.com"));
	assert_true(
		distribution_alias_covers("*.example.com", "a.example.com"));
	assert_false(distribution_alias_covers("*.example.com", "example.com"));
	assert_false(
		distribution_alias_covers("*.example.com", ".example.com"));
	assert_false(
		distribution_alias_covers("*.example.com", "a.b.example.com"));
	assert_false(distribution_alias_covers("*.example.com", "a"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kind),
		cmocka_unit_test(test_bucket),
		cmocka_unit_test(test_bucket_and_region),
		cmocka_unit_test(test_alias),
	};

	return cmocka_run_group_tests_name("origin", tests, NULL, NULL);
}
