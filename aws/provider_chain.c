/* Asks one provider after another. */
#include "aws/provider_chain.h"

#include "aws/container.h"
#include "aws/instance.h"
#include "aws/profile.h"
#include "aws/role.h"
#include "aws/static_keys.h"

int
provider_chain_load(struct credentials *out,
	const struct provider_context *context, struct err *err)
{
	const char *profile = context->config->profile;
	bool environment = !context->config->profile_by_option;
	struct buf said;
	int rc = 1;

	buf_init(&said, INSTANCE_SAID_MAX);
	*out = (struct credentials){.access_key = NULL};
	if (environment)
		rc = static_keys_environment(out, context, err);
	if (rc == 1)
		rc = role_load(out, context, profile, err);
	if (rc == 1)
		rc = profile_load(out, context, profile, environment, err);
	if (rc == 1)
		rc = container_load(out, context, err);
	if (rc == 1)
		rc = instance_load(out, context, &said, err);
	if (rc == 1)
		rc = profile_refuse_sso_session(context->config, profile, err);
	if (rc == 1)
		rc = err_set(err, ERR_UNCONFIGURED,
			"Unable to locate credentials. You can configure "
			"credentials by running \"aws login\".%s%s",
			said.len > 0 ? " " : "", buf_shown(&said));
	buf_release(&said);
	return rc;
}
