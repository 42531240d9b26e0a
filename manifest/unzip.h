/* Reads a zip's members, in parts, with several threads. */
#ifndef MANIFEST_UNZIP_H
#define MANIFEST_UNZIP_H

#include <locale.h>

#include "manifest/extract.h"

/*
 * Read all members of the zip at `fd` (seekable; its position stays) into an
 * empty list, with up to as many threads as the choice's jobs, in the locale
 * `plain`. The error that is reported is that of the first member, whatever
 * the number of threads.
 */
int unzip_members(int fd, const struct extract_choice *choice, locale_t plain,
	struct members *members, struct err *err);

#endif
