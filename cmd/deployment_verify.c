/* Asks the edge after a deployment, and records what is stale. */
#include "cmd/deployment_verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/plural.h"
#include "cmd/console/log.h"
#include "cmd/console/system.h"
#include "cmd/edge_report.h"
#include "cmd/report/report.h"
#include "cmd/store_lock.h"
#include "deploy/create_time.h"
#include "deploy/stale.h"
#include "deploy/store_open.h"

/* What the verification found, as deploy/stale.h takes it. */
struct findings {
	struct cached_value *stale;
	const char **fresh;
	size_t stale_count, fresh_count;
};

static void
add_stale(struct findings *f, const struct sample_value *found)
{
	struct cached_value *value = &f->stale[f->stale_count++];

	*value = (struct cached_value){.absent = found->absent};
	value->object.key = found->key;
	value->object.key_len = (uint32_t)strlen(found->key);
	value->object.size = found->size;
	memcpy(value->object.fingerprint, found->fingerprint, FINGERPRINT_SIZE);
}

/* The values whose keys are as they should be. */
static const struct sample_value *
right_values(const struct verified *one)
{
	return one->freshness == FRESHNESS_FRESH  ? one->url->fresh
	       : one->freshness == FRESHNESS_GONE ? one->url->old
						  : NULL;
}

static int
gather(struct findings *f, const struct verification *v, struct err *err)
{
	const struct verified *one;
	const struct sample_value *right;
	size_t i, values = 0;

	for (i = 0; i < v->count; i++)
		for (right = right_values(&v->list[i]); right;
			right = right->next)
			values++;
	f->stale = calloc(v->count + 1, sizeof(*f->stale));
	f->fresh = calloc(values + 1, sizeof(const char *));
	if (!f->stale || !f->fresh)
		return err_memory(err);
	for (i = 0; i < v->count; i++) {
		one = &v->list[i];
		if (one->freshness == FRESHNESS_STALE)
			add_stale(f, &one->found);
		else
			for (right = right_values(one); right;
				right = right->next)
				f->fresh[f->fresh_count++] = right->key;
	}
	return 0;
}

/* What it means for the next run. */
static void
say_next(const struct findings *f, size_t added)
{
	size_t left = f->stale_count > added ? f->stale_count - added : 0;

	if (added > 0)
		log_info("the next run of the same command invalidates what is "
			 "stale again, once");
	else if (left > 0)
		log_info("what is stale was invalidated again already, and is "
			 "not once more: is the upload complete, does "
			 "something else cache the site, and has a name ~ or ' "
			 "in it (--doubtful widen)? Once that is put right, "
			 "'edgediff create-invalidation' sends what is left");
}

static int
record(struct deployment *deployment, const struct findings *f, size_t *added,
	struct err *err)
{
	const struct stale_findings findings = {
		f->stale, f->stale_count, f->fresh, f->fresh_count};
	struct store *store = NULL;
	int rc = store_open(
		&store, deployment->where, &deployment->connection, err);

	if (rc == 0)
		rc = store_lock_begin(store, deployment->lock_timeout, err);
	if (rc == 0)
		rc = stale_record(&deployment->deploy.mount, store,
			&deployment->callbacks, &findings, added, err);
	store_close(store);
	return rc;
}

/*
 * A failure is said, and is no other status: what is stale is reported in any
 * case.
 */
static void
record_findings(struct deployment *deployment)
{
	struct findings f = {.stale_count = 0};
	struct err err = ERR_INIT;
	size_t added = 0;
	int rc = gather(&f, &deployment->edge.verification, &err);

	if (rc == 0 && (f.stale_count > 0 || deployment->deploy.baseline.again))
		rc = record(deployment, &f, &added, &err);
	if (rc == 0)
		say_next(&f, added);
	else
		log_warning("warning: what was found could not be recorded, so "
			    "the next run does not know of it: %s",
			err.message);
	free(f.stale);
	free(f.fresh);
}

static int64_t
since_invalidation(const struct deployment *deployment)
{
	const struct deploy_result *result = &deployment->result;
	int64_t created =
		result->accepted
			? create_time_seconds(result->invalidation.create_time)
			: -1;

	return created < 0 ? -1 : system_for_aws.now(NULL) - created;
}

/* Put into the reports what came of it. */
static void
fill_reports(struct deployment *deployment, const char *problem)
{
	struct err err = ERR_INIT;
	struct buf text;
	struct report_check check;

	buf_init(&text, EDGE_REPORT_MAX);
	check = edge_report_check(&deployment->edge, problem, &text);
	if (report_fill(&deployment->settings.report, &check, &err) != 0)
		deployment_fail_after(deployment, &err);
	buf_release(&text);
}

/* How the deployment ends with this; `err` is the verification's. */
static void
take_status(struct deployment *deployment, int status, struct err *err)
{
	size_t stale = deployment->edge.verification.kinds[FRESHNESS_STALE];

	if (status == EXIT_DONE)
		return;
	if (status == EXIT_STALE)
		err_set(err, ERR_SERVICE,
			"the edge still serves old bytes at %zu URL%s", stale,
			plural_s(stale));
	if (deployment->status == EXIT_DONE || status == EXIT_STALE)
		deployment->err = *err;
	deployment->status = status == EXIT_STALE ? EXIT_STALE : EXIT_AFTER;
}

void
deployment_verify(struct deployment *deployment)
{
	struct edge_check *edge = &deployment->edge;
	struct err err = ERR_INIT;
	int status;

	if (!deployment->deployed || !edge->has_sample)
		return;
	edge->since = since_invalidation(deployment);
	status = edge_check_run(edge, &err);
	edge_report_log(edge);
	if (edge->done && !edge->verification.unreachable)
		record_findings(deployment);
	take_status(deployment, status, &err);
	fill_reports(deployment, status == EXIT_DONE || status == EXIT_STALE
					 ? NULL
					 : err.message);
}
