/* AWS's two files: where they are, and what is in them. */
#ifndef AWS_CONFIG_FILE_H
#define AWS_CONFIG_FILE_H

#include "aws/environment.h"
#include "base/ini.h"

enum {
	CONFIG_PATH_MAX = 4096, /* PATH_MAX */
};

struct config_file {
	const char *variable; /* names the path */
	const char *fallback; /* the path without it; ~ is HOME */
};

extern const struct config_file config_file_config, config_file_credentials;

/*
 * Read the file. It counts as empty if it does not exist, is not a regular
 * file, or needs HOME, which is not set. ERR_INPUT: it is broken, or its path
 * is too long. Release the ini even after a failure.
 */
int config_file_read(struct ini *ini, const struct environment *environment,
	const struct config_file *file, struct err *err);

/*
 * Append the path and, in parentheses, `section`, or why there is no such
 * file: "/home/me/.aws/config (no such file)".
 */
int config_file_describe(struct buf *out, const struct environment *environment,
	const struct config_file *file, const char *section, struct err *err);

#endif
