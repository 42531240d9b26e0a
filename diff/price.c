/* Computes the list price of invalidation paths. */
#include "diff/price.h"

#include "base/format.h"

enum {
	PATHS_PER_DOLLAR = 200,
	MILLS_PER_PATH = 5, /* thousandths of a dollar */
};

size_t
price_paid_at_least(size_t paths)
{
	return paths > PRICE_PATHS_FREE ? paths - PRICE_PATHS_FREE : 0;
}

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

void
price_format_range(struct buf *out, size_t paths)
{
	if (price_paid_at_least(paths) == 0)
		buf_addstr(out, "free");
	else
		price_format(out, price_paid_at_least(paths));
	if (paths == 0)
		return;
	buf_addstr(out, " (else ");
	price_format(out, paths);
	buf_addch(out, ')');
}
