/* Finds the bucket of a build, and looks whether it holds it. */
#include "cmd/upload_checking.h"

#include <stdio.h>
#include <string.h>

#include "cmd/console/log.h"
#include "cmd/option_number.h"
#include "cmd/settings.h"
#include "edge/build_bucket.h"
#include "manifest/build_digests.h"

enum {
	WAIT_SECONDS_MAX = 24 * 60 * 60,
};

/* The bucket, and how keys begin in it. */
struct upload_place {
	struct s3_location at; /* the key is the prefix */
	char region[ORIGIN_BUCKET_SIZE]; /* "" if unknown */
	char where[sizeof("s3://") + sizeof(struct s3_location)];
};

static bool
is_auto(const struct upload_checking *checking)
{
	return strcmp(checking->settings->check_upload, "auto") == 0;
}

int
upload_checking_prepare(struct upload_checking *checking, struct err *err)
{
	const struct settings *settings = checking->settings;
	const char *value = settings->check_upload;

	if (option_number("--check-wait", settings->check_wait, 0,
		    WAIT_SECONDS_MAX, &checking->wait, err) != 0)
		return settings_blame(settings, settings->check_wait, err);
	checking->wanted = strcmp(value, "off") != 0;
	if (!checking->wanted || is_auto(checking))
		return 0;
	if (s3_prefix_parse(&checking->given, value, err) == 0)
		return 0;
	err_context(err, "--check-upload (auto, off or a bucket)");
	return settings_blame(settings, value, err);
}

/* Without a bucket to look at there is no check, and that is said. */
static void
say_unchecked(const char *why)
{
	log_warning("warning: the upload is not checked: %s; name the bucket "
		    "with --check-upload s3://BUCKET/PREFIX",
		why);
}

/* Of the distribution: its bucket, and OriginPath and --prefix as the prefix. */
static int
find_origin(const struct upload_checking *checking, const struct delta *delta,
	struct upload_place *place, const char **why, struct err *err)
{
	const struct inspection_reading *source = &checking->inspection->source;
	const char *prefix = checking->settings->prefix;
	struct build_bucket found;
	int len;

	*why = "how the distribution fetches was not read";
	if (!source->was_read)
		return 0;
	if (build_bucket_find(&source->reading, prefix, delta->after,
		    &delta->changes, &found, why, err) != 0)
		return -1;
	if (*why)
		return 0;
	len = snprintf(place->at.key, sizeof(place->at.key), "%s%s", found.path,
		prefix);
	if (strlen(found.bucket) > S3_BUCKET_MAX || len < 1 ||
		(size_t)len >= sizeof(place->at.key)) {
		*why = "its origin has a name that is too long";
		return 0;
	}
	memmove(place->at.key, place->at.key + 1, (size_t)len);
	memcpy(place->at.bucket, found.bucket, strlen(found.bucket) + 1);
	snprintf(place->region, sizeof(place->region), "%s", found.region);
	return 0;
}

static int
find_place(const struct upload_checking *checking, const struct delta *delta,
	struct upload_place *place, const char **why, struct err *err)
{
	*why = NULL;
	place->region[0] = '\0';
	if (!is_auto(checking))
		place->at = checking->given;
	else if (find_origin(checking, delta, place, why, err) != 0)
		return -1;
	if (!*why)
		snprintf(place->where, sizeof(place->where), "s3://%s%s%s",
			place->at.bucket, place->at.key[0] ? "/" : "",
			place->at.key);
	return 0;
}

static int
check_place(struct upload_checking *checking, const struct delta *delta,
	const struct upload_place *place, struct err *err)
{
	struct s3_bucket s3;
	struct upload_bucket bucket = {
		.where = escape_show_str(&checking->where, place->where),
		.client = &s3.client,
		.prefix = place->at.key,
		.build = checking->build,
		.reading = checking->reading,
		.has_bytes = build_digests_are_possible(checking->build),
	};
	int rc = connection_find_bucket(checking->connection, &s3,
		place->at.bucket, place->region, place->at.key,
		&bucket.can_list, err);

	if (rc != 0) {
		err_context(err, "--check-upload %s: nothing was sent",
			bucket.where);
	} else {
		checking->check.bucket = &bucket;
		checking->check.callbacks = checking->callbacks;
		checking->check.wait_max = (long long)checking->wait * 1000;
		rc = upload_check_run(&checking->check, &delta->changes, err);
		checking->check.bucket = NULL;
	}
	connection_close_bucket(&s3);
	return rc;
}

int
upload_checking_run(struct upload_checking *checking, const struct delta *delta,
	struct err *err)
{
	struct upload_place place;
	const char *why;

	if (find_place(checking, delta, &place, &why, err) != 0)
		return -1;
	if (!why)
		return check_place(checking, delta, &place, err);
	say_unchecked(why);
	return 0;
}

void
upload_checking_release(struct upload_checking *checking)
{
	upload_check_release(&checking->check);
}
