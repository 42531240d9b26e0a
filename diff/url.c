/* Encodes and cuts URL paths. */
#include "diff/url.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

enum {
	ESCAPE = 3, /* characters of a %XX */
};

/* Letters, digits and characters that RFC 1738 calls safe, except ~ ' and *. */
static bool
is_plain(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("/$-_.+!(),;:@=&", c));
}

void
url_encode(struct buf *out, const char *raw, size_t len)
{
	static const char digits[] = "0123456789ABCDEF";
	char escape[ESCAPE] = "%";
	size_t i, from = 0;

	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)raw[i];

		if (is_plain(c))
			continue;
		buf_add(out, raw + from, i - from);
		escape[1] = digits[c >> 4];
		escape[2] = digits[c & 15];
		buf_add(out, escape, sizeof(escape));
		from = i + 1;
	}
	buf_add(out, raw + from, len - from);
}

static int
hex_value(char digit)
{
	return digit <= '9' ? digit - '0' : digit - 'A' + 10;
}

/* The length of the UTF-8 character with this lead byte; 0 for any other byte. */
static size_t
length_by_lead(unsigned char lead)
{
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/*
 * Do `count` bytes begin a longer well-formed character? If the second byte's
 * range is narrower than 80..BF, it still contains 80 or BF.
 */
static bool
begins_character(const unsigned char *bytes, size_t count)
{
	size_t length = length_by_lead(bytes[0]);
	char low[4], high[4];

	if (length <= count)
		return false;
	memset(low, 0x80, sizeof(low));
	memset(high, 0xbf, sizeof(high));
	memcpy(low, bytes, count);
	memcpy(high, bytes, count);
	return utf8_length(low, length) == length ||
	       utf8_length(high, length) == length;
}

/*
 * The number of characters at the end of text[0..len) that encode an incomplete
 * UTF-8 character.
 */
static size_t
incomplete_length(const char *text, size_t len)
{
	unsigned char bytes[3];
	size_t count, at;

	for (count = 1; count <= sizeof(bytes); count++) {
		if (len < ESCAPE * count)
			return 0;
		at = len - ESCAPE * count;
		if (text[at] != '%')
			return 0;
		memmove(bytes + 1, bytes, count - 1);
		bytes[0] = (unsigned char)(hex_value(text[at + 1]) * 16 +
					   hex_value(text[at + 2]));
		if (begins_character(bytes, count))
			return ESCAPE * count;
	}
	return 0;
}

size_t
url_cut(const char *text, size_t len)
{
	size_t more;

	if (len >= 1 && text[len - 1] == '%')
		len -= 1;
	else if (len >= 2 && text[len - 2] == '%')
		len -= 2;
	while ((more = incomplete_length(text, len)) > 0)
		len -= more;
	return len;
}
