/*
 * Reads one member of an archive with libarchive: its kind, and the fingerprint
 * of its content, hashed while it is decompressed.
 *
 * libarchive converts names according to the thread's locale: callers set the C
 * locale, in which names are plain bytes.
 */
#ifndef MANIFEST_ARCHIVE_MEMBER_H
#define MANIFEST_ARCHIVE_MEMBER_H

#include <archive.h>
#include <archive_entry.h>
#include <stdatomic.h>

#include "base/tally.h"
#include "manifest/archive_members.h"
#include "manifest/build_options.h"
#include "manifest/fingerprint.h"
#include "manifest/lfs_pointer.h"

/* What the threads that read one archive have read together. */
struct archive_total {
	atomic_uint_fast64_t bytes; /* of content, including holes */
};

/* Which members' content is read. */
struct archive_selection {
	struct archive_total *total; /* borrowed */
	const struct build_options *options; /* its shard, progress and jobs */
	const char *root; /* of the build in the archive, in normal form */
	bool all; /* the content of other shards too */
};

/* The state of one thread that reads members. */
struct archive_member_reader {
	struct archive *archive; /* borrowed; set by the caller */
	const struct archive_selection *selection; /* borrowed */
	struct fingerprint fingerprint;

	/* the first bytes of the current member */
	char start[LFS_POINTER_START];
	size_t start_len;

	/*
	 * Counts files and, if `counts_bytes`, the bytes of the archive that
	 * libarchive has read; `taken` of them have been counted. The rest is
	 * added to the progress on release.
	 */
	struct tally tally;
	bool counts_bytes;
	int64_t taken;
};

int archive_member_reader_init(struct archive_member_reader *reader,
	const struct archive_selection *selection, struct err *err);
void archive_member_reader_release(struct archive_member_reader *reader);

/*
 * Fill in the rest of a member whose name is set, without the content if that
 * is not selected. A link's target is copied into `arena`. The member must not
 * be a hard link, whose content libarchive does not provide. Errors name the
 * member.
 */
int archive_member_read(struct archive_member_reader *reader,
	struct archive_entry *entry, struct archive_member *member,
	struct arena *arena, struct err *err);

#endif
