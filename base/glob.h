/*
 * Patterns for keys, with the rules of gitignore(5), which people already know.
 *
 *   *      any number of characters except /
 *   **     as a whole component: any number of components
 *   ?      one character except /
 *   [a-z]  one character of a set; [!a-z] or [^a-z]: one outside it
 *   \c     the character c itself
 *
 * A pattern with a / at its start or in its middle is matched from the start
 * of the key; any other matches the last component at any depth. A pattern that
 * matches a folder matches everything below it; one that ends in / matches only
 * folders. A character is a UTF-8 character, or one byte if the bytes are not
 * UTF-8. fnmatch(3) is not used because it depends on the locale and has no **.
 */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
	GLOB_MAX = 4096, /* bytes of a pattern; no path is longer */
};

/*
 * Fails with ERR_USAGE if the pattern is empty, is too long, has a [ without a
 * ], or ends in a \.
 */
int glob_check(const char *pattern, struct err *err);

/*
 * Does the pattern match the key or a folder above it? `folder` says whether
 * the key itself names a folder. The pattern must have passed glob_check.
 */
bool glob_match(const char *pattern, const char *key, size_t len, bool folder);

/* Does one of these patterns match? */
bool glob_match_any(const char *const *patterns, size_t count, const char *key,
	size_t len, bool folder);

#endif
