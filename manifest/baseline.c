/* Writes, reads and advances baselines. */
#include "manifest/baseline.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "manifest/magic.h"
#include "manifest/manifest_parser.h"
#include "manifest/manifest_unknown.h"

void
baseline_init(struct baseline *baseline)
{
	*baseline = (struct baseline){0};
	manifest_init(&baseline->manifest);
	manifest_init(&baseline->pending.manifest);
	buf_init(&baseline->pending.body, BODY_MAX);
}

void
baseline_release(struct baseline *baseline)
{
	buf_release(&baseline->pending.body);
	manifest_release(&baseline->pending.manifest);
	manifest_release(&baseline->manifest);
	baseline_init(baseline);
}

void
baseline_advance(struct baseline *baseline)
{
	assert(baseline->serial < UINT64_MAX);
	manifest_release(&baseline->manifest);
	baseline->manifest = baseline->pending.manifest;
	manifest_init(&baseline->pending.manifest);
	buf_release(&baseline->pending.body);
	baseline->has_pending = false;
	baseline->serial++;
}

int
baseline_drop(struct baseline *baseline, struct err *err)
{
	struct manifest combined;

	assert(baseline->has_pending);
	if (baseline->serial > 0) {
		if (manifest_mark_unknown(&combined, &baseline->manifest,
			    &baseline->pending.manifest, err) != 0)
			return -1;
		manifest_release(&baseline->manifest);
		baseline->manifest = combined;
	}
	manifest_release(&baseline->pending.manifest);
	buf_release(&baseline->pending.body);
	baseline->has_pending = false;
	return 0;
}

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

/* The text from `at` on is still to be read; `line` is its line number. */
struct baseline_parser {
	const char *start, *at, *end;
	size_t line;
};

static int
bad_line(const struct baseline_parser *r, const char *what, struct err *err)
{
	return err_set(err, ERR_INPUT, "line %zu: %s", r->line, what);
}

static bool
begins(const struct baseline_parser *r, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(r->end - r->at) >= len && memcmp(r->at, word, len) == 0;
}

/* Is it printable ASCII without blanks, so that a terminal may show it? */
static bool
is_word(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	return true;
}

/*
 * Read `word` and a value, which ends at `stop`, a space or the newline. The
 * value is copied to `out`, which has room for `max` bytes and a NUL.
 */
static int
read_value(struct baseline_parser *r, const char *word, char *out, size_t max,
	char stop, struct err *err)
{
	const char *value, *end;
	size_t len;

	if (!begins(r, word))
		return err_set(err, ERR_INPUT, "line %zu: expected '%s'",
			r->line, word);
	value = r->at + strlen(word);
	end = memchr(value, stop, (size_t)(r->end - value));
	if (!end)
		return bad_line(r, "the text ends here: it was cut off", err);
	len = (size_t)(end - value);
	if (len == 0 || len > max || !is_word(value, len))
		return err_set(err, ERR_INPUT,
			"line %zu: a damaged value after '%s'", r->line, word);
	memcpy(out, value, len);
	out[len] = '\0';
	r->at = end + 1;
	if (stop == '\n')
		r->line++;
	return 0;
}

static int
read_number(struct baseline_parser *r, const char *word, uint64_t *out,
	struct err *err)
{
	char digits[21];
	size_t i;

	if (read_value(r, word, digits, sizeof(digits) - 1, '\n', err) != 0)
		return -1;
	for (*out = 0, i = 0; digits[i]; i++) {
		unsigned digit = (unsigned)(unsigned char)digits[i] - '0';

		if (digit > 9 || (digits[0] == '0' && i > 0) ||
			*out > (UINT64_MAX - digit) / 10) {
			r->line--;
			return bad_line(r, "not a number", err);
		}
		*out = *out * 10 + digit;
	}
	return 0;
}

static int
read_manifest(
	struct baseline_parser *r, struct manifest *manifest, struct err *err)
{
	size_t used;

	if (manifest_parse(manifest, r->at, (size_t)(r->end - r->at), r->line,
		    &used, err) != 0)
		return -1;
	r->at += used;
	r->line += manifest->count + 2;
	return 0;
}

static int
read_pending(
	struct baseline_parser *r, struct pending *pending, struct err *err)
{
	uint64_t len;
	size_t i;

	if (read_value(r, "pending ", pending->reference, REFERENCE_MAX, ' ',
		    err) != 0 ||
		read_number(r, "", &len, err) != 0)
		return -1;
	if (len >= (size_t)(r->end - r->at) || len > BODY_MAX ||
		r->at[len] != '\n')
		return bad_line(
			r, "the pending body is cut off or damaged", err);
	buf_add(&pending->body, r->at, len);
	if (buf_check(&pending->body, err) != 0)
		return -1;
	for (i = 0; i <= len; i++)
		r->line += r->at[i] == '\n';
	r->at += len + 1;
	return read_manifest(r, &pending->manifest, err);
}

static int
read_end(struct baseline_parser *r, struct err *err)
{
	const char *line = r->at;
	unsigned char digest[SHA256_SIZE];
	char written[SHA256_HEX_SIZE], computed[SHA256_HEX_SIZE];

	if (read_value(r, "end ", written, 2 * SHA256_SIZE, '\n', err) != 0)
		return -1;
	if (sha256_of(r->start, (size_t)(line - r->start), digest, err) != 0)
		return -1;
	hex_encode(computed, digest, sizeof(digest));
	r->line--;
	if (strcmp(written, computed) != 0)
		return bad_line(r,
			"the SHA-256 does not match the text above: it is "
			"damaged",
			err);
	r->line++;
	if (r->at != r->end)
		return bad_line(r, "text after the end line", err);
	return 0;
}

static int
read_head(struct baseline_parser *r, struct baseline *baseline, struct err *err)
{
	unsigned char lineage[LINEAGE_DIGITS / 2];

	if (!begins(r, BASELINE_FIRST_LINE "\n"))
		return bad_line(r,
			begins(r, BASELINE_MAGIC)
				? "a baseline of another version: this "
				  "edgediff reads version 1"
				: "not an edgediff baseline",
			err);
	r->at += sizeof(BASELINE_FIRST_LINE);
	r->line++;
	if (read_value(r, "distribution ", baseline->distribution,
		    DISTRIBUTION_MAX, '\n', err) != 0 ||
		read_value(r, "lineage ", baseline->lineage, LINEAGE_DIGITS,
			'\n', err) != 0 ||
		read_number(r, "serial ", &baseline->serial, err) != 0)
		return -1;
	if (!distribution_is_valid(baseline->distribution) ||
		strlen(baseline->lineage) != LINEAGE_DIGITS ||
		hex_decode(lineage, baseline->lineage, sizeof(lineage)) != 0)
		return err_set(err, ERR_INPUT,
			"lines 2 to 3: a damaged distribution or lineage");
	if (baseline->serial == UINT64_MAX)
		return err_set(
			err, ERR_INPUT, "line 4: no larger serial is left");
	if (baseline->serial == 0)
		return 0;
	if (read_value(r, "accepted ", baseline->create_time,
		    sizeof(baseline->create_time) - 1, ' ', err) != 0 ||
		read_value(r, "", baseline->invalidation,
			sizeof(baseline->invalidation) - 1, '\n', err) != 0)
		return -1;
	return read_manifest(r, &baseline->manifest, err);
}

int
baseline_read(struct baseline *baseline, const char *text, size_t len,
	struct err *err)
{
	struct baseline_parser r = {text, text, text + len, 1};

	if (read_head(&r, baseline, err) != 0)
		return -1;
	if (begins(&r, "pending ")) {
		if (read_pending(&r, &baseline->pending, err) != 0)
			return -1;
		baseline->has_pending = true;
	}
	return read_end(&r, err);
}
