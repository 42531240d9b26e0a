/*
 * Patterns for keys, by the rules of gitignore(5): what people already know
 * from the file next to their build.
 *
 *   *      any characters but /
 *   **     as a whole component: any number of components
 *   ?      one character but /
 *   [a-z]  one character of a set; [!a-z] or [^a-z] one outside it
 *   \c     the character c itself
 *
 * A pattern with a / at its start or in its middle is matched from the start
 * of the key; one without matches the last component at any depth. A pattern
 * that matches a folder matches all below it; one that ends in / matches
 * folders only. A character is a UTF-8 character, or one byte where the bytes
 * are not UTF-8. Our own code because fnmatch(3) depends on the locale and
 * has no **.
 */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
	GLOB_MAX = 4096, /* bytes of a pattern; a path has no more */
};

/* 0, or -1 with what is wrong: empty, too long, [ without ], \ at the end. */
int glob_check(const char *pattern, struct err *err);

/*
 * Does the pattern match the key, which may itself name a folder, or a folder
 * above it? The pattern has passed glob_check.
 */
bool glob_match(const char *pattern, const char *key, size_t len, bool folder);

/* Does any of these patterns match? */
bool glob_match_any(const char *const *patterns, size_t count, const char *key,
	size_t len, bool folder);

#endif
