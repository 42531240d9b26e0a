/*
 * Patterns against the definition in base/glob.h, tried in every way. The input is a
 * byte that says whether the key is a folder, a pattern, a newline and a key.
 */
#include "tests/fuzz/fuzz.h"

#include "base/glob.h"
#include "base/utf8.h"
#include "manifest/object.h"

enum {
	LENGTH_MAX = 24, /* bytes of either: every way is tried */
};

/* The bytes of the character at the start. */
static size_t
step(const char *at, const char *end)
{
	size_t len = utf8_length(at, (size_t)(end - at));

	return len ? len : 1;
}

/* Its number; bytes that are not UTF-8 come after all characters. */
static unsigned long
number(const char *at, const char *end)
{
	size_t len = utf8_length(at, (size_t)(end - at));

	return len ? utf8_code_point(at, len) : 0x110000UL + (unsigned char)*at;
}

/* Does a set contain the character? *after is what follows its ]. */
static bool
set_has(const char *at, const char *end, unsigned long c, const char **after)
{
	bool negated = *at == '!' || *at == '^', has = false, first = true;
	unsigned long low, high;

	at += negated;
	while (*at != ']' || first) {
		first = false;
		at += *at == '\\';
		low = high = number(at, end);
		at += step(at, end);
		if (at[0] == '-' && at[1] != ']') {
			at++;
			at += *at == '\\';
			high = number(at, end);
			at += step(at, end);
		}
		has |= low <= c && c <= high;
	}
	*after = at + 1;
	return has != negated;
}

/* Does what is left of the pattern match what is left of the key? */
static bool
whole(const char *start, const char *p, const char *p_end, const char *k,
	const char *k_end)
{
	const char *next = p, *at;
	unsigned long c;

	if (p == p_end)
		return k == k_end;
	if (strncmp(p, "**", 2) == 0 && p + 2 <= p_end &&
		(p == start || p[-1] == '/') &&
		(p + 2 == p_end || p[2] == '/')) {
		if (p + 2 == p_end)
			return k < k_end;
		for (at = k; at; at = at ? at + 1 : NULL) {
			if (whole(start, p + 3, p_end, at, k_end))
				return true;
			at = memchr(at, '/', (size_t)(k_end - at));
		}
		return false;
	}
	if (*p == '*') {
		for (at = k;; at += step(at, k_end)) {
			if (whole(start, p + 1, p_end, at, k_end))
				return true;
			if (at == k_end || *at == '/')
				return false;
		}
	}
	if (k == k_end)
		return false;
	c = number(k, k_end);
	if (*p == '?' || *p == '[') {
		next = p + 1;
		if (c == '/' || (*p == '[' && !set_has(p + 1, p_end, c, &next)))
			return false;
	} else {
		next += *p == '\\' && c != '/';
		if (number(next, p_end) != c)
			return false;
		next += step(next, p_end);
	}
	return whole(start, next, p_end, k + step(k, k_end), k_end);
}

static bool
matches(const char *pattern, const char *key, bool folder)
{
	const char *end = pattern + strlen(pattern), *k_end = key + strlen(key);
	bool folders = end[-1] == '/', anchored;
	const char *stop = key, *from = key;

	end -= folders;
	anchored = memchr(pattern, '/', (size_t)(end - pattern));
	pattern += pattern < end && *pattern == '/';
	for (; stop <= k_end; stop++) {
		if (stop < k_end && *stop != '/')
			continue;
		if (stop > key && (stop < k_end || !folders || folder) &&
			whole(pattern, pattern, end, from, stop))
			return true;
		if (!anchored)
			from = stop + 1;
	}
	return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, data + size};
	bool folder = fuzz_take_byte(&input) & 1;
	char *pattern = fuzz_take_text(&input, '\n');
	char *key = fuzz_take_text(&input, '\n');
	struct err err = ERR_INIT;

	if (glob_check(pattern, &err) != 0) {
		fuzz_check_error(&err);
	} else if (object_check_key(key, strlen(key), &err) != 0) {
		fuzz_check_error(&err);
	} else if (strlen(pattern) <= LENGTH_MAX && strlen(key) <= LENGTH_MAX) {
		HOLDS(glob_match(pattern, key, strlen(key), folder) ==
			matches(pattern, key, folder));
	} else {
		glob_match(pattern, key, strlen(key), folder);
	}
	free(pattern);
	free(key);
	return 0;
}
