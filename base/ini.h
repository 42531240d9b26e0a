/*
 * Reads INI files the way botocore reads AWS's (with Python's RawConfigParser).
 *
 *   [section]         anything up to the last ] of the line
 *   key = value       or key: value; split at the first = or :, and the key
 *                     is converted to lower case
 *     more            one more line of the value, indented deeper than its key
 *   # or ;            begins a comment, at the start of a line only
 *
 * A duplicate section or key is an error, and so is any other line. Every
 * section also has the keys of [DEFAULT]. Unlike botocore, this skips a UTF-8
 * byte order mark. Messages name the file and the line but never show the
 * content, which may be secret; it is wiped on release.
 *
 * In the plain form, keys may precede the first section; they then belong to
 * the section "". A key may also occur more than once, so the caller goes
 * through the entries.
 */
#ifndef BASE_INI_H
#define BASE_INI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	INI_MAX = 1024 * 1024, /* bytes; real files have a few hundred */
	INI_ENTRIES_MAX = 10 * 1000, /* the search is linear */
};

struct ini_entry {
	const char *section;
	const char *key; /* NULL for the [section] line itself */
	char *value;
	unsigned line;
};

enum ini_form { INI_AWS, INI_PLAIN };

struct ini {
	struct buf text; /* what the entries point into */
	struct ini_entry *entries;
	size_t count;
};

/*
 * Read a file. Fails with ERR_SYSTEM and sys_errno ENOENT if it does not exist.
 * Release the ini even after a failure.
 */
int ini_read(
	struct ini *ini, enum ini_form form, const char *path, struct err *err);

/* Like ini_read, but from memory; `name` is for messages. */
int ini_parse(struct ini *ini, enum ini_form form, const char *name,
	const char *text, size_t len, struct err *err);
void ini_release(struct ini *ini);

/*
 * A value that begins on the line below its key is a nested section, with one
 * line for each of its keys: key = value, split at the first =. Fails with
 * ERR_INPUT if one has any other line, as botocore does; `name` is for the
 * message.
 */
int ini_check_nested(const struct ini *ini, const char *name, struct err *err);
bool ini_is_nested(const char *value);

/*
 * Set `out` to the value of a key in a nested section; false if it lacks the
 * key.
 */
bool ini_get_nested(struct buf *out, const char *value, const char *key);

bool ini_has_section(const struct ini *ini, const char *section);

/*
 * A value (its lines joined by newlines), or NULL if it is not set; the ini
 * owns it.
 */
const char *ini_get(
	const struct ini *ini, const char *section, const char *key);

#endif
