/* Opens the folders of a walk, and keeps some of their descriptors open. */
#include "manifest/walk_folders.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
walk_folders_init(struct walk_folders *folders)
{
	*folders = (struct walk_folders){.kept = 0};
	pthread_mutex_init(&folders->lock, NULL);
}

static void
close_stream(DIR *stream, int fd)
{
	if (stream)
		closedir(stream);
	else if (fd >= 0)
		close(fd);
}

/* Remove a folder from the list of kept ones. */
static void
unlist(struct walk_folders *folders, struct walk_folder *folder)
{
	if (folder->older)
		folder->older->newer = folder->newer;
	else
		folders->oldest = folder->newer;
	if (folder->newer)
		folder->newer->older = folder->older;
	else
		folders->newest = folder->older;
	folder->older = folder->newer = NULL;
	folders->kept--;
}

void
walk_folder_close(struct walk_folder *folder)
{
	close_stream(folder->stream, folder->fd);
	folder->stream = NULL;
	folder->fd = -1;
}

static void
keep(struct walk_folders *folders, struct walk_folder *folder)
{
	struct walk_folder *oldest;

	folder->older = folders->newest;
	folder->newer = NULL;
	if (folders->newest)
		folders->newest->newer = folder;
	else
		folders->oldest = folder;
	folders->newest = folder;
	if (++folders->kept <= WALK_FOLDERS_KEPT)
		return;
	oldest = folders->oldest;
	unlist(folders, oldest);
	walk_folder_close(oldest);
}

/* After a failed walk some folders are still kept. */
void
walk_folders_release(struct walk_folders *folders)
{
	struct walk_folder *folder;

	while ((folder = folders->oldest)) {
		unlist(folders, folder);
		walk_folder_close(folder);
	}
	pthread_mutex_destroy(&folders->lock);
}

int
walk_folder_open_below(int top, const char *path)
{
	char name[NAME_MAX + 1];
	int fd = openat(top, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), next;
	size_t len;

	while (fd >= 0 && *path) {
		len = strcspn(path, "/");
		if (len > NAME_MAX) {
			close(fd);
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(name, path, len);
		name[len] = '\0';
		next = openat(fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		close(fd);
		fd = next;
		path += len;
		path += strspn(path, "/");
	}
	return fd;
}

static int
open_in(int above, const struct walk_folder *folder)
{
	return openat(above, folder->name,
		O_RDONLY | O_DIRECTORY | O_CLOEXEC |
			(folder->link ? 0 : O_NOFOLLOW));
}

/* Open a folder that was open before; it must still be the same one. */
static int
open_again(int above, const struct walk_folder *folder)
{
	int fd = open_in(above, folder);
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && st.st_dev == folder->device &&
		st.st_ino == folder->inode)
		return fd;
	close(fd);
	errno = ESTALE;
	return -1;
}

/*
 * Open a folder again, with the lock held. This starts at the nearest open
 * folder above it; the folders in between are kept if tasks need them.
 */
static int
reopen(struct walk_folders *folders, struct walk_folder *folder)
{
	struct walk_folder **chain, *above;
	size_t count = 1, i;
	int fd = -1, last;

	for (above = folder->above; above->fd < 0; above = above->above)
		count++;
	chain = calloc(count, sizeof(struct walk_folder *));
	if (!chain)
		return -1;
	for (i = count; i-- > 0; folder = folder->above)
		chain[i] = folder;
	last = above->fd;
	for (i = 0; i < count; i++) {
		fd = open_again(last, chain[i]);
		/* only now: keeping one may close another, even `above` */
		if (i > 0 && chain[i - 1]->reserved > 0) {
			chain[i - 1]->fd = last;
			keep(folders, chain[i - 1]);
		} else if (i > 0) {
			close(last);
		}
		if (fd < 0)
			break;
		last = fd;
	}
	free(chain);
	return fd;
}

int
walk_folder_open(struct walk_folders *folders, struct walk_folder *folder)
{
	struct stat st;
	int above = walk_folder_take(folders, folder->above), fd;

	if (above < 0)
		return -1;
	fd = open_in(above, folder);
	walk_folder_give_back(folders, folder->above);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) != 0) {
		close(fd);
		return -1;
	}
	folder->device = st.st_dev;
	folder->inode = st.st_ino;
	folder->fd = fd;
	folder->users = 1;
	return 0;
}

void
walk_folder_reserve(struct walk_folders *folders, struct walk_folder *folder)
{
	pthread_mutex_lock(&folders->lock);
	folder->reserved++;
	pthread_mutex_unlock(&folders->lock);
}

int
walk_folder_take(struct walk_folders *folders, struct walk_folder *folder)
{
	int fd, saved;

	pthread_mutex_lock(&folders->lock);
	assert(folder->reserved > 0);
	folder->reserved--;
	if (folder->fd < 0)
		folder->fd = reopen(folders, folder);
	else if (folder->users == 0)
		unlist(folders, folder);
	fd = folder->fd;
	saved = errno;
	if (fd >= 0)
		folder->users++;
	pthread_mutex_unlock(&folders->lock);
	errno = saved;
	return fd;
}

void
walk_folder_give_back(struct walk_folders *folders, struct walk_folder *folder)
{
	DIR *stream = NULL;
	int fd = -1;

	pthread_mutex_lock(&folders->lock);
	assert(folder->users > 0);
	if (--folder->users == 0) {
		if (folder->reserved > 0) {
			keep(folders, folder);
		} else {
			stream = folder->stream;
			fd = folder->fd;
			folder->stream = NULL;
			folder->fd = -1;
		}
	}
	pthread_mutex_unlock(&folders->lock);
	close_stream(stream, fd);
}
