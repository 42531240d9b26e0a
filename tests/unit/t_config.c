/* AWS's two files, the settings and the endpoints that come of them. */
#include "aws/endpoint.h"
#include "tests/unit/fixture.h"

/* The files of this folder, and these variables on top. */
struct setting {
	const char *config, *credentials; /* text; NULL: no file */
	const char *variables[12]; /* name, value, ..., NULL */
	struct aws_options options;
};

static int
load(struct aws_config *out, const struct setting *s, struct err *err)
{
	static const char *variables[20];
	static struct environment e;
	size_t n = 0;

	*err = (struct err)ERR_INIT;
	unlink("config");
	unlink("credentials");
	if (s->config)
		write_file("config", s->config);
	if (s->credentials)
		write_file("credentials", s->credentials);
	for (; s->variables[n]; n++)
		variables[n] = s->variables[n];
	variables[n++] = "AWS_CONFIG_FILE";
	variables[n++] = "config";
	variables[n++] = "AWS_SHARED_CREDENTIALS_FILE";
	variables[n++] = "credentials";
	variables[n] = NULL;
	e = (struct environment){get_variable, (void *)(uintptr_t)variables};
	return aws_config_load(out, &e, &s->options, err);
}

static const char files[] =
	"[default]\nregion = eu-west-1\na = 1\nn =\n  x = 1\n  y=2\n"
	"[profile two words]\na = skipped\n"
	"[profile \"b c\"]\r\nA\t=  2 \r\nb = 3\r\n"
	"[b]\na = no profile\n"
	"[profile p]\na = 4\n[profile 'p']\nb = 5\n"
	"[profilex q]\na = 6\n[profile \"open]\na = 7\n"
	"[services s]\ncloudfront =\n  endpoint_url = http://s/cf\n"
	"[profile s]\nservices = s\nendpoint_url = http://s/all\n";

static void
test_profiles(void **state)
{
	const struct setting s = {
		.config = files,
		.credentials = "[default]\na = 8\n[b]\nc = 9\n[b c]\nb = 10\n"
			       "[profile p]\na = 11\n",
	};
	static const struct {
		const char *profile, *key, *value;
	} rows[] = {
		{"default", "a", "8"},
		{"default", "region", "eu-west-1"},
		{"b c", "a", "2"},
		{"b c", "b", "10"},
		{"b", "a", NULL},
		{"b", "c", "9"},
		{"p", "a", NULL},
		{"p", "b", "5"},
		{"profile p", "a", "11"},
		{"q", "a", "6"},
		{"two", "a", NULL},
		{"open", "a", NULL},
		{"DEFAULT", "a", NULL},
	};
	struct aws_config c;
	struct err err;
	struct buf out;
	size_t i;

	(void)state;
	assert_int_equal(load(&c, &s, &err), 0);
	for (i = 0; i < COUNT(rows); i++) {
		const char *value =
			aws_config_in_profile(&c, rows[i].profile, rows[i].key);

		if (rows[i].value)
			assert_string_equal(value, rows[i].value);
		else
			assert_null(value);
	}
	assert_true(aws_config_has_profile(&c, "b"));
	assert_false(aws_config_has_profile(&c, "two words"));
	assert_string_equal(aws_config_in_config_file(&c, "default", "a"), "1");
	buf_init(&out, 64);
	assert_true(aws_config_nested(&c, &out, "n", "y"));
	assert_string_equal(buf_str(&out), "2");
	assert_false(aws_config_nested(&c, &out, "n", "z"));
	assert_false(aws_config_nested(&c, &out, "region", "z"));
	buf_release(&out);
	aws_config_release(&c);
}

static void
test_active_profile(void **state)
{
	static const struct {
		struct setting setting;
		const char *profile; /* NULL: an error */
	} rows[] = {
		{{.config = files}, "default"},
		{{.config = NULL}, "default"},
		{{.config = files, .options.profile = "p"}, "p"},
		{{.config = files,
			 .options.profile = "p",
			 .variables = {"AWS_PROFILE", "q"}},
			"p"},
		{{.config = files,
			 .variables = {"AWS_DEFAULT_PROFILE", "p",
				 "AWS_PROFILE", "q"}},
			"q"},
		{{.config = files, .variables = {"AWS_DEFAULT_PROFILE", "p"}},
			"p"},
		{{.config = files, .variables = {"AWS_PROFILE", ""}},
			"default"},
		{{.config = files, .variables = {"AWS_PROFILE", "b"}}, NULL},
		{{.config = NULL, .options.profile = "default"}, NULL},
		{{.credentials = "[b]\n", .variables = {"AWS_PROFILE", "b"}},
			"b"},
	};
	struct aws_config c;
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int rc = load(&c, &rows[i].setting, &err);

		if (rows[i].profile) {
			assert_int_equal(rc, 0);
			assert_string_equal(c.profile, rows[i].profile);
			assert_int_equal(c.profile_by_option,
				rows[i].setting.options.profile != NULL);
		} else {
			assert_int_equal(rc, -1);
			assert_int_equal(err.code, ERR_INPUT);
			assert_non_null(strstr(err.message,
				rows[i].setting.config
					? "The config profile (b) could not be "
					  "found"
					: "(default) could not be found"));
		}
		aws_config_release(&c);
	}
}

static void
test_settings(void **state)
{
	const struct setting s = {
		.config = "[default]\nregion = r-file\nca_bundle = file\n"
			  "max_attempts = 7\nuse_fips_endpoint = True\n",
		.variables = {"AWS_DEFAULT_REGION", "r-default", "AWS_REGION",
			"r-variable", "AWS_RETRY_MODE", "legacy"},
	};
	struct setting more = s;
	struct aws_config c;
	struct err err;

	(void)state;
	assert_int_equal(load(&c, &s, &err), 0);
	assert_string_equal(c.region, "r-variable");
	assert_string_equal(c.ca_bundle, "file");
	assert_int_equal(c.max_attempts, 7);
	assert_true(c.fips);
	assert_false(c.dualstack);
	aws_config_release(&c);
	more.options.region = "r-option";
	more.options.ca_bundle = "option";
	more.config = NULL;
	assert_int_equal(load(&c, &more, &err), 0);
	assert_string_equal(c.region, "r-option");
	assert_string_equal(c.ca_bundle, "option");
	assert_int_equal(c.max_attempts, 5);
	aws_config_release(&c);
	more = (struct setting){.config = s.config,
		.variables = {"AWS_REGION", "", "AWS_CA_BUNDLE", "v",
			"AWS_USE_FIPS_ENDPOINT", "false"}};
	assert_int_equal(load(&c, &more, &err), 0);
	assert_string_equal(c.region, "r-file");
	assert_string_equal(c.ca_bundle, "v");
	assert_false(c.fips);
	aws_config_release(&c);
	more = (struct setting){.config = NULL};
	assert_int_equal(load(&c, &more, &err), 0);
	assert_null(c.region);
	assert_int_equal(c.max_attempts, 3);
	aws_config_release(&c);
}

static void
test_refused(void **state)
{
	static const struct {
		struct setting setting;
		const char *said;
	} rows[] = {
		{{.options.region = "eu west"}, "not an AWS region"},
		{{.variables = {"AWS_REGION", "-a"}}, "not an AWS region"},
		{{.variables = {"AWS_REGION", "123"}}, "not an AWS region"},
		{{.variables = {"AWS_REGION", "a.b/c"}}, "not an AWS region"},
		{{.variables = {"AWS_MAX_ATTEMPTS", "0"}}, "from 1 to 100"},
		{{.variables = {"AWS_MAX_ATTEMPTS", "3x"}}, "AWS_MAX_ATTEMPTS"},
		{{.config = "[default]\nmax_attempts = many\n"}, "'many'"},
		{{.variables = {"AWS_RETRY_MODE", "eager"}}, "'eager'"},
		{{.config = "[default]\nn =\n  hush\n"},
			"config, line 2: the lines below"},
		{{.credentials = "[default]\nhush\n"}, "credentials, line 2"},
	};
	struct aws_config c;
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(load(&c, &rows[i].setting, &err), -1);
		assert_non_null(strstr(err.message, rows[i].said));
		assert_null(strstr(err.message, "hush"));
		aws_config_release(&c);
	}
}

/* What a program beside us has put there since; the settings stay. */
static void
test_reload(void **state)
{
	const struct setting s = {
		.config = "[default]\nregion = a\nca_bundle = b\n",
		.credentials = "[default]\nx = 1\n",
	};
	struct aws_config c;
	struct err err;

	(void)state;
	assert_int_equal(load(&c, &s, &err), 0);
	write_file("config", "[default]\nregion = c\n");
	write_file("credentials", "[default]\nx = 2\n[new]\n");
	assert_string_equal(aws_config_in_profile(&c, "default", "x"), "1");
	assert_int_equal(aws_config_reload(&c, &err), 0);
	assert_string_equal(aws_config_in_profile(&c, "default", "x"), "2");
	assert_true(aws_config_has_profile(&c, "new"));
	assert_string_equal(c.region, "a");
	assert_string_equal(c.ca_bundle, "b");
	write_file("credentials", "[default\n");
	assert_int_equal(aws_config_reload(&c, &err), -1);
	aws_config_release(&c);
}

/* /dev/null and what is not there are empty; a folder is none to read. */
static void
test_no_files(void **state)
{
	static const char *const paths[] = {
		"/dev/null", "/no/such/file", "/", "~/none", "config/below"};
	const char *variables[] = {"AWS_CONFIG_FILE", NULL,
		"AWS_SHARED_CREDENTIALS_FILE", NULL, NULL};
	const struct environment e = {get_variable, variables};
	const struct aws_options options = {.profile = NULL};
	struct err err = ERR_INIT;
	struct aws_config c;
	size_t i;

	(void)state;
	write_file("config", "[default]\n");
	for (i = 0; i < COUNT(paths); i++) {
		variables[1] = variables[3] = paths[i];
		assert_int_equal(aws_config_load(&c, &e, &options, &err), 0);
		assert_false(aws_config_has_profile(&c, "default"));
		aws_config_release(&c);
	}
}

static void
test_endpoints(void **state)
{
	static const char services[] =
		"[default]\nservices = s\nendpoint_url = http://p\n"
		"[services s]\ncloudfront =\n  endpoint_url = http://s/cf\n";
	static const struct {
		struct setting setting;
		enum aws_service service;
		const char *option, *url, *region;
	} rows[] = {
		{{.config = NULL}, AWS_CLOUDFRONT, NULL,
			"https://cloudfront.amazonaws.com", "us-east-1"},
		{{.options.region = "eu-west-1"}, AWS_CLOUDFRONT, NULL,
			"https://cloudfront.amazonaws.com", "us-east-1"},
		{{.options.region = "cn-north-1"}, AWS_CLOUDFRONT, NULL,
			"https://cloudfront.cn-northwest-1.amazonaws.com.cn",
			"cn-northwest-1"},
		{{.options.region = "us-gov-east-1"}, AWS_CLOUDFRONT, NULL,
			"https://cloudfront.amazonaws.com", "us-gov-west-1"},
		{{.options.region = "us-iso-west-1"}, AWS_CLOUDFRONT, NULL,
			"https://cloudfront.c2s.ic.gov", "us-iso-east-1"},
		{{.options.region = "us-isob-east-1"}, AWS_CLOUDFRONT, NULL,
			"https://cloudfront.sc2s.sgov.gov", "us-isob-east-1"},
		{{.options.region = "us-isof-east-1"}, AWS_CLOUDFRONT, NULL,
			"https://cloudfront.csp.hci.ic.gov", "us-isof-south-1"},
		{{.options.region = "eu-isoe-west-1"}, AWS_CLOUDFRONT, NULL,
			"https://cloudfront.cloud.adc-e.uk", "eu-isoe-west-1"},
		{{.options.region = "eusc-de-east-1"}, AWS_CLOUDFRONT, NULL,
			"https://cloudfront.amazonaws.eu", "eusc-de-east-1"},
		{{.options.region = "eusc-de-east-1",
			 .variables = {"AWS_USE_DUALSTACK_ENDPOINT", "true",
				 "AWS_USE_FIPS_ENDPOINT", "true"}},
			AWS_CLOUDFRONT, NULL,
			"https://cloudfront-fips.api.amazonwebservices.eu",
			"eusc-de-east-1"},
		{{.options.region = "us-isob-east-1",
			 .variables = {"AWS_USE_DUALSTACK_ENDPOINT", "true"}},
			AWS_CLOUDFRONT, NULL,
			"https://cloudfront.api.aws.scloud", "us-isob-east-1"},
		{{.options.region = "eusc-de-east-1"}, AWS_STS, NULL,
			"https://sts.eusc-de-east-1.amazonaws.eu",
			"eusc-de-east-1"},
		{{.options.region = "eu-isoe-west-1"}, AWS_STS, NULL,
			"https://sts.eu-isoe-west-1.cloud.adc-e.uk",
			"eu-isoe-west-1"},
		{{.options.region = "us-isof-south-1"}, AWS_STS, NULL,
			"https://sts.us-isof-south-1.csp.hci.ic.gov",
			"us-isof-south-1"},
		{{.variables = {"AWS_USE_FIPS_ENDPOINT", "true"}},
			AWS_CLOUDFRONT, NULL,
			"https://cloudfront-fips.amazonaws.com", "us-east-1"},
		{{.variables = {"AWS_USE_DUALSTACK_ENDPOINT", "TRUE"}},
			AWS_CLOUDFRONT, NULL,
			"https://cloudfront.global.api.aws", "us-east-1"},
		{{.options.region = "eu-west-1"}, AWS_CLOUDFRONT, "http://o",
			"http://o", "eu-west-1"},
		{{.config = NULL}, AWS_CLOUDFRONT, "http://o", "http://o",
			"us-east-1"},
		{{.config = services,
			 .variables = {"AWS_ENDPOINT_URL", "http://e",
				 "AWS_ENDPOINT_URL_CLOUDFRONT", "http://ecf"}},
			AWS_CLOUDFRONT, NULL, "http://ecf", "us-east-1"},
		{{.config = services,
			 .variables = {"AWS_ENDPOINT_URL", "http://e",
				 "AWS_ENDPOINT_URL_CLOUDFRONT", "http://ecf"}},
			AWS_STS, NULL, "http://e", "us-east-1"},
		{{.config = services}, AWS_CLOUDFRONT, NULL, "http://s/cf",
			"us-east-1"},
		{{.config = services}, AWS_S3, NULL, "http://p", "us-east-1"},
		{{.config = services,
			 .variables = {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
				 "true", "AWS_ENDPOINT_URL", "http://e"}},
			AWS_CLOUDFRONT, NULL,
			"https://cloudfront.amazonaws.com", "us-east-1"},
		{{.config = NULL}, AWS_STS, NULL, "https://sts.amazonaws.com",
			"us-east-1"},
		{{.options.region = "eu-west-1"}, AWS_STS, NULL,
			"https://sts.eu-west-1.amazonaws.com", "eu-west-1"},
		{{.options.region = "cn-north-1"}, AWS_STS, NULL,
			"https://sts.cn-north-1.amazonaws.com.cn",
			"cn-north-1"},
		{{.options.region = "eu-west-1",
			 .variables = {"AWS_STS_REGIONAL_ENDPOINTS", "legacy"}},
			AWS_STS, NULL, "https://sts.amazonaws.com",
			"us-east-1"},
		{{.options.region = "eu-south-1",
			 .variables = {"AWS_STS_REGIONAL_ENDPOINTS", "legacy"}},
			AWS_STS, NULL, "https://sts.eu-south-1.amazonaws.com",
			"eu-south-1"},
		{{.options.region = "us-gov-west-1",
			 .variables = {"AWS_USE_FIPS_ENDPOINT", "true"}},
			AWS_STS, NULL,
			"https://sts.us-gov-west-1.amazonaws.com",
			"us-gov-west-1"},
		{{.options.region = "us-east-2",
			 .variables = {"AWS_USE_FIPS_ENDPOINT", "true"}},
			AWS_STS, NULL,
			"https://sts-fips.us-east-2.amazonaws.com",
			"us-east-2"},
	};
	struct aws_endpoint endpoint;
	struct aws_config c;
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(load(&c, &rows[i].setting, &err), 0);
		assert_int_equal(aws_endpoint_resolve(&endpoint, &c,
					 rows[i].service, rows[i].option, &err),
			0);
		assert_string_equal(endpoint.url, rows[i].url);
		assert_string_equal(endpoint.region, rows[i].region);
		aws_config_release(&c);
	}
}

static void
test_bad_endpoints(void **state)
{
	static const struct setting variable = {
		.variables = {"AWS_ENDPOINT_URL", "ftp://x"}};
	static const struct setting nothing = {.config = NULL};
	static const struct setting missing = {
		.config = "[default]\nservices = t\nendpoint_url = http://p\n"
			  "[services s]\ncloudfront =\n  endpoint_url = "
			  "http://s\n"};
	struct aws_endpoint endpoint;
	struct aws_config c;
	struct err err;

	(void)state;
	assert_int_equal(load(&c, &missing, &err), 0);
	assert_int_equal(
		aws_endpoint_resolve(&endpoint, &c, AWS_S3, NULL, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.message, "the \"t\" services"));
	assert_int_equal(
		aws_endpoint_resolve(&endpoint, &c, AWS_S3, "http://o", &err),
		0);
	aws_config_release(&c);
	assert_int_equal(load(&c, &variable, &err), 0);
	assert_int_equal(
		aws_endpoint_resolve(&endpoint, &c, AWS_S3, NULL, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.message, "AWS_ENDPOINT_URL 'ftp://x'"));
	aws_config_release(&c);
	assert_int_equal(load(&c, &nothing, &err), 0);
	assert_int_equal(aws_endpoint_resolve(&endpoint, &c, AWS_CLOUDFRONT,
				 "localhost:80", &err),
		-1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.message, "--endpoint-url"));
	aws_config_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_profiles),
		cmocka_unit_test(test_active_profile),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_reload),
		cmocka_unit_test(test_no_files),
		cmocka_unit_test(test_endpoints),
		cmocka_unit_test(test_bad_endpoints),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
