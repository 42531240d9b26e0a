/*
 * Reads one member of an archive with libarchive: what it is, and its
 * content's fingerprint, hashed as it passes by.
 *
 * libarchive takes characters from the thread's locale: a caller sets C's,
 * where a name is its own bytes.
 */
#ifndef MANIFEST_EXTRACT_H
#define MANIFEST_EXTRACT_H

#include <archive.h>
#include <archive_entry.h>

#include "base/tally.h"
#include "manifest/build.h"
#include "manifest/fingerprint.h"
#include "manifest/members.h"

/* What is read of an archive. */
struct extract_choice {
	const struct build_options *options; /* of them the shard, and jobs */
	const char *root; /* where the build is in it, normalised */
	bool all; /* of other shards the content too */
};

struct extract {
	struct archive *archive; /* the caller's */
	const struct extract_choice *choice; /* the caller's */
	struct fingerprint fingerprint;

	/*
	 * Counts files, and with `counts_bytes` the archive's bytes that
	 * libarchive has taken, of which `taken` are counted. All is told at
	 * the release.
	 */
	struct tally tally;
	bool counts_bytes;
	int64_t taken;
};

int extract_init(struct extract *extract, const struct extract_choice *choice,
	struct err *err);
void extract_release(struct extract *extract);

/*
 * Set all of a named member but its name, or leave its content unread; a
 * link's target comes from `arena`. A hard link is not for this: libarchive
 * does not read what it stands for.
 */
int extract_member(struct extract *extract, struct archive_entry *entry,
	struct member *member, struct arena *arena, struct err *err);

/* After opening failed: because libarchive does not know the format? */
bool extract_is_unknown(struct archive *archive);

/* ERR_INPUT: what libarchive says is wrong, of a member or (NULL) at all. */
int extract_fail(struct archive *archive, const char *name, struct err *err);

/*
 * Did reading a header fail? A name that could not be turned into characters
 * is all right; any other warning is a failure.
 */
bool extract_is_failure(struct archive *archive, int rc);

#endif
