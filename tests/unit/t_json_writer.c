/* JSON written as a stream, in both layouts. */
#include "base/json_writer.h"
#include "tests/unit/fixture.h"

static struct json_writer json;
static struct buf text;

static void
begin(unsigned options)
{
	buf_init(&text, 1000 * 1000);
	json_writer_init(&json, buf_emit, &text, options);
}

static void
expect(const char *wanted)
{
	struct err err = ERR_INIT;

	assert_int_equal(json_writer_finish(&json, &err), 0);
	assert_string_equal(buf_str(&text), wanted);
	buf_release(&text);
}

/* A value of every type, empty containers among them. */
static void
write_sample(void)
{
	json_begin_object(&json);
	json_write_key(&json, "empty");
	json_begin_array(&json);
	json_begin_object(&json);
	json_end_object(&json);
	json_begin_array(&json);
	json_end_array(&json);
	json_end_array(&json);
	json_write_key(&json, "values");
	json_begin_array(&json);
	json_write_string(&json, "text");
	json_write_uint(&json, UINT64_MAX);
	json_write_bool(&json, true);
	json_write_bool(&json, false);
	json_write_null(&json);
	json_write_raw(&json, "1e400", 5);
	json_end_array(&json);
	json_write_key_len(&json, "last, not", 4);
	json_write_string_len(&json, "one, not this", 3);
	json_end_object(&json);
}

static void
test_compact(void **state)
{
	(void)state;
	begin(0);
	write_sample();
	expect("{\"empty\":[{},[]],\"values\":[\"text\",18446744073709551615,"
	       "true,false,null,1e400],\"last\":\"one\"}");
}

static void
test_indented(void **state)
{
	(void)state;
	begin(JSON_INDENTED);
	write_sample();
	expect("{\n"
	       "    \"empty\": [\n"
	       "        {},\n"
	       "        []\n"
	       "    ],\n"
	       "    \"values\": [\n"
	       "        \"text\",\n"
	       "        18446744073709551615,\n"
	       "        true,\n"
	       "        false,\n"
	       "        null,\n"
	       "        1e400\n"
	       "    ],\n"
	       "    \"last\": \"one\"\n"
	       "}\n");
}

/* Either layout can be a value without a container around it. */
static void
test_bare_value(void **state)
{
	(void)state;
	begin(0);
	json_write_string(&json, "");
	expect("\"\"");
	begin(JSON_INDENTED);
	json_begin_array(&json);
	json_end_array(&json);
	expect("[]\n");
}

static void
test_line_breaks(void **state)
{
	(void)state;
	begin(0);
	json_begin_object(&json);
	json_write_key(&json, "a");
	json_write_uint(&json, 1);
	json_break_line(&json);
	json_write_key(&json, "b");
	json_begin_array(&json);
	json_write_uint(&json, 2);
	json_write_uint(&json, 3);
	json_break_line(&json);
	json_end_array(&json);
	json_end_object(&json);
	expect("{\"a\":1,\n\"b\":[2,3\n]}");
}

static const struct {
	const char *text;
	unsigned options;
	const char *json;
} strings[] = {
	{"a\"b\\c/d", 0, "\"a\\\"b\\\\c/d\""},
	{"\n\r\t\x01\x1f\x7f", 0, "\"\\n\\r\\t\\u0001\\u001f\x7f\""},
	{"\b\f", 0, "\"\\u0008\\u000c\""},
	{"\b\f", JSON_SHORT_ESCAPES, "\"\\b\\f\""},
	{"\xc3\xa4\xf0\x9f\x98\x80", 0, "\"\xc3\xa4\xf0\x9f\x98\x80\""},
	{"## ### #", 0, "\"## ### #\""},
	{"## ### #", JSON_SAFE_IN_LOG, "\"#\\u0023 #\\u0023\\u0023 #\""},
	{"\x7f \xc2\x80\xc2\x9b \xc2\xa0 \xe2\x80\x80", JSON_SAFE_IN_LOG,
		"\"\\u007f \\u0080\\u009b \xc2\xa0 \xe2\x80\x80\""},
	{"\x7f\xc2\x9b", 0, "\"\x7f\xc2\x9b\""},
	{"</script><", 0, "\"</script><\""},
	{"</script><", JSON_SAFE_IN_SCRIPT, "\"\\u003c/script>\\u003c\""},
};

static void
test_strings(void **state)
{
	char member[64];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(strings); i++) {
		begin(strings[i].options);
		json_write_string(&json, strings[i].text);
		expect(strings[i].json);
		begin(strings[i].options);
		json_begin_object(&json);
		json_write_key(&json, strings[i].text);
		json_write_null(&json);
		json_end_object(&json);
		snprintf(member, sizeof(member), "{%s:null}", strings[i].json);
		expect(member);
	}
}

static void
test_nul_is_escaped(void **state)
{
	(void)state;
	begin(0);
	json_write_string_len(&json, "a\0b", 3);
	expect("\"a\\u0000b\"");
}

/* Only a name that is not UTF-8 is escaped, and then all that needs it. */
static void
test_names(void **state)
{
	(void)state;
	begin(0);
	json_begin_array(&json);
	json_write_name(&json, "\xc3\xa4\\", 3);
	json_write_name(&json, "\xc3\xa4\xff\\", 4);
	json_end_array(&json);
	expect("[\"\xc3\xa4\\\\\",\"\xc3\xa4\\\\xff\\\\x5c\"]");
}

static const struct {
	double number;
	const char *json;
} numbers[] = {
	{0, "0"},
	{15000, "15000"},
	{9007199254740991.0, "9007199254740991"},
	{9007199254740992.0, "9.00719925474099e+15"},
	{0.005, "0.005"},
	{0.1 + 0.2, "0.3"},
	{-2, "-2"},
};

static void
test_numbers(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(numbers); i++) {
		begin(0);
		json_write_double(&json, numbers[i].number);
		expect(numbers[i].json);
	}
}

static void
test_depth(void **state)
{
	static char wanted[2 * JSON_DEPTH_MAX + 1];
	size_t i;

	(void)state;
	begin(0);
	for (i = 0; i < JSON_DEPTH_MAX; i++) {
		json_begin_array(&json);
		wanted[i] = '[';
		wanted[JSON_DEPTH_MAX + i] = ']';
	}
	for (i = 0; i < JSON_DEPTH_MAX; i++)
		json_end_array(&json);
	expect(wanted);
}

/* Counts calls; from call number `fails_at` on, each fails. */
struct faulty_sink {
	unsigned calls, fails_at;
	struct buf text;
};

static int
faulty_emit(void *to, const void *bytes, size_t len, struct err *err)
{
	struct faulty_sink *sink = to;

	if (++sink->calls >= sink->fails_at)
		return err_set(err, ERR_INPUT, "failure %u", sink->calls);
	buf_add(&sink->text, bytes, len);
	return 0;
}

/* More than several pieces: 2,000 strings. */
static void
write_long_list(void)
{
	unsigned i;

	json_begin_array(&json);
	for (i = 0; i < 2000; i++)
		json_write_string(&json, "abcdefgh");
	json_end_array(&json);
}

static void
test_emits_in_pieces(void **state)
{
	struct faulty_sink sink = {.fails_at = 100};
	struct err err = ERR_INIT;
	size_t i;

	(void)state;
	buf_init(&sink.text, 1000 * 1000);
	json_writer_init(&json, faulty_emit, &sink, 0);
	write_long_list();
	assert_int_equal(json_writer_finish(&json, &err), 0);
	assert_int_equal(sink.text.len, 2 + 2000 * 11 - 1);
	assert_int_equal(sink.calls, sink.text.len / JSON_PENDING_MAX + 1);
	for (i = 0; i < 2000; i++)
		assert_memory_equal(
			sink.text.data + 1 + 11 * i, "\"abcdefgh\"", 10);
	buf_release(&sink.text);
}

/* The first failure is reported, and nothing is emitted after it. */
static void
test_first_failure_sticks(void **state)
{
	struct faulty_sink sink = {.fails_at = 2};
	struct err err = ERR_INIT;

	(void)state;
	buf_init(&sink.text, 1000 * 1000);
	json_writer_init(&json, faulty_emit, &sink, 0);
	write_long_list();
	assert_int_equal(json_writer_finish(&json, &err), -1);
	assert_string_equal(err.message, "failure 2");
	assert_int_equal(sink.calls, 2);
	assert_int_equal(sink.text.len, JSON_PENDING_MAX);
	buf_release(&sink.text);
}

static void
test_full_buffer(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	buf_init(&text, 10);
	json_writer_init(&json, buf_emit, &text, 0);
	json_write_string(&json, "123456789");
	assert_int_equal(json_writer_finish(&json, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compact),
		cmocka_unit_test(test_indented),
		cmocka_unit_test(test_bare_value),
		cmocka_unit_test(test_line_breaks),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_nul_is_escaped),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_emits_in_pieces),
		cmocka_unit_test(test_first_failure_sticks),
		cmocka_unit_test(test_full_buffer),
	};

	return cmocka_run_group_tests_name("json_writer", tests, NULL, NULL);
}
