/* Reports that a provider failed. */
#include "aws/provider.h"

int
provider_may_ask(const struct provider_context *context, struct err *err)
{
	return context->at_hand_only
		       ? err_set(err, ERR_UNCONFIGURED,
				 "the credentials are not at hand")
		       : 0;
}

int
provider_failed(const char *method, struct err *err)
{
	return err_context(
		err, "Error when retrieving credentials from %s", method);
}
