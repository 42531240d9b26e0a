/*
 * From the members of an archive to the objects of a build. A symbolic link may
 * point to a later member or to a folder, so this needs all members.
 */
#ifndef MANIFEST_ARCHIVE_LINKS_H
#define MANIFEST_ARCHIVE_LINKS_H

#include "manifest/archive_members.h"
#include "manifest/build_options.h"
#include "manifest/manifest.h"

/*
 * Add the objects below `root` (in normal form, "" for the whole archive) to a
 * manifest, with symbolic links followed. The members are sorted. Keys may be
 * borrowed from the members' arena, which the manifest must take over.
 * *missing is set if the content of an object was left unread.
 */
int archive_links_follow(const struct archive_members *members,
	const char *root, const struct build_options *options,
	struct manifest *manifest, bool *missing, struct err *err);

#endif
