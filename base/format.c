/* Formats numbers for people. */
#include "base/format.h"

#include <inttypes.h>
#include <stddef.h>

void
format_count(struct buf *out, uint64_t count)
{
	if (count < 1000) {
		buf_addf(out, "%" PRIu64, count);
		return;
	}
	format_count(out, count / 1000);
	buf_addf(out, ",%03" PRIu64, count % 1000);
}

void
format_bytes(struct buf *out, uint64_t bytes)
{
	static const char units[] = "kMGTPE";
	uint64_t tenth = 100, tenths; /* of the unit */
	size_t i = 0;

	if (bytes < 1000) {
		buf_addf(out, "%" PRIu64 " B", bytes);
		return;
	}
	for (;; i++, tenth *= 1000) {
		tenths = bytes / tenth + (bytes % tenth >= tenth / 2);
		if (tenths < 10000)
			break;
	}
	buf_addf(out, "%" PRIu64 ".%" PRIu64 " %cB", tenths / 10, tenths % 10,
		units[i]);
}
