/* Reads two builds and finds what changed. */
#include "cmd/pair.h"

#include <pthread.h>

#include "base/plural.h"
#include "cmd/apart.h"
#include "cmd/progress.h"
#include "cmd/shape.h"
#include "cmd/talk.h"

/* The reading of one build, on a thread of its own. */
struct reading {
	const char *path;
	const struct build_options *options;
	struct manifest *manifest;
	struct err err;
	int rc;
};

static void *
read_one(void *context)
{
	struct reading *reading = context;

	reading->rc = build_read(reading->path, reading->options,
		reading->manifest, &reading->err);
	return NULL;
}

/* Both at once: each takes a processor's time to parse and to check. */
static int
read_both(struct pair *pair, const struct build_options *options,
	const char *const operands[2], struct err *err)
{
	struct build_options of_before = *options;
	struct reading before = {.path = operands[0],
		.options = &of_before,
		.manifest = &pair->before};
	struct reading after = {.path = operands[1],
		.options = options,
		.manifest = &pair->after};
	pthread_t thread;
	bool alone;

	of_before.deployed = true;
	alone = pthread_create(&thread, NULL, read_one, &before) != 0;
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
pair_read(struct pair *pair, const struct settings *settings,
	const char *const operands[2], struct err *err)
{
	struct build_options options;
	struct reading_shown shown;
	int rc;

	manifest_init(&pair->before);
	manifest_init(&pair->after);
	pair->changes = (struct changes){0};
	if (shape_build(settings, &options, err) != 0 ||
		apart_check_report(settings, operands[0], &options, err) != 0 ||
		apart_check_report(settings, operands[1], &options, err) != 0)
		return -1;
	reading_begin(&shown, NULL, 0);
	options.progress = &shown.progress;
	rc = read_both(pair, &options, operands, err);
	reading_end(&shown);
	if (rc != 0)
		return -1;
	talk_time(shown.began, "read %zu and %zu file%s", pair->before.count,
		pair->after.count, plural_s(pair->after.count));
	return changes_find(&pair->changes, &pair->before, &pair->after, err);
}

void
pair_release(struct pair *pair)
{
	changes_release(&pair->changes);
	manifest_release(&pair->after);
	manifest_release(&pair->before);
}
