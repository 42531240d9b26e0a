/*
 * Finds out how the distribution caches, for a plan: --inspect and
 * --expect-alias.
 *
 * Reading never fails a deployment: what cannot be read is said, and the options
 * decide. What fails it is certain: the distribution cannot be invalidated, or
 * is not the one that is expected.
 */
#ifndef CMD_INSPECTION_H
#define CMD_INSPECTION_H

#include "cmd/inspection_reading.h"
#include "diff/delta.h"
#include "edge/conclusions.h"

struct site_inspection {
	/* The caller sets what it borrows. */
	struct inspection_reading source;

	/* Plan by what was kept all the same, as the reviewed dry run did. */
	bool by_kept;

	/* its own */
	bool recalled; /* the site is what was kept */
	struct conclusions conclusions;
	char digest[SHA256_HEX_SIZE];
	struct arena texts;
	struct site site;
};

/* The file that --inspect names, or NULL. */
const char *inspection_file(const struct settings *settings);

/* ERR_USAGE if --inspect and --expect-alias contradict each other. */
int inspection_check(const struct settings *settings, struct err *err);

/*
 * Set *site, if anything is known. The delta needs only its changes; `kept` is
 * what was known at the last deployment, or NULL. ERR_INPUT if nothing may be
 * sent, or a file is no reading of this distribution; ERR_SYSTEM if it cannot be
 * read. Release the inspection in any case; it owns the site.
 */
int inspection_find(struct site_inspection *inspection,
	const struct delta *delta, const char *kept, const struct site **site,
	struct err *err);

/*
 * Is it about a staging distribution, or about being one? The caller says this
 * after the run (cmd/staging_twin.h).
 */
bool inspection_is_of_staging(const struct conclusion *conclusion);

void inspection_release(struct site_inspection *inspection);

#endif
