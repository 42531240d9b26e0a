/* Escapes names and undoes the escaping. */
#include "base/escape.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/hex.h"
#include "base/utf8.h"

static bool
must_escape(unsigned char c)
{
	return c < 0x20 || c == 0x7f || c == '\\';
}

enum { ESCAPED = 4 }; /* the length of \xNN */

static void
escape(char out[ESCAPED], unsigned char c)
{
	char text[ESCAPED + 1] = "\\x";

	hex_encode(text + 2, &c, 1);
	memcpy(out, text, ESCAPED);
}

static void
add_escaped(struct buf *out, unsigned char c)
{
	char text[ESCAPED];

	escape(text, c);
	buf_add(out, text, sizeof(text));
}

/* Must any of these eight bytes be escaped? */
static bool
one_must_escape(const char *bytes)
{
	const uint64_t each = UINT64_MAX / 255, top = each * 0x80;
	uint64_t word, del, backslash;

	memcpy(&word, bytes, sizeof(word));
	del = word ^ each * 0x7f;
	backslash = word ^ each * '\\';
	/* (w - each * n) & ~w & top is not 0 if a byte of w is below n */
	return (((word - each * 0x20) & ~word) | ((del - each) & ~del) |
		       ((backslash - each) & ~backslash)) &
	       top;
}

size_t
escape_name_into(char *out, const char *bytes, size_t len)
{
	char *at = out;
	size_t i = 0;

	while (i < len) {
		if (len - i >= 8 && !one_must_escape(bytes + i)) {
			memcpy(at, bytes + i, 8);
			at += 8;
			i += 8;
		} else if (must_escape((unsigned char)bytes[i])) {
			escape(at, (unsigned char)bytes[i++]);
			at += ESCAPED;
		} else {
			*at++ = bytes[i++];
		}
	}
	return (size_t)(at - out);
}

void
escape_name(struct buf *out, const char *bytes, size_t len)
{
	char piece[ESCAPED * 64];
	size_t i, n, most = sizeof(piece) / ESCAPED;

	for (i = 0; i < len; i += n) {
		n = len - i < most ? len - i : most;
		buf_add(out, piece, escape_name_into(piece, bytes + i, n));
	}
}

/* What is escaped in addition to must_escape and bytes that are not UTF-8. */
enum {
	UNSEEN = 1 << 0,
	SECOND_SIGN = 1 << 1, /* of two # */
	SECOND_COLON = 1 << 2, /* of two : */
};

/* Is bytes[i] the second of two characters `c` in a row? */
static bool
doubles(const char *bytes, size_t i, char c)
{
	return i > 0 && bytes[i] == c && bytes[i - 1] == c;
}

static void
escape_utf8(struct buf *out, const char *bytes, size_t len, unsigned what)
{
	size_t i, j, n;
	bool plain;

	for (i = 0; i < len; i += n) {
		n = utf8_length(bytes + i, len - i);
		plain = n > 0 && !must_escape((unsigned char)bytes[i]) &&
			!((what & UNSEEN) &&
				utf8_unseen(bytes + i, len - i) > 0) &&
			!((what & SECOND_SIGN) && doubles(bytes, i, '#')) &&
			!((what & SECOND_COLON) && doubles(bytes, i, ':'));
		if (n == 0)
			n = 1;
		if (plain)
			buf_add(out, bytes + i, n);
		for (j = 0; !plain && j < n; j++)
			add_escaped(out, (unsigned char)bytes[i + j]);
	}
}

void
escape_name_utf8(struct buf *out, const char *bytes, size_t len)
{
	escape_utf8(out, bytes, len, 0);
}

void
escape_name_visible(struct buf *out, const char *bytes, size_t len)
{
	escape_utf8(out, bytes, len, UNSEEN);
}

void
escape_name_for_ci(struct buf *out, const char *bytes, size_t len)
{
	escape_utf8(out, bytes, len, UNSEEN | SECOND_SIGN | SECOND_COLON);
}

long
escape_undo(char *text, size_t len)
{
	size_t from, to = 0;
	unsigned char c;

	if (len > LONG_MAX)
		return -1;
	for (from = 0; from < len; from++) {
		c = (unsigned char)text[from];
		if (c == '\\') {
			if (len - from < 4 || text[from + 1] != 'x' ||
				hex_decode(&c, text + from + 2, 1) != 0 ||
				!must_escape(c) || c == 0)
				return -1;
			from += 3;
		} else if (must_escape(c)) {
			return -1;
		}
		text[to++] = (char)c;
	}
	return (long)to;
}

/* The last position up to `at` that is not inside a character. */
static size_t
character_start(const char *text, size_t at)
{
	while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/* May a message show the backslashes of this name, and nothing else is escaped? */
static bool
has_plain_backslashes(const char *bytes, size_t len)
{
	const char *at = bytes, *end = bytes + len, *next;
	struct buf part;
	bool plain = true;

	buf_init(&part, 4 * len + 1);
	for (; plain && at < end; at = next + 1) {
		next = memchr(at, '\\', (size_t)(end - at));
		if (!next)
			next = end;
		buf_clear(&part);
		escape_utf8(
			&part, at, (size_t)(next - at), UNSEEN | SECOND_SIGN);
		plain = !part.failed && part.len == (size_t)(next - at) &&
			!(end - next >= 2 && next[1] == 'x');
	}
	buf_release(&part);
	return plain;
}

const char *
escape_show(struct escaped_name *out, const char *bytes, size_t len)
{
	enum {
		KEEP = (sizeof(out->text) - sizeof("...")) / 2,
		LONGEST = 4 * 4096
	};
	struct buf whole;
	size_t head, tail;

	if (len > LONGEST)
		len = LONGEST;
	buf_init(&whole, 4 * LONGEST);
	if (has_plain_backslashes(bytes, len))
		buf_add(&whole, bytes, len);
	else
		escape_utf8(&whole, bytes, len, UNSEEN | SECOND_SIGN);
	if (whole.failed)
		memcpy(out->text, "(name)", sizeof("(name)"));
	else if (whole.len < sizeof(out->text))
		memcpy(out->text, buf_str(&whole), whole.len + 1);
	else {
		head = character_start(whole.data, KEEP);
		tail = whole.len - KEEP;
		while (((unsigned char)whole.data[tail] & 0xc0) == 0x80)
			tail++;
		memcpy(out->text, whole.data, head);
		memcpy(out->text + head, "...", 3);
		memcpy(out->text + head + 3, whole.data + tail,
			whole.len - tail + 1);
	}
	buf_release(&whole);
	return out->text;
}

const char *
escape_show_str(struct escaped_name *out, const char *name)
{
	return escape_show(out, name, strlen(name));
}
