/* Reads one member of an archive. */
#include "manifest/extract.h"

#include <string.h>

#include "base/escape.h"
#include "base/tally.h"

enum {
	/* Holes are hashed in pieces of so many zeros. */
	ZEROS = 256 * 1024,
};

/*
 * Largest member: a sparse one can claim more than any disk holds, and every
 * byte of a hole has to be hashed.
 */
#define MEMBER_MAX (1LL << 40)

int
extract_init(struct extract *extract, const struct extract_choice *choice,
	struct err *err)
{
	*extract = (struct extract){.choice = choice,
		.tally = {.progress = choice->options->progress}};
	return fingerprint_init(&extract->fingerprint, err);
}

void
extract_release(struct extract *extract)
{
	tally_add(&extract->tally);
	fingerprint_release(&extract->fingerprint);
}

bool
extract_is_unknown(struct archive *archive)
{
	const char *what = archive_error_string(archive);

	return what && strcmp(what, "Unrecognized archive format") == 0;
}

int
extract_fail(struct archive *archive, const char *name, struct err *err)
{
	const char *what = archive_error_string(archive);
	struct escaped_name shown, shown_what;

	if (extract_is_unknown(archive))
		what = "neither a folder, a manifest, a baseline nor an "
		       "archive that can be read (tar or zip; plain, gzip, "
		       "bzip2, xz or zstd)";
	if (!what)
		what = "libarchive gives no reason";
	escape_show_str(&shown_what, what);
	if (!name)
		return err_set(err, ERR_INPUT, "%s", shown_what.text);
	return err_set(err, ERR_INPUT, "%s: %s", escape_show_str(&shown, name),
		shown_what.text);
}

bool
extract_is_failure(struct archive *archive, int rc)
{
	const char *what = archive_error_string(archive);

	if (rc == ARCHIVE_OK)
		return false;
	return rc != ARCHIVE_WARN || !what ||
	       (!strstr(what, "can't be converted") &&
		       !strstr(what, "cannot be converted"));
}

static void
add_zeros(struct fingerprint *f, int64_t count)
{
	static const char zeros[ZEROS];

	while (count > 0) {
		size_t now = count < ZEROS ? (size_t)count : ZEROS;

		fingerprint_add(f, zeros, now);
		count -= (int64_t)now;
	}
}

static void
count_bytes(struct extract *extract)
{
	int64_t now;

	if (!extract->counts_bytes || !extract->tally.progress)
		return;
	now = archive_filter_bytes(extract->archive, -1);
	if (now <= extract->taken)
		return;
	tally_bytes(&extract->tally, (uint64_t)(now - extract->taken));
	extract->taken = now;
}

/* Hash what blocks of data there are; *size is where the last one ends. */
static int
hash_blocks(struct extract *extract, const char *name, int64_t *size,
	struct err *err)
{
	const void *block;
	int64_t offset;
	size_t len;
	int rc;

	*size = 0;
	fingerprint_start(&extract->fingerprint);
	for (;;) {
		rc = archive_read_data_block(
			extract->archive, &block, &len, &offset);
		if (rc == ARCHIVE_EOF)
			return 0;
		if (rc != ARCHIVE_OK)
			return extract_fail(extract->archive, name, err);
		if (offset < *size || offset > MEMBER_MAX ||
			len > (size_t)MEMBER_MAX)
			return member_fail(name, "damaged", err);
		add_zeros(&extract->fingerprint, offset - *size);
		fingerprint_add(&extract->fingerprint, block, len);
		count_bytes(extract);
		*size = offset + (int64_t)len;
	}
}

/* Hash a member's data; holes are zeros; as many bytes as it says it has. */
static int
hash_data(struct extract *extract, struct archive_entry *entry,
	struct member *member, struct err *err)
{
	bool is_set = archive_entry_size_is_set(entry);
	int64_t size, end = is_set ? archive_entry_size(entry) : 0;

	if (end > MEMBER_MAX)
		return member_fail(member->name,
			"larger than the limit of 1 TiB for a member", err);
	if (hash_blocks(extract, member->name, &size, err) != 0)
		return -1;
	if (is_set && archive_entry_sparse_count(entry) > 0 && size < end) {
		add_zeros(&extract->fingerprint, end - size);
		size = end;
	}
	if (is_set && size != end)
		return member_fail(member->name,
			"fewer or more bytes than the archive says", err);
	member->size = (uint64_t)size;
	fingerprint_finish(&extract->fingerprint, member->fingerprint);
	return 0;
}

static int
read_link(struct member *member, const char *target, struct arena *arena,
	struct err *err)
{
	member->kind = MEMBER_SYMLINK;
	if (!target)
		return member_fail(member->name,
			"a symbolic link whose target can't be read", err);
	member->target = arena_copy(arena, target, strlen(target));
	return member->target ? 0 : err_memory(err);
}

/*
 * Is it of the shard by its own name? By a link's it may be too. What is not
 * below the root has a shard as well, which tells what is wrong with it.
 */
static bool
is_wanted(const struct extract_choice *choice, const char *name)
{
	const char *key = path_below(choice->root, name);

	if (!key)
		key = name;
	return choice->all || build_has(choice->options, key, strlen(key));
}

int
extract_member(struct extract *extract, struct archive_entry *entry,
	struct member *member, struct arena *arena, struct err *err)
{
	count_bytes(extract);
	switch (archive_entry_filetype(entry)) {
	case AE_IFREG:
		member->kind = MEMBER_FILE;
		member->unread = !is_wanted(extract->choice, member->name);
		if (member->unread)
			return 0;
		tally_file(&extract->tally);
		return hash_data(extract, entry, member, err);
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
