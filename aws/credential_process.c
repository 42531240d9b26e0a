/* Runs a profile's credential_process. */
#include "aws/credential_process.h"

#include <string.h>

#include "aws/process.h"

static const char method[] = "custom-process";

int
credential_process_load(struct credentials *out,
	const struct provider_context *context, const char *profile,
	struct err *err)
{
	const char *command = aws_config_in_profile(
		context->config, profile, "credential_process");
	struct buf printed;
	int rc;

	if (!command)
		return 1;
	if (provider_may_ask(context, err) != 0)
		return -1;
	buf_init(&printed, CREDENTIALS_MAX);
	buf_reserve(&printed, CREDENTIALS_MAX); /* growing leaves copies */
	rc = process_run(&printed, ini_is_nested(command) ? "" : command,
		context->system, PROCESS_MS_MAX, err);
	if (rc == 0 && strlen(buf_str(&printed)) != printed.len)
		rc = err_set(err, ERR_INPUT, "not JSON");
	if (rc == 0)
		rc = credentials_read_json(
			out, buf_str(&printed), CREDENTIALS_PROCESS, err);
	buf_wipe(&printed);
	out->method = method;
	return rc == 0 ? 0 : provider_failed(method, err);
}
