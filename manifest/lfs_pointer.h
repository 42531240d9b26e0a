/*
 * Recognises a Git LFS pointer: the small text that a checkout without Git LFS
 * has in place of a large file. Served as a picture, it is broken.
 *
 * Source: Git LFS Specification, "The Pointer".
 */
#ifndef MANIFEST_LFS_POINTER_H
#define MANIFEST_LFS_POINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	/* Bytes of a file that decide it. */
	LFS_POINTER_START = 40,
};

/* Is a file of this size a pointer, if these are its first bytes? */
bool lfs_pointer_is(const void *start, size_t len, uint64_t size);

#endif
