/* Computes reflected CRCs, eight bytes at a time ("slicing by 8"). */
#include "base/crc.h"

void
crc_start(struct crc *crc, uint64_t polynomial)
{
	uint64_t value;
	int byte, i;

	crc->all = polynomial >> 32 ? UINT64_MAX : UINT32_MAX;
	crc->state = crc->all;
	for (byte = 0; byte < 256; byte++) {
		value = (uint64_t)byte;
		for (i = 0; i < 8; i++)
			value = value & 1 ? value >> 1 ^ polynomial
					  : value >> 1;
		crc->table[0][byte] = value;
	}
	for (byte = 0; byte < 256; byte++)
		for (i = 1; i < 8; i++) {
			value = crc->table[i - 1][byte];
			crc->table[i][byte] =
				value >> 8 ^ crc->table[0][value & 0xff];
		}
}

void
crc_add(struct crc *crc, const void *data, size_t len)
{
	const unsigned char *p = data;
	uint64_t state = crc->state, next;
	int i;

	for (; len >= 8; len -= 8, p += 8) {
		next = 0;
		for (i = 0; i < 8; i++) {
			next ^= crc->table[7 - i][(state & 0xff) ^ p[i]];
			state >>= 8;
		}
		state = next;
	}
	for (; len > 0; len--, p++)
		state = state >> 8 ^ crc->table[0][(state & 0xff) ^ *p];
	crc->state = state;
}

uint64_t
crc_finish(const struct crc *crc)
{
	return crc->state ^ crc->all;
}
