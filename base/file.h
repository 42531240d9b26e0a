/*
 * Reads files, and writes to open ones. To replace a file, use
 * base/atomic_file.h.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"

/*
 * Append the content of a regular file to `out`, up to the buffer's maximum.
 * Messages name the path. Fails with ERR_SYSTEM and sys_errno ENOENT if the
 * file does not exist, and with ERR_INPUT if it is not a regular file or is too
 * long.
 */
int file_read(const char *path, struct buf *out, struct err *err);

/*
 * Like file_read, but from an open descriptor of any kind; `path` is for
 * messages.
 */
int file_read_fd(int fd, const char *path, struct buf *out, struct err *err);

/*
 * Read `len` bytes at `offset`, or fewer at the end of the file; the file's
 * position does not change. Returns how many bytes were read, or -1 with errno.
 */
ssize_t file_read_at(int fd, uint64_t offset, void *out, size_t len);

/*
 * Call write(2) until everything is written. An error message says only
 * "write"; the caller adds the name.
 */
int file_write_all(int fd, const void *data, size_t len, struct err *err);

#endif
