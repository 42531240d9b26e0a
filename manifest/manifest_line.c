/* Writes and reads one line of a manifest's text. */
#include "manifest/manifest_line.h"

#include <inttypes.h>
#include <string.h>

#include "base/escape.h"
#include "base/hex.h"
#include "base/sha256.h"
#include "manifest/magic.h"

static char *
put_decimal(char *at, uint64_t number)
{
	char decimal[20], *digit = decimal + sizeof(decimal);
	size_t len;

	do
		*--digit = (char)('0' + number % 10);
	while ((number /= 10) > 0);
	len = (size_t)(decimal + sizeof(decimal) - digit);
	memcpy(at, digit, len);
	return at + len;
}

enum {
	/* Bytes of a key that is formatted on the stack; most are shorter. */
	SHORT_KEY = 512,
	FIXED_MAX = MANIFEST_LINE_MAX - 4 * KEY_MAX + 1,
};

/*
 * Formatted by hand and, unless the key is long, appended at once: a build has
 * millions of lines.
 */
void
manifest_line_write(struct buf *out, const struct object *object)
{
	char line[FIXED_MAX + 4 * SHORT_KEY], *at = line;

	hex_encode(at, object->fingerprint, FINGERPRINT_SIZE);
	at += 2 * FINGERPRINT_SIZE;
	*at++ = ' ';
	at = put_decimal(at, object->size);
	*at++ = ' ';
	if (object->key_len <= SHORT_KEY) {
		at += escape_name_into(at, object->key, object->key_len);
		*at++ = '\n';
		buf_add(out, line, (size_t)(at - line));
		return;
	}
	buf_add(out, line, (size_t)(at - line));
	escape_name(out, object->key, object->key_len);
	buf_addch(out, '\n');
}

void
manifest_line_write_first(struct buf *out, const struct shard *shard)
{
	if (shard_is_part(shard))
		buf_addf(out, "%s%" PRIu32 "/%" PRIu32 "\n",
			MANIFEST_SHARD_LINE, shard->index, shard->count);
	else
		buf_addstr(out, MANIFEST_FIRST_LINE "\n");
}

void
manifest_line_write_end(struct buf *out, size_t count, const char *hash)
{
	buf_addf(out, "end %zu %s\n", count, hash);
}

static int
fail(size_t number, const char *what, struct err *err)
{
	return err_set(err, ERR_INPUT, "line %zu: %s", number, what);
}

int
manifest_line_fail_cut(size_t number, struct err *err)
{
	return fail(number, "the text ends before its end line: it was cut off",
		err);
}

int
manifest_line_check(
	const char *line, size_t len, size_t number, struct err *err)
{
	if (len > MANIFEST_LINE_MAX)
		return err_set(err, ERR_INPUT,
			"line %zu: longer than the limit of %d bytes", number,
			MANIFEST_LINE_MAX);
	if (len > 0 && line[len - 1] == '\r')
		return fail(number,
			"ends in CR LF: the file was converted; transfer it "
			"as binary",
			err);
	return 0;
}

/* A decimal number without leading zeros; -1 if there is none, or too large. */
static int
read_decimal(const char **at, const char *end, uint64_t *out)
{
	const char *start = *at;
	unsigned digit;

	for (*out = 0; *at < end && **at >= '0' && **at <= '9'; (*at)++) {
		digit = (unsigned)(**at - '0');
		if (*out > (UINT64_MAX - digit) / 10)
			return -1;
		*out = *out * 10 + digit;
	}
	if (*at == start || (*start == '0' && *at - start > 1))
		return -1;
	return 0;
}

/* Read the part and the number of parts at the end of a first line. */
static int
read_shard(const char *at, const char *end, struct shard *shard)
{
	uint64_t index, count;

	if (read_decimal(&at, end, &index) != 0 || at == end || *at++ != '/' ||
		read_decimal(&at, end, &count) != 0 || at != end)
		return -1;
	if (count > SHARDS_MAX || index < 1 || index > count)
		return -1;
	*shard = (struct shard){(uint32_t)index, (uint32_t)count};
	return shard_is_part(shard) ? 0 : -1;
}

static bool
begins(const char *line, size_t len, const char *with)
{
	return len >= strlen(with) && memcmp(line, with, strlen(with)) == 0;
}

int
manifest_line_read_first(const char *line, size_t len, size_t number,
	struct shard *shard, struct err *err)
{
	const size_t shard_at = strlen(MANIFEST_SHARD_LINE);

	*shard = (struct shard){0};
	if (len == strlen(MANIFEST_FIRST_LINE) &&
		begins(line, len, MANIFEST_FIRST_LINE))
		return 0;
	if (begins(line, len, MANIFEST_SHARD_LINE))
		return read_shard(line + shard_at, line + len, shard) == 0
			       ? 0
			       : fail(number,
					 "a damaged part number after "
					 "'shard'",
					 err);
	if (begins(line, len, MANIFEST_MAGIC))
		return fail(number,
			"a manifest of another version: this edgediff reads "
			"version 1 with xxh3-128",
			err);
	return fail(number, "not an edgediff manifest", err);
}

int
manifest_line_check_whole(
	const struct shard *shard, size_t number, struct err *err)
{
	if (!shard_is_part(shard))
		return 0;
	return err_set(err, ERR_INPUT,
		"line %zu: this is only part %" PRIu32 "/%" PRIu32
		" of a build: 'edgediff merge' makes the whole from all parts",
		number, shard->index, shard->count);
}

int
manifest_line_read_key(char *key, size_t len, size_t number,
	struct object *object, struct err *err)
{
	long key_len = escape_undo(key, len);

	if (key_len < 0)
		return fail(number, "a key that is not escaped correctly", err);
	key[key_len] = '\0';
	if (object_check_key(key, (size_t)key_len, err) != 0)
		return err_context(err, "line %zu", number);
	object->key = key;
	object->key_len = (uint32_t)key_len;
	return 0;
}

int
manifest_line_read(char *line, size_t len, size_t number, struct object *object,
	struct err *err)
{
	const char *at = line + 2 * FINGERPRINT_SIZE, *end = line + len;

	if (len < 2 * FINGERPRINT_SIZE + 1 || *at != ' ' ||
		hex_decode(object->fingerprint, line, FINGERPRINT_SIZE) != 0)
		return fail(number,
			"does not begin with 32 hex digits and a space", err);
	at++;
	if (read_decimal(&at, end, &object->size) != 0 || at == end ||
		*at != ' ')
		return fail(number, "no size after the fingerprint", err);
	at++;
	object->lfs_pointer = false;
	return manifest_line_read_key(
		line + (at - line), (size_t)(end - at), number, object, err);
}

int
manifest_line_check_order(const struct object *object, const char *last,
	size_t last_len, size_t number, struct err *err)
{
	struct escaped_name shown, shown_last;

	if (strcmp(last, object->key) < 0)
		return 0;
	return err_set(err, ERR_INPUT,
		"line %zu: keys out of order or duplicate: %s after %s", number,
		escape_show(&shown, object->key, object->key_len),
		escape_show(&shown_last, last, last_len));
}

bool
manifest_line_is_end(const char *line, size_t len)
{
	return len >= 4 && memcmp(line, "end ", 4) == 0;
}

int
manifest_line_check_end(const char *line, size_t len, size_t number,
	size_t count, const char *hash, struct err *err)
{
	const char *at = line + 4, *end = line + len;
	uint64_t written;

	if (read_decimal(&at, end, &written) != 0 ||
		(size_t)(end - at) != 1 + 2 * SHA256_SIZE || *at != ' ')
		return fail(number, "damaged end line", err);
	if (memcmp(at + 1, hash, 2 * SHA256_SIZE) != 0)
		return fail(number,
			"the SHA-256 does not match the lines above: the "
			"manifest is damaged",
			err);
	if (written != count)
		return fail(number,
			"the number of objects does not match the lines "
			"above: the manifest is damaged",
			err);
	return 0;
}
