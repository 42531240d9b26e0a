/*
 * Staging distributions and their primaries, which share no cache: is each of a
 * run's twins in the run?
 */
#ifndef CMD_STAGING_TWIN_H
#define CMD_STAGING_TWIN_H

#include "cmd/config.h"
#include "cmd/inspection.h"

/* The deployments of a run that are over. All borrowed. */
struct staging_run {
	const struct config *config;
	const struct string_list *sections; /* of the config, in the run */
	const struct site_inspection **inspections;
	size_t count;
};

/*
 * Warn if the distribution with this index has a staging twin, or is one, unless
 * another one of the run is its twin, or may be, as it was not read. The warning
 * names the section of the config that covers the staging distribution, if one
 * is found: by its expect-alias, or by asking CloudFront for the distributions of
 * up to 8 sections, which is only done if it was asked for this one. A section
 * whose values are wrong is passed over.
 */
void staging_twin_warn(const struct staging_run *run, size_t index);

#endif
