/* edgediff verify BUILD: asks the site whether it serves the build. */
#include "cmd/command.h"

#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "cmd/config.h"
#include "cmd/console/json_format.h"
#include "cmd/console/json_print.h"
#include "cmd/console/json_tree.h"
#include "cmd/console/log.h"
#include "cmd/console/output.h"
#include "cmd/console/system.h"
#include "cmd/edge_report.h"
#include "cmd/inspection.h"
#include "cmd/option_values.h"
#include "cmd/report/report.h"
#include "cmd/verify_input.h"
#include "deploy/create_time.h"
#include "diff/delta.h"

/* What the command makes, in this order. */
struct verify_run {
	struct edge_options options;
	struct url_rules rules;
	struct plan_limits limits;
	struct verify_input input;
	struct site_inspection inspection;
	struct delta delta;
	struct edge_check check;
};

/* What the baseline kept of the site, or a file says; nobody is asked. */
static int
inspect(struct verify_run *run, const struct settings *settings,
	struct err *err)
{
	const struct site *site = NULL;

	run->inspection.source.settings = settings;
	if (inspection_find(&run->inspection, &run->delta,
		    run->input.is_baseline ? run->input.baseline.site : NULL,
		    &site, err) != 0)
		return -1;
	url_rules_take_site(&run->rules, site);
	return 0;
}

/* Where the build is mounted, unless an option says so. */
static void
take_prefix(struct verify_run *run, struct settings *settings)
{
	const struct baseline *b = &run->input.baseline;

	if (b->prefix && !settings_is_given(settings, "--prefix"))
		settings->prefix = b->prefix;
}

static int
make_delta(struct verify_run *run, struct arguments *arguments, struct err *err)
{
	struct settings *settings = &arguments->settings;
	struct verify_input *input = &run->input;

	if (report_check(&settings->report, err) != 0 ||
		edge_options_read(&run->options, settings, err) != 0 ||
		option_values_limits(settings, &run->limits, err) != 0 ||
		inspection_check(settings, err) != 0 ||
		verify_input_read(
			input, settings, arguments->operands[0], err) != 0)
		return -1;
	take_prefix(run, settings);
	if (option_values_urls(settings, &run->rules, err) != 0 ||
		delta_find(&run->delta, input->before, input->sets,
			&input->builds.after, err) != 0 ||
		inspect(run, settings, err) != 0)
		return -1;
	return delta_plan(&run->delta, &run->rules, &run->limits, err) == 0
		       ? 0
		       : settings_blame(settings, NULL, err);
}

/* Seconds since the baseline's invalidation, or -1. */
static int64_t
since_invalidation(const struct verify_run *run)
{
	int64_t created = create_time_seconds(run->input.baseline.create_time);

	if (!run->input.is_baseline || created < 0)
		return -1;
	return system_for_aws.now(NULL) - created;
}

static const char *
result_word(int status)
{
	return status == EXIT_STALE   ? "stale"
	       : status == EXIT_AFTER ? "unreachable"
				      : "fresh";
}

static cJSON *
json_result(const struct verify_run *run, int status)
{
	cJSON *tree = json_object(JSON_FORMAT_VERIFY);

	if (cJSON_AddStringToObject(tree, "result", result_word(status)) &&
		cJSON_AddStringToObject(
			tree, "manifest_hash", run->check.sample.hash) &&
		json_put(tree, "verification", edge_check_json(&run->check)))
		return tree;
	cJSON_Delete(tree);
	return NULL;
}

static int
print(const struct verify_run *run, bool json, int status, struct err *err)
{
	struct escaped_name shown;

	if (json)
		return json_output(json_result(run, status), err);
	printf("result        %s\n", result_word(status));
	printf("site          %s\n",
		escape_show_str(&shown, run->options.base));
	printf("manifest      %s\n", run->check.sample.hash);
	edge_check_print(&run->check);
	return output_finish(err);
}

/* A check beside what changed. `problem`: why nothing was found, or NULL. */
static int
write_report(const struct verify_run *run, const struct settings *settings,
	const char *problem, struct err *err)
{
	struct report_check check;
	const struct report_run report = {
		.stage = REPORT_COMPARISON,
		.checks = &check,
		.check_count = 1,
	};
	struct buf text;
	int rc;

	buf_init(&text, EDGE_REPORT_MAX);
	check = edge_report_check(&run->check, problem, &text);
	rc = report_write(&settings->report, &report, &run->delta, err);
	buf_release(&text);
	return rc;
}

/* Returns an exit status. */
static int
verify(struct verify_run *run, struct arguments *arguments)
{
	struct settings *settings = &arguments->settings;
	struct err err = ERR_INIT, after = ERR_INIT;
	struct sample_known known = {.again = NULL};
	int status;

	if (make_delta(run, arguments, &err) != 0)
		return exit_status_log(&err);
	run->check.options = &run->options;
	run->check.since = since_invalidation(run);
	known.again = run->input.baseline.again;
	if (edge_check_sample(&run->check, &run->delta, &known, &err) != 0)
		return exit_status_log(&err);
	status = edge_check_run(&run->check, &err);
	edge_report_log(&run->check);
	if (status == EXIT_FAILED || status == EXIT_USAGE)
		return status;
	if (write_report(run, settings,
		    status == EXIT_AFTER ? err.message : NULL, &after) != 0 ||
		print(run, arguments->json, status, &after) != 0)
		return exit_status_log(&after);
	return status;
}

int
command_verify(int argc, char **argv)
{
	struct config config = {.path = NULL};
	struct arguments arguments;
	struct verify_run run = {.check = {.has_sample = false}};
	struct err err = ERR_INIT;
	int status;

	if (!arguments_take(&arguments, "verify", argc, argv, 1, &status))
		return status;
	if (config_take_one(&config, &arguments, FOR_VERIFY, &err) != 0)
		status = exit_status_log(&err);
	else
		status = verify(&run, &arguments);
	edge_check_release(&run.check);
	delta_release(&run.delta);
	inspection_release(&run.inspection);
	verify_input_release(&run.input);
	edge_options_release(&run.options);
	config_release(&config);
	arguments_release(&arguments);
	return status;
}
