/* The forms of output. */
#ifndef CMD_AWSCLI_OUTPUT_FORMAT_NAMES_H
#define CMD_AWSCLI_OUTPUT_FORMAT_NAMES_H

#include <stdbool.h>

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

#endif
