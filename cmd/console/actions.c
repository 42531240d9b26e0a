/* Speaks to GitHub's runner. */
#include "cmd/console/actions.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"

enum {
	OUTPUTS_MAX = 64 * 1024,
};

bool
actions_is_step(void)
{
	const char *value = getenv("GITHUB_ACTIONS");

	return value && strcmp(value, "true") == 0;
}

/* As the runner undoes it: ActionCommand.cs, _escapeDataMappings. */
static void
add_data(struct buf *out, const char *text)
{
	for (; *text; text++)
		if (*text == '%' || *text == '\r' || *text == '\n')
			buf_addf(out, "%%%02X", (unsigned char)*text);
		else
			buf_addch(out, *text);
}

void
actions_annotate(struct buf *out, const char *kind, const char *message)
{
	buf_addf(out, "::%s title=edgediff::", kind);
	add_data(out, message);
	buf_addch(out, '\n');
}

void
step_outputs_init(struct step_outputs *outputs)
{
	buf_init(&outputs->lines, OUTPUTS_MAX);
	outputs->wrong = NULL;
}

void
step_outputs_release(struct step_outputs *outputs)
{
	buf_release(&outputs->lines);
}

void
step_output(struct step_outputs *outputs, const char *name, const char *value)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789 ._:-";

	if (value[strspn(value, plain)])
		outputs->wrong = name;
	buf_addf(&outputs->lines, "%s=%s\n", name, value);
}

void
step_output_count(struct step_outputs *outputs, const char *name, size_t count)
{
	buf_addf(&outputs->lines, "%s=%zu\n", name, count);
}

/* Has an earlier command of the step left its last line without an end? */
static bool
is_cut(int fd)
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
	if (is_cut(fd))
		buf_addch(&text, '\n');
	buf_add(&text, lines->data, lines->len);
	rc = buf_check(&text, err);
	if (rc == 0)
		rc = file_write_all(fd, text.data, text.len, err);
	buf_release(&text);
	return rc;
}

int
step_outputs_write(const struct step_outputs *outputs, struct err *err)
{
	const char *path = getenv("GITHUB_OUTPUT");
	struct escaped_name shown;
	int fd, rc;

	if (!path || !*path)
		return 0;
	if (outputs->wrong)
		return err_set(err, ERR_BUG,
			"the step output %s has a character that none has",
			outputs->wrong);
	if (buf_check(&outputs->lines, err) != 0)
		return -1;
	fd = open(
		path, O_RDWR | O_APPEND | O_CREAT | O_NOCTTY | O_CLOEXEC, 0666);
	if (fd < 0)
		return err_system(err, "GITHUB_OUTPUT: cannot open %s",
			escape_show_str(&shown, path));
	rc = append(fd, &outputs->lines, err);
	if (close(fd) != 0 && rc == 0)
		rc = err_system(err, "cannot write");
	return rc == 0 ? 0
		       : err_context(err, "GITHUB_OUTPUT: %s",
				 escape_show_str(&shown, path));
}
