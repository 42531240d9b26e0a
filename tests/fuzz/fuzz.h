/*
 * What fuzz targets share. A target is one function: libFuzzer calls it with what
 * it makes up, and tests/fuzz/driver.c with the content of files. It returns 0, and
 * stops the process if a property does not hold.
 *
 * Include this first: it asks for memfd_create(2).
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"

enum {
	FUZZ_TEXT_MAX = 64 * 1024 * 1024, /* bytes that a target writes */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stop unless it is true. */
#define HOLDS(truth)                                                       \
	do {                                                               \
		if (!(truth)) {                                            \
			fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, \
				__LINE__, #truth);                         \
			abort();                                           \
		}                                                          \
	} while (0)

static inline void *
fuzz_alloc(size_t size)
{
	void *memory = calloc(size ? size : 1, 1);

	HOLDS(memory != NULL);
	return memory;
}

/* In memory of exactly that size, so that no byte after it is read unseen. */
static inline char *
fuzz_exact(const void *bytes, size_t size)
{
	char *copy = fuzz_alloc(size);

	if (size > 0)
		memcpy(copy, bytes, size);
	return copy;
}

/* As a string, which ends at the first NUL, if there is one. */
static inline char *
fuzz_string(const void *bytes, size_t size)
{
	char *copy = fuzz_alloc(size + 1);

	if (size > 0)
		memcpy(copy, bytes, size);
	copy[size] = '\0';
	return copy;
}

/* A file with this content, in memory; its position is 0. Close it. */
static inline int
fuzz_file(const void *bytes, size_t size)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	HOLDS(fd >= 0);
	if (size > 0)
		HOLDS(pwrite(fd, bytes, size, 0) == (ssize_t)size);
	return fd;
}

/* The path of an open file. */
static inline const char *
fuzz_path(int fd, char path[32])
{
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return path;
}

/* A failure has a code and a message of one line. */
static inline void
fuzz_check_error(const struct err *err)
{
	HOLDS(err->code != ERR_NONE && err->code != ERR_BUG);
	HOLDS(err->message[0] && !strchr(err->message, '\n'));
}

/* What is left of an input from which a target takes one thing after another. */
struct fuzz_input {
	const uint8_t *at, *end;
};

/* The next byte; 0 after the end. */
static inline unsigned
fuzz_take_byte(struct fuzz_input *input)
{
	return input->at < input->end ? *input->at++ : 0;
}

/* The text up to the next `stop`, or to the end, as a string; free it. */
static inline char *
fuzz_take_text(struct fuzz_input *input, char stop)
{
	const uint8_t *start = input->at;
	size_t left = (size_t)(input->end - start);
	const uint8_t *found = left ? memchr(start, stop, left) : NULL;
	size_t len = found ? (size_t)(found - start) : left;

	input->at += len + (found != NULL);
	return fuzz_string(start, len);
}

#endif
