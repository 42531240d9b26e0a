/* Where an object is, and at which endpoint: pure functions, by tables. */
#include "aws/s3.h"
#include "tests/unit/fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
test_locations(void **state)
{
	static const struct {
		const char *text, *bucket, *key; /* bucket NULL: refused */
	} rows[] = {
		{"s3://site/b", "site", "b"},
		{"s3://my.site-2/a/b c", "my.site-2", "a/b c"},
		{"s3://abc/\xc3\xa4/..", "abc", "\xc3\xa4/.."},
		{"s3://ab/b", NULL, NULL},
		{"s3://site", NULL, NULL},
		{"s3://site/", NULL, NULL},
		{"s3://site//b", NULL, NULL},
		{"s3://site/b/", NULL, NULL},
		{"s3:///b", NULL, NULL},
		{"s3://Site/b", NULL, NULL},
		{"s3://si_te/b", NULL, NULL},
		{"s3://-site/b", NULL, NULL},
		{"s3://site./b", NULL, NULL},
		{"s3:/site/b", NULL, NULL},
		{"S3://site/b", NULL, NULL},
		{"", NULL, NULL},
	};
	struct s3_location location;
	struct err err = ERR_INIT;
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		rc = s3_location_parse(&location, rows[i].text, &err);
		if ((rc == 0) != (rows[i].bucket != NULL))
			fail_msg("%s: %d", rows[i].text, rc);
		if (rc != 0) {
			assert_int_equal(err.code, ERR_USAGE);
			continue;
		}
		assert_string_equal(location.bucket, rows[i].bucket);
		assert_string_equal(location.key, rows[i].key);
	}
}

static void
test_prefixes(void **state)
{
	static const struct {
		const char *text, *bucket, *prefix; /* bucket NULL: refused */
	} rows[] = {
		{"s3://site", "site", ""},
		{"s3://site/", "site", ""},
		{"s3://site/a", "site", "a/"},
		{"s3://site/a/b c/", "site", "a/b c/"},
		{"s3://site//", NULL, NULL},
		{"s3://site/a//", NULL, NULL},
		{"s3://si", NULL, NULL},
		{"s3://", NULL, NULL},
		{"site/a", NULL, NULL},
	};
	struct s3_location location;
	struct err err = ERR_INIT;
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		rc = s3_prefix_parse(&location, rows[i].text, &err);
		if ((rc == 0) != (rows[i].bucket != NULL))
			fail_msg("%s: %d", rows[i].text, rc);
		if (rc != 0)
			continue;
		assert_string_equal(location.bucket, rows[i].bucket);
		assert_string_equal(location.key, rows[i].prefix);
	}
}

static void
test_longest_names(void **state)
{
	char text[sizeof("s3://") + S3_BUCKET_MAX + S3_KEY_MAX + 3];
	struct s3_location location;
	struct err err = ERR_INIT;
	size_t len = strlen("s3://");

	(void)state;
	memcpy(text, "s3://", len);
	memset(text + len, 'b', S3_BUCKET_MAX);
	len += S3_BUCKET_MAX;
	text[len++] = '/';
	memset(text + len, 'k', S3_KEY_MAX);
	len += S3_KEY_MAX;
	text[len] = '\0';
	assert_int_equal(s3_location_parse(&location, text, &err), 0);
	text[len] = 'k';
	text[len + 1] = '\0';
	assert_int_equal(s3_location_parse(&location, text, &err), -1);
	memset(text, 'b', S3_BUCKET_MAX + strlen("s3://") + 1);
	memcpy(text, "s3://", strlen("s3://"));
	assert_int_equal(s3_location_parse(&location, text, &err), -1);
}

static void
test_endpoints(void **state)
{
	static const struct {
		const char *given, *region, *bucket;
		enum s3_style style;
		const char *endpoint; /* NULL: refused */
	} rows[] = {
		{NULL, "us-east-1", "site", S3_STYLE_AUTO,
			"https://site.s3.us-east-1.amazonaws.com"},
		{NULL, "cn-north-1", "site", S3_STYLE_AUTO,
			"https://site.s3.cn-north-1.amazonaws.com.cn"},
		{NULL, "us-iso-east-1", "site", S3_STYLE_AUTO,
			"https://site.s3.us-iso-east-1.c2s.ic.gov"},
		{NULL, "eusc-de-east-1", "my.site", S3_STYLE_AUTO,
			"https://s3.eusc-de-east-1.amazonaws.eu/my.site"},
		{NULL, "eu-west-1", "my.site", S3_STYLE_AUTO,
			"https://s3.eu-west-1.amazonaws.com/my.site"},
		{NULL, "eu-west-1", "site", S3_STYLE_PATH,
			"https://s3.eu-west-1.amazonaws.com/site"},
		{NULL, "eu-west-1", "my.site", S3_STYLE_VIRTUAL,
			"https://my.site.s3.eu-west-1.amazonaws.com"},
		{"http://127.0.0.1:9000", "x", "site", S3_STYLE_AUTO,
			"http://127.0.0.1:9000/site"},
		{"http://127.0.0.1:9000/store//", "x", "site", S3_STYLE_PATH,
			"http://127.0.0.1:9000/store/site"},
		{"https://store.example/", "x", "site", S3_STYLE_VIRTUAL,
			"https://site.store.example/"},
		{NULL, "", "site", S3_STYLE_AUTO, NULL},
		{NULL, "eu west", "site", S3_STYLE_AUTO, NULL},
		{NULL, "a.example/", "site", S3_STYLE_AUTO, NULL},
		{NULL, "EU-WEST-1", "site", S3_STYLE_AUTO, NULL},
	};
	struct err err = ERR_INIT;
	struct buf endpoint;
	size_t i;
	int rc;

	(void)state;
	buf_init(&endpoint, 4096);
	for (i = 0; i < COUNT(rows); i++) {
		buf_clear(&endpoint);
		rc = s3_endpoint(&endpoint, rows[i].given, "s3", rows[i].region,
			rows[i].bucket, rows[i].style, &err);
		assert_int_equal(rc, rows[i].endpoint ? 0 : -1);
		if (rc == 0)
			assert_string_equal(
				buf_str(&endpoint), rows[i].endpoint);
		else
			assert_int_equal(err.code, ERR_USAGE);
	}
	buf_release(&endpoint);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_locations),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_longest_names),
		cmocka_unit_test(test_endpoints),
	};

	return cmocka_run_group_tests_name("s3", tests, NULL, NULL);
}
