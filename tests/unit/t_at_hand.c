/* Credentials at hand, and calls that must not delay a run. */
#include "aws/connection.h"
#include "base/clock.h"
#include "tests/unit/cloudfront_fixture.h"

#define FILES                                                       \
	"AWS_CONFIG_FILE", "config", "AWS_SHARED_CREDENTIALS_FILE", \
		"credentials"
#define KEYS "AWS_ACCESS_KEY_ID", "A", "AWS_SECRET_ACCESS_KEY", "S"

static void
write_text(const char *path, const char *text)
{
	write_bytes(path, text, strlen(text));
}

static int
connect_with(struct connection *connection, const char *const *variables,
	struct environment *environment)
{
	const struct connection_options options = {
		.system = &t.host, .environment = environment};
	struct err err = ERR_INIT;

	*environment = (struct environment){
		get_variable, (void *)(uintptr_t)variables};
	return connection_open(connection, &options, &err);
}

static void
test_what_is_at_hand(void **state)
{
	static const struct {
		const char *variables[12];
		bool at_hand;
	} rows[] = {
		{{FILES, KEYS}, true},
		{{FILES, "AWS_ACCESS_KEY_ID", "A"}, false},
		{{FILES, "AWS_PROFILE", "shared"}, true},
		{{FILES, "AWS_PROFILE", "file"}, true},
		{{FILES, "AWS_PROFILE", "process"}, false},
		{{FILES, "AWS_PROFILE", "role"}, false},
		{{FILES, "AWS_PROFILE", "role", KEYS}, true},
		{{FILES, "AWS_WEB_IDENTITY_TOKEN_FILE", "config",
			 "AWS_ROLE_ARN", "arn:aws:iam::1:role/r"},
			false},
		{{FILES, "AWS_CONTAINER_CREDENTIALS_FULL_URI",
			 "http://127.0.0.1:1/"},
			false},
		{{FILES, "AWS_EC2_METADATA_SERVICE_ENDPOINT",
			 "http://127.0.0.1:1/"},
			false},
		{{FILES, "AWS_EC2_METADATA_DISABLED", "true"}, false},
	};
	struct environment environment;
	struct connection connection;
	size_t i;

	(void)state;
	write_text("credentials", "[shared]\naws_access_key_id = A\n"
				  "aws_secret_access_key = S\n");
	write_text("config",
		"[profile file]\naws_access_key_id = A\n"
		"aws_secret_access_key = S\n"
		"[profile shared]\ncredential_process = touch run\n"
		"[profile process]\n"
		"credential_process = touch run\n"
		"[profile role]\nrole_arn = r\n"
		"source_profile = file\n");
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(connect_with(&connection, rows[i].variables,
					 &environment),
			0);
		if (aws_client_hurry(&connection.cloudfront.client, 5) !=
			rows[i].at_hand)
			fail_msg("row %zu", i);
		assert_int_equal(
			!connection.credentials.access_key, !rows[i].at_hand);
		connection_release(&connection);
	}
	assert_int_equal(access("run", F_OK), -1);
}

static int64_t
elapsed(void *context)
{
	(void)context;
	return clock_elapsed();
}

/* The process is looked at again at once. */
static int
no_wait(void *context, long milliseconds)
{
	(void)context, (void)milliseconds;
	return 0;
}

/* Those of a process are at hand once they are loaded, while they last. */
static void
test_loaded_before(void **state)
{
	static const char *const variables[] = {FILES, NULL};
	struct environment environment;
	struct connection connection;
	struct aws_client copy;
	struct err err = ERR_INIT;

	(void)state;
	t.host.elapsed = elapsed;
	t.host.wait = no_wait;
	write_text("credentials", "");
	write_text("config", "[default]\ncredential_process = printf "
			     "'{\"Version\": 1, \"AccessKeyId\": \"A\", "
			     "\"SecretAccessKey\": \"S\", "
			     "\"Expiration\": \"2015-08-30T12:50:00Z\"}'\n");
	assert_int_equal(connect_with(&connection, variables, &environment), 0);
	copy = connection.cloudfront.client;
	assert_false(aws_client_hurry(&copy, 5));
	if (aws_client_prepare(&connection.cloudfront.client, &err) != 0)
		fail_msg("%s", err.message);
	copy = connection.cloudfront.client;
	assert_true(aws_client_hurry(&copy, 5));
	connection.credentials.expiry = NOW + 60;
	copy = connection.cloudfront.client;
	assert_false(aws_client_hurry(&copy, 5));
	connection_release(&connection);
}

static int
list(struct err *err)
{
	struct invalidation_list found;
	int rc = cloudfront_list_invalidations(
		&t.cf, "E1", NULL, 100, &found, err);

	if (rc == 0)
		invalidation_list_release(&found);
	return rc;
}

static int
load_never(void *context, struct err *err)
{
	(void)context, (void)err;
	fail_msg("credentials were loaded");
	return -1;
}

static void
test_one_attempt(void **state)
{
	static const struct answer script[] = {
		{WHOLE, "403 Forbidden", NULL, ERROR("ExpiredToken", "old")},
		{.how = RESET}};
	const char *requests[ANSWERS_MAX];
	struct err err = ERR_INIT;

	(void)state;
	start_server(script, COUNT(script));
	t.cf.client.load = load_never;
	assert_true(aws_client_hurry(&t.cf.client, 5));
	assert_int_equal(list(&err), -1);
	assert_int_equal(err.code, ERR_SERVICE);
	assert_int_equal(list(&err), -1);
	assert_int_equal(err.code, ERR_NETWORK);
	assert_int_equal(stop_server(requests, ANSWERS_MAX), 2);
	assert_int_equal(t.wait_count, 0);
}

/* A server that accepts the connection and says nothing. */
static void
test_silence(void **state)
{
	struct err err = ERR_INIT;
	unsigned port;
	int listener = listen_on_loopback(&port);

	(void)state;
	snprintf(t.endpoint, sizeof(t.endpoint), "http://127.0.0.1:%u", port);
	assert_true(aws_client_hurry(&t.cf.client, 1));
	assert_int_equal(list(&err), -1);
	assert_int_equal(err.code, ERR_NETWORK);
	/* the fixture's client gives up after 5 s without a byte */
	assert_non_null(strstr(err.message, " 100"));
	close(listener);
}

static int
set_up_in_folder(void **state)
{
	return set_up(state) == 0 ? enter_folder(state) : -1;
}

static int
tear_down_folder(void **state)
{
	int rc = leave_folder(state);

	return tear_down(state) == 0 ? rc : -1;
}

#define WITH_BOTH(test)                  \
	cmocka_unit_test_setup_teardown( \
		test, set_up_in_folder, tear_down_folder)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOTH(test_what_is_at_hand),
		WITH_BOTH(test_loaded_before),
		WITH_HOST(test_one_attempt),
		WITH_HOST(test_silence),
	};

	return cmocka_run_group_tests_name("at_hand", tests, NULL, NULL);
}
