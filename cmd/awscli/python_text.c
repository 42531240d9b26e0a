/* Counts and classifies characters as Python does. */
#include "cmd/awscli/python_text.h"

#include <string.h>

#include "base/utf8.h"

size_t
python_text_length(const char *text, size_t len)
{
	size_t at, n, count = 0;

	for (at = 0; at < len; at += n, count++) {
		n = utf8_length(text + at, len - at);
		n = n ? n : 1;
	}
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
