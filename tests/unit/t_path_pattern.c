/* Path patterns and wildcards, against every short path. */
#include "diff/path_pattern.h"
#include "tests/unit/fixture.h"

enum {
	PATTERN_LEN = 4,
	START_LEN = 3, /* of a wildcard, at most */
	PATH_LEN = START_LEN + PATTERN_LEN, /* enough to match if any can */
};

/* The definition. */
static bool
reference(const char *pattern, const char *path, size_t len)
{
	if (!*pattern)
		return len == 0;
	if (*pattern == '*')
		return reference(pattern + 1, path, len) ||
		       (len > 0 && reference(pattern, path + 1, len - 1));
	return len > 0 && (*pattern == '?' || *pattern == *path) &&
	       reference(pattern + 1, path + 1, len - 1);
}

/* With a / in front, unless it has one, and as it is if that can match. */
static enum path_match
reference_match(const char *pattern, const char *path, size_t len)
{
	char with_slash[PATTERN_LEN + 2] = "/";
	bool raw = reference(pattern, path, len), slash;

	if (pattern[0] == '/')
		return raw ? PATH_YES : PATH_NO;
	memcpy(with_slash + 1, pattern, strlen(pattern) + 1);
	slash = reference(with_slash, path, len);
	if (strchr("*?", pattern[0]) && raw != slash)
		return PATH_MAYBE;
	return slash ? PATH_YES : PATH_NO;
}

/*
 * Replace `text` by the next text of these characters, in the order of length.
 * False after the last one of `max` characters.
 */
static bool
next_text(char *text, const char *characters, size_t max)
{
	size_t len = strlen(text), i = len;

	while (i > 0) {
		i--;
		text[i] = strchr(characters, text[i])[1];
		if (text[i])
			return true;
		text[i] = characters[0];
	}
	if (len == max)
		return false;
	memset(text, characters[0], len + 1);
	text[len + 1] = '\0';
	return true;
}

static void
test_match(void **state)
{
	char pattern[PATTERN_LEN + 1] = "", path[PATH_LEN + 1];
	size_t maybe = 0;

	(void)state;
	while (next_text(pattern, "/ab*?", PATTERN_LEN)) {
		memcpy(path, "/", 2);
		do {
			size_t len = strlen(path);
			enum path_match match =
				path_pattern_match(pattern, path, len);

			if (match != reference_match(pattern, path, len))
				fail_msg("'%s' and '%s'", pattern, path);
			maybe += match == PATH_MAYBE;
		} while (next_text(path + 1, "/ab", PATTERN_LEN));
	}
	assert_true(maybe > 0);
}

/* Is there a path with this start that matches, or may match? */
static bool
reference_meets(const char *pattern, const char *start)
{
	char path[PATH_LEN + 1];
	size_t len = strlen(start);

	memcpy(path, start, len + 1);
	do {
		if (reference_match(pattern, path, strlen(path)) != PATH_NO)
			return true;
	} while (next_text(path + len, "/ab", PATTERN_LEN));
	return false;
}

static void
test_meets(void **state)
{
	char pattern[PATTERN_LEN + 1] = "", start[START_LEN + 1];
	size_t met = 0, missed = 0;

	(void)state;
	while (next_text(pattern, "/ab*?", PATTERN_LEN)) {
		memcpy(start, "/", 2);
		do {
			bool meets = path_pattern_meets(
				pattern, start, strlen(start));

			if (meets != reference_meets(pattern, start))
				fail_msg("'%s' and '%s*'", pattern, start);
			met += meets;
			missed += !meets;
		} while (next_text(start + 1, "/ab", START_LEN - 1));
	}
	assert_true(met > 0 && missed > 0);
}

/* A pattern with a * at its end takes what every path with that start matches. */
static void
test_takes(void **state)
{
	char pattern[PATTERN_LEN + 1] = "", path[PATH_LEN + 1];
	size_t taken = 0, len;

	(void)state;
	while (next_text(pattern, "/ab*?", PATTERN_LEN)) {
		for (len = 1; len <= START_LEN; len++) {
			bool all = pattern[strlen(pattern) - 1] == '*';

			snprintf(path, sizeof(path), "%.*s", (int)len, "/ab");
			do {
				all = all && reference_match(pattern, path,
						     strlen(path)) == PATH_YES;
			} while (all &&
				 next_text(path + len, "/ab", PATTERN_LEN));
			path[len] = '\0';
			if (path_pattern_takes(pattern, path, len) != all)
				fail_msg("'%s' and '%s*'", pattern, path);
			taken += all;
		}
	}
	assert_true(taken > 0);
}

static void
test_examples(void **state)
{
	static const struct {
		const char *pattern, *path;
		enum path_match match;
	} rows[] = {
		{"/api/*", "/api/", PATH_YES},
		{"/api/*", "/api", PATH_NO},
		{"api/*", "/api/v1/users", PATH_YES},
		{"*.jpg", "/a/b.jpg", PATH_YES},
		{"*.jpg", "/a/b.JPG", PATH_NO},
		{"/a??.jpg", "/ab/.jpg", PATH_YES},
		{"*/x", "/x", PATH_MAYBE},
		{"?x", "/x", PATH_MAYBE},
		/* encoded: as it is, or decoded? */
		{"/caf%C3%A9/*", "/caf%C3%A9/a", PATH_MAYBE},
		{"/caf\xc3\xa9/*", "/caf%C3%A9/a", PATH_MAYBE},
		{"/caf%c3%a9/*", "/caf%C3%A9/a", PATH_MAYBE},
		{"/caf?/*", "/caf%C3%A9/a", PATH_MAYBE},
		{"/caf*/a", "/caf%C3%A9/a", PATH_YES},
		{"/~a/*", "/%7Ea/b", PATH_MAYBE},
		{"/*A9*", "/caf%C3%A9/a", PATH_MAYBE},
		{"/tea/*", "/caf%C3%A9/a", PATH_NO},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		if (path_pattern_match(rows[i].pattern, rows[i].path,
			    strlen(rows[i].path)) != rows[i].match)
			fail_msg(
				"'%s' and '%s'", rows[i].pattern, rows[i].path);
}

static void
test_meets_examples(void **state)
{
	static const struct {
		const char *pattern, *start;
		bool meets;
	} rows[] = {
		{"/api/*", "/", true},
		{"/api/*", "/a", true},
		{"/api/*", "/api/v1", true},
		{"/api/*", "/apis", false},
		{"/api/*", "/b", false},
		{"/api", "/api/", false},
		{"*.jpg", "/a", true},
		{"/a?c", "/abcd", false},
		{"/caf%C3%A9/*", "/caf%C3%A9/a", true},
		{"/~a/*", "/%7Ea", true},
		{"/tea/*", "/%7Ea", false},
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		if (path_pattern_meets(rows[i].pattern, rows[i].start,
			    strlen(rows[i].start)) != rows[i].meets)
			fail_msg("'%s' and '%s*'", rows[i].pattern,
				rows[i].start);
}

static void
test_is_anywhere(void **state)
{
	(void)state;
	assert_true(path_pattern_is_anywhere("*.jpg"));
	assert_true(path_pattern_is_anywhere("/*.jpg"));
	assert_false(path_pattern_is_anywhere("/api/*"));
	assert_false(path_pattern_is_anywhere("?*"));
}

/* The most that a pattern can take in time: many stars, none of which helps. */
static void
test_long(void **state)
{
	char pattern[PATTERN_MAX], path[4001];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pattern) - 2; i += 2)
		memcpy(pattern + i, "*a", 2);
	memcpy(pattern + i, "b", 2);
	memset(path, 'a', sizeof(path));
	path[0] = '/';
	assert_int_equal(
		path_pattern_match(pattern, path, sizeof(path) - 1), PATH_NO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_meets),
		cmocka_unit_test(test_takes),
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_meets_examples),
		cmocka_unit_test(test_is_anywhere),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests_name("path_pattern", tests, NULL, NULL);
}
