/* Parameters of the AWS CLI: JSON, shorthand, and what is wrong with them. */
#include "cmd/awscli/shorthand.h"
#include "cmd/awscli/validate.h"
#include "tests/unit/awscli_fixture.h"

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
		{"[1,]", "Illegal trailing comma before end of array: line 1 "
			 "column 3 (char 2)"},
		{"{\"a\" 1}",
			"Expecting ':' delimiter: line 1 column 6 (char 5)"},
		{"{\"a\": 1 \"b\"}",
			"Expecting ',' delimiter: line 1 column 9 (char 8)"},
		{"[1\n 2]",
			"Expecting ',' delimiter: line 2 column 2 (char 4)"},
		{"{a: 1}", "Expecting property name enclosed in double quotes: "
			   "line 1 column 2 (char 1)"},
		{"{\"a\": 1,}",
			"Illegal trailing comma before end of object: line 1 "
			"column 8 (char 7)"},
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
	for (i = 0; i < COUNT(rows); i++) {
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
		     "'EOF' for input:\n \n^"},
		{"a", "Error parsing parameter '--b': Expected: '=', received: "
		      "'EOF' for input:\n a\n ^"},
		{"a=b}", "Error parsing parameter '--b': Expected: ',', "
			 "received: '}' for input:\n a=b}\n   ^"},
		{"a={b=c", "Error parsing parameter '--b': Expected: ',', "
			   "received: 'EOF' for input:\n a={b=c\n      ^"},
		{"a=b,\nc==é\nd", "Error parsing parameter '--b': Expected: "
				  "',', received: '=' for input:\n a=b,\nc==é\n"
				  "  ^\nd"},
		{"é=1", "Error parsing parameter '--b': Expected: '=', "
			"received: 'é' for input:\n é=1\n^"},
		{"a='b", "Error parsing parameter '--b': Expected: '<singled "
			 "quoted>', received: '<none>' for input:\n a='b\n  ^"},
		{"a=b,", "Error parsing parameter '--b': Expected: '<second>', "
			 "received: '<none>' for input:\n a=b,\n    ^"},
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
	for (i = 0; i < COUNT(rows); i++) {
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
	for (i = 0; i < COUNT(rows); i++) {
		rc = validate_parameters(
			json(rows[i].input), &shape_create_input, &fault);
		assert_int_equal(rc, *rows[i].output ? -1 : 0);
		if (rc != 0)
			buf_addstr(&out, buf_str(&fault.text));
		expect_text(rows[i].output);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_json),
		WITH_ARENA(test_shorthand),
		WITH_ARENA(test_check),
	};

	return cmocka_run_group_tests_name(
		"awscli_parameters", tests, NULL, NULL);
}
