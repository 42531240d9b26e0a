/* What may answer at the URLs of a sample: the values of objects. */
#ifndef EDGE_SAMPLE_VALUES_H
#define EDGE_SAMPLE_VALUES_H

#include "diff/delta.h"
#include "edge/sampled.h"

/*
 * Fill in what is fresh and what is old, for each URL of the sample, and the
 * pages that replace errors. `place` has the place in the sample, plus one, of
 * each URL of the delta, and 0 for one that is not asked.
 */
int sample_values_fill(struct sample *sample, const struct delta *delta,
	const uint32_t *place, struct err *err);

/* Is it a page that replaces errors, by the options or by the configuration? */
bool sample_values_is_page(const struct url_rules *rules, const char *key);

#endif
