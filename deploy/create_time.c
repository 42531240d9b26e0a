/* Compares the times of invalidations. */
#include "deploy/create_time.h"

#include <string.h>

int
create_time_compare(const char *a, const char *b)
{
	enum { SECONDS = sizeof("2026-11-23T09:40:00") - 1 };
	int order = strncmp(a, b, SECONDS);
	size_t left, right;

	if (order != 0 || strlen(a) < SECONDS)
		return order;
	a += SECONDS + (a[SECONDS] == '.');
	b += SECONDS + (b[SECONDS] == '.');
	left = strspn(a, "0123456789");
	right = strspn(b, "0123456789");
	order = strncmp(a, b, left < right ? left : right);
	/* a longer fraction is later: .5 before .51 */
	return order != 0 ? order : (left > right) - (left < right);
}
