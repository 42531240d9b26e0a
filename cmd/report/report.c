/* Checks and writes the files of --report. */
#include "cmd/report/report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/atomic_file.h"
#include "base/escape.h"
#include "base/file.h"
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
	void (*make_check)(struct buf *out, const struct report_check *check);
};

static const struct report_format formats[] = {
	{".html", "<!doctype html>\n<!-- edgediff report -->", report_html,
		report_html_check},
	{".md", "### edgediff", report_markdown, report_markdown_check},
	{".json", "{\n    \"edgediff_report\": ", report_json,
		report_json_check},
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
replace_file(const char *file, const struct buf *text, struct err *err)
{
	struct atomic_file target = ATOMIC_FILE_INIT;
	int rc = atomic_file_begin(&target, file, err);

	if (rc == 0)
		rc = atomic_file_write(&target, text->data, text->len, err);
	if (rc == 0)
		rc = atomic_file_commit(&target, err);
	atomic_file_abandon(&target);
	return rc;
}

static int
write_file(const char *file, const struct report_model *model, struct err *err)
{
	struct buf text;
	int rc;

	buf_init(&text, REPORT_MAX);
	rc = format_of(file)->make(&text, model, err);
	if (rc == 0)
		rc = replace_file(file, &text, err);
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

struct report_check
report_check_later(const char *title)
{
	return (struct report_check){
		.title = title,
		.verdict = REPORT_UNKNOWN,
		.text = "It was not known yet when this report was written.",
	};
}

/*
 * The only place of the check that is to be filled in, or NULL. No name can look
 * like it: it has quotes or newlines, which names have only escaped.
 */
static char *
find_check(const struct buf *text, const struct buf *check)
{
	char *found = strstr(text->data, check->data);

	return found && !strstr(found + 1, check->data) ? found : NULL;
}

static int
fill_text(struct buf *out, const struct buf *text,
	const struct report_format *format, const struct report_check *check,
	struct err *err)
{
	struct report_check later = report_check_later(check->title);
	struct buf before;
	char *at = NULL;

	buf_init(&before, REPORT_CHECK_MAX);
	format->make_check(&before, &later);
	if (buf_check(&before, err) == 0) {
		at = text->len > 0 ? find_check(text, &before) : NULL;
		if (!at)
			err_set(err, ERR_INPUT,
				"the file is not as this run wrote it, so "
				"what was found afterwards is not in it");
	}
	if (at) {
		buf_add(out, text->data, (size_t)(at - text->data));
		format->make_check(out, check);
		buf_addstr(out, at + before.len);
	}
	buf_release(&before);
	return at ? buf_check(out, err) : -1;
}

static int
fill_file(const char *file, const struct report_check *check, struct err *err)
{
	struct buf text, filled;
	int rc;

	buf_init(&text, REPORT_MAX);
	buf_init(&filled, REPORT_MAX);
	rc = file_read(file, &text, err);
	if (rc == 0)
		rc = fill_text(&filled, &text, format_of(file), check, err);
	if (rc == 0)
		rc = replace_file(file, &filled, err);
	buf_release(&text);
	buf_release(&filled);
	return rc;
}

int
report_fill(const struct string_list *files, const struct report_check *check,
	struct err *err)
{
	struct escaped_name shown;
	size_t i;

	for (i = 0; i < files->count; i++)
		if (fill_file(files->items[i], check, err) != 0)
			return err_context(err, "--report %s",
				escape_show_str(&shown, files->items[i]));
	return 0;
}
