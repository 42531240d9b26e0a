/* Credentials: the chain of providers, and the JSON they come as. */
#include <time.h>

#include "aws/container.h"
#include "aws/provider_chain.h"
#include "tests/unit/fixture.h"

static int
fake_wait(void *context, long milliseconds)
{
	(void)context, (void)milliseconds;
	return 0;
}

static int64_t
elapsed(void *context)
{
	struct timespec t;

	(void)context;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const struct aws_system host = {.wait = fake_wait, .elapsed = elapsed};

/* The chain without a network: no service is set up in these variables. */
static int
load(const char *const *variables, const char *profile, struct credentials *out,
	struct err *err)
{
	struct environment e = {get_variable, (void *)(uintptr_t)variables};
	const struct aws_options options = {.profile = profile};
	struct aws_config config;
	struct provider_context context = {.config = &config, .system = &host};
	int rc;

	*err = (struct err)ERR_INIT;
	*out = (struct credentials){.access_key = NULL};
	rc = aws_config_load(&config, &e, &options, err);
	if (rc == 0)
		rc = provider_chain_load(out, &context, err);
	aws_config_release(&config);
	return rc;
}

#define NO_SERVICE "AWS_EC2_METADATA_DISABLED", "true"

static void
test_environment(void **state)
{
	static const char *const full[] = {NO_SERVICE, "AWS_ACCESS_KEY_ID", "A",
		"AWS_SECRET_ACCESS_KEY", "S", "AWS_SESSION_TOKEN", "T",
		"AWS_CREDENTIAL_EXPIRATION", "1970-01-02T00:00:00Z", NULL};
	static const char *const half[] = {"AWS_ACCESS_KEY_ID", "A", NULL};
	static const char *const evil[] = {"AWS_ACCESS_KEY_ID", "A",
		"AWS_SECRET_ACCESS_KEY", "hush\n", NULL};
	struct credentials c;
	struct err err;

	(void)state;
	assert_int_equal(load(full, NULL, &c, &err), 0);
	assert_string_equal(c.method, "env");
	assert_string_equal(c.session_token, "T");
	assert_int_equal(c.expiry, 86400);
	credentials_release(&c);
	assert_int_equal(load(half, NULL, &c, &err), -1);
	assert_string_equal(err.message,
		"Partial credentials found in env, missing: "
		"AWS_SECRET_ACCESS_KEY");
	credentials_release(&c);
	assert_int_equal(load(evil, NULL, &c, &err), -1);
	assert_null(strstr(err.message, "hush"));
	credentials_release(&c);
	assert_int_equal(load(full, "p", &c, &err), -1);
	assert_string_equal(err.message,
		"The config profile (p) could not be found: "
		"searched ~/.aws/config (HOME is not set) and "
		"~/.aws/credentials (HOME is not set)");
	credentials_release(&c);
}

static void
test_nothing(void **state)
{
	static const char *const nothing[] = {NO_SERVICE, NULL};
	struct credentials c;
	struct err err;

	(void)state;
	assert_int_equal(load(nothing, NULL, &c, &err), -1);
	assert_int_equal(err.code, ERR_UNCONFIGURED);
	assert_string_equal(err.message,
		"Unable to locate credentials. You can configure credentials "
		"by running \"aws login\".");
	credentials_release(&c);
}

/* Which provider a profile leads to, or which error. */
static void
test_profiles(void **state)
{
	static const char shared[] =
		"[default]\naws_access_key_id = A\naws_secret_access_key: S\n"
		"[half]\naws_access_key_id=hush\n"
		"[empty]\naws_access_key_id=\naws_secret_access_key=hush\n"
		"[sso]\nsso_account_id = 1\naws_access_key_id = A\n"
		"[both]\ncredential_process = false\naws_access_key_id = B\n"
		"aws_secret_access_key = S\naws_security_token = T\n"
		"aws_session_token = U\n";
	static const char config[] =
		"[profile file]\naws_access_key_id = C\n"
		"aws_secret_access_key = S\n"
		"[profile process]\ncredential_process = cat keys\n"
		"[profile fails]\ncredential_process = sh -c 'echo a >&2; "
		"printf \"b\\tc\" >&2; exit 3'\n"
		"[profile bad]\ncredential_process = echo hush\n"
		"[profile quote]\ncredential_process = 'hush\n"
		"[profile mfa]\nrole_arn = r\nsource_profile = file\n"
		"mfa_serial = m\n"
		"[profile lonely]\nrole_arn = r\n"
		"[profile twice]\nrole_arn = r\nsource_profile = file\n"
		"credential_source = Environment\n"
		"[profile self]\nrole_arn = r\nsource_profile = self\n"
		"[profile l1]\nrole_arn = r\nsource_profile = l2\n"
		"[profile l2]\nrole_arn = r\nsource_profile = l1\n"
		"[profile bare]\nrole_arn = r\nsource_profile = nothing\n"
		"[profile nothing]\n"
		"[profile gone]\nrole_arn = r\nsource_profile = no\n"
		"[profile source]\nrole_arn = r\ncredential_source = "
		"environment\n"
		"[profile noenv]\nrole_arn = r\ncredential_source = "
		"Environment\n"
		"[profile web]\nweb_identity_token_file = /no/token\n"
		"role_arn = r\n"
		"[profile noarn]\nweb_identity_token_file = /no/token\n"
		"[profile login]\nlogin_session = hush\n"
		"[profile keys]\nlogin_session = hush\n"
		"credential_process = cat keys\n"
		"[profile session]\nsso_session = hush\n"
		"[profile above]\nrole_arn = r\nsource_profile = session\n";
	static const char *const variables[] = {NO_SERVICE, "AWS_CONFIG_FILE",
		"config", "AWS_SHARED_CREDENTIALS_FILE", "shared", NULL};
	static const struct {
		const char *profile, *method, *said;
	} rows[] = {
		{"default", "shared-credentials-file", "A"},
		{"both", "shared-credentials-file", "B"},
		{"file", "config-file", "C"},
		{"process", "custom-process", "P"},
		{"half", NULL,
			"Partial credentials found in shared-credentials-file, "
			"missing: aws_secret_access_key"},
		{"empty", NULL, "missing: aws_access_key_id"},
		{"sso", NULL, "missing required configuration: sso_role_name"},
		{"fails", NULL,
			"Error when retrieving credentials from "
			"custom-process: a\\x0ab\\x09c"},
		{"bad", NULL, "custom-process: not JSON"},
		{"quote", NULL, "a quote is not closed"},
		{"mfa", NULL, "mfa_serial"},
		{"lonely", NULL,
			"Partial credentials found in assume-role, missing: "
			"source_profile or credential_source"},
		{"twice", NULL, "contains both source_profile and"},
		{"self", NULL, "Infinite loop"},
		{"l1", NULL, "Infinite loop"},
		{"bare", NULL, "must have credentials"},
		{"gone", NULL,
			"The source_profile \"no\" referenced in the profile "
			"\"gone\" does not exist: searched config (no "
			"[profile no]) and shared (no [no])"},
		{"absent", NULL,
			"The config profile (absent) could not be found: "
			"searched config (no [profile absent]) and shared (no "
			"[absent])"},
		{"login", NULL,
			"signs in through aws login (login_session), which "
			"edgediff "
			"leaves to the AWS CLI: make another profile that has "
			"credential_process = aws configure export-credentials "
			"--profile login"},
		{"keys", "custom-process", "P"},
		{"session", NULL, "export-credentials --profile session"},
		{"above", NULL, "export-credentials --profile session"},
		{"source", NULL, "is not valid"},
		{"noenv", NULL, "from Environment: No credentials found"},
		{"web", NULL, "/no/token"},
		{"noarn", NULL, "no role ARN configured"},
	};
	struct credentials c;
	struct err err;
	size_t i;

	(void)state;
	write_file("shared", shared);
	write_file("config", config);
	write_file("keys", "{\"Version\": 1, \"AccessKeyId\": \"P\", "
			   "\"SecretAccessKey\": \"S\"}\n");
	for (i = 0; i < COUNT(rows); i++) {
		int rc = load(variables, rows[i].profile, &c, &err);

		if (rows[i].method) {
			assert_int_equal(rc, 0);
			assert_string_equal(c.method, rows[i].method);
			assert_string_equal(c.access_key, rows[i].said);
		} else {
			assert_int_equal(rc, -1);
			assert_int_equal(
				err.code, strcmp(rows[i].profile, "web") == 0
						  ? ERR_SYSTEM
						  : ERR_INPUT);
			assert_non_null(strstr(err.message, rows[i].said));
			assert_null(strstr(err.message, "hush"));
		}
		credentials_release(&c);
	}
	assert_int_equal(load(variables, "both", &c, &err), 0);
	assert_string_equal(c.session_token, "T");
	credentials_release(&c);
}

#define KEYS "\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"hush\""

static void
test_json(void **state)
{
	static const struct {
		enum credentials_form form;
		const char *text;
		const char *said; /* NULL: taken */
	} rows[] = {
		{CREDENTIALS_PROCESS, "{\"Version\":1," KEYS "}", NULL},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"SessionToken\":null," KEYS "}\n",
			NULL},
		{CREDENTIALS_PROCESS,
			"{\"Version\":2,\"AccessKeyId\":\"B\"," KEYS
			",\"Version\":1}",
			NULL},
		{CREDENTIALS_PROCESS, "{" KEYS "}", "version"},
		{CREDENTIALS_PROCESS, "{\"Version\":\"1\"," KEYS "}",
			"version"},
		{CREDENTIALS_PROCESS, "{\"Version\":2," KEYS "}", "version"},
		{CREDENTIALS_PROCESS, "{\"version\":1," KEYS "}", "version"},
		{CREDENTIALS_PROCESS, "{\"Version\":1}", "'AccessKeyId'"},
		{CREDENTIALS_PROCESS, "{\"Version\":1,\"AccessKeyId\":\"A\"}",
			"'SecretAccessKey'"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"AccessKeyId\":1,"
			"\"SecretAccessKey\":\"hush\"}",
			"AccessKeyId is not a string"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"SessionToken\":\"hush\\n\"," KEYS "}",
			"the session token holds a control character"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"AccessKeyId\":\"\\\"hush\\\"\","
			"\"SecretAccessKey\":\"S\"}",
			"the access key holds a quote"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"AccessKeyId\":\"hush'\","
			"\"SecretAccessKey\":\"S\"}",
			"the access key holds a quote"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"AccessKeyId\":\"A\","
			"\"SecretAccessKey\":\"hush \"}",
			"the secret key holds a blank"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"AccessKeyId\":\" hush\","
			"\"SecretAccessKey\":\"S\"}",
			"the access key holds a blank"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"AccessKeyId\":\"hush hush\","
			"\"SecretAccessKey\":\"S\"}",
			"the access key holds a blank"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"AccessKeyId\":\"A\","
			"\"SecretAccessKey\":\"hush'hush\"}",
			"the secret key holds a quote"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"SessionToken\":\"hush hush\"," KEYS
			"}",
			"the session token holds a blank"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"AccessKeyId\":\"hush\\u00a0\","
			"\"SecretAccessKey\":\"S\"}",
			"the access key holds a character outside ASCII"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"AccessKeyId\":\"A\","
			"\"SecretAccessKey\":\"\xe2\x80\x9chush\"}",
			"the secret key holds a character outside ASCII"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"AccessKeyId\":\"hush\\r\","
			"\"SecretAccessKey\":\"S\"}",
			"the access key ends with a carriage return (CR)"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"Expiration\":\"hush\"," KEYS "}",
			"Expiration"},
		{CREDENTIALS_PROCESS, "{\"Version\":1," KEYS "} hush",
			"not JSON"},
		{CREDENTIALS_PROCESS, "", "not JSON"},
		{CREDENTIALS_PROCESS, "[\"hush\"]", "expected a JSON object"},
		{CREDENTIALS_PROCESS,
			"{\"Version\":1,\"AccessKeyId\":\"A\\u0000hush\","
			"\"SecretAccessKey\":\"S\"}",
			"not JSON"},
		{CREDENTIALS_SERVICE,
			"{\"Token\":\"T\",\"Expiration\":"
			"\"2026-01-02T03:04:05Z\"," KEYS "}",
			NULL},
		{CREDENTIALS_SERVICE, "{\"Token\":\"T\"," KEYS "}",
			"'Expiration'"},
		{CREDENTIALS_SERVICE,
			"{\"Expiration\":\"2026-01-02T03:04:05Z\"," KEYS "}",
			"'Token'"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct credentials c = {.access_key = NULL};
		struct err err = ERR_INIT;
		int rc = credentials_read_json(
			&c, rows[i].text, rows[i].form, &err);

		assert_int_equal(rc, rows[i].said ? -1 : 0);
		if (rows[i].said) {
			assert_int_equal(err.code, ERR_INPUT);
			assert_non_null(strstr(err.message, rows[i].said));
			assert_null(strstr(err.message, "hush"));
		} else {
			assert_string_equal(c.access_key, "A");
		}
		credentials_release(&c);
	}
}

static void
test_times(void **state)
{
	static const struct {
		const char *text;
		int64_t time; /* -1: refused */
	} rows[] = {
		{"1970-01-01T00:00:00Z", 0},
		{"2026-11-24T21:53:10Z", 1795557190},
		{"2026-11-24T21:53:10.999Z", 1795557190},
		{"2026-11-24 21:53:10", 1795557190},
		{"2026-11-24T22:53:10+01:00", 1795557190},
		{"2026-11-24T13:53:10-0800", 1795557190},
		{"2000-02-29T00:00:00Z", 951782400},
		{"2100-03-01T00:00:00Z", 4107542400},
		{"2026-11-24T21:53Z", -1},
		{"2026-13-24T21:53:10Z", -1},
		{"2026-11-24T21:53:10Zx", -1},
		{"2026-11-24T21:53:10+1", -1},
		{"1795557190", -1},
		{"", -1},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct credentials c = {.access_key = NULL};
		struct err err = ERR_INIT;

		assert_int_equal(credentials_set_expiry(&c, rows[i].text, &err),
			rows[i].time < 0 ? -1 : 0);
		if (rows[i].time >= 0)
			assert_int_equal(c.expiry, rows[i].time);
	}
}

static void
test_container_urls(void **state)
{
	static const char relative[] = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
	static const char full[] = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
	static const struct {
		const char *variables[5];
		const char *url; /* "": refused; NULL: not set up */
	} rows[] = {
		{{NULL}, NULL},
		{{full, "", NULL}, NULL},
		{{relative, "/v2/x?y", NULL}, "http://169.254.170.2/v2/x?y"},
		{{relative, "@evil/", NULL}, "http://169.254.170.2/@evil/"},
		{{relative, "/a", full, "http://127.0.0.1/b", NULL},
			"http://169.254.170.2/a"},
		{{full, "http://127.0.0.1:80/b", NULL},
			"http://127.0.0.1:80/b"},
		{{full, "http://127.9.9.9", NULL}, "http://127.9.9.9"},
		{{full, "http://LOCALHOST/b", NULL}, "http://LOCALHOST/b"},
		{{full, "http://[::1]:9/b", NULL}, "http://[::1]:9/b"},
		{{full, "http://169.254.170.23/b", NULL},
			"http://169.254.170.23/b"},
		{{full, "http://[fd00:ec2::23]/b", NULL},
			"http://[fd00:ec2::23]/b"},
		{{full, "https://example.com/b", NULL},
			"https://example.com/b"},
		{{full, "http://example.com/b", NULL}, ""},
		{{full, "http://127.0.0.1.example.com/b", NULL}, ""},
		{{full, "http://127.0.0.1@example.com/b", NULL}, ""},
		{{full, "http://127.0.0.1:80@example.com/b", NULL}, ""},
		{{full, "http://example.com\\@127.0.0.1/b", NULL}, ""},
		{{full, "http://169.254.169.254/b", NULL}, ""},
		{{full, "ftp://127.0.0.1/b", NULL}, ""},
		{{full, "127.0.0.1/b", NULL}, ""},
		{{full, "http:///b", NULL}, ""},
	};
	struct buf url;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct environment e = {
			get_variable, (void *)(uintptr_t)rows[i].variables};
		struct err err = ERR_INIT;
		int rc;

		buf_init(&url, 256);
		rc = container_url(&url, &e, &err);
		if (!rows[i].url)
			assert_int_equal(rc, 1);
		else if (!rows[i].url[0])
			assert_int_equal(rc, -1);
		else
			assert_string_equal(buf_str(&url), rows[i].url);
		buf_release(&url);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_profiles),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_container_urls),
	};

	return cmocka_run_group_tests_name("credentials", tests, NULL, NULL);
}
