/* Numbers of a zip: unsigned, with the lowest byte first. */
#ifndef MANIFEST_LITTLE_ENDIAN_H
#define MANIFEST_LITTLE_ENDIAN_H

#include <stdint.h>

uint32_t little_endian_get16(const unsigned char *at);
uint32_t little_endian_get32(const unsigned char *at);
uint64_t little_endian_get64(const unsigned char *at);

#endif
