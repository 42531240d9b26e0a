/* Divides a zip into parts, and reads them with several threads. */
#include "manifest/zip_parallel.h"

#include <stdlib.h>

#include "base/thread_pool.h"
#include "manifest/archive_path.h"
#include "manifest/libarchive.h"
#include "manifest/zip_part.h"

enum {
	/*
	 * A part ends after this many members, which bounds the memory, or
	 * after this many bytes, so that all threads end at about the same
	 * time.
	 */
	PART_MEMBERS = 1024,
	PART_BYTES = 1024 * 1024,
};

struct zip_parallel {
	int fd;
	const struct archive_selection *selection;
	locale_t plain;
	struct zip_directory directory;
	struct archive_members *members; /* one for each entry */
	pthread_mutex_t lock;
	size_t next; /* the first member of the next part */
	size_t failed; /* the first member of the first part that failed */
	struct err err; /* why it failed */
};

/* The state of one thread. */
struct zip_worker {
	struct zip_parallel *zip;
	struct archive_member_reader reader;
	struct arena arena; /* names and targets */
};

/* The end of the part that begins with member `first`. */
static size_t
part_end(const struct zip_directory *directory, size_t first)
{
	const struct zip_entry *list = directory->list;
	size_t end = first;

	while (end < directory->count && end - first < PART_MEMBERS &&
		list[end].offset - list[first].offset < PART_BYTES)
		end++;
	return end;
}

/*
 * Take the next part and set *first to its first member. Returns the number of
 * its members, 0 at the end. Parts are taken in order, and none after one that
 * has failed.
 */
static size_t
take_part(struct zip_parallel *zip, size_t *first)
{
	size_t end;

	pthread_mutex_lock(&zip->lock);
	*first = end = zip->next;
	if (*first < zip->failed)
		end = zip->next = part_end(&zip->directory, *first);
	pthread_mutex_unlock(&zip->lock);
	return end - *first;
}

static void
keep_error(struct zip_parallel *zip, size_t first, const struct err *err)
{
	pthread_mutex_lock(&zip->lock);
	if (first < zip->failed) {
		zip->failed = first;
		zip->err = *err;
	}
	pthread_mutex_unlock(&zip->lock);
}

static int
read_member(struct zip_worker *w, size_t at, struct archive_entry *entry,
	struct err *err)
{
	const struct zip_directory *directory = &w->zip->directory;
	struct archive_member *member = &w->zip->members->list[at];
	const char *name = directory->list[at].name;

	member->name = name;
	if (!archive_path_is_normal(name) &&
		archive_path_normalise(&w->arena, name, &member->name, err) !=
			0)
		return -1;
	if (!member->name[0] && archive_entry_filetype(entry) != AE_IFDIR)
		return archive_path_fail(name, "a file without a name", err);
	if (archive_member_read(&w->reader, entry, member, &w->arena, err) != 0)
		return -1;
	/* the directory may say less than what was unpacked */
	if (archive_filter_bytes(w->reader.archive, 0) >
		(int64_t)zip_directory_end(directory, at))
		return zip_directory_fail_overlap(&directory->list[at], err);
	return 0;
}

static int
read_members(struct zip_worker *w, size_t first, size_t count, struct err *err)
{
	struct archive *archive = w->reader.archive;
	struct archive_entry *entry;
	size_t i;
	int rc;

	for (i = first; i < first + count; i++) {
		rc = archive_read_next_header(archive, &entry);
		if (rc == ARCHIVE_EOF)
			return err_set(err, ERR_INPUT, "members are missing");
		if (libarchive_is_failure(archive, rc))
			return libarchive_fail(archive,
				rc == ARCHIVE_WARN
					? w->zip->directory.list[i].name
					: NULL,
				err);
		if (read_member(w, i, entry, err) != 0)
			return -1;
	}
	return 0;
}

static int
read_part(struct zip_worker *w, size_t first, size_t count, struct err *err)
{
	struct archive *archive = archive_read_new();
	struct zip_part part;
	int rc;

	if (!archive)
		return err_memory(err);
	w->reader.archive = archive;
	rc = zip_part_open(&part, archive, w->zip->fd, &w->zip->directory,
		first, count, &w->reader.tally, err);
	if (rc == 0)
		rc = read_members(w, first, count, err);
	archive_read_free(archive);
	zip_part_release(&part);
	return rc;
}

/* One thread of the pool. */
static void
read_parts(void *context)
{
	struct zip_worker *w = context;
	locale_t before = uselocale(w->zip->plain);
	struct err err = ERR_INIT;
	size_t first, count;

	while ((count = take_part(w->zip, &first)) > 0)
		if (read_part(w, first, count, &err) != 0)
			keep_error(w->zip, first, &err);
	uselocale(before);
}

/* At most one thread for each part. */
static size_t
pool_size(const struct zip_directory *directory, size_t jobs)
{
	size_t parts = directory->count / PART_MEMBERS + 1;

	parts += (size_t)(directory->offset / PART_BYTES);
	if (jobs > THREAD_POOL_MAX)
		jobs = THREAD_POOL_MAX;
	return jobs < 1 ? 1 : jobs < parts ? jobs : parts;
}

static int
read_in_threads(struct zip_parallel *zip, struct zip_worker *workers,
	size_t count, struct err *err)
{
	struct thread_pool pool;
	size_t i;

	for (i = 0; i < count; i++) {
		workers[i].zip = zip;
		arena_init(&workers[i].arena);
		if (archive_member_reader_init(
			    &workers[i].reader, zip->selection, err) != 0)
			return -1;
	}
	thread_pool_init(&pool);
	thread_pool_run(&pool, count, read_parts, workers, sizeof(*workers));
	thread_pool_release(&pool);
	if (zip->failed == SIZE_MAX)
		return 0;
	*err = zip->err;
	return -1;
}

static int
read_all(struct zip_parallel *zip, struct err *err)
{
	struct archive_members *members = zip->members;
	struct zip_worker *workers;
	size_t count, i;
	int rc;

	if (zip_directory_read(&zip->directory, zip->fd, err) != 0 ||
		archive_members_make(members, zip->directory.count, err) != 0)
		return -1;
	if (zip->directory.count > 0)
		progress_expect(zip->selection->options->progress,
			zip->directory.offset - zip->directory.list[0].offset);
	count = pool_size(&zip->directory, zip->selection->options->jobs);
	workers = calloc(count, sizeof(*workers));
	if (!workers)
		return err_memory(err);
	rc = read_in_threads(zip, workers, count, err);
	for (i = 0; i < count; i++) {
		arena_join(&members->arena, &workers[i].arena);
		archive_member_reader_release(&workers[i].reader);
	}
	free(workers);
	return rc;
}

int
zip_parallel_read(int fd, const struct archive_selection *selection,
	locale_t plain, struct archive_members *members, struct err *err)
{
	struct zip_parallel zip = {.fd = fd,
		.selection = selection,
		.plain = plain,
		.members = members,
		.failed = SIZE_MAX};
	int rc;

	pthread_mutex_init(&zip.lock, NULL);
	rc = read_all(&zip, err);
	pthread_mutex_destroy(&zip.lock);
	arena_join(&members->arena, &zip.directory.arena);
	zip_directory_release(&zip.directory);
	return rc;
}
