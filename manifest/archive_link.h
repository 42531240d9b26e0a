/* Follows one symbolic link of an archive, as a file system would. */
#ifndef MANIFEST_ARCHIVE_LINK_H
#define MANIFEST_ARCHIVE_LINK_H

#include "base/buf.h"
#include "manifest/archive_members.h"

/*
 * Follow the symbolic link `member`, and further links, to a name that is not a
 * link, which the empty buffer `out` receives; it may not exist. ERR_INPUT names
 * the link if it leads out of the archive, through something that is not a
 * folder, or in a cycle.
 */
int archive_link_resolve(const struct archive_members *members,
	const struct archive_member *member, struct buf *out, struct err *err);

#endif
