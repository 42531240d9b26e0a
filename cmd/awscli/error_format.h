/*
 * How errors are shown: --cli-error-format of the AWS CLI's newer versions
 * (2.34). What is no output begins with "aws: [ERROR]: ", which scripts look for.
 */
#ifndef CMD_AWSCLI_ERROR_FORMAT_H
#define CMD_AWSCLI_ERROR_FORMAT_H

#include <stdbool.h>

#include "aws/config.h"
#include "cmd/awscli/error_format_names.h"
#include "cmd/awscli/fault.h"

/*
 * The format that a name stands for, in capitals or not. As in the AWS CLI, a
 * name that is NULL or unknown stands for ERROR_FORMAT_ENHANCED: no setting
 * keeps an error from being shown.
 */
enum error_format error_format_of(const char *name);

/*
 * The format that AWS_CLI_ERROR_FORMAT asks for, or else cli_error_format in the
 * active profile. If there is none, as the settings could not be read, it is
 * ERROR_FORMAT_LEGACY.
 */
enum error_format error_format_configured(const struct aws_config *config);

/*
 * Print a fault on standard error. `color` is the option of that name, or NULL.
 * What has no code, and unknown options, have one form only.
 */
void error_format_print(
	const struct fault *fault, enum error_format format, const char *color);

#endif
