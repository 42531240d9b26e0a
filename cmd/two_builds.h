/* The two builds that diff and plan compare. */
#ifndef CMD_TWO_BUILDS_H
#define CMD_TWO_BUILDS_H

#include "cmd/options.h"
#include "manifest/manifest.h"

struct two_builds {
	struct manifest before, after;
};

/* Read both operands, at the same time. Release even after a failure. */
int two_builds_read(struct two_builds *builds, const struct settings *settings,
	const char *const operands[2], struct err *err);
void two_builds_release(struct two_builds *builds);

#endif
