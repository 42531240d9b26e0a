/* The table of the forms of output. */
#include "cmd/awscli/output_format_names.h"

#include <string.h>

/* In the order of the AWS CLI, which messages show. */
const char *const output_format_names[OUTPUT_FORMATS + 1] = {
	[OUTPUT_FORMAT_JSON] = "json",
	[OUTPUT_FORMAT_TEXT] = "text",
	[OUTPUT_FORMAT_TABLE] = "table",
	[OUTPUT_FORMAT_YAML] = "yaml",
	[OUTPUT_FORMAT_YAML_STREAM] = "yaml-stream",
	[OUTPUT_FORMAT_OFF] = "off",
};

bool
output_format_find(enum output_format *out, const char *name)
{
	size_t i;

	for (i = 0; i < OUTPUT_FORMATS; i++) {
		if (strcmp(name, output_format_names[i]) != 0)
			continue;
		*out = (enum output_format)i;
		return true;
	}
	return false;
}
