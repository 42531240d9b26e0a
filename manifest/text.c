/* Writes and reads the text of a manifest. */
#include <string.h>

#include "base/buf.h"
#include "base/name.h"
#include "manifest/manifest.h"

enum {
	PIECE = 64 * 1024, /* text is emitted in pieces of about this size */
	LINE_LARGEST = 2 * FINGERPRINT_SIZE + 1 + 20 + 1 + 4 * KEY_LONGEST + 1,
};

static const char magic[] = "edgediff-manifest 1 xxh3-128\n";

/* Digits, size and spaces by hand: a build has millions of lines. */
static void
add_object(struct buf *text, const struct object *object)
{
	char start[2 * FINGERPRINT_SIZE + 1 + 20 + 1], *end;
	char decimal[20], *digit = decimal + sizeof(decimal);
	uint64_t left = object->size;

	hex_encode(start, object->fingerprint, FINGERPRINT_SIZE);
	end = start + 2 * FINGERPRINT_SIZE;
	*end++ = ' ';
	do
		*--digit = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	memcpy(end, digit, (size_t)(decimal + sizeof(decimal) - digit));
	end += decimal + sizeof(decimal) - digit;
	*end++ = ' ';
	buf_add(text, start, (size_t)(end - start));
	name_escape(text, object->key, object->key_len);
	buf_addch(text, '\n');
}

int
manifest_write_objects(const struct manifest *manifest, emit_fn *emit, void *to,
	struct err *err)
{
	struct buf text;
	size_t i;
	int rc = 0;

	buf_init(&text, PIECE + LINE_LARGEST);
	buf_addstr(&text, magic);
	for (i = 0; rc == 0 && i < manifest->count; i++) {
		add_object(&text, &manifest->objects[i]);
		rc = buf_check(&text, err);
		if (rc == 0 && text.len >= PIECE) {
			rc = emit(to, text.data, text.len, err);
			buf_clear(&text);
		}
	}
	if (rc == 0)
		rc = buf_check(&text, err);
	if (rc == 0 && text.len > 0)
		rc = emit(to, text.data, text.len, err);
	buf_release(&text);
	return rc;
}

int
manifest_write(const struct manifest *manifest, emit_fn *emit, void *to,
	struct err *err)
{
	struct buf end;
	int rc;

	if (manifest_write_objects(manifest, emit, to, err) != 0)
		return -1;
	buf_init(&end, 128);
	buf_addf(&end, "end %zu %s\n", manifest->count, manifest->hash);
	rc = buf_check(&end, err);
	if (rc == 0)
		rc = emit(to, end.data, end.len, err);
	buf_release(&end);
	return rc;
}

/* Reading: the text from `at` on, and the number of the line there. */
struct reader {
	const char *start, *at, *end;
	size_t line;
	struct buf key; /* of the current line, unescaped */
};

static int
bad_line(const struct reader *r, const char *what, struct err *err)
{
	return err_set(err, ERR_INPUT, "line %zu: %s", r->line, what);
}

/* The line at r->at, without its newline; *len is its length. */
static int
take_line(struct reader *r, const char **line, size_t *len, struct err *err)
{
	const char *newline = memchr(r->at, '\n', (size_t)(r->end - r->at));

	if (!newline)
		return bad_line(r,
			"the text ends before its end line: it was cut", err);
	*line = r->at;
	*len = (size_t)(newline - r->at);
	r->at = newline + 1;
	if (*len > 0 && newline[-1] == '\r')
		return bad_line(r,
			"ends in CR LF: the file was converted; transfer it "
			"as binary",
			err);
	return 0;
}

static int
read_magic(struct reader *r, struct err *err)
{
	static const char name[] = "edgediff-manifest ";
	const char *line = NULL;
	size_t len = 0;

	if (take_line(r, &line, &len, err) != 0)
		return -1;
	if (len == sizeof(magic) - 2 && memcmp(line, magic, len) == 0)
		return 0;
	if (len >= sizeof(name) - 1 &&
		memcmp(line, name, sizeof(name) - 1) == 0)
		return bad_line(r,
			"a manifest of another version: this edgediff reads "
			"version 1 with xxh3-128",
			err);
	return bad_line(r, "not an edgediff manifest", err);
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

static int
read_object(struct reader *r, struct manifest *manifest, const char *line,
	size_t len, struct err *err)
{
	unsigned char fingerprint[FINGERPRINT_SIZE];
	const char *at = line + 2 * FINGERPRINT_SIZE, *end = line + len;
	const struct object *last;
	struct shown_name shown, shown_last;
	uint64_t size;
	long key_len;

	if (len < 2 * FINGERPRINT_SIZE + 1 || *at != ' ' ||
		hex_decode(fingerprint, line, FINGERPRINT_SIZE) != 0)
		return bad_line(r,
			"does not begin with 32 hex digits and a space", err);
	at++;
	if (read_decimal(&at, end, &size) != 0 || at == end || *at != ' ')
		return bad_line(r, "no size behind the fingerprint", err);
	at++;
	buf_clear(&r->key);
	buf_add(&r->key, at, (size_t)(end - at));
	if (buf_check(&r->key, err) != 0)
		return err_context(err, "line %zu", r->line);
	key_len = at == end ? 0 : name_unescape(r->key.data, r->key.len);
	if (key_len < 0)
		return bad_line(
			r, "a key that is not escaped as it must be", err);
	if (manifest_add(manifest, buf_str(&r->key), (size_t)key_len, size,
		    fingerprint, err) != 0)
		return err_context(err, "line %zu", r->line);
	if (manifest->count < 2)
		return 0;
	last = &manifest->objects[manifest->count - 1];
	if (strcmp(last[-1].key, last->key) < 0)
		return 0;
	return err_set(err, ERR_INPUT,
		"line %zu: keys out of order or twice: %s after %s", r->line,
		name_show(&shown, last->key, last->key_len),
		name_show(&shown_last, last[-1].key, last[-1].key_len));
}

/* "end <count> <hash>": the hash is of all bytes before this line. */
static int
read_end(struct reader *r, struct manifest *manifest, const char *line,
	size_t len, struct err *err)
{
	const char *at = line + 4, *end = line + len;
	unsigned char digest[SHA256_SIZE];
	uint64_t count;

	if (read_decimal(&at, end, &count) != 0 ||
		(size_t)(end - at) != 1 + 2 * SHA256_SIZE || *at != ' ')
		return bad_line(r, "damaged end line", err);
	if (sha256_of(r->start, (size_t)(line - r->start), digest, err) != 0)
		return -1;
	hex_encode(manifest->hash, digest, sizeof(digest));
	if (memcmp(at + 1, manifest->hash, 2 * SHA256_SIZE) != 0)
		return bad_line(r,
			"the SHA-256 is another than the lines have: the "
			"manifest is damaged",
			err);
	if (count != manifest->count)
		return bad_line(r,
			"the number of objects is another than the lines "
			"have: the manifest is damaged",
			err);
	return 0;
}

int
manifest_read(struct manifest *manifest, const char *text, size_t len,
	size_t first_line, size_t *used, struct err *err)
{
	struct reader r = {text, text, text + len, first_line, {0}};
	const char *line = NULL;
	size_t line_len = 0;
	int rc;

	buf_init(&r.key, (size_t)4 * KEY_LONGEST);
	rc = read_magic(&r, err);
	while (rc == 0) {
		r.line++;
		rc = take_line(&r, &line, &line_len, err);
		if (rc != 0)
			break;
		if (line_len >= 4 && memcmp(line, "end ", 4) == 0) {
			rc = read_end(&r, manifest, line, line_len, err);
			*used = (size_t)(r.at - text);
			break;
		}
		rc = read_object(&r, manifest, line, line_len, err);
	}
	buf_release(&r.key);
	return rc;
}
