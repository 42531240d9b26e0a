/* Reads a build or a baseline for a verification. */
#include "cmd/verify_input.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"
#include "cmd/console/reading_progress.h"
#include "cmd/option_values.h"
#include "manifest/baseline_parser.h"
#include "manifest/build.h"

/* Is it a file that begins like a baseline? */
static bool
is_baseline_file(const char *path)
{
	static const char magic[] = "edgediff-baseline ";
	char head[sizeof(magic) - 1];
	struct stat st;
	bool is;
	int fd;

	if (build_is_standard_input(path) || stat(path, &st) != 0 ||
		!S_ISREG(st.st_mode))
		return false;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false; /* reading it says why */
	is = file_read_at(fd, 0, head, sizeof(head)) == sizeof(head) &&
	     memcmp(head, magic, sizeof(head)) == 0;
	close(fd);
	return is;
}

static int
read_baseline(struct verify_input *input, const char *path, struct err *err)
{
	struct baseline *b = &input->baseline;
	struct escaped_name shown;
	struct buf text;
	int rc;

	buf_init(&text, BASELINE_MAX);
	rc = file_read(path, &text, err);
	if (rc == 0 && baseline_parse(b, text.data, text.len, err) != 0)
		rc = err_context(err, "%s", escape_show_str(&shown, path));
	buf_release(&text);
	if (rc != 0)
		return rc;
	if (b->serial == 0)
		return err_set(err, ERR_INPUT,
			"%s: a baseline without an accepted deployment yet",
			escape_show_str(&shown, path));
	input->builds.after = b->manifest;
	manifest_init(&b->manifest);
	input->is_baseline = true;
	return 0;
}

static int
read_build(struct verify_input *input, const struct settings *settings,
	const char *path, struct err *err)
{
	struct build_options options;

	if (option_values_build(settings, &options, err) != 0)
		return -1;
	return reading_progress_build(
		path, &options, 0, &input->builds.after, err);
}

/* What was deployed: all that a list of it has. */
static int
read_old(struct verify_input *input, const struct settings *settings,
	struct err *err)
{
	struct build_options options;

	if (option_values_build(settings, &options, err) != 0)
		return -1;
	options.deployed = true;
	return reading_progress_build(
		settings->old, &options, 0, &input->builds.before, err);
}

int
verify_input_read(struct verify_input *input, const struct settings *settings,
	const char *operand, struct err *err)
{
	const char *const operands[2] = {settings->old, operand};

	*input = (struct verify_input){.sets = NULL};
	baseline_init(&input->baseline);
	manifest_init(&input->builds.before);
	manifest_init(&input->builds.after);
	if (!is_baseline_file(operand)) {
		input->before = settings->old ? &input->builds.before
					      : &input->builds.after;
		return settings->old
			       ? two_builds_read(&input->builds, settings,
					 operands, err)
			       : read_build(input, settings, operand, err);
	}
	if (read_baseline(input, operand, err) != 0)
		return -1;
	input->before = &input->builds.after;
	input->sets = &input->baseline.values;
	if (!settings->old)
		return 0;
	/* the sets are relative to the baseline's own manifest */
	input->before = &input->builds.before;
	input->sets = NULL;
	return read_old(input, settings, err);
}

void
verify_input_release(struct verify_input *input)
{
	two_builds_release(&input->builds);
	baseline_release(&input->baseline);
}
