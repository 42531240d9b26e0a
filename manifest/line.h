/*
 * One line of a manifest's text, whose form manifest/manifest.h has: written,
 * and read strictly. Whoever reads finds the lines and counts them.
 *
 * `line` has no newline; `number` is where it stands, which every error
 * (ERR_INPUT) begins with.
 */
#ifndef MANIFEST_LINE_H
#define MANIFEST_LINE_H

#include "base/buf.h"
#include "manifest/manifest.h"

enum {
	/* The longest: digits, a size, and a key whose every byte is escaped. */
	MANIFEST_LINE_MAX = 2 * FINGERPRINT_SIZE + 1 + 20 + 1 + 4 * KEY_MAX,
};

/* The first line, with its newline. */
extern const char line_magic[];

/* What tells a manifest of any version from other files. */
extern const char line_magic_name[];

/* Append the line of an object, or the end line, with its newline. */
void line_write(struct buf *out, const struct object *object);
void line_write_end(struct buf *out, size_t count, const char *hash);

/* The text ends where the line should begin, or within it. */
int line_fail_cut(size_t number, struct err *err);

/* Of any line, before it is read: its length, and how it was ended. */
int line_check(const char *line, size_t len, size_t number, struct err *err);

int line_check_magic(
	const char *line, size_t len, size_t number, struct err *err);

/*
 * An object, and a key that a manifest can hold. The key is unescaped where it
 * stands: the object's is in the line, and has a NUL where the line had its
 * newline or some byte before.
 */
int line_read(char *line, size_t len, size_t number, struct object *out,
	struct err *err);

/* Does the key stand behind the one that was read before it? */
int line_check_order(const struct object *object, const char *last,
	size_t last_len, size_t number, struct err *err);

bool line_is_end(const char *line, size_t len);

/* The end line, behind `count` objects; `hash` is of all bytes before it. */
int line_check_end(const char *line, size_t len, size_t number, size_t count,
	const char *hash, struct err *err);

#endif
