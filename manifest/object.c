/* Checks and compares objects. */
#include "manifest/object.h"

#include <string.h>

#include "base/escape.h"

/* Could a folder hold it? No component is empty, . or .. */
static bool
is_path(const char *key, size_t len)
{
	const char *at = key, *end = key + len, *slash;
	size_t part;

	for (;; at = slash + 1) {
		slash = memchr(at, '/', (size_t)(end - at));
		part = (size_t)((slash ? slash : end) - at);
		if (part == 0 || (part == 1 && at[0] == '.') ||
			(part == 2 && at[0] == '.' && at[1] == '.'))
			return false;
		if (!slash)
			return true;
	}
}

int
object_check_key(const char *key, size_t len, struct err *err)
{
	struct escaped_name shown;

	if (len == 0)
		return err_set(err, ERR_INPUT, "an object without a name");
	if (len > KEY_MAX)
		return err_set(err, ERR_INPUT,
			"%s: a name of %zu bytes, over the limit of %d",
			escape_show(&shown, key, len), len, KEY_MAX);
	if (memchr(key, '\0', len))
		return err_set(err, ERR_INPUT, "%s: a NUL in a name",
			escape_show(&shown, key, len));
	if (!is_path(key, len))
		return err_set(err, ERR_INPUT,
			"%s: an empty, . or .. component in a name",
			escape_show(&shown, key, len));
	return 0;
}

int
object_compare(const struct object *a, const struct object *b)
{
	return strcmp(a->key, b->key);
}

bool
object_same_content(const struct object *a, const struct object *b)
{
	return a->size == b->size &&
	       memcmp(a->fingerprint, b->fingerprint, FINGERPRINT_SIZE) == 0;
}

bool
object_is_unknown(const struct object *object)
{
	static const unsigned char zeros[FINGERPRINT_SIZE];

	return memcmp(object->fingerprint, zeros, FINGERPRINT_SIZE) == 0;
}
