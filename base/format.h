/* Numbers in the form in which people read them. */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include <stdint.h>

#include "base/buf.h"

/* Append a count with commas: 1,234,567. */
void format_count(struct buf *out, uint64_t count);

/* Append a size in units of powers of 1000, like the sizes of disks: 1.2 MB. */
void format_bytes(struct buf *out, uint64_t bytes);

#endif
