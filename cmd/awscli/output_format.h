/* What each form of output makes of a value. */
#ifndef CMD_AWSCLI_OUTPUT_FORMAT_H
#define CMD_AWSCLI_OUTPUT_FORMAT_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/output_format_names.h"
#include "cmd/awscli/value.h"

/*
 * Append a value in one of the formats but OUTPUT_FORMAT_OFF; an empty dict as
 * well. The other parameters are those of output_format_print.
 */
int output_format_append(struct buf *out, enum output_format format,
	struct arena *arena, const char *title, const char *color,
	const struct value *value, struct fault *fault);

/*
 * Print a value on standard output. A table has the title on it, and the width
 * of the terminal there; `color` is the option of that name, or NULL. What is
 * needed for it lives in the arena.
 */
int output_format_print(enum output_format format, struct arena *arena,
	const char *title, const char *color, const struct value *value,
	struct fault *fault);

#endif
