/*
 * From an archive's members to a build's objects: since a symbolic link may
 * point forward, and at folders, this is done when all members are known.
 */
#ifndef MANIFEST_LINKS_H
#define MANIFEST_LINKS_H

#include "manifest/build.h"
#include "manifest/members.h"

/*
 * Add the objects that the members (sorted) below `root` (normalised, "" for
 * the whole archive) stand for, links followed, to a manifest. Keys are in the
 * members' arena where they can be: the manifest is to have it. *missing: the
 * content of one of them was left unread.
 */
int links_follow(const struct members *members, const char *root,
	const struct build_options *options, struct manifest *manifest,
	bool *missing, struct err *err);

#endif
