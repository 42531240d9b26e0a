/* Reads and writes files. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"

enum {
	READ_SIZE = 16 * 1024, /* it is on the stack */
};

int
file_read_fd(int fd, const char *path, struct buf *out, struct err *err)
{
	char piece[READ_SIZE];
	struct escaped_name shown;
	struct stat st;
	ssize_t got;

	if (fstat(fd, &st) == 0 && st.st_size > (off_t)sizeof(piece) &&
		(uintmax_t)st.st_size < out->max - out->len)
		buf_reserve(out, (size_t)st.st_size);
	for (;;) {
		got = read(fd, piece, sizeof(piece));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_system(err, "cannot read %s",
				escape_show_str(&shown, path));
		if (got == 0)
			return 0;
		buf_add(out, piece, (size_t)got);
		if (buf_check(out, err) != 0)
			return err_context(
				err, "%s", escape_show_str(&shown, path));
	}
}

int
file_read(const char *path, struct buf *out, struct err *err)
{
	struct escaped_name shown;
	struct stat st;
	int fd, rc;

	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return err_system(
			err, "cannot open %s", escape_show_str(&shown, path));
	if (fstat(fd, &st) != 0)
		rc = err_system(
			err, "cannot read %s", escape_show_str(&shown, path));
	else if (!S_ISREG(st.st_mode))
		rc = err_set(err, ERR_INPUT, "%s: not a regular file",
			escape_show_str(&shown, path));
	else
		rc = file_read_fd(fd, path, out, err);
	close(fd);
	return rc;
}

ssize_t
file_read_at(int fd, uint64_t offset, void *out, size_t len)
{
	char *to = out;
	size_t have = 0;
	ssize_t got;

	while (have < len) {
		got = pread(fd, to + have, len - have, (off_t)(offset + have));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

int
file_write_all(int fd, const void *data, size_t len, struct err *err)
{
	const char *at = data;
	ssize_t put;

	while (len > 0) {
		put = write(fd, at, len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_system(err, "write");
		at += put;
		len -= (size_t)put;
	}
	return 0;
}
