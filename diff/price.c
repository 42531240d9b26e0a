/* Computes the list price of invalidation paths. */
#include "diff/price.h"

#include "base/format.h"

enum {
	PATHS_PER_DOLLAR = 200,
	MILLS_PER_PATH = 5, /* thousandths of a dollar */
};

double
price_usd(size_t paths)
{
	return (double)paths * MILLS_PER_PATH / 1000;
}

void
price_format(struct buf *out, size_t paths)
{
	buf_addch(out, '$');
	format_count(out, paths / PATHS_PER_DOLLAR);
	buf_addf(out, ".%03zu", paths % PATHS_PER_DOLLAR * MILLS_PER_PATH);
}
