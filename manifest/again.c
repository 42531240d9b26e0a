/* Makes and finds the entries of what was covered again. */
#include "manifest/again.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "manifest/key_hash.h"

enum {
	/* Bytes of a value, before they are hashed: also a size in decimal. */
	VALUE_SIZE = FINGERPRINT_SIZE + 32,
};

/* Larger objects are taken as of this size: more than S3 can hold. */
static const uint64_t SIZE_LARGEST = (1ULL << 4 * AGAIN_SIZE_DIGITS) - 1;

static void
hash_key(char out[AGAIN_KEY_DIGITS + 1], const char *key)
{
	snprintf(out, AGAIN_KEY_DIGITS + 1, "%016" PRIx64,
		key_hash(key, strlen(key)));
}

void
again_make(char out[AGAIN_DIGITS + 1], const struct cached_value *value)
{
	const struct object *object = &value->object;
	uint64_t size =
		object->size < SIZE_LARGEST ? object->size : SIZE_LARGEST;
	char bytes[VALUE_SIZE] = {0};

	memcpy(bytes, object->fingerprint, FINGERPRINT_SIZE);
	snprintf(bytes + FINGERPRINT_SIZE, VALUE_SIZE - FINGERPRINT_SIZE,
		"%" PRIu64 "%s", object->size, value->absent ? "-" : "");
	hash_key(out, object->key);
	snprintf(out + AGAIN_KEY_DIGITS, AGAIN_DIGITS - AGAIN_KEY_DIGITS + 1,
		"%012" PRIx64 "%08" PRIx32, size,
		(uint32_t)key_hash(bytes, sizeof(bytes)));
}

/* The entry behind this one, or NULL. */
static const char *
next_entry(const char *entry)
{
	return entry[AGAIN_DIGITS] ? entry + AGAIN_DIGITS + 1 : NULL;
}

bool
again_has(const char *list, const char *entry)
{
	for (; list; list = next_entry(list))
		if (strncmp(list, entry, AGAIN_DIGITS) == 0)
			return true;
	return false;
}

static uint64_t
size_of(const char *entry)
{
	char digits[AGAIN_SIZE_DIGITS + 1] = {0};

	memcpy(digits, entry + AGAIN_KEY_DIGITS, AGAIN_SIZE_DIGITS);
	return strtoull(digits, NULL, 16);
}

bool
again_has_key(const char *list, const char *key, uint64_t *size)
{
	char hash[AGAIN_KEY_DIGITS + 1];
	bool found = false;

	if (!list)
		return false;
	hash_key(hash, key);
	for (; list; list = next_entry(list)) {
		if (strncmp(list, hash, AGAIN_KEY_DIGITS) != 0)
			continue;
		found = true;
		if (size_of(list) > *size)
			*size = size_of(list);
	}
	return found;
}

bool
again_is_list(const char *text)
{
	size_t len = strlen(text), i;

	if (len % (AGAIN_DIGITS + 1) != AGAIN_DIGITS ||
		len > AGAIN_MAX * (AGAIN_DIGITS + 1))
		return false;
	for (i = 0; i < len; i++)
		if (i % (AGAIN_DIGITS + 1) == AGAIN_DIGITS
				? text[i] != ','
				: !strchr("0123456789abcdef", text[i]))
			return false;
	return true;
}
