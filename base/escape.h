/*
 * Names: bytes from outside that stand for a file, in text that people and
 * programs read line by line.
 *
 * A name is any bytes but NUL, mostly UTF-8. In edgediff's text a byte below
 * 0x20, 0x7f and the backslash are written \xNN with lower-case digits, so a
 * name never breaks its line; everything else stands as it is.
 */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Append a name in escaped form. */
void escape_name(struct buf *out, const char *bytes, size_t len);

/* The same to where there is room for four times as much; its length. */
size_t escape_name_into(char *out, const char *bytes, size_t len);

/*
 * As escape_name, and every byte that is not part of well-formed UTF-8 is
 * written \xNN too: for JSON, which must be UTF-8.
 */
void escape_name_utf8(struct buf *out, const char *bytes, size_t len);

/*
 * Undo escape_name in place; returns the new length. Strict: anything that
 * escape_name would not have written (a raw control character, an upper-case
 * digit, an escape of a plain byte, \x00) returns -1.
 */
long escape_undo(char *text, size_t len);

/* As escape_name_utf8, and so is what nobody sees: utf8_unseen. */
void escape_name_visible(struct buf *out, const char *bytes, size_t len);

/*
 * As escape_name_visible, for lines that a CI system reads along: the second of
 * two colons or number signs is written \xNN too, so that no name is taken for
 * a command to the system (::add-mask::, ##[add-path], ##vso[). Neither is for
 * escape_undo.
 */
void escape_name_for_ci(struct buf *out, const char *bytes, size_t len);

/*
 * A name for a message, behind other words: escape_name_visible, and the second
 * of two number signs is written \x23; cut in the middle with "..." where it
 * is long. Returns out->text.
 */
struct escaped_name {
	char text[256];
};
const char *escape_show(
	struct escaped_name *out, const char *bytes, size_t len);
const char *escape_show_str(struct escaped_name *out, const char *name);

#endif
