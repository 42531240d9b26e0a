/*
 * INI files, read as botocore reads those of AWS (Python's RawConfigParser).
 *
 *   [section]         anything up to the last ] of the line
 *   key = value       or key: value; the key in lower case, split at the
 *                     first of the two
 *     more            indented deeper than its key: one more line of the value
 *   # or ;            a comment, if it begins a line
 *
 * A duplicate section or key is an error, as is any other line. Keys of
 * [DEFAULT] are in every section. Unlike botocore, this skips a UTF-8 byte order
 * mark. Messages name the file and the line but never show the content, which
 * may be secret; it is wiped on release.
 *
 * In the plain form, keys may precede the first section; they are in the section
 * "". A key may also occur more than once: the caller goes through the entries.
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
	const char *key; /* NULL: the [section] line itself */
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
 * Read a file. If it does not exist, ERR_SYSTEM with sys_errno ENOENT. Release
 * the ini even after a failure.
 */
int ini_read(
	struct ini *ini, enum ini_form form, const char *path, struct err *err);

/* Like ini_read, from memory; `name` is for messages. */
int ini_parse(struct ini *ini, enum ini_form form, const char *name,
	const char *text, size_t len, struct err *err);
void ini_release(struct ini *ini);

/*
 * A value that begins on the line below its key is a nested section, with one
 * line for each of its keys: key = value, split at the first =. ERR_INPUT if
 * one has another line, as in botocore; `name` is for the message.
 */
int ini_check_nested(const struct ini *ini, const char *name, struct err *err);
bool ini_is_nested(const char *value);

/* Put the value of a nested section's key into `out`; false if it has none. */
bool ini_get_nested(struct buf *out, const char *value, const char *key);

bool ini_has_section(const struct ini *ini, const char *section);

/* A value (its lines joined by newlines), or NULL; the ini owns it. */
const char *ini_get(
	const struct ini *ini, const char *section, const char *key);

#endif
