/* Recognises files of other programs, so that a message can name them. */
#ifndef MANIFEST_SNIFF_H
#define MANIFEST_SNIFF_H

#include <stddef.h>

enum {
	SNIFF_MAX = 512, /* bytes needed from the start of a file */
};

/*
 * What a file that begins with these bytes looks like ("what hashdeep prints"),
 * or NULL if nothing is recognised. It is a guess, for a message only.
 */
const char *sniff_format(const char *head, size_t len);

#endif
