/* Reads the text of a baseline. */
#include "manifest/baseline_parser.h"

#include <string.h>

#include "base/hex.h"
#include "manifest/baseline_header.h"
#include "manifest/magic.h"
#include "manifest/manifest_parser.h"
#include "manifest/manifest_seal.h"
#include "manifest/value_sets_parser.h"

static int
read_manifest(struct line_reader *r, struct manifest *manifest, struct err *err)
{
	size_t used;

	if (manifest_parse(manifest, r->at, (size_t)(r->end - r->at), r->line,
		    &used, err) != 0)
		return -1;
	r->at += used;
	r->line += manifest->count + 2;
	return 0;
}

/* Read sets, and the manifest that they are relative to. */
static int
read_values(struct line_reader *r, struct value_sets *sets,
	struct manifest *manifest, struct err *err)
{
	size_t first_line = r->line + 1;

	if (value_sets_parse(sets, r, err) != 0 ||
		read_manifest(r, manifest, err) != 0)
		return -1;
	return value_sets_check(sets, manifest, first_line, err);
}

static int
read_body(
	struct line_reader *r, uint64_t len, struct buf *body, struct err *err)
{
	size_t i;

	if (len >= (size_t)(r->end - r->at) || len > BODY_MAX ||
		r->at[len] != '\n')
		return line_reader_fail(
			r, "the pending body is cut off or damaged", err);
	buf_add(body, r->at, len);
	if (buf_check(body, err) != 0)
		return -1;
	for (i = 0; i <= len; i++)
		r->line += r->at[i] == '\n';
	r->at += len + 1;
	return 0;
}

/* Format 1 has neither named lines nor values here. */
static int
read_pending(struct line_reader *r, struct pending *pending, int format,
	struct err *err)
{
	uint64_t len;

	if (line_reader_value(r, "pending ", pending->reference, REFERENCE_MAX,
		    ' ', err) != 0 ||
		line_reader_number(r, "", &len, err) != 0)
		return -1;
	if (format > 1 && baseline_header_read_pending(pending, r, err) != 0)
		return -1;
	if (read_body(r, len, &pending->body, err) != 0)
		return -1;
	if (format == 1)
		return read_manifest(r, &pending->manifest, err);
	return read_values(r, &pending->values, &pending->manifest, err);
}

static int
read_end(struct line_reader *r, struct err *err)
{
	const char *line = r->at;
	unsigned char digest[SHA256_SIZE];
	char written[SHA256_HEX_SIZE], computed[SHA256_HEX_SIZE];

	if (line_reader_value(r, "end ", written, 2 * SHA256_SIZE, '\n', err) !=
		0)
		return -1;
	if (sha256_of(r->start, (size_t)(line - r->start), digest, err) != 0)
		return -1;
	hex_encode(computed, digest, sizeof(digest));
	r->line--;
	if (strcmp(written, computed) != 0)
		return line_reader_fail(r,
			"the SHA-256 does not match the text above: it is "
			"damaged",
			err);
	r->line++;
	if (r->at != r->end)
		return line_reader_fail(r, "text after the end line", err);
	return 0;
}

/* The head of format 1: its lines come in this order. */
static int
read_head_1(struct line_reader *r, struct baseline *baseline, struct err *err)
{
	unsigned char lineage[LINEAGE_DIGITS / 2];

	if (line_reader_value(r, "distribution ", baseline->distribution,
		    DISTRIBUTION_MAX, '\n', err) != 0 ||
		line_reader_value(r, "lineage ", baseline->lineage,
			LINEAGE_DIGITS, '\n', err) != 0 ||
		line_reader_number(r, "serial ", &baseline->serial, err) != 0)
		return -1;
	if (!distribution_is_valid(baseline->distribution) ||
		strlen(baseline->lineage) != LINEAGE_DIGITS ||
		hex_decode(lineage, baseline->lineage, sizeof(lineage)) != 0)
		return err_set(err, ERR_INPUT,
			"lines 2 to 3: a damaged distribution or lineage");
	if (baseline->serial == UINT64_MAX)
		return err_set(
			err, ERR_INPUT, "line 4: no larger serial is left");
	baseline_set_tag(baseline);
	if (baseline->serial == 0)
		return 0;
	if (line_reader_value(r, "accepted ", baseline->create_time,
		    sizeof(baseline->create_time) - 1, ' ', err) != 0)
		return -1;
	return line_reader_value(r, "", baseline->invalidation,
		sizeof(baseline->invalidation) - 1, '\n', err);
}

static int
read_accepted_1(
	struct line_reader *r, struct baseline *baseline, struct err *err)
{
	if (read_head_1(r, baseline, err) != 0)
		return -1;
	if (baseline->serial > 0)
		return read_manifest(r, &baseline->manifest, err);
	baseline->values.nothing_known = true;
	return manifest_seal(&baseline->manifest, err);
}

static int
read_accepted(struct line_reader *r, struct baseline *baseline, struct err *err)
{
	if (baseline_header_read(baseline, r, err) != 0 ||
		read_values(r, &baseline->values, &baseline->manifest, err) !=
			0)
		return -1;
	if (baseline->serial > 0 || baseline->manifest.count == 0)
		return 0;
	return err_set(err, ERR_INPUT,
		"line %zu: objects above that were accepted, and serial 0",
		r->line - 1);
}

/* Take the first line. Returns the number of the format, or -1. */
static int
read_format(struct line_reader *r, struct err *err)
{
	int format = line_reader_begins(r, BASELINE_FIRST_LINE "\n")     ? 2
		     : line_reader_begins(r, BASELINE_FIRST_LINE_1 "\n") ? 1
									 : -1;

	if (format < 0)
		return line_reader_fail(r,
			line_reader_begins(r, BASELINE_MAGIC)
				? "a baseline of another version: this "
				  "edgediff reads versions 1 and 2"
				: "not an edgediff baseline",
			err);
	r->at += sizeof(BASELINE_FIRST_LINE);
	r->line++;
	return format;
}

int
baseline_parse(struct baseline *baseline, const char *text, size_t len,
	struct err *err)
{
	struct line_reader r = {text, text, text + len, 1};
	int format = read_format(&r, err);

	if (format < 0)
		return -1;
	if ((format == 1 ? read_accepted_1 : read_accepted)(
		    &r, baseline, err) != 0)
		return -1;
	if (line_reader_begins(&r, "pending ")) {
		if (read_pending(&r, &baseline->pending, format, err) != 0)
			return -1;
		baseline->has_pending = true;
	}
	return read_end(&r, err);
}
