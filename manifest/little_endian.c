/* Reads the numbers of a zip. */
#include "manifest/little_endian.h"

uint32_t
little_endian_get16(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

uint32_t
little_endian_get32(const unsigned char *at)
{
	return little_endian_get16(at) | little_endian_get16(at + 2) << 16;
}

uint64_t
little_endian_get64(const unsigned char *at)
{
	return little_endian_get32(at) | (uint64_t)little_endian_get32(at + 4)
						 << 32;
}
