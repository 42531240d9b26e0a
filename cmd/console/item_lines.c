/* Prints the items of a plan, one per line. */
#include "cmd/console/item_lines.h"

#include <stdio.h>

void
item_lines_print(const struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->count; i++)
		printf("%s\n", plan->items[i].text);
}
