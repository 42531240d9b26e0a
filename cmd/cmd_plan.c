/* edgediff plan OLD NEW: prints the items that cover what changed. */
#include <inttypes.h>
#include <stdio.h>

#include "base/name.h"
#include "cmd/arguments.h"
#include "cmd/output.h"
#include "cmd/pair.h"
#include "cmd/shape.h"
#include "cmd/warn.h"

/* A line per item with what it covers, then the totals. */
static void
print_text(const struct plan *plan)
{
	size_t i;

	if (plan->count > 0)
		printf("%10s %10s  %s\n", "stale", "collateral", "item");
	for (i = 0; i < plan->count; i++)
		printf("%10zu %10zu  %s\n", plan->items[i].stale,
			plan->items[i].collateral, plan->items[i].text);
	printf("items %zu, wildcards %zu, stale %zu, collateral %zu, URLs %zu, "
	       "price %.3f USD\n",
		plan->count, plan->wildcards, plan->stale, plan->collateral,
		plan->urls, (double)plan->count * 5 / 1000);
}

int
command_plan(int argc, char **argv)
{
	struct arguments arguments;
	struct url_rules rules;
	struct plan_limits limits;
	struct pair pair = {0};
	struct url_set urls = {0};
	struct plan plan = {0};
	struct err err = ERR_INIT;
	int status, rc;

	if (!arguments_take(&arguments, "plan", argc, argv, 2, &status))
		return status;
	rc = shape_urls(&arguments.settings, &rules, &err);
	if (rc == 0)
		rc = shape_limits(&arguments.settings, &limits, &err);
	if (rc == 0)
		rc = pair_read(
			&pair, &arguments.settings, arguments.operands, &err);
	if (rc == 0)
		rc = url_set_make(&urls, &pair.before, &pair.after,
			&pair.changes, &rules, &err);
	if (rc == 0)
		rc = plan_make(&plan, &urls, &limits, &err);
	if (rc == 0)
		rc = plan_check(&plan, &urls, &limits, &err);
	if (rc == 0)
		warn_of_changes(&pair.before, &pair.changes, &urls);
	if (rc == 0 && arguments.json)
		rc = json_output(json_plan(&plan, &pair.changes), &err);
	else if (rc == 0)
		print_text(&plan);
	if (rc == 0)
		rc = output_finish(&err);
	status = rc == 0 ? EXIT_DONE : talk_failure(&err);
	plan_release(&plan);
	url_set_release(&urls);
	pair_release(&pair);
	arguments_release(&arguments);
	return status;
}
