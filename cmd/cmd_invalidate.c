/* edgediff invalidate BUILD: brings the edge up to date with a build. */
#include <stdio.h>
#include <stdlib.h>

#include "base/name.h"
#include "cmd/apart.h"
#include "cmd/interrupt.h"
#include "cmd/outcome.h"
#include "cmd/output.h"
#include "cmd/report/report.h"
#include "cmd/step_outputs.h"

/* One deployment, or one for each section that is named. */
struct run {
	struct arguments arguments;
	struct config config;
	struct stamp stamp;
	struct job *jobs;
	size_t count;
	bool several; /* each job's outcome is printed, failed or not */
	cJSON *array; /* of outcomes, where there are several in JSON */
};

/* Two that keep one baseline would each take the other's build for its own. */
static int
check_baselines(const struct run *run, const struct job *job, struct err *err)
{
	const struct job *other;
	struct shown_name shown, one, two;

	for (other = run->jobs; other < job; other++)
		if (apart_is_one(other->where, job->where))
			return err_set(err, ERR_USAGE,
				"--distribution %s and %s keep one baseline, "
				"%s: give each a 'baseline' of its own",
				name_show_str(&one, other->name),
				name_show_str(&two, job->name),
				name_show_str(&shown, job->where));
	return 0;
}

/* Make every job ready before the first one begins. */
static int
shape_jobs(struct run *run, struct err *err)
{
	const struct arguments *arguments = &run->arguments;
	const struct string_list *sections = &arguments->given.sections;
	size_t count = sections->count > 0 ? sections->count : 1, i;

	run->several = sections->count > 1;
	if (config_check_several(&arguments->given, err) != 0 ||
		report_check(&arguments->given.report, err) != 0)
		return -1;
	run->jobs = calloc(count, sizeof(*run->jobs));
	if (!run->jobs)
		return err_memory(err);
	for (i = 0; i < count; i++) {
		struct job *job = &run->jobs[i];

		*job = (struct job)JOB_INIT;
		run->count++;
		job->config = &run->config;
		job->given = &arguments->given;
		if (sections->count > 0)
			job->section = sections->items[i];
		if (run->several)
			job->name = job->section;
		if (config_settings(job->config, job->section, FOR_INVALIDATE,
			    job->given, &job->settings, err) != 0 ||
			job_shape(job, arguments->operands[0], &run->stamp,
				err) != 0 ||
			(run->several && job_check_connection(job, err) != 0))
			return config_blame(
				job->config, job->section, job->given, err);
		if (check_baselines(run, job, err) != 0)
			return -1;
	}
	return 0;
}

static int
print_tree(struct run *run, cJSON *tree, struct err *err)
{
	if (!run->array || !tree)
		return json_output(tree, err);
	if (cJSON_AddItemToArray(run->array, tree))
		return 0;
	cJSON_Delete(tree);
	return err_memory(err);
}

static int
print_job(struct run *run, const struct job *job, struct err *err)
{
	bool done = job->deployed;
	int rc = 0;

	if (!done && !run->several)
		return 0;
	if (run->arguments.json || job->settings.dry_run)
		rc = print_tree(run,
			done ? outcome_json(job) : outcome_json_failed(job),
			err);
	else if (done)
		outcome_print(job);
	else
		outcome_print_failed(job);
	return rc == 0 ? output_finish(err) : rc;
}

/*
 * To the steps behind it in a workflow: of one deployment only, since outputs
 * have no place for several.
 */
static int
give_outputs(const struct run *run, const struct job *job, struct err *err)
{
	if (run->several || !job->deployed)
		return 0;
	return step_outputs_of_invalidate(
		&job->result, job->settings.dry_run, err);
}

static bool
is_any_recorded(const struct run *run)
{
	size_t i;

	for (i = 0; i < run->count; i++)
		if (run->jobs[i].result.recorded)
			return true;
	return false;
}

/*
 * After a signal nothing new is begun. Without one they end the run again, as
 * long as there is nothing to be told of an earlier job.
 */
static void
run_job(struct run *run, struct job *job)
{
	if (interrupted(NULL)) {
		err_set(&job->err, ERR_BUSY,
			"not begun: the run was interrupted before");
		job->status = talk_failure(&job->err);
		return;
	}
	if (is_any_recorded(run))
		interrupts_hold_for_good();
	else
		interrupts_release();
	job_deploy(job);
	if (job->status == EXIT_DONE && !job->settings.dry_run)
		stamp_note(&run->stamp, job->deploy.distribution,
			job->result.hash, job->result.recorded);
}

/* The worst of the jobs': what needs a person soonest. */
static int
worst_status(const struct run *run)
{
	static const int order[] = {
		EXIT_PENDING, EXIT_FAILED, EXIT_USAGE, EXIT_AFTER};
	size_t i, j;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		for (j = 0; j < run->count; j++)
			if (run->jobs[j].status == order[i])
				return order[i];
	return EXIT_DONE;
}

static void
end_job(struct run *run, struct job *job)
{
	struct err printing = ERR_INIT, giving = ERR_INIT;

	job_wait(job);
	if (job > run->jobs && !run->array)
		printf("\n");
	if (print_job(run, job, &printing) != 0)
		job_fail_after(job, &printing);
	if (give_outputs(run, job, &giving) != 0)
		job_fail_after(job, &giving);
}

/* All are sent before one is waited for: each minute is one of stale pages. */
static void
run_jobs(struct run *run)
{
	size_t i;

	if (run->several &&
		(run->arguments.json || run->arguments.settings.dry_run))
		run->array = cJSON_CreateArray();
	for (i = 0; i < run->count; i++) {
		talk_about(run->jobs[i].name);
		run_job(run, &run->jobs[i]);
	}
	for (i = 0; i < run->count; i++) {
		talk_about(run->jobs[i].name);
		end_job(run, &run->jobs[i]);
	}
	talk_about(NULL);
}

/* What is about all jobs fails them all, where it fails. */
static int
finish(struct run *run)
{
	struct err err = ERR_INIT;
	int rc = 0;
	size_t i;

	if (run->array) {
		rc = json_output(run->array, &err);
		run->array = NULL;
		if (rc == 0)
			rc = output_finish(&err);
	}
	if (rc == 0 && worst_status(run) == EXIT_DONE &&
		!run->arguments.settings.dry_run)
		rc = stamp_write(&run->stamp, &err);
	if (rc != 0) {
		bool done = run->jobs[0].status == EXIT_DONE;

		job_fail_after(&run->jobs[0], &err);
		for (i = 1; done && i < run->count; i++)
			if (run->jobs[i].result.recorded &&
				run->jobs[0].status == EXIT_FAILED)
				run->jobs[0].status = EXIT_AFTER;
	}
	return worst_status(run);
}

int
command_invalidate(int argc, char **argv)
{
	struct run run = {.count = 0};
	struct err err = ERR_INIT;
	int status;
	size_t i;

	if (!arguments_take(
		    &run.arguments, "invalidate", argc, argv, 1, &status))
		return status;
	if (stamp_begin(&run.stamp, &run.arguments.settings, &err) != 0 ||
		config_open(&run.config, &run.arguments.given, &err) != 0 ||
		shape_jobs(&run, &err) != 0) {
		status = talk_failure(&err);
	} else {
		run_jobs(&run);
		status = finish(&run);
	}
	for (i = 0; i < run.count; i++)
		job_release(&run.jobs[i]);
	free(run.jobs);
	stamp_release(&run.stamp);
	config_release(&run.config);
	arguments_release(&run.arguments);
	return status;
}
