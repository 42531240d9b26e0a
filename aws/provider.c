/* Reports that a provider failed. */
#include "aws/provider.h"

int
provider_failed(const char *method, struct err *err)
{
	return err_context(
		err, "Error when retrieving credentials from %s", method);
}
