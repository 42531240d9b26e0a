/* Writes and reads one line of a manifest's text. */
#include "manifest/line.h"

#include <string.h>

#include "base/escape.h"
#include "base/hex.h"

const char line_magic[] = "edgediff-manifest 1 xxh3-128\n";
const char line_magic_name[] = "edgediff-manifest ";

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

/* By hand, and added at once: a build has millions of lines. */
void
line_write(struct buf *out, const struct object *object)
{
	char line[MANIFEST_LINE_MAX + 1], *at = line;

	hex_encode(at, object->fingerprint, FINGERPRINT_SIZE);
	at += 2 * FINGERPRINT_SIZE;
	*at++ = ' ';
	at = put_decimal(at, object->size);
	*at++ = ' ';
	at += escape_name_into(at, object->key, object->key_len);
	*at++ = '\n';
	buf_add(out, line, (size_t)(at - line));
}

void
line_write_end(struct buf *out, size_t count, const char *hash)
{
	buf_addf(out, "end %zu %s\n", count, hash);
}

static int
fail(size_t number, const char *what, struct err *err)
{
	return err_set(err, ERR_INPUT, "line %zu: %s", number, what);
}

int
line_fail_cut(size_t number, struct err *err)
{
	return fail(
		number, "the text ends before its end line: it was cut", err);
}

int
line_check(const char *line, size_t len, size_t number, struct err *err)
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

int
line_check_magic(const char *line, size_t len, size_t number, struct err *err)
{
	size_t name_len = strlen(line_magic_name);

	if (len == strlen(line_magic) - 1 && memcmp(line, line_magic, len) == 0)
		return 0;
	if (len >= name_len && memcmp(line, line_magic_name, name_len) == 0)
		return fail(number,
			"a manifest of another version: this edgediff reads "
			"version 1 with xxh3-128",
			err);
	return fail(number, "not an edgediff manifest", err);
}

/* Decimal, no leading zero, up to a space or the end; -1 where it is not. */
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

int
line_read(char *line, size_t len, size_t number, struct object *out,
	struct err *err)
{
	const char *at = line + 2 * FINGERPRINT_SIZE, *end = line + len;
	char *key;
	long key_len;

	if (len < 2 * FINGERPRINT_SIZE + 1 || *at != ' ' ||
		hex_decode(out->fingerprint, line, FINGERPRINT_SIZE) != 0)
		return fail(number,
			"does not begin with 32 hex digits and a space", err);
	at++;
	if (read_decimal(&at, end, &out->size) != 0 || at == end || *at != ' ')
		return fail(number, "no size behind the fingerprint", err);
	key = line + (at + 1 - line);
	key_len = escape_undo(key, (size_t)(end - key));
	if (key_len < 0)
		return fail(
			number, "a key that is not escaped as it must be", err);
	key[key_len] = '\0';
	if (key_check(key, (size_t)key_len, err) != 0)
		return err_context(err, "line %zu", number);
	out->key = key;
	out->key_len = (uint32_t)key_len;
	return 0;
}

int
line_check_order(const struct object *object, const char *last, size_t last_len,
	size_t number, struct err *err)
{
	struct escaped_name shown, shown_last;

	if (strcmp(last, object->key) < 0)
		return 0;
	return err_set(err, ERR_INPUT,
		"line %zu: keys out of order or twice: %s after %s", number,
		escape_show(&shown, object->key, object->key_len),
		escape_show(&shown_last, last, last_len));
}

bool
line_is_end(const char *line, size_t len)
{
	return len >= 4 && memcmp(line, "end ", 4) == 0;
}

int
line_check_end(const char *line, size_t len, size_t number, size_t count,
	const char *hash, struct err *err)
{
	const char *at = line + 4, *end = line + len;
	uint64_t written;

	if (read_decimal(&at, end, &written) != 0 ||
		(size_t)(end - at) != 1 + 2 * SHA256_SIZE || *at != ' ')
		return fail(number, "damaged end line", err);
	if (memcmp(at + 1, hash, 2 * SHA256_SIZE) != 0)
		return fail(number,
			"the SHA-256 is another than the lines have: the "
			"manifest is damaged",
			err);
	if (written != count)
		return fail(number,
			"the number of objects is another than the lines "
			"have: the manifest is damaged",
			err);
	return 0;
}
