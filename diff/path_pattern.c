/* Compares paths and wildcards with the patterns of cache behaviours. */
#include "diff/path_pattern.h"

#include <assert.h>
#include <string.h>

#include "base/percent.h"

/* A path, of which %XX counts as the byte that it encodes, or as three. */
struct path_text {
	const char *text;
	size_t len;
	bool decode;
};

/* The character at `at`; *next is where the one after it begins. */
static char
char_at(const struct path_text *path, size_t at, size_t *next)
{
	int byte = -1;

	if (path->decode)
		byte = percent_byte(path->text + at, path->len - at);
	*next = at + (byte >= 0 ? 3 : 1);
	return byte >= 0 ? (char)byte : path->text[at];
}

/*
 * Each * first takes nothing, and then one character more whenever the rest
 * does not match. Only the last * met so far needs to be tried again.
 */
static bool
is_match(const char *pattern, const struct path_text *path)
{
	const char *star = NULL;
	size_t at = 0, after_star = 0, next;
	char c;

	while (at < path->len) {
		c = char_at(path, at, &next);
		if (*pattern == '*') {
			star = pattern++;
			after_star = at;
		} else if (*pattern == '?' || (*pattern && *pattern == c)) {
			pattern++;
			at = next;
		} else if (star) {
			(void)char_at(path, after_star, &after_star);
			pattern = star + 1;
			at = after_star;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

/*
 * Can the path go on so that it matches? If it got as far as a *, that takes
 * the rest of it, and what follows in the pattern can follow.
 */
static bool
is_start_of_match(const char *pattern, const struct path_text *path)
{
	size_t at = 0, next;
	char c;

	for (; at < path->len && *pattern != '*'; pattern++) {
		c = char_at(path, at, &next);
		if (*pattern != '?' && (!*pattern || *pattern != c))
			return false;
		at = next;
	}
	return true;
}

/* How a pattern may be meant. */
struct pattern_readings {
	char texts[2][PATTERN_MAX + 1]; /* each begins with a /, * or ? */
	size_t count;
};

static void
read_pattern(struct pattern_readings *out, const char *pattern)
{
	size_t len = strlen(pattern);

	assert(len < PATTERN_MAX);
	out->count = 0;
	if (pattern[0] == '/' || pattern[0] == '*' || pattern[0] == '?')
		memcpy(out->texts[out->count++], pattern, len + 1);
	if (pattern[0] != '/') {
		out->texts[out->count][0] = '/';
		memcpy(out->texts[out->count++] + 1, pattern, len + 1);
	}
}

static bool
is_plain(char c)
{
	return c != '%' && (unsigned char)c < 0x80;
}

/*
 * Replace by * all that may be compared in another encoding: encoded characters,
 * those that are not ASCII and, if the path has such characters, each ?.
 */
static void
loosen(char *out, const char *pattern, bool questions)
{
	for (; *pattern; pattern++) {
		if (percent_byte(pattern, strnlen(pattern, 3)) >= 0)
			pattern += 2;
		else if (is_plain(*pattern) &&
			 !(questions && *pattern == '?')) {
			*out++ = *pattern;
			continue;
		}
		*out++ = '*';
	}
	*out = '\0';
}

/* Are there no two ways of comparing these? */
static bool
are_plain(const char *pattern, const struct path_text *path)
{
	if (memchr(path->text, '%', path->len))
		return false;
	while (*pattern && is_plain(*pattern))
		pattern++;
	return !*pattern;
}

/* Compare with one reading of a pattern. */
static enum path_match
match_one(const char *pattern, const char *path, size_t len)
{
	const struct path_text raw = {path, len, false};
	const struct path_text decoded = {path, len, true};
	char loose[PATTERN_MAX + 1];

	if (are_plain(pattern, &raw))
		return is_match(pattern, &raw) ? PATH_YES : PATH_NO;
	if (is_match(pattern, &raw) && is_match(pattern, &decoded) &&
		!strpbrk(pattern, "%?"))
		return PATH_YES;
	loosen(loose, pattern, true);
	return is_match(pattern, &raw) || is_match(loose, &decoded) ? PATH_MAYBE
								    : PATH_NO;
}

enum path_match
path_pattern_match(const char *pattern, const char *path, size_t len)
{
	struct pattern_readings readings;
	enum path_match first, second;

	read_pattern(&readings, pattern);
	first = match_one(readings.texts[0], path, len);
	if (readings.count < 2)
		return first;
	second = match_one(readings.texts[1], path, len);
	return first == second ? first : PATH_MAYBE;
}

/* Can a path begin like this, and match one reading of a pattern? */
static bool
meets_one(const char *pattern, const char *start, size_t len)
{
	const struct path_text raw = {start, len, false};
	const struct path_text decoded = {start, len, true};
	const char *encoded = memchr(start, '%', len);
	char loose[PATTERN_MAX + 1];

	if (are_plain(pattern, &raw))
		return is_start_of_match(pattern, &raw);
	/* what begins like this also begins like its plain part */
	if (encoded && !meets_one(pattern, start, (size_t)(encoded - start)))
		return false;
	loosen(loose, pattern, true);
	return is_start_of_match(pattern, &raw) ||
	       is_start_of_match(loose, &decoded);
}

bool
path_pattern_meets(const char *pattern, const char *start, size_t len)
{
	struct pattern_readings readings;
	size_t i;

	read_pattern(&readings, pattern);
	for (i = 0; i < readings.count; i++)
		if (meets_one(readings.texts[i], start, len))
			return true;
	return false;
}

bool
path_pattern_takes(const char *pattern, const char *start, size_t len)
{
	size_t end = strlen(pattern);
	const char *encoded = memchr(start, '%', len);
	size_t plain = encoded ? (size_t)(encoded - start) : len;

	if (end == 0 || pattern[end - 1] != '*')
		return false;
	return path_pattern_match(pattern, start, plain) == PATH_YES ||
	       path_pattern_match(pattern, start, len) == PATH_YES;
}

bool
path_pattern_is_anywhere(const char *pattern)
{
	return pattern[pattern[0] == '/'] == '*';
}
