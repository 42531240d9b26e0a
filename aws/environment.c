/* Looks up environment variables. */
#include "aws/environment.h"

#include <stddef.h>

const char *
environment_get(const struct environment *environment, const char *name)
{
	const char *value = environment->get(environment->context, name);

	return value && value[0] ? value : NULL;
}
