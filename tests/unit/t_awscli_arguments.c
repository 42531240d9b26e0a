/* Arguments of the AWS CLI, and its tokens of pages. */
#include "cmd/awscli/arg_parser.h"
#include "cmd/awscli/close_matches.h"
#include "cmd/awscli/page_token.h"
#include "tests/unit/awscli_fixture.h"

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
	for (i = 0; i < COUNT(rows); i++) {
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

	snprintf(text, sizeof(text), "%s", line);
	for (char *at = text; *at; count++) {
		args[count] = at;
		at += strcspn(at, "|");
		if (*at)
			*at++ = '\0';
	}
	if (arg_parse(&r, &arena, &parser, args, count, &fault) != 0) {
		assert_int_equal(fault.usage, FAULT_USAGE_AFTER);
		buf_append(&out, &fault.text);
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
	for (i = 0; i < COUNT(rows); i++) {
		parse_line(rows[i].input);
		expect_text(rows[i].output);
	}
}

/* The words that Python's difflib finds, in its order. */
static void
test_close_matches(void **state)
{
	static const char *const words[] = {"json", "text", "table", "yaml",
		"yaml-stream", "off", "tables", "cable"};
	static const struct {
		const char *word, *close;
	} rows[] = {
		{"jsn", "json "},
		{"yaml", "yaml "},
		{"yam", "yaml "},
		{"yaml-steam", "yaml-stream "},
		{"tabel", "table "},
		{"tables", "tables table "},
		{"cables", "cable tables "},
		{"able", "table cable tables "},
		{"offf", "off "},
		{"ymal", ""},
		{"stream-yaml", ""},
		{"", ""},
	};
	const char *close[CLOSE_MATCHES_MAX];
	char long_word[CLOSE_WORD_MAX + 2];
	size_t i, k, found;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		found = close_matches(close, rows[i].word, words, COUNT(words));
		for (k = 0; k < found; k++)
			buf_addf(&out, "%s ", close[k]);
		expect_text(rows[i].close);
	}
	memset(long_word, 'a', sizeof(long_word) - 1);
	long_word[sizeof(long_word) - 1] = '\0';
	close[0] = long_word;
	assert_int_equal(close_matches(close, long_word, close, 1), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ARENA(test_tokens),
		WITH_ARENA(test_arguments),
		WITH_ARENA(test_close_matches),
	};

	return cmocka_run_group_tests_name(
		"awscli_arguments", tests, NULL, NULL);
}
