/*
 * The least that reading a tree can cost, to hold edgediff against.
 *
 *	bare hash THREADS FOLDER	open, read and hash every file
 *	bare stat THREADS FOLDER	walk, and stat every file
 *
 * No manifest, no order, no links, no change while reading is noticed, names
 * relative to their folders. Each thread takes a folder from a pile and reads
 * its files, and shares them with no other: give it a tree of many folders, and
 * large files each in a folder of its own. Prints the number of files, and the
 * exclusive or of all hashes.
 */
#define _GNU_SOURCE /* asprintf, readdir's types */
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { PIECE = 256 * 1024, THREADS_MAX = 256 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static char **pile;
static size_t piled, room;
static unsigned threads, waiting;
static bool hashes, done;
static atomic_ullong files, sum;

static void
push(const char *above, const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s", above, name) < 0)
		err(1, "memory");
	pthread_mutex_lock(&lock);
	if (piled == room) {
		room = room ? 2 * room : 64;
		pile = realloc(pile, room * sizeof(*pile));
		if (!pile)
			err(1, "memory");
	}
	pile[piled++] = path;
	pthread_cond_signal(&more);
	pthread_mutex_unlock(&lock);
}

static char *
take(void)
{
	char *path = NULL;

	pthread_mutex_lock(&lock);
	waiting++;
	while (piled == 0 && !done) {
		if (waiting == threads) {
			done = true;
			pthread_cond_broadcast(&more);
		} else {
			pthread_cond_wait(&more, &lock);
		}
	}
	waiting--;
	if (piled > 0)
		path = pile[--piled];
	pthread_mutex_unlock(&lock);
	return path;
}

static unsigned long long
hash_file(int folder, const char *name, char *piece, XXH3_state_t *state)
{
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
	XXH128_hash_t hash;
	struct stat st;
	ssize_t got;

	if (fd < 0 || fstat(fd, &st) != 0)
		err(1, "%s", name);
	if (st.st_size < PIECE) {
		got = read(fd, piece, PIECE);
		if (got < 0)
			err(1, "%s", name);
		hash = XXH3_128bits(piece, (size_t)got);
	} else {
		XXH3_128bits_reset(state);
		while ((got = read(fd, piece, PIECE)) > 0)
			XXH3_128bits_update(state, piece, (size_t)got);
		if (got < 0)
			err(1, "%s", name);
		hash = XXH3_128bits_digest(state);
	}
	close(fd);
	return hash.low64;
}

static void
read_folder(const char *path, char *piece, XXH3_state_t *state)
{
	DIR *stream = opendir(path);
	unsigned long long count = 0, all = 0;
	struct dirent *entry;
	struct stat st;

	if (!stream)
		err(1, "%s", path);
	while ((entry = readdir(stream))) {
		if (strcmp(entry->d_name, ".") == 0 ||
			strcmp(entry->d_name, "..") == 0)
			continue;
		if (entry->d_type == DT_DIR) {
			push(path, entry->d_name);
			continue;
		}
		count++;
		if (hashes)
			all ^= hash_file(
				dirfd(stream), entry->d_name, piece, state);
		else if (fstatat(dirfd(stream), entry->d_name, &st,
				 AT_SYMLINK_NOFOLLOW) != 0)
			err(1, "%s", entry->d_name);
	}
	closedir(stream);
	files += count;
	sum ^= all;
}

static void *
work(void *unused)
{
	char *piece = malloc(PIECE), *path;
	XXH3_state_t *state = XXH3_createState();

	if (!piece || !state)
		err(1, "memory");
	while ((path = take())) {
		read_folder(path, piece, state);
		free(path);
	}
	free(piece);
	XXH3_freeState(state);
	return unused;
}

int
main(int argc, char **argv)
{
	pthread_t others[THREADS_MAX];
	unsigned i;

	if (argc != 4)
		errx(2, "usage: bare hash|stat THREADS FOLDER");
	hashes = strcmp(argv[1], "hash") == 0;
	threads = (unsigned)atoi(argv[2]);
	if (threads < 1 || threads > THREADS_MAX)
		errx(2, "1 to %d threads", THREADS_MAX);
	push(argv[3], ".");
	for (i = 1; i < threads; i++)
		if (pthread_create(&others[i], NULL, work, NULL) != 0)
			err(1, "thread");
	work(NULL);
	for (i = 1; i < threads; i++)
		pthread_join(others[i], NULL);
	printf("%llu files, %016llx\n", (unsigned long long)files,
		(unsigned long long)sum);
	return 0;
}
