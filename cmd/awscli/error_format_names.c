/* The table of the forms of errors. */
#include "cmd/awscli/error_format_names.h"

#include <stddef.h>

/* In the order of the AWS CLI. */
const char *const error_format_names[ERROR_FORMATS + 1] = {
	[ERROR_FORMAT_LEGACY] = "legacy",
	[ERROR_FORMAT_JSON] = "json",
	[ERROR_FORMAT_YAML] = "yaml",
	[ERROR_FORMAT_TEXT] = "text",
	[ERROR_FORMAT_TABLE] = "table",
	[ERROR_FORMAT_ENHANCED] = "enhanced",
};
