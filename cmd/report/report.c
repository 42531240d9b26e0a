/* Checks and writes the files of --report. */
#include "cmd/report/report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/escape.h"
#include "cmd/report/report_html.h"
#include "cmd/report/report_json.h"
#include "cmd/report/report_markdown.h"

enum {
	SIGNATURE_MAX = 64,

	/* A browser opens it, and it holds more than a million objects. */
	REPORT_MAX = 512 * 1024 * 1024,
};

struct report_format {
	const char *suffix;
	const char *signature; /* the first bytes of such a report */
	int (*make)(struct buf *out, const struct report_model *model,
		struct err *err);
};

static const struct report_format formats[] = {
	{".html", "<!doctype html>\n<!-- edgediff report -->", report_html},
	{".md", "### edgediff", report_markdown},
	{".json", "{\n    \"edgediff_report\": ", report_json},
};

static const struct report_format *
format_of(const char *file)
{
	size_t len = strlen(file), suffix, i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		suffix = strlen(formats[i].suffix);
		if (len > suffix && file[len - suffix - 1] != '/' &&
			strcmp(file + len - suffix, formats[i].suffix) == 0)
			return &formats[i];
	}
	return NULL;
}

/* Refuse to overwrite anything but an empty file or an earlier report. */
static int
check_overwrite(
	const char *file, const struct report_format *format, struct err *err)
{
	char head[SIGNATURE_MAX];
	size_t len = strlen(format->signature);
	int fd = open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct escaped_name shown;
	ssize_t got;

	if (fd < 0)
		return 0; /* missing; or writing it will say what is wrong */
	do
		got = read(fd, head, len);
	while (got < 0 && errno == EINTR);
	close(fd);
	if (got <= 0 || ((size_t)got == len &&
				memcmp(head, format->signature, len) == 0))
		return 0;
	return err_set(err, ERR_USAGE,
		"--report %s: the file exists and is not a report; name "
		"another file, or remove it",
		escape_show_str(&shown, file));
}

int
report_check(const struct string_list *files, struct err *err)
{
	const struct report_format *format;
	struct escaped_name shown;
	size_t i;

	for (i = 0; i < files->count; i++) {
		format = format_of(files->items[i]);
		if (!format)
			return err_set(err, ERR_USAGE,
				"--report %s: the name must end in .html, .md "
				"or .json, which selects the format",
				escape_show_str(&shown, files->items[i]));
		if (check_overwrite(files->items[i], format, err) != 0)
			return -1;
	}
	return 0;
}

static int
write_file(const char *file, const struct report_model *model, struct err *err)
{
	struct atomic_file target = ATOMIC_FILE_INIT;
	struct buf text;
	int rc;

	buf_init(&text, REPORT_MAX);
	rc = format_of(file)->make(&text, model, err);
	if (rc == 0)
		rc = atomic_file_begin(&target, file, err);
	if (rc == 0)
		rc = atomic_file_write(&target, text.data, text.len, err);
	if (rc == 0)
		rc = atomic_file_commit(&target, err);
	atomic_file_abandon(&target);
	buf_release(&text);
	return rc;
}

int
report_write(const struct string_list *files, const struct report_run *run,
	const struct delta *delta, struct err *err)
{
	struct report_model model = {0};
	struct escaped_name shown;
	size_t i;
	int rc = 0;

	if (files->count == 0)
		return 0;
	rc = report_model_make(&model, run, delta, err);
	for (i = 0; rc == 0 && i < files->count; i++) {
		rc = write_file(files->items[i], &model, err);
		if (rc != 0)
			err_context(err, "--report %s",
				escape_show_str(&shown, files->items[i]));
	}
	report_model_release(&model);
	return rc;
}
