/*
 * What CloudFront charges for invalidations: half a cent (USD 0.005) for each
 * path, where a wildcard counts as one, beyond the 1,000 paths a month that are
 * free in each account ("Amazon CloudFront Pricing", "Invalidation requests").
 * How many free paths are left is unknown here: the list price deducts none.
 */
#ifndef DIFF_PRICE_H
#define DIFF_PRICE_H

#include <stddef.h>

#include "base/buf.h"

enum {
	PRICE_PATHS_FREE = 1000, /* of each month */
};

/* What a list price leaves out, as the end of a sentence. */
#define PRICE_FREE_PATHS "first 1,000 paths of each month are free"

/* How many paths are billed if all free ones are left. */
size_t price_paid_at_least(size_t paths);

/* The list price in USD. */
double price_usd(size_t paths);

/* Append the price, exact to half a cent: $1,234.005. */
void price_format(struct buf *out, size_t paths);

/* Append the least price, and the list price: free (else $0.500). */
void price_format_range(struct buf *out, size_t paths);

#endif
