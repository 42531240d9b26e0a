/* Writes the text of a baseline. */
#include "manifest/baseline_text.h"

#include <inttypes.h>

#include "base/hex.h"
#include "manifest/magic.h"
#include "manifest/manifest_text.h"

/* Everything goes to the receiver and, except for the end line, the hash. */
struct baseline_writer {
	emit_fn *emit;
	void *to;
	struct sha256 hash;
};

static int
write_both(void *context, const void *bytes, size_t len, struct err *err)
{
	struct baseline_writer *w = context;

	if (sha256_add(&w->hash, bytes, len, err) != 0)
		return -1;
	return w->emit(w->to, bytes, len, err);
}

static int
write_head(struct baseline_writer *w, const struct baseline *baseline,
	struct err *err)
{
	struct buf head;
	int rc;

	buf_init(&head, 1024);
	buf_addf(&head, "%s\ndistribution %s\nlineage %s\nserial %" PRIu64 "\n",
		BASELINE_FIRST_LINE, baseline->distribution, baseline->lineage,
		baseline->serial);
	if (baseline->serial > 0)
		buf_addf(&head, "accepted %s %s\n", baseline->create_time,
			baseline->invalidation);
	rc = buf_check(&head, err);
	if (rc == 0)
		rc = write_both(w, head.data, head.len, err);
	buf_release(&head);
	if (rc == 0 && baseline->serial > 0)
		rc = manifest_write(&baseline->manifest, write_both, w, err);
	return rc;
}

static int
write_pending(struct baseline_writer *w, const struct pending *pending,
	struct err *err)
{
	struct buf line;
	int rc;

	buf_init(&line, 512);
	buf_addf(&line, "pending %s %zu\n", pending->reference,
		pending->body.len);
	rc = buf_check(&line, err);
	if (rc == 0)
		rc = write_both(w, line.data, line.len, err);
	buf_release(&line);
	if (rc == 0)
		rc = write_both(
			w, buf_str(&pending->body), pending->body.len, err);
	if (rc == 0)
		rc = write_both(w, "\n", 1, err);
	if (rc == 0)
		rc = manifest_write(&pending->manifest, write_both, w, err);
	return rc;
}

static int
write_end(struct baseline_writer *w, struct err *err)
{
	unsigned char digest[SHA256_SIZE];
	char line[sizeof("end ") + SHA256_HEX_SIZE] = "end ";

	if (sha256_finish(&w->hash, digest, err) != 0)
		return -1;
	hex_encode(line + 4, digest, sizeof(digest));
	line[4 + 2 * SHA256_SIZE] = '\n';
	return w->emit(w->to, line, 4 + 2 * SHA256_SIZE + 1, err);
}

int
baseline_write(const struct baseline *baseline, emit_fn *emit, void *to,
	struct err *err)
{
	struct baseline_writer w = {.emit = emit, .to = to};
	int rc;

	if (sha256_start(&w.hash, err) != 0)
		return -1;
	rc = write_head(&w, baseline, err);
	if (rc == 0 && baseline->has_pending)
		rc = write_pending(&w, &baseline->pending, err);
	if (rc == 0)
		rc = write_end(&w, err);
	sha256_release(&w.hash);
	return rc;
}
