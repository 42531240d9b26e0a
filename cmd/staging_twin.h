/*
 * Staging distributions and their primaries, which share no cache: is each of a
 * run's twins in the run?
 */
#ifndef CMD_STAGING_TWIN_H
#define CMD_STAGING_TWIN_H

#include "cmd/config.h"
#include "cmd/inspection.h"

/* The deployments or plans of a run that are over. All borrowed. */
struct staging_run {
	const struct config *config; /* if no section was named, it is empty */
	const struct string_list *sections; /* of the config, in the run */
	const struct site_inspection **inspections;
	size_t count;
};

/*
 * Warn if the distribution with this index has a staging twin, or is one, unless
 * another one of the run is its twin, or may be, as it was not read. The warning
 * names the section that covers the staging distribution, of the run's config or
 * else of edgediff.conf, if one is found: by its expect-alias, by the file that
 * its `inspect` names, or by asking CloudFront for the distributions of up to 8
 * sections, which is only done if it was asked for this one. A section whose
 * values are wrong is passed over.
 */
void staging_twin_warn(const struct staging_run *run, size_t index);

#endif
