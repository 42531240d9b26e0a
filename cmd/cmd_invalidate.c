/* edgediff invalidate BUILD: brings the edge up to date with a build. */
#include "cmd/command.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/escape.h"
#include "cmd/console/item_lines.h"
#include "cmd/console/json_print.h"
#include "cmd/console/log.h"
#include "cmd/console/output.h"
#include "cmd/console/signals.h"
#include "cmd/deployment_verify.h"
#include "cmd/path_conflicts.h"
#include "cmd/print_result.h"
#include "cmd/report/report.h"
#include "cmd/staging_twin.h"
#include "cmd/step_outputs.h"
#include "manifest/build.h"

/* One deployment, or one for each section that is named. */
struct invalidate_run {
	struct arguments arguments;
	struct config config;
	struct stamp stamp;
	struct deployment *deployments;
	size_t count;
	bool several; /* print every deployment's result, even a failed one's */
	cJSON *array; /* of results, if there are several in JSON */
	int status; /* of the steps that concern the whole run */
};

/* With one baseline for two, each would take the other's build for its own. */
static int
check_baselines(const struct invalidate_run *run,
	const struct deployment *deployment, struct err *err)
{
	const struct deployment *other;
	struct escaped_name shown, one, two;

	for (other = run->deployments; other < deployment; other++)
		if (path_conflicts_is_same(other->where, deployment->where))
			return err_set(err, ERR_USAGE,
				"--distribution %s and %s have the same "
				"baseline, %s: give each a 'baseline' of its "
				"own",
				escape_show_str(&one, other->name),
				escape_show_str(&two, deployment->name),
				escape_show_str(&shown, deployment->where));
	return 0;
}

static int
prepare_deployment(struct invalidate_run *run, struct deployment *deployment,
	const char *section, struct err *err)
{
	const struct arguments *arguments = &run->arguments;

	*deployment = (struct deployment)DEPLOYMENT_INIT;
	if (run->several)
		deployment->name = section;
	if (config_settings(&run->config, section, FOR_INVALIDATE,
		    &arguments->given, &deployment->settings, err) != 0 ||
		deployment_prepare(deployment, arguments->operands[0],
			&run->stamp, err) != 0 ||
		(run->several &&
			deployment_check_connection(deployment, err) != 0))
		return -1;
	return check_baselines(run, deployment, err);
}

/*
 * A run may settle an earlier batch before its own, and either may fail: its
 * result says what became of each, a list of items cannot.
 */
static int
check_paths(const struct invalidate_run *run, struct err *err)
{
	if (!run->arguments.paths)
		return 0;
	if (!run->arguments.given.dry_run)
		return err_set(err, ERR_USAGE,
			"--output paths prints what would be sent: add "
			"--dry-run; for what was sent, use --output json");
	if (run->several)
		return err_set(err, ERR_USAGE,
			"--output paths prints the items of one distribution: "
			"name one with --distribution");
	return 0;
}

/* Check every deployment before the first one begins. */
static int
prepare_deployments(struct invalidate_run *run, struct err *err)
{
	const struct settings *given = &run->arguments.given;
	const struct string_list *sections = &given->sections;
	size_t count = sections->count > 0 ? sections->count : 1, i;
	const char *section;

	run->several = sections->count > 1;
	if (check_paths(run, err) != 0)
		return -1;
	if (run->several && build_is_standard_input(run->arguments.operands[0]))
		return err_set(err, ERR_USAGE,
			"standard input can be read only once: for several "
			"distributions, write the archive to a file");
	if (config_check_several(given, err) != 0 ||
		report_check(&given->report, err) != 0)
		return -1;
	run->deployments = calloc(count, sizeof(*run->deployments));
	if (!run->deployments)
		return err_memory(err);
	if (run->several && (run->arguments.json || given->dry_run)) {
		run->array = cJSON_CreateArray();
		if (!run->array)
			return err_memory(err);
	}
	for (i = 0; i < count; i++) {
		section = sections->count > 0 ? sections->items[i] : NULL;
		run->count++;
		if (prepare_deployment(
			    run, &run->deployments[i], section, err) != 0)
			return -1;
	}
	return 0;
}

static int
print_tree(struct invalidate_run *run, cJSON *tree, struct err *err)
{
	if (!run->array || !tree)
		return json_output(tree, err);
	if (cJSON_AddItemToArray(run->array, tree))
		return 0;
	cJSON_Delete(tree);
	return err_memory(err);
}

static int
print_deployment(struct invalidate_run *run,
	const struct deployment *deployment, struct err *err)
{
	bool done = deployment->deployed;
	int rc = 0;

	if (!done && !run->several)
		return 0;
	if (run->arguments.paths)
		item_lines_print(&deployment->result.transition.delta.plan);
	else if (run->arguments.json || deployment->settings.dry_run)
		rc = print_tree(run,
			done ? print_result_json(deployment)
			     : print_result_json_failed(deployment),
			err);
	else if (done)
		print_result_text(deployment);
	else
		print_result_text_failed(deployment);
	return rc == 0 ? output_finish(err) : rc;
}

/*
 * Set the outputs for later steps of a workflow. Only a run of one deployment
 * has outputs, because each name can have only one value.
 */
static int
give_outputs(const struct invalidate_run *run,
	const struct deployment *deployment, struct err *err)
{
	if (run->several || !deployment->deployed)
		return 0;
	return step_outputs_set_invalidate(
		&deployment->result, deployment->settings.dry_run, err);
}

static bool
is_any_recorded(const struct invalidate_run *run)
{
	size_t i;

	for (i = 0; i < run->count; i++)
		if (run->deployments[i].result.recorded)
			return true;
	return false;
}

/*
 * After a signal nothing new begins. Otherwise a signal may end the run again,
 * unless an earlier deployment has a result that is yet to be printed.
 */
static void
run_deployment(struct invalidate_run *run, struct deployment *deployment)
{
	if (signals_caught()) {
		deployment_leave_out(deployment);
		return;
	}
	if (is_any_recorded(run))
		signals_hold_to_end();
	else
		signals_release();
	deployment_run(deployment);
	if (deployment->status == EXIT_DONE && !deployment->settings.dry_run)
		stamp_note(&run->stamp, deployment->deploy.mount.distribution,
			deployment->result.hash, deployment->result.recorded);
}

/* The status that needs somebody's attention soonest. */
static int
worst_status(const struct invalidate_run *run)
{
	static const int order[] = {
		EXIT_PENDING, EXIT_FAILED, EXIT_USAGE, EXIT_STALE, EXIT_AFTER};
	size_t i, j;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		if (run->status == order[i])
			return order[i];
		for (j = 0; j < run->count; j++)
			if (run->deployments[j].status == order[i])
				return order[i];
	}
	return EXIT_DONE;
}

/* Wait for one deployment if asked to, and print its result. */
static void
end_deployment(struct invalidate_run *run, struct deployment *deployment)
{
	struct err printing = ERR_INIT, giving = ERR_INIT;

	deployment_wait(deployment);
	deployment_verify(deployment);
	if (deployment > run->deployments && !run->array)
		printf("\n");
	if (print_deployment(run, deployment, &printing) != 0)
		deployment_fail_after(deployment, &printing);
	if (give_outputs(run, deployment, &giving) != 0)
		deployment_fail_after(deployment, &giving);
}

/* Staging distributions share no cache, so each needs a section of its own. */
static void
warn_of_staging(const struct invalidate_run *run)
{
	struct staging_run staging = {.config = &run->config,
		.sections = &run->arguments.given.sections,
		.count = run->count};
	size_t i;

	staging.inspections =
		calloc(run->count + 1, sizeof(const struct site_inspection *));
	if (!staging.inspections)
		return; /* it is only a warning */
	for (i = 0; i < run->count; i++)
		staging.inspections[i] = &run->deployments[i].inspection;
	for (i = 0; i < run->count; i++) {
		log_set_subject(run->deployments[i].name);
		staging_twin_warn(&staging, i);
	}
	free(staging.inspections);
}

/* Send everything before waiting: pages stay stale until then. */
static void
run_deployments(struct invalidate_run *run)
{
	size_t i;

	for (i = 0; i < run->count; i++) {
		log_set_subject(run->deployments[i].name);
		run_deployment(run, &run->deployments[i]);
	}
	warn_of_staging(run);
	for (i = 0; i < run->count; i++) {
		log_set_subject(run->deployments[i].name);
		end_deployment(run, &run->deployments[i]);
	}
	log_set_subject(NULL);
}

/* Write what concerns the whole run: the array of results, and the stamp. */
static int
write_run(struct invalidate_run *run, struct err *err)
{
	cJSON *array = run->array;

	run->array = NULL;
	if (array && (json_output(array, err) != 0 || output_finish(err) != 0))
		return -1;
	if (run->arguments.settings.dry_run || worst_status(run) != EXIT_DONE)
		return 0;
	return stamp_write(&run->stamp, err);
}

/* End the run; its last steps may fail, too. Returns an exit status. */
static int
finish(struct invalidate_run *run)
{
	struct err err = ERR_INIT;

	if (write_run(run, &err) != 0) {
		run->status = exit_status_log(&err);
		if (is_any_recorded(run))
			run->status = EXIT_AFTER;
	}
	return worst_status(run);
}

int
command_invalidate(int argc, char **argv)
{
	struct invalidate_run run = {.count = 0};
	struct err err = ERR_INIT;
	int status;
	size_t i;

	if (!arguments_take(
		    &run.arguments, "invalidate", argc, argv, 1, &status))
		return status;
	if (stamp_begin(&run.stamp, &run.arguments.settings, &err) != 0 ||
		config_open(&run.config, &run.arguments.given, &err) != 0 ||
		prepare_deployments(&run, &err) != 0) {
		status = exit_status_log(&err);
	} else {
		run_deployments(&run);
		status = finish(&run);
	}
	for (i = 0; i < run.count; i++)
		deployment_release(&run.deployments[i]);
	free(run.deployments);
	cJSON_Delete(run.array);
	stamp_release(&run.stamp);
	config_release(&run.config);
	arguments_release(&run.arguments);
	return status;
}
