/*
 * --check-upload: looks whether the bucket holds the build before a batch is
 * sent (deploy/upload_check.h).
 */
#ifndef CMD_UPLOAD_CHECKING_H
#define CMD_UPLOAD_CHECKING_H

#include "aws/connection.h"
#include "base/escape.h"
#include "cmd/inspection.h"
#include "deploy/upload_check.h"

struct upload_checking {
	/* the caller sets what it borrows */
	const struct settings *settings;
	const char *build;
	const struct build_options *reading;
	const struct deploy_callbacks *callbacks;
	struct connection *connection;
	const struct site_inspection *inspection;

	/* its own */
	bool wanted; /* --check-upload is not off */
	unsigned long wait; /* seconds */
	struct s3_location given; /* unless it is auto */
	struct upload_check check;
	struct escaped_name where; /* that was looked at, for messages */
};

/* Read --check-upload and --check-wait. ERR_USAGE says what is wrong. */
int upload_checking_prepare(struct upload_checking *checking, struct err *err);

/*
 * Look at the bucket; errors are those of upload_check_run and of
 * connection_find_bucket. With auto, a bucket that cannot be found out is a
 * warning. The result stays until the release.
 */
int upload_checking_run(struct upload_checking *checking,
	const struct delta *delta, struct err *err);

void upload_checking_release(struct upload_checking *checking);

#endif
