/* Knows the characters that a reader doesn't see. */
#include "base/unseen.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/name.h"

/* The code point of a well-formed UTF-8 character of that length. */
static uint32_t
code_point(const char *at, size_t len)
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
		{0x180b, 0x180f}, /* Mongolian selectors */
		{0x2000, 0x200f}, /* spaces, zero width, direction marks */
		{0x2028, 0x202f}, /* line separators, direction */
		{0x205f, 0x206f}, /* invisible operators, isolates */
		{0x3000, 0x3000}, /* ideographic space */
		{0x3164, 0x3164}, /* Hangul filler */
		{0xfe00, 0xfe0f}, /* variation selectors */
		{0xfeff, 0xfeff}, /* byte order mark */
		{0xfff0, 0xfffb}, /* interlinear annotation */
		{0xe0000, 0xe0fff}, /* tags */
	};
	size_t i;

	for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (code >= ranges[i][0] && code <= ranges[i][1])
			return true;
	return false;
}

size_t
unseen_length(const char *bytes, size_t len)
{
	size_t step = utf8_length(bytes, len);

	return step > 0 && is_unseen(code_point(bytes, step)) ? step : 0;
}
