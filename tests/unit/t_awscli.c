/* In place of the AWS CLI: what it reads and says, as the CLI does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/awscli/arg_parser.h"
#include "cmd/awscli/json.h"
#include "cmd/awscli/page_token.h"
#include "cmd/awscli/query.h"
#include "cmd/awscli/request.h"
#include "cmd/awscli/response.h"
#include "cmd/awscli/shorthand.h"
#include "cmd/awscli/text_formatter.h"
#include "cmd/awscli/timestamp.h"
#include "cmd/awscli/validate.h"
#include "cmd/awscli/value_repr.h"
#include "cmd/awscli/waiter.h"

/* Either what is made of an input, or the complaint about it. */
struct row {
	const char *input, *output;
};

static struct arena arena;
static struct fault fault;
static struct buf out;

static int
set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	fault_init(&fault);
	buf_init(&out, 1024 * 1024);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	fault_release(&fault);
	buf_release(&out);
	return 0;
}

static void
expect_text(const char *wanted)
{
	assert_string_equal(buf_str(&out), wanted);
	buf_clear(&out);
}

/* The value in Python's words, or what was said instead. */
static void
expect_shown(const struct value *value, const char *wanted)
{
	if (value)
		value_repr(&out, value);
	else
		buf_add(&out, buf_str(&fault.text), fault.text.len);
	expect_text(wanted);
}

static struct value *
json(const char *text)
{
	return json_read(&arena, text, strlen(text), false, &out);
}

static void
test_json(void **state)
{
	static const struct row rows[] = {
		{"{\"a\": [1, -2.50, true, null, \"x\"]}",
			"{'a': [1, -2.5, True, None, 'x']}"},
		{" {} ", "{}"},
		{"[]", "[]"},
		{"{\"a\": 1, \"b\": 2, \"a\": 3}", "{'a': 3, 'b': 2}"},
		{"\"\\u00e9\\ud83d\\ude00\\n\\/\"", "'é😀\\n/'"},
		{"[1e400, 1e16, 1e-5, 0.1, 123456789012345678901, -0]",
			"[inf, 1e+16, 1e-05, 0.1, 123456789012345678901, 0]"},
		{"\"it's\"", "\"it's\""},
		{"", "Expecting value: line 1 column 1 (char 0)"},
		{"{\"Paths\":", "Expecting value: line 1 column 10 (char 9)"},
		{"[1,]", "Expecting value: line 1 column 4 (char 3)"},
		{"{\"a\" 1}",
			"Expecting ':' delimiter: line 1 column 6 (char 5)"},
		{"{\"a\": 1 \"b\"}",
			"Expecting ',' delimiter: line 1 column 9 (char 8)"},
		{"[1\n 2]",
			"Expecting ',' delimiter: line 2 column 2 (char 4)"},
		{"{a: 1}", "Expecting property name enclosed in double quotes: "
			   "line 1 column 2 (char 1)"},
		{"{\"a\": 1,}",
			"Expecting property name enclosed in double quotes: "
			"line 1 column 9 (char 8)"},
		{"{'a': 1}", "Expecting property name enclosed in double "
			     "quotes: line 1 column 2 (char 1)"},
		{"{} x", "Extra data: line 1 column 4 (char 3)"},
		{"01", "Extra data: line 1 column 2 (char 1)"},
		{"[\"é", "Unterminated string starting at: line 1 column 2 "
			 "(char 1)"},
		{"\"é\n\"", "Invalid control character at: line 1 column 3 "
			    "(char 2)"},
		{"\"\\x\"", "Invalid \\escape: line 1 column 2 (char 1)"},
		{"\"\\u12\"",
			"Invalid \\uXXXX escape: line 1 column 3 (char 2)"},
		{"\xef\xbb\xbf{}",
			"Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 "
			"column 1 (char 0)"},
		{"nul", "Expecting value: line 1 column 1 (char 0)"},
		{"-", "Expecting value: line 1 column 1 (char 0)"},
	};
	const struct value *value;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		value = json(rows[i].input);
		if (value)
			value_repr(&out, value);
		expect_text(rows[i].output);
	}
}

static void
test_shorthand(void **state)
{
	static const struct row rows[] = {
		{"Paths={Quantity=2,Items=[/a,/b]},CallerReference=x",
			"{'Paths': {'Quantity': 2, 'Items': ['/a', '/b']}, "
			"'CallerReference': 'x'}"},
		{"Paths={Quantity= 02 ,Items=/a}",
			"{'Paths': {'Quantity': 2, 'Items': ['/a']}}"},
		{"a=b,c,d=e", "{'a': ['b', 'c'], 'd': 'e'}"},
		{"a=b,c=d", "{'a': 'b', 'c': 'd'}"},
		{"a=", "{'a': ''}"},
		{"a=,b=x", "{'a': '', 'b': 'x'}"},
		{"a = x y , b = z ", "{'a': 'x y', 'b': 'z'}"},
		{"a=/x?y=1&z", "{'a': '/x?y=1&z'}"},
		{"a= b\xc2\xa0,\xc2\xa0 c", "{'a': ['b', '\\xa0 c']}"},
		{"a=b\\,c,d=e", "{'a': 'b,c', 'd': 'e'}"},
		{"a='b,\\'c\\\\',d=\"e \\\"f\"",
			"{'a': \"b,'c\\\\\", 'd': 'e \"f'}"},
		{"a='b\\'", "{'a': 'b\\\\'}"},
		{"a=[b, [c], {d=e}]", "{'a': ['b', ['c'], {'d': 'e'}]}"},
		{"a={b=1,b=2}", "{'a': {'b': '2'}}"},
		{"", "Error parsing parameter '--b': Expected: '=', received: "
		     "'EOF' for input:\n\n^"},
		{"a", "Error parsing parameter '--b': Expected: '=', received: "
		      "'EOF' for input:\na\n ^"},
		{"a=b}", "Error parsing parameter '--b': Expected: ',', "
			 "received: '}' for input:\na=b}\n   ^"},
		{"a={b=c", "Error parsing parameter '--b': Expected: ',', "
			   "received: 'EOF' for input:\na={b=c\n      ^"},
		{"a=b,\nc==é\nd", "Error parsing parameter '--b': Expected: "
				  "',', received: '=' for input:\na=b,\nc==é\n"
				  "  ^\nd"},
		{"é=1", "Error parsing parameter '--b': Expected: '=', "
			"received: 'é' for input:\né=1\n^"},
		{"a='b", "Error parsing parameter '--b': Expected: '<singled "
			 "quoted>', received: '<none>' for input:\na='b\n  ^"},
		{"a=b,", "Error parsing parameter '--b': Expected: '<second>', "
			 "received: '<none>' for input:\na=b,\n    ^"},
		{"Paths=a,Paths=b",
			"Error parsing parameter '--b': Second instance of key "
			"\"Paths\" encountered for input:\nPaths=a,Paths=b\n"
			"        ^\nThis is often because there is a preceding "
			"\",\" instead of a space."},
		{"Paths={Quantity=x}",
			"invalid literal for int() with base 10: 'x'"},
		{"Paths={Quantity=[1]}",
			"int() argument must be a string, a bytes-like object "
			"or a real number, not 'list'"},
	};
	const char *in;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		in = rows[i].input;
		expect_shown(shorthand_read(&arena, in, strlen(in),
				     &shape_batch, "--b", &fault),
			rows[i].output);
	}
}

static void
test_check(void **state)
{
	static const struct row rows[] = {
		{"{\"DistributionId\":\"E\",\"InvalidationBatch\":{\"Paths\":{"
		 "\"Quantity\":7,\"Items\":[]},\"CallerReference\":\"\"}}",
			""},
		{"{}", "Parameter validation failed:\n"
		       "Missing required parameter in input: "
		       "\"DistributionId\"\n"
		       "Missing required parameter in input: "
		       "\"InvalidationBatch\""},
		{"{\"DistributionId\":1,\"X\":2,\"InvalidationBatch\":[]}",
			"Parameter validation failed:\n"
			"Unknown parameter in input: \"X\", must be one of: "
			"DistributionId, InvalidationBatch\n"
			"Invalid type for parameter DistributionId, value: 1, "
			"type: <class 'int'>, valid types: <class 'str'>\n"
			"Invalid type for parameter InvalidationBatch, value: "
			"[], type: <class 'list'>, valid types: <class "
			"'dict'>"},
		{"{\"DistributionId\":\"E\",\"InvalidationBatch\":{\"Paths\":{"
		 "\"Quantity\":\"2\",\"Items\":[null,\"/a\",{\"b\":1.50}]}}}",
			"Parameter validation failed:\n"
			"Missing required parameter in InvalidationBatch: "
			"\"CallerReference\"\n"
			"Invalid type for parameter "
			"InvalidationBatch.Paths.Quantity, value: 2, type: "
			"<class 'str'>, valid types: <class 'int'>\n"
			"Invalid type for parameter "
			"InvalidationBatch.Paths.Items[0], value: None, type: "
			"<class 'NoneType'>, valid types: <class 'str'>\n"
			"Invalid type for parameter "
			"InvalidationBatch.Paths.Items[2], value: {'b': 1.5}, "
			"type: <class 'dict'>, valid types: <class 'str'>"},
	};
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		rc = validate_parameters(
			json(rows[i].input), &shape_create_input, &fault);
		assert_int_equal(rc, *rows[i].output ? -1 : 0);
		if (rc != 0)
			buf_addstr(&out, buf_str(&fault.text));
		expect_text(rows[i].output);
	}
}

static void
test_query(void **state)
{
	static const char data[] =
		"{\"L\":{\"Items\":[{\"Id\":\"a\",\"n\":[1,2]},{\"x\":1},"
		"{\"Id\":\"b\",\"n\":[3]}],\"a b\":null,\"m\":{\"p\":{\"q\":1},"
		"\"r\":{\"q\":2}},\"deep\":[[1,[2]],3,[]]}}";
	static const struct row rows[] = {
		{"L.Items[].Id", "['a', 'b']"},
		{"L.Items[*].Id", "['a', 'b']"},
		{"L.Items[0].Id", "'a'"},
		{"L.Items[-1].Id", "'b'"},
		{"L.Items[-4]", "None"},
		{"L.Items[3]", "None"},
		{" L . Items [ 1 ] . x ", "1"},
		{"L.Items[*].n", "[[1, 2], [3]]"},
		{"L.Items[*].n[]", "[1, 2, 3]"},
		{"L.Items[].n[0]", "[1, 3]"},
		{"L.Items[*].n | [0]", "[1, 2]"},
		{"L.Items[].n[].x", "[]"},
		{"L.deep[]", "[1, [2], 3]"},
		{"L.deep[][]", "[1, 2, 3]"},
		{"L.m.*.q", "[1, 2]"},
		{"L.m[*]", "None"},
		{"L.m[]", "None"},
		{"L.Items.Id", "None"},
		{"L.\"a b\"", "None"},
		{"L.\"\\u006d\".p", "{'q': 1}"},
		{"nope.x[0].y", "None"},
		{"@.L.m.p.q", "1"},
		{"", "Bad value for --query : Invalid JMESPath expression: "
		     "cannot be empty."},
	};
	static const char *const wrong[] = {"a.", "a..b", ".a", "a[", "a[x]",
		"a b", "a-b", "a[?b]", "length(a)", "{a: b}", "a || b",
		"[a, b]", "a[0:1]", "`1`", "'x'", "\"a", "1", "a |"};
	struct query query;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_shown(
			query_parse(&query, &arena, rows[i].input, &fault) == 0
				? query_search(&query, &arena, json(data))
				: NULL,
			rows[i].output);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(
			query_parse(&query, &arena, wrong[i], &fault), -1);
		assert_int_equal(fault.status, AWSCLI_PARAM_ERROR);
		assert_non_null(
			strstr(buf_str(&fault.text), "Bad value for --query "));
	}
}

static void
test_text(void **state)
{
	static const struct row rows[] = {
		{"{\"Location\":\"l\",\"Invalidation\":{\"Id\":\"I\","
		 "\"Status\":"
		 "\"S\",\"CreateTime\":\"C\",\"InvalidationBatch\":{\"Paths\":{"
		 "\"Quantity\":2,\"Items\":[\"/b\",\"/a\"]},"
		 "\"CallerReference\":\"r\"}}}",
			"l\nINVALIDATION\tC\tI\tS\nINVALIDATIONBATCH\tr\n"
			"PATHS\t2\nITEMS\t/b\nITEMS\t/a\n"},
		{"{\"L\":{\"Items\":[{\"a\":1,\"c\":true},{\"b\":null}]}}",
			"ITEMS\t1\t\tTrue\nITEMS\t\tNone\t\n"},
		{"[\"a\",1,null]", "a\t1\tNone\n"},
		{"[[\"a\",\"b\"],\"c\",[\"d\"]]", "c\na\tb\nd\n"},
		{"[]", ""},
		{"{}", ""},
		{"null", "None\n"},
		{"\"x\"", "x\n"},
		{"{\"L\":{\"Items\":null}}", "L\tNone\n"},
		{"{\"z\":1,\"a\":2}", "2\t1\n"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(text_format(&out, json(rows[i].input)));
		expect_text(rows[i].output);
	}
}

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
			"Invalid timestamp \"2026-02-29T03:04:05Z\": day is "
			"out of range for month: 2026-02-29T03:04:05Z"},
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
	struct http_answer answer;
	struct value *value;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		http_answer_init(&answer);
		buf_addstr(&answer.body, rows[i].input);
		if (response_read(&value, &arena, &operations[1], &answer,
			    false, &fault) != 0)
			value = NULL;
		expect_shown(value, rows[i].output);
		http_answer_release(&answer);
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
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(
			response_read_error(&error, &arena, rows[i].status,
				rows[i].body, strlen(rows[i].body), &fault),
			0);
		assert_string_equal(error.code, rows[i].code);
		assert_string_equal(error.message, rows[i].message);
	}
}

static void
test_tokens(void **state)
{
	static const struct {
		const char *text, *keys;
		long long skip;
	} rows[] = {
		{"eyJNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==",
			"{'Marker': None}", 1},
		{"I0000000000003", "{'Marker': 'I0000000000003'}", 0},
		{"I3___2", "{'Marker': 'I3'}", 2},
		{"None___2", "{'Marker': None}", 2},
		{"I3___x", "{'Marker': 'I3___x'}", 0},
		{"a___b___c", NULL, 0},
		{"MTIz", NULL, 0},
	};
	struct page_token token;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (page_token_decode(&token, &arena,
			    value_new_string(&arena, rows[i].text),
			    &fault) != 0) {
			assert_null(rows[i].keys);
			continue;
		}
		assert_non_null(rows[i].keys);
		expect_shown(token.keys, rows[i].keys);
		assert_int_equal(token.skip, rows[i].skip);
	}
	assert_string_equal(
		page_token_encode(&arena, NULL, true, 1)->text, rows[0].text);
	assert_string_equal(page_token_encode(&arena,
				    value_new_string(&arena, "\"é😀"), false, 0)
				    ->text,
		"eyJNYXJrZXIiOiAiXCJcdTAwZTlcdWQ4M2RcdWRlMDAifQ==");
}

static const struct arg_spec specs[] = {
	{.name = "--flag", .kind = ARG_FLAG},
	{.name = "--one", .kind = ARG_ONE, .required = true},
	{.name = "--many", .kind = ARG_MANY},
	{.name = "--maybe", .kind = ARG_OPTIONAL, .fallback = "none"},
};

static void
parse_line(const char *line)
{
	static char text[256], *args[32];
	const struct arg_parser parser = {specs, 4, "word", false, false};
	struct arg_result r;
	size_t count = 0, i, k;
	const char *said;

	snprintf(text, sizeof(text), "%s", line);
	for (char *at = text; *at; count++) {
		args[count] = at;
		at += strcspn(at, "|");
		if (*at)
			*at++ = '\0';
	}
	if (arg_parse(&r, &arena, &parser, args, count, &fault) != 0) {
		said = strstr(buf_str(&fault.text), "error: ");
		buf_add(&out, said + 7, strlen(said) - 8);
		return;
	}
	for (i = 0; i < 4; i++) {
		if (!r.values[i].given)
			continue;
		buf_addf(&out, "%s", specs[i].name);
		for (k = 0; k < r.values[i].count; k++)
			buf_addf(&out, "|%s", r.values[i].items[k]);
		buf_addstr(&out, " ");
	}
	buf_addf(&out, "(%s)", r.positional ? r.positional : "");
	for (i = 0; i < r.left_count; i++)
		buf_addf(&out, " %s", r.left[i]);
}

static void
test_arguments(void **state)
{
	static const struct row rows[] = {
		{"--one|1|w|x", "--one|1 (w) x"},
		{"w|--one=1|--one|2|--flag", "--flag --one|2 (w)"},
		{"--one=a=b|--many|x|-1|y z|-|--flag",
			"--flag --one|a=b --many|x|-1|y z|- ()"},
		{"--o|1|--man|x|--many|y", "--one|1 --many|y ()"},
		{"--one|1|--maybe|--flag", "--flag --one|1 --maybe|none ()"},
		{"--one|1|--maybe|x", "--one|1 --maybe|x ()"},
		{"--one|1|--other|x|y", "--one|1 (x) --other y"},
		{"--one|1|--|--flag|x", "--one|1 (--flag) x"},
		{"--one|1|--many|a|--|b", "--one|1 --many|a (b)"},
		{"--one|-x", "argument --one: expected one argument"},
		{"--one|--flag", "argument --one: expected one argument"},
		{"--one|1|--many",
			"argument --many: expected at least one argument"},
		{"--ma|x",
			"ambiguous option: --ma could match --many, --maybe"},
		{"--flag=x", "argument --flag: ignored explicit argument 'x'"},
		{"", "the following arguments are required: --one"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		parse_line(rows[i].input);
		expect_text(rows[i].output);
	}
}

/* In place of the real ones: nothing is sent, and nobody sleeps. */
static int calls, pauses, completed_at;

int
api_call_make(struct session *session, const struct operation *operation,
	const struct value *parameters, struct api_result *result,
	struct fault *f)
{
	(void)session, (void)operation, (void)parameters, (void)f;
	*result = (struct api_result){.output = NULL};
	result->error = (struct api_error){"NoSuchInvalidation", "gone", 4};
	if (++calls > 100)
		return 0;
	result->output =
		json(calls >= completed_at ? "{\"Invalidation\":{\"Status\":"
					     "\"Completed\"}}"
					   : "{\"Invalidation\":{\"Status\":"
					     "\"InProgress\"}}");
	return 0;
}

static int
fake_wait(void *context, long milliseconds)
{
	(void)context;
	assert_int_equal(milliseconds, 20000);
	pauses++;
	return 0;
}

static void
test_wait(void **state)
{
	struct session session = {.system = {.wait = fake_wait}};

	(void)state;
	completed_at = 3;
	assert_int_equal(
		waiter_wait(&session, &operation_waiters[0], NULL, &fault), 0);
	assert_int_equal(pauses, 2);
	calls = pauses = 0;
	completed_at = 50;
	assert_int_equal(
		waiter_wait(&session, &operation_waiters[0], NULL, &fault), -1);
	assert_int_equal(calls, 30);
	assert_int_equal(pauses, 29);
	assert_string_equal(buf_str(&fault.text),
		"Waiter InvalidationCompleted failed: Max attempts exceeded");
	calls = 100;
	assert_int_equal(
		waiter_wait(&session, &operation_waiters[0], NULL, &fault), -1);
	assert_string_equal(buf_str(&fault.text),
		"Waiter InvalidationCompleted failed: An error occurred "
		"(NoSuchInvalidation): gone");
	assert_int_equal(fault.status, AWSCLI_GENERAL_ERROR);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_json),
		TEST(test_shorthand),
		TEST(test_check),
		TEST(test_query),
		TEST(test_text),
		TEST(test_requests),
		TEST(test_answers),
		TEST(test_refusals),
		TEST(test_tokens),
		TEST(test_arguments),
		TEST(test_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
