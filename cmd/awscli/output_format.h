/* The forms of output, and what each makes of a value. */
#ifndef CMD_AWSCLI_OUTPUT_FORMAT_H
#define CMD_AWSCLI_OUTPUT_FORMAT_H

#include "cmd/awscli/fault.h"
#include "cmd/awscli/value.h"

enum output_format {
	OUTPUT_FORMAT_JSON,
	OUTPUT_FORMAT_TEXT,
	OUTPUT_FORMAT_TABLE,
	OUTPUT_FORMAT_YAML,
	OUTPUT_FORMAT_YAML_STREAM, /* YAML, a list for each page */
	OUTPUT_FORMAT_OFF, /* nothing */
	OUTPUT_FORMATS, /* their number */
};

/* Their names, which --output takes, and then NULL. */
extern const char *const output_format_names[OUTPUT_FORMATS + 1];

/* Returns false if there is none of this name. */
bool output_format_find(enum output_format *out, const char *name);

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
