/*
 * Reads the numbers that options take: decimal digits only, without sign or
 * spaces. `name` is the option's; ERR_USAGE names it, the text, and the range.
 */
#ifndef CMD_OPTION_NUMBER_H
#define CMD_OPTION_NUMBER_H

#include "base/err.h"

/* A whole number from min to max. */
int option_number(const char *name, const char *text, unsigned long min,
	unsigned long max, unsigned long *out, struct err *err);

/* "I/N", the Ith of N parts: 1 <= I <= N <= max. */
int option_number_part(const char *name, const char *text, unsigned long max,
	unsigned long *part, unsigned long *parts, struct err *err);

/* A number up to max_units with at most six decimal places, in millionths. */
int option_number_millionths(const char *name, const char *text,
	unsigned long max_units, unsigned long *out, struct err *err);

/* A number of bytes, at least min: 64M, with K, M or G for powers of 1,024. */
int option_number_bytes(const char *name, const char *text, unsigned long min,
	unsigned long *out, struct err *err);

#endif
