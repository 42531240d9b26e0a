/*
 * Path patterns of cache behaviours ("PathPattern", Amazon CloudFront Developer
 * Guide). In a pattern, * is any number of characters, / included, and ? is
 * exactly one; all else is itself, and case counts. It matches a whole path,
 * without the query string. A leading / is optional.
 *
 * What the guide leaves open is answered with "maybe":
 *
 * - whether a pattern that begins with * or ? has a / in front. It rarely
 *   matters: *.jpg matches the same paths either way, but a * before /x only
 *   without a / in front matches the path /x.
 * - whether an encoded path (%C3%A9) is compared as it is, or decoded, and
 *   whether a ? then is a byte or a character.
 */
#ifndef DIFF_PATH_PATTERN_H
#define DIFF_PATH_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

enum path_match {
	PATH_NO,
	PATH_MAYBE,
	PATH_YES,
};

enum {
	/* Bytes of a pattern, a / in front included; CloudFront's limit: 255. */
	PATTERN_MAX = 256,
};

/*
 * Does the pattern match the path, `len` bytes that begin with a /, encoded as
 * diff/url.h says? The pattern has fewer than PATTERN_MAX bytes.
 */
enum path_match path_pattern_match(
	const char *pattern, const char *path, size_t len);

/*
 * Can the wildcard that consists of these `len` bytes and a * meet the pattern:
 * is there, or may there be, a path that begins with them and matches? A wildcard
 * that begins with another one meets no pattern that the other does not.
 */
bool path_pattern_meets(const char *pattern, const char *start, size_t len);

/*
 * Does every path that begins with these bytes match? True only if the pattern
 * ends with a *, and that is certain. What holds for a wildcard holds for those
 * that begin with it.
 */
bool path_pattern_takes(const char *pattern, const char *start, size_t len);

/* Does the pattern begin with *, so that every wildcard may meet it? */
bool path_pattern_is_anywhere(const char *pattern);

#endif
