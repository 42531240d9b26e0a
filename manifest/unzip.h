/* Reads a zip's members, in parts, with several threads. */
#ifndef MANIFEST_UNZIP_H
#define MANIFEST_UNZIP_H

#include <locale.h>

#include "manifest/members.h"

/*
 * Read all members of the zip at `fd` (seekable; its position stays) into an
 * empty list, with up to `jobs` threads in the locale `plain`. The error that
 * is reported is that of the first member, whatever the number of threads.
 */
int unzip_members(int fd, size_t jobs, locale_t plain, struct members *members,
	struct err *err);

#endif
