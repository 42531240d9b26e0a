/* Reads the members of a zip in parts, with several threads. */
#ifndef MANIFEST_ZIP_PARALLEL_H
#define MANIFEST_ZIP_PARALLEL_H

#include "base/portable.h"
#include "manifest/archive_member.h"

/*
 * Read all members of the zip at `fd` (seekable; its position stays) into an
 * empty list, with up to as many threads as the options' jobs, in the locale
 * `plain`. If several members fail, the error reported is that of the first,
 * whatever the number of threads.
 */
int zip_parallel_read(int fd, const struct archive_selection *selection,
	locale_t plain, struct archive_members *members, struct err *err);

#endif
