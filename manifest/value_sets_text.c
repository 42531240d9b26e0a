/* Writes the text of value sets. */
#include "manifest/value_sets_text.h"

#include "base/escape.h"
#include "manifest/manifest_line.h"

enum {
	PIECE_SIZE = 64 * 1024, /* bytes that are emitted at once */
};

static void
write_value(struct buf *out, const struct cached_value *value)
{
	const struct object *object = &value->object;

	if (!value->absent && !value_is_anything(value)) {
		manifest_line_write(out, object);
		return;
	}
	buf_addstr(out, value->absent ? "absent " : "anything ");
	escape_name(out, object->key, object->key_len);
	buf_addch(out, '\n');
}

int
value_sets_write(
	const struct value_sets *sets, emit_fn *emit, void *to, struct err *err)
{
	struct buf piece;
	size_t i;
	int rc = 0;

	buf_init(&piece, PIECE_SIZE + MANIFEST_LINE_MAX + 1);
	buf_addf(&piece, "values %zu\n", sets->count);
	for (i = 0; rc == 0 && i < sets->count; i++) {
		write_value(&piece, &sets->list[i]);
		if (piece.len < PIECE_SIZE)
			continue;
		rc = buf_check(&piece, err);
		if (rc == 0)
			rc = emit(to, piece.data, piece.len, err);
		buf_clear(&piece);
	}
	if (rc == 0)
		rc = buf_check(&piece, err);
	if (rc == 0)
		rc = emit(to, buf_str(&piece), piece.len, err);
	buf_release(&piece);
	return rc;
}
