/*
 * The times of invalidations: ISO 8601, UTC, with or without a fraction of a
 * second, as CloudFront writes them.
 */
#ifndef DEPLOY_CREATE_TIME_H
#define DEPLOY_CREATE_TIME_H

#include <stdint.h>

/* Negative, 0 or positive if `a` is before, equal to or after `b`. */
int create_time_compare(const char *a, const char *b);

/* Seconds since 1970 UTC, without the fraction; -1 if the text is no such time. */
int64_t create_time_seconds(const char *text);

#endif
