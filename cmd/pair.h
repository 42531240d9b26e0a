/* Two builds and what changed between them: the input of diff and plan. */
#ifndef CMD_PAIR_H
#define CMD_PAIR_H

#include "cmd/options.h"
#include "diff/changes.h"

struct pair {
	struct manifest before, after;
	struct changes changes;
};

/* Read both operands. Release on success and on failure. */
int pair_read(struct pair *pair, const struct settings *settings,
	const char *const operands[2], struct err *err);
void pair_release(struct pair *pair);

#endif
