/*
 * Names: bytes from outside that stand for a file, in text that people and
 * programs read line by line.
 *
 * A name is any bytes but NUL, mostly UTF-8. In edgediff's text a byte below
 * 0x20, 0x7f and the backslash are written \xNN with lower-case digits, so a
 * name never breaks its line; everything else stands as it is.
 */
#ifndef BASE_NAME_H
#define BASE_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Append a name in escaped form. */
void name_escape(struct buf *out, const char *bytes, size_t len);

/* The same to where there is room for four times as much; its length. */
size_t name_escape_into(char *out, const char *bytes, size_t len);

/*
 * As name_escape, and every byte that is not part of well-formed UTF-8 is
 * written \xNN too: for JSON, which must be UTF-8.
 */
void name_escape_utf8(struct buf *out, const char *bytes, size_t len);

/*
 * Undo name_escape in place; returns the new length. Strict: anything that
 * name_escape would not have written (a raw control character, an upper-case
 * digit, an escape of a plain byte, \x00) returns -1.
 */
long name_unescape(char *text, size_t len);

/* As name_escape_utf8, and so is what nobody sees: utf8_unseen. */
void name_escape_visible(struct buf *out, const char *bytes, size_t len);

/*
 * As name_escape_visible, for lines that a CI system reads along: the second of
 * two colons or number signs is written \xNN too, so that no name is taken for
 * a command to the system (::add-mask::, ##[add-path], ##vso[). Neither is for
 * name_unescape.
 */
void name_escape_shown(struct buf *out, const char *bytes, size_t len);

/*
 * A name for a message, behind other words: name_escape_visible, and the second
 * of two number signs is written \x23; cut in the middle with "..." where it
 * is long. Returns out->text.
 */
struct shown_name {
	char text[256];
};
const char *name_show(struct shown_name *out, const char *bytes, size_t len);
const char *name_show_str(struct shown_name *out, const char *name);

#endif
