/* Numbers as a report shows them. */
#include <inttypes.h>

#include "cmd/report/report_model.h"

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

void
format_price(struct buf *out, size_t items)
{
	buf_addch(out, '$');
	format_count(out, items / 200); /* half a cent each */
	buf_addf(out, ".%03zu", items % 200 * 5);
}
