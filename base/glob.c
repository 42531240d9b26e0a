/* Matches patterns, backtracking only to the last * and the last **. */
#include "base/glob.h"

#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

/* Read one character: its code point, or 0x110000 + the byte. */
static unsigned long
next_character(const char **at, const char *end)
{
	const char *s = *at;
	size_t len = utf8_length(s, (size_t)(end - s));

	*at += len ? len : 1;
	return len > 0 ? utf8_code_point(s, len)
		       : 0x110000UL + (unsigned char)s[0];
}

/* Read one member of a set; \c means c. */
static unsigned long
next_member(const char **at, const char *end)
{
	if (**at == '\\')
		(*at)++;
	return next_character(at, end);
}

/*
 * The ] that closes a set; NULL if it is not closed. `at` is just after the [.
 * A ] that comes first is a member of the set.
 */
static const char *
set_end(const char *at, const char *end)
{
	const char *first;

	if (at < end && (*at == '!' || *at == '^'))
		at++;
	for (first = at; at < end; at++) {
		if (*at == ']' && at > first)
			return at;
		if (*at == '\\' && ++at == end)
			return NULL;
	}
	return NULL;
}

static bool
in_set(const char *at, const char *end, unsigned long c)
{
	bool outside = false, found = false;
	unsigned long low, high;

	if (*at == '!' || *at == '^') {
		outside = true;
		at++;
	}
	while (at < end) {
		low = high = next_member(&at, end);
		if (end - at >= 2 && *at == '-') {
			at++;
			high = next_member(&at, end);
		}
		if (c >= low && c <= high)
			found = true;
	}
	return found != outside;
}

/* Match one pattern element other than a star against one character. */
static bool
match_one(const char **pattern, const char *pattern_end, unsigned long c)
{
	const char *end;

	if (c == '/') {
		if (**pattern != '/')
			return false;
		(*pattern)++;
		return true;
	}
	switch (**pattern) {
	case '?':
		(*pattern)++;
		return true;
	case '[':
		end = set_end(*pattern + 1, pattern_end);
		if (!in_set(*pattern + 1, end, c))
			return false;
		*pattern = end + 1;
		return true;
	case '\\':
		(*pattern)++;
		break;
	}
	return next_character(pattern, pattern_end) == c;
}

/* Does a ** that is a whole component begin here? */
static bool
is_double_star(const char *start, const char *at, const char *end)
{
	return end - at >= 2 && at[0] == '*' && at[1] == '*' &&
	       (at == start || at[-1] == '/') &&
	       (end - at == 2 || at[2] == '/');
}

/*
 * Match all of a pattern against all of a text. If a character does not match,
 * the last * takes one more character; if that is a /, the last ** takes one
 * more component.
 */
static bool
match_whole(const char *pattern, const char *pattern_end, const char *text,
	const char *end)
{
	const char *start = pattern, *next;
	const char *star = NULL, *star_text = NULL;
	const char *stars = NULL, *stars_text = NULL;

	for (;;) {
		if (pattern < pattern_end &&
			is_double_star(start, pattern, pattern_end)) {
			if (pattern_end - pattern == 2)
				return text < end;
			pattern += 3;
			stars = pattern;
			stars_text = text;
			star = NULL;
			continue;
		}
		if (pattern < pattern_end && *pattern == '*') {
			while (pattern < pattern_end && *pattern == '*')
				pattern++;
			star = pattern;
			star_text = text;
			continue;
		}
		if (pattern == pattern_end && text == end)
			return true;
		next = text;
		if (pattern < pattern_end && text < end &&
			match_one(&pattern, pattern_end,
				next_character(&next, end))) {
			text = next;
			continue;
		}
		if (star && star_text < end && *star_text != '/') {
			next_character(&star_text, end);
			pattern = star;
			text = star_text;
			continue;
		}
		if (!stars)
			return false;
		star = NULL;
		stars_text =
			memchr(stars_text, '/', (size_t)(end - stars_text));
		if (!stars_text)
			return false;
		text = ++stars_text;
		pattern = stars;
	}
}

int
glob_check(const char *pattern, struct err *err)
{
	size_t len = strlen(pattern);
	const char *end = pattern + len;
	struct escaped_name shown;
	const char *at, *close;

	if (len == 0 || strcmp(pattern, "/") == 0)
		return err_set(err, ERR_USAGE, "empty pattern");
	if (len > GLOB_MAX)
		return err_set(err, ERR_USAGE,
			"pattern of %zu bytes, over the limit of %d", len,
			GLOB_MAX);
	for (at = pattern; at < end; at++) {
		if (*at == '\\') {
			if (++at == end)
				return err_set(err, ERR_USAGE,
					"pattern '%s': \\ at the end",
					escape_show_str(&shown, pattern));
			continue;
		}
		if (*at != '[')
			continue;
		close = set_end(at + 1, end);
		if (!close)
			return err_set(err, ERR_USAGE,
				"pattern '%s': [ without ]",
				escape_show_str(&shown, pattern));
		at = close;
	}
	return 0;
}

bool
glob_match(const char *pattern, const char *key, size_t len, bool folder)
{
	const char *pattern_end = pattern + strlen(pattern);
	const char *end = key + len, *stop = key;
	bool folders_only = false, anchored;

	if (pattern_end[-1] == '/') {
		folders_only = true;
		pattern_end--;
	}
	anchored = memchr(pattern, '/', (size_t)(pattern_end - pattern));
	if (pattern < pattern_end && *pattern == '/')
		pattern++;
	/* the key's folders from the outermost in, then the key itself */
	for (; stop < end; stop++) {
		const char *from = anchored ? key : stop;

		stop = memchr(stop, '/', (size_t)(end - stop));
		if (!stop)
			stop = end;
		if (stop == end && folders_only && !folder)
			return false;
		if (match_whole(pattern, pattern_end, from, stop))
			return true;
	}
	return false;
}

bool
glob_match_any(const char *const *patterns, size_t count, const char *key,
	size_t len, bool folder)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (glob_match(patterns[i], key, len, folder))
			return true;
	return false;
}
