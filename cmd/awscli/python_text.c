/* Counts and classifies characters as Python does. */
#include "cmd/awscli/python_text.h"

#include <string.h>

#include "base/utf8.h"

size_t
python_text_next(const char *text, size_t len, uint32_t *code_point)
{
	const unsigned char *c = (const unsigned char *)text;
	size_t n = utf8_length(text, len);

	if (n > 0) {
		*code_point = utf8_code_point(text, n);
		return n;
	}
	if (len >= 3 && c[0] == 0xed && c[1] >= 0xa0 && c[1] <= 0xbf &&
		c[2] >= 0x80 && c[2] <= 0xbf) {
		*code_point = 0xd000U | (c[1] & 0x3fU) << 6 | (c[2] & 0x3fU);
		return 3;
	}
	*code_point = 0xdc00U + c[0];
	return 1;
}

void
python_text_add(struct buf *out, uint32_t c)
{
	if (c < 0x80) {
		buf_addch(out, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_addch(out, (char)(0xc0 | c >> 6));
	} else if (c < 0x10000) {
		buf_addch(out, (char)(0xe0 | c >> 12));
		buf_addch(out, (char)(0x80 | (c >> 6 & 0x3f)));
	} else {
		buf_addch(out, (char)(0xf0 | c >> 18));
		buf_addch(out, (char)(0x80 | (c >> 12 & 0x3f)));
		buf_addch(out, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_addch(out, (char)(0x80 | (c & 0x3f)));
}

int
python_text_compare(
	const char *left, size_t left_len, const char *right, size_t right_len)
{
	size_t at = 0, n;
	uint32_t a, b;

	while (at < left_len && at < right_len && left[at] == right[at])
		at++;
	/* back to where the character begins that differs */
	while (at > 0 && at < left_len && (left[at] & 0xc0) == 0x80)
		at--;
	left += at, left_len -= at;
	right += at, right_len -= at;
	while (left_len > 0 && right_len > 0) {
		n = python_text_next(left, left_len, &a);
		left += n, left_len -= n;
		n = python_text_next(right, right_len, &b);
		right += n, right_len -= n;
		if (a != b)
			return a < b ? -1 : 1;
	}
	return (left_len > 0) - (right_len > 0);
}

size_t
python_text_length(const char *text, size_t len)
{
	size_t at, count = 0;
	uint32_t c;

	for (at = 0; at < len; count++)
		at += python_text_next(text + at, len - at, &c);
	return count;
}

bool
python_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

size_t
python_space_length(const char *text, size_t len)
{
	/* those beyond ASCII: NEL, NBSP, Ogham, U+2000 to U+200A, separators */
	static const char *const spaces[] = {"\xc2\x85", "\xc2\xa0",
		"\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82",
		"\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
		"\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a",
		"\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f",
		"\xe3\x80\x80"};
	size_t i, n;

	if (len > 0 && (unsigned char)*text < 0x80)
		return python_is_space(*text);
	for (i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
		n = strlen(spaces[i]);
		if (len >= n && memcmp(text, spaces[i], n) == 0)
			return n;
	}
	return 0;
}
