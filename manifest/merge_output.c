/* Writes merged objects as text, or into runs. */
#include "manifest/merge_output.h"

#include "base/hex.h"
#include "manifest/manifest_line.h"

enum {
	PIECE_SIZE = 64 * 1024, /* bytes of text emitted at once, about */
};

int
merge_output_begin(
	struct merge_output *output, emit_fn *emit, void *to, struct err *err)
{
	const struct shard whole = {0};

	*output = (struct merge_output){.emit = emit, .to = to};
	buf_init(&output->text, PIECE_SIZE + MANIFEST_LINE_MAX + 1);
	manifest_line_write_first(&output->text, &whole);
	return sha256_start(&output->hash, err);
}

void
merge_output_release(struct merge_output *output)
{
	sha256_release(&output->hash);
	buf_release(&output->text);
}

static int
flush(struct merge_output *output, struct err *err)
{
	int rc = buf_check(&output->text, err);

	if (rc == 0)
		rc = sha256_add(&output->hash, buf_str(&output->text),
			output->text.len, err);
	if (rc == 0)
		rc = output->emit(output->to, buf_str(&output->text),
			output->text.len, err);
	buf_clear(&output->text);
	return rc;
}

int
merge_output_add(struct merge_output *output, const struct object *object,
	uint32_t origin, struct err *err)
{
	if (output->runs)
		return merge_runs_add(output->runs, object, origin, err);
	if (output->count++ == OBJECTS_MAX)
		return err_set(err, ERR_INPUT,
			"more than the limit of %d objects", OBJECTS_MAX);
	manifest_line_write(&output->text, object);
	return output->text.len < PIECE_SIZE ? 0 : flush(output, err);
}

int
merge_output_end(struct merge_output *output, struct err *err)
{
	unsigned char digest[SHA256_SIZE];
	char hash[SHA256_HEX_SIZE];

	if (flush(output, err) != 0 ||
		sha256_finish(&output->hash, digest, err) != 0)
		return -1;
	hex_encode(hash, digest, sizeof(digest));
	manifest_line_write_end(&output->text, output->count, hash);
	if (buf_check(&output->text, err) != 0)
		return -1;
	return output->emit(
		output->to, output->text.data, output->text.len, err);
}
