/* Makes lineages. */
#include "deploy/lineage.h"

#include "base/hex.h"

int
lineage_renew(struct baseline *baseline,
	const struct deploy_callbacks *callbacks, struct err *err)
{
	unsigned char random[LINEAGE_DIGITS / 2];

	if (callbacks->random(callbacks->context, random, sizeof(random)) != 0)
		return err_set(err, ERR_SYSTEM, "cannot get random bytes");
	hex_encode(baseline->lineage, random, sizeof(random));
	baseline_set_tag(baseline);
	return 0;
}
