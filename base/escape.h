/*
 * File names from outside, escaped for text that people and programs read line
 * by line.
 *
 * A name is any bytes but NUL, mostly UTF-8. Bytes below 0x20, 0x7f and the
 * backslash are written \xNN with lower-case digits, so a name never breaks its
 * line; everything else stays as it is.
 */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include <stddef.h>

#include "base/buf.h"

/* Append a name in escaped form. */
void escape_name(struct buf *out, const char *bytes, size_t len);

/* The same into `out`, which has room for 4 * len; returns the length. */
size_t escape_name_into(char *out, const char *bytes, size_t len);

/*
 * Like escape_name, but also writes every byte that is not part of well-formed
 * UTF-8 as \xNN: for JSON, which must be UTF-8.
 */
void escape_name_utf8(struct buf *out, const char *bytes, size_t len);

/*
 * Undo escape_name in place; returns the new length, or -1 for any text that
 * escape_name does not write: with a raw control character, an upper-case digit,
 * an escaped plain byte, or \x00.
 */
long escape_undo(char *text, size_t len);

/*
 * Like escape_name_utf8, but also escapes characters that are not seen (see
 * utf8_unseen).
 */
void escape_name_visible(struct buf *out, const char *bytes, size_t len);

/*
 * Like escape_name_visible, for lines that a CI system scans for commands: the
 * second of two colons or number signs is also written \xNN, so that no name is
 * taken for one (::add-mask::, ##[add-path], ##vso[). escape_undo undoes
 * neither this nor escape_name_visible.
 */
void escape_name_for_ci(struct buf *out, const char *bytes, size_t len);

/*
 * A name for a message: escaped like escape_name_visible does, and with the
 * second of two number signs written \x23 (a :: is a command only at the start
 * of a line, which a name never is). The middle of a long name is replaced by
 * "...". Returns out->text.
 */
struct escaped_name {
	char text[256];
};
const char *escape_show(
	struct escaped_name *out, const char *bytes, size_t len);
const char *escape_show_str(struct escaped_name *out, const char *name);

#endif
