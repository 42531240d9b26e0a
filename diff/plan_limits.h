/*
 * The limits that a plan must keep, and how it weighs against paths what
 * wildcards drag along: collateral, and what other origins serve.
 */
#ifndef DIFF_PLAN_LIMITS_H
#define DIFF_PLAN_LIMITS_H

#include <stddef.h>
#include <stdint.h>

enum {
	/*
	 * CloudFront's quotas: invalidation paths in progress at one time, and
	 * wildcards among them.
	 */
	PATHS_MAX = 3000,
	WILDCARDS_MAX = 15,

	COST_UNIT = 1000000, /* costs are counted in millionths of a path */
	COST_MAX = 1000, /* largest collateral cost, in paths */

	/*
	 * URLs; so many that with all behaviours and all wildcards the sum
	 * fits 31 bits, which diff/url_set.h asserts
	 */
	FOREIGN_COST_MAX = 30000,
	FOREIGN_COST_DEFAULT = 1000,
};

struct plan_limits {
	size_t paths_max; /* 1 to PATHS_MAX */
	size_t wildcards_max; /* 0 to WILDCARDS_MAX */
	uint64_t collateral_cost; /* in millionths of a path, up to COST_MAX */

	/*
	 * As how many collateral URLs it counts that a wildcard can meet a
	 * foreign behaviour (diff/site.h); up to FOREIGN_COST_MAX.
	 */
	uint32_t foreign_cost;
};

#endif
