/* Writes the text of a baseline. */
#include "manifest/baseline_text.h"

#include <inttypes.h>
#include <string.h>

#include "base/escape.h"
#include "base/hex.h"
#include "manifest/magic.h"
#include "manifest/manifest_line.h"
#include "manifest/manifest_text.h"
#include "manifest/value_sets_text.h"

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

enum {
	/* Bytes: the mount, what options say of URLs, and shorter lines. */
	HEADER_MAX = 5 * MANIFEST_LINE_MAX + MORE_MAX,
};

/* Write and release what was gathered. */
static int
write_buf(struct baseline_writer *w, struct buf *text, struct err *err)
{
	int rc = buf_check(text, err);

	if (rc == 0)
		rc = write_both(w, text->data, text->len, err);
	buf_release(text);
	return rc;
}

static int
write_values(struct baseline_writer *w, const struct value_sets *sets,
	const struct manifest *manifest, struct err *err)
{
	if (value_sets_write(sets, write_both, w, err) != 0)
		return -1;
	return manifest_write(manifest, write_both, w, err);
}

/* What ends both headers. */
static void
add_common(struct buf *out, const char *url_forms, const char *left_out,
	const char *site, const struct value_sets *sets, const struct buf *more)
{
	if (url_forms)
		buf_addf(out, "urls %s\n", url_forms);
	if (left_out)
		buf_addf(out, "left-out %s\n", left_out);
	if (site)
		buf_addf(out, "site %s\n", site);
	if (sets->nothing_known)
		buf_addstr(out, "known nothing\n");
	buf_append(out, more);
	buf_addch(out, '\n');
}

static void
add_prefix(struct buf *out, const char *prefix)
{
	buf_addstr(out, "prefix ");
	escape_name(out, prefix, strlen(prefix));
	buf_addch(out, '\n');
}

static int
write_accepted(
	struct baseline_writer *w, const struct baseline *b, struct err *err)
{
	struct buf head;

	buf_init(&head, HEADER_MAX);
	buf_addf(&head, "%s\ndistribution %s\n", BASELINE_FIRST_LINE,
		b->distribution);
	if (b->prefix)
		add_prefix(&head, b->prefix);
	buf_addf(&head, "lineage %s\ntag %s\nserial %" PRIu64 "\n", b->lineage,
		b->tag, b->serial);
	if (b->serial > 0)
		buf_addf(&head, "accepted %s %s\n", b->create_time,
			b->invalidation);
	if (b->horizon[0])
		buf_addf(&head, "horizon %s %s\n", b->horizon_time, b->horizon);
	if (b->dropped[0])
		buf_addf(&head, "dropped %s\n", b->dropped);
	if (b->again)
		buf_addf(&head, "again %s\n", b->again);
	add_common(&head, b->url_forms, b->left_out, b->site, &b->values,
		&b->more);
	if (write_buf(w, &head, err) != 0)
		return -1;
	return write_values(w, &b->values, &b->manifest, err);
}

static int
write_pending(struct baseline_writer *w, const struct pending *pending,
	struct err *err)
{
	struct buf head;

	buf_init(&head, HEADER_MAX);
	buf_addf(&head, "pending %s %zu\n", pending->reference,
		pending->body.len);
	add_common(&head, pending->url_forms, pending->left_out, pending->site,
		&pending->values, &pending->more);
	if (write_buf(w, &head, err) != 0 ||
		write_both(w, buf_str(&pending->body), pending->body.len,
			err) != 0 ||
		write_both(w, "\n", 1, err) != 0)
		return -1;
	return write_values(w, &pending->values, &pending->manifest, err);
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
	rc = write_accepted(&w, baseline, err);
	if (rc == 0 && baseline->has_pending)
		rc = write_pending(&w, &baseline->pending, err);
	if (rc == 0)
		rc = write_end(&w, err);
	sha256_release(&w.hash);
	return rc;
}
