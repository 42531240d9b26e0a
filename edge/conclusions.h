/*
 * Conclusions: what a distribution's configuration means for a plan. Each has
 * its reason, and is a function of the reading and of where the build is.
 *
 * They err on the side that cannot be stale: what is not known, or may be
 * understood in two ways, widens a plan. Only complete knowledge narrows one:
 * the configuration is in effect everywhere, all policies are known, and so is
 * what functions do to a URL.
 *
 * Sources: "Distribution settings reference", "Specify a default root object",
 * "Control how long CloudFront caches errors", Amazon CloudFront Developer
 * Guide.
 */
#ifndef EDGE_CONCLUSIONS_H
#define EDGE_CONCLUSIONS_H

#include "edge/conclusion.h"

/*
 * Draw all conclusions. They point into the reading. Fails with ERR_MEMORY.
 * Release them even after a failure.
 */
int conclusions_draw(struct conclusions *out, const struct reading *reading,
	const struct conclusions_place *place, struct err *err);
void conclusions_release(struct conclusions *conclusions);

/* "note", "warning" or "error". */
const char *conclusions_word(enum conclusion_level level);

#endif
