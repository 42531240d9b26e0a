/*
 * The name of a member of a zip, decoded.
 *
 * The format has three encodings (PKWARE's APPNOTE.TXT, 4.4.17, 4.6.9 and
 * appendix D). In this order:
 *
 * - an Info-ZIP Unicode Path extra field (0x7075) has the name in UTF-8, if its
 *   CRC-32 is that of the name in the header, which it replaces;
 * - with the language encoding flag, the name is UTF-8;
 * - otherwise it is in IBM code page 437.
 *
 * The exception is a zip that was made on Unix or macOS: their programs store a
 * name's own bytes without the flag, and unzip creates a file of that name. So
 * do names from a folder of such a zip keep their bytes.
 */
#ifndef MANIFEST_ZIP_NAME_H
#define MANIFEST_ZIP_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/* What a member's header in the central directory says about its name. */
struct zip_name_record {
	const char *bytes;
	size_t len;
	const unsigned char *extra; /* all extra fields */
	size_t extra_len;
	unsigned char host; /* the system that made it, APPNOTE.TXT 4.4.2 */
	bool is_utf8; /* the language encoding flag */
};

/*
 * Decode a name into the arena. ERR_INPUT if it contains a NUL or a backslash,
 * whatever the system: on Windows that is a separator, so programs disagree on
 * which file it names.
 */
int zip_name_decode(const struct zip_name_record *record, struct arena *arena,
	const char **name, struct err *err);

#endif
