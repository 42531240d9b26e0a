/* The CloudFront calls against a server that plays a script of answers. */
#include "aws/cloudfront.h"
#include "tests/unit/cloudfront_fixture.h"

#define CREATED                                                                \
	{                                                                      \
		WHOLE, "201 Created",                                          \
			"Location: http://x/invalidation/I1\r\n", INVALIDATION \
	}
#define CREATED_CUT                                    \
	{                                              \
		CUT, "201 Created", NULL, INVALIDATION \
	}
#define UNREADABLE                                           \
	{                                                    \
		WHOLE, "201 Created", NULL, "<Invalidation>" \
	}
#define DENIED                                                            \
	{                                                                 \
		WHOLE, "403 Forbidden", NULL, ERROR("AccessDenied", "no") \
	}
#define THROTTLED                                                           \
	{                                                                   \
		WHOLE, "400 Bad Request", NULL, ERROR("Throttling", "slow") \
	}
#define UNAVAILABLE                                         \
	{                                                   \
		WHOLE, "503 Service Unavailable", NULL,     \
			ERROR("ServiceUnavailable", "busy") \
	}
#define SKEWED(head)                                       \
	{                                                  \
		WHOLE, "403 Forbidden", head,              \
			ERROR("RequestTimeTooSkewed", "x") \
	}
#define NEXT_DAY "Date: Mon, 31 Aug 2015 12:36:00 GMT\r\n"
#define USED_CODE                                                    \
	{                                                            \
		WHOLE, "409 Conflict", NULL,                         \
			ERROR("InvalidationBatchAlreadyExists", "x") \
	}
#define USED_ARGUMENT                                                        \
	{                                                                    \
		WHOLE, "400 Bad Request", NULL,                              \
			ERROR("InvalidArgument",                             \
				"Your caller reference is not unique: used") \
	}

static const struct course {
	const char *name;
	struct answer answers[ANSWERS_MAX];
	size_t requests; /* all that were sent */
	enum err_code code;
	long status;
	const char *word; /* of the message */
	long waits[ANSWERS_MAX]; /* milliseconds; as many as lines said */
	const char *said[ANSWERS_MAX]; /* words of each line */
	bool impatient;
	long offset;
} courses[] = {
	{"accepted", {CREATED}, 1, ERR_NONE, 201, NULL, {0}, {NULL}, 0, 0},
	{"accepted with 200", {{WHOLE, "200 OK", NULL, INVALIDATION}}, 1,
		ERR_NONE, 200, NULL, {0}, {NULL}, 0, 0},
	{"503, then accepted", {UNAVAILABLE, CREATED}, 2, ERR_NONE, 201, NULL,
		{25},
		{"attempt 1 of 3 failed: 503 ServiceUnavailable: busy (request "
		 "id "
		 "r-1); trying again in 0.02 s"},
		0, 0},
	{"reset, throttled, then accepted",
		{{.how = RESET}, THROTTLED, CREATED}, 3, ERR_NONE, 201, NULL,
		{25, 1000},
		{"attempt 1 of 3 failed: ",
			"attempt 2 of 3 failed: 400 Throttling: slow"},
		0, 0},
	{"cut, then refused", {CREATED_CUT, DENIED}, 2, ERR_AMBIGUOUS, 403,
		"AccessDenied", {25}, {"attempt 1 of 3 failed: "}, 0, 0},
	{"503, then refused", {UNAVAILABLE, DENIED}, 2, ERR_AMBIGUOUS, 403,
		"it is unknown whether", {25}, {"503"}, 0, 0},
	{"throttled, then refused", {THROTTLED, DENIED}, 2, ERR_SERVICE, 403,
		"nothing was accepted", {500}, {"Throttling"}, 0, 0},
	{"refused", {DENIED, CREATED}, 1, ERR_SERVICE, 403,
		"lack cloudfront:CreateInvalidation on distribution E1", {0},
		{NULL}, 0, 0},
	{"redirected", {{WHOLE, "301 Moved", "Location: /x\r\n", ""}, CREATED},
		1, ERR_SERVICE, 301, "Moved Permanently", {0}, {NULL}, 0, 0},
	{"throttled thrice", {THROTTLED, THROTTLED, THROTTLED}, 3, ERR_SERVICE,
		400, "nothing was accepted", {500, 1000},
		{"attempt 1 of 3 failed: 400 Throttling",
			"attempt 2 of 3 failed: 400 Throttling"},
		0, 0},
	{"503 thrice", {UNAVAILABLE, UNAVAILABLE, UNAVAILABLE}, 3,
		ERR_AMBIGUOUS, 503, "503 ServiceUnavailable: busy", {25, 50},
		{"attempt 1 of 3", "attempt 2 of 3"}, 0, 0},
	{"reset thrice", {{.how = RESET}, {.how = RESET}, {.how = RESET}}, 3,
		ERR_AMBIGUOUS, 0, "it is unknown whether", {25, 50},
		{"attempt 1 of 3", "attempt 2 of 3"}, 0, 0},
	{"unreadable thrice", {UNREADABLE, UNREADABLE, UNREADABLE}, 3,
		ERR_AMBIGUOUS, 201, "cannot use the response", {25, 50},
		{"attempt 1 of 3 failed: cannot use the response, status 201",
			"attempt 2 of 3 failed: cannot use the response"},
		0, 0},
	{"204 thrice",
		{{WHOLE, "204 x", NULL, ""}, {WHOLE, "204 x", NULL, ""},
			{WHOLE, "204 x", NULL, ""}},
		3, ERR_AMBIGUOUS, 204, "unexpected status", {25, 50},
		{"status 204", "status 204"}, 0, 0},
	{"clock off, then accepted", {SKEWED(NEXT_DAY), CREATED}, 2, ERR_NONE,
		201, NULL, {0}, {"RequestTimeTooSkewed"}, 0, 86400},
	{"clock off twice", {SKEWED(NEXT_DAY), SKEWED(NEXT_DAY)}, 2,
		ERR_SERVICE, 403,
		"set this machine's clock, which is 24 hours behind", {0},
		{"attempt 1 of 3 failed: 403 RequestTimeTooSkewed"}, 0, 86400},
	{"clock off, no Date", {SKEWED(NULL), CREATED}, 1, ERR_SERVICE, 403,
		"set this machine's clock", {0}, {NULL}, 0, 0},
	{"reference used, by code", {USED_CODE, CREATED}, 1, ERR_SERVICE, 409,
		"used before", {0}, {NULL}, 0, 0},
	{"reference used, by message", {USED_ARGUMENT, CREATED}, 1, ERR_SERVICE,
		400, "used before", {0}, {NULL}, 0, 0},
	{"503, then reference used", {UNAVAILABLE, USED_CODE}, 2, ERR_SERVICE,
		409, "used before", {25}, {"503"}, 0, 0},
	{"x-amz-retry-after",
		{{WHOLE, "503 x", "x-amz-retry-after: 700\r\n", ""}, CREATED},
		2, ERR_NONE, 201, NULL, {700}, {"in 0.70 s"}, 0, 0},
	{"interrupted after 503", {UNAVAILABLE, CREATED}, 1, ERR_AMBIGUOUS, 503,
		"interrupted", {25}, {"503"}, 1, 0},
	{"interrupted after throttling", {THROTTLED, CREATED}, 1, ERR_NETWORK,
		400, "interrupted", {500}, {"Throttling"}, 1, 0},
};

/* The waits and lines of a course, in order. */
static void
check_waits(const struct course *row)
{
	const char *line = buf_str(&t.said), *end, *at;
	size_t i;

	for (i = 0; i < ANSWERS_MAX && row->said[i]; i++) {
		at = strstr(line, row->said[i]);
		end = strchr(line, '\n');
		if (!at || at > end)
			fail_msg("%s: said %s", row->name, buf_str(&t.said));
		line = end + 1;
		if (t.waits[i] != row->waits[i])
			fail_msg("%s: waited %ld", row->name, t.waits[i]);
	}
	if (t.wait_count != i || *line)
		fail_msg("%s: %zu waits, %s", row->name, t.wait_count, line);
}

/* Each try sends the same body, signed anew. */
static void
check_requests(const struct course *row, const char *body)
{
	static const char line[] = "POST /2020-05-31/distribution/E1/"
				   "invalidation HTTP/1.1\r\n";
	const char *requests[ANSWERS_MAX], *date;
	size_t count = stop_server(requests, ANSWERS_MAX), i;

	if (count != row->requests)
		fail_msg("%s: %zu requests", row->name, count);
	assert_int_equal(t.cf.client.attempts, row->requests);
	for (i = 0; i < count; i++) {
		assert_memory_equal(requests[i], line, sizeof(line) - 1);
		assert_string_equal(strstr(requests[i], "\r\n\r\n") + 4, body);
		assert_non_null(strstr(requests[i],
			"\r\nAuthorization: AWS4-HMAC-SHA256 Credential="
			"AKIDEXAMPLE/201508"));
		date = row->offset && i > 0
			       ? "\r\nX-Amz-Date: 20150831T123600Z\r\n"
			       : "\r\nX-Amz-Date: 20150830T123600Z\r\n";
		assert_non_null(strstr(requests[i], date));
	}
}

static void
check_outcome(const struct course *row, int rc, const struct invalidation *got,
	const struct err *err)
{
	if (rc != (row->code == ERR_NONE ? 0 : -1) || err->code != row->code)
		fail_msg("%s: %d, %s", row->name, (int)err->code, err->message);
	assert_int_equal(t.cf.client.status, row->status);
	assert_int_equal(t.cf.client.clock_offset, row->offset);
	if (rc == 0) {
		assert_string_equal(got->id, "I1");
		assert_string_equal(got->caller_reference, "ref-1");
		assert_string_equal(t.cf.location,
			row->status == 201 ? "http://x/invalidation/I1" : "");
		assert_string_equal(t.cf.client.error.code, "");
		return;
	}
	if (!strstr(err->message, row->word) ||
		!strstr(err->message, "CreateInvalidation: "))
		fail_msg("%s: %s", row->name, err->message);
	assert_null(got->id);
	assert_string_equal(t.cf.location, "");
	if (cloudfront_reference_was_used(&t.cf.client.error) !=
		(strcmp(row->word, "used before") == 0))
		fail_msg("%s: %s", row->name, t.cf.client.error.code);
}

static void
run_course(const struct course *row)
{
	static const char *const items[] = {"/a"};
	struct err err = ERR_INIT;
	struct invalidation got;
	struct buf body;
	int rc;

	t.wait_count = 0;
	t.impatient = row->impatient;
	t.cf.client.clock_offset = 0;
	buf_clear(&t.said);
	buf_init(&body, 65536);
	invalidation_batch_write(&body, "ref-1", items, 1);
	start_server(row->answers, ANSWERS_MAX);
	rc = cloudfront_create_invalidation(
		&t.cf, "E1", body.data, body.len, &got, &err);
	check_requests(row, buf_str(&body));
	check_outcome(row, rc, &got, &err);
	check_waits(row);
	invalidation_release(&got);
	buf_release(&body);
}

static void
test_courses(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(courses); i++)
		run_course(&courses[i]);
}

static void
test_no_connection_is_no_doubt(void **state)
{
	struct err err = ERR_INIT;
	struct invalidation got;
	unsigned port;
	int fd;

	(void)state;
	fd = bind_to_loopback(&port);
	snprintf(t.endpoint, sizeof(t.endpoint), "http://127.0.0.1:%u", port);
	assert_int_equal(
		cloudfront_create_invalidation(&t.cf, "E1", "b", 1, &got, &err),
		-1);
	assert_int_equal(err.code, ERR_NETWORK);
	assert_non_null(strstr(err.message, "nothing was accepted"));
	assert_int_equal(t.cf.client.attempts, 3);
	assert_int_equal(t.cf.client.status, 0);
	assert_int_equal(t.wait_count, 2);
	assert_null(got.id);
	close(fd);
}

static void
assert_got(const char *line)
{
	const char *request = "";

	assert_int_equal(stop_server(&request, 1), 1);
	assert_memory_equal(request, line, strlen(line));
	assert_null(strstr(request, "Content-Length"));
}

static void
test_list(void **state)
{
	static const struct {
		const char *marker;
		long items_max;
		const char *query;
	} rows[] = {
		{NULL, 0, ""},
		{NULL, 5, "?MaxItems=5"},
		{"I0", 0, "?Marker=I0"},
		{"a/b =\xc3\xa9", 100,
			"?Marker=a%2Fb%20%3D%C3%A9&MaxItems=100"},
	};
	static const struct answer page = {WHOLE, "200 OK", NULL,
		"<InvalidationList><IsTruncated>true</IsTruncated>"
		"<NextMarker>I1</NextMarker><Items><InvalidationSummary>"
		"<Id>I1</Id><Status>Completed</Status><CreateTime>x"
		"</CreateTime></InvalidationSummary></Items>"
		"</InvalidationList>"};
	struct invalidation_list list;
	struct err err = ERR_INIT;
	char line[256];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		start_server(&page, 1);
		if (cloudfront_list_invalidations(&t.cf, "E1", rows[i].marker,
			    rows[i].items_max, &list, &err) != 0)
			fail_msg("%s", err.message);
		assert_int_equal(list.count, 1);
		assert_string_equal(list.list[0].id, "I1");
		assert_true(list.truncated);
		assert_string_equal(list.next_marker, "I1");
		invalidation_list_release(&list);
		snprintf(line, sizeof(line),
			"GET /2020-05-31/distribution/E1/invalidation%s "
			"HTTP/1.1\r\n",
			rows[i].query);
		assert_got(line);
	}
}

/* Reading leaves no doubt: nothing can have been accepted. */
static void
test_get(void **state)
{
	static const struct {
		const char *name;
		struct answer answers[ANSWERS_MAX];
		enum err_code code;
	} rows[] = {
		{"found", {{WHOLE, "200 OK", NULL, INVALIDATION}}, ERR_NONE},
		{"cut, then found",
			{CREATED_CUT, {WHOLE, "200 OK", NULL, INVALIDATION}},
			ERR_NONE},
		{"503 thrice", {UNAVAILABLE, UNAVAILABLE, UNAVAILABLE},
			ERR_SERVICE},
		{"cut thrice", {CREATED_CUT, CREATED_CUT, CREATED_CUT},
			ERR_NETWORK},
		{"unreadable thrice", {UNREADABLE, UNREADABLE, UNREADABLE},
			ERR_SERVICE},
		{"refused", {DENIED}, ERR_SERVICE},
	};
	static const char line[] = "GET /2020-05-31/distribution/E1/"
				   "invalidation/I%2F1 HTTP/1.1\r\n";
	struct invalidation got;
	const char *request = line;
	struct err err;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		t.wait_count = 0;
		err = (struct err)ERR_INIT;
		start_server(rows[i].answers, ANSWERS_MAX);
		cloudfront_get_invalidation(&t.cf, "E1", "I/1", &got, &err);
		stop_server(&request, 1);
		assert_memory_equal(request, line, sizeof(line) - 1);
		if (err.code != rows[i].code || !got.id != (err.code != 0))
			fail_msg("%s: %d, %s", rows[i].name, (int)err.code,
				err.message);
		invalidation_release(&got);
	}
}

static void
test_wrong_use_sends_nothing(void **state)
{
	static const struct {
		const char *endpoint, *distribution, *id;
	} rows[] = {
		{"ftp://127.0.0.1", "E1", "I1"},
		{"127.0.0.1", "E1", "I1"},
		{"http://", "E1", "I1"},
		{"http://u@127.0.0.1", "E1", "I1"},
		{"http://127.0.0.1/?x", "E1", "I1"},
		{"http://127.0.0.1:1", "", "I1"},
		{"http://127.0.0.1:1", "..", "I1"},
		{"http://127.0.0.1:1", "E1", ""},
		{"http://127.0.0.1:1", "E1", "."},
	};
	struct invalidation got;
	struct err err = ERR_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		t.cf.client.endpoint = rows[i].endpoint;
		assert_int_equal(
			cloudfront_get_invalidation(&t.cf, rows[i].distribution,
				rows[i].id, &got, &err),
			-1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_null(got.id);
	}
	assert_int_equal(t.wait_count, 0);
}

static void
test_reference_was_used(void **state)
{
	static const struct {
		struct service_error error;
		bool used;
	} rows[] = {
		{{"InvalidationBatchAlreadyExists", "", "", ""}, true},
		{{"InvalidArgument", "The Caller Reference was used", "", ""},
			true},
		{{"InvalidArgument", "CallerReference: in use", "", ""}, true},
		{{"InvalidArgument", "the path is wrong", "", ""}, false},
		{{"InvalidArgument", "", "", ""}, false},
		{{"MalformedXML", "caller reference", "", ""}, false},
		{{"", "", "", ""}, false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		if (cloudfront_reference_was_used(&rows[i].error) !=
			rows[i].used)
			fail_msg("%s: %s", rows[i].error.code,
				rows[i].error.message);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_HOST(test_courses),
		WITH_HOST(test_no_connection_is_no_doubt),
		WITH_HOST(test_list),
		WITH_HOST(test_get),
		WITH_HOST(test_wrong_use_sends_nothing),
		cmocka_unit_test(test_reference_was_used),
	};

	return cmocka_run_group_tests_name("cloudfront", tests, NULL, NULL);
}
