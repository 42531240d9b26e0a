/* Reads one member of an archive. */
#include "manifest/archive_member.h"

#include <string.h>

#include "base/tally.h"
#include "manifest/archive_path.h"
#include "manifest/content_observer.h"
#include "manifest/libarchive.h"

enum {
	/* A hole is hashed as pieces of this many zeros. */
	ZEROS = 256 * 1024,
};

/*
 * Bytes of content in an archive, all members together: a small one can claim
 * more than any disk holds, in holes or by compression, and every byte has to be
 * hashed. No site is as large.
 */
#define ARCHIVE_BYTES_MAX (1ULL << 40)

int
archive_member_reader_init(struct archive_member_reader *reader,
	const struct archive_selection *selection, struct err *err)
{
	*reader = (struct archive_member_reader){.selection = selection,
		.tally = {.progress = selection->options->progress}};
	return fingerprint_init(&reader->fingerprint, err);
}

void
archive_member_reader_release(struct archive_member_reader *reader)
{
	tally_add(&reader->tally);
	fingerprint_release(&reader->fingerprint);
}

static void
add_bytes(struct archive_member_reader *reader, const void *data, size_t len)
{
	const struct content_observer *observer =
		reader->selection->options->observer;

	fingerprint_add(&reader->fingerprint, data, len);
	if (observer)
		observer->add(observer->context, data, len);
}

static void
add_zeros(struct archive_member_reader *reader, int64_t count)
{
	static const char zeros[ZEROS];

	while (count > 0) {
		size_t now = count < ZEROS ? (size_t)count : ZEROS;

		add_bytes(reader, zeros, now);
		count -= (int64_t)now;
	}
}

static void
count_bytes(struct archive_member_reader *reader)
{
	int64_t now;

	if (!reader->counts_bytes || !reader->tally.progress)
		return;
	now = archive_filter_bytes(reader->archive, -1);
	if (now <= reader->taken)
		return;
	tally_bytes(&reader->tally, (uint64_t)(now - reader->taken));
	reader->taken = now;
}

/* A block can end within the first bytes. */
static void
note_start(struct archive_member_reader *reader, const char *block, size_t len)
{
	size_t room = sizeof(reader->start) - reader->start_len;

	if (len > room)
		len = room;
	if (len > 0)
		memcpy(reader->start + reader->start_len, block, len);
	reader->start_len += len;
}

/* Add to the archive's total, before the bytes are hashed. */
static int
claim_bytes(const struct archive_member_reader *reader, const char *name,
	uint64_t count, struct err *err)
{
	struct archive_total *total = reader->selection->total;

	if (count <= ARCHIVE_BYTES_MAX &&
		atomic_fetch_add(&total->bytes, count) <=
			ARCHIVE_BYTES_MAX - count)
		return 0;
	return archive_path_fail(name,
		"with this member, the archive has more than the limit of 1 "
		"TiB of content",
		err);
}

static int
fail_size(const char *name, struct err *err)
{
	return archive_path_fail(
		name, "fewer or more bytes than the archive says", err);
}

/*
 * Hash all blocks of data; *size is the offset at which the last one ends. If
 * the archive says how many bytes there are, `end` is that number, which has
 * been claimed; otherwise it is -1.
 */
static int
hash_blocks(struct archive_member_reader *reader, const char *name, int64_t end,
	int64_t *size, struct err *err)
{
	const void *block;
	int64_t offset, next;
	size_t len;
	int rc;

	*size = 0;
	reader->start_len = 0;
	fingerprint_start(&reader->fingerprint);
	for (;;) {
		rc = archive_read_data_block(
			reader->archive, &block, &len, &offset);
		if (rc == ARCHIVE_EOF)
			return 0;
		if (rc != ARCHIVE_OK)
			return libarchive_fail(reader->archive, name, err);
		if (offset < *size || len > INT64_MAX - (uint64_t)offset)
			return archive_path_fail(name, "damaged", err);
		next = offset + (int64_t)len;
		if (end >= 0 && next > end)
			return fail_size(name, err);
		if (end < 0 && claim_bytes(reader, name,
				       (uint64_t)(next - *size), err) != 0)
			return -1;
		add_zeros(reader, offset - *size);
		add_bytes(reader, block, len);
		note_start(reader, block, len);
		count_bytes(reader);
		*size = next;
	}
}

/* Hash a member's data, which must have the size that the archive says. */
static int
hash_data(struct archive_member_reader *reader, struct archive_entry *entry,
	struct archive_member *member, struct err *err)
{
	const struct content_observer *observer =
		reader->selection->options->observer;
	bool is_set = archive_entry_size_is_set(entry);
	int64_t size, end = is_set ? archive_entry_size(entry) : -1;

	if (is_set && end < 0)
		return archive_path_fail(member->name, "damaged", err);
	if (is_set &&
		claim_bytes(reader, member->name, (uint64_t)end, err) != 0)
		return -1;
	if (observer)
		observer->begin(observer->context, end);
	if (hash_blocks(reader, member->name, end, &size, err) != 0)
		return -1;
	if (is_set && archive_entry_sparse_count(entry) > 0 && size < end) {
		add_zeros(reader, end - size);
		size = end;
	}
	if (is_set && size != end)
		return fail_size(member->name, err);
	member->size = (uint64_t)size;
	member->lfs_pointer =
		lfs_pointer_is(reader->start, reader->start_len, member->size);
	fingerprint_finish(&reader->fingerprint, member->fingerprint);
	if (observer)
		observer->end(observer->context, member->fingerprint);
	return 0;
}

static int
read_link(struct archive_member *member, const char *target,
	struct arena *arena, struct err *err)
{
	member->kind = MEMBER_SYMLINK;
	if (!target || !*target)
		return archive_path_fail(member->name,
			"a symbolic link whose target cannot be read", err);
	member->target = arena_copy(arena, target, strlen(target));
	return member->target ? 0 : err_memory(err);
}

/*
 * Does the member's own name belong to the shard? A link's name may belong to it
 * too. Members that are not below the root have a shard as well: only that one
 * reports what is wrong with them.
 */
static bool
is_wanted(const struct archive_selection *selection, const char *name)
{
	const char *key = archive_path_below(selection->root, name);

	if (!key)
		key = name;
	return selection->all ||
	       build_has(selection->options, key, strlen(key));
}

int
archive_member_read(struct archive_member_reader *reader,
	struct archive_entry *entry, struct archive_member *member,
	struct arena *arena, struct err *err)
{
	count_bytes(reader);
	switch (archive_entry_filetype(entry)) {
	case AE_IFREG:
		member->kind = MEMBER_FILE;
		member->unread = !is_wanted(reader->selection, member->name);
		if (member->unread)
			return 0;
		tally_file(&reader->tally);
		return hash_data(reader, entry, member, err);
	case AE_IFDIR:
		member->kind = MEMBER_FOLDER;
		return 0;
	case AE_IFLNK:
		return read_link(
			member, archive_entry_symlink(entry), arena, err);
	default:
		member->kind = MEMBER_OTHER;
		return 0;
	}
}
