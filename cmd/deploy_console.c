/* Connects a deployment to the console. */
#include "cmd/deploy_console.h"

#include <openssl/rand.h>

#include "cmd/build_guard.h"
#include "cmd/console/log.h"
#include "cmd/console/signals.h"
#include "cmd/edge_report.h"
#include "cmd/inspection_report.h"
#include "cmd/report/report.h"
#include "cmd/warn.h"
#include "deploy/store_open.h"

static void
log_line(void *context, enum deploy_level level, const char *text)
{
	(void)context;
	switch (level) {
	case DEPLOY_ERROR:
		log_error("%s", text);
		break;
	case DEPLOY_WARNING:
		log_warning("%s", text);
		break;
	case DEPLOY_INFO:
		log_info("%s", text);
		break;
	case DEPLOY_DEBUG:
		log_debug("%s", text);
		break;
	}
}

static void
log_line_elapsed(void *context, long long began, const char *text)
{
	(void)context;
	log_elapsed(began, "%s", text);
}

static int
guard(void *context, const struct delta *delta, struct err *err)
{
	const struct deploy_console *console = context;

	if (build_guard_check(console->settings, console->build, delta, err) ==
		0)
		return 0;
	log_info("note: nothing was recorded; if this build was uploaded all "
		 "the same, run 'edgediff announce' with it");
	return -1;
}

static int
inspect(void *context, const struct delta *delta, const char *kept,
	const struct site **site, struct err *err)
{
	const struct deploy_console *console = context;

	return console->inspection ? inspection_find(console->inspection, delta,
					     kept, site, err)
				   : 0;
}

static int
check_upload(void *context, const struct delta *delta, struct err *err)
{
	const struct deploy_console *console = context;

	return upload_checking_run(console->upload, delta, err);
}

/* What the reports tell of the upload; false if nothing is known. */
static bool
tell_upload(const struct deploy_console *console, struct report_check *out)
{
	const struct upload_check *check =
		console->upload ? &console->upload->check : NULL;
	const struct upload_tally *tally;

	if (!check || !check->has_result)
		return false;
	tally = &check->tally;
	*out = (struct report_check){
		.title = "Upload",
		.verdict = tally->of[UPLOAD_OLD] + tally->of[UPLOAD_MISSING] > 0
				   ? REPORT_FAILED
			   : tally->of[UPLOAD_UNKNOWN] > 0 ? REPORT_UNKNOWN
							   : REPORT_PASSED,
		.text = buf_shown(&check->text),
	};
	return true;
}

/* The upload check may have said of removed objects whether they are gone. */
static int
take_sample(const struct deploy_console *console, const struct delta *delta,
	struct err *err)
{
	struct sample_known known = {.again = *console->again};

	if (console->upload) {
		known.gone = console->upload->check.gone;
		known.there = console->upload->check.there;
	}
	return edge_check_sample(console->edge, delta, &known, err);
}

/* The warnings, once for each build; and the reports, before anything is sent. */
static int
review(void *context, const struct delta *delta, const char *reference,
	bool earlier, struct err *err)
{
	const struct deploy_console *console = context;
	struct report_check checks[3]; /* the distribution, upload and edge */
	struct report_run run = {
		.stage = console->settings->dry_run ? REPORT_DRY_RUN
						    : REPORT_DEPLOYMENT,
		.distribution = console->distribution,
		.baseline = console->baseline,
		.reference = reference,
		.checks = checks,
	};
	struct buf text;
	int rc;

	if (!earlier) {
		warn_about_first_run(delta, console->baseline,
			store_is_s3(console->baseline));
		warn_about_plan(delta);
	}
	if (console->edge && take_sample(console, delta, err) != 0)
		return -1;
	buf_init(&text, INSPECTION_REPORT_MAX);
	if (!earlier && console->inspection &&
		inspection_report(
			console->inspection, &checks[run.check_count], &text))
		run.check_count++;
	if (tell_upload(console, &checks[run.check_count]))
		run.check_count++;
	if (console->edge)
		checks[run.check_count++] =
			report_check_later(edge_report_title);
	rc = report_write(&console->settings->report, &run, delta, err);
	buf_release(&text);
	return rc;
}

static void
wait_begin(void *context, long long limit)
{
	struct deploy_console *console = context;

	waiting_progress_begin(&console->waiting, limit);
}

static int
wait_pause(void *context, const char *what, long long milliseconds)
{
	struct deploy_console *console = context;

	return waiting_progress_pause(&console->waiting, what, milliseconds);
}

static void
wait_end(void *context)
{
	(void)context;
	waiting_progress_end();
}

static void
hold_signals(void *context)
{
	(void)context;
	signals_hold();
}

static void
release_signals(void *context)
{
	(void)context;
	signals_release();
}

static int
random_bytes(void *context, unsigned char *bytes, size_t len)
{
	(void)context;
	return RAND_bytes(bytes, (int)len) == 1 ? 0 : -1;
}

struct deploy_callbacks
deploy_console_callbacks(struct deploy_console *console)
{
	return (struct deploy_callbacks){
		.log = log_line,
		.log_elapsed = log_line_elapsed,
		.guard = guard,
		.inspect = inspect,
		.check_upload = console->upload ? check_upload : NULL,
		.review = review,
		.wait_begin = wait_begin,
		.wait_pause = wait_pause,
		.wait_end = wait_end,
		.hold_signals = hold_signals,
		.release_signals = release_signals,
		.is_interrupted = signals_caught_by,
		.random = random_bytes,
		.context = console,
	};
}
