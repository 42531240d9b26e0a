/* Reads the text of a baseline. */
#include "manifest/baseline_parser.h"

#include <string.h>

#include "base/hex.h"
#include "manifest/magic.h"
#include "manifest/manifest_parser.h"

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
baseline_parse(struct baseline *baseline, const char *text, size_t len,
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
