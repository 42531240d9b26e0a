/*
 * What was covered again because a verification found it stale: an entry of hex
 * digits for each value of a key, joined by commas. It is a line of a baseline,
 * so it has hashes instead of names: 16 digits of the key's, 12 of the size, and
 * 8 of the value's.
 */
#ifndef MANIFEST_AGAIN_H
#define MANIFEST_AGAIN_H

#include "manifest/value_sets.h"

enum {
	AGAIN_KEY_DIGITS = 16,
	AGAIN_SIZE_DIGITS = 12,
	AGAIN_DIGITS = AGAIN_KEY_DIGITS + AGAIN_SIZE_DIGITS + 8,

	/* Entries of a list; more stale values than that are only reported. */
	AGAIN_MAX = 1000,
};

/* The entry of a value. */
void again_make(char out[AGAIN_DIGITS + 1], const struct cached_value *value);

/* Is this an entry of the list? A list may be NULL. */
bool again_has(const char *list, const char *entry);

/*
 * Has the list a value of this key? Then *size is raised to the largest of them,
 * in bytes.
 */
bool again_has_key(const char *list, const char *key, uint64_t *size);

/* Is this the text of a list, one entry at least? */
bool again_is_list(const char *text);

#endif
