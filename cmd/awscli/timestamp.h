/* Timestamps, parsed as dateutil parses those of CloudFront. */
#ifndef CMD_AWSCLI_TIMESTAMP_H
#define CMD_AWSCLI_TIMESTAMP_H

#include <stdbool.h>

enum {
	TIMESTAMP_SIZE = 64, /* of the text, with its NUL */
	TIMESTAMP_WHY_SIZE = 80,
};

/*
 * Write a time as Python's isoformat() does. It may be in ISO 8601 (a date
 * alone, or a date and time with optional fractions and zone), or in seconds
 * since 1970, which are shown in the local zone. Returns false for anything else, with
 * dateutil's message in `why`.
 */
bool timestamp_isoformat(char out[TIMESTAMP_SIZE], const char *text,
	char why[TIMESTAMP_WHY_SIZE]);

#endif
