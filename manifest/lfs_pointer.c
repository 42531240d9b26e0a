/* Recognises a Git LFS pointer. */
#include "manifest/lfs_pointer.h"

#include <string.h>

enum {
	POINTER_MAX = 1024, /* bytes; the specification asks for fewer */
};

static const char first_line[] = "version https://git-lfs.github.com/spec/";

_Static_assert(sizeof(first_line) - 1 == LFS_POINTER_START,
	"the start is what is compared");

bool
lfs_pointer_is(const void *start, size_t len, uint64_t size)
{
	return size <= POINTER_MAX && len >= LFS_POINTER_START &&
	       memcmp(start, first_line, LFS_POINTER_START) == 0;
}
