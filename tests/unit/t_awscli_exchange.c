/* Requests and answers of the AWS CLI. */
#include "cmd/awscli/request.h"
#include "cmd/awscli/response.h"
#include "tests/unit/awscli_fixture.h"

static void
test_requests(void **state)
{
	struct value *all =
		json("{\"InvalidationBatch\":{\"CallerReference\":\"<r>&\\\"\","
		     "\"Paths\":{\"Items\":[\"/é\\n\",\"\"],\"Quantity\":1}},"
		     "\"DistributionId\":\"E/1 ?\"}");
	struct value *page =
		json("{\"DistributionId\":\"E\",\"MaxItems\":\"2\","
		     "\"Marker\":\"a&b\"}");
	struct buf query;

	(void)state;
	buf_init(&query, 1024);
	request_write_body(&out, &operations[0], all);
	expect_text(
		"<InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/"
		"doc/2020-05-31/\"><CallerReference>&lt;r&gt;&amp;\""
		"</CallerReference><Paths><Items><Path>/é\n</Path><Path />"
		"</Items><Quantity>1</Quantity></Paths></InvalidationBatch>");
	request_write_uri(&out, &query, &operations[0], all);
	expect_text("/2020-05-31/distribution/E%2F1%20%3F/invalidation");
	assert_int_equal(query.len, 0);
	request_write_uri(&out, &query, &operations[2], page);
	expect_text("/2020-05-31/distribution/E/invalidation");
	assert_string_equal(buf_str(&query), "MaxItems=2&Marker=a%26b");
	buf_release(&query);
}

static void
test_answers(void **state)
{
	static const struct row rows[] = {
		{"", "{'Invalidation': {}}"},
		{"<x/>", "{'Invalidation': {}}"},
		{"<Invalidation xmlns='n'><Status>S</Status><Id> i </Id>"
		 "<CreateTime>2026-01-02T03:04:05.678Z</CreateTime></"
		 "Invalidation>",
			"{'Invalidation': {'Id': ' i ', 'Status': 'S', "
			"'CreateTime': '2026-01-02T03:04:05.678000+00:00'}}"},
		{"<I><CreateTime>2026-01-02T03:04:05Z</CreateTime></I>",
			"{'Invalidation': {'CreateTime': "
			"'2026-01-02T03:04:05+00:00'}}"},
		{"<I><CreateTime>2024-02-29 03:04:05.5+02:00</CreateTime></I>",
			"{'Invalidation': {'CreateTime': "
			"'2024-02-29T03:04:05.500000+02:00'}}"},
		{"<I><CreateTime>2026-02-29T03:04:05Z</CreateTime></I>",
			"Invalid timestamp \"2026-02-29T03:04:05Z\": day 29 "
			"must be in range 1..28 for month 2 in year 2026: "
			"2026-02-29T03:04:05Z"},
		{"<I><CreateTime>2026-02-28T24:04:05Z</CreateTime></I>",
			"Invalid timestamp \"2026-02-28T24:04:05Z\": hour must "
			"be in 0..23, not 24: 2026-02-28T24:04:05Z"},
		{"<I><CreateTime/></I>", "Invalid timestamp \"\": String does "
					 "not contain a date: "},
		{"<I><InvalidationBatch><Paths><Quantity>2</Quantity><Items>"
		 "<Path>/a&amp;</Path><Path/></Items></Paths>"
		 "</InvalidationBatch></I>",
			"{'Invalidation': {'InvalidationBatch': {'Paths': "
			"{'Quantity': 2, 'Items': ['/a&', '']}}}}"},
		{"<I><InvalidationBatch><Paths><Quantity>x</Quantity></Paths>"
		 "</InvalidationBatch></I>",
			"invalid literal for int() with base 10: 'x'"},
		{"no", "Unable to parse response (syntax error: line 1, column "
		       "0), invalid XML received. Further retries may "
		       "succeed:\nb'no'"},
		{"<a>\n<b", "Unable to parse response (unclosed token: line 2, "
			    "column 0), invalid XML received. Further retries "
			    "may succeed:\nb'<a>\\n<b'"},
		{"<a>\n<b>x", "Unable to parse response (no element found: "
			      "line 2, column 4), invalid XML received. "
			      "Further retries may succeed:\nb'<a>\\n<b>x'"},
	};
	struct http_response answer;
	struct value *value;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		http_response_init(&answer);
		buf_addstr(&answer.body, rows[i].input);
		if (response_read(&value, &arena, &operations[1], &answer,
			    false, &fault) != 0)
			value = NULL;
		expect_shown(value, rows[i].output);
		http_response_release(&answer);
	}
}

static void
test_refusals(void **state)
{
	static const struct {
		const char *body;
		long status;
		const char *code, *message;
	} rows[] = {
		{"<ErrorResponse><Error><Code>C</Code><Message>m\n</Message>"
		 "</Error></ErrorResponse>",
			400, "C", "m\n"},
		{"<Error><Code>C</Code></Error>", 400, "C", ""},
		{"", 502, "502", "Bad Gateway"},
		{"<html>", 404, "404", "Not Found"},
		{"<html/>", 302, "", ""},
		{"<Error><Code/></Error>", 400, "None", ""},
		{"nothing", 302, "302", "Found"},
	};
	struct api_error error;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(
			response_read_error(&error, &arena, rows[i].status,
				rows[i].body, strlen(rows[i].body), &fault),
			0);
		assert_string_equal(error.code, rows[i].code);
		assert_string_equal(error.message, rows[i].message);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_requests),
		WITH_ARENA(test_answers),
		WITH_ARENA(test_refusals),
	};

	return cmocka_run_group_tests_name(
		"awscli_exchange", tests, NULL, NULL);
}
