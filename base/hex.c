/* Encodes and decodes hexadecimal. */
#include "base/hex.h"

void
hex_encode(char *out, const unsigned char *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < len; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * len] = '\0';
}

/*
 * The value of each digit plus one; 0 for any other character. This is a table
 * because reading a manifest spends most of its time here.
 */
static const unsigned char digit_values[256] = {
	['0'] = 1,
	['1'] = 2,
	['2'] = 3,
	['3'] = 4,
	['4'] = 5,
	['5'] = 6,
	['6'] = 7,
	['7'] = 8,
	['8'] = 9,
	['9'] = 10,
	['a'] = 11,
	['b'] = 12,
	['c'] = 13,
	['d'] = 14,
	['e'] = 15,
	['f'] = 16,
};

int
hex_decode(unsigned char *out, const char *digits, size_t len)
{
	const unsigned char *in = (const unsigned char *)digits;
	unsigned high, low;
	size_t i;

	for (i = 0; i < len; i++) {
		/* a bad first digit may be the NUL: don't read past it */
		high = digit_values[in[2 * i]];
		low = high ? digit_values[in[2 * i + 1]] : 0;
		if (low == 0)
			return -1;
		out[i] = (unsigned char)((high - 1) << 4 | (low - 1));
	}
	return 0;
}
