/* Reads what the edge should serve, and what it may have served before. */
#ifndef CMD_VERIFY_INPUT_H
#define CMD_VERIFY_INPUT_H

#include "cmd/options.h"
#include "cmd/two_builds.h"
#include "manifest/baseline.h"

struct verify_input {
	/* the new one is `after`; without --old `before` is not read */
	struct two_builds builds;
	const struct manifest *before;

	/* what else caches can hold, by a baseline; or NULL */
	const struct value_sets *sets;

	bool is_baseline; /* and not a build; then this is it */
	struct baseline baseline;
};

/*
 * Read BUILD, which may be a baseline's file, and --old. Release the input even
 * after a failure.
 */
int verify_input_read(struct verify_input *input,
	const struct settings *settings, const char *operand, struct err *err);
void verify_input_release(struct verify_input *input);

#endif
