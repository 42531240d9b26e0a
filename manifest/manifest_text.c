/* Writes the text of a manifest. */
#include "manifest/manifest_text.h"

#include <assert.h>

#include "base/pipeline.h"
#include "manifest/manifest_line.h"

enum {
	PIECE_OBJECTS = 1024, /* whose lines are made at once */
};

/* The lines of one piece's objects; the first piece begins with the magic. */
static void
make_piece(const void *from, size_t number, struct buf *piece)
{
	const struct manifest *manifest = from;
	size_t i = number * PIECE_OBJECTS, end = i + PIECE_OBJECTS;

	if (number == 0)
		manifest_line_write_first(piece, &manifest->shard);
	for (; i < end && i < manifest->count; i++)
		manifest_line_write(piece, &manifest->objects[i]);
}

int
manifest_write_objects(const struct manifest *manifest, emit_fn *emit, void *to,
	struct err *err)
{
	const struct pipeline pipeline = {
		.count = manifest->count / PIECE_OBJECTS + 1,
		.piece_max =
			(size_t)(PIECE_OBJECTS + 1) * (MANIFEST_LINE_MAX + 1),
		.threads = manifest->threads,
		.make = make_piece,
		.from = manifest,
		.emit = emit,
		.to = to,
	};

	return pipeline_run(&pipeline, err);
}

int
manifest_write(const struct manifest *manifest, emit_fn *emit, void *to,
	struct err *err)
{
	struct buf end;
	int rc;

	assert(manifest->hash[0]); /* sealed */
	if (manifest_write_objects(manifest, emit, to, err) != 0)
		return -1;
	buf_init(&end, 128);
	manifest_line_write_end(&end, manifest->count, manifest->hash);
	rc = buf_check(&end, err);
	if (rc == 0)
		rc = emit(to, end.data, end.len, err);
	buf_release(&end);
	return rc;
}
