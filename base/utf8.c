/* Decodes UTF-8, and lists the invisible characters. */
#include "base/utf8.h"

size_t
utf8_length(const char *bytes, size_t len)
{
	const unsigned char *s = (const unsigned char *)bytes;
	unsigned char low = 0x80, high = 0xbf;
	size_t need, i;

	if (len == 0)
		return 0;
	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	need = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (len < need)
		return 0;
	/* no overlong form, no surrogate, nothing above U+10FFFF */
	if (s[0] == 0xe0)
		low = 0xa0;
	else if (s[0] == 0xed)
		high = 0x9f;
	else if (s[0] == 0xf0)
		low = 0x90;
	else if (s[0] == 0xf4)
		high = 0x8f;
	if (s[1] < low || s[1] > high)
		return 0;
	for (i = 2; i < need; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return need;
}

bool
utf8_is_valid(const char *bytes, size_t len)
{
	size_t at, n;

	for (at = 0; at < len; at += n) {
		n = utf8_length(bytes + at, len - at);
		if (n == 0)
			return false;
	}
	return true;
}

uint32_t
utf8_code_point(const char *at, size_t len)
{
	static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	uint32_t code = (unsigned char)at[0] & masks[len];
	size_t i;

	for (i = 1; i < len; i++)
		code = code << 6 | ((unsigned char)at[i] & 0x3f);
	return code;
}

static bool
is_unseen(uint32_t code)
{
	static const uint32_t ranges[][2] = {
		{0x00, 0x1f}, /* C0 controls */
		{0x7f, 0xa0}, /* delete, C1 controls, no-break space */
		{0xad, 0xad}, /* soft hyphen */
		{0x34f, 0x34f}, /* combining grapheme joiner */
		{0x61c, 0x61c}, /* Arabic letter mark */
		{0x115f, 0x1160}, /* Hangul fillers */
		{0x1680, 0x1680}, /* Ogham space */
		{0x17b4, 0x17b5}, /* Khmer inherent vowels */
		{0x180b, 0x180f}, /* Mongolian selectors */
		{0x2000, 0x200f}, /* spaces, zero width, direction marks */
		{0x2028, 0x202f}, /* line separators, direction */
		{0x205f, 0x206f}, /* invisible operators, isolates */
		{0x2800, 0x2800}, /* Braille blank */
		{0x3000, 0x3000}, /* ideographic space */
		{0x3164, 0x3164}, /* Hangul filler */
		{0xfe00, 0xfe0f}, /* variation selectors */
		{0xfeff, 0xfeff}, /* byte order mark */
		{0xffa0, 0xffa0}, /* halfwidth Hangul filler */
		{0xfff0, 0xfffb}, /* interlinear annotation */
		{0x1bca0, 0x1bca3}, /* shorthand format controls */
		{0x1d173, 0x1d17a}, /* musical format controls */
		{0xe0000, 0xe0fff}, /* tags */
	};
	size_t i;

	for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (code >= ranges[i][0] && code <= ranges[i][1])
			return true;
	return false;
}

size_t
utf8_unseen(const char *bytes, size_t len)
{
	size_t step = utf8_length(bytes, len);

	return step > 0 && is_unseen(utf8_code_point(bytes, step)) ? step : 0;
}
