/*
 * Announces a build: records in the baseline that it is about to be uploaded, so
 * that caches can soon hold its objects, whatever becomes of the upload and of
 * the run after it. Nothing is sent to CloudFront.
 *
 * Calling sequence: announce_begin, then read the build, announce_build; release
 * in any case.
 */
#ifndef DEPLOY_ANNOUNCE_H
#define DEPLOY_ANNOUNCE_H

#include "deploy/mount.h"

struct announcement {
	/* set by the caller, and borrowed */
	struct mount mount;
	struct store *store; /* of the baseline; begun */
	const struct deploy_callbacks *callbacks;

	/* its own */
	struct baseline baseline;
	bool found; /* there was a baseline */
	bool is_news; /* something was recorded that was not known before */
};

/* Load the baseline. Its own members must be zero. Errors are mount_load's. */
int announce_begin(struct announcement *announcement, struct err *err);

/* About how many objects the build has; 0 if unknown. */
size_t announce_expected_objects(const struct announcement *announcement);

/*
 * Ask the guards, and record the sealed build. If there is no baseline yet, this
 * makes one of serial 0, of which nothing is known. A build that a guard refuses
 * is not recorded (ERR_INPUT). ERR_BUSY: other runs were faster again and again.
 */
int announce_build(struct announcement *announcement,
	const struct manifest *build, struct err *err);
void announce_release(struct announcement *announcement);

#endif
