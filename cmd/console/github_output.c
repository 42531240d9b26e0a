/* Writes the outputs of a step. */
#include "cmd/console/github_output.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"

enum {
	OUTPUTS_MAX = 64 * 1024,
};

void
github_output_init(struct github_output *output)
{
	buf_init(&output->lines, OUTPUTS_MAX);
	output->invalid = NULL;
}

void
github_output_release(struct github_output *output)
{
	buf_release(&output->lines);
}

void
github_output_add(
	struct github_output *output, const char *name, const char *value)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789 ._:-";

	if (value[strspn(value, plain)])
		output->invalid = name;
	buf_addf(&output->lines, "%s=%s\n", name, value);
}

void
github_output_add_count(
	struct github_output *output, const char *name, size_t count)
{
	buf_addf(&output->lines, "%s=%zu\n", name, count);
}

/* Does the last line, by an earlier command of the step, lack its newline? */
static bool
lacks_newline(int fd)
{
	struct stat st;
	char last;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
	       pread(fd, &last, 1, st.st_size - 1) == 1 && last != '\n';
}

static int
append(int fd, const struct buf *lines, struct err *err)
{
	struct buf text;
	int rc;

	buf_init(&text, OUTPUTS_MAX + 1);
	if (lacks_newline(fd))
		buf_addch(&text, '\n');
	buf_append(&text, lines);
	rc = buf_check(&text, err);
	if (rc == 0)
		rc = file_write_all(fd, text.data, text.len, err);
	buf_release(&text);
	return rc;
}

int
github_output_write(const struct github_output *output, struct err *err)
{
	const char *path = getenv("GITHUB_OUTPUT");
	struct escaped_name shown;
	int fd, rc;

	if (!path || !*path)
		return 0;
	if (output->invalid)
		return err_set(err, ERR_BUG,
			"the step output %s has a character that no output may "
			"have",
			output->invalid);
	if (buf_check(&output->lines, err) != 0)
		return -1;
	fd = open(
		path, O_RDWR | O_APPEND | O_CREAT | O_NOCTTY | O_CLOEXEC, 0666);
	if (fd < 0)
		return err_system(err, "GITHUB_OUTPUT: cannot open %s",
			escape_show_str(&shown, path));
	rc = append(fd, &output->lines, err);
	if (close(fd) != 0 && rc == 0)
		rc = err_system(err, "cannot write");
	return rc == 0 ? 0
		       : err_context(err, "GITHUB_OUTPUT: %s",
				 escape_show_str(&shown, path));
}
