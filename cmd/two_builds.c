/* Reads two builds, both at once. */
#include "cmd/two_builds.h"

#include <pthread.h>

#include "base/plural.h"
#include "base/thread.h"
#include "cmd/console/log.h"
#include "cmd/console/reading_progress.h"
#include "cmd/option_values.h"
#include "cmd/path_conflicts.h"
#include "manifest/build.h"

/* The reading of one build, on a thread of its own. */
struct build_reading {
	const char *path;
	const struct build_options *options;
	struct manifest *manifest;
	struct err err;
	int rc;
};

static void *
read_one(void *context)
{
	struct build_reading *reading = context;

	reading->rc = build_read(reading->path, reading->options,
		reading->manifest, &reading->err);
	return NULL;
}

/*
 * Read in parallel, since parsing and checking a manifest keeps a processor
 * busy.
 */
static int
read_both(struct two_builds *builds, const struct build_options *options,
	const char *const operands[2], struct err *err)
{
	struct build_options of_before = *options;
	struct build_reading before = {.path = operands[0],
		.options = &of_before,
		.manifest = &builds->before};
	struct build_reading after = {.path = operands[1],
		.options = options,
		.manifest = &builds->after};
	pthread_t thread;
	bool alone;

	of_before.deployed = true;
	alone = thread_start(&thread, read_one, &before) != 0;
	if (alone)
		read_one(&before);
	read_one(&after);
	if (!alone)
		pthread_join(thread, NULL);
	if (before.rc != 0 || after.rc != 0) {
		*err = before.rc != 0 ? before.err : after.err;
		return -1;
	}
	return 0;
}

int
two_builds_read(struct two_builds *builds, const struct settings *settings,
	const char *const operands[2], struct err *err)
{
	struct build_options options;
	struct reading_progress shown;
	struct written_files written;
	int rc;

	written_files_init(&written);
	manifest_init(&builds->before);
	manifest_init(&builds->after);
	if (build_is_standard_input(operands[0]) &&
		build_is_standard_input(operands[1]))
		return err_set(err, ERR_USAGE,
			"OLD and NEW are both standard input, which can be "
			"read only once: write one of them to a file");
	if (option_values_build(settings, &options, err) != 0 ||
		path_conflicts_check_reports(
			settings, operands[0], &options, &written, err) != 0 ||
		path_conflicts_check_reports(
			settings, operands[1], &options, &written, err) != 0) {
		written_files_release(&written);
		return -1;
	}
	options.written = &written;
	reading_progress_begin(&shown, NULL, 0);
	options.progress = &shown.progress;
	rc = read_both(builds, &options, operands, err);
	reading_progress_end(&shown);
	written_files_release(&written);
	if (rc != 0)
		return -1;
	log_elapsed(shown.began, "read %zu and %zu file%s",
		builds->before.count, builds->after.count,
		plural_s(builds->after.count));
	return 0;
}

void
two_builds_release(struct two_builds *builds)
{
	manifest_release(&builds->after);
	manifest_release(&builds->before);
}
