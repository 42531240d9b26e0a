/* Finds and reads AWS's two files. */
#include "aws/config_file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/escape.h"

const struct config_file config_file_config = {
	"AWS_CONFIG_FILE", "~/.aws/config"};
const struct config_file config_file_credentials = {
	"AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"};

/*
 * Make the path that the variable names, or the default path; ~ becomes HOME.
 * *exists is false if HOME is needed but not set.
 */
static int
make_path(struct buf *path, const struct environment *environment,
	const struct config_file *file, bool *exists, struct err *err)
{
	const char *set = environment_get(environment, file->variable);
	const char *home = environment_get(environment, "HOME");

	if (!set)
		set = file->fallback;
	*exists = true;
	if (strncmp(set, "~/", 2) == 0) {
		*exists = home != NULL;
		buf_addstr(path, home ? home : "");
		set++;
	}
	buf_addstr(path, set);
	if (buf_check(path, err) != 0)
		return err_context(err, "%s", file->variable);
	return 0;
}

static bool
is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? S_ISREG(st.st_mode)
				    : errno != ENOENT && errno != ENOTDIR;
}

int
config_file_read(struct ini *ini, const struct environment *environment,
	const struct config_file *file, struct err *err)
{
	struct buf path;
	bool exists;
	int rc;

	*ini = (struct ini){.entries = NULL};
	buf_init(&path, CONFIG_PATH_MAX);
	rc = make_path(&path, environment, file, &exists, err);
	if (rc == 0 && exists && is_file(buf_str(&path))) {
		rc = ini_read(ini, INI_AWS, buf_str(&path), err);
		if (rc == 0)
			rc = ini_check_nested(ini, buf_str(&path), err);
	}
	buf_release(&path);
	return rc;
}

int
config_file_describe(struct buf *out, const struct environment *environment,
	const struct config_file *file, const char *section, struct err *err)
{
	struct escaped_name shown;
	struct buf path;
	bool exists;
	int rc;

	buf_init(&path, CONFIG_PATH_MAX);
	rc = make_path(&path, environment, file, &exists, err);
	if (rc == 0 && !exists)
		buf_addf(out, "%s (HOME is not set)", file->fallback);
	else if (rc == 0)
		buf_addf(out, "%s (%s)",
			escape_show_str(&shown, buf_str(&path)),
			is_file(buf_str(&path)) ? section : "no such file");
	buf_release(&path);
	return rc;
}
