/* Checks the id of a distribution. */
#include "manifest/distribution.h"

#include <string.h>

bool
distribution_is_valid(const char *id)
{
	size_t len = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				"abcdefghijklmnopqrstuvwxyz0123456789_-");

	return len > 0 && len <= DISTRIBUTION_MAX && !id[len];
}
