/* What holds for every reading that is written as a snapshot. */
#ifndef FUZZ_SNAPSHOTS_H
#define FUZZ_SNAPSHOTS_H

#include "edge/reading.h"
#include "edge/snapshot.h"
#include "edge/snapshot_read.h"
#include "tests/fuzz/fuzz.h"

static inline void
snapshots_write(struct buf *text, const struct reading *reading)
{
	struct err err = ERR_INIT;

	buf_init(text, SNAPSHOT_MAX);
	HOLDS(snapshot_write(text, reading, &err) == 0);
}

/* It is read back as the same: the same text, and the same digest. */
static inline void
snapshots_check(const struct reading *reading)
{
	char digest[SHA256_HEX_SIZE], other[SHA256_HEX_SIZE];
	struct err err = ERR_INIT;
	struct buf text, again;
	struct reading back;

	snapshots_write(&text, reading);
	if (snapshot_read(&back, text.data, text.len, &err) != 0)
		fprintf(stderr, "%s\n%s\n", err.message, text.data);
	HOLDS(err.code == ERR_NONE);
	snapshots_write(&again, &back);
	HOLDS(text.len == again.len);
	HOLDS(memcmp(text.data, again.data, text.len) == 0);
	HOLDS(reading_digest(reading, digest, &err) == 0);
	HOLDS(reading_digest(&back, other, &err) == 0);
	HOLDS(strcmp(digest, other) == 0);
	reading_release(&back);
	buf_release(&text);
	buf_release(&again);
}

#endif
