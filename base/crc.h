/*
 * The cyclic redundancy checks that S3 keeps of objects, all reflected, with all
 * bits of the initial value set and inverted at the end: CRC-32 (ISO-HDLC),
 * CRC-32C (ISCSI, RFC 3720) and CRC-64/NVME, by the names of the "Catalogue of
 * parametrised CRC algorithms". They detect damage, not malice.
 */
#ifndef BASE_CRC_H
#define BASE_CRC_H

#include <stddef.h>
#include <stdint.h>

/* The polynomials, with their bits reversed. */
#define CRC_32 0xedb88320ULL
#define CRC_32C 0x82f63b78ULL
#define CRC_64NVME 0x9a6c9329ac4bc9b5ULL

struct crc {
	uint64_t state;
	uint64_t all; /* the bits that the check has */
	uint64_t table[8][256]; /* eight bytes are taken at a time */
};

/* Begin with one of the polynomials above. */
void crc_start(struct crc *crc, uint64_t polynomial);
void crc_add(struct crc *crc, const void *data, size_t len);
uint64_t crc_finish(const struct crc *crc);

#endif
