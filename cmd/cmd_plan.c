/* edgediff plan OLD NEW: prints the items that cover what changed. */
#include "cmd/command.h"

#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/plural.h"
#include "cmd/build_guard.h"
#include "cmd/config.h"
#include "cmd/connect.h"
#include "cmd/console/item_lines.h"
#include "cmd/console/json_format.h"
#include "cmd/console/json_print.h"
#include "cmd/console/json_result.h"
#include "cmd/console/json_tree.h"
#include "cmd/console/log.h"
#include "cmd/console/output.h"
#include "cmd/exit_status.h"
#include "cmd/inspection_report.h"
#include "cmd/option_values.h"
#include "cmd/report/report.h"
#include "cmd/staging_twin.h"
#include "cmd/step_outputs.h"
#include "cmd/two_builds.h"
#include "cmd/warn.h"
#include "diff/changes.h"
#include "diff/delta.h"
#include "diff/explanation.h"
#include "diff/fallback.h"
#include "diff/price.h"
#include "diff/url_set.h"

/* Print a line with the cost of a plan. */
static void
print_cost(const char *name, size_t items, size_t collateral)
{
	printf("%10zu %10zu %10.3f  %s\n", items, collateral, price_usd(items),
		name);
}

static int
print_everything(const struct url_set *urls, struct err *err)
{
	struct err forbidden = ERR_INIT;
	struct plan plan;

	if (plan_everything(&plan, urls, &forbidden) == 0) {
		print_cost("everything", plan.count, plan.collateral);
		plan_release(&plan);
		return 0;
	}
	if (forbidden.code == ERR_MEMORY)
		return err_memory(err);
	printf("%10s %10s %10s  everything: --never-widen forbids it\n", "-",
		"-", "-");
	return 0;
}

/*
 * Print a line for each item and what it covers, the totals, and the cost of
 * what people do without a plan.
 */
static int
print_text(const struct plan *plan, const struct url_set *urls, struct err *err)
{
	size_t inexact = 0, i;

	if (plan->count > 0)
		printf("%10s %10s  %s\n", "stale", "collateral", "item");
	for (i = 0; i < plan->count; i++)
		printf("%10zu %10zu  %s\n", plan->items[i].stale,
			plan->items[i].collateral, plan->items[i].text);
	printf("%zu of %zu URL%s %s stale", plan->stale, plan->urls,
		plural_s(plan->urls), plural(plan->stale, "is", "are"));
	if (plan->neutral > 0)
		printf(", %zu neutral", plan->neutral);
	printf("; %zu of %zu item%s %s\n", plan->wildcards, plan->count,
		plural_s(plan->count),
		plural(plan->wildcards, "is a wildcard", "are wildcards"));
	printf("%10s %10s %10s\n", "items", "collateral", "USD");
	print_cost("this plan", plan->count, plan->collateral);
	if (plan->count == 0)
		return 0;
	if (print_everything(urls, err) != 0)
		return -1;
	for (i = 0; i < urls->count; i++)
		inexact += urls->list[i].stale && !urls->list[i].exact;
	if (inexact > 0)
		printf("%10s %10s %10s  exact paths cannot cover %zu URL%s\n",
			"-", "-", "-", inexact, plural_s(inexact));
	else
		print_cost("exact paths", plan->stale, 0);
	printf("the " PRICE_FREE_PATHS "\n");
	return 0;
}

/* Why everything is invalidated, if that is the reason. */
static int
print_fallback(const struct delta *delta, struct err *err)
{
	struct buf why;
	int rc;

	if (!delta->fallback)
		return 0;
	buf_init(&why, 64 * 1024);
	fallback_say(&why, delta->fallback, &delta->urls);
	rc = buf_check(&why, err);
	if (rc == 0)
		printf("  because %s\n", buf_str(&why));
	buf_release(&why);
	return rc;
}

static int
print_explanation(const char *text, const struct explanation *e,
	const struct delta *delta, struct err *err)
{
	struct escaped_name shown;
	size_t i;

	escape_show_str(&shown, e->url ? e->url->text : text);
	if (!e->url) {
		printf("%s is not a URL of either build%s\n", shown.text,
			strchr(text, '\\') ? ": a path of the site has /, not "
					     "\\"
			: delta->fallback  ? ", but a fallback may answer at it"
					   : "");
	} else if (e->url->neutral) {
		printf("%s is neutral, because %s%s%s%s\n", shown.text,
			e->url->uncached ? "no cache keeps it"
					 : "its object was added and "
					   "--skip-added is set",
			e->item ? "; " : "", e->item ? e->item->text : "",
			e->item ? " also invalidates it, at no cost" : "");
	} else if (!e->url->stale) {
		printf("%s is not stale%s%s%s\n", shown.text,
			e->item ? ", but " : "", e->item ? e->item->text : "",
			e->item ? " also invalidates it" : "");
	} else {
		printf("%s is stale and covered by %s\n", shown.text,
			e->item ? e->item->text : "nothing");
	}
	for (i = 0; i < e->change_count; i++) {
		const struct change *change = e->changes[i];
		const struct object *object = change_object(change);

		printf("  because %s was %s\n",
			escape_show(&shown, object->key, object->key_len),
			change_word(change->kind));
	}
	return print_fallback(delta, err);
}

/* What the command makes, in this order. */
struct plan_run {
	struct url_rules rules;
	struct plan_limits limits;
	struct two_builds builds;
	struct connection connection;
	struct site_inspection inspection;
	struct delta delta;
};

/*
 * Connect, to find out how the site is cached, if a distribution is named. If only
 * a section of edgediff.conf names it, comparing two builds needs no network:
 * CloudFront is asked if credentials are at hand.
 */
static int
connect_named(struct plan_run *run, const struct arguments *arguments,
	struct err *err)
{
	const struct settings *settings = &arguments->settings;
	struct aws_client *client = &run->connection.cloudfront.client;
	struct err why = ERR_INIT;

	if (!settings->distribution || strcmp(settings->inspect, "auto") != 0)
		return 0;
	if (connect_open(&run->connection, settings, &why) != 0) {
		if (arguments->given.distribution || why.code == ERR_MEMORY) {
			*err = why;
			return -1;
		}
		log_debug("the distribution was not read: %s", why.message);
		return 0;
	}
	if (arguments->given.distribution || !client->load_at_hand ||
		client->load_at_hand(client->load_context))
		run->inspection.source.cloudfront = &run->connection.cloudfront;
	else
		log_debug("the distribution was not read: there are no "
			  "credentials at hand");
	return 0;
}

/* Find out how the site is cached: by --inspect FILE, or by CloudFront. */
static int
inspect(struct plan_run *run, const struct arguments *arguments,
	struct err *err)
{
	const struct settings *settings = &arguments->settings;
	struct site_inspection *inspection = &run->inspection;
	const struct site *site = NULL;

	inspection->source.settings = settings;
	if (settings->distribution &&
		connect_distribution(
			&inspection->source.distribution, settings, err) != 0)
		return -1;
	if (connect_named(run, arguments, err) != 0 ||
		inspection_find(inspection, &run->delta, NULL, &site, err) != 0)
		return -1;
	url_rules_take_site(&run->rules, site);
	return 0;
}

static int
make_plan(struct plan_run *run, const struct arguments *arguments,
	struct err *err)
{
	const struct settings *settings = &arguments->settings;
	struct two_builds *builds = &run->builds;

	if (report_check(&settings->report, err) != 0 ||
		option_values_urls(settings, &run->rules, err) != 0 ||
		option_values_limits(settings, &run->limits, err) != 0 ||
		inspection_check(settings, err) != 0 ||
		two_builds_read(builds, settings, arguments->operands, err) !=
			0 ||
		delta_find(&run->delta, &builds->before, NULL, &builds->after,
			err) != 0 ||
		inspect(run, arguments, err) != 0)
		return -1;
	/* ERR_USAGE: the rules contradict each other or this build */
	return delta_plan(&run->delta, &run->rules, &run->limits, err) == 0
		       ? 0
		       : settings_blame(settings, NULL, err);
}

static int
check_explain(const char *text, struct err *err)
{
	struct escaped_name shown;

	if (text[0] == '/')
		return 0;
	if (option_values_url_path("--explain", text, err) != 0)
		return -1;
	return err_set(err, ERR_USAGE,
		"--explain '%s': expected a path of the site, like "
		"/docs/a.html",
		escape_show_str(&shown, text));
}

static int
explain(const struct delta *delta, const char *text, struct err *err)
{
	struct explanation explanation;
	int rc;

	rc = explanation_make(&explanation, text, &delta->plan, &delta->urls,
		&delta->changes, delta->rules, err);
	if (rc == 0)
		rc = print_explanation(text, &explanation, delta, err);
	explanation_release(&explanation);
	return rc;
}

/* NULL if memory is short. */
static cJSON *
json_plan(const struct delta *delta)
{
	cJSON *tree = json_object(JSON_FORMAT_PLAN);

	if (json_put_plan(tree, delta))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static int
print(const struct arguments *arguments, const struct delta *delta,
	struct err *err)
{
	int rc = 0;

	if (arguments->settings.explain)
		rc = explain(delta, arguments->settings.explain, err);
	else if (arguments->json)
		rc = json_output(json_plan(delta), err);
	else if (arguments->paths)
		item_lines_print(&delta->plan);
	else
		rc = print_text(&delta->plan, &delta->urls, err);
	return rc == 0 ? output_finish(err) : rc;
}

static int
write_report(const struct arguments *arguments, const struct plan_run *run,
	struct err *err)
{
	struct report_check distribution;
	struct report_run comparison = {
		.stage = REPORT_COMPARISON, .checks = &distribution};
	struct buf text;
	int rc;

	buf_init(&text, INSPECTION_REPORT_MAX);
	comparison.check_count =
		inspection_report(&run->inspection, &distribution, &text);
	rc = report_write(
		&arguments->settings.report, &comparison, &run->delta, err);
	buf_release(&text);
	return rc;
}

/* A plan is for one distribution, so that no twin is in the run. */
static void
warn_of_staging(const struct plan_run *run, const struct config *config,
	const struct arguments *arguments)
{
	const struct site_inspection *inspection = &run->inspection;
	const struct staging_run staging = {
		config, &arguments->given.sections, &inspection, 1};

	staging_twin_warn(&staging, 0);
}

int
command_plan(int argc, char **argv)
{
	struct config config = {.path = NULL};
	struct arguments arguments;
	struct plan_run run = {0};
	const struct delta *delta = &run.delta;
	struct err err = ERR_INIT;
	int status, rc;

	if (!arguments_take(&arguments, "plan", argc, argv, 2, &status))
		return status;
	rc = 0;
	if (arguments.settings.explain && (arguments.json || arguments.paths))
		rc = err_set(&err, ERR_USAGE,
			"--explain prints text: leave out --output %s",
			arguments.settings.output);
	if (rc == 0 && arguments.settings.explain)
		rc = check_explain(arguments.settings.explain, &err);
	if (rc == 0)
		rc = config_take_one(&config, &arguments, FOR_PLAN, &err);
	if (rc == 0)
		rc = make_plan(&run, &arguments, &err);
	if (rc == 0) {
		build_guard_warn(
			&arguments.settings, arguments.operands[1], delta);
		warn_about_plan(delta);
		warn_of_staging(&run, &config, &arguments);
	}
	if (rc == 0)
		rc = write_report(&arguments, &run, &err);
	if (rc == 0)
		rc = print(&arguments, delta, &err);
	if (rc == 0)
		rc = step_outputs_set_plan(
			&delta->plan, &delta->changes, &run.builds.after, &err);
	status = rc == 0 ? EXIT_DONE : exit_status_log(&err);
	delta_release(&run.delta);
	inspection_release(&run.inspection);
	connection_release(&run.connection);
	two_builds_release(&run.builds);
	config_release(&config);
	arguments_release(&arguments);
	return status;
}
