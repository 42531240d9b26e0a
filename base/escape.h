/*
 * Escapes file names from outside the program for text that people and programs
 * read line by line.
 *
 * A name may contain any byte but NUL; most names are UTF-8. Bytes below 0x20,
 * 0x7f and the backslash are written \xNN with lower-case digits, so a name
 * never breaks its line; everything else stays as it is.
 */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include <stddef.h>

#include "base/buf.h"

/* Append a name in escaped form. */
void escape_name(struct buf *out, const char *bytes, size_t len);

/*
 * The same, but write to `out`, which has room for 4 * len bytes. Returns the
 * length.
 */
size_t escape_name_into(char *out, const char *bytes, size_t len);

/*
 * Like escape_name, but also writes every byte that is not part of well-formed
 * UTF-8 as \xNN: for JSON, which must be UTF-8.
 */
void escape_name_utf8(struct buf *out, const char *bytes, size_t len);

/*
 * Undo escape_name in place. Returns the new length, or -1 if escape_name
 * cannot have written the text: if it has a raw control character, an
 * upper-case digit, an escape for a byte that needs none, or \x00.
 */
long escape_undo(char *text, size_t len);

/*
 * Like escape_name_utf8, but also escapes invisible characters (see
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
 * Escape a name for a message. If only backslashes would be escaped, and no x
 * follows one, the name stays as it is. Otherwise it is written like
 * escape_name_visible, but the second of two number signs is also written \x23.
 * (A :: is a command only at the start of a line, where a message never has a
 * name.) The middle of a long name is replaced by "...". Returns out->text.
 */
struct escaped_name {
	char text[256];
};
const char *escape_show(
	struct escaped_name *out, const char *bytes, size_t len);
const char *escape_show_str(struct escaped_name *out, const char *name);

#endif
