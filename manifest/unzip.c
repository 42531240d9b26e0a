/* Reads a zip's members, in parts, with several threads. */
#include "manifest/unzip.h"

#include <stdlib.h>

#include "base/thread_pool.h"
#include "manifest/zip_part.h"

enum {
	/*
	 * Where a part ends: with so many members, and so bounded memory, or
	 * so many bytes, and so all threads end at about the same time.
	 */
	PART_MEMBERS = 1024,
	PART_BYTES = 1024 * 1024,
};

struct unzip {
	int fd;
	const struct extract_choice *choice;
	locale_t plain;
	struct zip_names names;
	struct members *members; /* as many as there are names */
	pthread_mutex_t lock;
	size_t next; /* the first member of the next part */
	size_t failed; /* the first member of the first part that failed */
	struct err err; /* of it */
};

/* What one thread reads with. */
struct unzipper {
	struct unzip *unzip;
	struct extract extract;
	struct arena arena; /* names and targets */
};

/* Where the part that begins with a member ends. */
static size_t
part_end(const struct zip_names *names, size_t first)
{
	const struct zip_name *list = names->list;
	size_t end = first;

	while (end < names->count && end - first < PART_MEMBERS &&
		list[end].offset - list[first].offset < PART_BYTES)
		end++;
	return end;
}

/*
 * The members of the next part from *first on; their number, 0 at the end.
 * Behind a part that failed none is taken: those before it all are.
 */
static size_t
take_part(struct unzip *unzip, size_t *first)
{
	size_t end;

	pthread_mutex_lock(&unzip->lock);
	*first = end = unzip->next;
	if (*first < unzip->failed)
		end = unzip->next = part_end(&unzip->names, *first);
	pthread_mutex_unlock(&unzip->lock);
	return end - *first;
}

static void
keep_error(struct unzip *unzip, size_t first, const struct err *err)
{
	pthread_mutex_lock(&unzip->lock);
	if (first < unzip->failed) {
		unzip->failed = first;
		unzip->err = *err;
	}
	pthread_mutex_unlock(&unzip->lock);
}

static int
read_member(struct unzipper *u, size_t at, struct archive_entry *entry,
	struct err *err)
{
	struct member *member = &u->unzip->members->list[at];
	const char *name = u->unzip->names.list[at].name;

	member->name = name;
	if (!path_is_normal(name) &&
		path_normalise(&u->arena, name, &member->name, err) != 0)
		return -1;
	if (!member->name[0] && archive_entry_filetype(entry) != AE_IFDIR)
		return member_fail(name, "a file without a name", err);
	return extract_member(&u->extract, entry, member, &u->arena, err);
}

static int
read_members(struct unzipper *u, size_t first, size_t count, struct err *err)
{
	struct archive *archive = u->extract.archive;
	struct archive_entry *entry;
	size_t i;
	int rc;

	for (i = first; i < first + count; i++) {
		rc = archive_read_next_header(archive, &entry);
		if (rc == ARCHIVE_EOF)
			return err_set(err, ERR_INPUT, "members are missing");
		if (extract_is_failure(archive, rc))
			return extract_fail(archive,
				rc == ARCHIVE_WARN
					? u->unzip->names.list[i].name
					: NULL,
				err);
		if (read_member(u, i, entry, err) != 0)
			return -1;
	}
	return 0;
}

static int
read_part(struct unzipper *u, size_t first, size_t count, struct err *err)
{
	struct archive *archive = archive_read_new();
	struct zip_part part;
	int rc;

	if (!archive)
		return err_memory(err);
	u->extract.archive = archive;
	rc = zip_part_open(&part, archive, u->unzip->fd, &u->unzip->names,
		first, count, &u->extract.tally, err);
	if (rc == 0)
		rc = read_members(u, first, count, err);
	archive_read_free(archive);
	zip_part_release(&part);
	return rc;
}

/* One member of the pool. */
static void
work(void *context)
{
	struct unzipper *u = context;
	locale_t before = uselocale(u->unzip->plain);
	struct err err = ERR_INIT;
	size_t first, count;

	while ((count = take_part(u->unzip, &first)) > 0)
		if (read_part(u, first, count, &err) != 0)
			keep_error(u->unzip, first, &err);
	uselocale(before);
}

/* No more threads than there are parts. */
static size_t
pool_size(const struct zip_names *names, size_t jobs)
{
	size_t parts = names->count / PART_MEMBERS + 1;

	parts += (size_t)(names->directory / PART_BYTES);
	if (jobs > THREAD_POOL_MAX)
		jobs = THREAD_POOL_MAX;
	return jobs < 1 ? 1 : jobs < parts ? jobs : parts;
}

static int
read_with(struct unzip *unzip, struct unzipper *unzippers, size_t count,
	struct err *err)
{
	struct thread_pool pool;
	size_t i;

	for (i = 0; i < count; i++) {
		unzippers[i].unzip = unzip;
		arena_init(&unzippers[i].arena);
		if (extract_init(&unzippers[i].extract, unzip->choice, err) !=
			0)
			return -1;
	}
	thread_pool_init(&pool);
	thread_pool_run(&pool, count, work, unzippers, sizeof(*unzippers));
	thread_pool_release(&pool);
	if (unzip->failed == SIZE_MAX)
		return 0;
	*err = unzip->err;
	return -1;
}

static int
read_names(struct unzip *unzip, struct err *err)
{
	struct members *members = unzip->members;
	struct unzipper *unzippers;
	size_t count, i;
	int rc;

	if (zip_names_read(&unzip->names, unzip->fd, err) != 0 ||
		members_make(members, unzip->names.count, err) != 0)
		return -1;
	if (unzip->names.count > 0)
		progress_expect(unzip->choice->options->progress,
			unzip->names.directory - unzip->names.list[0].offset);
	count = pool_size(&unzip->names, unzip->choice->options->jobs);
	unzippers = calloc(count, sizeof(*unzippers));
	if (!unzippers)
		return err_memory(err);
	rc = read_with(unzip, unzippers, count, err);
	for (i = 0; i < count; i++) {
		arena_join(&members->arena, &unzippers[i].arena);
		extract_release(&unzippers[i].extract);
	}
	free(unzippers);
	return rc;
}

int
unzip_members(int fd, const struct extract_choice *choice, locale_t plain,
	struct members *members, struct err *err)
{
	struct unzip unzip = {.fd = fd,
		.choice = choice,
		.plain = plain,
		.members = members,
		.failed = SIZE_MAX};
	int rc;

	pthread_mutex_init(&unzip.lock, NULL);
	rc = read_names(&unzip, err);
	pthread_mutex_destroy(&unzip.lock);
	arena_join(&members->arena, &unzip.names.arena);
	zip_names_release(&unzip.names);
	return rc;
}
