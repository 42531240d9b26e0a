/* Percent-encodes bytes for a URL. */
#include "base/percent.h"

#include <stdbool.h>
#include <string.h>

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

void
percent_encode(struct buf *out, const char *text, size_t len, const char *safe)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (is_unreserved(text[i]) ||
			(text[i] && strchr(safe, text[i])))
			buf_addch(out, text[i]);
		else
			buf_addf(out, "%%%02X",
				(unsigned int)(unsigned char)text[i]);
}

void
percent_encode_str(struct buf *out, const char *text, const char *safe)
{
	percent_encode(out, text, strlen(text), safe);
}

static int
digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int
percent_byte(const char *text, size_t len)
{
	int high, low;

	if (len < 3 || text[0] != '%')
		return -1;
	high = digit_value(text[1]);
	low = digit_value(text[2]);
	return high >= 0 && low >= 0 ? high * 16 + low : -1;
}

size_t
percent_decode(char *text, size_t len)
{
	size_t i, n = 0;
	int byte;

	for (i = 0; i < len; i++) {
		byte = percent_byte(text + i, len - i);
		text[n++] = byte >= 0 ? (char)byte : text[i];
		if (byte >= 0)
			i += 2;
	}
	return n;
}
