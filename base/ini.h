/*
 * INI files, read as botocore reads AWS's (Python's RawConfigParser).
 *
 *   [section]         anything up to the last ] of the line
 *   key = value       or key: value; the key in lower case, split at the
 *                     first of the two
 *     more            indented deeper than its key: one more line of the value
 *   # or ;            a comment, where it begins a line
 *
 * A section or a key that stands twice is an error, as is any other line.
 * Keys of [DEFAULT] are in every section. Beyond botocore: a UTF-8 byte order
 * mark is skipped. Messages name file and line and never show the content,
 * which may hold secrets; it is wiped on release.
 *
 * In the plain form keys may stand above the first section, whose name is then
 * "", and a key may stand more than once: its reader goes through the entries.
 */
#ifndef BASE_INI_H
#define BASE_INI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	INI_MAX = 1024 * 1024, /* bytes; real ones have a few hundred */
	INI_ENTRIES_MAX = 10 * 1000, /* they are searched one by one */
};

struct ini_entry {
	const char *section;
	const char *key; /* NULL: the section's own line */
	char *value;
	unsigned line;
};

enum ini_form { INI_AWS, INI_PLAIN };

struct ini {
	struct buf text; /* what the entries point into */
	struct ini_entry *entries;
	size_t count;
};

/* Release also on failure. ERR_SYSTEM, ENOENT where there is no file. */
int ini_read(
	struct ini *ini, enum ini_form form, const char *path, struct err *err);

/* The same from memory; `name` is for messages. */
int ini_parse(struct ini *ini, enum ini_form form, const char *name,
	const char *text, size_t len, struct err *err);
void ini_release(struct ini *ini);

/*
 * A value that begins on the line below its key is a nested section, a line
 * for each of its keys: key = value, split at the first =. ERR_INPUT where a
 * line of one is not that, as in botocore; `name` is for the message.
 */
int ini_check_nested(const struct ini *ini, const char *name, struct err *err);
bool ini_is_nested(const char *value);

/* Append what a nested section has under the key; false where it has none. */
bool ini_get_nested(struct buf *out, const char *value, const char *key);

bool ini_has_section(const struct ini *ini, const char *section);

/* A value (its lines joined by newlines), NULL where there is none. */
const char *ini_get(
	const struct ini *ini, const char *section, const char *key);

#endif
