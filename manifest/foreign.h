/* Knows what other programs write about files, so that it can be named. */
#ifndef MANIFEST_FOREIGN_H
#define MANIFEST_FOREIGN_H

#include <stddef.h>

enum {
	FOREIGN_HEAD = 512, /* bytes of a file's beginning that suffice */
};

/*
 * What a file that begins like this looks like ("what sha256sum prints"), NULL
 * where nothing is recognised. It is a guess, for a message.
 */
const char *foreign_name(const char *head, size_t len);

#endif
